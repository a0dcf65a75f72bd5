# SPDX-License-Identifier: Apache-2.0
"""The paper: plain text blocks in reading order. Texts may hold line breaks; nothing is markup."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled cell of the base table."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line with what stands before it (number, department, kind) and a remark after it (the outcome)."""

    lead: str
    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ProblemBlock:
    """Problem n and its solutions (R95)."""

    problem: Item
    solutions: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """A numbered topic with lead and minutes (R93), its lines (R94) and problems. No number: other notes."""

    number: str
    title: str
    remark: str
    lines: tuple[Item, ...]
    problems: tuple[ProblemBlock, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its ordinal."""

    ordinal: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. ``facts`` are rows of one or two cells; ``none`` is what an empty section prints."""

    language: str
    html_language: str
    heading: str
    organisation: str
    name: str
    running: str
    state: str
    seal: tuple[str, ...]
    version: str
    correction: str
    facts: tuple[tuple[Fact, ...], ...]
    discussion: Section
    topics: tuple[TopicBlock, ...]
    consensus: Section
    decisions: tuple[Item, ...]
    actions: Section
    action_header: tuple[str, ...]
    action_rows: tuple[tuple[str, ...], ...]
    plan: Section
    next_plan: str
    parked: Section | None
    parked_items: tuple[Item, ...]
    none: str
    people: str
    page: str
