"""Numbers and money as people say them: "eleven locations" reads better than "11 locations"."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import pgettext_lazy

SMALL = (
    pgettext_lazy("number", "no"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
    pgettext_lazy("number", "eleven"),
    pgettext_lazy("number", "twelve"),
)


def in_words(number: int) -> str:
    """A word up to twelve, digits above that."""
    return str(SMALL[number]) if 0 <= number < len(SMALL) else number_format(number, force_grouping=True)


def euros(cents: int) -> str:
    """Whole euros where there are no cents: 420000 is € 4.200."""
    decimals = 2 if cents % 100 else 0
    return f"€\u00a0{number_format(Decimal(cents) / 100, decimals, force_grouping=True)}"
