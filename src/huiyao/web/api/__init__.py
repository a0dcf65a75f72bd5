# SPDX-License-Identifier: Apache-2.0
"""/api/v1: the same acts as the pages, under the same rules, as JSON.

No rule of its own.
"""
