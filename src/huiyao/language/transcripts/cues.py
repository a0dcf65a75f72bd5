# SPDX-License-Identifier: Apache-2.0
"""WebVTT (Zoom, Teams) and SubRip (Feishu and others): cues with times, speakers as voice tags or prefixes."""

import html
import re
from collections import Counter
from collections.abc import Sequence

from huiyao.language.transcripts.turns import KeptLine, Open, Transcript, closed, seconds

_TIMES = re.compile(r"^\s*(?P<a>[\d:：.,]{4,15})\s*-{1,2}>\s*(?P<b>[\d:：.,]{4,15})(?:\s+\S+:\S+)*\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,40})?\s+([^<>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,15}>")
_PREFIX = re.compile(r"^(?P<name>[^：:<>。，,.!?！？]{1,40}?)\s*[：:]\s*(?P<text>\S.*)?$", re.DOTALL)
_NAMED = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:\s?\d{1,2})?|[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3}")
"""A once-only prefix must look like a name: short Chinese, or Latin words with capitals."""
_BRACKETED = re.compile(r"^[\[【(（](?P<name>[^\]】)）]{1,40})[\]】)）]\s*[：:]?\s*(?P<text>\S.*)$", re.DOTALL)


def looks_like_cues(lines: Sequence[str]) -> bool:
    """A WEBVTT header, or time lines with the number of the cue above them or with SubRip's comma."""
    head = lines[:400]
    if any(line.strip("\ufeff ").startswith("WEBVTT") for line in head[:3]):
        return True
    times = [index for index, line in enumerate(head) if _TIMES.match(line)]
    numbered = sum((index > 0 and head[index - 1].strip("\ufeff ").isdigit()) or "," in head[index] for index in times)
    return bool(times) and 2 * numbered >= len(times)


def read_cues(lines: Sequence[str]) -> Transcript:
    """All cues in order; lines of the header, notes and styles are kept. Cue numbers are left out."""
    cues: list[tuple[int, float | None, float | None, list[str]]] = []
    kept: list[KeptLine] = []
    current: list[str] | None = None
    for number, line in enumerate(lines, 1):
        found = _TIMES.match(line)
        if found:
            if current and re.fullmatch(r"[\w-]{1,40}", current[-1].strip()) and _is_identifier(lines, number - 1):
                current.pop()
            if current is None and kept and kept[-1].line == number - 1 and " " not in kept[-1].text:
                kept.pop()  # the id of the first cue
            current = []
            cues.append((number, seconds(found["a"]), seconds(found["b"]), current))
        elif not line.strip():
            continue
        elif current is not None:
            current.append(line.strip())
        elif not re.fullmatch(r"\ufeff?WEBVTT.*|\d{1,7}|[0-9a-fA-F-]{8,60}(?:/\S+)?", line.strip()):
            kept.append(KeptLine(number, line.strip()))
    voiced = any(_VOICE.search(" ".join(texts)) for *_, texts in cues)
    names: frozenset[str] = frozenset() if voiced else _prefix_names([" ".join(texts) for *_, texts in cues])
    opened = [turn for cue in cues for turn in _turns(cue, names, voiced=voiced)]
    layout = "vtt" if lines and lines[0].lstrip("\ufeff ").startswith("WEBVTT") else "srt"
    return Transcript(closed(opened), tuple(kept), layout, "elapsed")


def _is_identifier(lines: Sequence[str], index: int) -> bool:
    """A cue's number or id stands directly above the times, behind an empty line."""
    above = lines[index - 1].strip() if index else ""
    before = lines[index - 2].strip() if index > 1 else ""
    return bool(above) and not before


def _prefix_names(texts: list[str]) -> frozenset[str]:
    """What stands before a colon counts as a speaker when it begins several cues, or is all there is."""
    counted = Counter(found["name"].strip() for text in texts if (found := _PREFIX.match(_TAG.sub("", text))))
    return frozenset(
        name for name, times in counted.items() if (times > 1 or _NAMED.fullmatch(name)) and not _is_speech(name)
    )


def _is_speech(name: str) -> bool:
    return len(name.split()) > 5 or re.search(r"\d[:：]|https?$", name) is not None


def _turns(
    cue: tuple[int, float | None, float | None, list[str]], names: frozenset[str], *, voiced: bool
) -> list[Open]:
    number, start, end, texts = cue
    if voiced:
        return _voiced(number, start, end, " ".join(texts))
    text = html.unescape(_TAG.sub("", " ".join(texts))).strip()
    bracketed, prefixed = _BRACKETED.match(text), _PREFIX.match(text)
    if prefixed and prefixed["name"].strip() in names:
        return [Open(number, prefixed["name"].strip(), [prefixed["text"] or ""], start, end)]
    if bracketed and re.match(r"(?:说话人|发言人|Speaker)\s*\d", bracketed["name"]):
        return [Open(number, bracketed["name"].strip(), [bracketed["text"]], start, end)]
    return [Open(number, "", [text], start, end)]


def _voiced(number: int, start: float | None, end: float | None, text: str) -> list[Open]:
    pieces = _VOICE.split(text)
    clean = [html.unescape(_TAG.sub("", piece)).strip() for piece in pieces]
    turns = [Open(number, "", [clean[0]], start, end)] if clean[0] else []
    return turns + [Open(number, clean[i], [clean[i + 1]], start, end) for i in range(1, len(clean) - 1, 2)]
