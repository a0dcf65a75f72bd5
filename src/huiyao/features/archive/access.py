# SPDX-License-Identifier: Apache-2.0
"""Reaching a filing with permission, or being refused. Absent and forbidden look alike."""

from uuid import UUID

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound
from huiyao.features.archive.models import FiledItem, Filing
from huiyao.features.archive.reads import visible_to
from huiyao.plumbing.ids import is_uuid


def get_filing_for(actor: Actor, filing_id: UUID | str) -> Filing:
    """The filing, for whoever may read its minutes.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    rows = visible_to(actor).select_related("meeting")
    filing = rows.filter(pk=filing_id).first() if is_uuid(str(filing_id)) else None
    if filing is None:
        raise NotFound
    return filing


def get_item_for(actor: Actor, filing_id: UUID | str, item_id: UUID | str) -> FiledItem:
    """One file of a filing.

    Raises:
        NotFound: as for the filing, or it has no such file.
    """
    filing = get_filing_for(actor, filing_id)
    item = FiledItem.objects.filter(filing=filing, pk=item_id).first() if is_uuid(str(item_id)) else None
    if item is None:
        raise NotFound
    return item
