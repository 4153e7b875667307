"""Somebody writes while others read: `writing.py [SECONDS]`, until it is stopped.

Every SECONDS (2) one action on a task of the race's ledger: an obstacle is opened, the next time it
is resolved. Each moves the head of the log, so everything kept is worked out anew when it is asked
for next.
"""

import os
import random
import signal
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")

import django

django.setup()

from diemcau.delivery.actions import open_obstacle, resolve_obstacle  # noqa: E402
from diemcau.delivery.models import DecidingLevel, Side, SlipReason, Task  # noqa: E402
from diemcau.delivery.obstacles import Hindrance  # noqa: E402
from diemcau.delivery.states import Status  # noqa: E402


def main() -> None:
    """Write until stopped, then say how often that was."""
    between = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    open_tasks = list(
        Task.objects.filter(status=Status.IN_PROGRESS).values_list("pk", flat=True)[:5_000]
    )
    choose, is_stopped, n = random.Random(7), [], 0
    signal.signal(signal.SIGTERM, lambda *_told: is_stopped.append(True))
    hindrance = Hindrance(
        "chờ phía bạn trả lời", SlipReason.PARTNER, Side.PARTNER, DecidingLevel.PARTNER
    )
    stands = None
    while not is_stopped:
        if stands is None:
            stands = open_obstacle(None, task=choose.choice(open_tasks), hindrance=hindrance).pk
        else:
            resolve_obstacle(None, obstacle=stands, how="phía bạn đã trả lời")
            stands = None
        n += 1
        time.sleep(between)
    if stands is not None:
        resolve_obstacle(None, obstacle=stands, how="phía bạn đã trả lời")
    print(f"{n} writes, one every {between:g} s", flush=True)


if __name__ == "__main__":
    main()
