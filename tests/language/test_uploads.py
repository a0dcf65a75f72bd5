# SPDX-License-Identifier: Apache-2.0
"""Hostile and broken files: a clear refusal within bounds, never another exception."""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyao.domain.refusals import Refusal
from huiyao.language.minutes import read_minutes
from huiyao.language.transcripts import read_transcript
from huiyao.language.uploads import UploadTooLarge, UploadUnreadable, decode, docx_to_lines, html_to_lines

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(body: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def word(body: str, name: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return buffer.getvalue()


ROW = f"<w:tr><w:tc>{paragraph('任务')}</w:tc><w:tc>{paragraph('责任人')}</w:tc></w:tr>"
ROW_TWO = f"<w:tr><w:tc>{paragraph('整理清单')}</w:tc><w:tc>{paragraph('周可')}</w:tc></w:tr>"
GOOD = word(
    document(paragraph("遗留问题：") + paragraph("1、更新计划 责任人：林小满") + f"<w:tbl>{ROW}{ROW_TWO}</w:tbl>")
)
ENTITIES = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


OUTCOMES = ("read", "upload_too_large", "upload_unreadable")


def outcome(read, data) -> str:
    """How a reading ended; any other exception passes through and fails the test."""
    try:
        read(data)
    except Refusal as refusal:
        return refusal.code
    return "read"


def test_a_word_file_is_read_in_order():
    assert [action.owners for action in read_minutes(GOOD).actions] == [("林小满",), ("周可",)]
    turns = read_transcript(
        word(document(paragraph("林小满   0:03") + paragraph("开始") + paragraph("周可   0:10") + paragraph("好")))
    )
    assert [turn.text for turn in turns.turns] == ["开始", "好"]


@pytest.mark.parametrize(
    ("data", "refusal", "facts"),
    [
        (word(document(paragraph("a" * 30_000_000))), UploadTooLarge, {"what": "ratio"}),
        (word(ENTITIES), UploadUnreadable, {"reason": "entities"}),
        (word(document("<w:p>" * 3000 + "</w:p>" * 3000)), UploadTooLarge, {"what": "depth"}),
        (word("<w:document"), UploadUnreadable, {"reason": "bad_xml"}),
        (word("x", "other.xml"), UploadUnreadable, {"reason": "not_word"}),
        (GOOD[: len(GOOD) // 2], UploadUnreadable, {"reason": "not_word"}),
        (word(document("")), UploadUnreadable, {"reason": "empty"}),
        (b"PK\x03\x04junk", UploadUnreadable, {"reason": "not_word"}),
    ],
    ids=["bomb", "entities", "depth", "broken", "no body", "cut", "empty", "junk"],
)
def test_hostile_word_files_are_refused(data, refusal, facts):
    with pytest.raises(refusal) as caught:
        docx_to_lines(data)
    assert facts.items() <= caught.value.facts.items()


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b" \n ", "empty"), (b"\0\1\2" * 500, "binary"), (b"\xff\xfe\x00\xd8", "encoding")],
)
def test_bytes_that_are_no_text_are_refused(data, reason):
    with pytest.raises(UploadUnreadable) as caught:
        decode(data)
    assert caught.value.facts["reason"] in (reason, "binary")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[" * 200_000, "upload_too_large"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "upload_too_large"),
        (b'{"speaker":"a","text":"x","start":' + b"9" * 10_000 + b"}", "upload_unreadable"),
        (b'{"turns":[{"speaker":"a","text":', "upload_unreadable"),
        (b'{"turns":[]}', "upload_unreadable"),
    ],
    ids=["nested list", "nested object", "huge number", "cut", "no speech"],
)
def test_hostile_json_is_refused(data, code):
    with pytest.raises(Refusal) as caught:
        read_transcript(data)
    assert caught.value.code == code


def test_times_that_are_no_numbers_are_left_out():
    turns = read_transcript(
        b'[{"speaker":"a","text":"x","start":NaN,"end":Infinity},{"speaker":"b","text":"y","start":1e999}]'
    ).turns
    assert [(turn.text, turn.start) for turn in turns] == [("x", None), ("y", None)]


@pytest.mark.parametrize(
    "page",
    [
        "<" * 300_000,
        "<!--" * 100_000,
        "<a " * 100_000,
        "<!" * 100_000,
        "<script>" * 50_000,
        "<p>" * 100_000,
        '<a b="' * 50_000,
    ],
)
def test_broken_pages_end_in_lines_or_a_refusal(page):
    assert outcome(html_to_lines, page + "文字") in OUTCOMES


def test_nested_pages_are_refused():
    with pytest.raises(UploadTooLarge):
        html_to_lines("<div>" * 1000)


def test_scripts_and_comments_say_nothing():
    assert html_to_lines("<p>甲</p><script>var x='<p>乙</p>'</script><!-- 丙 --><p>丁&amp;</p>") == ["甲", "丁&"]


SAMPLES = [
    GOOD,
    "遗留问题：\n1、更新计划 责任人：林小满 完成时间：3月10日\n| 任务 | 责任人 |\n|--|--|\n| a | b |\n".encode(),
    "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v 林>你好</v>\n".encode(),
    "1\n00:00:01,000 --> 00:00:02,000\n林：好\n".encode(),
    json.dumps(
        {"minutes": {"paragraphs": [{"pid": "1", "speaker_info": {"username": "林"}, "sentences": []}]}}
    ).encode(),
    "<html><body><table><tr><td>任务</td></tr></table></body></html>".encode(),
    "林小满(00:01:08): 开始\n周可（00:01:20）：好".encode("gb18030"),
]


@st.composite
def damaged(draw) -> bytes:
    """A good file with bytes cut out, doubled or replaced."""
    data = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 12))
        data[start : start + size] = draw(st.binary(max_size=12)) * draw(st.sampled_from([1, 1, 50]))
    return bytes(data)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damaged_files_give_minutes_and_turns_or_a_refusal(data):
    for read in (read_minutes, read_transcript):
        assert outcome(read, data) in OUTCOMES


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("遗留问题：责任人完成时间1、)）（(-—@|*#[]<>:：\n 林小满3月/.；由请😀\u200b"),
        max_size=300,
    )
)
def test_any_text_gives_minutes_with_every_line(text):
    read = read_minutes(text)
    assert [line.text for line in read.lines] == text.replace("\r", "\n").split("\n")
