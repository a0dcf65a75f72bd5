# SPDX-License-Identifier: Apache-2.0
"""Real published minutes against the adjudicated labels; they stay outside the project."""

import re
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from huiyao.language.minutes import Became, read_minutes

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from score_minutes import score_all  # noqa: E402

pytestmark = pytest.mark.material


@pytest.fixture(scope="module")
def folder(material):
    return material / "minutes"


@pytest.fixture(scope="module")
def score(folder):
    return score_all(folder, ROOT / "tests" / "data" / "minutes_labels.jsonl")


def test_actions_are_found_and_nothing_else(score):
    assert score.counts["actions labelled"] > 200
    assert score.ratio("actions right", "actions found") >= 0.9
    assert score.ratio("actions right", "actions labelled") >= 0.9


def test_owners_and_deadlines_are_right(score):
    assert score.ratio("owners right", "owners compared") >= 0.9
    assert score.counts["deadlines compared"] - score.counts["deadlines right"] <= 3


def test_files_without_actions_yield_none(score):
    assert score.counts["files without actions"] >= 10
    assert score.counts["files without actions that yield some"] == 0


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


# labels say what their value is, and the value's place says it afterwards
_LABEL = r"另外追踪|责任人|负责人|责任主体|遗留问题|会议结论|结论|存在问题|问题|解决方案|任务|行动|action|ddl|DDL|和"


def visible(text: str) -> str:
    text = re.sub(r"<[^>]*>", "|", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"https?://\S+", "", text)
    text = re.sub(r"^[^：:]{1,24}[：:]|议题\s*[0-9]+[、，]", "", text)
    return re.sub(r"\*\*|~~|\\|`", "", text)


def lost_runs(read) -> list[tuple[int, str]]:
    said = [*strings(asdict(read.minutes)), *(word for a in read.actions for word in (a.due_text, *a.owners))]
    held = re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]", "", " ".join(said))
    cut = [word for a in read.actions for word in (*a.owners, a.due_text) if word]
    lost = []
    for line in read.lines:
        if line.became in (Became.HEADING, Became.LAYOUT, Became.BLANK):
            continue
        for run in re.split(r"[^0-9A-Za-z\u4e00-\u9fff]+", visible(line.text)):
            pieces = re.split(
                "|".join([_LABEL, r"(?:预计|计划|期望)?(?:完成|解决)(?:时间|日期)?", *map(re.escape, cut)]), run
            )
            if run not in held and not all(piece in held for piece in pieces):
                lost.append((line.number, run))
    return lost


def test_not_one_line_is_lost(folder):
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".md", ".txt") and path.stem != "SOURCES"]
    assert len(files) == 74
    for path in files:
        read = read_minutes(path.read_bytes())
        source = path.read_text("utf-8").split("\n")
        assert [line.text for line in read.lines] == source
        unread = [line for line in read.lines if line.became is Became.BLANK and line.text.strip(" *_\t")]
        assert unread == []
        assert lost_runs(read) == [], path.name


def test_headings_are_only_what_the_vocabulary_knows(folder):
    """A line taken as a section heading carries no text of its own beside the label and its gloss."""
    for path in sorted(folder.glob("*.md")):
        if path.stem == "SOURCES":
            continue
        for line in read_minutes(path.read_bytes()).lines:
            if line.became is Became.HEADING:
                assert len(line.text) < 90 or line.text.lstrip().startswith("|"), (path.name, line.number)
