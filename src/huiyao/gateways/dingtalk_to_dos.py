# SPDX-License-Identifier: Apache-2.0
"""DingTalk's to-dos: made once, changed, ticked off, taken away, each for one person.

Wire shapes after open.dingtalk.com "add-dingtalk-to-do-task", "updates-dingtalk-to-do-tasks",
"delete-dingtalk-to-do-tasks" and "obtain the to-do by sourceId" (Todo 1.0 of the new host). Persons are unionIds here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyao.gateways.calling import Answer
from huiyao.gateways.dingtalk import App, of_new
from huiyao.gateways.outcome import Later, Outcome, Refused, Stopped, Taken

SUBJECT_MOST, DESCRIPTION_MOST = 1024, 4096


@dataclass(frozen=True, slots=True)
class ToDo:
    """A to-do of one person. ``id`` is ours and the same at every attempt."""

    id: str
    union_id: str
    subject: str
    description: str = ""
    url: str = ""
    due: datetime | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class ToDos:
    """The to-dos an application makes."""

    app: App

    def make(self, to_do: ToDo, at: datetime) -> Outcome:
        """A new to-do; the same ``id`` twice is one (``sourceId``). ``reference`` is DingTalk's id of it."""
        body = {
            **_content(to_do),
            "sourceId": to_do.id,
            "creatorId": to_do.union_id,
            "executorIds": [to_do.union_id],
            "detailUrl": {"appUrl": to_do.url, "pcUrl": to_do.url},
            "isOnlyShowExecutor": True,
        }
        answer = self._call("POST", to_do.union_id, "", body, at)
        if isinstance(answer, Answer) and answer.status == 200:
            return Taken(str(answer.body.get("id", "")))
        if _says(answer, "task exist"):  # an earlier call arrived, its answer did not
            return self.find(to_do.id, to_do.union_id, at)
        return _outcome(answer)

    def find(self, our_id: str, union_id: str, at: datetime) -> Outcome:
        """DingTalk's id of the to-do made under ours."""
        answer = self._call("GET", union_id, f"/sources/{our_id}", None, at)
        if isinstance(answer, Answer) and answer.status == 200:
            return Taken(str(answer.body.get("id", "")))
        return _outcome(answer)

    def change(self, reference: str, to_do: ToDo, at: datetime) -> Outcome:
        """Other words, another day, done or open again. One that was deleted there is refused as ``unknown_to_do``."""
        body = {**_content(to_do), "done": to_do.done}
        return self._acted(self._call("PUT", to_do.union_id, f"/{reference}", body, at), reference)

    def remove(self, reference: str, union_id: str, at: datetime) -> Outcome:
        """Take a to-do away; one that is gone already is gone."""
        outcome = self._acted(self._call("DELETE", union_id, f"/{reference}", None, at), reference)
        return Taken(reference) if isinstance(outcome, Refused) and outcome.code == "unknown_to_do" else outcome

    def check(self, union_id: str, at: datetime) -> Outcome:
        """Whether the application may handle to-dos, without making one."""
        answer = self._call("GET", union_id, "/sources/self-test", None, at)
        outcome = Taken() if isinstance(answer, Answer) and answer.status == 200 else _outcome(answer)
        return Taken() if isinstance(outcome, Refused) and not outcome.channel else outcome

    def _acted(self, answer: Answer | Later | Refused, reference: str) -> Outcome:
        if isinstance(answer, Answer) and answer.status == 200:
            return Taken(reference)
        return Refused("unknown_to_do", reference) if _says(answer, "task not exist") else _outcome(answer)

    def _call(
        self, method: str, union_id: str, rest: str, body: dict[str, Any] | None, at: datetime
    ) -> Answer | Later | Refused:
        try:
            return self.app.call_new(method, f"/v1.0/todo/users/{union_id}/tasks{rest}", body, union_id, at)
        except Stopped as stop:
            return stop.outcome


def _content(to_do: ToDo) -> dict[str, Any]:
    due = {"dueTime": int(to_do.due.timestamp() * 1000)} if to_do.due else {}
    return {"subject": to_do.subject[:SUBJECT_MOST], "description": to_do.description[:DESCRIPTION_MOST], **due}


def _says(answer: Answer | Later | Refused, words: str) -> bool:
    return isinstance(answer, Answer) and words in str(answer.body.get("message", "")).lower()


def _outcome(answer: Answer | Later | Refused) -> Later | Refused:
    return of_new(answer) if isinstance(answer, Answer) else answer
