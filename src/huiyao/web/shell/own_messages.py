# SPDX-License-Identifier: Apache-2.0
"""What a reader decides about messages to themselves: digest, kinds that may stay away, calendar feed.

Also the page behind the link that switches one kind off: GET shows it, a POST acts (mail programs post by themselves,
RFC 8058), so the token alone is what counts.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from huiyao.domain.notices import DIGEST, INFORMED, NOTICES, Digest, Kept
from huiyao.domain.refusals import NotFound
from huiyao.features.people.commands import own_messages
from huiyao.features.people.reads import PersonRow, find_person
from huiyao.flows.on_minutes_circulated import language_of
from huiyao.plumbing import links
from huiyao.web.shell import notice
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request, VisitorRequest

KINDS: dict[str, tuple[str, str]] = {
    # a kind of messages: its name, what it tells
    "reminder": (gettext_noop("Reminders"), gettext_noop("of what you have promised, and of what waits above you")),
    "invitation": (gettext_noop("Invitations"), gettext_noop("with their changes and cancellations")),
    "minutes": (gettext_noop("Minutes you are asked about"), gettext_noop("with your own actions")),
    "review": (gettext_noop("Turns of the review"), gettext_noop("of minutes you write or send")),
    "account": (gettext_noop("Account"), gettext_noop("links to set your password")),
    DIGEST: (gettext_noop("Morning digest"), gettext_noop("what you owe and attend, on working days, if there is any")),
    INFORMED: (gettext_noop("Minutes for information"), gettext_noop("of meetings you only read about")),
}
REASONS = {
    Kept.PROMISE: gettext_noop("Stays on: a promise is kept because it is remembered."),
    Kept.CALENDAR: gettext_noop("Stays on: without it your calendar would be wrong."),
    Kept.SILENCE: gettext_noop("Stays on: silence counts as no objection."),
    Kept.ACCOUNT: gettext_noop("Stays on: it guards your account."),
}
WAYS = {
    Digest.USUAL: gettext_noop("The way I am reached"),
    Digest.MAIL: gettext_noop("By mail"),
    Digest.CHAT: gettext_noop("By chat"),
}
FORMS = {
    "events": (gettext_noop("As events"), gettext_noop("shown by every calendar")),
    "todos": (
        gettext_noop("As tasks"),
        gettext_noop("Apple, Thunderbird and Nextcloud only; Outlook and Google skip them"),
    ),
    "none": (gettext_noop("Not at all"), ""),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of messages as the page lists it; ``reason`` says why it cannot be switched off."""

    word: str
    name: str
    what: str
    reason: str
    on: bool


@signed_in
def messages(request: Request) -> HttpResponse:
    """Which kinds of messages come, and how the digest does."""
    person = _me(request)
    if request.method == "POST":
        wanted = request.POST.getlist("kind")
        muted = tuple(one.word for one in NOTICES if one.kept is None and one.word not in wanted)
        digest = request.POST.get("digest", "")
        own_messages.choose_messages(person.pk, digest=digest, muted=muted, by=request.actor, at=request.at)
        notice.add(request, gettext("Saved."))
        return redirect("/profile/messages/")
    ways = [(way.value, gettext(words)) for way, words in WAYS.items()]
    context = {"kinds": _kinds(person), "ways": ways, "digest": person.digest}
    return render(request, "shell/my_messages.html", context)


def _kinds(person: PersonRow) -> list[Kind]:
    return [
        Kind(
            one.word,
            gettext(KINDS[one.word][0]),
            gettext(KINDS[one.word][1]),
            gettext(REASONS[one.kept]) if one.kept else "",
            one.word not in person.muted,
        )
        for one in NOTICES
    ]


@signed_in
def calendar(request: Request) -> HttpResponse:
    """What one's calendar feed holds; its address is shown only when it is made."""
    person = _me(request)
    if request.method == "POST":
        own_messages.set_feed(
            person.pk,
            meetings=bool(request.POST.get("meetings")),
            duties=request.POST.get("duties", ""),
            by=request.actor,
            at=request.at,
        )
        notice.add(request, gettext("Saved."))
        return redirect("/profile/calendar/")
    return _calendar(request, person)


def _calendar(request: Request, person: PersonRow, token: str = "") -> HttpResponse:
    context = {
        "person": person,
        "forms": [(word, gettext(name), gettext(what) if what else "") for word, (name, what) in FORMS.items()],
        "made_at": links.made_at(purpose=own_messages.FEED, person_id=person.pk, at=request.at),
        "address": f"{settings.HUIYAO.base_url}/feeds/{token}.ics" if token else "",
        "loopback": settings.HUIYAO.base_url_is_loopback,
    }
    return render(request, "shell/my_calendar.html", context)


@signed_in
@require_POST
def make_feed(request: Request) -> HttpResponse:
    """A new address for the feed, shown this once on the answer itself; the one before ends."""
    token = own_messages.make_feed(request.actor.id, by=request.actor, at=request.at)
    return _calendar(request, _me(request), token)


@signed_in
@require_POST
def end_feed(request: Request) -> HttpResponse:
    """End the feed."""
    own_messages.revoke_feed(request.actor.id, by=request.actor, at=request.at)
    notice.add(request, gettext("The address no longer works."))
    return redirect("/profile/calendar/")


@csrf_exempt  # a mail program has no cookie of ours; whoever has the token may do this one thing
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: VisitorRequest, token: str) -> HttpResponse:
    """Switch off the kind the link stands for."""
    if request.method == "POST":
        person, kind = own_messages.unsubscribe(token, at=request.at)
    else:
        person, kind = own_messages.open_unsubscribe_link(token, at=request.at)
    with translation.override(language_of(person)):
        request.LANGUAGE_CODE = language_of(person)
        name, what = KINDS[kind]
        context = {"person": person, "kind": gettext(name), "what": gettext(what), "done": kind in person.muted}
        response = render(request, "shell/unsubscribe.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return response


def _me(request: Request) -> PersonRow:
    person = find_person(request.actor.id)
    if person is None or person.guest:
        raise NotFound
    return person
