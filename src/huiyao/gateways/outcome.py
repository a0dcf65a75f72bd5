# SPDX-License-Identifier: Apache-2.0
"""What became of handing something to an outside service: taken, to be tried later, or refused.

``code`` is a stable word (``web.shell.channel_words`` gives it sentence and remedy); ``detail`` is what the other side
said, never a secret. ``channel``: the trouble is with the channel or its set-up, not with this message.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """The service took it. ``reference`` is its own id of it; ``unsettled``: ask ``result_of`` whether it arrived."""

    reference: str = ""
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Not now. ``retry_after`` in seconds, where the service says; ``uncertain``: it may have arrived all the same."""

    code: str
    detail: str = ""
    retry_after: float = 0
    channel: bool = True
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Trying again as it is cannot help."""

    code: str
    detail: str = ""
    channel: bool = False


Outcome = Taken | Later | Refused


class Stopped(Exception):
    """Carries an outcome that is not ``Taken`` up to the client's edge; never leaves ``gateways``."""

    def __init__(self, outcome: Later | Refused) -> None:
        self.outcome = outcome
        super().__init__(outcome.code)


@dataclass(frozen=True, slots=True)
class Note:
    """One message for a chat. ``id`` is the same at every attempt; ``url`` is kept when the text must be cut.

    ``mentions`` are vendor ids or mobile numbers of those to be called by name; ``everybody`` calls the whole group.
    ``file``, a name and its content, goes instead of the text where the service takes files.
    """

    id: str
    title: str
    text: str
    url: str = ""
    mentions: tuple[str, ...] = ()
    mobiles: tuple[str, ...] = ()
    everybody: bool = False
    file: tuple[str, bytes] | None = None

    @property
    def whole(self) -> str:
        """Title and text as one."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text


def cut(text: str, most: int, url: str = "") -> str:
    """``text`` within ``most`` bytes of UTF-8, no character cut in two; what is dropped is marked by … and the link."""
    if len(text.encode()) <= most:
        return text
    tail = f"…\n{url}" if url else "…"
    room = most - len(tail.encode())
    if room < 0:
        return text.encode()[:most].decode(errors="ignore")
    return text.encode()[:room].decode(errors="ignore").rstrip() + tail
