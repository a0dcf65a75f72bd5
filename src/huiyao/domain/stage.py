# SPDX-License-Identifier: Apache-2.0
"""The life of a meeting: its stages and the named acts that move it (``product``: the life of a meeting)."""

from enum import StrEnum

from huiyao.domain.refusals import WrongStage


class Stage(StrEnum):
    """Where a meeting is in its life. The stage of its minutes is a state of the minutes themselves."""

    PREPARING = "preparing"
    INVITED = "invited"
    IN_SESSION = "in_session"
    RECORDED = "recorded"
    FILED = "filed"
    CANCELLED = "cancelled"
    WRITTEN_INSTEAD = "written_instead"


MOVES: dict[str, tuple[frozenset[Stage], Stage]] = {
    "invite": (frozenset({Stage.PREPARING, Stage.INVITED}), Stage.INVITED),
    "start": (frozenset({Stage.PREPARING, Stage.INVITED}), Stage.IN_SESSION),
    "close": (frozenset({Stage.IN_SESSION}), Stage.RECORDED),
    "reopen": (frozenset({Stage.RECORDED}), Stage.IN_SESSION),
    "file": (frozenset({Stage.RECORDED}), Stage.FILED),
    "cancel": (frozenset({Stage.PREPARING, Stage.INVITED}), Stage.CANCELLED),
    "restore": (frozenset({Stage.CANCELLED}), Stage.PREPARING),
    "write_instead": (frozenset({Stage.PREPARING}), Stage.WRITTEN_INSTEAD),
}

PLANNABLE = frozenset({Stage.PREPARING, Stage.INVITED})


def move(stage: Stage, act: str) -> Stage:
    """The stage after ``act``.

    Raises:
        WrongStage: the act does not fit the stage.
    """
    allowed, target = MOVES[act]
    if stage not in allowed:
        raise WrongStage(state=str(stage), deed=act)
    return target
