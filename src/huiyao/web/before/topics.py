# SPDX-License-Identifier: Apache-2.0
"""The agenda of a plan: adding, saving, moving, taking off and bringing back topics."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from huiyao.features.agenda.commands import topics
from huiyao.web.before.edits import answered
from huiyao.web.before.forms import version_of, writes_of
from huiyao.web.shell import notice
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request

FIELDS = ("title", "minutes", "lead", "outcome")


@require_POST
@signed_in
def add(request: Request, meeting_id: UUID) -> HttpResponse:
    """A new topic."""

    def save() -> int:
        title, minutes = request.POST.get("title", ""), request.POST.get("minutes", "10")
        lead = request.POST.get("lead", "")
        return topics.add_topic(meeting_id, title, minutes=minutes, lead=lead, by=request.actor, at=request.at).version

    return answered(request, meeting_id, save, "agenda")


@require_POST
@signed_in
def save(request: Request, meeting_id: UUID, topic_id: UUID) -> HttpResponse:
    """The fields of one topic, all or none."""

    def run() -> int:
        version = version_of(request)
        for write in writes_of(request, FIELDS):
            version = topics.set_topic(meeting_id, topic_id, write, by=request.actor, at=request.at).version
        return version

    return answered(request, meeting_id, run, "agenda")


@require_POST
@signed_in
def move(request: Request, meeting_id: UUID, topic_id: UUID) -> HttpResponse:
    """A topic goes up, down, or to a place counted from 1."""

    def run() -> int:
        topics.move_topic(meeting_id, topic_id, request.POST.get("to", ""), by=request.actor, at=request.at)
        return 0

    return answered(request, meeting_id, run, "agenda")


@require_POST
@signed_in
def remove(request: Request, meeting_id: UUID, topic_id: UUID) -> HttpResponse:
    """A topic leaves the agenda; the notice offers to bring it back."""

    def run() -> int:
        topic = topics.remove_topic(meeting_id, topic_id, by=request.actor, at=request.at)
        text = gettext("“%(name)s” was taken off the agenda") % {"name": topic.title}
        notice.add(request, text, undo=reverse("plan_topic_restore", args=(meeting_id, topic_id)))
        return 0

    return answered(request, meeting_id, run, "agenda")


@require_POST
@signed_in
def restore(request: Request, meeting_id: UUID, topic_id: UUID) -> HttpResponse:
    """A topic that was taken off comes back."""

    def run() -> int:
        return topics.bring_back_topic(meeting_id, topic_id, by=request.actor, at=request.at).version

    return answered(request, meeting_id, run, "agenda")
