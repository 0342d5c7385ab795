"""The wizard in the browser, without JavaScript: every step, every mistake, and who may come in."""

from __future__ import annotations

import io
from datetime import date
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from leesbouw.accounts.models import RoleAssignment
from leesbouw.core.jobs import work_off
from leesbouw.core.once import RequestKey
from leesbouw.core.time import SchoolYear
from leesbouw.exchange.models import ImportRun
from leesbouw.organisations.models import LibraryArea, Location

from .files import a_school, childcare, schools, sizes
from .steps import bring, check, row, take_back

SCHOOLS = schools(
    a_school("99ZA00", "De Wilg"), a_school("99ZB00", POSTCODE="12"), a_school("99AA00", "De Regenboog")
)


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.administrator)


def upload(content: bytes, name: str = "bo_2021.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def page(client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer
    return answer.content.decode()


def url(name: str, *args: object) -> str:
    return reverse(f"exchange:{name}", args=args)


def fields_of(client, address: str) -> dict[str, object]:
    """What the form on a page would send when nobody touches it."""
    form = client.get(address).context["form"]
    return {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}


def chosen(client, run: ImportRun, **wishes: object) -> dict[str, object]:
    return {**fields_of(client, url("run-columns", run.pk)), "reach": "all", "sector": "po", **wishes}


def test_from_file_to_receipt_and_back(client) -> None:
    answer = client.post(url("import-start", "scholen"), {"file": upload(SCHOOLS)})
    run = ImportRun.objects.get()
    assert answer.url == url("run-columns", run.pk)

    columns = page(client, answer.url)
    assert "De Wilg" in columns
    assert "Dit gooien we weg" in columns
    assert "Postbus" not in columns
    answer = client.post(url("run-columns", run.pk), chosen(client, run))
    assert answer.url == url("run-detail", run.pk)
    assert "data-poll" in page(client, answer.url)
    assert 'data-poll="/import/run/' in page(client, url("run-progress", run.pk))

    work_off()
    assert "data-reload" in page(client, url("run-progress", run.pk))
    assert client.get(url("run-detail", run.pk)).url == url("run-check", run.pk)
    mistakes = page(client, url("run-check", run.pk))
    assert "Dit is geen postcode, zoals 1234 AB." in mistakes
    assert "Lees 2 rijen in" in mistakes
    assert not Location.objects.filter(code="99ZA00").exists()

    skip = mistakes.index('form="skip"')  # in sight: before the rows, however many there are
    assert skip < mistakes.index("Dit is geen postcode")

    client.post(url("run-start", run.pk), {"request_id": "too early"})
    assert work_off() == 0  # a row with a mistake is never left out in silence
    assert "Verbeter ze, of kies dat je ze overslaat." in page(client, url("run-check", run.pk))
    client.post(url("run-skip", run.pk), {"request_id": "skip"})
    assert "Je slaat deze rijen over." in page(client, url("run-check", run.pk))
    client.post(url("run-start", run.pk), {"request_id": "start"})
    work_off()
    receipt = page(client, url("run-detail", run.pk))
    assert "Het bestand is ingelezen" in receipt
    assert run.sha256 in receipt
    run.refresh_from_db()
    year = run.options["year"]  # it may be another than the one on the screen
    assert f'<a href="/scholen/?jaar={SchoolYear(year)}">De locaties in {year}–{year + 1}</a>' in receipt
    home = page(client, "/vandaag/")  # says which file that was, not only that one was read
    assert f'<a href="{url("run-detail", run.pk)}">Scholen van DUO</a>' in home
    assert Location.objects.filter(code="99ZA00").exists()

    client.post(url("run-undo", run.pk), {"request_id": "u"})
    work_off()
    assert "De import is ongedaan gemaakt" in page(client, url("run-detail", run.pk))
    assert not Location.objects.filter(code="99ZA00").exists()


def test_every_list_of_the_check_has_its_page(cast, client) -> None:
    Location.objects.filter(code="99AB00").update(postcode="1234 AB")
    content = schools(
        a_school("99ZA00"),
        a_school("99AA00", "Anders"),
        a_school("99ZZ00", "'t Anker"),
        a_school("99ZX00", POSTCODE="?"),
    )
    run = check(content, cast.administrator)

    shown = {
        kind: page(client, url("run-check", run.pk) + f"?soort={kind}")
        for kind in ("nieuw", "veranderd", "gelijk", "weg", "twijfel", "fout")
    }

    assert "School 99ZA00" in shown["nieuw"]
    assert "<del>De Regenboog</del> <ins>Anders</ins>" in shown["veranderd"]
    assert "Zulke rijen zijn er niet." in shown["gelijk"]
    assert "De Eik" in shown["weg"]
    assert "andere code" in shown["twijfel"]
    assert "Dit is geen postcode" in shown["fout"]
    assert page(client, url("run-check", run.pk) + "?soort=onzin&pagina=-4")


def test_taking_a_doubtful_row_along(cast, client) -> None:
    Location.objects.filter(code="99AB00").update(postcode="1234 AB")
    run = check(schools(a_school("99ZZ00", "'t Anker")), cast.administrator)
    client.post(
        url("run-decide", run.pk), {"kies": row(run, "99ZZ00").pk, "decision": "take", "request_id": "d"}
    )

    assert "meenemen" in page(client, url("run-check", run.pk) + "?soort=twijfel")
    client.post(url("run-start", run.pk), {"request_id": "s"})
    work_off()
    assert Location.objects.filter(code="99ZZ00").exists()


def test_pages_of_fifty_rows_stay_pages(cast, client) -> None:
    run = check(schools(*(a_school(f"{n:02d}ZA00") for n in range(60))), cast.administrator)

    first, last = (page(client, url("run-check", run.pk) + f"?soort=nieuw&pagina={n}") for n in (1, 3))
    assert "School 00ZA00" in first
    assert "School 59ZA00" in last
    assert "School 59ZA00" not in first


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"%PDF-1.7", "Dit is een pdf."),
        (b"<?xml version='1.0'?><EDEX/>", "XML"),
        (b"PK\x05\x06" + bytes(18), "ingepakt"),
        (b"BRIN NUMMER;VESTIGINGSNAAM\n", "geen rijen"),
        (b"foo;bar\n1;2\n", "geen enkele kolom"),
        (b"\x00\x01\x02\x03", "geen bestand met tekst"),
        (sizes({}), "Leerlingaantallen van DUO"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence_at_the_field(
    client, content: bytes, sentence: str
) -> None:
    answer = client.post(url("import-start", "scholen"), {"file": upload(content)})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_no_file_at_all(client) -> None:
    assert client.post(url("import-start", "scholen"), {}).status_code == 200


def test_a_file_above_the_limit(client, settings) -> None:
    settings.UPLOAD_LIMIT = 1_000
    answer = client.post(url("import-start", "scholen"), {"file": upload(b"x" * 5_000)})

    assert "groter dan 64 MB" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_bringing_a_file_twice_by_a_double_press_makes_one_run(client) -> None:
    request_id = fields_of(client, url("import-start", "scholen"))["request_id"]
    answers = [
        client.post(url("import-start", "scholen"), {"file": upload(SCHOOLS), "request_id": request_id}).url
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert ImportRun.objects.count() == 1
    assert RequestKey.objects.exists()


def test_starting_twice_by_a_double_press_starts_once(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    client.post(url("run-skip", run.pk), {"request_id": "skip"})
    for _ in range(2):
        assert client.post(url("run-start", run.pk), {"request_id": "same"}).url == url("run-detail", run.pk)

    assert work_off() == 1


def test_a_needed_column_that_is_missing_is_chosen_with_the_file_once_more(client) -> None:
    content = SCHOOLS.replace(b"VESTIGINGSNAAM", b"HOE HEET HET")
    client.post(url("import-start", "scholen"), {"file": upload(content)})
    run = ImportRun.objects.get()
    assert "We missen: naam" in page(client, url("run-columns", run.pk))
    wishes = chosen(client, run, column_name=str(run.headers.index("HOE HEET HET")))

    without = client.post(url("run-columns", run.pk), wishes)
    assert "niet bewaard" in without.content.decode()
    answer = client.post(
        url("run-columns", run.pk), {**wishes, "file": upload(content), "request_id": "again"}
    )
    run = ImportRun.objects.get()  # the first draft is gone
    assert answer.url == url("run-detail", run.pk)
    work_off()
    assert "De Wilg" in page(client, url("run-check", run.pk) + "?soort=nieuw")


def test_a_tampered_column_is_no_error_page(client) -> None:
    client.post(url("import-start", "scholen"), {"file": upload(SCHOOLS)})
    run = ImportRun.objects.get()
    for value in ("999", "-1", "x", "0; DROP"):
        assert (
            client.post(url("run-columns", run.pk), chosen(client, run, column_name=value)).status_code == 200
        )


def test_the_kind_of_school_must_be_chosen_when_the_file_does_not_say(client) -> None:
    client.post(url("import-start", "scholen"), {"file": upload(SCHOOLS, "lijst.csv")})
    run = ImportRun.objects.get()
    answer = client.post(url("run-columns", run.pk), chosen(client, run, sector=""))

    assert "wat voor scholen" in answer.content.decode()


def test_closing_needs_a_day_and_many_need_a_yes(client) -> None:
    client.post(url("import-start", "scholen"), {"file": upload(schools(a_school("99AA00", "De Regenboog")))})
    run = ImportRun.objects.get()
    assert (
        client.post(url("run-columns", run.pk), chosen(client, run, gone="close", closed_on="")).status_code
        == 200
    )
    client.post(url("run-columns", run.pk), chosen(client, run, gone="close", closed_on="31-7-2026"))
    work_off()
    assert "meer dan een vijfde" in page(client, url("run-check", run.pk))

    client.post(url("run-start", run.pk), {"request_id": "a"})
    assert work_off() == 0
    client.post(url("run-start", run.pk), {"request_id": "b", "sure": "on"})
    work_off()
    assert Location.objects.get(code="99AB00").closed_on == date(2026, 7, 31)


def test_a_check_that_fails_is_told_where_one_goes_on(cast, client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(url("import-start", "scholen"), {"file": upload(SCHOOLS)})
    run = ImportRun.objects.get()
    client.post(url("run-columns", run.pk), chosen(client, run))
    with monkeypatch.context() as patch:
        patch.setattr("leesbouw.exchange.engine.schools.SchoolImporter.match", lambda *args: 1 / 0)
        work_off()

    assert client.get(url("run-detail", run.pk)).url == url("run-columns", run.pk)
    assert "Er ging iets mis aan onze kant" in page(client, url("run-columns", run.pk))


def test_the_same_file_is_told(cast, client) -> None:
    bring(SCHOOLS, cast.administrator)
    again = check(SCHOOLS, cast.administrator)
    client.post(url("import-start", "scholen"), {"file": upload(SCHOOLS)})
    draft = ImportRun.objects.first()

    assert "al ingelezen op" in page(client, url("run-check", again.pk))
    assert "Je hoeft niets te doen" in page(client, url("run-check", again.pk))
    assert "al ingelezen op" in page(client, url("run-columns", draft.pk))


def test_an_older_file_is_told(cast, client) -> None:
    bring(SCHOOLS, cast.administrator, year=2024)
    older = check(schools(a_school("99ZA00", "De Oude Wilg")), cast.administrator, year=2021)

    assert "later schooljaar" in page(client, url("run-check", older.pk))


def test_mistakes_as_a_file_run_nothing(cast, client) -> None:
    run = check(schools(a_school("99ZA00", "=HYPERLINK(1)", POSTCODE="12")), cast.administrator)
    csv = client.get(url("run-mistakes", run.pk, "csv"))
    xlsx = client.get(url("run-mistakes", run.pk, "xlsx"))

    text = csv.content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "postcode: Dit is geen postcode, zoals 1234 AB." in text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.content)).get_sheet_by_name("fouten").to_python()
    assert sheet[1][0] == 2
    assert sheet[0][-1] == "Wat klopt er niet?"
    assert "attachment" in csv["Content-Disposition"]


def test_the_receipt_on_paper(cast, client) -> None:
    run = bring(SCHOOLS, cast.administrator)
    Location.objects.filter(code="99ZA00").update(phone="0100000000")
    take_back(run, cast.administrator)
    answer = client.get(url("run-receipt", run.pk))
    reader = PdfReader(io.BytesIO(answer.content))

    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "Ontvangstbewijs van een import" in text
    assert "99ZA00" in text  # what could not be undone
    assert "99ZA00" in page(client, url("run-detail", run.pk))


def test_the_list_tells_state_counts_and_until_when(cast, client) -> None:
    bring(SCHOOLS, cast.administrator)
    check(childcare({}), cast.administrator, "childcare")

    text = page(client, url("import-list"))
    assert "Ingelezen" in text
    assert "Nog niet ingelezen" in text
    assert client.get(url("import-list-export", "csv")).status_code == 200


def test_a_file_with_nothing_new_does_not_wait(cast, client) -> None:
    file = schools(a_school("99ZA00", "De Wilg"))
    bring(file, cast.administrator)
    check(file, cast.administrator)

    text = page(client, url("import-list"))
    assert "Niets nieuws" in text
    assert "Nog niet ingelezen" not in text
    assert "Niets nieuws" in b"".join(client.get(url("import-list-export", "csv"))).decode()
    assert "Dit bestand is nog niet ingelezen" not in page(client, url("import-start", "scholen"))


def test_throwing_a_file_away(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    client.post(url("run-discard", run.pk), {"request_id": "x"})

    assert not ImportRun.objects.exists()


def test_an_unknown_kind_of_file_is_not_there(client) -> None:
    page(client, url("import-start", "onzin"), 404)


def test_who_may_not_import_is_told_so_and_anothers_run_is_not_there(cast, client_for) -> None:
    run = check(SCHOOLS, cast.administrator)
    own = [url("import-list"), url("import-start", "scholen")]
    names = ("run-detail", "run-columns", "run-check", "run-progress", "run-receipt")
    of_run = [*(url(name, run.pk) for name in names), url("run-mistakes", run.pk, "csv")]
    posts = [
        url(name, run.pk)
        for name in (
            *("run-start", "run-undo", "run-stop", "run-discard", "run-decide", "run-columns"),
            *("run-check", "run-skip"),
        )
    ]

    for actor in (cast.outsider, cast.head, cast.teacher, cast.consultant, cast.nation, cast.municipality):
        client = client_for(actor)
        closed = (
            own[1:] if actor.may("pupils.import") else own
        )  # a head reads in the pupils of her own school
        assert {client.get(address).status_code for address in closed + of_run} <= {403, 404}
        assert {client.post(address, {}).status_code for address in posts} <= {403, 404}

    other = client_for(_administrator_of(cast.library_b))
    assert {other.get(address).status_code for address in own} == {200}
    assert {other.get(address).status_code for address in of_run} == {404}
    assert {other.post(address, {}).status_code for address in posts} == {404}
    assert run.file_name not in other.get(url("import-list")).content.decode()


def _administrator_of(library):  # type: ignore[no-untyped-def]
    from tests.factories.cast import add_person

    return add_person("other_administrator", "administrator", library)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_little_for_many_rows_as_for_few(
    cast, client, django_assert_max_num_queries, rows: int
) -> None:
    runs = [
        check(schools(*(a_school(f"{n:02d}ZA00") for n in range(rows * 5))), cast.administrator)
        for _ in range(rows)
    ]
    with django_assert_max_num_queries(16):
        client.get(url("import-list"))
    with django_assert_max_num_queries(22):
        client.get(url("run-check", runs[0].pk))


def test_a_new_installation_is_led_from_the_schools_to_the_area_to_the_colleagues(cast, client_for) -> None:
    """Each step stands on the administrator's first page until it is done, and on nobody else's."""
    client = client_for(cast.administrator)
    first, area = "Lees de scholen van DUO in", "Kies de gemeenten waar je werkt"
    assert first not in page(client, "/vandaag/")
    assert area not in page(client, "/vandaag/")

    LibraryArea.objects.filter(library=cast.library_a).delete()
    assert area in page(client, "/vandaag/")
    assert area not in page(client_for(cast.manager), "/vandaag/")
    with mock.patch("leesbouw.exchange.providers.knows_municipalities", return_value=False):
        assert first in page(client, "/vandaag/")
        assert 'class="btn go" href="/import/scholen/"' in page(client, "/vandaag/")


def test_who_works_alone_is_told_to_invite_somebody(cast, client_for) -> None:
    client = client_for(cast.administrator)
    assert "Nodig je eerste collega uit" not in page(client, "/vandaag/")

    others = RoleAssignment.objects.exclude(user=cast.administrator.user_id)
    others.delete()
    assert "Nodig je eerste collega uit" in page(client, "/vandaag/")


def test_after_the_first_import_the_area_is_the_next_step(cast, client) -> None:
    run = bring(SCHOOLS, cast.administrator)
    button = f'class="btn go" href="{url("area")}"'
    assert button not in page(client, url("run-detail", run.pk))

    LibraryArea.objects.filter(library=cast.library_a).delete()
    assert button in page(client, url("run-detail", run.pk))


def test_a_file_that_waits_is_offered_where_the_next_one_is_brought(cast, client) -> None:
    check(SCHOOLS, cast.administrator, name="wacht.csv")
    done = bring(SCHOOLS, cast.administrator, name="klaar.csv")
    content = page(client, url("import-start", "scholen"))
    assert "wacht.csv" in content
    assert "Ga verder waar je was." in content
    ImportRun.objects.exclude(pk=done.pk).update(expires_at=done.created_at)
    assert "wacht.csv" not in page(client, url("import-start", "scholen"))
