"""Codes that a person reads from a board and types: how they are made, and read back from what was typed."""

from __future__ import annotations

import re
import secrets

# Read from the back of a classroom: of signs that look alike (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) none is there.
ALPHABET = "3479ACDEFHJKMNPQRTWXY"


def new_code(length: int) -> str:
    """Signs that say nothing of what stands behind them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str, length: int) -> str:
    """The code that somebody meant: any case, with spaces and dashes; empty when it cannot be one."""
    code = re.sub(r"[\s\-.]", "", typed).upper()
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""


def spelled(code: str) -> str:
    """Read aloud, sign by sign in two halves: "K 7 P, Q 4 M"."""
    half = len(code) // 2
    return f"{' '.join(code[:half])}, {' '.join(code[half:])}"
