# SPDX-License-Identifier: Apache-2.0
"""Scores the reading of minutes against the adjudicated labels and prints counts.

    PYTHONPATH=src python tools/score_minutes.py [DATA_DIR] [LABELS] [-v]

DATA_DIR holds the minutes (default: $HUIYAO_TESTDATA/minutes, else ../shared/data/minutes). A label gives file, line,
kind, owners as character ranges of the line, and the deadline (a date, or wording that cannot be a date).

Counted: an action found on the line of a labelled action is right; several on one line are paired by owner and
deadline. ``unclear`` and ``repeat`` lines count neither way. Owners are compared over the pairs as sets of names. A
deadline is right when the date is the same, or none is given where none (or only wording) is expected. An empty line
list of a file means that every line became something.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from huiyao.language.minutes import Became, ReadAction, ReadMinutes, read_minutes

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Label:
    """One adjudicated label with the owners' names read from the source line."""

    file: str
    line: int
    kind: str
    owners: frozenset[str]
    deadline: str | None


@dataclass
class Score:
    """Counts over all files; ``misses`` are the lines a person would look at."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def ratio(self, part: str, whole: str) -> float:
        """A ratio of two counts, 1 where there was nothing to count."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0


def load_labels(path: Path, data: Path) -> dict[str, list[Label]]:
    """The labels by file."""
    found: dict[str, list[Label]] = defaultdict(list)
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        line = (data / row["file"]).read_text("utf-8").split("\n")[row["line"] - 1]
        owners = frozenset(line[start:end] for start, end in row["owners"])
        found[row["file"]].append(Label(row["file"], row["line"], row["kind"], owners, row["deadline"]))
    return found


def same_deadline(label: Label, action: ReadAction) -> bool:
    """Dates must be equal; where only wording is expected no date may be invented."""
    if label.deadline and label.deadline[:4].isdigit():
        return action.due is not None and action.due.isoformat() == label.deadline
    return action.due is None


def score_file(name: str, labels: list[Label], read: ReadMinutes, score: Score) -> None:
    """Adds one file to the score."""
    by_line: dict[int, list[ReadAction]] = defaultdict(list)
    for action in read.actions:
        by_line[action.line].append(action)
    ignored = {label.line: 0 for label in labels}
    for label in labels:
        ignored[label.line] += label.kind in ("unclear", "repeat")
    wanted: dict[int, list[Label]] = defaultdict(list)
    for label in labels:
        if label.kind == "action":
            wanted[label.line].append(label)
    score.counts["conclusions labelled"] += sum(label.kind == "conclusion" for label in labels)
    kept = {line.number for line in read.lines if line.became in (Became.DECISION, Became.ACTION)}
    score.counts["conclusions found"] += sum(label.kind == "conclusion" and label.line in kept for label in labels)
    if not wanted and read.actions and not all(ignored.get(a.line) for a in read.actions):
        score.counts["files without actions that yield some"] += 1
    score.counts["files without actions"] += not wanted
    for line in sorted({*wanted, *by_line}):
        _score_line((name, line), wanted[line], list(by_line[line]), ignored.get(line, 0), score)


def _score_line(place: tuple[str, int], labels: list[Label], found: list[ReadAction], free: int, score: Score) -> None:
    counts = score.counts
    name, line = place
    pairs: list[tuple[Label, ReadAction]] = []
    left = list(labels)
    for exact in (2, 1, 0):
        for label in list(left):
            for action in found:
                alike = (label.owners == frozenset(action.owners)) + same_deadline(label, action)
                if alike >= exact:
                    pairs.append((label, action))
                    left.remove(label)
                    found.remove(action)
                    break
    counts["actions labelled"] += len(labels)
    counts["actions right"] += len(pairs)
    counts["actions missed"] += len(left)
    extra = max(0, len(found) - free)
    counts["actions too many"] += extra
    counts["actions found"] += len(pairs) + extra
    score.misses += [f"missed  {name}:{line}  {sorted(label.owners)}" for label in left]
    score.misses += [f"extra   {name}:{line}  [{a.how}] {a.task[:60]}" for a in found[free:]]
    for label, action in pairs:
        right = label.owners == frozenset(action.owners)
        counts["owners compared"] += 1
        counts["owners right"] += right
        counts["deadlines compared"] += 1
        counts["deadlines labelled"] += label.deadline is not None
        counts["deadlines right"] += same_deadline(label, action)
        if not right:
            score.misses.append(
                f"owners  {name}:{line}  {sorted(label.owners)} but {list(action.owners)}: {action.task[:50]}"
            )
        if not same_deadline(label, action):
            score.misses.append(f"due     {name}:{line}  {label.deadline} but {action.due} ({action.due_text})")


def score_all(data: Path, labels: Path) -> Score:
    """Every file of the data."""
    score = Score()
    found = load_labels(labels, data)
    for path in sorted([*data.glob("*.md"), *data.glob("*.txt")]):
        if path.name == "SOURCES.md":
            continue
        read = read_minutes(path.read_bytes())
        score.counts["files"] += 1
        source = path.read_text("utf-8").split("\n")
        score.counts["lines"] += sum(bool(line.strip()) for line in source)
        score.counts["lines lost"] += sum(
            bool(line.text.strip()) and line.became is Became.BLANK and bool(line.text.strip(" *_"))
            for line in read.lines
        )
        score_file(path.name, found.get(path.name, []), read, score)
    return score


def main() -> int:
    """Prints the counts; ``-v`` also each miss."""
    arguments = [argument for argument in sys.argv[1:] if argument != "-v"]
    default = Path(os.environ.get("HUIYAO_TESTDATA", ROOT.parent / "shared" / "data")) / "minutes"
    data = Path(arguments[0]) if arguments else default
    labels = Path(arguments[1]) if len(arguments) > 1 else ROOT / "tests" / "data" / "minutes_labels.jsonl"
    score = score_all(data, labels)
    for name in sorted(score.counts):
        print(f"{name:40} {score.counts[name]:6}")
    print(f"{'precision of actions':40} {score.ratio('actions right', 'actions found'):6.3f}")
    print(f"{'recall of actions':40} {score.ratio('actions right', 'actions labelled'):6.3f}")
    print(f"{'owners':40} {score.ratio('owners right', 'owners compared'):6.3f}")
    wrong = score.counts["deadlines compared"] - score.counts["deadlines right"]
    print(f"{'deadlines wrong':40} {wrong:6}")
    if "-v" in sys.argv:
        print("\n".join(score.misses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
