# SPDX-License-Identifier: Apache-2.0
"""Whether what was frozen and sent is still what is stored: snapshots, sealed versions, and the chain between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from huiyao.domain.actor import Actor
from huiyao.features.minutes.reads import all_minutes, broken_versions, unsealed_circulations, versions_of
from huiyao.features.sittings.reads.held import broken_snapshots, snapshot_hashes
from huiyao.plumbing import audit

ABOUT = "integrity"
MOST_KEPT = 200


class Difference(NamedTuple):
    """Something that does not agree. ``what`` is ``snapshot``, ``version``, ``seal`` or ``origin``."""

    what: str
    meeting: str
    number: int


class Verified(NamedTuple):
    """What was looked at and what did not agree."""

    snapshots: int
    versions: int
    differences: list[Difference]


def verify() -> Verified:
    """Recompute every hash. ``seal``: a version went out unsealed; ``origin``: minutes name another snapshot hash."""
    known = snapshot_hashes()
    found = [Difference("snapshot", meeting, number) for meeting, number in broken_snapshots()]
    sealed = 0
    for minutes in all_minutes():
        meeting = str(minutes.meeting_id)
        sealed += sum(version.sealed_at is not None for version in versions_of(minutes))
        found += [Difference("version", meeting, number) for number in broken_versions(minutes)]
        found += [Difference("seal", meeting, number) for number in unsealed_circulations(minutes)]
        kept = known.get((meeting, minutes.snapshot), minutes.snapshot_sha256)
        if kept != minutes.snapshot_sha256:
            found.append(Difference("origin", meeting, minutes.snapshot))
    return Verified(len(known), sealed, found)


def lines_of(verified: Verified) -> Iterator[str]:
    """The result as lines for a console."""
    words = {
        "snapshot": "the frozen record {0.number} is not what was frozen",
        "version": "version {0.number} of the minutes is not what was sealed",
        "seal": "version {0.number} of the minutes went out and has no seal",
        "origin": "the minutes were made from another frozen record than number {0.number}",
    }
    for one in verified.differences:
        yield f"✗ meeting {one.meeting}: {words[one.what].format(one)}"
    yield f"{verified.snapshots} frozen records and {verified.versions} sealed versions looked at, " + (
        f"{len(verified.differences)} do not agree" if verified.differences else "all agree"
    )


@dataclass(frozen=True, slots=True)
class Result:
    """A verification that was kept: when, by whom, what was looked at and the first differences of ``count``."""

    at: datetime
    by: str
    snapshots: int
    versions: int
    count: int
    differences: list[Difference]


def keep_result(verified: Verified, *, by: Actor, at: datetime) -> None:
    """Keep the result in the audit trail."""
    facts = {
        "snapshots": verified.snapshots,
        "versions": verified.versions,
        "count": len(verified.differences),
        "differences": [list(one) for one in verified.differences[:MOST_KEPT]],
    }
    audit.record("integrity.verified", by=by, at=at, subject=ABOUT, context=ABOUT, facts=facts)


def last_results(*, limit: int = 10) -> list[Result]:
    """The results kept, newest first."""
    return [
        Result(
            at=row.at,
            by=row.actor_name,
            snapshots=row.facts["snapshots"],
            versions=row.facts["versions"],
            count=row.facts["count"],
            differences=[Difference(what, meeting, number) for what, meeting, number in row.facts["differences"]],
        )
        for row in audit.find_rows(ABOUT, limit=limit)
    ]
