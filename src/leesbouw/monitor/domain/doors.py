"""Codes and links: how they are made, read back from what somebody typed, and kept."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

# Read from the back of a classroom: of signs that look alike (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) none is there.
ALPHABET = "3479ACDEFHJKMNPQRTWXY"
CODE_LENGTH = 6  # 21 to the sixth: eighty-five million, for a list that shows nobody's answers
TEAM_LENGTH = 8  # nearly forty thousand million, because behind it stand figures of a school
RECEIPT = re.compile(r"[0-9a-f]{32}", re.ASCII)
LONGEST = 90  # minutes; who left the list open over the weekend tells nothing
END = "end"  # what `at_item` says when the teacher has read the last question


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Somebody who gets a list; a teacher's is about a group."""

    respondent: str
    name: str
    email: str
    group_id: int | None = None


def new_class_code(length: int = CODE_LENGTH) -> str:
    """Signs that say nothing of school or group."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str, length: int = CODE_LENGTH) -> str:
    """The code that somebody meant: any case, with spaces and dashes; empty when it cannot be one."""
    code = re.sub(r"[\s\-.]", "", typed).upper()
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""


def spelled(code: str) -> str:
    """Read aloud, sign by sign in two halves: "K 7 P, Q 4 M"."""
    half = len(code) // 2
    return f"{' '.join(code[:half])}, {' '.join(code[half:])}"


def new_receipt() -> str:
    return secrets.token_hex(16)


def read_receipt(sent: str) -> str | None:
    """The receipt of a list, 128 bits as a device made them; anything else is none."""
    return sent if RECEIPT.fullmatch(sent) else None


def read_minutes(sent: str) -> int | None:
    """Whole minutes as the device counted them; None when it did not."""
    if not re.fullmatch(r"\d{1,6}", sent, re.ASCII):
        return None
    return min(int(sent), LONGEST)
