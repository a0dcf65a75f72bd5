# SPDX-License-Identifier: Apache-2.0
"""What is one's own: language, tokens, and the messages of the outbox one may see."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from huiyao.features.people.commands import persons, tokens
from huiyao.features.people.reads import live_tokens
from huiyao.web.api.door import Done, Page
from huiyao.web.shell import outbox
from huiyao.web.shell.request import Request

router = Router(tags=["own"])


class LanguageIn(Schema):
    """``zh-hans``, ``zh-hant`` or ``en``; empty for the organisation's."""

    language: str


class TokenOut(Schema):
    """A token in force; the token itself is shown only on the page that makes it."""

    id: str
    name: str
    at: datetime
    last_used_at: datetime | None


class MessageOut(Schema):
    """A message as one may see it: links are masked except to their addressee."""

    id: str
    kind: str
    state: str
    at: datetime
    title: str
    text: str


@router.put("/me/language", response=Done)
def set_language(request: Request, body: LanguageIn) -> Done:
    """The language of one's pages, messages and answers."""
    persons.set_language(request.actor.id, body.language, by=request.actor, at=request.at)
    return Done()


@router.get("/tokens", response=list[TokenOut])
def list_tokens(request: Request) -> list[Mapping[str, object]]:
    """One's own tokens in force. New ones are made on the profile page only."""
    plain = ("name", "at", "last_used_at")
    return [{"id": str(r.pk), **{n: getattr(r, n) for n in plain}} for r in live_tokens(request.actor.id)]


@router.delete("/tokens/{token_id}", response=Done)
def revoke_token(request: Request, token_id: str) -> Done:
    """Take one of one's own tokens back."""
    tokens.revoke_token(request.actor.id, token_id, by=request.actor, at=request.at)
    return Done()


def _message_out(shown: outbox.Shown) -> Mapping[str, Any]:
    row = shown.message
    return {
        "id": str(row.pk), "kind": row.kind, "state": row.state, "at": row.at,
        "title": shown.title, "text": shown.text,
    }  # fmt: skip


@router.get("/outbox", response=list[MessageOut])
def list_messages(request: Request, page: Query[Page], of: str = "mine", state: str = "") -> list[Mapping[str, Any]]:
    """Messages to me (``of=mine``), of the meetings I run (``meetings``), or ``all`` for an administrator."""
    rows, run = outbox.rows_for(request.actor, of, state)
    return [_message_out(outbox.shown(row, request.actor, run)) for row in page.cut(rows)]


@router.post("/outbox/{message_id}/again", response=Done)
def send_again(request: Request, message_id: str) -> Done:
    """Have a message tried now."""
    outbox.try_again(request.actor, message_id, at=request.at)
    return Done()
