# SPDX-License-Identifier: Apache-2.0
"""What goes along with circulated minutes: the Word file in the company's own form, where one is in use.

If the form cannot be filled, the built-in layout goes along, and recorder and administrators are told.
"""

import io
from datetime import datetime

from django.conf import settings

from huiyao.documents.exports import Format
from huiyao.documents.states import PaperState
from huiyao.domain.filing import filing_name
from huiyao.features.minutes.duties import writer_of
from huiyao.features.minutes.reads import CirculationRow, paper_in
from huiyao.features.organisation.mails import form_failed
from huiyao.features.organisation.reads import WordFormRow, find_organisation, word_form_in_use
from huiyao.features.people.reads import PersonRow, find_person, live_persons, recipient_of
from huiyao.flows.minutes_file import printed
from huiyao.flows.on_minutes_final import day_of
from huiyao.plumbing import files, messages
from huiyao.plumbing.messages import Attachment


def enclosed(circulation: CirculationRow, at: datetime) -> list[Attachment]:
    """The files to send along; none while the built-in layout is in use."""
    if word_form_in_use() is None:
        return []
    meeting = circulation.minutes.meeting
    stem = filing_name(day_of(meeting, at), meeting.title)
    made = printed(paper_in(circulation.version).minutes, PaperState.CIRCULATED, Format.DOCX, stem=stem, at=at)
    if made.failed is not None:
        _tell(circulation, made.failed, at)
    document = made.document
    stored = files.store(io.BytesIO(document.content), at=at)
    return [Attachment(document.name, stored.sha256, document.media_type)]


def _tell(circulation: CirculationRow, form: WordFormRow, at: datetime) -> None:
    """Recorder and administrators, each once for this circulation."""
    meeting = circulation.minutes.meeting
    administrators = {str(person.pk): person for person in live_persons().filter(administrator=True)}
    writer = find_person(writer_of(meeting))
    told: dict[str, PersonRow] = {**({str(writer.pk): writer} if writer else {}), **administrators}
    organisation = find_organisation()
    for key, person in told.items():
        language = person.language or (organisation.language if organisation else settings.LANGUAGE_CODE)
        url = f"{settings.HUIYAO.base_url}/settings/word-form/" if key in administrators else ""
        mail = form_failed(meeting.title, form.number, url, language=language)
        messages.put(
            key=f"word-form:{circulation.pk}:{key}",
            kind="review",
            to=recipient_of(person),
            title=mail.title,
            text=mail.text,
            context=meeting.pk,
            at=at,
        )
