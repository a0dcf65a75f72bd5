# SPDX-License-Identifier: Apache-2.0
"""What a room refuses to those who write through ``registry.submit``."""

from huiyao.domain.refusals import Refusal


class RoomFrozen(Refusal):
    """The record is closed; a change goes in as an amendment or after reopening."""

    code = "room_frozen"


class RoomBusy(Refusal):
    """The room cannot store anything just now (the database is locked, full or away). Nothing was changed."""

    code = "room_busy"


class RoomFull(Refusal):
    """The room has reached its size. Facts: ``limit``."""

    code = "room_full"
