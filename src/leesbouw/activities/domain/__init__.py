"""Rules of visits and hours without a database."""

from .hours import Tally, monday_of, passed, week_code, week_of
from .outcomes import named, share_of
from .proposing import Found, Map, Place, Refusal, Rhythm, Slot, Wish, propose, public_holidays, spread

__all__ = [
    "Found",
    "Map",
    "Place",
    "Refusal",
    "Rhythm",
    "Slot",
    "Tally",
    "Wish",
    "monday_of",
    "named",
    "passed",
    "propose",
    "public_holidays",
    "share_of",
    "spread",
    "week_code",
    "week_of",
]
