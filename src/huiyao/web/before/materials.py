# SPDX-License-Identifier: Apache-2.0
"""The materials of a plan: files and links, fetched by whoever may see the plan."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.rights import Deed
from huiyao.features.agenda.commands import materials
from huiyao.features.agenda.reads import find_material
from huiyao.features.meetings.access import get_meeting_for
from huiyao.plumbing.ids import Id
from huiyao.web.before.edits import answered
from huiyao.web.shell import files, notice
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request


@require_POST
@signed_in
def add(request: Request, meeting_id: UUID) -> HttpResponse:
    """A file, several files, or a link."""

    def save() -> int:
        topic = request.POST.get("topic", "")
        uploads = [f for f in request.FILES.getlist("file") if isinstance(f, UploadedFile)]
        for upload in uploads:
            if upload.file is not None:
                materials.add_file(
                    meeting_id, upload.file, upload.name or "", topic_id=topic, by=request.actor, at=request.at
                )
        url = request.POST.get("url", "").strip()
        if url:
            name = request.POST.get("name", "")
            materials.add_link(meeting_id, url, name=name, topic_id=topic, by=request.actor, at=request.at)
        elif not uploads:
            raise BadValue(field="file", reason="nothing_chosen")
        return 0

    return answered(request, meeting_id, save, "materials")


@require_GET
@signed_in
def fetch(request: Request, meeting_id: UUID, material_id: UUID) -> HttpResponse:
    """A file, as an attachment; a link is never followed from here."""
    get_meeting_for(request.actor, meeting_id, Deed.SEE_PLAN)
    return sent(meeting_id, material_id)


def sent(meeting_id: Id, material_id: Id) -> HttpResponse:
    """The file of a material.

    Raises:
        NotFound: it is not on the list, or is a link.
    """
    material = find_material(meeting_id, material_id)
    if material is None or not material.sha256:
        raise NotFound
    return files.send(material.sha256, material.name)


@require_POST
@signed_in
def remove(request: Request, meeting_id: UUID, material_id: UUID) -> HttpResponse:
    """A material leaves the list; the notice offers to bring it back."""

    def save() -> int:
        material = materials.remove_material(meeting_id, material_id, by=request.actor, at=request.at)
        text = gettext("“%(name)s” was removed") % {"name": material.name}
        notice.add(request, text, undo=reverse("plan_material_restore", args=(meeting_id, material_id)))
        return 0

    return answered(request, meeting_id, save, "materials")


@require_POST
@signed_in
def restore(request: Request, meeting_id: UUID, material_id: UUID) -> HttpResponse:
    """A material that was removed comes back."""

    def save() -> int:
        materials.bring_back_material(meeting_id, material_id, by=request.actor, at=request.at)
        return 0

    return answered(request, meeting_id, save, "materials")
