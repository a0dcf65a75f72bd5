# SPDX-License-Identifier: Apache-2.0
"""The rows of the action table (R71-R73): what goes out to Excel and comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyao.documents.paper import wording
from huiyao.documents.words import words_for
from huiyao.domain.actions import GuideState as ActionState
from huiyao.domain.minutes import ActionLine, Minutes, Support

__all__ = ["ActionRow", "ActionState", "owner_text", "rows_of", "support_text"]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as the table prints it.

    ``id`` and ``version`` come back with the file: which row was changed, and what its editor had seen.
    ``support`` is ready text; ``due_text`` stands where there is no civil date.
    """

    id: str
    version: int
    number: int
    task: str
    department: str = ""
    person: str = ""
    others: tuple[str, ...] = ()
    due: date | None = None
    due_text: str = ""
    support: str = ""
    state: ActionState = ActionState.IN_PROGRESS
    progress: str = ""
    meeting: str = ""
    done_on: date | None = None


def support_text(support: Sequence[Support] | None, language: str) -> str:
    """The support of an action in words (R54)."""
    return wording.support_text(words_for(language), support)


def owner_text(action: ActionLine, language: str) -> str:
    """Department, person and who else joins (R52), or who names the owner."""
    return wording.owner_text(words_for(language), action)


def rows_of(minutes: Minutes) -> tuple[ActionRow, ...]:
    """The action list of minutes as rows; ``version`` is that of the minutes."""
    return tuple(_row(minutes, action) for action in minutes.actions)


def _row(minutes: Minutes, action: ActionLine) -> ActionRow:
    words = words_for(minutes.language)
    later = action.named_later
    person = action.person or (
        words.named_later.format(head=later.head, by=later.by.isoformat()) if later is not None else ""
    )
    return ActionRow(
        id=action.id,
        version=minutes.version,
        number=action.number,
        task=action.task,
        department=action.department,
        person=person,
        others=action.others,
        due=action.due,
        due_text=action.due_text,
        support=wording.support_text(words, action.support),
        state=ActionState.DONE if action.done else ActionState.IN_PROGRESS,
        meeting=minutes.title,
    )
