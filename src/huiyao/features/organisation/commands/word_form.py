# SPDX-License-Identifier: Apache-2.0
"""The company's Word form: take a new version in, use one, go back to the built-in layout, withdraw one."""

import io
from datetime import datetime

from django.db import transaction

from huiyao.documents.forms import FormReport, check_form
from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed, NotFound, WrongStage
from huiyao.domain.values import clean_line
from huiyao.features.organisation.models import WordForm
from huiyao.plumbing import audit, files
from huiyao.plumbing.ids import Id

NAME_MOST = 200


def upload_form(content: bytes, name: str, *, by: Actor, at: datetime) -> tuple[WordForm, FormReport]:
    """Keep a checked form as the newest version; it is not in use yet. ``name`` is the file's.

    The check runs before the transaction: it may take its whole ten seconds.

    Raises:
        NotAllowed: not an administrator.
        FormRefused: it can never be used.
        BadValue: the name is too long.
    """
    _administrator_only(by)
    name = clean_line("name", name.replace("\\", "/").rsplit("/", 1)[-1] or "form.docx", most=NAME_MOST)
    report = check_form(content)
    return _keep(content, name, report, by=by, at=at), report


@transaction.atomic
def _keep(content: bytes, name: str, report: FormReport, *, by: Actor, at: datetime) -> WordForm:
    stored = files.store(io.BytesIO(content), at=at)
    fields = {
        "name": name,
        "sha256": stored.sha256,
        "size": len(content),
        "used": list(report.used),
        "unknown": list(report.unknown),
        "uploaded_by_id": by.id,
        "uploaded_by": by.name,
        "uploaded_at": at,
    }
    known = _all()
    number, made = (known[0].number if known else 0), False
    while not made:  # of two uploads at once, the second takes the next number
        number += 1
        row, made = WordForm.objects.get_or_create(number=number, defaults=fields)
    facts = {"number": row.number, "name": name, "sha256": stored.sha256, "unknown": row.unknown}
    audit.record("word_form.uploaded", by=by, at=at, subject=row.pk, facts=facts)
    return row


@transaction.atomic
def use_form(form_id: Id, *, by: Actor, at: datetime) -> WordForm:
    """Print minutes in this version from now on, be it the newest or an earlier one; twice is once.

    Raises:
        NotAllowed: not an administrator.
        NotFound: there is no such version.
        WrongStage: it was withdrawn.
    """
    row = _get(form_id, by)
    if row.withdrawn_at is not None:
        raise WrongStage(state="withdrawn", deed="use_form")
    if row.used_since is None:
        before = _stop()
        row.used_since, row.trouble, row.trouble_at = at, "", None
        row.save(update_fields=["used_since", "trouble", "trouble_at"])
        audit.record("word_form.used", by=by, at=at, subject=row.pk, facts={"number": row.number, "before": before})
    return row


@transaction.atomic
def use_built_in_layout(*, by: Actor, at: datetime) -> None:
    """Print minutes in the built-in layout again; every version stays to go back to.

    Raises:
        NotAllowed: not an administrator.
    """
    _administrator_only(by)
    before = _stop()
    if before is not None:
        audit.record("word_form.stopped", by=by, at=at, subject="", facts={"before": before})


@transaction.atomic
def withdraw_form(form_id: Id, *, by: Actor, at: datetime) -> WordForm:
    """Take a version out for good; if it was in use, the built-in layout follows. Twice is once.

    Raises:
        NotAllowed: not an administrator.
        NotFound: there is no such version.
    """
    row = _get(form_id, by)
    if row.withdrawn_at is None:
        facts = {"number": row.number, "in_use": row.used_since is not None}
        row.withdrawn_at, row.used_since = at, None
        row.save(update_fields=["withdrawn_at", "used_since"])
        audit.record("word_form.withdrawn", by=by, at=at, subject=row.pk, facts=facts)
    return row


def note_trouble(form_id: Id, reason: str, *, at: datetime) -> None:
    """Keep why minutes could not be filled in, for the settings page."""
    WordForm.objects.filter(pk=form_id).update(trouble=reason, trouble_at=at)


def _administrator_only(by: Actor) -> None:
    if not by.administrator:
        raise NotAllowed(deed="word_form")


def _all() -> list[WordForm]:
    """Every version, newest first, under one lock: of two acts at once the second sees what the first did."""
    return list(WordForm.objects.select_for_update())


def _get(form_id: Id, by: Actor) -> WordForm:
    _administrator_only(by)
    row = next((form for form in _all() if str(form.pk) == str(form_id)), None)
    if row is None:
        raise NotFound
    return row


def _stop() -> int | None:
    """End the use of whichever is in use; its number."""
    row = next((form for form in _all() if form.used_since is not None), None)
    if row is None:
        return None
    row.used_since = None
    row.save(update_fields=["used_since"])
    return row.number
