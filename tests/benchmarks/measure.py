"""What benches share: a migrated scratch database, a clock, and the one line they print."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any


def start() -> None:
    """Django on the scratch folder that the runner made, migrated, with content."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from leesbouw.core import content, memory

    if "leesbouw-bench-" not in str(settings.DATA_FOLDER):
        sys.exit("a bench runs on a scratch database: make bench")
    call_command("migrate", verbosity=0, interactive=False)
    content.load_all()
    memory.settle()


def calibration() -> float:
    """Milliseconds that a plain loop of 200,000 steps takes here; the best of five."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        total = 0
        for number in range(200_000):
            total += number
        best = min(best, time.perf_counter() - began)
    return round(best * 1000, 2)


def say(what: str, figure: float, unit: str, on: str, **more: Any) -> None:
    from django.db import connection

    line = {"what": what, "figure": round(figure, 2), "unit": unit, "on": on, "database": connection.vendor}
    print(json.dumps({**line, **more, "calibration_ms": calibration()}), flush=True)


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spread(work: Callable[[], Any], times: int = 40, warm: int = 3) -> tuple[float, float]:
    """Median and 95th percentile of a piece of work, in milliseconds."""
    for _ in range(warm):
        work()
    figures = sorted(seconds(work) * 1000 for _ in range(times))
    return statistics.median(figures), figures[min(len(figures) - 1, int(len(figures) * 0.95))]
