# SPDX-License-Identifier: Apache-2.0
"""Source lines cut into segments: marker, indent, text without markup, table cells, enumerations inside a line."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Mark(StrEnum):
    """How a line begins."""

    BLANK = "blank"
    RULE = "rule"
    MARKUP = "markup"
    HEADING = "heading"
    ROW = "row"
    NUMBER = "number"
    BULLET = "bullet"
    CHECKBOX = "checkbox"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Segment:
    """A line or a part of one. ``style`` tells sibling markers apart, ``number`` is the written ordinal or 0."""

    line: int
    indent: int
    mark: Mark
    text: str
    style: str = ""
    level: int = 0
    number: int = 0
    checked: bool = False
    bold: bool = False
    cells: tuple[str, ...] = ()


_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^\s#\d]))(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*(?:[-=_*]\s?){3,}$|\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$|\s*:-+:\s*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CHECKBOX = re.compile(r"(?:[-*+]\s+|\d{1,2}[.、)]\s*)?(?:\[([ xX√✓✔])\]|([☐□☑✅✔]))\s*(?=\S)")
_NUMBER = re.compile(
    r"[（(](?P<a>\d{1,2})[)）]\s*"
    r"|\.?(?P<b>\d{1,2})(?P<p>、|[.．,，)）](?!\d))\s*"
    r"|(?P<d>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.、]\s*|\s+)(?=[^\d\s])"
    r"|(?P<c>[一二三四五六七八九十]{1,3})[、．.]\s*"
    r"|(?P<e>[①-⑳])\s*"
    r"|(?P<f>[a-hA-H])[.)、]\s*(?![a-zA-Z]\b)"
)
_BULLET = re.compile(r"(?:-{1,2}>|/{2}|-{2}|[•·●○◦▪■◆➢►–]|[-*+](?=\s)|[-*](?=[^-*\s]))\s*")
_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\]|\[[^\[\]]*\]){0,400})\]\s?\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)[^()]{0,80}\)")
_PROFILE = re.compile(r"https?://(?:www\.)?(?:gitee|github|gitcode|gitlab|atomgit)\.com/[\w.-]+/?$")
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|~~|`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|>])")
_CHINESE = {char: index for index, char in enumerate("零一二三四五六七八九十")}


def plain(text: str) -> str:
    """Text without Markdown markup; links keep their address unless it is only a person's page."""
    text = _LINK.sub(_link, text)
    text = _TAG.sub(" ", text)
    text = _EMPHASIS.sub("", text)
    return _ESCAPE.sub(r"\1", text).strip()


def _link(found: re.Match[str]) -> str:
    label, address = found[1].strip(), found[2]
    if not address or address.startswith("mailto:"):
        return label
    if _PROFILE.match(address) and label:
        return label if label.startswith("@") else f"@{label}" if _NICK.fullmatch(label) else label
    return f"{label} {address}" if label != address else address


_NICK = re.compile(r"[\w.\-]{2,39}")


def segment(number: int, line: str) -> Segment:
    """One source line. Tabs count as four columns, a full-width space as two."""
    expanded = line.replace("\t", "    ").replace("\u3000", "  ").replace("\u200b", "")
    body = expanded.strip()
    indent = len(expanded) - len(expanded.lstrip())
    if not body or not _EMPHASIS.sub("", body).strip():
        return Segment(number, indent, Mark.BLANK, "")
    if _RULE.match(body):
        return Segment(number, indent, Mark.RULE, "")
    if heading := _HEADING.match(expanded):
        return Segment(number, 0, Mark.HEADING, plain(heading[2]), level=len(heading[1]))
    if (body.startswith("|") or _is_row(body)) and body.count("|") <= _MOST_CELLS:
        return Segment(number, indent, Mark.ROW, plain(body), cells=_cells(body))
    if not _TAG.sub("", body).strip() and _TAG.search(body):
        return Segment(number, indent, Mark.MARKUP, "")
    return _marked(Segment(number, indent, Mark.PLAIN, body, bold=body.startswith("**")))


