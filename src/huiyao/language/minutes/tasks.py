# SPDX-License-Identifier: Apache-2.0
"""One action out of one piece of text: task, owners, deadline, support, state."""

import re
from dataclasses import dataclass, replace
from datetime import date

from huiyao.domain.lineform import ActionLine as WrittenLine
from huiyao.domain.lineform import read_line
from huiyao.domain.minutes import Support
from huiyao.language.minutes.draft import DraftAction
from huiyao.language.minutes.dues import Due, labelled_due, resolve, sentence_due
from huiyao.language.minutes.names import split_names
from huiyao.language.minutes.owners import (
    Owners,
    acting_owner,
    assigned_owners,
    bracketed_owners,
    called_owners,
    dashed_owners,
    labelled_owners,
    leading_owners,
)
from huiyao.language.minutes.scripts import compiled
from huiyao.language.minutes.sections import is_nothing

_CLOSED = compiled(r"已(?:经)?(?:闭环|关闭|解决|完成)|[（(]已(?:闭环|完成)[)）]|此遗留问题关闭|闭环$|已确认")
_EDGE = " \t，,、；;：:—–-*~。"
_FORM = compiled(r"[；;]\s*(?:负责人|截止日期|owner|due)\s*[：:]", re.IGNORECASE)
_FORM_LABEL = compiled(r"\s*(?:任务|task)\s*[：:]", re.IGNORECASE)
_STATUS_ONLY = compiled(r"(?:已|暂)?(?:解决|完成|闭环|关闭|无更新|处理|done|ok)[。.!！了]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading a task needs to know: the people of the meeting, its day, and whether check boxes mark tasks."""

    people: frozenset[str]
    held_on: date | None
    boxes: bool = False
    table: bool = False


def read_task(text: str, line: int, setting: Setting, *, how: str = "section") -> DraftAction:
    """An action from text that is known to be one. The id is left empty."""
    formed = read_line(text if _FORM_LABEL.match(text) else f"任务：{text}") if _FORM.search(text) else None
    if formed is not None and formed.task and (formed.owner is not None or formed.due is not None):
        return _from_line_form(formed, line, setting)
    labelled = labelled_due(text, setting.held_on)
    due = labelled or sentence_due(text, setting.held_on)
    owners = owners_of(text, setting, labelled, listed=how != "owner")
    task = _task(text, owners, due if due and _cut_out(text, due) else None)
    return DraftAction(
        "",
        line,
        task or text.strip(_EDGE),
        owners=tuple(name for name in (owners.names if owners else ()) if not is_nothing(name)),
        due=due.day if due else None,
        due_text=due.wording if due else "",
        done=_CLOSED.search(text) is not None,
        how=how,
    )


def owners_of(text: str, setting: Setting, due: Due | None = None, *, listed: bool = True) -> Owners | None:
    """Owners in text that is known to be an action: the surest form first.

    A labelled deadline often stands behind the names; blanked out, the names end the text again. A name in front of a
    colon is the owner in a list of tasks (``listed``) and the speaker elsewhere.
    """
    people = setting.people
    bare = text[: due.span[0]] + " " * (due.span[1] - due.span[0]) + text[due.span[1] :] if due else text
    return (
        labelled_owners(bare, people)
        or called_owners(bare, anywhere=True)
        or dashed_owners(bare, people)
        or (_before_label(text, due, people) if due else None)
        or bracketed_owners(bare, people)
        or (leading_owners(bare, people) if listed else None)
        or acting_owner(bare, people)
        or assigned_owners(bare, people, groups=True)
    )


def _before_label(text: str, due: Due, people: frozenset[str]) -> Owners | None:
    """``…。甲 完成时间：…``: names between a sentence end and the label of the deadline."""
    head = text[: due.span[0]].rstrip(" ，,、")
    piece = re.split(r"[。；;，,\s]|[-—]{2,}", head)[-1]
    names = split_names(piece, people) if 1 < len(piece) < 20 else None
    return Owners(names, (len(head) - len(piece), len(head)), "label") if names else None


def owners_in_passing(text: str, setting: Setting, *, nested: bool, conclusion: bool) -> Owners | None:
    """Owners in text that need not be an action: only forms that assign.

    A name behind dashes is the owner inside conclusions and below a topic; on a topic's own line it is the presenter.
    Documents that tick their tasks off in boxes name presenters with @, so there @ assigns nothing.
    """
    labelled = labelled_owners(text, setting.people)
    if labelled:
        return labelled
    if not setting.boxes and len(text) > 6 and (called := called_owners(text, anywhere=False)):
        return called
    if conclusion or nested:
        dashed = dashed_owners(text, setting.people, lone_dash=False)
        if dashed and dashed.span[0] > 6:
            return dashed
    assigned = assigned_owners(text, setting.people, groups=False)
    if assigned is None and conclusion and (due := labelled_due(text, setting.held_on)) and due.span[0] > 4:
        return Owners((), (0, 0), "due")
    return assigned


def is_only_labels(text: str, setting: Setting) -> bool:
    """A line that gives owner and deadline for the items before it and no task of its own."""
    owners, due = labelled_owners(text, setting.people), labelled_due(text, setting.held_on)
    if owners is None:
        return False
    rest = _task(text, owners, due)
    return not rest.strip(_EDGE + "预计完成")


def is_status(text: str) -> bool:
    """Nothing but a state, such as 已解决."""
    return _STATUS_ONLY.fullmatch(re.sub(r"@\S+", "", text).strip(" ~")) is not None


def closes(text: str) -> bool:
    """The line says that the item before it is closed."""
    return (
        _CLOSED.search(text) is not None or re.fullmatch(r"(?:闭环|完成|关闭|已?解决)[。.]?", text.strip()) is not None
    )


def _cut_out(text: str, due: Due) -> bool:
    """Labelled deadlines leave the task; those of the sentence stay in it."""
    start, end = due.span
    return text[start:end].strip() != due.wording


def _task(text: str, owners: Owners | None, due: Due | None) -> str:
    spans = [owners.span] if owners and owners.span[1] else []
    if due:
        spans.append(due.span)
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return re.sub(r"\s{2,}", " ", text).strip(_EDGE)


def _from_line_form(formed: WrittenLine, line: int, setting: Setting) -> DraftAction:
    """The guide's own line (R97), read by the rule that also writes it."""
    names = tuple(name for name in formed.owners if not is_nothing(name))
    due_text = "" if is_nothing(formed.due or "") else (formed.due or "").strip()
    support: tuple[Support, ...] | None = None
    if formed.support:
        support = () if formed.support_declined or is_nothing(formed.support) else (Support(formed.support),)
    action = DraftAction("", line, (formed.task or "").strip(), owners=names, how="label", support=support)
    return replace(action, due=resolve(due_text, setting.held_on) if due_text else None, due_text=due_text)
