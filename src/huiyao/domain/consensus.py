# SPDX-License-Identifier: Apache-2.0
"""A consensus call: each seat agrees, reserves or objects, and what follows from their answers (R49)."""

from enum import StrEnum


class Agreement(StrEnum):
    """What one seat says."""

    AGREE = "agree"
    RESERVE = "reserve"
    OBJECT = "object"


class Outcome(StrEnum):
    """What a call came to."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    NOT_REACHED = "not_reached"
