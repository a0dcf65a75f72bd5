# SPDX-License-Identifier: Apache-2.0
"""The meeting as it is held: the room's log, projected entries, attendance, topic clock, snapshots.

The live engine itself is huiyao.room; minutes made from a snapshot belong to minutes.
"""
