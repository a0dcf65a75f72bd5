# SPDX-License-Identifier: Apache-2.0
"""Which kind of transcript a file is, told from its content; the vendor's name and the file's name are not trusted."""

import re

from huiyao.language.transcripts.cues import looks_like_cues, read_cues
from huiyao.language.transcripts.scripts import read_script
from huiyao.language.transcripts.trees import read_tree
from huiyao.language.transcripts.turns import Transcript
from huiyao.language.uploads import UploadTooLarge, UploadUnreadable, decode, docx_to_lines
from huiyao.language.uploads.refusals import MAX_LINES, MAX_TEXT

_MARKER = re.compile(r"^(?:#{1,6}\s+(?=\D)|- )")


def read_transcript(source: str | bytes) -> Transcript:
    """The turns of a transcript in txt, docx, srt, vtt or JSON.

    Raises:
        UploadTooLarge, UploadUnreadable: see ``uploads``; ``no_speech`` when not one turn was found.
    """
    if isinstance(source, bytes):
        if source.startswith(b"PK"):
            lines = [_MARKER.sub("", line) for line in docx_to_lines(source)]
            return _spoken(read_script(_unrolled(lines)))
        source = decode(source)
    if len(source) > MAX_TEXT:
        raise UploadTooLarge(what="text", limit=MAX_TEXT)
    text = source.lstrip("\ufeff \n\t")
    if text[:1] in "{[" and _is_json(text):
        return _spoken(read_tree(text))
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise UploadTooLarge(what="lines", limit=MAX_LINES)
    return _spoken(read_cues(lines) if looks_like_cues(lines) else read_script(lines))


def _is_json(text: str) -> bool:
    """``[00:12] name: text`` begins with a bracket too."""
    return re.match(r"\{\s*[\"}]|\[\s*[\[{\]\"]", text) is not None


def _unrolled(lines: list[str]) -> list[str]:
    """Rows of a table in a Word file as lines."""
    result: list[str] = []
    for line in lines:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            result += [] if re.fullmatch(r"[|\s:-]+", line) else [" ".join(cell.replace("<br>", " ") for cell in cells)]
        else:
            result.append(line)
    return result


def _spoken(transcript: Transcript) -> Transcript:
    if not transcript.turns:
        raise UploadUnreadable(reason="no_speech")
    return transcript
