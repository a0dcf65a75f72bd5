# SPDX-License-Identifier: Apache-2.0
"""The map of the house: which flow handles which event, which feature has duties, which port has which implementation."""

from huiyao.flows.duties import Sources


def wire() -> None:
    """Connect events to flows and duties to features; called once after Django is set up."""
    Sources.known[:] = []
