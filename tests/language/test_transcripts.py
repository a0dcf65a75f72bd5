# SPDX-License-Identifier: Apache-2.0
"""Transcripts of the known export layouts; names are invented."""

import json
from datetime import date

import pytest

from huiyao.language.transcripts import (
    ProposalKind,
    Speaker,
    match_speakers,
    propose,
    read_transcript,
    speaking_time,
)

TENCENT = {
    "minutes": {
        "paragraphs": [
            {
                "pid": "0",
                "start_time": 1000,
                "end_time": 4000,
                "speaker_info": {"userid": "u1", "username": "林小满"},
                "sentences": [{"sid": "0", "words": [{"wid": "0", "text": "大家"}, {"wid": "1", "text": "好"}]}],
            },
            {
                "pid": "1",
                "start_time": 5000,
                "end_time": 190000,
                "speaker_info": {"userid": "u2"},
                "sentences": [{"words": [{"text": "好的"}]}],
            },
        ]
    }
}
DINGTALK = {
    "result": {
        "paragraphList": [
            {"paragraphId": 1, "speakerNick": "发言人1", "paragraph": "你好"},
            {"paragraphId": 2, "speakerNick": "发言人2", "paragraph": "再见"},
        ],
        "hasNext": False,
    }
}
CASES = {
    "name(clock): text": (
        "林小满(00:01:08): 开始吧。\n周可（00:01:20）： 好的。\n补一句。\n",
        [("林小满", 68, 80, "开始吧。"), ("周可", 80, None, "好的。补一句。")],
    ),
    "name clock, text below, with a label line": (
        "会议主题：测试\n林小满 00:12:34\n第一句。\n第二句。\n周 可 00:13:00\n收到。\n",
        [("林小满", 754, 780, "第一句。第二句。"), ("周 可", 780, None, "收到。")],
    ),
    "clock before name": (
        "00:12:34 林小满\n第一句。\n00:13:10 周可\n好。",
        [("林小满", 754, 790, "第一句。"), ("周可", 790, None, "好。")],
    ),
    "minutes beyond 59 and two spellings of one number": (
        "说话人 3 12:34\n甲\n说话人3 75:10\n乙\n发言人1 80:00\n丙",
        [("说话人3", 754, 4800, "甲乙"), ("发言人1", 4800, None, "丙")],
    ),
    "glued header of a Word export": (
        "说话人 1 00:01我先说\n说话人 2 00:10然后我说",
        [("说话人1", 1, 10, "我先说"), ("说话人2", 10, None, "然后我说")],
    ),
    "[clock] name: text": (
        "[00:12] 林小满：甲\n【01:12】周可：乙，问题是：卡住了",
        [("林小满", 12, 72, "甲"), ("周可", 72, None, "乙，问题是：卡住了")],
    ),
    "clock name: text": (
        "00:12:34 林小满：甲\n00:12:50 周可：乙",
        [("林小满", 754, 770, "甲"), ("周可", 770, None, "乙")],
    ),
    "name above clock and text": (
        "林小满\n00:00:01 大家好我们开始\n周可\n00:00:09 好的没有问题了",
        [("林小满", 1, 9, "大家好我们开始"), ("周可", 9, None, "好的没有问题了")],
    ),
    "Feishu text": (
        "产品例会\n关键词：上线、测试\n\n说话人 1 00:00:01.700\n第一句\n\n周 可 00:01:23.456\n第二句",
        [("说话人1", 1.7, 83.456, "第一句"), ("周 可", 83.456, None, "第二句")],
    ),
    "Feishu Markdown": (
        "# 标题\n\n## 00:00:05 林小满\n\n你好。\n\n## 00:01:05 周可\n\n好。",
        [("林小满", 5, 65, "你好。"), ("周可", 65, None, "好。")],
    ),
    "Zoom, a colon in speech is no speaker": (
        (
            "WEBVTT\n\n1\n00:02:24.720 --> 00:02:32.850\nMira Hill: okay\n\n2\n00:02:33.000 --> 00:02:35.000\n"
            "well note this: it works\n\n3\n00:02:36.000 --> 00:02:38.000\nMira Hill: yes\n"
        ),
        [
            ("Mira Hill", 144.72, 152.85, "okay"),
            ("", 153, 155, "well note this: it works"),
            ("Mira Hill", 156, 158, "yes"),
        ],
    ),
    "Teams voice tags, closing tag missing": (
        (
            "WEBVTT\n\nabc-1/2\n00:00:01.000 --> 00:00:03.000\n<v Mira Hill>hello</v>\n\n"
            "00:00:04.000 --> 00:00:05.000\n<v Tom>hi\n"
        ),
        [("Mira Hill", 1, 3, "hello"), ("Tom", 4, 5, "hi")],
    ),
    "Teams Word, name and time": (
        "Mira Hill   0:03\nhello\nTom   0:10\nhi there",
        [("Mira Hill", 3, 10, "hello"), ("Tom", 10, None, "hi there")],
    ),
    "Teams Word, three lines": (
        "0:0:5.100 --> 0:0:8.250\nMira Hill\nhello\n0:0:9.0 --> 0:0:12.0\nTom\nhi",
        [("Mira Hill", 5.1, 8.25, "hello"), ("Tom", 9, 12, "hi")],
    ),
    "Teams Word, name with both times": (
        "Mira Hill  00:01:23.000 --> 00:01:45.000\nhello\nTom  00:02:00.000 --> 00:02:10.000\nhi",
        [("Mira Hill", 83, 105, "hello"), ("Tom", 120, 130, "hi")],
    ),
    "SubRip with names": (
        "1\n00:00:01,000 --> 00:00:02,000\n林小满：你好\n\n2\n00:00:03,000 --> 00:00:04,000\n周可：好的\n",
        [("林小满", 1, 2, "你好"), ("周可", 3, 4, "好的")],
    ),
    "names without times, labels are no speakers": (
        "会议主题：上线\n参会人：甲、乙\n林小满：先说进度。\n周可：没问题。\n林小满：那就这么定。\n结论：上线",
        [
            ("林小满", None, None, "先说进度。"),
            ("周可", None, None, "没问题。"),
            ("林小满", None, None, "那就这么定。"),
        ],
    ),
    "no speakers at all": (
        "今天我们开会。\n讨论了很多。",
        [("", None, None, "今天我们开会。"), ("", None, None, "讨论了很多。")],
    ),
    "Tencent JSON in milliseconds": (
        json.dumps(TENCENT, ensure_ascii=False),
        [("林小满", 1, 4, "大家好"), ("u2", 5, 190, "好的")],
    ),
    "DingTalk JSON": (
        json.dumps(DINGTALK, ensure_ascii=False),
        [("发言人1", None, None, "你好"), ("发言人2", None, None, "再见")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_layout_is_recognised_from_its_content(name):
    source, expected = CASES[name]
    turns = read_transcript(source.encode()).turns
    assert [(turn.speaker, turn.start, turn.end, turn.text) for turn in turns] == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_exports_are_read(encoding):
    turns = read_transcript("林小满(00:01:08): 我们开始吧。\r\n周可(00:01:20): 好的。".encode(encoding)).turns
    assert [turn.text for turn in turns] == ["我们开始吧。", "好的。"]


def test_meet_times_are_times_of_day():
    transcript = read_transcript("林小满 (10:02)\n大家好\n周可 (10:03)\n好")
    assert transcript.clock == "time_of_day"
    assert transcript.turns[0].start == 10 * 3600 + 2 * 60


def test_unrecognised_lines_are_kept():
    transcript = read_transcript("产品例会\n2025年3月6日\n林小满 00:01\n甲\n周可 00:05\n乙")
    assert [(line.line, line.text) for line in transcript.kept] == [(1, "产品例会"), (2, "2025年3月6日")]


def test_speakers_are_matched_without_guessing():
    people = [Speaker("1", "林小满"), Speaker("2", "周可"), Speaker("3", "周可"), Speaker("4", "陈远")]
    names = ["林小满（PM）", "市场部-林小满", "周可", "说话人 2", "陳遠", "王五"]
    assert match_speakers(names, people) == {
        "林小满（PM）": "1",
        "市场部-林小满": "1",
        "周可": None,
        "说话人 2": None,
        "陳遠": "4",
        "王五": None,
    }


def test_speaking_time_is_counted_by_person_and_department():
    transcript = read_transcript("林 00:00\n甲甲\n周 00:10\n乙\n林 00:15\n丙\n周 00:25\n丁")
    persons, departments = speaking_time(transcript, {"林": "林小满", "周": "周可"}, {"林小满": "市场部"})
    assert [(s.name, s.turns, s.characters, s.seconds) for s in persons] == [
        ("林小满", 2, 3, 20.0),
        ("周可", 2, 2, 5.0),
    ]
    assert [(s.name, s.seconds) for s in departments] == [("市场部", 20.0), ("", 5.0)]


def test_proposals_point_at_their_line_and_insert_nothing():
    source = (
        "林小满(00:01): 现在最大的问题是接口没人维护。\n周可(00:10): 我明天把清单整理一下发给大家。\n"
        "林小满(00:20): 那就这么定，先做门店试点。\n周可(00:30): 这个问题是什么时候出现的？"
    )
    transcript = read_transcript(source)
    proposals = propose(transcript, held_on=date(2025, 3, 6))
    assert [(p.kind, p.line, p.speaker) for p in proposals] == [
        (ProposalKind.PROBLEM, 1, "林小满"),
        (ProposalKind.ACTION, 2, "周可"),
        (ProposalKind.DECISION, 3, "林小满"),
    ]
    assert proposals[1].due == date(2025, 3, 7)
    assert read_transcript(source) == transcript


@pytest.mark.material
def test_all_real_transcripts_import(material):
    files = [path for path in sorted((material / "transcripts").iterdir()) if path.suffix in (".txt", ".json")]
    assert len(files) == 21
    for path in files:
        transcript = read_transcript(path.read_bytes())
        assert len(transcript.turns) >= 2, path.name
        assert len({turn.speaker for turn in transcript.turns}) >= 2, path.name
    for path in (path for path in files if path.suffix == ".txt"):
        said = {turn.text for turn in read_transcript(path.with_suffix(".json").read_bytes()).turns}
        assert {turn.text for turn in read_transcript(path.read_bytes()).turns} == said
