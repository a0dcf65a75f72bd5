# SPDX-License-Identifier: Apache-2.0
"""The shape of the code: sizes, names, licence line, docstrings."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "huiyao"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "lib", "stuff"}
MOST_LINES, MOST_FUNCTION_LINES = 350, 60


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_licensed_and_says_what_it_is(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("# SPDX-License-Identifier: Apache-2.0\n")
    assert len(text.splitlines()) <= MOST_LINES, "two ideas: make it a package of the same name"
    assert ast.get_docstring(ast.parse(text)), "a module says what it is for"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_function_is_longer_than_sixty_lines(path: Path) -> None:
    long = {
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in functions(ast.parse(path.read_text()))
        if node.end_lineno is not None and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    }
    assert not long


def test_no_module_has_a_name_that_refuses_nothing() -> None:
    assert not [name(p) for p in SOURCE.rglob("*") if p.stem.strip("_") in FORBIDDEN_NAMES and "assets" not in p.parts]


def test_each_package_says_what_does_not_belong() -> None:
    packages = [p for p in FILES if p.name == "__init__.py" and p.parent.parent == SOURCE]
    short = [name(p) for p in packages if len((ast.get_docstring(ast.parse(p.read_text())) or "").splitlines()) < 3]
    assert not short


def test_small_controllers_stay_small() -> None:
    folder = SOURCE / "web" / "assets" / "controllers"
    assert not [p.name for p in folder.glob("*.js") if len(p.read_text().splitlines()) > 120]


def test_pages_have_no_inline_style_or_script() -> None:
    bad = []
    for page in (SOURCE / "web" / "pages").rglob("*.html"):
        text = page.read_text()
        if " style=" in text or "<style" in text or " onclick=" in text or "<script>" in text:
            bad.append(page.name)
    assert not bad
