# SPDX-License-Identifier: Apache-2.0
"""Two hundred meetings of 2026: who does what when, and which promises stand from when until when.

What people do is done on the product's tables, through its commands where one changes a clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from huiyao.domain.actions import ActionAct
from huiyao.domain.invitations import Reply
from huiyao.domain.record import Entry, Kind
from huiyao.domain.review import AnswerState
from huiyao.domain.rights import Standing
from huiyao.domain.stage import Stage
from huiyao.features.actions.commands.following import act_on, name_owner, postpone
from huiyao.features.actions.models import Action
from huiyao.features.invitations.models import Invitation
from huiyao.features.meetings.models import Meeting, Participation
from huiyao.features.minutes.commands import circulating, reviewing
from huiyao.features.minutes.commands.drafting import SnapshotTaken, draft_from_snapshot
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.minutes.models import Answer, Circulation
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.flows.on_minutes_circulated import on_minutes_circulated
from huiyao.plumbing.ids import uuid7
from huiyao.plumbing.models import Message, MessageState
from tests.flows.year.expecting import Owed
from tests.flows.year.walls import NEVER, SHANGHAI, after_working, at, end_of

COUNT = 200
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WORKDAYS = [day for n in range(365) if SHANGHAI.works_on(day := date(2026, 1, 1) + n * DAY)]


@dataclass
class Window:
    """An objection window and the one who neither opens nor answers."""

    ends: datetime
    silent: str


@dataclass
class Story:
    """What happens, in order, and what is promised. ``ids`` gives rows that come into being later their names."""

    people: list[Person]
    acts: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    meetings: list[tuple[datetime, datetime, frozenset[str]]] = field(default_factory=list)  # known from, starts, who
    ids: dict[str, str] = field(default_factory=dict)

    def does(self, when: datetime, act: Callable[[], object]) -> None:
        self.acts.append((when, act))

    def promised(self) -> list[Owed]:
        """What stood in the tables for any time at all, by the ids of its rows."""
        return [replace(o, subject=self.ids.get(o.subject, o.subject)) for o in self.owed if o.begins < o.ends]


def a_year(people: list[Person]) -> Story:
    """``people``: eight in Shanghai, then one in Berlin and one in New York."""
    story = Story(people)
    for n in range(COUNT):
        One(story, n).plan()
    story.acts.sort(key=lambda act: act[0])
    return story


class One:
    """One meeting from its plan to its last action."""

    def __init__(self, story: Story, n: int) -> None:
        self.story, self.n = story, n
        here = story.people[1:8]  # the first only ever attends
        self.host, self.recorder, self.coordinator = (here[(n + k) % 7] for k in range(3))
        self.invited = [here[(n + 3) % 7], story.people[0], here[(n + 4) % 7]]
        if n % 4 < 2:
            self.invited[2] = story.people[8 + n % 2]
        self.label = f"m{n}"
        self.slot = n // 20  # twenty meetings at once: what falls together is told together
        self.day = 12 + self.slot * 20 * 215 // COUNT
        self.row = Meeting(
            id=uuid7(), title=f"会 {n}", organiser=self.host, host=self.host, recorder=self.recorder,
            coordinator=self.coordinator, zone="Asia/Shanghai", language="zh-hans",
        )  # fmt: skip

    def starts(self, day: int) -> datetime:
        hour, minute = ((10, 40), (14, 20), (16, 40))[self.slot % 3]
        return at(WORKDAYS[day], hour, minute)

    def owes(self, kind: str, subject: str, who: Person | str, due: datetime, begins: datetime, ends: datetime,
             **more: object) -> None:  # fmt: skip
        owner = who if isinstance(who, str) else str(who.pk)
        self.story.owed.append(Owed(kind, subject, owner, due, begins, ends, **{"since": begins, **more}))  # type: ignore[arg-type]

    def plan(self) -> None:
        n, start = self.n, self.starts(self.day)
        created = at(WORKDAYS[self.day - 10], 10, 20)
        wall = SHANGHAI.local(start)
        due = at(SHANGHAI.shifted(wall.date(), -3), wall.hour, wall.minute)
        sent = {0: at(WORKDAYS[self.day - 1], 10, 20), 1: due - 5 * MINUTE}.get(
            n % 5, at(WORKDAYS[self.day - 5], 11, 20)
        )
        self.story.does(created, lambda: self.create(start, due, created))
        self.story.does(sent, lambda: self.invite(sent))
        self.owes("invite", str(self.row.pk), self.host, due, created, sent)
        moved = at(WORKDAYS[self.day - 2], 15, 20) if n % 9 == 4 and sent < at(WORKDAYS[self.day - 2], 0) else None
        self.replies(sent, start, moved or start)
        held = start
        if moved is not None:
            self.owes("start", str(self.row.pk), self.host, start, sent, moved, since=None)
            held = self.starts(self.day + 2)
            self.story.does(moved, lambda: self.move(held, moved))
            self.replies(moved, held, held)
        opened = held - 20 * MINUTE if n % 11 == 3 else held
        self.owes("start", str(self.row.pk), self.host, held, moved or sent, opened, since=None)
        self.story.meetings.append((moved or sent, held, self.everybody()))
        ended = held + HOUR
        self.story.does(opened, lambda: self.stage(Stage.IN_SESSION, started_at=opened))
        self.minutes(ended)

    def everybody(self) -> frozenset[str]:
        return frozenset(str(one.pk) for one in (*self.invited, self.host, self.recorder, self.coordinator))

    def create(self, start: datetime, due: datetime, created: datetime) -> None:
        self.row.starts_at, self.row.invite_due_at, self.row.created_at = start, due, created
        self.row.save()
        held = [(self.host, Standing.HOST), (self.host, Standing.ORGANISER), (self.recorder, Standing.RECORDER)]
        held += [(self.coordinator, Standing.COORDINATOR), *((one, Standing.ATTENDEE) for one in self.invited)]
        Participation.objects.bulk_create([Participation(meeting=self.row, person=p, standing=s) for p, s in held])

    def stage(self, stage: Stage, **fields: object) -> None:
        Meeting.objects.filter(pk=self.row.pk).update(stage=stage, **fields)

    def invitation(self, k: int) -> str:
        return self.story.ids.setdefault(f"{self.label}i{k}", str(uuid7()))

    def reply_due(self, start: datetime, sent: datetime) -> datetime:
        wall = SHANGHAI.local(start)
        due = at(SHANGHAI.shifted(wall.date(), -1), wall.hour, wall.minute)
        return due if due > sent else start

    def invite(self, sent: datetime) -> None:
        self.stage(Stage.INVITED, invited_at=sent)
        self.row.refresh_from_db()
        due = self.reply_due(self.row.starts_at, sent)
        Invitation.objects.bulk_create(
            Invitation(
                id=self.invitation(k), meeting=self.row, person=person, uid=f"{self.row.pk}@huiyao", digest="",
                starts_at=self.row.starts_at, sent_at=sent, reply_due_at=due,
            )
            for k, person in enumerate(self.invited)
        )  # fmt: skip

    def move(self, start: datetime, moved: datetime) -> None:
        due = self.reply_due(start, moved)
        Meeting.objects.filter(pk=self.row.pk).update(starts_at=start)
        again = {"reply": Reply.PENDING, "starts_at": start, "sent_at": moved, "reply_due_at": due}
        Invitation.objects.filter(meeting=self.row).update(**again)

    def replies(self, sent: datetime, start: datetime, until: datetime) -> None:
        """One answers the next day, one five minutes before it is due, one late or never."""
        due = self.reply_due(start, sent)
        day = SHANGHAI.local(sent).date()
        says = [at(SHANGHAI.shifted(day, 1), 11, 20), due - 5 * MINUTE, due - 3 * HOUR if self.n % 3 else NEVER]
        for k, when in enumerate(says):
            said = when if when > sent else NEVER
            if said < until:
                self.story.does(said, lambda k=k: self.reply(k))  # type: ignore[misc]
            self.owes("reply", self.invitation(k), self.invited[k], due, sent, min(said, until))

    def reply(self, k: int) -> None:
        Invitation.objects.filter(pk=self.invitation(k)).update(reply=Reply.ACCEPTED)

    def minutes(self, ended: datetime) -> None:
        n, story, label = self.n, self.story, f"{self.label}minutes"
        draft_due = after_working(SHANGHAI, ended, 120)
        wall = SHANGHAI.local(ended)
        due = at(SHANGHAI.shifted(wall.date(), 1), wall.hour, wall.minute)
        submitted = {
            0: after_working(SHANGHAI, ended, 30),  # before the first reminder
            1: after_working(SHANGHAI, ended, 80),
            2: draft_due - 5 * MINUTE,
            3: after_working(SHANGHAI, draft_due, 600),  # ill: host and coordinator hear of it
        }[n % 4]
        late = max(due, submitted)
        sent = {
            0: after_working(SHANGHAI, submitted, 20),
            1: after_working(SHANGHAI, late, 40),
            2: after_working(SHANGHAI, late, 360),
        }[n % 3]
        line = tuple(str(one.pk) for one in (self.host, self.coordinator))
        self.owes("draft", label, self.recorder, draft_due, ended, submitted, above=line)
        self.owes("review", label, self.host, due, submitted, sent, above=line[1:])
        story.does(ended, lambda: self.close(ended))
        story.does(submitted, lambda: reviewing.submit(self.row.pk, by=actor_of(self.recorder), at=submitted))
        story.does(sent, lambda: self.send(sent))
        window = after_working(SHANGHAI, sent, 120)
        story.windows.append(Window(window, str(self.invited[2].pk)))
        for who, ends in ((0, sent), (1, window), (2, window)):
            self.owes("answer_minutes", label, self.invited[who], window, sent, ends)
        self.owes("answer_minutes", label, self.coordinator, window, sent, window)
        for k in range(2):
            self.action(k, sent)
        if n % 10 == 0:
            self.name(sent)

    def entries(self) -> tuple[Entry, ...]:
        made = [Entry("topic-1", Kind.TOPIC, order="a", text="事")]
        for k, (person, due) in enumerate(self.actions()):
            made.append(Entry(f"acti-{k}", Kind.ACTION, "topic-1", f"b{k}", f"事 {self.n}-{k}",
                              person=str(person.pk), due=due, support=()))  # fmt: skip
        if self.n % 10 == 0:
            named = (self.named_day(), str(self.coordinator.pk))
            made.append(Entry("acti-9", Kind.ACTION, "topic-1", "z", "事", named_by=named, due=self.named_day() + 90 * DAY,
                              support=()))  # fmt: skip
        return tuple(made)

    def base(self) -> date:
        return WORKDAYS[self.day]

    def actions(self) -> list[tuple[Person, date]]:
        """Two owners and due dates, some of them on rest days."""
        return [(self.invited[k + 1], self.base() + (8 + (self.n * 7 + k * 5) % 16) * DAY) for k in range(2)]

    def named_day(self) -> date:
        return SHANGHAI.shifted(self.base(), 8)

    def close(self, ended: datetime) -> None:
        self.stage(Stage.RECORDED, ended_at=ended)
        minutes = draft_from_snapshot(self.row.pk, SnapshotTaken(1, f"{self.n:064}", self.entries()), at=ended)
        self.story.ids[f"{self.label}minutes"] = str(minutes.pk)

    def send(self, sent: datetime) -> None:
        circulation: Circulation = circulating.approve_and_send(self.row.pk, by=actor_of(self.host), at=sent)
        on_minutes_circulated(MinutesCirculated(str(self.row.pk), str(circulation.pk), 1, str(self.host.pk)), sent)
        Message.objects.filter(kind="minutes").update(state=MessageState.RETIRED)  # delivered elsewhere
        answers = Answer.objects.filter(circulation=circulation)
        answers.filter(person=self.invited[0]).update(state=AnswerState.CONFIRMED, answered_at=sent)
        answers.exclude(person=self.invited[2]).update(opened_at=sent)
        for action in Action.objects.filter(meeting=self.row):
            self.story.ids[f"{self.label}{action.entry}"] = str(action.pk)

    def action(self, k: int, sent: datetime) -> None:
        from_here = ActionLife(self, f"{self.label}acti-{k}", *self.actions()[k], sent, self.n + 3 * k)
        from_here.live()

    def name(self, sent: datetime) -> None:
        """The head names the owner two days late; what the owner does then is not followed."""
        label, day = f"{self.label}acti-9", self.named_day()
        named = at(SHANGHAI.shifted(day, 2), 15, 20)
        self.owes("name_owner", label, self.coordinator, end_of(day), sent, named, whole_day=True)
        self.story.does(named, lambda: self._name(label, named))
        accepting = at(SHANGHAI.shifted(SHANGHAI.local(sent).date(), 1), *SHANGHAI.local(sent).timetuple()[3:5])
        self.owes("accept_action", label, self.invited[0], accepting, named, NEVER, since=sent)

    def _name(self, label: str, named: datetime) -> None:
        by = actor_of(self.coordinator)
        name_owner(self.story.ids[label], self.invited[0].pk, by=by, at=named)


@dataclass
class ActionLife:
    """An action after adoption: accepted or not, told of each week or not, done, moved or left lying."""

    one: One
    label: str
    owner: Person
    due: date
    sent: datetime
    way: int

    def live(self) -> None:
        wall = SHANGHAI.local(self.sent)
        accept_due = at(SHANGHAI.shifted(wall.date(), 1), wall.hour, wall.minute)
        steady = self.owner in (self.one.story.people[0], *self.one.story.people[8:])  # never just around a digest
        late = at(SHANGHAI.shifted(wall.date(), 3), 20, 40)  # in the evening, when Berlin is at work
        ways = [
            after_working(SHANGHAI, self.sent, 20),
            accept_due - 5 * MINUTE,
            late,
            NEVER if self.way % 8 == 7 else late,
        ]
        accepted = late if steady else ways[self.way % 4]
        self.one.owes("accept_action", self.label, self.owner, accept_due, self.sent, accepted)
        if accepted < NEVER:
            self.act(ActionAct.ACCEPT, accepted)
            self.follow(accepted)

    def act(self, act: ActionAct, when: datetime) -> None:
        ids, label, owner = self.one.story.ids, self.label, self.owner
        self.one.story.does(when, lambda: act_on(ids[label], act, by=actor_of(owner), at=when))

    def follow(self, accepted: datetime) -> None:
        hour = 20 if self.owner in self.one.story.people[8:] else 15
        dues, way = [(accepted, self.due)], self.way % 5
        done = {0: at(self.due - 3 * DAY, hour, 20), 1: at(self.due, 20, 40), 2: at(self.due + 2 * DAY, hour, 20)}.get(
            way, NEVER
        )
        if way == 3:
            moved = at(self.due - DAY, hour, 20)
            if moved > accepted:
                self.one.story.does(moved, lambda: self.postpone(moved))
                dues.append((moved, self.due + 9 * DAY))
                done = at(self.due + 8 * DAY, hour, 20)
        if done <= accepted:
            done = NEVER
        if done < NEVER:
            self.act(ActionAct.FINISH, done)
        words = [accepted, *self.words(accepted, min(done, end_of(dues[-1][1])))]
        for word in words[1:]:
            self.act(ActionAct.PROGRESS, word)
        for (begins, due), until in zip(dues, [*(b for b, _ in dues[1:]), done], strict=True):
            span = {"since": accepted, "whole_day": True}
            self.one.owes("finish_action", self.label, self.owner, end_of(due), begins, min(until, end_of(due)), **span)
            late_from = max(begins, end_of(due))
            self.one.owes("explain_delay", self.label, self.owner, end_of(due), late_from, until, **span)
            self.weekly(words, begins, until, due)

    def words(self, accepted: datetime, until: datetime) -> list[datetime]:
        """Half of the owners tell of their progress every six days."""
        told = [at(SHANGHAI.local(accepted).date() + 6 * n * DAY, 20, 40) for n in range(1, 4)] if self.way % 2 else []
        return [when for when in told if accepted < when < until]

    def weekly(self, words: list[datetime], begins: datetime, until: datetime, due: date) -> None:
        for word, following in zip(words, [*words[1:], NEVER], strict=True):
            day = SHANGHAI.local(word).date() + 7 * DAY
            day = day if SHANGHAI.works_on(day) else SHANGHAI.shifted(day, 1)
            if day < due:
                first, last = max(begins, word), min(following, until, end_of(due))
                span = {"since": word, "whole_day": True}
                self.one.owes("update_progress", self.label, self.owner, end_of(day), first, last, **span)

    def postpone(self, moved: datetime) -> None:
        by = actor_of(self.owner)
        postpone(self.one.story.ids[self.label], self.due + 9 * DAY, "等样品", by=by, at=moved)
