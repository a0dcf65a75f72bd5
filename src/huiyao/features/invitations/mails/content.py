# SPDX-License-Identifier: Apache-2.0
"""What an invitation says, gathered once per sending, and the digest that tells of changes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from huiyao.features.agenda.models import Material, Topic
from huiyao.features.agenda.reads import materials_of, topics_of
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Person


@dataclass(frozen=True, slots=True)
class Item:
    """A topic: ``lead`` is a name, or empty with ``lead_role`` (a word of ``domain.agenda.Lead``)."""

    title: str
    minutes: int
    lead: str
    lead_role: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A material; ``url`` is empty for a file, which is fetched by its id."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Content:
    """A meeting as its invitation tells it. Texts are in their authors' words, instants in UTC."""

    meeting_id: str
    title: str
    objective: str
    starts_at: datetime
    minutes: int
    zone: str
    place: str
    online: str
    organiser: str
    host: str
    recorder: str
    agenda: tuple[Item, ...]
    materials: tuple[Enclosure, ...]

    @property
    def ends_at(self) -> datetime:
        """The planned end."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def digest(self) -> str:
        """SHA-256 over everything the invitation says: equal digests mean there is nothing new to send."""
        text = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def content_of(
    meeting: Meeting, topics: Sequence[Topic] | None = None, materials: Sequence[Material] | None = None
) -> Content | None:
    """The content as the plan stands, or None while it has no start; topics and materials are read unless given."""
    if meeting.starts_at is None:
        return None
    topics = topics_of(meeting.pk) if topics is None else topics
    materials = materials_of(meeting.pk) if materials is None else materials
    return Content(
        meeting_id=str(meeting.pk),
        title=meeting.title,
        objective=meeting.objective,
        starts_at=meeting.starts_at,
        minutes=sum(topic.minutes for topic in topics),
        zone=meeting.zone,
        place=meeting.place,
        online=meeting.online,
        organiser=meeting.organiser.name,
        host=_name(meeting.host),
        recorder=_name(meeting.recorder),
        agenda=tuple(
            Item(topic.title, topic.minutes, _name(topic.lead), topic.lead_role, topic.outcome) for topic in topics
        ),
        materials=tuple(Enclosure(str(m.pk), m.name, m.url) for m in materials),
    )


def _name(person: Person | None) -> str:
    return person.name if person is not None else ""
