# SPDX-License-Identifier: Apache-2.0
"""The form of one action: what it shows, and how its fields become a commitment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from huiyao.domain.actions import Commitment
from huiyao.domain.drafting import Paper
from huiyao.domain.record import SupportAsked
from huiyao.domain.refusals import BadValue
from huiyao.features.minutes.reads import stamp_of
from huiyao.features.people.reads import live_departments, live_persons
from huiyao.plumbing.ids import is_uuid, uuid7

NEW = "new-action"
SUPPORT_ROWS = 6
PEOPLE_MOST = 600


@dataclass(frozen=True, slots=True)
class SupportFields:
    """One line of support as the form has it."""

    index: int
    what: str = ""
    department: str = ""
    person: str = ""
    due: str = ""


def action_form(paper: Paper, line: str, typed: Mapping[str, str] | None) -> dict[str, Any]:
    """What the form of an action shows: as typed after a refusal, else as the paper has it."""
    known = next((c for c in paper.commitments if c.id == line), None)
    fields = dict(typed) if typed else fields_of(known)
    return {
        "line": line,
        "was": stamp_of(known) if known else "",
        "fields": fields,
        "supports": [
            SupportFields(
                n, *(fields.get(f"support-{n}-{part}", "") for part in ("what", "department", "person", "due"))
            )
            for n in range(_rows(fields))
        ],
        "departments": [(str(d.pk), d.name) for d in live_departments()],
        "people": [
            (str(p.pk), f"{p.department.name if p.department else ''} {p.name}".strip())
            for p in live_persons()[:PEOPLE_MOST]
        ],
    }


def _rows(fields: Mapping[str, str]) -> int:
    used = [n for n in range(SUPPORT_ROWS) if fields.get(f"support-{n}-what")]
    return min(max(used, default=-1) + 2, SUPPORT_ROWS)


def fields_of(commitment: Commitment | None) -> dict[str, str]:
    """The form's fields for a commitment; all empty for a new one."""
    if commitment is None:
        return {}
    by, head = commitment.named_by or (None, "")
    fields = {
        "task": commitment.task,
        "department": commitment.department,
        "person": commitment.person,
        "due": commitment.due.isoformat() if commitment.due else "",
        "named_date": by.isoformat() if by else "",
        "named_head": head,
        "support_none": "1" if commitment.support == () else "",
    }
    for n, support in enumerate(commitment.support or ()):
        fields |= {
            f"support-{n}-what": support.what,
            f"support-{n}-department": support.department,
            f"support-{n}-person": support.person,
            f"support-{n}-due": support.due.isoformat() if support.due else "",
        }
    return fields


def commitment_from(fields: Mapping[str, str], line: str, paper: Paper) -> Commitment:
    """The commitment a form describes; one with a new id where ``line`` is ``NEW``.

    Raises:
        BadValue: a date is none, or a department or person is not in the directory.
    """
    known = next((c for c in paper.commitments if c.id == line), None)
    base = known or Commitment(str(uuid7()), len(paper.commitments) + 1, "")
    named_date, head = read_date(fields, "named_date"), _known_id(fields, "named_head")
    person = _known_id(fields, "person")
    return replace(
        base,
        task=fields.get("task", "").strip(),
        department=_known_id(fields, "department"),
        person=person,
        named_by=(named_date, head) if named_date and head and not person else None,
        due=read_date(fields, "due"),
        support=_support(fields),
    )


def _support(fields: Mapping[str, str]) -> tuple[SupportAsked, ...] | None:
    asked = tuple(
        SupportAsked(
            what=fields[f"support-{n}-what"].strip(),
            department=_known_id(fields, f"support-{n}-department"),
            person=_known_id(fields, f"support-{n}-person"),
            due=read_date(fields, f"support-{n}-due"),
        )
        for n in range(SUPPORT_ROWS)
        if fields.get(f"support-{n}-what", "").strip()
    )
    if asked:
        return asked
    return () if fields.get("support_none") else None


def read_date(fields: Mapping[str, str], name: str) -> date | None:
    """The civil date of a field; None when it is empty.

    Raises:
        BadValue: it is no date.
    """
    text = fields.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(field=name, reason="date") from None


def _known_id(fields: Mapping[str, str], name: str) -> str:
    text = fields.get(name, "").strip()
    if not text:
        return ""
    rows: Any = live_departments() if name.endswith("department") else live_persons()
    if not is_uuid(text) or not rows.filter(pk=text).exists():
        raise BadValue(field=name, reason="department" if name.endswith("department") else "person")
    return text
