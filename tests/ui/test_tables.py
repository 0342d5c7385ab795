"""Tables over plain rows: cells, order, columns, totals and downloads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html

from leesbouw.ui.tables import (
    Column,
    DateColumn,
    IdColumn,
    MoneyColumn,
    NumberColumn,
    ShareColumn,
    Table,
    TagColumn,
    YesNoColumn,
)

ROWS: list[dict[str, Any]] = [
    {
        "id": 1,
        "name": "De <b>Linde</b>",
        "code": "00AB",
        "pupils": 1234,
        "cost": 123456,
        "share": 0.425,
        "since": date(2026, 3, 1),
        "state": "late",
        "open": True,
    },
    {
        "id": 2,
        "name": "’t Anker",
        "code": "01CD",
        "pupils": None,
        "cost": -50,
        "share": Decimal("0.5"),
        "since": datetime(2026, 10, 31, 23, 30, tzinfo=UTC),
        "state": "fine",
        "open": False,
    },
]


class Full(Table):
    name = Column("School")
    code = IdColumn("BRIN")
    pupils = NumberColumn(
        "Leerlingen", param="leerlingen", footer=lambda table: sum(r["pupils"] or 0 for r in ROWS)
    )
    cost = MoneyColumn("Bijdrage")
    share = ShareColumn("Aandeel")
    since = DateColumn("Sinds", time=True)
    state = TagColumn("Stand", kinds={"late": "bad", "fine": "ok"})
    open = YesNoColumn("Open")
    extra = Column("Extra", accessor="name", visible=False, orderable=False)

    def row_url(self, record: dict) -> str:
        return f"/school/{record['code']}/"

    def render_code(self, value: str) -> str:
        return format_html("<code>{}</code>", value)

    def value_extra(self, value: str, record: dict) -> str:
        return f"{value} ({record['code']})"


def html(table: Table) -> str:
    return render_to_string("ui/table.html", {"table": table})


def cells(table: Table) -> list[list[str]]:
    return [[str(cell.content) for cell in row.cells] for row in _all(table)]


def _all(table: Table):
    table.turn_to(1, 50)
    return table.shown_rows


def test_cells_on_screen() -> None:
    first, second = cells(Full(ROWS))
    assert first[0] == '<a href="/school/00AB/">De &lt;b&gt;Linde&lt;/b&gt;</a>'
    assert first[1] == "<code>00AB</code>"
    assert first[2] == "1.234"
    assert first[3] == "€\u00a01.234,56"
    assert first[4] == "43%" or first[4] == "42%"
    assert first[5] == '<time datetime="2026-03-01" class="nowrap">1 mrt 2026</time>'
    assert 'class="tag bad"' in first[6]
    assert second[2] == "—"
    assert second[5] == '<time datetime="2026-11-01T00:30:00+01:00" class="">1 nov 2026 00:30</time>'


def test_plain_values_in_a_download() -> None:
    sheet = Full(
        ROWS, query=QueryDict("kolommen=name,code,leerlingen,cost,share,since,state,open,extra")
    ).sheet("x")
    assert [column.kind for column in sheet.columns] == [
        "text", "id", "number", "money", "share", "date", "text", "text", "text",
    ]  # fmt: skip
    first, second = list(sheet.rows)
    assert first[:5] == ["De <b>Linde</b>", "00AB", 1234, 123456, 0.425]
    assert first[8] == "De <b>Linde</b> (00AB)"
    assert second[2] is None
    assert second[5] == ROWS[1]["since"]
    assert [first[7], second[7]] == ["ja", "nee"]


def test_without_an_address_nothing_sorts() -> None:
    assert "?volgorde" not in html(Full(ROWS))


@pytest.mark.parametrize(
    ("order", "names"), [("name", ["De", "’t"]), ("-name", ["’t", "De"]), ("leerlingen", ["’t", "De"])]
)
def test_order(order: str, names: list[str]) -> None:
    table = Full(list(ROWS), query=QueryDict(f"volgorde={order}"))
    assert [row["name"][:2] for row in table.data.data] == names


def test_heads_know_the_next_order() -> None:
    heads = {
        head.label: head for head in Full(ROWS, query=QueryDict("volgorde=leerlingen&pagina=3&zoek=a")).heads
    }
    assert (heads["Leerlingen"].sort, heads["Leerlingen"].href) == (
        "ascending",
        "?volgorde=-leerlingen&zoek=a",
    )
    assert (heads["School"].sort, heads["School"].href) == ("", "?volgorde=name&zoek=a")
    heads = {head.label: head for head in Full(ROWS, query=QueryDict("")).heads}
    assert heads["Leerlingen"].href == "?volgorde=-leerlingen"  # the largest first
    assert "Extra" not in heads


def test_two_tables_keep_apart() -> None:
    query = QueryDict("a-volgorde=-name&a-kolommen=code&volgorde=name")
    table = Full(list(ROWS), query=query, prefix="a-")
    assert [head.label for head in table.heads] == ["School", "BRIN"]
    assert table.heads[0].sort == "descending"
    assert "a-volgorde=name" in table.heads[0].href


def test_totals_and_boxes() -> None:
    page = html(Full(ROWS, bulk=True, caption="Scholen", query=QueryDict("volgorde=name")))
    assert "<tfoot>" in page
    assert "1234" in page
    assert 'name="kies" value="2" aria-label="Kies ’t Anker"' in page
    assert "gesorteerd op School, van laag naar hoog" in page
    assert '<div class="scroll"' in page  # eight columns


def test_no_rows() -> None:
    assert "Hier staat nog niets." in html(Full([]))
    assert "Leeg" in html(Full([], empty_text="Leeg"))


def test_pages() -> None:
    table = Full([{**ROWS[0], "id": n} for n in range(1, 2501)], query=QueryDict("zoek=a"))
    table.turn_to("30", 50)
    assert table.pages[0] == (1, "?zoek=a&pagina=1")
    assert (None, "") in table.pages
    assert table.position == "1.451 t/m 1.500 van 2.500"
    assert table.previous_url == "?zoek=a&pagina=29"
    table.turn_to("9999", 50)
    assert (table.page.number, table.next_url) == (50, "")
