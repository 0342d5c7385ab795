"""How values look on the pages that only read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import pgettext_lazy

from ..enums import TAG, Attention
from ..queries.words import in_words

register = template.Library()

WEEKDAYS = (
    pgettext_lazy("weekday", "Mo"),
    pgettext_lazy("weekday", "Tu"),
    pgettext_lazy("weekday", "We"),
    pgettext_lazy("weekday", "Th"),
    pgettext_lazy("weekday", "Fr"),
    pgettext_lazy("weekday", "Sa"),
    pgettext_lazy("weekday", "Su"),
)


@register.filter
def euros(cents: int) -> str:
    """Whole euros where there are no cents: 420000 is € 4.200."""
    decimals = 2 if cents % 100 else 0
    return f"€\u00a0{number_format(Decimal(cents) / 100, decimals, force_grouping=True)}"


@register.filter
def weekday(number: int) -> str:
    """An ISO weekday in two letters: 1 is Monday."""
    return str(WEEKDAYS[number - 1]) if 1 <= number <= 7 else ""


@register.filter
def web_address(value: str) -> str:
    """An address that a browser opens; anything that is no web address leads nowhere."""
    if value.startswith(("https://", "http://")):
        return value
    return "" if ":" in value else f"https://{value}"


@register.filter
def bare_address(value: str) -> str:
    """Without scheme and end: "www.school.nl"."""
    return value.partition("://")[2].rstrip("/") or value.rstrip("/")


@register.filter
def number_words(number: int) -> str:
    """A word up to twelve, digits above that."""
    return in_words(number)


@register.filter
def capital(text: Any) -> str:
    """The first letter large, the rest as it was."""
    words = str(text)
    if words.startswith("één"):  # the accent stays on the second letter when the first is large
        return f"Eén{words[3:]}"
    return words[:1].upper() + words[1:]


@register.filter
def attention_kind(state: str) -> str:
    return TAG[Attention(state)]


@register.filter
def attention_label(state: str) -> str:
    return str(Attention(state).label)


@register.filter
def as_gates(gates: Any, today: Any) -> dict[str, Any]:
    """What the block of gates takes."""
    return {"gates": gates, "today": today}


@register.filter
def as_rows(rows: Any) -> dict[str, Any]:
    """What a block of rows takes."""
    return {"rows": rows}
