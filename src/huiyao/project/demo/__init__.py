# SPDX-License-Identifier: Apache-2.0
"""The demo organisation: invented people, and a meeting in each stage, told through the product's own commands.

Nothing here writes a row by itself: what the demo shows has passed every rule.
"""
