# SPDX-License-Identifier: Apache-2.0
"""Minutes became final: minutes, action table and materials are filed under ``year-month-topic`` (R78, R79)."""

from collections.abc import Iterator
from datetime import date, datetime

from huiyao.documents.exports import Format
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes
from huiyao.features.actions.reads import actions_of_meeting
from huiyao.features.agenda.reads import materials_of
from huiyao.features.archive.commands.filing import Piece, file, name_of
from huiyao.features.meetings.reads import MeetingRow, find_meeting
from huiyao.features.minutes.events import MinutesFinal
from huiyao.features.minutes.reads import find_minutes, find_version, paper_in
from huiyao.flows.action_table import action_table
from huiyao.flows.minutes_file import minutes_file
from huiyao.plumbing.formatting import wall


def on_minutes_final(event: MinutesFinal, at: datetime) -> None:
    """File the meeting; doing it again with the same version changes nothing."""
    meeting, minutes = find_meeting(event.meeting_id), find_minutes(event.meeting_id)
    version = find_version(minutes, event.version) if minutes else None
    if meeting is None or version is None:
        return
    day = day_of(meeting, at)
    paper = paper_in(version)
    pieces = [*_documents(meeting, paper.minutes, day, at), *_materials(meeting)]
    file(meeting.pk, pieces, minutes_version=version.number, day=day, at=at)


def day_of(meeting: MeetingRow, at: datetime) -> date:
    """The civil date a meeting is filed under: when it took place, in its own zone."""
    return wall(meeting.started_at or meeting.starts_at or at, meeting.zone).date()


def _documents(meeting: MeetingRow, minutes: Minutes, day: date, at: datetime) -> Iterator[Piece]:
    stem = name_of(meeting, day)
    for wanted in (Format.DOCX, Format.PDF):
        document = minutes_file(minutes, PaperState.FINAL, wanted, stem=stem, at=at)
        yield Piece("minutes", document.name, document.media_type, document.content)
    actions = actions_of_meeting(meeting.pk)
    table = action_table(actions, meeting.language, title=meeting.title, stem=stem)
    yield Piece("actions", table.name, table.media_type, table.content)


def _materials(meeting: MeetingRow) -> Iterator[Piece]:
    linked: list[str] = []
    for material in materials_of(meeting.pk):
        if material.sha256:
            yield Piece("material", material.name, "application/octet-stream", sha256=material.sha256)
        else:
            linked.append(f"- [{material.name}]({material.url})")
    if linked:
        content = "\n".join([f"# {meeting.title}", "", *linked, ""]).encode()
        yield Piece("links", "links.md", "text/markdown; charset=utf-8", content)
