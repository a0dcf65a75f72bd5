# SPDX-License-Identifier: Apache-2.0
"""Setting the policy: each change is a new version, and running clocks remember the one they started under."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.policy import as_figures, changed
from huiyao.domain.refusals import Conflict
from huiyao.features.organisation.models import PolicyVersion
from huiyao.features.organisation.reads import PolicyInForce, policy_in_force
from huiyao.plumbing import audit


@transaction.atomic
def set_policy(figures: Mapping[str, object], *, version: int, by: Actor, at: datetime) -> PolicyInForce:
    """Put changed figures in force as a new version; nothing changed makes none.

    Raises:
        BadValue: a figure cannot be used.
        Conflict: somebody else set the policy since ``version``.
    """
    before = policy_in_force()
    policy = changed(before.policy, figures)
    old, new = as_figures(before.policy), as_figures(policy)
    changes = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if not changes:
        return before
    name = next(iter(changes))
    theirs = Conflict(field=name, yours=new[name], theirs=old[name], version=before.number)
    if before.number != version:
        raise theirs
    row, made = PolicyVersion.objects.get_or_create(
        number=before.number + 1, defaults={"figures": new, "at": at, "by": by.name}
    )
    if not made:
        raise theirs
    audit.record("policy.set", by=by, at=at, subject=row.number, facts=changes)
    return PolicyInForce(row.number, policy)
