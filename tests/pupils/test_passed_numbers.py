"""Numbers that pass from one child to another: a new administration system, schools that were merged, a leaver's number."""

from __future__ import annotations

from random import Random

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import today
from leesbouw.exchange.actions import running, undoing
from leesbouw.exchange.enums import RowKind
from leesbouw.exchange.models import ImportRow
from leesbouw.organisations.models import Location
from leesbouw.pupils.actions import Correction, correct_pupil
from leesbouw.pupils.models import Pupil
from tests.exchange.steps import counts, errors, store, take_back

from .conftest import pupil
from .test_import import bring as bring
from .test_import import check, snapshot

NAMES = [(f"Kind{chr(97 + at)}", f"Naam{chr(97 + at)}") for at in range(6)]


def rows_with(keys: list[str], eck: bool = False):  # type: ignore[no-untyped-def]
    return [
        pupil(key, first, last, eck=f"eck-{first}" if eck else "")
        for key, (first, last) in zip(keys, NAMES, strict=False)
    ]


def numbers() -> dict[str, str]:
    rows = Pupil.objects.visible_to(SYSTEM).filter(left_on=None)
    return dict(rows.values_list("first_name", "key"))


@pytest.fixture(params=[2, 200])
def chunk(request, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Also with pieces that are smaller than the chain of numbers."""
    monkeypatch.setattr(running, "CHUNK", request.param)
    monkeypatch.setattr(undoing, "CHUNK", request.param)


@pytest.mark.parametrize("eck", [True, False])
@pytest.mark.parametrize(
    "keys", [["2", "3", "4", "5", "6", "1"], ["6", "5", "4", "3", "2", "1"], ["4", "5", "6", "7", "8", "9"]]
)
@pytest.mark.usefixtures("chunk")
def test_a_new_system_may_use_the_old_numbers_for_other_children(
    coordinator, bring, eck: bool, keys: list[str]
) -> None:
    bring(*rows_with(["1", "2", "3", "4", "5", "6"], eck))
    ids = set(Pupil.objects.visible_to(SYSTEM).values_list("pk", flat=True))
    before = snapshot()

    run = bring(*rows_with(keys, eck), new_system=not eck)

    assert counts(run) == {"changed": 6}
    assert list(numbers().values()) == keys
    assert set(Pupil.objects.visible_to(SYSTEM).values_list("pk", flat=True)) == ids
    assert counts(bring(*rows_with(keys, eck))) == {"same": 6}
    again = ImportRow.objects.filter(run=run).exclude(applied=True)
    assert not again.exists()
    take_back_last(run, coordinator)
    assert snapshot() == before


def take_back_last(run, by) -> None:  # type: ignore[no-untyped-def]
    run.refresh_from_db()
    newer = type(run).objects.filter(pk__gt=run.pk)
    for one in newer.order_by("-pk"):
        take_back(one, by)
    assert take_back(run, by).counts["blocked"] == 0


@pytest.mark.usefixtures("chunk")
def test_undo_stops_where_somebody_keeps_the_number_that_another_had(bring, coordinator) -> None:
    bring(*rows_with(["1", "2", "3", "4", "5", "6"], eck=True))
    run = bring(*rows_with(["2", "3", "1", "5", "4", "6"], eck=True))
    kindb = Pupil.objects.visible_to(SYSTEM).get(first_name="Kindb")
    correct_pupil(pupil=kindb, correction=Correction("Kindb", "van", "Naamb", "3"), by=coordinator)

    undone = take_back(run, coordinator)

    assert undone.counts["blocked"] == 3
    assert set(ImportRow.objects.filter(run=run).values_list("label", "errors__0__1")) == {
        ("Kinda Naama", "key_taken"),
        ("Kindb Naamb", "changed_since"),
        ("Kindc Naamc", "key_taken"),
    }
    assert list(numbers().values()) == ["2", "3", "1", "4", "5", "6"]


@pytest.mark.usefixtures("chunk")
def test_a_newcomer_gets_the_number_of_a_leaver_in_a_new_system(bring, coordinator) -> None:
    bring(*rows_with(["1", "2", "3"]))
    before = snapshot()
    run = bring(*rows_with(["11", "12"]), pupil("3", "Yusuf", "Kaya"), new_system=True)
    assert counts(run) == {"new": 1, "changed": 2, "gone": 1}
    assert numbers() == {"Kinda": "11", "Kindb": "12", "Yusuf": "3"}
    take_back(run, coordinator)
    assert snapshot() == before


def test_a_number_that_another_child_keeps_is_still_a_mistake(cast, bring, coordinator, file_of) -> None:
    bring(*rows_with(["1", "2", "3"], eck=True))
    same = [*rows_with(["3"], eck=True), rows_with(["1", "2"], eck=True)[1]]
    run = check(file_of(same), coordinator, cast, leavers="keep")
    assert errors(run) == [(2, "key", "key_taken")]


def test_a_file_without_numbers_leaves_those_that_are_there(bring) -> None:
    bring(*rows_with(["1", "2"], eck=True))
    assert counts(bring(*rows_with(["", ""], eck=True))) == {"same": 2}
    assert list(numbers().values()) == ["1", "2"]


def test_a_row_that_would_free_a_number_and_cannot_is_followed_by_the_next(
    cast, bring, coordinator, file_of
) -> None:
    bring(*rows_with(["1", "2", "3"], eck=True))
    chain = [*rows_with(["2", "3"], eck=True)]  # 3 stays whose it is
    run = check(file_of(chain), coordinator, cast, leavers="keep")
    assert errors(run) == [(2, "key", "key_taken"), (3, "key", "key_taken")]


def test_two_merged_schools_that_used_the_same_numbers_lose_and_double_nobody(
    cast, bring, coordinator
) -> None:
    bring(pupil("1", "Noor", "Vries"), pupil("2", "Sem", "Bakker"))
    other = [
        Pupil.objects.create(location=cast.a2, key=key, first_name=first, last_name=last)
        for key, first, last in (("1", "Zoë", "Smit"), ("2", "Wim", "Bos"), ("3", "Pia", "Mol"))
    ]
    Location.objects.filter(pk=cast.a2.pk).update(closed_on=today(), merged_into=cast.a1)
    run = bring(
        *(pupil("1", "Noor", "Vries"), pupil("2", "Sem", "Bakker"), pupil("3", "Pia", "Mol")),
        *(pupil("101", "Zoë", "Smit"), pupil("102", "Wim", "Bos"), pupil("4", "Lot", "Kuip")),
    )
    assert counts(run) == {"new": 1, "changed": 1, "same": 2, "doubtful": 2}
    doubtful = ImportRow.objects.filter(run=run, kind=RowKind.DOUBTFUL)
    assert set(doubtful.values_list("label", "object_id")) == {
        ("Zoë Smit", other[0].pk),
        ("Wim Bos", other[1].pk),
    }


def test_a_number_of_a_closed_school_is_free_here(cast, bring) -> None:
    bring(pupil("1", "Noor", "Vries"))
    Pupil.objects.create(location=cast.a2, key="7", first_name="Wim", last_name="Bos", eck_id="eck-w")
    Location.objects.filter(pk=cast.a2.pk).update(closed_on=today(), merged_into=cast.a1)
    run = bring(pupil("1", "Noor", "Vries"), pupil("7", "Lot", "Kuip", eck="eck-lot"), new_system=True)
    assert counts(run) == {"new": 1, "same": 1}


def test_who_comes_from_a_closed_school_without_a_number_leaves_the_old_one_there(cast, bring) -> None:
    bring(pupil("7", "Noor", "Vries", eck="eck-n"))
    Pupil.objects.create(location=cast.a2, key="7", first_name="Wim", last_name="Bos", eck_id="eck-w")
    Location.objects.filter(pk=cast.a2.pk).update(closed_on=today(), merged_into=cast.a1)
    bring(pupil("", "Noor", "Vries", eck="eck-n"), pupil("", "Wim", "Bos", eck="eck-w"))
    assert numbers() == {"Noor": "7", "Wim": ""}


def test_of_two_children_with_one_number_the_name_says_which(cast, bring) -> None:
    bring(pupil("1", "Noor", "Vries"))
    zoe = Pupil.objects.create(location=cast.a2, key="1", first_name="Zoë", last_name="Smit")
    Location.objects.filter(pk=cast.a2.pk).update(closed_on=today(), merged_into=cast.a1)
    run = bring(pupil("1", "Zoë", "Smit"), pupil("51", "Noor", "Vries", eck="eck-noor"))
    rows = ImportRow.objects.filter(run=run).order_by("number")
    assert [(row.kind, row.errors) for row in rows] == [
        ("faulty", [["key", "key_taken"]]),
        ("doubtful", [["", "same_name"]]),
    ]
    assert rows[0].object_id == zoe.pk


def many(start: int, zeros: str = ""):  # type: ignore[no-untyped-def]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [pupil(f"{zeros}{start + at}", f"Kind{a}", f"Naam{a}") for at, a in enumerate(letters)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (many(500), "26 leerlingen hebben een ander nummer dan eerst."),
        (many(100, "00"), "Bij 26 nummers zijn de nullen vooraan anders dan eerst."),
    ],
)
def test_a_file_full_of_other_numbers_says_what_may_be_the_matter_and_is_answered_at_once(
    cast, bring, coordinator, file_of, client_for, rows: list[tuple[str, ...]], words: str
) -> None:
    bring(*many(100))
    run = check(file_of(rows), coordinator, cast)
    client = client_for(coordinator)
    page = client.get(f"/import/run/{run.pk}/controle/").content.decode()
    assert words in page
    assert "Je hoeft niets te doen" not in page
    client.post(f"/import/run/{run.pk}/besluit/", {"namesakes": "on"})
    done = store(run, coordinator)
    receipt = client.get(f"/import/run/{done.pk}/").content.decode()
    assert "<dt>Opgeslagen rijen</dt><dd>26</dd>" in receipt  # they were doubtful, and are in all the same
    assert list(numbers().values()) == [row[0] for row in rows]
    assert counts(bring(*rows)) == {"same": 26}


def test_a_new_system_that_nobody_told_of_is_guessed_from_numbers_of_others(
    cast, bring, coordinator, file_of, client_for
) -> None:
    names = [
        "Noor Vries",
        "Sem Bakker",
        "Li Chen",
        "Zoë Smit",
        "Wim Bos",
        "Pia Mol",
        "Yusuf Kaya",
        "Lot Kuip",
    ]
    children = [pupil(str(at), *name.split()) for at, name in enumerate(names)]
    bring(*children)
    moved = [pupil(str((at + 1) % 8), *name.split()) for at, name in enumerate(names)]
    run = check(file_of(moved), coordinator, cast)
    page = client_for(coordinator).get(f"/import/run/{run.pk}/controle/").content.decode()
    assert "8 leerlingen hebben een ander nummer dan eerst." in page


def test_all_namesakes_at_once_leaves_other_doubts_to_somebody(
    cast, bring, coordinator, file_of, client_for
) -> None:
    bring(*many(100))
    run = check(file_of([*many(500)[1:], pupil("100", "Yusuf", "Kaya")]), coordinator, cast)
    client_for(coordinator).post(f"/import/run/{run.pk}/besluit/", {"namesakes": "on"})
    open_ = ImportRow.objects.filter(run=run, kind=RowKind.DOUBTFUL, decision="")
    assert list(open_.values_list("label", "errors")) == [("Yusuf Kaya", [["", "other_child"]])]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.usefixtures("chunk")
def test_however_numbers_pass_on_nobody_is_lost_or_doubled_and_all_goes_back(
    coordinator, bring, seed: int
) -> None:
    chance = Random(seed)
    children = rows_with(["1", "2", "3", "4", "5", "6"], eck=True)
    bring(*children)
    who = dict(Pupil.objects.visible_to(SYSTEM).values_list("eck_id", "pk"))
    runs, before = [], []
    for _round in range(3):
        before.append(snapshot())
        keys = chance.sample(["1", "2", "3", "4", "5", "6", "7", "8"], 6)
        some = chance.sample(range(6), chance.randint(4, 6))
        runs.append(bring(*(rows_with(keys, eck=True)[at] for at in sorted(some))))
        there = Pupil.objects.visible_to(SYSTEM).filter(left_on=None)
        assert set(there.values_list("eck_id", "key")) == {(f"eck-{NAMES[at][0]}", keys[at]) for at in some}
        assert dict(Pupil.objects.visible_to(SYSTEM).values_list("eck_id", "pk")) == who
    for run, was in zip(reversed(runs), reversed(before), strict=True):
        assert take_back(run, coordinator).counts["blocked"] == 0
        assert snapshot() == was
