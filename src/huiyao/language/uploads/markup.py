# SPDX-License-Identifier: Apache-2.0
"""HTML cut into tags and text in one pass.

The standard library's parser looks for the end of every unclosed comment or tag again and again and takes minutes on
a hostile page; here each kind of end is looked for once past its last occurrence, so time grows with length only.
"""

import html
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]{0,40})")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,40})(?:\s{0,9}=\s{0,9}("[^"]{0,999}"|'[^']{0,999}'|[^\s"'>]{1,999}))?""")
_RAW = ("script", "style", "textarea", "title")
_LONGEST_TAG = 20_000
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag; names are lower case."""

    name: str
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(text: str) -> Iterator[Tag | str]:
    """Tags and pieces of text in order; comments, declarations and the contents of scripts are left out."""
    ends = _Ends(text)
    position = 0
    while position < len(text):
        start = text.find("<", position)
        if start < 0:
            yield html.unescape(text[position:])
            return
        if start > position:
            yield html.unescape(text[position:start])
        position = yield from _markup(text, start, ends)


def _markup(text: str, start: int, ends: "_Ends") -> Generator[Tag | str, None, int]:
    """Yields what stands at a ``<`` and returns where to go on."""
    if text.startswith("<!--", start):
        return ends.after("-->", start + 4)
    if text.startswith(("<!", "<?"), start):
        return ends.after(">", start + 2)
    name = _NAME.match(text, start)
    stop = ends.after(">", start + 1)
    if name is None or stop - start > _LONGEST_TAG or text[stop - 1] != ">":
        yield "<"
        return start + 1
    label = name[1].lower()
    closing = text[start + 1] == "/"
    yield Tag(label, closing, {} if closing else _attributes(text[name.end() : stop - 1]))
    if label in _RAW and not closing:
        return ends.after(f"</{label}", stop)
    return stop


def _attributes(source: str) -> dict[str, str]:
    return {found[1].lower(): html.unescape(found[2] or "").strip("\"'") for found in _ATTRIBUTE.finditer(source)}


class _Ends:
    """Where the next end of a kind is; remembers that there is none."""

    def __init__(self, text: str) -> None:
        self._text = text
        # lower() may change the length of a few foreign letters, which would shift every position
        self._lower = text.translate(_ASCII_LOWER)
        self._next: dict[str, int] = {}

    def after(self, what: str, position: int) -> int:
        """The place behind the next ``what`` at or after ``position``, or the end of the text."""
        known = self._next.get(what, -1)
        if known < position and known != len(self._text):
            known = self._lower.find(what, position)
            known = len(self._text) if known < 0 else known
            self._next[what] = known
        return min(known + len(what), len(self._text)) if not what.startswith("</") else known
