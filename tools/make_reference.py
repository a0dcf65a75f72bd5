# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/refusals.md, events.md and api.md from the code; `tests/house` fails when they are stale."""

import importlib
import inspect
import os
import pkgutil
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"


def import_all() -> None:
    """Import every module, so that every refusal and event class exists."""
    package = importlib.import_module("huiyao")
    for module in pkgutil.walk_packages(package.__path__, "huiyao."):
        if ".migrations" not in module.name and not module.name.endswith(("__main__", ".settings", ".asgi")):
            importlib.import_module(module.name)


def family(parent: type) -> set[type]:
    """A class and everything below it."""
    return {parent, *(below for child in parent.__subclasses__() for below in family(child))}


def first_line(thing: object) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def refusals() -> str:
    """Every code with its status and when it comes."""
    refusal = importlib.import_module("huiyao.domain.refusals").Refusal
    words = importlib.import_module("huiyao.web.shell.refusals").WORDS
    found = {c.code: c for c in family(refusal) if c.__module__.startswith("huiyao.")}
    rows = [f"| `{code}` | {int(words[code][0])} | {first_line(found[code])} |" for code in sorted(found)]
    head = "# Refusals\n\nA rule that says no answers with a stable code, a status, words for the reader, and facts.\n"
    return "\n".join([head, "| code | status | when |", "|---|---|---|", *rows, ""])


def events() -> str:
    """Every event with its facts."""
    rows = []
    for path in sorted((ROOT / "src" / "huiyao" / "features").glob("*/events.py")):
        module = importlib.import_module(f"huiyao.features.{path.parent.name}.events")
        for name, event in sorted(vars(module).items()):
            if inspect.isclass(event) and event.__module__ == module.__name__:
                facts = ", ".join(event.__dataclass_fields__)
                rows.append(f"| `{name}` | {path.parent.name} | {facts} | {first_line(event)} |")
    head = (
        "# Events\n\nWritten in the transaction of the change, handled right after it by `flows/` "
        "(see `project/wiring.py`).\n"
    )
    return "\n".join([head, "| event | feature | facts | meaning |", "|---|---|---|---|", *rows, ""])


def api() -> str:
    """Every route of /api/v1."""
    importlib.import_module("huiyao.project.urls")
    schema = importlib.import_module("huiyao.web.api.door").api.get_openapi_schema()
    rows = []
    for path, acts in schema["paths"].items():
        for method, act in acts.items():
            rows.append(f"| `{method.upper()} {path}` | {act.get('description', '').split(chr(10))[0]} |")
    head = (
        "# The API\n\n`Authorization: Bearer TOKEN` with a personal token from your profile page. The full "
        "description is at `/api/v1/openapi.json`. Lists take `limit` (200 at most) and `offset`. Instants are "
        "UTC. Writes of plans name the `version` they read; a conflict answers 409 with both values. "
        "Refusals: [refusals](refusals.md).\n"
    )
    return "\n".join([head, "| route | what it does |", "|---|---|", *rows, ""])


def pages() -> dict[str, str]:
    """File name to text."""
    return {"refusals.md": refusals(), "events.md": events(), "api.md": api()}


def main() -> None:
    """Write the three files."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup(set_prefix=False)
    import_all()
    for name, text in pages().items():
        (REFERENCE / name).write_text(text)


if __name__ == "__main__":
    main()
