# SPDX-License-Identifier: Apache-2.0
"""The live engine: one shared document per room, its gate, its writer, its members; asyncio and pycrdt.

Knows no Django, no HTTP, no table and no command of a meeting: those are ``features.sittings`` and
``web.during``.
"""
