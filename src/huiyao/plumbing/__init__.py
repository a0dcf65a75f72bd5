# SPDX-License-Identifier: Apache-2.0
"""What could ship in another product: audit, events, messages, signed links, clock, ids, files, relay, formatting.

Knows no meeting word; whatever names a meeting, a person or minutes belongs in ``features``.
"""
