# SPDX-License-Identifier: Apache-2.0
"""The words of actions in mails, in the recipient's language."""

from django.utils.translation import gettext, override

from huiyao.features.actions.models import Action
from huiyao.features.actions.reads import head_for
from huiyao.plumbing import formatting


def own_line(action: Action, person_id: str, *, language: str) -> str:
    """One line of "what falls to you": a task with its due date, an owner to name, or support to give."""
    with override(language):
        if str(action.person_id or "") == person_id:
            due = formatting.short_day(action.due, language) if action.due else ""
            return gettext("Action %(n)s: %(task)s, due %(due)s") % {
                "n": action.number,
                "task": action.task,
                "due": due,
            }
        if action.person_id is None and str(action.named_by_id or "") == person_id:
            by = formatting.short_day(action.named_by_date, language) if action.named_by_date else ""
            return gettext("Name the owner of action %(n)s (%(task)s) by %(due)s") % {
                "n": action.number,
                "task": action.task,
                "due": by,
            }
        return _support_line(action, person_id, language)


def _support_line(action: Action, person_id: str, language: str) -> str:
    given = [
        s for s in action.supports.all() if s.dropped_at is None and str(s.person_id or head_for(s) or "") == person_id
    ]
    what = "; ".join(s.what for s in given)
    day = next((s.due for s in given if s.due), action.due)
    return gettext("Support action %(n)s (%(task)s): %(what)s, by %(due)s") % {
        "n": action.number,
        "task": action.task,
        "what": what,
        "due": formatting.short_day(day, language) if day else "",
    }
