# SPDX-License-Identifier: Apache-2.0
"""One suite per port, run on every implementation of it."""