_MOST_CELLS = 200


def _is_row(body: str) -> bool:
    """A table row without outer bars, as some editors leave them; a lone bar inside a sentence is not."""
    if not 0 < body.count("|") <= _MOST_CELLS:
        return False
    pieces = [piece.strip() for piece in re.split(r"(?<!\\)\|", body)]
    return len(pieces) > 1 and all(len(piece) < 80 for piece in pieces) and not re.search(r"[。；]", body)


def _cells(body: str) -> tuple[str, ...]:
    inner = body.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", inner))


def _marked(raw: Segment) -> Segment:
    """Takes markers off the front: a bullet may be followed by a number or a box."""
    text, bold = raw.text, raw.bold
    if raw.bold:
        text = text.removeprefix("**")
    result = replace(raw, text=text)
    box = _CHECKBOX.match(text)
    if box:
        rest = text[box.end() :]
        checked = (box[1] or "").strip() != "" or ((box[2] or "") in "☑✅✔" and bool(box[2]))
        struck = rest.lstrip().startswith("~~")
        return replace(raw, mark=Mark.CHECKBOX, style="[]", text=plain(rest), checked=checked or struck)
    if (bullet := _BULLET.match(text)) and not text.startswith("**") and bullet.end() < len(text):
        result = replace(result, mark=Mark.BULLET, style=bullet[0].strip(), text=text[bullet.end() :])
    result = _numbered(result)
    return replace(result, text=plain(result.text), bold=bold)


def _numbered(part: Segment) -> Segment:
    body = part.text.removeprefix("**").lstrip()
    found = _NUMBER.match(body)
    if not found or found.end() >= len(body):
        return part
    style, value = _ordinal(found)
    # 1.1 may be a version as well as a place in an outline: it stays in the text
    text = body if found["d"] else body[found.end() :]
    return replace(part, mark=Mark.NUMBER, style=part.style + style, number=value, text=text)


def _ordinal(found: re.Match[str]) -> tuple[str, int]:
    if found["a"]:
        return "()", int(found["a"])
    if found["b"]:
        return (")" if found["p"] in ")）" else "n"), int(found["b"])
    if found["d"]:
        return "n" * (found["d"].count(".") + 1), int(found["d"].rsplit(".", 1)[1])
    if found["c"]:
        tens, _, ones = found["c"].rpartition("十")
        return "一", (_CHINESE.get(tens, 1) * 10 if "十" in found["c"] else 0) + _CHINESE.get(ones, 0)
    if found["e"]:
        return "①", ord(found["e"]) - ord("①") + 1
    return "a", ord(found["f"].lower()) - ord("a") + 1


def parts_of(cell: str, line: int, indent: int = 0) -> list[Segment]:
    """A cell or a labelled line as segments: cut at ``<br>`` and at running enumerations inside the text."""
    found: list[Segment] = []
    pieces = (part.strip() for piece in re.split(r"<br\s*/?>|\n", cell) for part in enumerated(piece))
    found += [replace(_marked(Segment(line, indent, Mark.PLAIN, piece)), indent=indent) for piece in pieces if piece]
    return found


_INNER = re.compile(r"(?<![\d.A-Za-z第])[（(]?(\d{1,2})(?:[)）]|[、．](?!\d)|\.(?=\s|[\u4e00-\u9fff]))")


def enumerated(text: str) -> list[str]:
    """Cuts ``1）… 2）…`` where the numbers run on from 1; a number out of turn is text."""
    cuts: list[int] = []
    opening = _INNER.match(text.lstrip())
    expected = int(opening[1]) if opening else 1
    for found in _INNER.finditer(text):
        before = text[found.start() - 1] if found.start() else ""
        # the sequence may begin anew after a label such as "遗留问题："
        if int(found[1]) == expected or (int(found[1]) == 1 and before in "：:" and before):
            cuts.append(found.start())
            expected = int(found[1]) + 1
    if len(cuts) < 2 and not (cuts and text[: cuts[0]].rstrip().endswith(("：", ":"))):
        return [text]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
