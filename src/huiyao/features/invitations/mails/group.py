# SPDX-License-Identifier: Apache-2.0
"""What a group is told of an invitation: that there is one, when, and where it is read after signing in."""

from datetime import datetime

from django.utils.translation import gettext, override

from huiyao.features.invitations.mails.words import Words
from huiyao.plumbing import formatting


def announced(title: str, starts_at: datetime | None, zone: str, url: str, *, language: str) -> Words:
    """The notice, in the organisation's language."""
    with override(language):
        when = formatting.day_and_time(starts_at, zone, language) if starts_at else ""
        subject = gettext("Invitation sent: %(title)s") % {"title": title}
        return Words(subject, "\n".join(part for part in (when, url) if part))
