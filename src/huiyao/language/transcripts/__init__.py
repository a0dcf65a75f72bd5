# SPDX-License-Identifier: Apache-2.0
"""Transcripts of meetings as platforms export them: turns, speakers, speaking time, proposals for the recorder.

Nothing is put into the record here; proposals point at their line and a person decides.
"""

from huiyao.language.transcripts.proposals import Proposal, ProposalKind, propose
from huiyao.language.transcripts.read import read_transcript
from huiyao.language.transcripts.speakers import Share, Speaker, match_speakers, speaking_time
from huiyao.language.transcripts.turns import KeptLine, Transcript, Turn

__all__ = [
    "KeptLine",
    "Proposal",
    "ProposalKind",
    "Share",
    "Speaker",
    "Transcript",
    "Turn",
    "match_speakers",
    "propose",
    "read_transcript",
    "speaking_time",
]
