# SPDX-License-Identifier: Apache-2.0
"""Every setting, refusal code, event, verb and API route is documented."""

import inspect
import re
from pathlib import Path

from huiyao.domain.refusals import Refusal
from huiyao.project import commandline, environment
from huiyao.web.shell import refusals
from tools import make_reference

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def written(name: str) -> str:
    return (REFERENCE / name).read_text()


def subclasses(parent: type) -> set[type]:
    return {parent, *(c for child in parent.__subclasses__() for c in subclasses(child))}


def codes() -> set[str]:
    make_reference.import_all()
    return {c.code for c in subclasses(Refusal) if c.__module__.startswith("huiyao.")}


def test_every_refusal_has_words_and_a_status() -> None:
    assert not codes() - set(refusals.WORDS)


def test_the_reference_of_refusals_events_and_routes_is_up_to_date() -> None:
    make_reference.import_all()
    stale = {name for name, text in make_reference.pages().items() if written(name) != text}
    assert not stale, "run `python tools/make_reference.py`"


def test_every_setting_is_in_the_reference() -> None:
    source = inspect.getsource(environment)
    names = set(re.findall(r"HUIYAO_[A-Z_]+", source))
    text = written("settings.md")
    assert not {name for name in names if f"`{name}`" not in text}


def test_every_verb_is_in_the_reference() -> None:
    text = written("command-line.md")
    assert not {verb for verb in commandline.VERBS if f"huiyao {verb}" not in text}


def test_the_project_speaks_of_the_product_only() -> None:
    words = re.compile(r"\b(issue #?\d+|pypi\.org|npmjs\.(org|com)|/work/|prompt engineering)\b", re.IGNORECASE)
    bad = []
    for folder in ("src", "docs", "news", "frontend/src", "bench", "tools"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".ts", ".js", ".html", ".toml"} and "vendor" not in path.parts:
                bad += [f"{path.relative_to(ROOT)}: {m[0]}" for m in words.finditer(path.read_text())]
    assert not bad
