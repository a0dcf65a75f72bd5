# SPDX-License-Identifier: Apache-2.0
"""The catalogues are whole: every message has its words, in the right script, and the compiled files hold the same."""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "huiyao"
LANGUAGES = ("zh_Hans", "zh_Hant", "en")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])? (".*")$')
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BOTH_WAYS = frozenset("台群干")
"""Characters at home in Taiwan although OpenCC has another form for them."""
NAME = "會要"
"""The seal on every page is the classical name, in traditional characters everywhere."""
TABLES = {
    "zh_Hans": ("documents/words/simplified.py", "web/assets/room/words.zh-hans.js"),
    "zh_Hant": ("documents/words/traditional.py", "web/assets/room/words.zh-hant.js"),
}
MAINLAND = (
    *(
        "登錄",
        "退出登",
        "賬號",
        "郵箱",
        "鏈接",
        "默認",
        "設置",
        "數據",
        "網絡",
        "屏幕",
        "令牌",
        "稽核",
        "單元格",
        "模板",
    ),
    *(
        "併發送",
        "回復",
        "反饋",
        "發件箱",
        "演示",
        "服務器",
        "信息",
        "軟件",
        "加載",
        "保存",
        "搜索",
        "打印",
        "支持",
        "“",
        "”",
    ),
)
"""Words of the mainland that conversion may leave in traditional characters."""
TITLES = {"zh_Hans": ("简体中文",), "zh_Hant": ("繁體中文",)}


@dataclass
class Message:
    """One message of a catalogue; ``words`` holds a form for each number."""

    context: str = ""
    msgid: str = ""
    plural: str = ""
    flags: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.context}\x04{self.msgid}" if self.context else self.msgid


def parsed(block: str) -> Message:
    message, into = Message(), ""
    for line in block.splitlines():
        if line.startswith("#"):
            message.flags += line
            continue
        if found := FIELD.match(line):
            into, text = found[1], ast.literal_eval(found[3])
            if into == "msgstr":
                message.words.append("")
        else:
            text = ast.literal_eval(line)
        if into == "msgstr":
            message.words[-1] += text
        else:
            name = {"msgctxt": "context", "msgid": "msgid", "msgid_plural": "plural"}[into]
            setattr(message, name, getattr(message, name) + text)
    return message


@cache
def messages(language: str) -> tuple[Message, ...]:
    """The messages of a catalogue without its header."""
    text = catalogue(language).read_text(encoding="utf-8")
    return tuple(parsed(block) for block in text.strip().split("\n\n")[1:])


def catalogue(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def all_words(language: str) -> Iterator[str]:
    """The words of the catalogue, and of the tables beside it that speak the same language."""
    for message in messages(language):
        yield from message.words
    for table in TABLES[language]:
        yield from (PACKAGE / table).read_text(encoding="utf-8").splitlines()


def in_the_other_script(language: str) -> set[str]:
    """Characters that conversion to the script of ``language`` changes, each with the words it stands in."""
    convert = cache(OpenCC("t2s" if language == "zh_Hans" else "s2t").convert)
    found = set()
    for text in all_words(language):
        plain = text.replace(NAME, "")
        for title in TITLES[language]:
            plain = plain.replace(title, "")
        for character in set(CHINESE.findall(plain)) - BOTH_WAYS:
            if convert(character) != character:
                found.add(f"{character}: {text.strip()}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_words(language: str) -> None:
    assert [m.msgid for m in messages(language) if not m.words or not all(m.words)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [m.msgid for m in messages(language) if "fuzzy" in m.flags] == []


def test_the_three_catalogues_hold_the_same_messages() -> None:
    first, *others = ({m.key for m in messages(language)} for language in LANGUAGES)
    assert len(first) > 500
    assert [sorted(first ^ other) for other in others] == [[], []]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_keep_the_placeholders_of_their_message(language: str) -> None:
    wrong = []
    for message in messages(language):
        wanted = set(PLACEHOLDER.findall(message.plural or message.msgid))
        several = message.words[-1:] if message.plural else message.words
        wrong += [(message.msgid, words) for words in several if set(PLACEHOLDER.findall(words)) != wanted]
    assert wrong == []


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_chinese_words_begin_and_end_with_the_blanks_of_their_message(language: str) -> None:
    def edges(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    assert [m.msgid for m in messages(language) for words in m.words if edges(words) != edges(m.msgid)] == []


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_each_chinese_catalogue_keeps_to_its_script(language: str) -> None:
    assert in_the_other_script(language) == set()


@pytest.mark.parametrize("word", MAINLAND)
def test_traditional_words_are_those_of_taiwan(word: str) -> None:
    assert [words for words in all_words("zh_Hant") if word in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_agrees_with_its_source(language: str) -> None:
    with catalogue(language).with_suffix(".mo").open("rb") as source:
        compiled = dict(gettext.GNUTranslations(source)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    written = {(m.key, n) if m.plural else m.key: words for m in messages(language) for n, words in enumerate(m.words)}
    assert compiled == written
