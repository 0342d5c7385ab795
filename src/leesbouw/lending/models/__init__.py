"""Lending: the rules of a school, its cards and desks, what is lent to whom, and what somebody waits for."""

from .cards import Card
from .desks import DeskDevice, DeskSurprise, DeskVolunteer
from .digests import Digest
from .loans import Hold, Loan, Renewal
from .months import LendingMonth
from .rules import LendingRules, YearGroupLimit

__all__ = [
    "Card",
    "DeskDevice",
    "DeskSurprise",
    "DeskVolunteer",
    "Digest",
    "Hold",
    "LendingMonth",
    "LendingRules",
    "Loan",
    "Renewal",
    "YearGroupLimit",
]
