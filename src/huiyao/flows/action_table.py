# SPDX-License-Identifier: Apache-2.0
"""Action rows as the table that goes out to Excel, in the guide's three states (R72, R73)."""

from collections.abc import Sequence
from importlib import import_module

from huiyao.documents.action_rows import ActionRow, support_text
from huiyao.documents.exports import MEDIA_TYPES, Document, Format, safe_file_name
from huiyao.domain.actions import ActionState
from huiyao.domain.minutes import Support
from huiyao.features.actions.reads import ActionItem, guide_state, live_supports


def action_table(actions: Sequence[ActionItem], language: str, *, title: str, stem: str) -> Document:
    """The table as an Excel file named after ``stem``. The Excel library is loaded when first asked for."""
    rows = [_row(action, language) for action in actions]
    maker = import_module("huiyao.documents.xlsx_actions")
    content: bytes = maker.actions_xlsx(rows, language, title=title)
    return Document(f"{safe_file_name(stem)}.xlsx", MEDIA_TYPES[Format.XLSX], content)


def _row(action: ActionItem, language: str) -> ActionRow:
    supports = tuple(
        Support(
            what=support.what,
            department=support.department.name if support.department else "",
            person=support.person.name if support.person else "",
            due=support.due,
        )
        for support in live_supports(action)
    )
    cancelled = action.state == ActionState.CANCELLED
    return ActionRow(
        id=str(action.pk),
        version=action.version,
        number=action.number,
        task=action.task,
        department=action.department.name if action.department else "",
        person=action.person.name if action.person else "",
        due=action.due,
        support=support_text(supports if action.support_said else None, language),
        state=guide_state(action),
        progress=action.cancel_reason if cancelled else action.progress,
        meeting=action.meeting.title,
        done_on=action.done_on,
    )
