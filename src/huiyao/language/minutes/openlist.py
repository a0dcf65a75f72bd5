# SPDX-License-Identifier: Apache-2.0
"""A list of open items: which lines are items, which say more about the item before."""

from huiyao.language.minutes.draft import DraftAction
from huiyao.language.minutes.dues import labelled_due
from huiyao.language.minutes.owners import called_owners, dashed_owners, labelled_owners
from huiyao.language.minutes.scripts import compiled
from huiyao.language.minutes.sections import labelled
from huiyao.language.minutes.segments import Mark, Segment
from huiyao.language.minutes.tasks import Setting, closes, is_only_labels, is_status, read_task

_DUE_FIRST = compiled(r"下(?:次|一次|期|周)\s*\S{0,4}(?:例会|会议|会上)?\s*(?:汇报|提交|介绍|评审|通报|给出)")
_RELATIVE = compiled(r"后$|内$|^[本下这]|天$|左右$")
_CARRIED = compiled(r"上期|上次|上一次|历史|过往|往期|以往|前期|\d\s*月\s*\d+\s*日")
_STATE = compiled(r"(?:-+>|\d{4,8}\s*更新|\d{1,2}\.\d{1,2}\s*[：:]|本次进展|进展\s*[：:]|反馈\s*[：:]|更新\s*[：:])")


class OpenList:
    """Follows one list. The first line's marker tells what an item looks like; lines set otherwise belong to it.

    A deeper line is an item of its own only where it names its own owner.
    """

    def __init__(self, setting: Setting, label: str = "") -> None:
        self.setting = setting
        self.form: tuple[Mark, str, int] | None = None
        self.last: DraftAction | None = None
        self.items: list[DraftAction] = []
        self.heading_due = ""
        self.number = 0
        self.owned = False
        self.carried = _CARRIED.search(label) is not None

    def read(self, part: Segment) -> DraftAction | None:
        """An action, or None where the line only says more about the one before."""
        found = labelled(part.text)
        if found and found[0].value == "actions":
            return read_task(found[1], part.line, self.setting, how="section")
        if self.items and is_only_labels(part.text, self.setting):
            self._share(part)
            return None
        if _STATE.match(part.text) or is_status(part.text):
            self.remark(part.text)
            return None
        if self._is_item(part):
            return read_task(part.text, part.line, self.setting, how="section")
        self.remark(part.text)
        return None

    def _is_item(self, part: Segment) -> bool:
        form = (part.mark, part.style, part.indent)
        own = self._names_owner(part.text)
        if self.form is None:
            self.form = form
            return True
        self.number = part.number or self.number
        alike = form[:2] == self.form[:2] and abs(form[2] - self.form[2]) <= 1
        if alike and part.mark is Mark.PLAIN:
            # without markers a list and remarks on it look the same; owners tell them apart where there are any
            return own or not self.owned
        return alike or own or _DUE_FIRST.match(part.text) is not None

    def restarts(self, part: Segment) -> bool:
        """The numbers begin again: another list has begun."""
        return part.number == 1 and self.number >= 1 and self.form == (part.mark, part.style, part.indent)

    def _names_owner(self, text: str) -> bool:
        people = self.setting.people
        dashed = dashed_owners(text, people)
        return (
            labelled_owners(text, people) is not None
            or (dashed is not None and dashed.span[0] > 4)
            or called_owners(text, anywhere=False) is not None
        )

    def _share(self, part: Segment) -> None:
        """Owner and deadline of a line without a task go to the items before that have none."""
        owners = labelled_owners(part.text, self.setting.people)
        due = labelled_due(part.text, self.setting.held_on)
        for item in self.items:
            if not item.owners and owners:
                item.owners = owners.names
                if due and not item.due_text:
                    item.due, item.due_text = due.day, due.wording

    def remark(self, text: str) -> None:
        """A line about the item before may close it."""
        if self.last is not None and closes(text):
            self.last.done = True

    def added(self, action: DraftAction) -> None:
        """The action the walk has taken in. After labelled items (遗留问题1：…) other lines are remarks."""
        if self.carried and _RELATIVE.search(action.due_text):
            action.due = None  # counted from an earlier meeting, whose day nobody wrote down
        if action.how == "label" and self.form is None:
            self.form = (Mark.HEADING, "label", 0)
        self.last = action
        self.owned = self.owned or bool(action.owners)
        self.items.append(action)
