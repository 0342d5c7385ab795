"""Tables: sorting, columns and pages in the URL, cards on a phone, and the same cells on screen and in a download.

    class SchoolTable(Table):
        name = Column(_("School"))
        pupils = NumberColumn(_("Pupils"), param="leerlingen")
        town = Column(_("Town"), param="plaats", visible=False)   # offered, not shown at first

        class Meta:
            order_by = "name"

        def row_url(self, record): return record.get_absolute_url()
        def row_small(self, record): return record.get_sector_display()

    SchoolTable(rows, query=request.GET)

The first column names the row. `render_<name>` gives a cell on screen, `value_<name>` the plain value in a download.
"""

from .base import COLUMNS_PARAM, ORDER_PARAM, PAGE_PARAM, Table
from .columns import (
    Column,
    DateColumn,
    IdColumn,
    MoneyColumn,
    NumberColumn,
    ShareColumn,
    TagColumn,
    YesNoColumn,
)

__all__ = [
    "COLUMNS_PARAM",
    "ORDER_PARAM",
    "PAGE_PARAM",
    "Column",
    "DateColumn",
    "IdColumn",
    "MoneyColumn",
    "NumberColumn",
    "ShareColumn",
    "Table",
    "TagColumn",
    "YesNoColumn",
]
