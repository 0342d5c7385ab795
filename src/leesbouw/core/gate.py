"""Slows down who tries codes, without keeping anybody's address.

A code that this process does not know yet costs a ticket; when there are none left, nothing is looked up for a moment.
A code that turns out right gives its ticket back and is remembered, so a class that is at work notices nothing.
"""

from __future__ import annotations

import threading
import time

TICKETS = 60  # wrong codes in a row: two whole classes that mistype
REMEMBERED = 5000


class Gate:
    """`per_second`: so many wrong codes are forgiven a second."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
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
            self._left = min(TICKETS, self._left + (now - self._at) * self.per_second)
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
