"""Slows down who tries codes, without keeping anybody's address.

A code that this process does not know yet costs a ticket; when there are none left, nothing is looked up for a moment.
A code that turns out right gives its ticket back and is remembered, so a class that is at work notices nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from ...domain.doors import CODE_LENGTH, read_code

Found = TypeVar("Found")
TICKETS = 60  # wrong codes in a row: two whole classes that mistype
# Back again a second. At two thousand codes in use a guess is right once in forty thousand: a quarter of an hour at this
# pace, for a list that shows nobody's answers. Slower would let whoever keeps guessing shut every class out.
PER_SECOND = 20.0
REMEMBERED = 5000


class Gate:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As when the process starts."""
        self._left, self._at = float(TICKETS), time.monotonic()
        self._right: set[str] = set()

    def lets(self, code: str) -> bool:
        """Whether this code may be looked up now."""
        with self._lock:
            if code in self._right:
                return True
            now = time.monotonic()
            self._left = min(TICKETS, self._left + (now - self._at) * PER_SECOND)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def was_right(self, code: str) -> None:
        with self._lock:
            if code in self._right:
                return
            self._left = min(TICKETS, self._left + 1)
            if len(self._right) >= REMEMBERED:
                self._right.clear()
            self._right.add(code)


gate = Gate()


def look_up(
    typed: str, find: Callable[[str], Found | None], length: int = CODE_LENGTH
) -> tuple[str, Found | None, str]:
    """The code, what stands behind it, and why there is nothing: "unknown" or "busy"."""
    code = read_code(typed, length)
    if not code:
        return "", None, "unknown"
    if not gate.lets(code):
        return code, None, "busy"
    found = find(code)
    if found is None:
        return code, None, "unknown"
    gate.was_right(code)
    return code, found, ""
