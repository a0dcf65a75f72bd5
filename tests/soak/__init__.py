# SPDX-License-Identifier: Apache-2.0
"""Long runs (``make soak``): servers killed under load, again and again."""
