"""Codes and links: how they are made, read back from what somebody typed, and kept."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from leesbouw.core import codes
from leesbouw.core.codes import ALPHABET, spelled

CODE_LENGTH = 6  # 21 to the sixth: eighty-five million, for a list that shows nobody's answers
TEAM_LENGTH = 8  # nearly forty thousand million, because behind it stand figures of a school
RECEIPT = re.compile(r"[0-9a-f]{32}", re.ASCII)
LONGEST = 90  # minutes; who left the list open over the weekend tells nothing
END = "end"  # what `at_item` says when the teacher has read the last question


__all__ = [
    "ALPHABET",
    "CODE_LENGTH",
    "END",
    "TEAM_LENGTH",
    "LinkRow",
    "new_class_code",
    "new_receipt",
    "read_code",
    "read_minutes",
    "read_receipt",
    "spelled",
]


def new_class_code(length: int = CODE_LENGTH) -> str:
    """Signs that say nothing of school or group."""
    return codes.new_code(length)


def read_code(typed: str, length: int = CODE_LENGTH) -> str:
    """The code that somebody meant; empty when it cannot be one."""
    return codes.read_code(typed, length)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Somebody who gets a list; a teacher's is about a group."""

    respondent: str
    name: str
    email: str
    group_id: int | None = None


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
