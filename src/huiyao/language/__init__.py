# SPDX-License-Identifier: Apache-2.0
"""What people type about meetings: deadlines, capture lines, notes, transcripts, wording, folding, search keys.

Pure Python on text; no Django, no network, no model, no clock of its own, no knowledge of the database.
"""
