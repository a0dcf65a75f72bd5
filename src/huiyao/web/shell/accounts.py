# SPDX-License-Identifier: Apache-2.0
"""Signing in by login name and password, setting a password by link, and one's own profile. No open sign-up."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue
from huiyao.features.people.commands import accounts, own_messages, persons, tokens
from huiyao.features.people.reads import actor_of, find_by_login, find_person, live_tokens
from huiyao.plumbing import audit, clock
from huiyao.web.shell import notice
from huiyao.web.shell.entered import errors_of
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.organisation_form import ZONES
from huiyao.web.shell.request import Request, VisitorRequest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LOCKED_OUT = "too_many_login_attempts"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What django-allauth may do here: sign in and out. Nothing else."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        LOCKED_OUT: gettext_lazy(
            "Too many wrong passwords for this login name. Wait five minutes, or ask your administrator for a link "
            "to set a new one."
        ),
        "username_password_mismatch": gettext_lazy(
            "Login name and password do not match. After five wrong tries the login name is locked for five minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: mail goes through the outbox, in the transaction of the act it tells of."""

    def add_message(self, *_arguments: Any, **_named: Any) -> None:
        """Nothing: our pages say themselves what happened."""

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        """Note who came in."""
        audit.record("account.signed_in", by=actor_of(user), at=clock.now(), subject=user.pk)
        response: HttpResponse = super().post_login(request, user, **named)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password; a login name nobody has is not kept, since people type passwords there."""
        person = find_by_login(str(credentials.get("username", ""))[:80])
        if person is not None:
            by = Actor(id="", name=person.login)
            audit.record("account.sign_in_failed", by=by, at=clock.now(), subject=person.pk)


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's sign-in with a proper status when it is refused."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """422 for a wrong pair, 429 when the login name is locked."""
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 429 if LOCKED_OUT in codes else 422
        return response


@sensitive_post_parameters("password")
def by_link(request: VisitorRequest, purpose: str, token: str) -> HttpResponse:
    """Set a password by signed link: GET shows whose it is and changes nothing, POST sets it and signs in."""
    person = accounts.open_account_link(token, purpose=purpose, at=request.at)
    errors: dict[str, str] = {}
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            _check_same(password, request.POST.get("again", ""))
            person = accounts.set_password_by_link(token, password, purpose=purpose, at=request.at)
        except BadValue as refusal:
            errors = errors_of(refusal)
        else:
            login(request, person, backend=BACKEND)
            audit.record("account.signed_in", by=actor_of(person), at=request.at, subject=person.pk)
            notice.add(request, gettext("Your password is set and you are signed in."))
            return redirect("/")
    context = {"person": person, "errors": errors, "first": purpose == accounts.INVITE}
    response = render(request, "account/set_password.html", context, status=422 if errors else 200)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return response


def _check_same(password: str, again: str) -> None:
    if password != again:
        raise BadValue(field="again", reason="not_the_same")


@signed_in
def profile(request: Request) -> HttpResponse:
    """One's own language, password and tokens."""
    return _profile(request)


def _profile(
    request: Request, errors: dict[str, str] | None = None, token: str = "", zone: str | None = None
) -> HttpResponse:
    person = find_person(request.actor.id)
    context = {
        "person": person,
        "zone": zone if zone is not None else person.zone if person else "",
        "tokens": live_tokens(request.actor.id),
        "errors": errors or {},
        "token": token,
        "zones": ZONES,
    }
    return render(request, "account/profile.html", context, status=422 if errors else 200)


@signed_in
@require_POST
def set_language(request: Request) -> HttpResponse:
    """Choose the language of one's pages and messages."""
    language = request.POST.get("language", "")
    persons.set_language(request.actor.id, language, by=request.actor, at=request.at)
    return redirect("/profile/")


@signed_in
@require_POST
def set_zone(request: Request) -> HttpResponse:
    """Choose the zone one lives in: times in messages, night and rest days follow it."""
    zone = request.POST.get("zone", "").strip()[:60]
    try:
        own_messages.set_zone(request.actor.id, zone, by=request.actor, at=request.at)
    except BadValue as refusal:
        return _profile(request, errors_of(refusal), zone=zone)
    notice.add(request, gettext("Saved."))
    return redirect("/profile/")


@sensitive_post_parameters("old", "password")
@signed_in
@require_POST
def change_password(request: Request) -> HttpResponse:
    """Change one's own password; this session goes on, others end."""
    old, new = request.POST.get("old", ""), request.POST.get("password", "")
    try:
        person = accounts.change_password(request.actor.id, old, new, by=request.actor, at=request.at)
    except BadValue as refusal:
        return _profile(request, errors_of(refusal))
    update_session_auth_hash(request, person)
    notice.add(request, gettext("Your password is changed; other devices are signed out."))
    return redirect("/profile/")


@signed_in
@require_POST
def make_token(request: Request) -> HttpResponse:
    """A new token, shown this once on the answer itself."""
    try:
        token = tokens.make_token(request.actor.id, request.POST.get("name", ""), by=request.actor, at=request.at)
    except BadValue as refusal:
        return _profile(request, {"token": errors_of(refusal)["name"]})
    return _profile(request, token=token)


@signed_in
@require_POST
def revoke_token(request: Request, token_id: str) -> HttpResponse:
    """Take one of one's own tokens back."""
    tokens.revoke_token(request.actor.id, token_id, by=request.actor, at=request.at)
    notice.add(request, gettext("The token no longer works."))
    return redirect("/profile/")
