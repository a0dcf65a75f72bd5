# SPDX-License-Identifier: Apache-2.0
"""What minutes leave open (R51-R54, R95, R103): pointed out to the recorder, never blocking.

The closing gate of the record is ``domain.record``; this looks at finished or imported minutes and at wording as well.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from huiyao.domain.minutes import ActionLine, Minutes, Problem, TopicMinutes
from huiyao.language.folding import fold_letters


class Missing(StrEnum):
    """What is missing."""

    OWNER = "owner"
    PERSON = "person"
    DUE = "due"
    SUPPORT = "support"
    SOLUTION = "solution"
    CORE_SOLUTION = "core_solution"
    ACTION = "action"
    TAKER = "taker"


@dataclass(frozen=True, slots=True)
class Opening:
    """One thing left open. ``element`` is the id in the minutes, ``text`` its beginning.

    ``department`` is set for ``TAKER``: whom the request was for.
    """

    missing: Missing
    element: str
    text: str
    department: str = ""


_SHOWN = 80
_REQUEST = r"(?:需要?|请|希望|建议|麻烦|待|由){department}(?P<what>[^。；;\n]{{2,60}})"
_WORD = re.compile(r"[\u4e00-\u9fff]|[a-z0-9]+")
_FILLER = frozenset("的了和与在并对由于前后及将会需请就为把被我们各已再")
_FOLLOWS_ENOUGH = 0.5


def check_minutes(
    minutes: Minutes, *, departments: Collection[str] = (), core_problems: Collection[str] = ()
) -> tuple[Opening, ...]:
    """Everything left open, in the order of the minutes: problems, requests, consensus, actions.

    ``departments`` are the names requests are looked for; ``core_problems`` the ids marked as core (R103).
    A consensus item counts as followed when an action shares half of its words or refers to the same line; one that
    only agrees or notes (同意发布) needs no action of its own where nothing is left to do, so only wording that asks
    for something is pointed out.
    """
    found: list[Opening] = []
    for topic in minutes.topics:
        found += [opening for problem in topic.problems for opening in _problem(problem, core_problems)]
        found += _requests(topic, departments, minutes.actions)
    for decision in minutes.decisions:
        if _asks(decision.text) and not _followed(decision.id, decision.text, minutes.actions):
            found.append(Opening(Missing.ACTION, decision.id, decision.text[:_SHOWN]))
    for action in minutes.actions:
        found += _action(action)
    return tuple(found)


def _problem(problem: Problem, core: Collection[str]) -> Iterator[Opening]:
    if not any(solution.text.strip() for solution in problem.solutions):
        missing = Missing.CORE_SOLUTION if problem.id in core else Missing.SOLUTION
        yield Opening(missing, problem.id, problem.text[:_SHOWN])


def _action(action: ActionLine) -> Iterator[Opening]:
    """An owner is a department with a person, or one the head names later; done actions need nothing more."""
    if action.done:
        return
    text = action.task[:_SHOWN]
    if not action.person and action.named_later is None:
        yield Opening(Missing.PERSON if action.department else Missing.OWNER, action.id, text)
    if action.due is None:
        yield Opening(Missing.DUE, action.id, text)
    if action.support is None:
        yield Opening(Missing.SUPPORT, action.id, text)


def _requests(topic: TopicMinutes, departments: Collection[str], actions: Sequence[ActionLine]) -> Iterator[Opening]:
    """A line that wants something of another department which no action of that department takes up."""
    for line in topic.lines:
        for department in departments:
            if line.department == department or not department:
                continue
            asked = re.search(_REQUEST.format(department=re.escape(fold_letters(department))), fold_letters(line.text))
            if asked and not any(_concerns(action, department, asked["what"]) for action in actions):
                yield Opening(Missing.TAKER, line.id, line.text[:_SHOWN], department)


def _concerns(action: ActionLine, department: str, what: str) -> bool:
    supporting = any(support.department == department for support in action.support or ())
    involved = action.department == department or department in action.others or supporting
    return involved and _shared(what, action.task) > 0


_ASKING = re.compile(
    r"前|负责|输出|提交|完成|建立|制定|协调|整改|补充|更新|上线|跟进|准备|整理|给出|每日|每周|将|需|要|由"
)


def _asks(text: str) -> bool:
    return _ASKING.search(fold_letters(text)) is not None


def _followed(element: str, text: str, actions: Sequence[ActionLine]) -> bool:
    line = element.split("-", maxsplit=1)[0]
    return any(_shared(text, action.task) >= _FOLLOWS_ENOUGH or action.id.split("-")[0] == line for action in actions)


def _shared(text: str, task: str) -> float:
    """How much of the shorter text's pairs of words stands in the other."""
    first, second = _pairs(text), _pairs(task)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _pairs(text: str) -> set[tuple[str, str]]:
    words = [word for word in _WORD.findall(fold_letters(text)) if word not in _FILLER]
    return set(pairwise(words))
