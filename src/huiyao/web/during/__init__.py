# SPDX-License-Identifier: Apache-2.0
"""The room: its page and its socket.

The engine is huiyao.room.
"""
