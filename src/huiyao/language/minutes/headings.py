# SPDX-License-Identifier: Apache-2.0
"""Headings, labels and topics: how the reading moves from section to section."""

import re
from dataclasses import replace

from huiyao.language.minutes.context import clean_title
from huiyao.language.minutes.draft import Draft, DraftTopic
from huiyao.language.minutes.openlist import OpenList
from huiyao.language.minutes.place import Place
from huiyao.language.minutes.result import Became
from huiyao.language.minutes.scripts import compiled
from huiyao.language.minutes.sections import Section, section_of
from huiyao.language.minutes.segments import Mark, Segment
from huiyao.language.minutes.tasks import Setting

_TOPIC = compiled(
    r"(?:议题|主题|Topic|Item)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:[：:、.，]|\s)\s*(?P<title>\S.*)",
    re.IGNORECASE,
)


class Headings:
    """Keeps the place in the document. What a line inside a section says is for the subclass."""

    def __init__(self, draft: Draft, setting: Setting) -> None:
        self.draft = draft
        self.setting = setting
        self.place = Place()
        self.topic: DraftTopic | None = None
        self.topic_form: tuple[Mark, str, int] | None = None
        self.list = OpenList(setting)
        self.aside = 0
        self.first = True
        self.lines = 0
        self.in_cell = False

    def note(self, part: Segment) -> None:
        """Keeps a line as it stands, under the present topic."""
        self.draft.note(part.line, part.text, self.topic)

    def heading(self, part: Segment) -> None:
        """A Markdown heading: the title, a section, or a topic."""
        section = section_of(part.text)
        if not self.draft.title and part.level <= 2 and (section is None or (part.level == 1 and self.first)):
            self.draft.title = clean_title(part.text)
            self.draft.mark(part.line, Became.TOPIC, "title")
            return
        if section is not None:
            self.enter(section, part)
            self.place.level = part.level
            self.draft.mark(part.line, Became.HEADING)
            return
        below = part.level > self.place.level > 0
        if below and self.place.section in (Section.ACTIONS, Section.ATTENDEES, Section.ASIDE, Section.NEXT):
            self.draft.note(part.line, part.text)
            return
        if _TOPIC.match(part.text):
            self.start_topic(part.line, part.text)
            return
        if not below or self.place.section not in (Section.DISCUSSION, Section.CONCLUSION, Section.AGENDA):
            self.place = Place(Section.DISCUSSION, level=part.level)
        if self.labelled_line(replace(part, mark=Mark.PLAIN)):
            return
        if self.topic is not None and part.level > max(self.place.level, 3):
            self.note(part)
        else:
            self.start_topic(part.line, part.text)

    def enter(self, section: Section, part: Segment) -> None:
        """Opens a section at a line; a new list of items begins."""
        before = self.place.section if self.place.section is not Section.ACTIONS else self.place.before
        style = f"{part.mark}{part.style}" if part.mark is Mark.NUMBER else ""
        self.place = Place(
            section, indent=part.indent if part.mark is not Mark.HEADING else -1, style=style, before=before
        )
        self.list = OpenList(self.setting, part.text)
        if section in (Section.AGENDA, Section.DISCUSSION) and not self.in_cell:
            self.topic_form = None
            self.topic = None if section is Section.AGENDA else self.topic

    def leave(self, part: Segment) -> None:
        """Closes the section of a label where the line no longer belongs to it."""
        again = self.place.section is Section.ACTIONS and self.list.restarts(part)
        if self.place.is_left_by(part, again=again):
            self.place = Place(self.place.before)

    def label_line(self, part: Segment) -> bool:
        """A whole line that opens a section: 遗留问题：, **会议结论：**, 一、上期遗留问题跟踪."""
        section = section_of(part.text)
        if section is None or (part.mark is Mark.BULLET and not part.text.rstrip("* ").endswith((":", "："))):
            return False
        if section in (Section.PROBLEMS, Section.SOLUTIONS):
            self.note(part)
            return True
        inner = self.topic_form is not None and part.indent > self.topic_form[2]
        if section in (Section.AGENDA, Section.DISCUSSION, Section.ASIDE) and (inner or part.mark is Mark.BULLET):
            self.note(part)
            return True
        colon = part.text.rstrip("* ）)").endswith((":", "：")) or part.bold or len(part.text) < 10
        if not colon and section is not Section.ACTIONS and part.mark is not Mark.NUMBER:
            return False
        if part.mark is Mark.BULLET and self.place.section is Section.ACTIONS:
            return False
        self.enter(section, part)
        self.draft.mark(part.line, Became.HEADING)
        return True

    def topic_line(self, part: Segment) -> bool:
        """``议题3：…`` opens a topic, or returns to the one the agenda announced."""
        if self.in_cell:
            return False
        found = _TOPIC.match(part.text)
        if found is None or (part.mark is Mark.BULLET and self.place.section is not Section.AGENDA):
            return False
        title = found["title"]
        self.topic = self.draft.same_topic(title)
        if self.topic is None:
            self.start_topic(part.line, title)
        else:
            self.draft.mark(part.line, Became.TOPIC, self.topic.id)
            self.draft.note(part.line, part.text, self.topic)
        if self.place.section is not Section.AGENDA:
            self.place = Place(Section.DISCUSSION, level=self.place.level)
        self.topic_form = (part.mark, part.style, part.indent)
        return True

    def start_topic(self, line: int, text: str) -> DraftTopic:
        """Opens a topic; what follows belongs to it."""
        self.topic = self.draft.start_topic(line, text)
        return self.topic

    def announced(self, part: Segment) -> bool:
        """The title of an agenda item, standing again above what was said about it."""
        if self.in_cell or self.place.section is not Section.DISCUSSION or part.mark is Mark.BULLET:
            return False
        topic = self.draft.same_topic(part.text) if len(part.text) > 1 else None
        if topic is None:
            return False
        self.topic = topic
        self.topic_form = (part.mark, part.style, part.indent)
        self.draft.mark(part.line, Became.TOPIC, topic.id)
        return True

    def labelled_line(self, part: Segment) -> bool:
        """Whether the line was one with a label and its text behind it; the subclass reads those."""
        raise NotImplementedError
