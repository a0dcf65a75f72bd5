# SPDX-License-Identifier: Apache-2.0
"""What is filed when minutes are final.

Live tables stay with their features.
"""
