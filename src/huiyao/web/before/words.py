# SPDX-License-Identifier: Apache-2.0
"""The words of the plan's choices, in the active language."""

from django.utils.translation import gettext

from huiyao.domain.agenda import Lead
from huiyao.domain.stage import Stage

LANGUAGES = (("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English"))


def occasions() -> list[tuple[str, str]]:
    """What brings departments together (R1)."""
    return [
        ("launch", gettext("New product launch")),
        ("complaint", gettext("Customer complaint")),
        ("alignment", gettext("Annual alignment")),
        ("resources", gettext("Resource coordination")),
        ("other", gettext("Other")),
    ]


def needs() -> list[tuple[str, str]]:
    """How much a department is needed."""
    return [
        ("required", gettext("Required")),
        ("optional", gettext("Optional")),
        ("informed", gettext("Informed")),
    ]


def leads() -> list[tuple[str, str]]:
    """Who leads a topic when no person is named, as the values of the page's field."""
    return [
        (f"role:{Lead.HOST}", gettext("Host")),
        (f"role:{Lead.FACILITATOR}", gettext("Facilitator")),
        (f"role:{Lead.EVERYONE}", gettext("Everyone")),
        (f"role:{Lead.REPRESENTATIVES}", gettext("Representatives")),
    ]


def roles() -> list[tuple[str, str]]:
    """The roles that are named on the plan."""
    return [
        ("host", gettext("Host")),
        ("facilitator", gettext("Facilitator")),
        ("recorder", gettext("Recorder")),
        ("coordinator", gettext("Coordinator")),
    ]


def stages() -> dict[str, tuple[str, str]]:
    """Each stage with its chip's tone."""
    return {
        Stage.PREPARING: (gettext("Preparing"), ""),
        Stage.INVITED: (gettext("Invited"), "now"),
        Stage.IN_SESSION: (gettext("In session"), "soon"),
        Stage.RECORDED: (gettext("Recorded"), "ok"),
        Stage.FILED: (gettext("Filed"), "ok"),
        Stage.CANCELLED: (gettext("Cancelled"), "late"),
        Stage.WRITTEN_INSTEAD: (gettext("Written instead"), ""),
    }


def answers() -> dict[str, tuple[str, str]]:
    """Each reply with its chip's tone."""
    return {
        "pending": (gettext("No reply yet"), ""),
        "accepted": (gettext("Accepted"), "ok"),
        "declined": (gettext("Declined"), "late"),
        "tentative": (gettext("Tentative"), "soon"),
    }
