"""How telephone numbers and hours are written on pages about people."""

from __future__ import annotations

from decimal import Decimal

from django import template

from leesbouw.ui.domain import format_number, format_phone

register = template.Library()


@register.filter
def phone(digits: str) -> str:
    """“0612345678” as “06 12345678”."""
    return format_phone(str(digits))


@register.filter
def hours(value: Decimal | None) -> str:
    """80.0 as “80”, 1.5 as “1,5”."""
    return "" if value is None else format_number(Decimal(value))
