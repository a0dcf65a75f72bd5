# SPDX-License-Identifier: Apache-2.0
"""What a form may do: print fields, loop over lists, ask whether something is there. Nothing is called, ever.

A template engine's default rendering of an uploaded file is remote code execution, and its own sandbox still lets
a form call methods of what it is given. So a form that holds anything but the few nodes below is refused before it
runs, and what runs reaches dictionary keys and list places only.
"""

from collections.abc import Iterator

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS = frozenset(
    {
        "upper",
        "lower",
        "trim",
        "default",
        "d",
        "join",
        "length",
        "count",
        "replace",
        "first",
        "last",
        "round",
        "escape",
        "e",
    }
)
TESTS = frozenset({"defined", "undefined", "none", "odd", "even", "equalto", "eq", "==", "ne", "!=", "in", "string"})
LOOP_NAMES = frozenset({"index", "index0", "first", "last", "length", "revindex", "revindex0"})
MOST_NESTED_LOOPS = 4
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem),
    *(nodes.For, nodes.If, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.List, nodes.Tuple),
    *(nodes.Keyword, nodes.Add, nodes.Sub, nodes.Neg),
)


class Blank(Undefined):
    """A field that is not there prints as nothing; whoever made it asks ``FormEnvironment.unknown`` afterwards."""

    def __getattr__(self, name: str) -> "Blank":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name: object) -> "Blank":  # type: ignore[override]
        return self


class FormEnvironment(ImmutableSandboxedEnvironment):
    """The one environment in which forms are read and filled."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Blank, loader=None, cache_size=0)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.used: set[str] = set()
        self.unknown: set[str] = set()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for reason in _forbidden(tree, 0):
            raise SecurityError(reason)
        self.used |= find_undeclared_variables(tree)
        return tree

    def is_safe_callable(self, obj: object) -> bool:
        """Nothing may be called."""
        del obj
        return False

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Only the counters of a loop are attributes; fields are keys."""
        del value
        return isinstance(obj, LoopContext) and attr in LOOP_NAMES

    def getattr(self, obj: object, attribute: str) -> object:
        """A key of a row, or a counter of a loop."""
        if isinstance(obj, LoopContext) and attribute in LOOP_NAMES:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """A key of a row or a place in a list; anything else is blank and remembered as unknown."""
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        if isinstance(argument, str) and argument.startswith("_"):
            raise SecurityError(argument)
        if not isinstance(obj, Blank):
            self.unknown.add(str(argument))
        return Blank(name=str(argument))

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """Adding and subtracting whole numbers, for row numbers; no text grows by arithmetic."""
        del context
        if operator in {"+", "-"} and type(left) is int and type(right) is int:
            return left + right if operator == "+" else left - right
        raise SecurityError(operator)


def _forbidden(node: nodes.Node, loops: int) -> Iterator[str]:
    """What in this tree a form may not hold, in reading order."""
    if not isinstance(node, _ALLOWED):
        yield type(node).__name__.lower()
    elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
        yield f"|{node.name}"
    elif isinstance(node, nodes.Test) and node.name not in TESTS:
        yield f"is {node.name}"
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        yield f".{node.attr}"
    elif isinstance(node, nodes.Name) and node.name.startswith("_"):
        yield node.name
    loops += isinstance(node, nodes.For)
    if loops > MOST_NESTED_LOOPS or (isinstance(node, nodes.For) and node.recursive):
        yield "for"
    for child in node.iter_child_nodes():
        yield from _forbidden(child, loops)
