"""Rules of visits and hours without a database."""

from .hours import Tally, monday_of, passed, week_code, week_of
from .proposing import Found, Refusal, Rhythm, Slot, Wish, propose, public_holidays, spread

__all__ = [
    "Found",
    "Refusal",
    "Rhythm",
    "Slot",
    "Tally",
    "Wish",
    "monday_of",
    "passed",
    "propose",
    "public_holidays",
    "spread",
    "week_code",
    "week_of",
]
