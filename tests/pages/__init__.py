# SPDX-License-Identifier: Apache-2.0
"""Page objects that speak of meetings, not of selectors."""
