# SPDX-License-Identifier: Apache-2.0
"""A draft turned into the minutes the room would hand over."""

from itertools import count

from huiyao.domain.minutes import ActionLine, Minutes, NextPlan, Problem, TopicMinutes
from huiyao.language.minutes.draft import Draft, DraftAction, DraftTopic
from huiyao.language.minutes.names import is_group
from huiyao.language.minutes.scripts import compiled

_NEXT = compiled(
    r"^(?:下次|下一次)(?:会议|例会)(?:的)?时间\s*[：:]\s*(?P<when>[^，,。；;]{2,40})\s*(?:[，,。；;]\s*(?P<focus>.*))?$"
)


def finished(draft: Draft, language: str) -> Minutes:
    """Everything read; problems are numbered through the meeting as in the record."""
    numbers = count(1)
    basics = draft.basics
    return Minutes(
        title=draft.title,
        language=language,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        time_text=basics.get("time", ""),
        place=basics.get("place", ""),
        online=basics.get("online", ""),
        objective=basics.get("objective", ""),
        host=basics.get("host", ""),
        recorder=basics.get("recorder", ""),
        attendees=tuple(draft.attendees),
        topics=tuple(_topic(topic, index, numbers) for index, topic in enumerate(draft.topics, 1)),
        decisions=tuple(draft.decisions),
        actions=tuple(_line(action, index) for index, action in enumerate(draft.actions, 1)),
        next_plan=_next_plan(draft.next_lines),
        notes=tuple(draft.notes),
    )


def _topic(topic: DraftTopic, index: int, numbers: "count[int]") -> TopicMinutes:
    problems = tuple(Problem(p.id, next(numbers), p.text, solutions=tuple(p.solutions)) for p in topic.problems)
    return TopicMinutes(
        topic.id,
        index,
        topic.title,
        lead=topic.lead,
        planned_minutes=topic.minutes,
        lines=tuple(topic.lines),
        problems=problems,
    )


def _next_plan(lines: list[str]) -> NextPlan | None:
    """When the next meeting is stands in the guide's own wording (R98); everything else is what it follows up."""
    when, focus = "", []
    for line in lines:
        found = _NEXT.match(line) if not when else None
        if found:
            when = found["when"].strip()
            focus += [found["focus"].strip()] if found["focus"] else []
        else:
            focus.append(line)
    return NextPlan(when, "\n".join(focus)) if lines else None


def _line(action: DraftAction, number: int) -> ActionLine:
    """A group among the owners becomes the department, the first person the owner, the rest stand beside."""
    groups = [name for name in action.owners if is_group(name)]
    persons = [name for name in action.owners if name not in groups]
    return ActionLine(
        id=action.id,
        number=number,
        task=action.task,
        department=groups[0] if groups else "",
        person=persons[0] if persons else "",
        others=tuple(persons[1:] + groups[1:]),
        due=action.due,
        due_text="" if action.due is not None else action.due_text,
        support=action.support,
        done=action.done,
    )
