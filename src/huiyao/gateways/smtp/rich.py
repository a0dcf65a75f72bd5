# SPDX-License-Identifier: Apache-2.0
"""A letter's text as HTML: the same words, links that can be pressed. No picture, nothing fetched, nothing counted.

Only elements and inline styles that mail programs keep; one column, sizes in pixels, contrast above 7:1.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

_URL = re.compile(r"https?://[^\s<>\"'“”（）【】，。；]+")
_ONLY_URL = re.compile(rf"^{_URL.pattern}$")
_COLONS = (":", "：")
_INK, _MUTED, _LINK, _RULE = "#22201c", "#5d584e", "#1f5c85", "#c4bcaa"
_TEXT = f"margin:0 0 12px;color:{_INK};font-size:16px;line-height:1.6"
_BUTTON = (
    f"display:inline-block;padding:11px 22px;background:{_LINK};color:#ffffff;font-size:16px;font-weight:bold;"
    "text-decoration:none;border-radius:6px"
)
_FONTS = "-apple-system,'PingFang SC','PingFang TC','Microsoft YaHei','Noto Sans CJK SC','Segoe UI',Arial,sans-serif"


def as_html(title: str, text: str, *, language: str, open_word: str) -> str:
    """The letter as one HTML document in ``language`` (a BCP 47 tag).

    Lines that begin with ``- `` become a list, with ``> `` a quotation; a link on a line of its own becomes a button
    that is called like the line before it where that ends with a colon, else ``open_word``.
    """
    blocks = "\n".join(_blocks(text.split("\n"), open_word))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title></head>\n'
        f'<body style="margin:0;padding:0;background:#ffffff">\n<div role="article" aria-label="{escape(title)}" '
        f'style="max-width:600px;margin:0 auto;padding:24px 20px;font-family:{escape(_FONTS)}">\n'
        f'<h1 style="margin:0 0 16px;color:{_INK};font-size:20px;line-height:1.4">{escape(title)}</h1>\n'
        f"{blocks}\n</div>\n</body>\n</html>\n"
    )


def _blocks(lines: Sequence[str], open_word: str) -> Iterator[str]:
    """The lines grouped: lists, quotations, buttons, paragraphs."""
    place = 0
    while place < len(lines):
        kind = _kind(lines, place)
        last = place + 1
        while kind in ("list", "quote", "text") and last < len(lines) and _kind(lines, last) == kind:
            last += 1
        group = lines[place:last]
        if kind == "list":
            items = "".join(f"<li>{_inline(line[2:])}</li>" for line in group)
            yield f'<ul style="{_TEXT};padding:0 0 0 22px">{items}</ul>'
        elif kind == "quote":
            words = "<br>".join(_inline(line[2:]) for line in group)
            style = f"{_TEXT};padding:2px 0 2px 12px;border-left:3px solid {_RULE}"
            yield f'<blockquote style="{style}">{words}</blockquote>'
        elif kind == "named":
            yield _button(lines[place + 1].strip(), lines[place].strip().rstrip("".join(_COLONS)))
            last = place + 2
        elif kind == "link":
            yield _button(lines[place].strip(), open_word)
        elif kind == "text":
            yield f'<p style="{_TEXT}">{"<br>".join(_inline(line) for line in group)}</p>'
        place = last


def _kind(lines: Sequence[str], place: int) -> str:
    line = lines[place].strip()
    if not line:
        return "empty"
    if _ONLY_URL.match(line):
        return "link"
    if line.startswith("- "):
        return "list"
    if line.startswith("> "):
        return "quote"
    after = lines[place + 1].strip() if place + 1 < len(lines) else ""
    return "named" if line.endswith(_COLONS) and len(line) <= 80 and _ONLY_URL.match(after) else "text"


def _button(url: str, words: str) -> str:
    """A link like a button, and its address to copy."""
    address = escape(url)
    return (
        f'<p style="margin:4px 0 6px"><a href="{address}" style="{_BUTTON}">{escape(words)}</a></p>\n'
        f'<p style="margin:0 0 14px;color:{_MUTED};font-size:13px;line-height:1.5;word-break:break-all">{address}</p>'
    )


def _inline(line: str) -> str:
    """Escaped words, with links to press."""
    words, last = [], 0
    for found in _URL.finditer(line):
        address = escape(found.group().rstrip(".,;:!?)"))
        words += [escape(line[last : found.start()]), f'<a href="{address}" style="color:{_LINK}">{address}</a>']
        last = found.start() + len(found.group().rstrip(".,;:!?)"))
    return "".join([*words, escape(line[last:])])
