"""The matrix of bouwstenen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.ui.tables import Column, Table

from ..enums import BlockStatus
from ..queries import (
    Block,
    block_url,
    column_of,
    wall_url,
)
from ..templatetags.bricks import brick_svg


class StatusColumn(Column):
    """How far one bouwsteen is, as the brick of the wall with its word."""

    def __init__(self, block: Block, year: SchoolYear) -> None:
        self.block, self.year = block, year
        super().__init__(block.name, param=block.code, accessor=column_of(block), default="")

    def render(self, value: Any, record: Location) -> Any:
        url = block_url(record, self.block.code)
        url = url if self.year == SchoolYear.running() else f"{url}?jaar={self.year}"
        return format_html('<a href="{}">{}{}</a>', url, brick_svg(value), BlockStatus(value).label)

    def value(self, value: Any) -> str:
        return str(BlockStatus(value).label)


class MatrixTable(Table):
    """Locations × their bouwstenen."""

    name = Column(_("Name"), param="naam")
    municipality = Column(
        _("Municipality"), param="gemeente", accessor="municipality__name", order_by="municipality__name"
    )

    def __init__(self, data: Any, *, blocks: Sequence[Block], year: SchoolYear, **kwargs: Any) -> None:
        kwargs["extra_columns"] = [(column_of(block), StatusColumn(block, year)) for block in blocks]
        super().__init__(data, **kwargs)

    def row_url(self, record: Location) -> str:
        return wall_url(record)
