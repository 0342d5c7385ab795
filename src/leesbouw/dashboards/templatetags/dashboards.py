"""How values look on the pages that only read."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from ..enums import MOMENT_ICON, TAG, Attention, Moment
from ..queries.cycle import Cycle
from ..queries.words import euros, in_words

register = template.Library()
register.filter(euros)

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
def moment_icon(kind: str) -> str:
    return MOMENT_ICON[Moment(kind)]


@register.filter
def as_gates(gates: Any, today: Any) -> dict[str, Any]:
    """What the block of gates takes."""
    return {"gates": gates, "today": today}


@register.filter
def as_rows(rows: Any) -> dict[str, Any]:
    """What a block of rows takes."""
    return {"rows": rows}


@register.simple_tag
def ring(cycle: Cycle) -> SafeString:
    """The quality cycle as a ring of four arcs, each filled as far as its part is done."""
    arcs = [
        format_html(
            '<circle cx="80" cy="80" r="62" pathLength="100" stroke-dasharray="23 77" stroke-dashoffset="{}"/>',
            -1 - 25 * at,
        )
        for at in range(len(cycle.parts))
    ]
    done = [
        format_html(
            '<circle class="did" cx="80" cy="80" r="62" pathLength="100" stroke-dasharray="{} 100" stroke-dashoffset="{}"/>',
            round(23 * one.part, 1),
            -1 - 25 * at,
        )
        for at, one in enumerate(cycle.parts)
        if one.part
    ]
    label = ". ".join(f"{one.name}: {one.text}" for one in cycle.parts)
    return format_html(
        '<svg class="ring" viewBox="0 0 160 160" role="img" aria-label="{}"><g transform="rotate(-90 80 80)">{}{}</g>'
        '<text class="now" x="80" y="85">{}</text></svg>',
        label,
        mark_safe("".join(arcs)),  # noqa: S308  made just above
        mark_safe("".join(done)),  # noqa: S308
        cycle.now.name,
    )
