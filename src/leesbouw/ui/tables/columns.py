"""Columns: how a value looks in a table, and what it is in a download."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import django_tables2
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django_tables2.columns import BoundColumn
from django_tables2.utils import Accessor

from leesbouw.rendering.sheets import Kind

from ..templatetags.ui import tag


class Column(django_tables2.Column):
    """Text. `param` is the column's name in the URL (Dutch), `width` that of a sheet in characters.

    `whole=True` gives the value a line of its own on a phone.
    """

    kind = Kind.TEXT
    css = ""

    def __init__(
        self,
        label: Any = None,
        *,
        param: str = "",
        width: int | None = None,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.param = param
        self.width = width
        if whole:
            self.css = f"{self.css} whole".strip()

    def value(self, value: Any) -> Any:
        """The plain value for a download."""
        return value


class IdColumn(Column):
    """Digits that are a name, such as BRIN or a postcode."""

    kind = Kind.ID


class NumberColumn(Column):
    """A number, to the right, the largest first."""

    kind = Kind.NUMBER
    css = "num"

    def __init__(self, label: Any = None, *, decimals: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial_sort_descending", True)
        super().__init__(label, **kwargs)
        self.decimals = decimals

    def render(self, value: Any) -> Any:
        if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
            return value
        if self.decimals is None and isinstance(value, Decimal):
            value = value.normalize() if value != value.to_integral_value() else int(value)
        return number_format(value, self.decimals, force_grouping=True)


class MoneyColumn(NumberColumn):
    """Whole cents, shown in euros."""

    kind = Kind.MONEY

    def render(self, value: Any) -> Any:
        return f"€\u00a0{number_format(Decimal(value) / 100, 2, force_grouping=True)}"


class ShareColumn(NumberColumn):
    """A share of 0-1, shown in per cents."""

    kind = Kind.SHARE

    def render(self, value: Any) -> Any:
        return f"{number_format(Decimal(str(value)) * 100, self.decimals or 0)}%"


class DateColumn(Column):
    """A day, or an instant with `time=True`."""

    kind = Kind.DATE

    def __init__(self, label: Any = None, *, time: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.time = time

    def render(self, value: Any) -> Any:
        if not isinstance(value, date):
            return value
        local = localtime(value) if isinstance(value, datetime) and is_aware(value) else value
        has_hour = self.time and isinstance(local, datetime)
        words = date_format(local, "j b Y H:i" if has_hour else "j b Y")
        kind = "" if has_hour else "nowrap"  # a day fits on a line, a day with its hour may not
        return format_html('<time datetime="{}" class="{}">{}</time>', local.isoformat(), kind, words)


class TagColumn(Column):
    """A state as picture and word: `kinds` maps its code to ok, let, bad, wait or neutral."""

    def __init__(self, label: Any = None, *, kinds: Mapping[Any, str], **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.kinds = kinds

    def render(self, value: Any, record: Any, bound_column: BoundColumn) -> Any:
        code = Accessor(bound_column.accessor).resolve(record, quiet=True)
        return tag(self.kinds.get(code, "neutral"), value)


class YesNoColumn(Column):
    """Yes or no, in words."""

    def render(self, value: Any) -> Any:
        return _("yes") if value else _("no")

    def value(self, value: Any) -> Any:
        return self.render(value)
