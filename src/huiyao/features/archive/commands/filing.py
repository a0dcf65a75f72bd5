# SPDX-License-Identifier: Apache-2.0
"""Filing a meeting: its documents and materials under ``year-month-topic``, with one bundle built once."""

import io
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import CLOCK
from huiyao.domain.filing import filing_name, safe_name, unique_name
from huiyao.domain.stage import Stage
from huiyao.features.archive.events import MeetingFiled
from huiyao.features.archive.models import FiledItem, Filing
from huiyao.features.archive.reads import names_taken
from huiyao.features.meetings.commands.stages import move_meeting
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing import audit, events, files
from huiyao.plumbing.models import StoredFile

BUNDLE_LIMIT_MIB = 20_000
"""Each material was held to the limit of one file; together they may be more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to file: new ``content``, or something already stored under ``sha256``."""

    kind: str
    name: str
    media_type: str
    content: bytes = b""
    sha256: str = ""


def name_of(meeting: Meeting, day: date) -> str:
    """The filing name of a meeting, with a number where another meeting of the month has the same topic."""
    return unique_name(filing_name(day, meeting.title), names_taken(besides=meeting.pk))


def file(meeting_id: UUID | str, pieces: Sequence[Piece], *, minutes_version: int, day: date, at: datetime) -> Filing:
    """File the pieces and move the meeting to its last stage; the same version of minutes twice is once.

    ``day`` is the civil date of the meeting. Content is on disk before the rows say so.
    """
    existing = Filing.objects.filter(meeting_id=meeting_id, minutes_version=minutes_version).first()
    if existing is not None:
        return existing
    stored = _stored(pieces, at)
    bundle = _bundle(stored, at)
    return _record(meeting_id, stored, bundle, minutes_version=minutes_version, day=day, at=at)


def _stored(pieces: Sequence[Piece], at: datetime) -> list[tuple[Piece, str, StoredFile]]:
    """Each piece with a name nothing else in the bundle has, and its stored file; lost files are left out."""
    found: list[tuple[Piece, str, StoredFile]] = []
    for piece in pieces:
        if piece.sha256:
            row = StoredFile.objects.filter(sha256=piece.sha256).first()
        else:
            row = files.store(io.BytesIO(piece.content), at=at)
        if row is not None and files.path_of(row.sha256).exists():
            name = unique_name(safe_name(piece.name), [taken for _, taken, _ in found])
            found.append((piece, name, row))
    return found


def _bundle(stored: Sequence[tuple[Piece, str, StoredFile]], at: datetime) -> StoredFile:
    """The pieces as one zip file, dated like the filing: the same content gives the same file."""
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for piece, name, row in stored:
                folder = "materials/" if piece.kind == "material" else ""
                info = zipfile.ZipInfo(folder + name, at.timetuple()[:6])
                info.compress_type = zipfile.ZIP_DEFLATED
                with (
                    archive.open(info, "w", force_zip64=True) as entry,
                    files.path_of(row.sha256).open("rb") as source,
                ):
                    while block := source.read(files.CHUNK):
                        entry.write(block)
        target.seek(0)
        return files.store(target, at=at, limit_mib=BUNDLE_LIMIT_MIB)


@transaction.atomic
def _record(
    meeting_id: UUID | str,
    stored: Sequence[tuple[Piece, str, StoredFile]],
    bundle: StoredFile,
    *,
    minutes_version: int,
    day: date,
    at: datetime,
) -> Filing:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    Filing.objects.filter(meeting=meeting, replaced_at=None).update(replaced_at=at)
    filing = Filing.objects.create(
        meeting=meeting,
        minutes_version=minutes_version,
        name=name_of(meeting, day),
        year=day.year,
        month=day.month,
        title=meeting.title,
        day=day,
        filed_at=at,
        bundle_sha256=bundle.sha256,
        bundle_size=bundle.size,
    )
    FiledItem.objects.bulk_create(
        FiledItem(
            filing=filing,
            position=position,
            kind=piece.kind,
            name=name,
            sha256=row.sha256,
            size=row.size,
            media_type=piece.media_type,
        )
        for position, (piece, name, row) in enumerate(stored)
    )
    if meeting.stage == Stage.RECORDED:
        move_meeting(meeting, "file", by=CLOCK, at=at)
    facts = {"name": filing.name, "items": len(stored), "bundle": bundle.sha256}
    audit.record("archive.file", by=CLOCK, at=at, subject=filing.pk, context=meeting.pk, facts=facts)
    events.put(MeetingFiled(str(meeting.pk), str(filing.pk), filing.name), at=at)
    return filing
