# SPDX-License-Identifier: Apache-2.0
"""The description of an invitation: what it is for, the agenda, and where to reply."""

from collections.abc import Sequence

from huiyao.documents.words import words_for

_LABELS = {
    "zh-hans": ("目标：", "议程：", "请回复是否出席：", "会议页面："),
    "zh-hant": ("目標：", "議程：", "請回覆是否出席：", "會議頁面："),
    "en": ("Objective: ", "Agenda:", "Please say whether you come: ", "Meeting page: "),
}


def description_of(language: str, *, objective: str, agenda: Sequence[str], reply_url: str, meeting_url: str) -> str:
    """The text, parts that are empty left out. ValueError for a language without words."""
    goal, topics, reply, page = _LABELS[words_for(language).language]
    parts = [
        goal + objective if objective else "",
        "\n".join((topics, *agenda)) if agenda else "",
        reply + reply_url if reply_url else "",
        page + meeting_url if meeting_url else "",
    ]
    return "\n\n".join(filter(None, parts))
