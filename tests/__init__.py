# SPDX-License-Identifier: Apache-2.0
"""Tests mirror src/huiyao; builders make things, servers and fakes stand in for nothing: they are real."""
