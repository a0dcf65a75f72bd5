# SPDX-License-Identifier: Apache-2.0
"""The calendar feed by signed personal link: read-only, made anew once a minute, 304 where nothing changed."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from huiyao.features.people.commands.own_messages import open_feed
from huiyao.features.people.reads import PersonRow
from huiyao.flows.feed import feed_of
from huiyao.web.shell.request import VisitorRequest

FRESH_SECONDS = 60
"""How long an answer is given again; a link taken back ends at once all the same."""
KEPT_SECONDS = 7 * 24 * 3600


class Made(NamedTuple):
    """A feed as it was made: when, and since when it reads like that."""

    body: bytes
    etag: str
    made_at: datetime
    changed_at: datetime


@require_safe
def feed(request: VisitorRequest, token: str) -> HttpResponse:
    """The calendar of whoever the link belongs to."""
    made = _made(open_feed(token, at=request.at), request.at)
    changed = int(made.changed_at.timestamp())
    response = HttpResponse(made.body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="huiyao.ics"'
    answer = get_conditional_response(request, etag=made.etag, last_modified=changed, response=response)
    assert answer is not None
    answer.headers["ETag"] = made.etag
    answer.headers["Last-Modified"] = http_date(changed)
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return answer


def _made(person: PersonRow, now: datetime) -> Made:
    key = f"feed:{person.pk}:{person.feed_meetings:d}:{person.feed_duties}:{person.language}:{person.zone}"
    before: Made | None = cache.get(key)
    if before is not None and 0 <= (now - before.made_at).total_seconds() < FRESH_SECONDS:
        return before
    body = feed_of(person, now)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    same = before is not None and before.etag == etag
    made = Made(body, etag, now, before.changed_at if before is not None and same else now)
    cache.set(key, made, KEPT_SECONDS)
    return made
