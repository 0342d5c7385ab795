"""Rows with a mistake are mended on the page, or skipped because somebody says so; never left out in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import work_off
from leesbouw.exchange import actions
from leesbouw.exchange.engine import importer
from leesbouw.exchange.enums import Decision, RowKind, RunState
from leesbouw.exchange.models import ImportPart, ImportRow, ImportRun
from leesbouw.exchange.queries import open_mistakes, texts_of
from leesbouw.organisations.models import Location

from .files import a_school, childcare, csv_text, schools, sizes
from .steps import check, counts, errors, row, store
from .test_pages import fields_of, page, url

SCHOOLS = schools(
    a_school("99ZA00", "De Wilg"),
    a_school("99ZB00", "De Es", POSTCODE="12"),
    a_school("99ZC00", "De Linde", GEMEENTENUMMER="x"),
)
POSTCODE, TOWN, POST_ADDRESS = 7, 8, 14  # positions in DUO's header


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.administrator)


def mend(run: ImportRun, cells, by) -> ImportRun:  # type: ignore[no-untyped-def]
    actions.repair_rows(run=run, cells=cells, by=by)
    work_off()
    run.refresh_from_db()
    return run


def sent(client, run: ImportRun, **cells: str) -> dict[str, object]:
    return {**fields_of(client, url("run-check", run.pk)), **cells}


# On the page


def test_the_page_shows_every_cell_with_the_wrong_one_first_and_why(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    answer = client.get(url("run-check", run.pk))
    text, (first, second) = answer.content.decode(), answer.context["lines"]

    assert [(cell.label, cell.bound.value(), list(cell.bound.errors)) for cell in first.wrong] == [
        ("postcode", "12", ["Dit is geen postcode, zoals 1234 AB."])
    ]
    assert [cell.bound.html_name for cell in second.wrong] == ["cel-4-9"]
    assert {cell.label: cell.bound.value() for cell in first.others}["naam"] == "De Es"
    assert len(first.wrong + first.others) == 14  # the columns that were chosen; no post address
    assert text.count('aria-invalid="true"') == 2
    assert "Postbus" not in text


def test_a_mended_row_is_cleaned_and_matched_anew_and_stored(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    answer = client.post(
        url("run-check", run.pk) + "?soort=fout", sent(client, run, **{"cel-3-7": " 1234 ac "})
    )
    assert answer.url == url("run-detail", run.pk)
    work_off()
    run.refresh_from_db()

    assert (run.state, counts(run)) == (RunState.PREVIEWED, {"new": 2, "gone": 3, "faulty": 1})
    assert errors(run) == [(4, "municipality", "municipality_code")]
    assert "2 rijen" in page(client, url("run-check", run.pk))
    store(run, cast.administrator)
    assert Location.objects.get(code="99ZB00").postcode == "1234 AC"
    assert not Location.objects.filter(code="99ZC00").exists()


def test_what_is_mended_wrongly_comes_back_as_it_was_typed(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    client.post(url("run-check", run.pk), sent(client, run, **{"cel-3-7": "12345"}))
    work_off()

    assert 'value="12345"' in page(client, url("run-check", run.pk))


def test_sending_it_twice_checks_once(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    data = sent(client, run, **{"cel-3-7": "1234 AC"})
    assert client.post(url("run-check", run.pk), data).url == client.post(url("run-check", run.pk), data).url
    assert work_off() == 1


def test_nothing_changed_is_told_at_the_form(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    answer = client.post(url("run-check", run.pk), sent(client, run))

    assert "Je hebt nog niets veranderd." in answer.content.decode()
    assert work_off() == 0


def test_far_too_much_text_stays_in_its_field(cast, client) -> None:
    run = check(SCHOOLS, cast.administrator)
    answer = client.post(url("run-check", run.pk), sent(client, run, **{"cel-3-7": "x" * 5_001}))

    assert answer.status_code == 200
    assert "x" * 5_001 in answer.content.decode()
    assert work_off() == 0


@pytest.mark.parametrize("numbers", ["", "999", "x,-1,3.5", "3," * 50, "9" * 400])
def test_tampered_rows_are_no_error_page(cast, client, numbers: str) -> None:
    run = check(SCHOOLS, cast.administrator)
    data = {**sent(client, run), "numbers": numbers}

    assert client.post(url("run-check", run.pk), data).status_code == 200
    assert work_off() == 0


def test_two_people_mending_one_file_meet_both_versions(cast, client, client_for) -> None:
    run = check(SCHOOLS, cast.administrator)
    mine = sent(client, run, **{"cel-3-7": "1234 AC"})
    actions.repair_rows(run=run, cells={3: {POSTCODE: "1234 AD"}}, by=cast.administrator)
    work_off()

    answer = client.post(url("run-check", run.pk), mine)
    both = answer.context["differences"]
    assert (answer.status_code, [(one.name, one.yours, one.theirs) for one in both]) == (
        409,
        [("cel-3-7", "1234 AC", "1234 AD")],
    )
    hidden = dict(answer.context["hidden"])
    assert client.post(url("run-check", run.pk), {**hidden, "houd-cel-3-7": "mine"}).status_code == 302
    work_off()
    assert row(run, "99ZB00").cleaned["postcode"] == "1234 AC"


def test_mending_does_not_need_more_queries_for_more_rows(
    cast, client, django_assert_max_num_queries
) -> None:
    for number in (1, 30):
        run = check(
            schools(*(a_school(f"{n:02d}ZA00", POSTCODE="12") for n in range(number))), cast.administrator
        )
        with django_assert_max_num_queries(24):
            client.get(url("run-check", run.pk))


# The rule


def test_what_is_typed_goes_through_the_door_of_its_column(cast, monkeypatch) -> None:
    run = check(SCHOOLS, cast.administrator)
    kind = importer("schools")
    columns = [
        replace(one, door=lambda text: text[:3]) if one.code == "town" else one for one in kind.columns
    ]
    monkeypatch.setattr(kind, "columns", tuple(columns))

    actions.repair_rows(run=run, cells={3: {TOWN: "Lelystad"}}, by=cast.administrator)

    kept = repr(ImportPart.objects.get(run=run).rows)
    assert "'Lel'" in kept
    assert "Lelystad" not in kept


def test_only_cells_that_the_columns_read_can_be_written(cast) -> None:
    run = check(SCHOOLS, cast.administrator)
    with pytest.raises(Sentence, match="veranderd"):
        actions.repair_rows(run=run, cells={3: {POST_ADDRESS: "Postbus 3"}}, by=cast.administrator)
    mend(run, {3: {POSTCODE: "1234 AC", POST_ADDRESS: "Postbus 3", 99: "x"}}, cast.administrator)

    assert "Postbus" not in str(list(ImportPart.objects.values_list("rows", flat=True)))
    assert counts(run)["new"] == 2


def test_a_row_that_stops_half_way_is_whole_once_somebody_mended_it(cast) -> None:
    half = schools(a_school("99ZA00")) + b"Waterland;99001;99ZB;99ZB00;De Es;Esweg;1;12\r\n"
    run = check(half, cast.administrator)
    assert errors(run) == [(3, "", "short_row")]

    mend(
        run,
        {3: {POSTCODE: "1234 AC", TOWN: "Elzen", 9: "9901", 10: "Elzen"}},
        cast.administrator,
    )
    assert (errors(run), row(run, "99ZB00").kind) == ([], RowKind.NEW)


def test_a_row_of_a_later_piece_is_found(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leesbouw.exchange.actions.drafts.CHUNK", 2)
    run = check(schools(*(a_school(f"{n:02d}ZA00", POSTCODE="12") for n in range(7))), cast.administrator)
    assert ImportPart.objects.filter(run=run).count() == 4

    assert texts_of(cast.administrator, run, {2, 7, 8})[7][3] == "05ZA00"
    assert list(texts_of(cast.administrator, run, {2, 7, 8, 99})) == [2, 7, 8]
    mend(run, {7: {POSTCODE: "1234 AC"}, 8: {POSTCODE: "1234 AC"}}, cast.administrator)
    assert counts(run)["faulty"] == 5


def test_decisions_that_still_hold_are_kept(cast) -> None:
    Location.objects.filter(code="99AB00").update(postcode="1234 AB")
    run = check(
        schools(a_school("99ZZ00", "'t Anker"), a_school("99ZB00", POSTCODE="1")),
        cast.administrator,
    )
    actions.decide_rows(run=run, ids=[row(run, "99ZZ00").pk], decision=Decision.TAKE, by=cast.administrator)
    actions.skip_faulty(run=run, by=cast.administrator)

    mend(run, {3: {POSTCODE: "2"}}, cast.administrator)
    assert row(run, "99ZZ00").decision == Decision.TAKE
    assert open_mistakes(run) == 0  # the same mistake of the same row
    mend(run, {3: {POSTCODE: "1234 AC", 9: "x"}}, cast.administrator)
    assert open_mistakes(run) == 1  # another mistake asks anew


EACH = {
    "schools": (schools({}, a_school("99ZB00", POSTCODE="12")), 3, "POSTCODE", "1234 AC"),
    "school-sizes": (
        sizes({"BRIN_NUMMER": "99AB"}, {}, {"TOTAAL": "veel"}),
        4,
        "TOTAAL",
        "18",
    ),
    "childcare": (childcare({"opvanglocatie_postcode": "12"}), 2, "opvanglocatie_postcode", "1234 AC"),
    "boards": (
        csv_text([{"BEVOEGD GEZAG NUMMER": "9900x", "BEVOEGD GEZAG NAAM": "Stichting"}]).encode(),
        2,
        "BEVOEGD GEZAG NUMMER",
        "99001",
    ),
}


@pytest.mark.parametrize("code", EACH)
def test_every_kind_of_file_can_be_mended(cast, client, code: str) -> None:
    content, number, header, text = EACH[code]
    run = check(content, cast.administrator, code, year=2016, types=["kdv", "bso", "ve"])
    assert [mistake[0] for mistake in errors(run)] == [number]

    name = f"cel-{number}-{run.headers.index(header)}"
    assert client.post(url("run-check", run.pk), sent(client, run, **{name: text})).status_code == 302
    work_off()
    run.refresh_from_db()
    assert (run.state, errors(run)) == (RunState.PREVIEWED, [])


def test_a_row_that_turns_out_to_be_somebodys_home_goes_at_once(cast) -> None:
    run = check(
        childcare(
            {"opvanglocatie_postcode": "12", "opvanglocatie_adres": "Thuisweg"}, {"lrk_id": "990000102"}
        ),
        cast.administrator,
        "childcare",
        types=["kdv"],
    )
    actions.repair_rows(run=run, cells={2: {run.headers.index("type_oko"): "VGO"}}, by=cast.administrator)

    assert "Thuisweg" not in str(list(ImportPart.objects.values_list("rows", flat=True)))
    work_off()
    run.refresh_from_db()
    assert (counts(run)["new"], errors(run), run.counts["kept"]) == (1, [], 1)


# Who, when, and what is written down


def test_the_logbook_tells_how_many_and_nothing_of_what_stood_there(cast) -> None:
    run = check(SCHOOLS, cast.administrator)
    mend(run, {3: {POSTCODE: "1234 AC"}}, cast.administrator)
    actions.skip_faulty(run=run, by=cast.administrator)

    events = AuditEvent.objects.filter(verb__in=["exchange.repair_rows", "exchange.skip_rows"]).order_by("pk")
    assert [(event.verb, event.subject_id, event.count, event.data) for event in events] == [
        ("exchange.repair_rows", run.pk, 1, {}),
        ("exchange.skip_rows", run.pk, 1, {}),
    ]


def test_only_who_may_import_mends_and_only_before_it_is_stored(cast) -> None:
    run = check(SCHOOLS, cast.administrator)
    cells = {3: {POSTCODE: "1234 AC"}}
    for act in (
        lambda: actions.repair_rows(run=run, cells=cells, by=cast.consultant),
        lambda: actions.skip_faulty(run=run, by=cast.consultant),
    ):
        with pytest.raises(NotAllowed):
            act()
    store(run, cast.administrator)
    with pytest.raises(Sentence):
        actions.repair_rows(run=run, cells=cells, by=cast.administrator)
    with pytest.raises(Sentence):
        actions.skip_faulty(run=run, by=cast.administrator)
    assert texts_of(cast.outsider, run, {3}) == {}


def test_a_check_that_falls_half_way_keeps_what_was_mended(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run = check(SCHOOLS, cast.administrator)
    with monkeypatch.context() as patch:
        patch.setattr("leesbouw.exchange.engine.schools.SchoolImporter.match", lambda *args: 1 / 0)
        mend(run, {3: {POSTCODE: "1234 AC"}}, cast.administrator)
    assert run.state == RunState.DRAFT

    actions.ask_preview(run=run, by=cast.administrator)
    work_off()
    assert ImportRow.objects.filter(run=run, kind=RowKind.FAULTY).count() == 1
    assert row(run, "99ZB00").kind == RowKind.NEW
