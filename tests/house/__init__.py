# SPDX-License-Identifier: Apache-2.0
"""The architecture as tests."""
