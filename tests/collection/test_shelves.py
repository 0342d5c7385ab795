"""The shelf of a school beside the norm, its figures, and how the school is provided with books."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.collection.actions import (
    CopyRow,
    ProvisionRow,
    add_exclusion,
    count_shelves,
    end_exclusion,
    restore_exclusion,
    save_copies,
    set_provision,
)
from leesbouw.collection.domain import (
    Standing,
    TitleFacts,
    ages_of,
    books_short,
    category_of,
    mixed,
    recent_answer,
    standing_of,
)
from leesbouw.collection.enums import AgeBand, Category, Part, TitleKind
from leesbouw.collection.models import Exclusion, Provision
from leesbouw.collection.queries import (
    exclusions_of,
    lending_right,
    profiles_of,
    provision_of,
    shelf_report,
    shelves_of,
)
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.queries import Shown, facts, figures
from leesbouw.organisations.models import LocationYear
from tests.factories.cast import add_person

from .test_titles import titled

YEAR = SchoolYear.running()
SOON = today() + timedelta(days=90)


@given(st.floats(0, 20), st.floats(0, 10), st.floats(0, 10))
def test_a_norm_has_three_sides(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = standing_of(value, low, high)
    assert (found == Standing.BELOW) == (value < low)
    assert (found == Standing.ABOVE) == (value > high)


@given(st.integers(0, 3000), st.integers(1, 600), st.sampled_from([3, 5]))
def test_what_is_short_brings_a_shelf_to_the_norm(fixed: int, pupils: int, low: int) -> None:
    missing = books_short(fixed, pupils, low)
    assert (fixed + missing) / pupils >= low or missing == 0
    assert missing == 0 or (fixed + missing - 1) / pupils < low


@given(
    st.sampled_from(TitleKind.values),
    st.sampled_from(["", *AgeBand.values]),
    st.sampled_from(["dut", "fry", "eng", "tur", ""]),
)
def test_every_title_counts_in_one_place(kind: str, band: str, language: str) -> None:
    found = category_of(kind, band, language)
    assert (found == Category.LANGUAGES) == (language in {"eng", "tur"})


@given(st.dictionaries(st.sampled_from(list(Category)), st.integers(0, 500)))
def test_shares_of_a_shelf_are_one_together(numbers: dict[Category, int]) -> None:
    rows = mixed(numbers, {"picture": 0.2})
    total = sum(one.share for one in rows)
    assert total == pytest.approx(1) or not sum(numbers.values())


@pytest.mark.parametrize(
    ("share", "answer"), [(0, 1), (0.09, 1), (0.1, 2), (0.2, 2), (0.21, 3), (0.3, 3), (0.31, 4), (1, 4)]
)
def test_the_answer_of_the_national_list(share: float, answer: int) -> None:
    assert recent_answer(share) == answer


def test_age_and_renewal_are_of_the_day() -> None:
    on = date(2026, 9, 1)
    found = ages_of([(date(2026, 8, 1), 2), (date(2022, 9, 1), 2), (date(2027, 1, 1), 1)], on)
    assert (found.copies, found.last_year, found.recent) == (5, 3, 3)
    assert found.years == pytest.approx((62 + 2 * 1461) / 5 / 365.25)
    assert ages_of([], on).years is None


def _shelf(cast, number: int = 4, **more) -> None:
    row = titled(cast)
    save_copies(
        [CopyRow(row.pk, location_id=cast.a1.pk, **more) for _each in range(number)],
        library_id=cast.library_a.pk,
        by=SYSTEM,
    )


def _pupils(cast, number: int) -> None:
    LocationYear.objects.update_or_create(
        location=cast.a1, year=YEAR, defaults={"pupils": number, "municipality": cast.a1.municipality}
    )


def test_the_fixed_collection_stands_beside_the_norm(cast) -> None:
    _shelf(cast, 12)
    save_copies(
        [
            CopyRow(
                titled(cast, TitleFacts("Rupsje", kind="picture")).pk,
                location_id=cast.a1.pk,
                part=Part.ROTATING,
            )
        ],
        library_id=cast.library_a.pk,
        by=SYSTEM,
    )
    _pupils(cast, 4)
    found = shelf_report(cast.consultant, cast.a1, YEAR)
    assert (found.copies, found.fixed, found.per_child, found.short) == (13, 12, 3, 8)
    assert found.standing == Standing.BELOW
    assert (found.norm.low, found.norm.high) == (5, 8)
    assert found.profile_code == "broad-primary"
    assert [one.category for one in found.gaps][:1] == [Category.STORIES_B]
    assert {one.label: one.number for one in found.parts} == {"Standaard": 12, "Wisselend": 1}
    listed = shelves_of(cast.consultant, cast.library_a.pk, YEAR)
    told = [(one.location.pk, one.copies, one.fixed, one.per_child, one.standing) for one in listed]
    assert told == [(cast.a1.pk, 13, 12, 3, Standing.BELOW)]


def test_every_profile_is_whole(cast) -> None:
    for sector in ("po", "vo", "ko"):
        for one in profiles_of(sector).values():
            assert sum(one.shares.values()) == pytest.approx(1), one.name


def test_the_figures_of_a_shelf_are_figures_like_any_other(cast) -> None:
    _shelf(cast, 12)
    _pupils(cast, 4)
    assert count_shelves(year=YEAR, by=SYSTEM) == 1
    found = {
        one.code: one.result
        for one in figures(cast.head, ["shelf-books-per-pupil", "shelf-renewal"], [cast.a1], [YEAR])
    }
    assert all(isinstance(one, Shown) for one in found.values())
    assert found["shelf-books-per-pupil"].value == 3
    assert found["shelf-renewal"].value == 1
    told = facts(cast.head, cast.a1, YEAR)
    assert (told["copies"].value, told["recent-share"].value) == (12, 4)
    assert not figures(cast.outsider, ["shelf-books-per-pupil"], [cast.a1], [YEAR])


GOOD = ProvisionRow(["own"], "library", "library", "library", "other", "yes", profile="broad-primary")


def test_what_was_agreed_stays_to_be_read(cast) -> None:
    first = set_provision(location=cast.a1, row=GOOD, by=cast.consultant)
    assert lending_right(first).all_met
    assert facts(cast.head, cast.a1, YEAR)["lending-right"].value == "met"
    row = ProvisionRow(
        ["own", "class"], "school", "library", "school", "none", "no", "Boeken raken kwijt", SOON
    )
    set_provision(location=cast.a1, row=row, by=cast.consultant)
    holds = provision_of(cast.head, cast.a1)
    assert (holds.ways, holds.goes_home_why) == (["class", "own"], "Boeken raken kwijt")
    assert lending_right(holds).conditions == (False, False, False)
    assert Provision.objects.filter(location=cast.a1).count() == 2


@pytest.mark.parametrize(
    "more",
    [
        {"goes_home": "no"},
        {"goes_home": "notyet", "goes_home_why": "Geen tassen"},
        {"goes_home": "no", "goes_home_why": "x", "review_on": today()},
        {"profile": "secondary"},
    ],
)
def test_a_no_needs_a_reason_and_a_day(cast, more) -> None:
    row = ProvisionRow(["own"], "library", "library", "library", **more)
    with pytest.raises(Sentence):
        set_provision(location=cast.a1, row=row, by=cast.consultant)
    assert not Provision.objects.exists()


def test_what_is_left_out_is_in_the_open(cast) -> None:
    row = add_exclusion(
        location=cast.a1, what="Griezelen", why="Past niet bij de school", review_on=SOON, by=cast.consultant
    )
    assert list(exclusions_of(cast.head, cast.a1)) == [row]
    assert not exclusions_of(cast.outsider, cast.a1)
    end_exclusion(exclusion=row, by=cast.consultant)
    assert not exclusions_of(cast.head, cast.a1)
    restore_exclusion(id=row.pk, by=cast.consultant)
    assert exclusions_of(cast.head, cast.a1)
    with pytest.raises(Sentence):
        add_exclusion(location=cast.a1, what="Iets", why=" ", review_on=SOON, by=cast.consultant)


def test_who_may_agree(cast) -> None:
    joke = add_person("Joke", "reading-coordinator", cast.a1)
    assert set_provision(location=cast.a1, row=GOOD, by=joke)
    for stranger in (cast.teacher, cast.outsider, cast.other_library):
        with pytest.raises(NotAllowed):
            set_provision(location=cast.a1, row=GOOD, by=stranger)


def test_the_page_of_a_shelf(cast, client_for, queries_of) -> None:
    _shelf(cast, 3)
    _pupils(cast, 4)
    joke = add_person("Joke", "reading-coordinator", cast.a1)
    client, url = client_for(joke), f"{cast.a1.get_absolute_url()}collectie/"
    assert "onder de norm" in client.get(url).content.decode()
    before = queries_of(client, url)
    _shelf_more(cast)
    assert queries_of(client, url) == before
    sent = {
        "request_id": "een",
        "ways": ["own", "reserve"],
        "owner": "both",
        "manager": "library",
        "responsible": "library",
        "system": "other",
        "goes_home": "yes",
        "profile": "multilingual-primary",
    }
    assert client.post(f"{url}voorziening/", sent)["Location"] == url
    page = client.get(url).content.decode()
    assert "voldoet aan alle drie de voorwaarden" in page
    assert "Basisschool met veel talen" in page
    client.post(
        f"{url}niet/",
        {"request_id": "twee", "what": "Griezelen", "why": "Te eng", "review_on": SOON.isoformat()},
    )
    row = Exclusion.objects.get()
    assert "Te eng" in client.get(url).content.decode()
    client.post(f"{url}niet/{row.pk}/weg/", {"request_id": "drie"})
    assert "Te eng" not in client.get(url).content.decode()


def _shelf_more(cast) -> None:
    for name in ("Een", "Twee"):
        row = titled(cast, TitleFacts(name, kind="comic"))
        save_copies([CopyRow(row.pk, location_id=cast.a1.pk)] * 3, library_id=cast.library_a.pk, by=SYSTEM)


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("consultant", 200, 200),
        ("head", 200, 403),
        ("teacher", 200, 403),
        ("board", 403, 403),
        ("outsider", 404, 403),
    ],
)
def test_who_reads_and_who_agrees(cast, client_for, name: str, reads: int, writes: int) -> None:
    url = f"{cast.a1.get_absolute_url()}collectie/"
    client = client_for(getattr(cast, name))
    assert client.get(url).status_code == reads
    assert client.get(f"{url}voorziening/").status_code == writes
    assert client_for(cast.consultant).get("/kinderopvang/99AA00/collectie/").status_code == 404
