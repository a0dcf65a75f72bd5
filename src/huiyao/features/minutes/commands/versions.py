# SPDX-License-Identifier: Apache-2.0
"""Writing versions: an author's own unsealed version is written on, anything else begins a new one."""

from dataclasses import replace
from datetime import datetime

from huiyao.domain.actor import Actor
from huiyao.domain.drafting import Paper
from huiyao.domain.minutes_data import chained_hash, to_data
from huiyao.features.minutes.models import Minutes, MinutesVersion

NOTED = frozenset({"correction", "reopening"})
"""Causes of a version whose paper says what was corrected."""


def newest(minutes: Minutes) -> MinutesVersion | None:
    """The version with the highest number."""
    return MinutesVersion.objects.filter(minutes=minutes).order_by("-number").first()


def write(minutes: Minutes, paper: Paper, *, cause: str, by: Actor, at: datetime) -> MinutesVersion:
    """Keep the paper as the newest version. A correction prints its notice, and so does all that follows reopening."""
    last = newest(minutes)
    noted = cause in NOTED or minutes.circulated_at is not None
    if last is not None and _writes_on(last, cause, by):
        last.content, last.at = to_data(_numbered(paper, last.number, noted=noted)), at
        last.save(update_fields=["content", "at"])
        return last
    if last is not None:
        seal(last, at=at)
    number = last.number + 1 if last else 1
    paper = _numbered(paper, number, noted=noted)
    return MinutesVersion.objects.create(
        minutes=minutes, number=number, content=to_data(paper), cause=cause, author_id=by.id or None, at=at
    )


def _writes_on(last: MinutesVersion, cause: str, by: Actor) -> bool:
    return last.sealed_at is None and last.cause == cause and str(last.author_id or "") == by.id


def _numbered(paper: Paper, number: int, *, noted: bool) -> Paper:
    notice = paper.minutes.correction if noted else ""
    return replace(paper, minutes=replace(paper.minutes, version=number, correction=notice))


def seal(version: MinutesVersion, *, at: datetime) -> None:
    """Close a version for good and chain it to the one before it."""
    if version.sealed_at is not None:
        return
    before = MinutesVersion.objects.filter(minutes_id=version.minutes_id, number__lt=version.number)
    previous = before.order_by("-number").values_list("sha256", flat=True).first() or ""
    version.sealed_at, version.previous_sha256 = at, previous
    version.sha256 = chained_hash(
        version.content,
        number=version.number,
        author=str(version.author_id or ""),
        at=version.at,
        previous=previous,
    )
    version.save(update_fields=["sealed_at", "previous_sha256", "sha256"])
