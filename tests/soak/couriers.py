# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.soak.couriers KIND BASE_URL SHIFT_FILE KILLS``: workers forked, fed and killed; prints JSON.

Two workers carry what is put for one channel of KIND (``webhook`` or ``wecom_robot``). Again and again messages are
put, one worker is killed with SIGKILL at a random moment, the clock is moved past its lease, and another one starts.
In the end the rest is carried in peace. Prints the keys of all messages and the state of each.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.core.management import call_command

from tests.fakes.clock import ShiftedClock

FEED = 4
LEASE_SECONDS = 330


def main(kind: str, base_url: str, shift: Path, kills: int) -> None:
    """Run, then print ``{key: [state, error, title]}``."""
    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0, interactive=False)
    from django.db import connections

    from huiyao.domain.actor import Actor
    from huiyao.features.organisation.commands.channels import add_channel
    from huiyao.flows.deliver_channels import deliver_channels
    from huiyao.plumbing import messages
    from huiyao.plumbing.models import Message

    clock, chance = ShiftedClock(shift), random.Random(7)
    told = {"name": "x", "base_url": base_url, "inner": "yes", "token": "key", "secret": os.environ["SOAK_SECRET"]}
    channel = add_channel(kind, told, by=Actor("", "soak", administrator=True), at=clock.now())

    def put(number: int) -> None:
        to = messages.Recipient("", "x")
        name = f"m{number:05}"
        messages.put(key=name, kind="test", to=to, title=name, text="t", at=clock.now(), channel=str(channel.pk))

    def courier() -> int:
        connections.close_all()
        child = os.fork()
        if child:
            return child
        try:
            while True:
                deliver_channels(clock.now(), limit=8)
                time.sleep(0.002)
        finally:
            os._exit(1)

    def move_clock() -> None:
        written = float(shift.read_text() or 0) + LEASE_SECONDS
        fresh = shift.with_suffix(".new")
        fresh.write_text(str(written))
        fresh.replace(shift)

    crew = [courier(), courier()]
    for turn in range(kills):
        for number in range(turn * FEED, (turn + 1) * FEED):
            put(number)
        time.sleep(chance.uniform(0.02, 0.12))
        victim = chance.randrange(2)
        os.kill(crew[victim], signal.SIGKILL)
        os.waitpid(crew[victim], 0)
        move_clock()
        crew[victim] = courier()
    for child in crew:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    connections.close_all()
    now = clock.now() + timedelta(seconds=LEASE_SECONDS)
    for _ in range(2000):
        if not Message.objects.filter(state="waiting").exists():
            break
        deliver_channels(now)
        now += timedelta(seconds=30)
        shift.write_text(str(float(shift.read_text()) + 30))
    rows = Message.objects.values_list("key", "state", "error", "attempts")
    print(json.dumps({key: [state, error, attempts] for key, state, error, attempts in rows}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
