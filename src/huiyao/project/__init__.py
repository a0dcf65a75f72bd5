# SPDX-License-Identifier: Apache-2.0
"""The composition root: settings, wiring, URLs, ASGI and the command line.

No rules, no tables, no pages.
"""
