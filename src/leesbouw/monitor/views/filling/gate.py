"""The door of the lists of the Monitor, which slows down who tries codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from leesbouw.core.gate import Gate

from ...domain.doors import CODE_LENGTH, read_code

Found = TypeVar("Found")
# Back again a second. At two thousand codes in use a guess is right once in forty thousand: a quarter of an hour at this
# pace, for a list that shows nobody's answers. Slower would let whoever keeps guessing shut every class out.
PER_SECOND = 20.0

gate = Gate(PER_SECOND)


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
