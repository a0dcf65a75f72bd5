# SPDX-License-Identifier: Apache-2.0
"""Reading the organisation and its policy. Asks for no permission: every signed-in person lives under them."""

from dataclasses import dataclass
from datetime import time

from huiyao.domain.channels import KINDS
from huiyao.domain.policy import Policy
from huiyao.features.organisation.models import Channel, Organisation, PolicyVersion, WordForm
from huiyao.plumbing.ids import Id, is_uuid

DEFAULT_HOURS = [["09:00", "12:00"], ["13:00", "18:00"]]
DEFAULT_WEEKDAYS = [0, 1, 2, 3, 4]


ChannelRow = Channel
"""A channel as pages and flows name its type."""


WordFormRow = WordForm
"""A version of the company's Word form as pages and flows name its type."""


OrganisationRow = Organisation
"""The organisation as pages name its type."""


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The policy with the number clocks keep."""

    number: int
    policy: Policy


def find_organisation() -> Organisation | None:
    """The organisation, or None before the first run is done."""
    return Organisation.objects.first()


def has_demo_accounts() -> bool:
    """Whether accounts with known passwords exist: such a server must not be reachable from elsewhere."""
    return Organisation.objects.filter(demo=True).exists()


def policy_versions(*, limit: int = 20) -> list[PolicyVersion]:
    """The versions of the policy, newest first."""
    return list(PolicyVersion.objects.order_by("-number")[:limit])


def policy_in_force() -> PolicyInForce:
    """The newest policy; the guide's figures (number 0) before anything was set."""
    row = PolicyVersion.objects.order_by("-number").first()
    if row is None:
        return PolicyInForce(0, Policy())
    return PolicyInForce(row.number, Policy(**row.figures))


def working_hours(organisation: Organisation | None) -> tuple[tuple[time, time], ...]:
    """The spans of a working day in local time."""
    spans = (organisation.hours if organisation else None) or DEFAULT_HOURS
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)


def working_weekdays(organisation: Organisation | None) -> frozenset[int]:
    """The working weekdays, Monday = 0."""
    return frozenset((organisation.weekdays if organisation else None) or DEFAULT_WEEKDAYS)


def live_channels() -> list[Channel]:
    """The channels set up, oldest first; those of a kind this version does not know are left out."""
    return list(Channel.objects.filter(removed_at=None, kind__in=list(KINDS)))


def find_channel(channel_id: Id) -> Channel | None:
    """The channel with this id, removed or not."""
    return Channel.objects.filter(pk=channel_id).first() if is_uuid(str(channel_id)) else None


def channel_names() -> dict[str, str]:
    """The name of every channel there is or was, by id as text."""
    return {str(pk): name for pk, name in Channel.objects.values_list("pk", "name")}


def word_forms() -> list[WordForm]:
    """Every version of the company's Word form, newest first."""
    return list(WordForm.objects.all())


def find_word_form(form_id: Id) -> WordForm | None:
    """The version with this id, withdrawn or not."""
    return WordForm.objects.filter(pk=form_id).first() if is_uuid(str(form_id)) else None


def word_form_in_use() -> WordForm | None:
    """The version minutes are printed in; None for the built-in layout."""
    return WordForm.objects.filter(withdrawn_at=None).exclude(used_since=None).first()
