# SPDX-License-Identifier: Apache-2.0
"""The walk through the segments: sections open and close, lines become parts of the minutes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from huiyao.language.minutes.basics import Basics, basics_of
from huiyao.language.minutes.context import attendees_in, clean_title
from huiyao.language.minutes.draft import DraftAction, DraftTopic
from huiyao.language.minutes.headings import Headings
from huiyao.language.minutes.openlist import OpenList
from huiyao.language.minutes.place import Place
from huiyao.language.minutes.result import Became
from huiyao.language.minutes.scripts import compiled
from huiyao.language.minutes.sections import (
    Section,
    is_nothing,
    is_template,
    labelled,
    unglue,
)
from huiyao.language.minutes.segments import Mark, Segment, enumerated, parts_of
from huiyao.language.minutes.tasks import is_only_labels, is_status, owners_in_passing, read_task

_AGREED = compiled(
    r"^(?:经.{0,8}?)?(?:同意|不同意|一致同意|一致通过|原则同意|(?:TC|PMC|TSC|委员会|会议|大会)(?:评审)?(?:一致)?(?:同意|通过|批准|决定))"
)


class Walk(Headings):
    """Reads segments in order into a draft."""

    def read(self, part: Segment) -> None:
        """One segment that is no table row."""
        if part.mark in (Mark.BLANK, Mark.RULE):
            self.draft.mark(part.line, Became.BLANK if part.mark is Mark.BLANK else Became.LAYOUT)
            return
        self.lines += 1
        if part.mark is Mark.HEADING:
            self.heading(part)
        elif self.aside:
            self.note(part)
        elif part.mark is Mark.CHECKBOX:
            self._box(part)
        else:
            self.leave(part)
            self._line(part)
        self.first = False

    def markup(self, part: Segment, source: str) -> None:
        """A line of tags only. What stands in a box that explains a template is kept, not understood."""
        self.draft.mark(part.line, Became.LAYOUT)
        if re.search(r"<div\s+class=.callout", source):
            self.aside += 1
        elif "</div>" in source:
            self.aside = 0

    def _line(self, part: Segment) -> None:
        if (
            self.announced(part)
            or self.topic_line(part)
            or self.label_line(part)
            or self.labelled_line(part)
            or self._basics(part)
        ):
            return
        handler = {
            Section.ACTIONS: self._open_item,
            Section.ATTENDEES: self._attendee,
            Section.AGENDA: self._agenda,
            Section.NEXT: self._next,
            Section.CONCLUSION: self._conclusion,
            Section.PROBLEMS: self._problem,
            Section.SOLUTIONS: self._solution,
            Section.ASIDE: self.note,
        }.get(self.place.section, self._talk)
        handler(part)

    def _basics(self, part: Segment) -> bool:
        early = self.place.section in (Section.TOP, Section.BASICS, Section.ATTENDEES) or self.lines < 14
        if self.in_cell or not early or self.place.section is Section.ACTIONS:
            return False
        read: Basics | None = basics_of(part.text)
        if read is None:
            if self.first and not self.draft.title:
                self.draft.title = clean_title(part.text)
                self.draft.mark(part.line, Became.TOPIC, "title")
                return True
            return False
        read.fill(self.draft, part.line)
        return True

    def labelled_line(self, part: Segment) -> bool:
        """``遗留问题：…``, ``结论：…``, ``问题1：…``, ``解决方案：…`` with their text on the same line."""
        found = labelled(part.text)
        if found is None:
            return False
        section, rest, label = found
        if section is Section.ACTIONS:
            self._labelled_action(part, rest, label)
        elif section is Section.CONCLUSION:
            self._labelled_conclusion(part, rest)
        elif section is Section.PROBLEMS:
            self._problem(replace(part, text=rest))
        elif section is Section.SOLUTIONS:
            self._solution(replace(part, text=rest) if self.topic and self.topic.problems else part)
        else:
            self._next(part)
        return True

    def _labelled_action(self, part: Segment, rest: str, label: str) -> None:
        pieces = parts_of(rest, part.line, part.indent) if re.match(r"[（(]?1[)）、.]", rest) else []
        if len(pieces) > 1:
            self.enter(Section.ACTIONS, replace(part, mark=Mark.PLAIN))
            for piece in pieces:
                self._open_item(piece)
            return
        if is_nothing(rest) or is_template(rest):
            self.note(part)
            return
        action = read_task(rest, part.line, self.setting, how="label")
        if self.setting.table and not action.owners and not action.due_text and label.startswith("遗留"):
            self._problem(replace(part, text=rest))  # beside its own list of actions this is what is unsolved
            return
        self.add(action)

    def _labelled_conclusion(self, part: Segment, rest: str) -> None:
        if self.place.section is Section.ACTIONS and self.list.last is not None and not self.in_cell:
            self.list.remark(rest)
            self.note(part)
            return
        pieces = parts_of(rest, part.line, part.indent)
        if self.in_cell and len(pieces) > 1:
            self.enter(Section.CONCLUSION, replace(part, mark=Mark.PLAIN))
            for piece in pieces:
                self._line(piece)
            return
        self._conclusion(replace(part, text=rest, indent=part.indent))

    def _box(self, part: Segment) -> None:
        if is_nothing(part.text) or is_template(part.text) or is_status(part.text):
            self.note(part)
            return
        action = read_task(part.text, part.line, self.setting, how="checkbox")
        action.done = part.checked
        if not action.due_text and self.list.heading_due:
            action.due_text = self.list.heading_due
        self.add(action)

    def _open_item(self, part: Segment) -> None:
        if is_nothing(part.text) or is_template(part.text):
            self.note(part)
            return
        action = self.list.read(part)
        if action is None:
            self.note(part)
        else:
            self.add(action)

    def add(self, action: DraftAction) -> None:
        """Takes in an action; the list it stands in goes on from it."""
        before = len(self.draft.actions)
        kept = self.draft.add(action)
        if len(self.draft.actions) > before:
            self.list.added(kept)
        else:
            self.list.last = kept

    def _talk(self, part: Segment) -> None:
        """A line of the discussion: an action where it assigns, a decision where it agrees, otherwise a note."""
        pieces = enumerated(part.text) if not self.in_cell else []
        if len(pieces) > 1 and any(owners_in_passing(p, self.setting, nested=False, conclusion=False) for p in pieces):
            for piece in pieces:
                self._said(replace(part, text=piece.strip()))
            return
        self._said(part)

    def _said(self, part: Segment) -> None:
        if is_only_labels(part.text, self.setting):
            self.note(part)
            return
        nested = self.topic_form is not None and (
            part.indent > self.topic_form[2] or self.topic_form[0] is not part.mark
        )
        owners = owners_in_passing(part.text, self.setting, nested=nested, conclusion=self.in_cell)
        if owners is not None and not is_template(part.text):
            self.add(read_task(part.text, part.line, self.setting, how="owner"))
        elif _AGREED.match(part.text):
            self.draft.decide(part.line, part.text)
        else:
            self.list.heading_due = "本周" if re.match(r"(?:本周|这周)要?(?:做|完成)", part.text) else ""
            self.note(part)

    def _conclusion(self, part: Segment) -> None:
        if is_nothing(part.text) or is_template(part.text):
            self.note(part)
            return
        owners = owners_in_passing(part.text, self.setting, nested=True, conclusion=True)
        if owners is not None:
            self.add(read_task(part.text, part.line, self.setting, how="owner"))
            return
        self.draft.decide(part.line, part.text)

    def _attendee(self, part: Segment) -> None:
        people = attendees_in(part.text)
        if not people:
            self.note(part)
            return
        self.draft.attend(part.line, part.text, people)

    def _agenda(self, part: Segment) -> None:
        form = (part.mark, part.style, part.indent)
        if is_template(part.text) or is_nothing(part.text):
            self.note(part)
        elif self.topic_form is None or (form[:2] == self.topic_form[:2] and abs(form[2] - self.topic_form[2]) < 2):
            self.topic_form = form
            self.start_topic(part.line, part.text)
        else:
            self._talk(part)

    def _next(self, part: Segment) -> None:
        if is_nothing(part.text) or is_template(part.text):
            self.note(part)
            return
        self.draft.next_lines.append(part.text)
        self.draft.mark(part.line, Became.NEXT_PLAN, "next")

    def _problem(self, part: Segment) -> None:
        if is_nothing(part.text):
            self.note(part)
        else:
            self.topic = self.draft.problem(part.line, part.text, self.topic)

    def _solution(self, part: Segment) -> None:
        if self.topic is None or not self.topic.problems:
            self.note(part)
        else:
            self.draft.solution(part.line, part.text, self.topic)

    def cell(self, text: str, line: int, topic: DraftTopic | None) -> None:
        """A cell that holds what was said about a topic: the same grammar on one line."""
        outer, self.place, self.topic = self.place, Place(Section.DISCUSSION), topic
        kept_list, self.list, self.in_cell = self.list, OpenList(self.setting), True
        pieces: Sequence[Segment] = [piece for chunk in unglue(text) for piece in parts_of(chunk, line)]
        for piece in pieces:
            self._line(piece)
        self.place, self.list, self.in_cell = outer, kept_list, False
