# SPDX-License-Identifier: Apache-2.0
"""JSON transcripts: Tencent Meeting and WeCom paragraphs, DingTalk lists, Meet entries, and plain lists of turns.

Field names: cloud.tencent.com/document/product/1095/65111, developer.work.weixin.qq.com/document/path/98211,
developers.google.com/meet/api (transcript entries), and DingTalk's open-source command line.
"""

import json
import math
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from huiyao.language.transcripts.turns import Open, Transcript, closed, seconds
from huiyao.language.uploads import UploadTooLarge, UploadUnreadable
from huiyao.language.uploads.refusals import MAX_DEPTH

_SPEAKER = (
    "username",
    "speakerNick",
    "subSpeakerNickname",
    "nickName",
    "speaker_name",
    "speakerName",
    "speaker",
    "participant",
    "name",
    "userid",
    "user_name",
    "role",
)
_TEXT = (
    "text",
    "content",
    "paragraph",
    "sentence",
    "transcript",
    "words",
    "sentences",
    "sentenceList",
    "wordList",
    "utterance",
    "result",
)
_START = ("start_time", "startTime", "start", "begin", "beginTime", "bg", "start_ms", "offset", "timestamp", "time")
_END = ("end_time", "endTime", "end", "stop", "ed", "end_ms")
_LATEST = 1e14
"""Milliseconds long after any meeting; a larger number is no time."""
_ID = ("pid", "paragraphId", "sid")


def read_tree(text: str) -> Transcript:
    """Every element that names a speaker and carries text, in the order of the file.

    Raises:
        UploadUnreadable: ``bad_json``, or ``no_speech`` when nothing in it is a turn.
        UploadTooLarge: nested too deeply.
    """
    try:
        tree = json.loads(text)
        opened = [turn for number, turn in enumerate(_turns(tree, 0), 1) if _numbered(turn, number)]
    except RecursionError as deep:
        raise UploadTooLarge(what="depth", limit=MAX_DEPTH) from deep
    except ValueError as broken:
        raise UploadUnreadable(reason="bad_json") from broken
    turns = closed(_in_seconds(opened))
    if not turns:
        raise UploadUnreadable(reason="no_speech")
    timed = any(turn.start is not None for turn in turns)
    daily = timed and any(turn.start is not None and turn.start > 1_000_000_000 for turn in turns)
    return Transcript(turns, (), "json", "time_of_day" if daily else "elapsed" if timed else "none")


def _numbered(turn: Open, number: int) -> bool:
    turn.line = number
    return True


def _turns(node: Any, depth: int) -> Iterator[Open]:
    if depth > MAX_DEPTH:
        raise UploadTooLarge(what="depth", limit=MAX_DEPTH)
    if isinstance(node, list):
        for item in node:
            yield from _turns(item, depth + 1)
    elif isinstance(node, dict):
        turn = _turn(node)
        if turn is not None:
            yield turn
            return
        for value in node.values():
            if isinstance(value, dict | list):
                yield from _turns(value, depth + 1)


def _turn(node: dict[str, Any]) -> Open | None:
    speaker = _speaker(node)
    text = next((read for key in _TEXT if (read := _said(node.get(key), 0))), "")
    identified = any(key in node for key in _ID)
    if speaker is None and not (identified and text):
        return None
    if not text and not identified:
        return None
    start = next((_time(node[key]) for key in _START if key in node), None)
    end = next((_time(node[key]) for key in _END if key in node), None)
    return Open(0, speaker or "", [text], start, end)


def _speaker(node: dict[str, Any]) -> str | None:
    info = node.get("speaker_info") or node.get("speakerInfo") or node.get("speaker")
    if isinstance(info, dict):
        return next((str(info[key]).strip() for key in _SPEAKER if info.get(key)), "")
    for key in _SPEAKER:
        value = node.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return _short(str(value).strip())
    return None


def _short(name: str) -> str:
    """Meet gives a resource name; its last part tells participants apart."""
    return name.rsplit("/", 1)[-1] if name.startswith("conferenceRecords/") else name


def _said(value: Any, depth: int) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and depth < 4:
        pieces = [_said(item, depth + 1) for item in value[:100_000]]
        return _spaced([piece for piece in pieces if piece])
    if isinstance(value, dict) and depth < 4:
        return next((read for key in _TEXT if (read := _said(value.get(key), depth + 1))), "")
    return ""


def _spaced(pieces: list[str]) -> str:
    result: list[str] = []
    for piece in pieces:
        if result and re.match(r"[A-Za-z]", piece) and re.search(r"[A-Za-z,.?!]$", result[-1]):
            result.append(" ")
        result.append(piece)
    return "".join(result)


def _time(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) and abs(value) < _LATEST else None
    if not isinstance(value, str):
        return None
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,6})?s?", value):
        return float(value.rstrip("s")) if len(value) < 15 else None
    try:
        return datetime.fromisoformat(value).timestamp() if "T" in value[:12] else seconds(value)
    except ValueError:
        return None


def _in_seconds(opened: list[Open]) -> list[Open]:
    """Whole numbers that run on faster than anybody speaks are milliseconds, as Tencent's interface says of its own.

    Speech is slower than a tenth of a second a character, pauses are shorter than a minute a turn on average.
    """
    starts = [turn.start for turn in opened if turn.start is not None]
    if not starts or any(start != int(start) for start in starts):
        return opened
    said = sum(len(text) for turn in opened for text in turn.texts)
    ends = [turn.end for turn in opened if turn.end is not None]
    if max(starts + ends) - min(starts) <= 2.0 * said + 60.0 * len(opened):
        return opened
    for turn in opened:
        turn.start = turn.start / 1000 if turn.start is not None else None
        turn.end = turn.end / 1000 if turn.end is not None else None
    return opened
