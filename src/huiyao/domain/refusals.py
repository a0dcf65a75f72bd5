# SPDX-License-Identifier: Apache-2.0
"""The base of every refusal: a stable code and facts, no HTTP and no prose.

A refusal is a rule saying no. The edge (``web.shell.refusals``) gives it a status and words in the reader's language;
every code is listed in ``docs/reference/refusals.md``.
"""

from collections.abc import Mapping

Facts = Mapping[str, object]


class Refusal(Exception):
    """A rule says no. ``code`` is stable (API clients match on it), ``facts`` are plain JSON values."""

    code: str = "refused"

    def __init__(self, **facts: object) -> None:
        self.facts: Facts = facts
        super().__init__(self.code, dict(facts))


class NotFound(Refusal):
    """The thing is not there, or the actor may not know that it is: both look alike."""

    code = "not_found"


class NotAllowed(Refusal):
    """The actor may see the thing but not do this with it. Facts: ``deed``."""

    code = "not_allowed"


class Conflict(Refusal):
    """Somebody else saved in between. Facts: ``field``, ``yours``, ``theirs``, ``version``."""

    code = "conflict"


class WrongStage(Refusal):
    """The act does not fit the present state. Facts: ``state``, ``deed``."""

    code = "wrong_stage"


class BadValue(Refusal):
    """A value cannot be used. Facts: ``field``, ``reason`` (a stable word), and what the reason needs."""

    code = "bad_value"
