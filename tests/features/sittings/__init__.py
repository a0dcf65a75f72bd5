# SPDX-License-Identifier: Apache-2.0
"""The meeting as it is held."""
