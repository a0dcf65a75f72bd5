# SPDX-License-Identifier: Apache-2.0
"""Anything else apprise can reach (Slack, Teams, ntfy ...), where that library is installed (extra ``apprise``).

It tells success or failure and nothing more: no message id, no reason. When it is not installed every message waits.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlsplit

from huiyao.gateways.guard import Blocked, checked
from huiyao.gateways.outcome import Later, Note, Outcome, Refused, Taken

logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it writes whole addresses, secrets and all


def installed() -> bool:
    """Whether the library is there."""
    return find_spec("apprise") is not None


@dataclass(frozen=True, slots=True)
class Service:
    """A service by its apprise address, which holds its secrets. ``inner``: its host may lie in an inner network."""

    url: str
    inner: bool = False

    def send(self, note: Note, at: datetime) -> Outcome:
        """Hand it over. There is no idempotency key: an uncertain outcome may be a message."""
        del at
        if not installed():
            return Refused("not_installed", channel=True)
        host = urlsplit(self.url).hostname or ""
        try:
            checked(host, 443, {host} if self.inner else ())
        except Blocked:
            return Refused("address_refused", channel=True)
        except (OSError, UnicodeError):
            pass  # most addresses have a token where others have a host
        service = import_module("apprise").Apprise()
        if not service.add(self.url):
            return Refused("bad_token", channel=True)
        if service.notify(body=note.text or note.title, title=note.title if note.text else ""):
            return Taken()
        return Later("service_down", uncertain=True)

    def knock(self) -> Later | None:
        """Nothing can be asked without saying something."""
        return None
