# SPDX-License-Identifier: Apache-2.0
"""The HTML of a letter: the same words as its text, links to press, nothing fetched, nothing run."""

import re
from html.parser import HTMLParser

import pytest

from huiyao.gateways.smtp import as_html

LINK = "https://huiyao.example/l/minutes/Ab-_9"
TEXT = f"""周澜发出了“冬季切换 <会>”的纪要。

归您的事：
- 写出清单（12月4日）
- 看 {LINK}?a=1&b=2。

> 引用的一行
> 又一行

阅读和答复，无需登录：
{LINK}

{LINK}/more
再见"""
HTML = as_html("纪要：冬季切换 <会>", TEXT, language="zh-hans", open_word="在会要中打开")


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def seen() -> Seen:
    parser = Seen()
    parser.feed(HTML)
    return parser


def flat(text: str) -> str:
    return re.sub(r"\s|^- |^> ", "", text, flags=re.MULTILINE)


def test_it_says_what_the_text_says_and_the_buttons_words(seen: Seen) -> None:
    said = flat("".join(seen.text))
    for line in TEXT.split("\n"):
        words = line.removeprefix("- ").removeprefix("> ").rstrip("：")
        assert flat(words) in said, line


def test_links_can_be_pressed_and_read(seen: Seen) -> None:
    links = [attrs["href"] for tag, attrs in seen.tags if tag == "a"]
    assert links == [f"{LINK}?a=1&b=2", LINK, f"{LINK}/more"]
    assert re.search(rf'<a href="{LINK}" style="[^"]*">阅读和答复，无需登录</a>', HTML)
    assert re.search(rf'<a href="{LINK}/more" style="[^"]*">在会要中打开</a>', HTML)


def test_nothing_is_fetched_and_nothing_runs(seen: Seen) -> None:
    assert {tag for tag, _ in seen.tags} <= {
        *("html", "head", "meta", "title", "body", "div", "h1", "p", "br", "a", "ul", "li", "blockquote"),
    }
    assert not [attrs for tag, attrs in seen.tags if {"src", "background", "srcset", "onload"} & set(attrs)]
    assert "url(" not in HTML
    assert "@import" not in HTML


def test_its_language_and_order_are_told_to_a_screen_reader(seen: Seen) -> None:
    assert dict(seen.tags)["html"]["lang"] == "zh-hans"
    assert [tag for tag, _ in seen.tags].count("h1") == 1
    assert [tag for tag, _ in seen.tags].count("li") == 2
    assert dict(seen.tags)["div"]["role"] == "article"


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", 'https://x.test/"onmouseover="alert(1)', "javascript:alert(1)", "- <img src=x>", ":"],
)
def test_what_people_typed_is_text(text: str) -> None:
    parser = Seen()
    parser.feed(as_html(text, text, language="en", open_word="Open"))
    assert not {"script", "img"} & {tag for tag, _ in parser.tags}
    assert not [attrs for _, attrs in parser.tags if any(name.startswith("on") for name in attrs)]
    assert not [
        attrs for _, attrs in parser.tags if str(attrs.get("href", "http")).split(":")[0] not in ("http", "https")
    ]


def test_the_contrast_of_every_colour_is_high_enough() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in set(re.findall(r"[;\"]color:(#[0-9a-f]{6})", HTML)) - {"#ffffff"}:
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour
