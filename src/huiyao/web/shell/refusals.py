# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: each code's status and its sentence in the reader's language, as a page, a part or JSON.

The sentence says what is wrong and what to do. ``%(name)s`` are facts of the refusal.
"""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from huiyao.domain.refusals import Refusal
from huiyao.web.shell import form_words, upload_words

WORDS: dict[str, tuple[HTTPStatus, str]] = {
    "refused": (HTTPStatus.CONFLICT, gettext_noop("This cannot be done now.")),
    "not_found": (
        HTTPStatus.NOT_FOUND,
        gettext_noop("There is nothing here, or it is not open to you. Ask whoever sent you the address."),
    ),
    "not_allowed": (
        HTTPStatus.FORBIDDEN,
        gettext_noop("You can see this but not change it. The host or the organiser can."),
    ),
    "conflict": (
        HTTPStatus.CONFLICT,
        gettext_noop("Somebody else changed this in the meantime. Both versions are shown: choose one."),
    ),
    "wrong_stage": (HTTPStatus.CONFLICT, gettext_noop("This is no longer possible at this stage.")),
    "bad_value": (HTTPStatus.UNPROCESSABLE_ENTITY, gettext_noop("Please check what you entered.")),
    "link_unknown": (
        HTTPStatus.NOT_FOUND,
        gettext_noop("This link is not known. Copy it whole from the message, or ask for a new one."),
    ),
    "too_many_tries": (
        HTTPStatus.TOO_MANY_REQUESTS,
        gettext_noop("Too many links that do not exist were tried from your address. Wait a minute, then try again."),
    ),
    "link_expired": (HTTPStatus.GONE, gettext_noop("This link has expired. Ask the sender for a new one.")),
    "link_revoked": (
        HTTPStatus.GONE,
        gettext_noop("This link was taken back; a newer message may hold a new one."),
    ),
    "file_too_large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        gettext_noop("The file is larger than %(limit_mib)s MiB. Share it as a link instead."),
    ),
    "file_empty": (HTTPStatus.UNPROCESSABLE_ENTITY, gettext_noop("The file is empty.")),
    "record_incomplete": (
        HTTPStatus.CONFLICT,
        gettext_noop("Some actions still lack a task, an owner, a due date or a word on support."),
    ),
    "reschedule_instead": (
        HTTPStatus.CONFLICT,
        gettext_noop("The invitation is out: change time and place under “Reschedule”, so that everybody is told."),
    ),
    "invitation_incomplete": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        gettext_noop("The invitation cannot go out yet: it needs a title, a time ahead, an agenda and people."),
    ),
    "nothing_to_send": (HTTPStatus.CONFLICT, gettext_noop("Everybody already has the plan as it is.")),
    "reply_closed": (
        HTTPStatus.CONFLICT,
        gettext_noop("Replies are closed: the meeting has begun, is over or was cancelled."),
    ),
    "already_founded": (HTTPStatus.CONFLICT, gettext_noop("This installation has its organisation already.")),
    "department_in_use": (
        HTTPStatus.CONFLICT,
        gettext_noop(
            "The department still has %(persons)s persons and %(departments)s departments below it. Move them first."
        ),
    ),
    "last_administrator": (
        HTTPStatus.CONFLICT,
        gettext_noop("This is the last administrator. Make somebody else administrator first."),
    ),
    "headings_missing": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        gettext_noop("The table needs a row of headings with a login name and a name."),
    ),
    "too_many_rows": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        gettext_noop("One import takes %(most)s persons at most. Split the table."),
    ),
    "import_has_errors": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        gettext_noop("%(cells)s cells must be put right first. Nothing was changed."),
    ),
    "upload_too_large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        gettext_noop("The file goes over a limit (%(what)s: %(limit)s at most)."),
    ),
    "upload_unreadable": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        gettext_noop("The file cannot be read (%(reason)s). Save it as .xlsx or as CSV and choose it again."),
    ),
    "bad_request": (HTTPStatus.BAD_REQUEST, gettext_noop("The request cannot be read. See its problems.")),
    "bad_word_list": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        gettext_noop("Line %(line)s of the word list cannot be used. Correct it and try again."),
    ),
    "form_refused": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        gettext_noop("This Word form cannot be used. Remove what it does beyond the documented fields and loops."),
    ),
    "font_refused": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        gettext_noop("This is no font that can be used: .otf, .ttf or .ttc, 60 MB at most, and not damaged."),
    ),
    "not_approved": (HTTPStatus.CONFLICT, gettext_noop("The host has to approve the minutes before they are sent.")),
    "objection_open": (HTTPStatus.CONFLICT, gettext_noop("An objection still waits for its answer.")),
    "room_busy": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        gettext_noop("Nothing can be stored just now. What you typed is kept; try again in a moment."),
    ),
    "room_frozen": (
        HTTPStatus.CONFLICT,
        gettext_noop("The record is closed. Offer the change as an amendment, or have the host reopen the meeting."),
    ),
    "room_full": (HTTPStatus.INSUFFICIENT_STORAGE, gettext_noop("This record has reached its largest size.")),
    "unknown_command": (HTTPStatus.BAD_REQUEST, gettext_noop("This is not known here. Reload the page.")),
    "window_closed": (HTTPStatus.CONFLICT, gettext_noop("The time to object is over. Speak to the recorder.")),
    "window_open": (HTTPStatus.CONFLICT, gettext_noop("The time to object has not ended yet.")),
    "csrf": (
        HTTPStatus.FORBIDDEN,
        gettext_noop("This page was open for too long. Go back, reload it, and send it again."),
    ),
    "sign_in": (HTTPStatus.UNAUTHORIZED, gettext_noop("Please sign in first.")),
    "token_refused": (
        HTTPStatus.UNAUTHORIZED,
        gettext_noop("This token is missing, unknown or was taken back. Make one on your profile page."),
    ),
    "method_not_allowed": (
        HTTPStatus.METHOD_NOT_ALLOWED,
        gettext_noop("This address does not answer %(method)s. Go back and use the button on the page."),
    ),
    "unavailable": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        gettext_noop("Nothing can be stored just now, so nothing was changed. Try again in a moment."),
    ),
    "storage_full": (
        HTTPStatus.INSUFFICIENT_STORAGE,
        gettext_noop("The server's disk is full, so nothing was changed. Tell your administrator."),
    ),
    "unreadable": (
        HTTPStatus.BAD_REQUEST,
        gettext_noop("The request cannot be read. Go back, reload the page and try again."),
    ),
    "broken": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        gettext_noop("Something went wrong here. What was saved is safe. Try again, or tell your administrator when."),
    ),
    "body_too_large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        gettext_noop("This is larger than %(limit_mib)s MiB and was not taken. Share a large file as a link instead."),
    ),
    "body_too_slow": (
        HTTPStatus.REQUEST_TIMEOUT,
        gettext_noop("This took too long to arrive and was not taken. Try again with a better connection."),
    ),
}

REASONS: dict[str, str] = {
    "required": gettext_noop("This cannot be empty."),
    "too_long": gettext_noop("This is too long: %(most)s characters at most."),
    "number": gettext_noop("This must be a whole number from %(least)s to %(most)s."),
    "range": gettext_noop("This must lie between %(least)s and %(most)s."),
    "unknown": gettext_noop("This choice does not exist."),
    "person": gettext_noop("This person is not in the directory any more."),
    "department": gettext_noop("This department is not in the directory any more."),
    "date": gettext_noop("This is not a date. Write it like 2026-11-27."),
    "time": gettext_noop("This is not a time. Write it like 14:00."),
    "past": gettext_noop("This lies in the past."),
    "url": gettext_noop("This is not a web address. It begins with https:// or http://."),
    "email": gettext_noop("This is not a mail address."),
    "moment": gettext_noop("This is not a date and time. Write it like 2026-11-27T14:00."),
    "nobody": gettext_noop("Nobody of this name is in the directory: %(name)s."),
    "several": gettext_noop("Several people fit; write the login name of the one you mean: %(names)s."),
    "too_many": gettext_noop("No more than %(most)s are possible."),
    "same": gettext_noop("Nothing has changed."),
    "nothing_chosen": gettext_noop("Choose a file or write a web address."),
    "login": gettext_noop("Letters, digits and . @ + - _ only, without spaces."),
    "loop": gettext_noop("A department cannot lie below itself."),
    "too_deep": gettext_noop("At most %(most)s levels."),
    "slash": gettext_noop("A department's name cannot contain /."),
    "path": gettext_noop("Write the path like Marketing/Brand, without an empty part."),
    "order": gettext_noop("The hours must follow one another without overlapping."),
    "repeated": gettext_noop("This login name stands in row %(row)s already."),
    "left": gettext_noop("This login name belongs to somebody who has left. Take them back first."),
    "head_of_nothing": gettext_noop("Head of which department? The cell beside it is empty."),
    "yes_or_no": gettext_noop("Write yes or leave it empty."),
    "day_line": gettext_noop("Line %(number)s cannot be read: %(line)s. Write 2027-02-05 rest Spring Festival."),
    "wrong_code": gettext_noop("This is not the set-up code. It stands on the server's console."),
    "wrong_password": gettext_noop("This is not your present password."),
    "not_the_same": gettext_noop("The two passwords differ."),
    "password_too_short": gettext_noop("At least %(least)s characters, please."),
    "password_too_common": gettext_noop("Too many people use this password. Choose another."),
    "password_too_similar": gettext_noop("This is too much like your name or login name. Choose another."),
    "unchanged": gettext_noop("This changes nothing."),
    "topic": gettext_noop("This topic is not on the agenda."),
    "not_later": gettext_noop("The new date must be later than the present one."),
    "incomplete": gettext_noop("An action needs a task, an owner, a due date and a word on support."),
    "taken": gettext_noop("This is already in use."),
}


FORM_REASONS: dict[str, str] = {
    "not_word": gettext_noop("This is no Word file (.docx), or it is damaged."),
    "too_large": gettext_noop("The form is too large: 5 MB at most, and 40 MB unpacked."),
    "macros": gettext_noop("The form holds macros. Save it as .docx without them."),
    "external_link": gettext_noop("The form takes something from elsewhere (%(detail)s). Put it into the file itself."),
    "active_content": gettext_noop("The form holds an embedded object or an active field (%(detail)s). Remove it."),
    "syntax": gettext_noop("A field of the form cannot be read: %(detail)s"),
    "forbidden": gettext_noop(
        "The form does more than print fields (%(detail)s). The documentation lists what it may do."
    ),
    "broken": gettext_noop(
        "Filled in, the form would be no valid document. Does a loop begin in a paragraph and end in a table?"
    ),
    "too_slow": gettext_noop("Filling the form takes too long."),
    "too_much_memory": gettext_noop("Filling the form takes too much memory."),
    "failed": gettext_noop("The form could not be filled."),
}
"""Why a company's Word form is refused (``documents.forms``)."""


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return int(WORDS.get(refusal.code, WORDS["refused"])[0])


def words_of(refusal: Refusal) -> str:
    """The sentence for the reader, in the active language; a bad value says what is wrong with it."""
    sentence = WORDS.get(refusal.code, WORDS["refused"])[1]
    reason = REASONS.get(str(refusal.facts.get("reason", "")))
    if refusal.code == "bad_value" and reason:
        sentence = reason
    if refusal.code == "form_refused":
        sentence = FORM_REASONS.get(str(refusal.facts.get("reason", "")), sentence)
        return fill(gettext(sentence), form_words.in_words(refusal.facts))
    facts = upload_words.in_words(refusal.facts) if refusal.code.startswith("upload_") else refusal.facts
    return fill(gettext(sentence), facts)


def fill(sentence: str, facts: Mapping[str, object]) -> str:
    """The sentence with its facts; a missing one leaves its place empty rather than failing."""

    class Lenient(dict[str, object]):
        def __missing__(self, key: str) -> str:
            return ""

    return sentence % Lenient(facts)


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as JSON, as a part for htmx, or as a page."""
    status, text = status_of(refusal), words_of(refusal)
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        body = {"code": refusal.code, "text": text, "facts": dict(refusal.facts)}
        return JsonResponse(body, status=status)
    part = bool(request.headers.get("HX-Request"))
    context = {"refusal": refusal, "text": text, "status": status}
    return render(request, "shell/refusal_part.html" if part else "shell/refusal.html", context, status=status)


class CsrfRefused(Refusal):
    """The form's token does not fit the reader's cookie."""

    code = "csrf"


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's hook for a failed CSRF check."""
    del reason
    return answer(request, CsrfRefused())


class SignInNeeded(Refusal):
    """Nobody is signed in."""

    code = "sign_in"
