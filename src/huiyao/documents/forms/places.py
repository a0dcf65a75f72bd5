# SPDX-License-Identifier: Apache-2.0
"""Where in a form something stands, so that it can be found again in Word. Runs in the bounded process only."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from jinja2.exceptions import SecurityError, TemplateSyntaxError
from lxml import etree

from huiyao.documents.forms.refusals import Place
from huiyao.documents.forms.sandbox import FormEnvironment

MOST_PLACES, MOST_WORDS = 20, 120
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_PREFIX = re.compile(r"^(\{[{%])[-+]?\s*(?:tr|tc|p|r)\s")
_WORD_OF_TAG = re.compile(r"\{%[-+]?\s*(\w+)")
_CLOSED_BY = {"for": "{% endfor %}", "if": "{% endif %}"}
_INNER = frozenset({"else", "endfor", "endif"})


def paragraphs_of(content: bytes) -> Iterator[Place]:
    """Every paragraph that holds a tag, counted as a reader counts: paragraphs of the text, tables, headers."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in sorted(file.namelist(), key=lambda part: (not part.endswith("document.xml"), part)):
            part = _PARTS.match(name)
            if part is not None:
                yield from _paragraphs(file.read(name), part.group(1).rstrip("0123456789"))


def _paragraphs(xml: bytes, part: str) -> Iterator[Place]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    paragraphs, tables = 0, 0
    for node in etree.fromstring(xml, parser).iter(f"{_WORD}p", f"{_WORD}tbl"):
        inside = next(node.iterancestors(f"{_WORD}tbl"), None) is not None
        if node.tag == f"{_WORD}tbl":
            tables += not inside
            continue
        text = "".join(piece.text or "" for piece in node.iter(f"{_WORD}t"))
        paragraphs += bool(text.strip()) and not inside
        if "{{" in text or "{%" in text:
            where = part if part != "document" else "table" if inside else "body"
            yield Place(where, {"table": tables, "body": paragraphs}.get(where, 0), text)


def places_of(content: bytes, names: Iterable[str]) -> dict[str, list[Place]]:
    """Where each of ``names`` stands in a tag."""
    found: dict[str, list[Place]] = {}
    patterns = {name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in names}
    for place in paragraphs_of(content):
        for tag in _TAG.findall(place.text):
            for name, pattern in patterns.items():
                spots, spot = found.setdefault(name, []), Place(place.where, place.number, _around(place.text, tag))
                if pattern.search(tag) and spot not in spots and len(spots) < MOST_PLACES:
                    spots.append(spot)
    return found


def offending(content: bytes) -> list[Place]:
    """The tags that a form may not hold, or that cannot be read by themselves."""
    found: list[Place] = []
    for place in paragraphs_of(content):
        spots = (Place(place.where, place.number, _around(place.text, tag)) for tag in _wrong(place.text))
        found += (spot for spot in dict.fromkeys(spots) if spot not in found)
        if len(found) >= MOST_PLACES:
            break
    return found[:MOST_PLACES]


def _wrong(text: str) -> Iterator[str]:
    rest = _TAG.sub("", text)
    if "{{" in rest or "{%" in rest:
        yield rest
    yield from (tag for tag in _TAG.findall(text) if not _readable(tag))


def _readable(tag: str) -> bool:
    plain = _PREFIX.sub(r"\1 ", tag)
    word = _WORD_OF_TAG.match(plain)
    kind = word.group(1) if word else ""
    if kind in _INNER:
        return True
    if kind == "elif":
        plain, kind = plain.replace("elif", "if", 1), "if"
    try:
        FormEnvironment().parse(plain + _CLOSED_BY.get(kind, ""))
    except (SecurityError, TemplateSyntaxError, RecursionError):
        return False
    return True


def _around(text: str, tag: str) -> str:
    """The tag with a little of what stands beside it."""
    start = max(text.find(tag), 0)
    begin = max(0, start - (MOST_WORDS - min(len(tag), MOST_WORDS)) // 2)
    piece = " ".join(text[begin : begin + MOST_WORDS].split())
    return ("…" if begin else "") + piece + ("…" if begin + MOST_WORDS < len(text) else "")
