# SPDX-License-Identifier: Apache-2.0
"""The administrator's settings: policy, organisation, working calendar, mail."""

from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from huiyao.domain.policy import LIMITS, Policy
from huiyao.domain.refusals import BadValue, Conflict
from huiyao.features.calendars.commands.days import clear_day, day_of, read_list, set_days
from huiyao.features.calendars.reads import decided_days, statutory_days
from huiyao.features.organisation.commands.details import change_details
from huiyao.features.organisation.commands.policy import set_policy
from huiyao.features.organisation.reads import (
    find_organisation,
    has_demo_accounts,
    policy_in_force,
    policy_versions,
    working_hours,
    working_weekdays,
)
from huiyao.features.people.commands.trial_mail import send_test_mail
from huiyao.features.people.reads import find_person
from huiyao.flows.check_mail import check_mail
from huiyao.plumbing import messages
from huiyao.web.shell import notice
from huiyao.web.shell.entered import entered, errors_of, number
from huiyao.web.shell.gate import administrator_only
from huiyao.web.shell.mail_words import Trouble, trouble_in_words
from huiyao.web.shell.organisation_form import ZONES, hours_entered, hours_shown
from huiyao.web.shell.policy_words import policy_rows
from huiyao.web.shell.request import Request


@administrator_only
def to_policy(request: Request) -> HttpResponse:
    """The first of the settings."""
    del request
    return redirect("/settings/policy/")


@administrator_only
def policy(request: Request) -> HttpResponse:
    """The figures in force with what each means; saving makes a new version."""
    shown = policy_in_force()
    values: dict[str, object] = dict(asdict(shown.policy))
    if request.method == "GET":
        return _policy_page(request, values, {})
    typed = entered(request, [name for name in LIMITS if name in request.POST])
    working = {"working_time": request.POST.get("working_time", "1") == "1"}
    try:
        set_policy({**typed, **working}, version=number(request), by=request.actor, at=request.at)
    except BadValue as refusal:
        return _policy_page(request, {**values, **typed, **working}, errors_of(refusal), status=422)
    except Conflict as refusal:
        return _policy_page(request, {**values, **typed, **working}, errors_of(refusal), status=409)
    notice.add(request, gettext("Saved. What is running keeps the times it has."))
    return redirect("/settings/policy/")


def _policy_page(
    request: Request, values: dict[str, object], errors: dict[str, str], status: int = 200
) -> HttpResponse:
    organisation = find_organisation()
    context = {
        "groups": policy_rows(values, errors, asdict(Policy())),
        "working_time": values["working_time"],
        "errors": errors,
        "version": policy_in_force().number,
        "versions": policy_versions(limit=6),
        "spans": working_hours(organisation),
        "weekdays": working_weekdays(organisation),
        "zone": organisation.zone if organisation else "Asia/Shanghai",
    }
    return render(request, "shell/policy.html", context, status=status)


@administrator_only
def organisation(request: Request) -> HttpResponse:
    """Name, zone, language, hours and working days."""
    row = find_organisation()
    if row is None:
        return redirect("/first-run/")
    values: dict[str, str] = {"name": row.name, "zone": row.zone, "language": row.language}
    errors: dict[str, str] = {}
    weekdays = [str(day) for day in working_weekdays(row)]
    if request.method == "POST":
        values, weekdays = entered(request, values), request.POST.getlist("weekdays")
        changes = {**values, "hours": hours_entered(request), "weekdays": weekdays}
        try:
            change_details(changes, version=number(request), by=request.actor, at=request.at)
        except (BadValue, Conflict) as refusal:
            errors = errors_of(refusal)
        else:
            notice.add(request, gettext("Saved. What is running keeps the times it has."))
            return redirect("/settings/organisation/")
    context = {
        "values": values,
        "errors": errors,
        "zones": ZONES,
        "version": row.version,
        "spans": hours_shown(request, [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in working_hours(row)]),
        "weekdays": weekdays,
        "demo": has_demo_accounts(),
    }
    return render(request, "shell/organisation.html", context, status=422 if errors else 200)


@administrator_only
def calendar(request: Request) -> HttpResponse:
    """Statutory days as far as published, and the organisation's own; a list can be pasted."""
    text, errors = "", {}
    if request.method == "POST":
        text = request.POST.get("days", "")[:40_000]
        try:
            count = set_days(read_list(text), by=request.actor, at=request.at)
        except BadValue as refusal:
            errors = errors_of(refusal)
        else:
            notice.add(request, gettext("%(n)s days were put into the calendar.") % {"n": count})
            return redirect("/settings/calendar/")
    row = find_organisation()
    published = statutory_days(row.zone if row else "Asia/Shanghai")
    context = {"own": decided_days(), "years": _years(published, request.at.year), "text": text, "errors": errors}
    return render(request, "shell/calendar.html", context, status=422 if errors else 200)


def _years(published: dict[date, bool], this_year: int) -> list[tuple[int, int, int]]:
    """This year and the next: how many days of rest and how many make-up days are known.

    No make-up day means that the notice for that year is not out yet: its days of rest are computed only.
    """
    return [
        (
            year,
            sum(day.year == year and not working for day, working in published.items()),
            sum(day.year == year and working for day, working in published.items()),
        )
        for year in (this_year, this_year + 1)
    ]


@administrator_only
@require_POST
def clear_calendar_day(request: Request, day: str) -> HttpResponse:
    """Take one of the organisation's own days back."""
    clear_day(day_of("day", day), by=request.actor, at=request.at)
    return redirect("/settings/calendar/")


@administrator_only
def mail(request: Request) -> HttpResponse:
    """Whether mail goes out, and how to set it up."""
    trouble: Trouble | None = None
    if request.method == "POST":
        found = check_mail()
        if found is None:
            send_test_mail(request.actor.id, by=request.actor, at=request.at)
            notice.add(request, gettext("The server took us in; the test mail is on its way."))
            return redirect("/outbox/?of=mine")
        trouble = trouble_in_words(found.code, found.detail)
    context = {
        "server": settings.HUIYAO.mail,
        "problem": messages.hold_reason(),
        "base_url": settings.HUIYAO.base_url,
        "counts": messages.counts(),
        "person": find_person(request.actor.id),
        "trouble": trouble,
    }
    return render(request, "shell/mail.html", context, status=422 if trouble else 200)
