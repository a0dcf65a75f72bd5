# SPDX-License-Identifier: Apache-2.0
"""Who a speaker is, and how long people and departments spoke."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyao.language.folding import fold_letters
from huiyao.language.transcripts.turns import Transcript

_ANONYMOUS = re.compile(r"(?:说话人|发言人|说话者|speaker|unknown|未知)\s?_?\d*", re.IGNORECASE)
_GLOSS = re.compile(r"[（(【\[].*?[)）】\]]|(?:老师|经理|总监|主管|总)$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who may have spoken: ``key`` is the caller's id."""

    key: str
    name: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How much one person or department spoke. ``seconds`` is None where the file has no times.

    ``characters`` always counts what was said without spaces.
    """

    name: str
    turns: int
    characters: int
    seconds: float | None


def match_speakers(names: Iterable[str], people: Iterable[Speaker]) -> dict[str, str | None]:
    """Each name of a transcript to the key of the one person it fits, else None: never a guess between two.

    A numbered speaker (说话人 2) is nobody: the same number in two meetings is not the same person. Names are compared
    without script, width, case, spaces and what stands in brackets; one contained whole in a longer label such as
    ``市场部-name`` also fits.
    """
    known = [(_key(person.name), person.key) for person in people]
    result: dict[str, str | None] = {}
    for name in dict.fromkeys(names):
        wanted = _key(name)
        if not wanted or _ANONYMOUS.fullmatch(name.strip()):
            result[name] = None
            continue
        exact = {key for label, key in known if label == wanted}
        parts = {key for label, key in known if label and label in _pieces(name)}
        found = exact or parts
        result[name] = next(iter(found)) if len(found) == 1 else None
    return result


def _key(name: str) -> str:
    return re.sub(r"[\s·・.]", "", fold_letters(_GLOSS.sub("", name)))


def _pieces(name: str) -> set[str]:
    return {_key(piece) for piece in re.split(r"[-—_/|@（()）\s]+", name) if piece}


def speaking_time(
    transcript: Transcript, names: Mapping[str, str] | None = None, departments: Mapping[str, str] | None = None
) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Shares by person and by department, largest first.

    ``names`` gives the person's name for a speaker's label, ``departments`` the department for that name; who has none
    counts under ''. A last turn without an end counts no seconds.
    """
    persons: dict[str, list[float]] = {}
    groups: dict[str, list[float]] = {}
    timed = any(turn.start is not None for turn in transcript.turns)
    for turn in transcript.turns:
        name = (names or {}).get(turn.speaker, turn.speaker)
        spent = turn.end - turn.start if turn.start is not None and turn.end is not None else 0.0
        said = float(len(re.sub(r"\s", "", turn.text)))
        for table, key in ((persons, name), (groups, (departments or {}).get(name, ""))):
            row = table.setdefault(key, [0.0, 0.0, 0.0])
            row[0] += 1
            row[1] += said
            row[2] += spent
    return _shares(persons, timed=timed), _shares(groups, timed=timed)


def _shares(table: dict[str, list[float]], *, timed: bool) -> tuple[Share, ...]:
    shares = [Share(key, int(row[0]), int(row[1]), round(row[2], 3) if timed else None) for key, row in table.items()]
    return tuple(sorted(shares, key=lambda share: (-(share.seconds or 0.0), -share.characters, share.name)))
