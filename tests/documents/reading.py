# SPDX-License-Identifier: Apache-2.0
"""Reading finished documents back, with programs that are not those which made them."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader

from huiyao.documents.paper import Paper


def pdf_text(content: bytes) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def flat(text: str) -> str:
    """Without any white space: lines wrap where they like."""
    return "".join(text.split())


def texts_of_paper(paper: Paper) -> Iterator[str]:
    """Every text that a reader must find in a document of this paper."""
    yield from (paper.heading, paper.organisation, paper.version, paper.correction)
    for row in paper.facts:
        for fact in row:
            yield fact.label
            yield from fact.text.split("\n")
    for topic in paper.topics:
        yield from (topic.title, topic.remark)
        for line in topic.lines:
            yield line.lead + line.text
        for block in topic.problems:
            for item in (block.problem, *block.solutions):
                yield from (item.lead, item.text, item.remark)
    for item in (*paper.decisions, *paper.parked_items):
        yield from (item.text, item.remark)
    if paper.action_rows:
        yield from paper.action_header
    for cells in paper.action_rows:
        yield from cells
    sections = (paper.discussion, paper.consensus, paper.actions, paper.plan)
    yield from (section.text for section in sections)
    yield paper.next_plan


def office_pdfs(soffice: str, folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """The texts of files after LibreOffice has opened them and printed them, by name; one start for all."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, folder, *(folder / name for name in files)], check=True, capture_output=True, timeout=240)
    return {name: pdf_text((folder / name).with_suffix(".pdf").read_bytes()) for name in files}
