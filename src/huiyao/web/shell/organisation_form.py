# SPDX-License-Identifier: Apache-2.0
"""The fields of the organisation that the first run and the settings share: zones to choose from, working hours."""

from collections.abc import Sequence

from django.http import HttpRequest

from huiyao.features.organisation.reads import DEFAULT_HOURS

ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Macau",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
    "UTC",
)
SPANS = 3


def hours_entered(request: HttpRequest) -> list[list[str]]:
    """The posted spans; those left empty on both sides are no spans."""
    spans = [
        [request.POST.get(f"opens{n}", "")[:20], request.POST.get(f"closes{n}", "")[:20]] for n in range(1, SPANS + 1)
    ]
    return [span for span in spans if any(part.strip() for part in span)]


def hours_shown(request: HttpRequest, hours: Sequence[Sequence[str]] = DEFAULT_HOURS) -> list[tuple[int, str, str]]:
    """Three rows of the form: what was posted, or the hours in force."""
    spans = hours_entered(request) if request.method == "POST" else hours
    filled = [*spans, *[["", ""]] * SPANS][:SPANS]
    return [(n, opens, closes) for n, (opens, closes) in enumerate(filled, 1)]
