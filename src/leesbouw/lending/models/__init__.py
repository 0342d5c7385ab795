"""Lending: the rules of a school, its cards, what is lent to whom, and what somebody waits for."""

from .cards import Card
from .loans import Hold, Loan, Renewal
from .rules import LendingRules, YearGroupLimit

__all__ = ["Card", "Hold", "LendingRules", "Loan", "Renewal", "YearGroupLimit"]
