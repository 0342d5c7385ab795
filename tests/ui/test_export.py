"""A download is exactly what one sees: filters, order, columns and all pages; and it is told to the audit trail."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from leesbouw.core.audit import AuditEvent
from leesbouw.core.files import StoredFile
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import now
from leesbouw.organisations.models import Location
from leesbouw.ui import export
from leesbouw.ui.models import Download
from tests.factories.forgetting import forgotten

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.manager)


def rows_of(answer) -> list[list[str]]:
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    if answer["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(1).to_python()


@pytest.mark.parametrize("ext", ["csv", "xlsx"])
@pytest.mark.parametrize("address", ["/plekken.{ext}?{query}", "/plekken/?formaat={ext}&{query}"])
def test_all_pages_in_the_order_of_the_screen(client, ext: str, address: str) -> None:
    rows = rows_of(client.get(address.format(ext=ext, query="volgorde=-name&pagina=2")))
    assert rows[0] == ["Naam", "BRIN", "Gemeente", "Versie"]
    assert [row[0] for row in rows[1:]] == ["Pinkeltje", "De Regenboog", "'t Anker"]
    assert [row[1] for row in rows[1:]] == ["999000001", "99AA00", "99AB00"]


@pytest.mark.parametrize(
    "query", ["zoek=anker", "soort=po&kolommen=name,sinds", "gemeente=9901&volgorde=-versie", "soort=fout"]
)
def test_download_equals_view(client, query: str) -> None:
    html = client.get(f"/plekken/?{query}").content.decode()
    rows = rows_of(client.get(f"/plekken.csv?{query}"))
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', html)
    assert rows[0] == heads
    seen = [
        name.replace("&#x27;", "'")
        for name in re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html)
    ]
    assert [row[0] for row in rows[1:]][: len(seen)] == seen


def test_workbook_explains_itself(client) -> None:
    answer = client.get("/plekken.xlsx?soort=po&zoek=anker&volgorde=name")
    content = b"".join(answer.streaming_content)
    assert re.search(r'filename="leesbouw_.*plekken_\d{4}-\d\d-\d\d\.xlsx"', answer["Content-Disposition"])
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    facts = dict(
        row[:2]
        for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    assert "Naam of BRIN: anker; Soort: " in "".join(str(value) for value in facts.values())
    assert facts["BRIN"] == "nummer van een school"
    assert "1" in facts.values()


def test_cells_run_nothing(client, cast) -> None:
    Location.objects.filter(code="99AA00").update(name='=HYPERLINK("http://x")')
    names = [row[0] for row in rows_of(client.get("/plekken.csv?volgorde=-name"))]
    assert '\'=HYPERLINK("http://x")' in names
    assert '=HYPERLINK("http://x")' in [row[0] for row in rows_of(client.get("/plekken.xlsx"))]


def test_audit_trail_knows(client, cast) -> None:
    client.get("/plekken.csv?soort=po")
    event = AuditEvent.objects.get(verb="ui.export")
    assert event.data == {"page": "test.places", "rows": 2, "format": "csv"}
    assert event.by_user_id == cast.manager.user_id


def test_outsider_gets_an_empty_file(cast, client_for) -> None:
    rows = rows_of(client_for(cast.outsider).get("/plekken.csv"))
    assert "'t Anker" not in [row[0] for row in rows]


def test_odd_formats_are_no_page(client) -> None:
    assert client.get("/plekken.exe").status_code == 404
    assert client.get("/plekken/?formaat=exe").status_code == 200


def test_no_download_without_the_permission(cast, client_for, monkeypatch) -> None:
    from tests.ui.site import PlaceList

    monkeypatch.setattr(PlaceList, "export_permission", "test.nobody")
    client = client_for(cast.manager)
    assert client.get("/plekken.csv").status_code == 403
    assert "formaat=csv" not in client.get("/plekken/").content.decode()


def test_too_long_a_list_is_said(client, monkeypatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    for address in ("/plekken.csv?soort=po", "/plekken/?formaat=xlsx&soort=po"):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain == [("/plekken/?soort=po", 302)]
        assert 'class="toast error"' in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="ui.export").exists()


class TestLongLists:
    """What would keep others waiting is made in the background."""

    @pytest.fixture(autouse=True)
    def _everything_is_long(self, monkeypatch) -> None:
        monkeypatch.setattr(export, "QUICK_CELLS", {"csv": 0, "xlsx": 0})

    def order(self, client, query: str = "soort=po&volgorde=-name") -> Job:
        answer = client.get(f"/plekken.csv?{query}")
        assert answer["Location"] == f"/plekken/?{query}"
        return Job.objects.latest("pk")

    def test_file_waits_for_who_ordered_it(self, client, cast, client_for) -> None:
        job = self.order(client)
        assert client.get(job.url).status_code == 404
        assert work_off() == 1
        job.refresh_from_db()
        assert (job.state, job.result) == ("done", {"rows": 2})
        answer = client.get(job.url)
        assert [row[0] for row in rows_of(answer)] == ["Naam", "De Regenboog", "'t Anker"]
        list(answer.streaming_content)
        assert client_for(cast.consultant).get(job.url).status_code == 404
        assert AuditEvent.objects.get(verb="ui.export").data["rows"] == 2

    def test_arguments_hold_ids_only(self, client) -> None:
        assert self.order(client, "zoek=anker").args == {"pk": Download.objects.get().pk}

    def test_rights_of_the_day_it_is_made(self, client, monkeypatch) -> None:
        from tests.ui.site import PlaceList

        job = self.order(client)
        monkeypatch.setattr(PlaceList, "permission", "test.nobody")
        work_off()
        job.refresh_from_db()
        assert job.state == "failed"
        assert job.error

    def test_gone_after_a_day(self, client) -> None:
        job = self.order(client)
        work_off()
        path = Download.objects.get().file.path
        with time_machine.travel(now() + timedelta(hours=25)):
            assert client.get(job.url).status_code in (302, 404)
        with time_machine.travel(now() + timedelta(days=2)):
            assert forgotten("download", days=1) == 1
        assert not Download.objects.exists()
        assert not StoredFile.objects.exists()
        assert path.exists()  # until the write is sure; the test never commits
