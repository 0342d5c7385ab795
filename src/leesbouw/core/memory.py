"""What a process that stays keeps in memory."""

from __future__ import annotations

import gc

YOUNG = 10_000  # new objects before the collector looks at them; Python's own 700 is for small programs


def hold() -> None:
    """While a program loads, all that it makes stays: looking for garbage would take a tenth of that time."""
    gc.disable()


def settle() -> None:
    """What was loaded until here stays for good: the collector of garbage need not look at it again and again.

    One look at all of Django takes 40 ms or more, which some page then waits for. Call it once, when all is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
    gc.enable()
