# SPDX-License-Identifier: Apache-2.0
"""Late lines taken into the paper: what somebody typed offline and the recorder accepts after closing."""

from collections.abc import Sequence

from huiyao.domain.drafting import Names, Paper, commitment_of
from huiyao.domain.paper import lines_of, with_commitment, with_line, with_text
from huiyao.domain.record import Entry, Kind
from huiyao.domain.refusals import BadValue

Change = tuple[Entry | None, Entry]
"""An entry as it was at closing (None: it was not there) and as it was typed."""


def amended(paper: Paper, changes: Sequence[Change], topics: dict[str, str], names: Names) -> Paper:
    """The paper with the changes in it; ``topics`` gives each entry's topic by entry id.

    A line nobody touched since closing takes the new words; one that reads otherwise by now stays, and the late
    words stand below it as a note. A deletion takes nothing out: the recorder does that by hand.
    """
    for before, after in changes:
        if after.deleted or not after.text.strip():
            continue
        paper = _with(paper, before, after, topics, names)
    return paper


def _with(paper: Paper, before: Entry | None, after: Entry, topics: dict[str, str], names: Names) -> Paper:
    here = lines_of(paper.minutes).get(after.id)
    if before is not None and here is not None and here.text == before.text.strip():
        return with_text(paper, after.id, after.text)
    if here is not None and here.text == after.text.strip():
        return paper
    line = after.id if here is None else f"late-{after.id}"[:64]
    if line in lines_of(paper.minutes):
        return paper
    if here is None and after.kind is Kind.ACTION:
        try:
            return with_commitment(paper, commitment_of(after, 0), names)
        except BadValue:
            pass  # an action with a gap is no action yet: it stands as a note
    kind = str(after.kind) if here is None and after.kind in (Kind.DECISION, Kind.PARKED) else "note"
    known = [topic.id for topic in paper.minutes.topics]
    topic = topics.get(after.id, "")
    if kind == "note" and topic not in known:
        if not known:
            return with_line(paper, line, "parked", after.text)
        topic = known[-1]
    return with_line(paper, line, kind, after.text, topic=topic)
