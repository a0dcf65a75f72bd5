# SPDX-License-Identifier: Apache-2.0
"""Forward-only migrations of minutes."""
