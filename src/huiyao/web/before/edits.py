# SPDX-License-Identifier: Apache-2.0
"""Saving the plan's own fields and roles: one by one from a live page, several at once from a plain form."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from huiyao.domain.editing import FieldWrite
from huiyao.domain.refusals import BadValue, Conflict
from huiyao.domain.rights import Deed
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.commands.fields import CLEAN, RescheduleInstead, set_field
from huiyao.features.meetings.commands.roles import ROLE_FIELDS, set_role
from huiyao.web.before.forms import person_of, version_of, writes_of
from huiyao.web.before.plan import back, page
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request

FIELDS = (*CLEAN, "starts_at")


@require_POST
@signed_in
def save_fields(request: Request, meeting_id: UUID) -> HttpResponse:
    """The fields of one form, all or none."""

    def save() -> int:
        version = version_of(request)
        for write in writes_of(request, FIELDS):
            version = set_field(meeting_id, write, by=request.actor, at=request.at).version
        return version

    return answered(request, meeting_id, save, request.POST.get("section", "objective"))


@require_POST
@signed_in
def save_roles(request: Request, meeting_id: UUID) -> HttpResponse:
    """The roles of one form, all or none."""

    def save() -> int:
        version = version_of(request)
        for role in ROLE_FIELDS:
            if f"was.{role}" in request.POST:
                write = FieldWrite(role, person_of(request, role), request.POST[f"was.{role}"], version_of(request))
                version = set_role(meeting_id, write, by=request.actor, at=request.at).version
        return version

    return answered(request, meeting_id, save, "roles")


def answered(request: Request, meeting_id: UUID, save: Callable[[], int], section: str) -> HttpResponse:
    """Run ``save`` in one transaction: the new version as JSON for a live page, or the plan again.

    A plain form that was refused gets the plan with what was wrong; a live page gets the refusal alone.
    """
    get_meeting_for(request.actor, meeting_id, Deed.EDIT_PLAN)
    live = "application/json" in request.headers.get("Accept", "")
    in_background = live or "HX-Request" in request.headers
    try:
        with transaction.atomic():
            version = save()
    except (Conflict, BadValue, RescheduleInstead) as refusal:
        if in_background:
            raise
        return page(request, get_meeting_for(request.actor, meeting_id), refusal)
    return JsonResponse({"version": version}) if live else back(request, meeting_id, section)
