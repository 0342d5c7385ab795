"""Pupils from the file of a school: first what would happen, then stored, with a way back."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from leesbouw.accounts.models import RoleAssignment
from leesbouw.accounts.queries import actor_for
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.search import Document
from leesbouw.core.time import SchoolYear, today
from leesbouw.exchange import actions as imports
from leesbouw.exchange.enums import Decision, RowKind
from leesbouw.exchange.models import ImportPart, ImportRow, ImportRun
from leesbouw.exchange.queries import newer_year_before
from leesbouw.organisations.actions import start_partnership
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.actions import Correction, correct_pupil, erase_on_request, erase_pupils, record_consents
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.models import Enrolment, Pupil
from leesbouw.pupils.queries import children_at
from tests.exchange.steps import counts, errors, store, take_back
from tests.factories.cast import add_person

from .conftest import pupil

YEAR = SchoolYear.running()
NOOR, SEM, LI = (
    pupil("0012", "Noor", "Vries"),
    pupil("13", "Sem", "Bakker"),
    pupil("14", "Li", "Chen", "6", "6"),
)


def check(content: bytes, by, cast, **options) -> ImportRun:  # type: ignore[no-untyped-def]
    wishes = {"location": cast.a1.pk, "year": YEAR.first, "leavers": "left"} | options
    run = imports.begin_run(
        content=content, file_name="leerlingen.csv", importer_code="pupils", by=by, options=wishes
    )
    return imports.preview_run(run=run, by=by)


@pytest.fixture
def bring(cast, coordinator, file_of):  # type: ignore[no-untyped-def]
    def act(*rows, **options):  # type: ignore[no-untyped-def]
        return store(check(file_of(rows), coordinator, cast, **options), coordinator, sure=True)

    return act


def names(cast) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {child.name: child.group for child in children_at(SYSTEM, cast.a1)}


def snapshot() -> list[object]:
    pupils = Pupil.objects.visible_to(SYSTEM).order_by("pk")
    rows = Enrolment.objects.visible_to(SYSTEM).order_by("pupil", "starts_on", "group")
    return [
        list(pupils.values_list("key", "eck_id", "first_name", "last_name", "left_on", "location")),
        list(rows.values_list("pupil__key", "group__name", "year_group", "starts_on", "ends_on")),
    ]


def test_pupils_and_their_groups_come_in(cast, coordinator, bring) -> None:
    run = bring(NOOR, SEM, LI)

    assert counts(run) == {"new": 3}
    assert names(cast) == {"Noor V.": "5A", "Sem B.": "5A", "Li C.": "6"}
    groups = ClassGroup.objects.filter(location=cast.a1, year=YEAR)
    assert {group.name: group.year_groups for group in groups} == {"5A": [5], "6": [6]}
    assert set(Enrolment.objects.visible_to(SYSTEM).values_list("starts_on", flat=True)) == {YEAR.starts_on}
    assert not ImportPart.objects.exists()


def test_the_same_file_twice_changes_nothing(cast, bring) -> None:
    bring(NOOR, SEM, LI)
    before = snapshot()
    run = bring(NOOR, SEM, LI)
    assert counts(run) == {"same": 3}
    assert snapshot() == before


def test_zeros_in_front_of_a_number_stay(cast, bring) -> None:
    bring(NOOR)
    assert Pupil.objects.visible_to(SYSTEM).get().key == "0012"


def test_nothing_enters_without_an_agreement(cast, file_of) -> None:
    other = add_person("other_coordinator", "reading-coordinator", cast.a2)
    with pytest.raises(Sentence, match="verwerkersovereenkomst"):
        imports.begin_run(
            content=file_of([NOOR]),
            file_name="x.csv",
            importer_code="pupils",
            by=other,
            options={"location": cast.a2.pk, "year": YEAR.first},
        )
    assert not ImportRun.objects.exists()


def test_nobody_brings_pupils_of_another_school(cast, coordinator, file_of) -> None:
    with pytest.raises(Sentence):
        check(file_of([NOOR]), coordinator, cast, location=cast.b1.pk)
    with pytest.raises(NotAllowed):
        check(file_of([NOOR]), cast.consultant, cast)


def test_a_move_to_another_group_ends_the_old_one_the_day_before(cast, bring) -> None:
    bring(NOOR, SEM)
    run = bring(pupil("0012", "Noor", "Vries", "5B"), SEM)
    assert counts(run) == {"changed": 1, "same": 1}
    assert run.counts["moved"] == 1
    assert names(cast)["Noor V."] == "5B"
    noor = Enrolment.objects.visible_to(SYSTEM).filter(pupil__key="0012").order_by("starts_on")
    if today() > YEAR.starts_on:
        assert [row.ends_on for row in noor] == [today() - timedelta(days=1), None]


def test_who_is_not_in_the_file_has_left_and_is_kept(cast, bring) -> None:
    bring(NOOR, SEM, LI)
    run = bring(NOOR, SEM)
    assert counts(run) == {"same": 2, "gone": 1}
    assert set(names(cast)) == {"Noor V.", "Sem B."}
    assert Pupil.objects.visible_to(SYSTEM).get(key="14").left_on == today() - timedelta(days=1)


def test_who_is_not_in_the_file_may_stay(cast, bring) -> None:
    bring(NOOR, SEM)
    bring(NOOR, leavers="keep")
    assert set(names(cast)) == {"Noor V.", "Sem B."}


def test_who_comes_back_is_the_same_child(cast, bring) -> None:
    bring(NOOR, SEM)
    pk = Pupil.objects.visible_to(SYSTEM).get(key="13").pk
    bring(NOOR)
    run = bring(NOOR, SEM)
    assert counts(run) == {"changed": 1, "same": 1}
    assert Pupil.objects.visible_to(SYSTEM).get(key="13").pk == pk
    assert set(names(cast)) == {"Noor V.", "Sem B."}


def test_more_leavers_than_usual_stops_and_asks(cast, coordinator, bring, file_of) -> None:
    many = [pupil(str(100 + n), f"Kind{n}", "Test") for n in range(20)]
    bring(*many)
    run = check(file_of(many[:10]), coordinator, cast)
    with pytest.raises(Sentence):
        imports.start_run(run=run, by=coordinator, queue=False)
    assert Pupil.objects.visible_to(SYSTEM).filter(left_on=None).count() == 20
    store(run, coordinator, sure=True)
    assert Pupil.objects.visible_to(SYSTEM).filter(left_on=None).count() == 10


def test_undo_takes_back_exactly_what_was_done(cast, coordinator, bring) -> None:
    bring(NOOR, SEM)
    before = snapshot()
    groups = set(ClassGroup.objects.values_list("name", flat=True))
    run = bring(pupil("0012", "Noortje", "Vries", "7C", "7"), LI)
    assert snapshot() != before

    undone = take_back(run, coordinator)

    assert undone.counts["blocked"] == 0
    assert snapshot() == before
    assert set(ClassGroup.objects.values_list("name", flat=True)) == groups


def test_undo_leaves_alone_what_somebody_changed_since_and_says_so(cast, coordinator, bring) -> None:
    run = bring(NOOR, SEM)
    noor = Pupil.objects.visible_to(SYSTEM).get(key="0012")
    correct_pupil(pupil=noor, correction=Correction("Noor", "de", "Vries", "0012"), by=coordinator)

    undone = take_back(run, coordinator)

    assert undone.counts["blocked"] == 1
    assert [row.errors for row in ImportRow.objects.filter(run=run, applied=True)] == [
        [["", "changed_since"]]
    ]
    assert set(names(cast)) == {"Noor V."}


def test_undo_leaves_a_child_about_whom_a_parent_answered(cast, coordinator, bring) -> None:
    run = bring(NOOR, SEM)
    noor = Pupil.objects.visible_to(SYSTEM).get(key="0012")
    record_consents(
        [noor.pk], answer="yes", text="membership@1", given_on=today(), channel="paper", by=coordinator
    )
    take_back(run, coordinator)
    assert set(names(cast)) == {"Noor V."}


def test_an_erased_child_does_not_come_back_by_undo(cast, coordinator, bring) -> None:
    bring(NOOR, SEM)
    run = bring(SEM)
    noor = Pupil.objects.visible_to(SYSTEM).get(key="0012")
    erase_pupils([noor.pk], reason="retention", by=SYSTEM)

    take_back(run, coordinator)

    assert set(names(cast)) == {"Sem B."}
    assert not Pupil.objects.visible_to(SYSTEM).filter(key="0012").exists()


def test_who_was_erased_on_request_stays_away_from_the_next_file(cast, coordinator, bring) -> None:
    bring(NOOR, SEM)
    erase_on_request(pupil=Pupil.objects.visible_to(SYSTEM).get(key="0012"), by=coordinator)
    run = bring(NOOR, SEM)
    assert counts(run) == {"same": 1}
    assert run.counts["kept_away"] == 1
    assert set(names(cast)) == {"Sem B."}


def test_erasing_wipes_rows_of_imports_and_waiting_files(cast, coordinator, bring, file_of) -> None:
    bring(NOOR, SEM)
    check(file_of([NOOR, SEM, LI]), coordinator, cast)
    erase_on_request(pupil=Pupil.objects.visible_to(SYSTEM).get(key="0012"), by=coordinator)
    left = repr(list(ImportRow.objects.values())) + repr(list(ImportPart.objects.values()))
    assert "Noor" not in left
    assert "0012" not in left
    assert "Noor" not in repr(list(AuditEvent.objects.values()))


def test_two_rows_with_one_number_are_both_faulty_and_nobody_of_them_is_gone(
    cast, coordinator, bring
) -> None:
    bring(NOOR, SEM)
    run = check_faulty(bring, cast, coordinator)
    assert errors(run) == [(2, "key", "double_key"), (3, "key", "double_key")]
    assert counts(run) == {"faulty": 2, "same": 1}
    faulty = ImportRow.objects.filter(run=run, kind=RowKind.FAULTY).order_by("number")
    assert list(faulty.values_list("label", "code")) == [("Noor Vries", "0012"), ("Nora Vries", "0012")]


def test_a_faulty_row_with_a_whole_name_keeps_its_child(cast, coordinator, bring) -> None:
    bring(NOOR, SEM)
    content = b"Leerlingnummer;Naam;Groep\n;Noor Vries;5\n13;Sem Bakker;5\n"
    run = check(content, coordinator, cast)
    assert errors(run) == [(2, "key", "no_key")]
    assert ImportRow.objects.get(run=run, kind=RowKind.FAULTY).label == "Noor Vries"
    assert not ImportRow.objects.filter(run=run, kind=RowKind.GONE).exists()


def check_faulty(bring, cast, coordinator) -> ImportRun:  # type: ignore[no-untyped-def]
    rows = [pupil("0012", "Noor", "Vries"), pupil("0012", "Nora", "Vries"), SEM]
    content = "\r\n".join(
        [
            "Leerlingnummer;ECK iD;Roepnaam;Tussenvoegsel;Achternaam;Groep;Jaargroep",
            *(";".join(r) for r in rows),
        ]
    ).encode()
    return check(content, coordinator, cast)


def test_a_number_with_other_zeros_is_a_question_and_the_answer_counts(
    cast, coordinator, bring, file_of, client_for
) -> None:
    bring(NOOR, SEM)
    run = check(file_of([pupil("12", "Noor", "Vries"), SEM]), coordinator, cast)
    assert counts(run) == {"doubtful": 1, "same": 1}
    row = ImportRow.objects.get(run=run, kind=RowKind.DOUBTFUL)
    assert row.errors == [["", "zeros"]]
    assert row.changes == {
        "name": ["Noor Vries", "Noor Vries"],
        "key": ["0012", "12"],
        "group": ["5A", "5A"],
    }

    imports.decide_rows(run=run, ids=[row.pk], decision=Decision.TAKE, by=coordinator)
    page = client_for(coordinator).get(f"/import/run/{run.pk}/controle/?soort=twijfel").content.decode()
    assert "Bij ons" in page
    assert page.count("Het is hetzelfde kind") == 2  # the button, and what was chosen
    store(run, coordinator)

    assert Pupil.objects.visible_to(SYSTEM).get(first_name="Noor").key == "12"


def test_a_number_that_went_to_another_child_makes_the_first_a_leaver(
    cast, coordinator, bring, file_of
) -> None:
    bring(NOOR, SEM)
    before = snapshot()
    run = check(file_of([pupil("0012", "Yusuf", "Kaya"), SEM]), coordinator, cast)
    row = ImportRow.objects.get(run=run, kind=RowKind.DOUBTFUL)
    imports.decide_rows(run=run, ids=[row.pk], decision=Decision.NEW, by=coordinator)
    run = store(run, coordinator)
    assert set(names(cast)) == {"Yusuf K.", "Sem B."}

    take_back(run, coordinator)
    assert snapshot() == before


def test_what_somebody_decided_counts_once_on_the_button(
    cast, coordinator, bring, file_of, client_for
) -> None:
    bring(NOOR, SEM)
    run = check(file_of([pupil("0012", "Yusuf", "Kaya"), SEM]), coordinator, cast)
    row = ImportRow.objects.get(run=run, kind=RowKind.DOUBTFUL)
    page = f"/import/run/{run.pk}/controle/"
    imports.decide_rows(run=run, ids=[row.pk], decision=Decision.NEW, by=coordinator)
    assert client_for(coordinator).get(page).context["writes"] == 1

    imports.preview_run(run=run, by=coordinator)
    assert client_for(coordinator).get(page).context["writes"] == 1


def test_a_later_file_of_another_school_is_no_warning(cast, coordinator, bring, file_of) -> None:
    done = bring(NOOR)
    run = check(file_of([NOOR]), coordinator, cast)
    run.options = run.options | {"year": YEAR.previous.first}
    assert newer_year_before(coordinator, run) == done

    done.options = done.options | {"location": cast.a2.pk}
    done.save(update_fields=["options"])
    assert newer_year_before(coordinator, run) is None


def test_a_doubtful_row_without_an_answer_is_left_out_and_the_child_is_not_gone(
    cast, coordinator, bring
) -> None:
    bring(NOOR, SEM)
    bring(pupil("0012", "Yusuf", "Kaya"), SEM)
    assert set(names(cast)) == {"Noor V.", "Sem B."}


def test_a_school_with_a_new_system_keeps_its_children(cast, bring) -> None:
    bring(NOOR, SEM)
    ids = set(Pupil.objects.visible_to(SYSTEM).values_list("pk", flat=True))
    run = bring(pupil("X1", "Noor", "Vries"), pupil("X2", "Sem", "Bakker"), new_system=True)
    assert counts(run) == {"changed": 2}
    assert set(Pupil.objects.visible_to(SYSTEM).values_list("pk", flat=True)) == ids
    assert set(Pupil.objects.visible_to(SYSTEM).values_list("key", flat=True)) == {"X1", "X2"}


def test_pupils_of_a_merged_school_come_along_for_who_works_with_both(cast, agreed, file_of) -> None:
    start_partnership(library=cast.library_a, location=cast.a2, by=SYSTEM, starts_on=YEAR.starts_on)
    by = actor_for(RoleAssignment.objects.get(pk=cast.administrator.assignment_id))
    closed = Location.objects.get(pk=cast.a2.pk)
    other = Pupil.objects.create(
        location=closed, key="77", eck_id="eck-77", first_name="Zoë", last_name="Smit"
    )
    Location.objects.filter(pk=closed.pk).update(closed_on=today() - timedelta(days=40))
    content = file_of([NOOR, pupil("200", "Zoë", "Smit", eck="eck-77")])
    run = store(check(content, by, cast, merged=[closed.code]), by)
    assert counts(run) == {"new": 1, "changed": 1}
    moved = Pupil.objects.visible_to(SYSTEM).get(pk=other.pk)
    assert (moved.location_id, moved.key) == (cast.a1.pk, "200")


def test_pupils_of_a_school_that_went_up_in_this_one_come_along_by_themselves(
    cast, coordinator, bring
) -> None:
    other = Pupil.objects.create(
        location=cast.a2, key="77", eck_id="eck-77", first_name="Zoë", last_name="Smit"
    )
    stays = Pupil.objects.create(location=cast.a2, key="78", first_name="Wim", last_name="Bos")
    Location.objects.filter(pk=cast.a2.pk).update(closed_on=today(), merged_into=cast.a1)
    before = snapshot()
    run = bring(NOOR, pupil("200", "Zoë", "Smit", eck="eck-77"))
    assert counts(run) == {"new": 1, "changed": 1}
    assert Pupil.objects.visible_to(SYSTEM).get(pk=other.pk).location_id == cast.a1.pk
    assert Pupil.objects.visible_to(SYSTEM).get(pk=stays.pk).location_id == cast.a2.pk

    take_back(run, coordinator)
    assert snapshot() == before


def test_a_file_of_an_earlier_year_is_refused(cast, coordinator, bring, file_of) -> None:
    bring(NOOR, year=YEAR.next.first)
    with pytest.raises(Sentence, match=f"Lees een bestand van {YEAR.next} in"):
        check(file_of([NOOR]), coordinator, cast)


def test_a_check_that_is_outdated_must_be_done_again(cast, coordinator, bring, file_of) -> None:
    bring(NOOR)
    run = check(file_of([NOOR, SEM]), coordinator, cast)
    bring(NOOR, LI)
    with pytest.raises(Sentence):
        imports.start_run(run=run, by=coordinator, queue=False)


def test_a_school_sees_its_own_imports_and_its_library_does_not(cast, coordinator, bring, client_for) -> None:
    run = bring(NOOR)
    assert client_for(coordinator).get(f"/import/run/{run.pk}/").status_code == 200
    for other in (cast.administrator, cast.other_head, cast.teacher, cast.board, cast.outsider):
        assert client_for(other).get(f"/import/run/{run.pk}/").status_code == 404


def test_a_row_without_a_number_is_faulty_and_its_child_is_not_gone(
    cast, coordinator, bring, file_of
) -> None:
    bring(NOOR, SEM, LI)
    rows = [NOOR, ("", *SEM[1:]), pupil("0014", "Li", "Chen", "6", "6"), pupil("15", "Aya", "Smit")]
    run = check(file_of(rows), coordinator, cast)
    assert errors(run) == [(3, "key", "no_key")]
    assert counts(run) == {"faulty": 1, "same": 1, "doubtful": 1, "new": 1}


def test_a_column_that_somebody_chose_is_read_again_next_time(cast, coordinator) -> None:
    content = b"Kaartcode X;Roepnaam;Achternaam;Groep;BSN\n77;Noor;Vries;5A;123456782\n"
    wishes = {"location": cast.a1.pk, "year": YEAR.first, "leavers": "left"}
    file = {"content": content, "file_name": "x.csv", "importer_code": "pupils", "by": coordinator}
    names = {
        "key": ["Kaartcode X"],
        "first_name": ["Roepnaam"],
        "last_name": ["Achternaam"],
        "group": ["Groep"],
    }
    run = imports.begin_run(**file, mapping=names, options=wishes)
    run = imports.choose_columns(run=run, mapping=run.mapping, options=run.options, by=coordinator)
    store(imports.preview_run(run=run, by=coordinator), coordinator)
    assert Pupil.objects.visible_to(SYSTEM).get().key == "77"

    again = imports.preview_run(run=imports.begin_run(**file, options=wishes), by=coordinator)

    assert counts(again) == {"same": 1}
    assert "123456782" not in repr(list(ImportPart.objects.values()))


def test_a_leaver_of_whom_something_is_open_is_told_and_stays(
    cast, coordinator, bring, file_of, client_for, monkeypatch
) -> None:
    bring(NOOR, SEM)
    noor = Pupil.objects.visible_to(SYSTEM).get(key="0012")
    holder = PupilHolder(
        "x", tell=lambda pk: [], erase=lambda ids: None, unsettled=lambda ids: {noor.pk: ["boek"]}
    )
    monkeypatch.setitem(pupil_holders._items, "test", holder)
    run = check(file_of([SEM]), coordinator, cast)
    assert run.counts["unsettled"] == 1
    page = client_for(coordinator).get(f"/import/run/{run.pk}/controle/?soort=weg").content.decode()
    assert "Er staat nog iets open voor dit kind" in page
    store(run, coordinator)
    assert Pupil.objects.visible_to(SYSTEM).filter(pk=noor.pk).exists()


def test_a_child_is_not_in_the_global_search(cast, coordinator, bring, client_for) -> None:
    bring(pupil("1", "Zebedeus", "Naaldenkoker"))
    assert not Document.objects.filter(title__icontains="zebedeus").exists()
    for actor in (coordinator, cast.head, cast.administrator):
        assert "Naaldenkoker" not in client_for(actor).get("/zoeken/?q=zebedeus").content.decode()
    page = client_for(coordinator).get("/school/99AA00/leerlingen/?zoek=zebedeüs").content.decode()
    assert "Zebedeus N." in page


def test_the_receipt_names_the_school_and_no_child_that_came_in(coordinator, bring, client_for) -> None:
    run = bring(NOOR)
    answer = client_for(coordinator).get(f"/import/run/{run.pk}/ontvangstbewijs.pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "De Regenboog (99AA00)" in text
    assert "Noor" not in text


def test_a_citizen_service_number_typed_while_mending_is_refused(cast, coordinator, file_of) -> None:  # type: ignore[no-untyped-def]
    run = check(file_of([NOOR, pupil("", "Sem", "Bakker")]), coordinator, cast)
    key = run.mapping["key"][0]
    (faulty,) = {number for number, _column, _reason in errors(run)}

    with pytest.raises(Sentence, match="BSN"):
        imports.repair_rows(run=run, cells={faulty: {key: "111222333"}}, by=coordinator)
    assert "111222333" not in str([part.rows for part in ImportPart.objects.filter(run=run)])

    imports.repair_rows(run=run, cells={faulty: {key: "111222334"}}, by=coordinator)
    assert "111222334" in str([part.rows for part in ImportPart.objects.filter(run=run)])
