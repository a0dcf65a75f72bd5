# SPDX-License-Identifier: Apache-2.0
"""The first run: who founds the organisation, then three steps to the first meeting; leaving the demo.

Whoever reaches a fresh server first must not own it: from elsewhere the set-up code of the server's console is asked.
"""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.values import clean_line
from huiyao.features.organisation.commands.details import AlreadyFounded
from huiyao.features.organisation.reads import find_organisation, has_demo_accounts
from huiyao.features.people.reads import directory
from huiyao.flows.first_run import found_everything, is_setup_code
from huiyao.flows.leave_demo import leave_demo
from huiyao.plumbing import messages
from huiyao.web.shell import notice
from huiyao.web.shell.entered import entered, errors_of
from huiyao.web.shell.gate import administrator_only
from huiyao.web.shell.organisation_form import ZONES, hours_entered, hours_shown
from huiyao.web.shell.request import Request, VisitorRequest

LOOPBACK = ("127.0.0.1", "::1", "localhost")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIELDS = ("organisation", "zone", "language", "login", "name", "email", "code")
FORWARDED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")


class Demo:
    """How the demo is loaded; set by ``project.wiring``."""

    load: ClassVar[Callable[[datetime], object] | None] = None


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the reader sits at the server: a loopback peer, no proxy in between, and a loopback name in Host.

    The name keeps out pages elsewhere that point a name of theirs at 127.0.0.1 (DNS rebinding).
    """
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    proxied = any(name in request.headers for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and host in LOOPBACK and not proxied


def first_run(request: VisitorRequest) -> HttpResponse:
    """The founding page; gone for good once there is an organisation."""
    if find_organisation() is not None:
        return redirect("/")
    if request.method == "POST":
        return _found(request)
    values = {"zone": "Asia/Shanghai", "language": request.LANGUAGE_CODE, "name": "", "login": "admin"}
    return _page(request, values, {})


def _found(request: VisitorRequest) -> HttpResponse:
    values = entered(request, FIELDS)
    try:
        _check_code(request, values["code"])
        organisation = {
            "name": clean_line("organisation", values["organisation"], most=120),
            "zone": values["zone"],
            "language": values["language"],
            "hours": hours_entered(request),
        }
        password = request.POST.get("password", "")
        administrator = {field: values[field] for field in ("login", "name", "email")}
        person = found_everything(organisation, {**administrator, "password": password}, at=request.at)
    except BadValue as refusal:
        return _page(request, values, errors_of(refusal), status=422)
    except AlreadyFounded:
        return redirect("/")
    login(request, person, backend=BACKEND)
    return redirect("/welcome/")


def _check_code(request: HttpRequest, code: str) -> None:
    if not from_this_machine(request) and not is_setup_code(code):
        raise BadValue(field="code", reason="wrong_code")


def _page(request: VisitorRequest, values: dict[str, str], errors: dict[str, str], status: int = 200) -> HttpResponse:
    context = {
        "values": values,
        "errors": errors,
        "zones": ZONES,
        "spans": hours_shown(request),
        "needs_code": not from_this_machine(request),
        "demo": _demo_loader(request) is not None,
    }
    return render(request, "shell/first_run.html", context, status=status)


def _demo_loader(request: HttpRequest) -> Callable[[datetime], object] | None:
    """Demo accounts have known passwords: only at the machine itself, on a server nobody else reaches."""
    alone = settings.HUIYAO.host in LOOPBACK and from_this_machine(request)
    return Demo.load if alone else None


@require_POST
def load_demo(request: VisitorRequest) -> HttpResponse:
    """Load the demo instead of founding an organisation."""
    load = _demo_loader(request)
    if load is None:
        raise NotFound
    if find_organisation() is None:
        load(request.at)
    return redirect("/")


@administrator_only
def welcome(request: Request) -> HttpResponse:
    """What is left to do before the first meeting; each step can be taken at any time."""
    context = {
        "people": directory().count(),
        "mail_problem": messages.hold_reason(),
        "organisation": find_organisation(),
    }
    return render(request, "shell/welcome.html", context)


@administrator_only
@require_POST
def leave(request: Request) -> HttpResponse:
    """Erase the demo, when the box that says so was ticked."""
    if not has_demo_accounts():
        raise NotFound
    if request.POST.get("understood") != "yes":
        notice.add(request, gettext("Tick the box first: everything of the demo is erased."), tone="soon")
        return redirect("/settings/organisation/")
    leave_demo(by=request.actor, at=request.at)
    request.session.flush()
    return redirect("/first-run/")
