"""The catalogue: what is shipped, what a library or school adds, the days of campaigns and the school holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import NotAllowed
from leesbouw.core.content import all_current
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.search import find
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.domain import SCHOOL_YEAR_GROUPS
from leesbouw.plans.actions import (
    add_own_form,
    archive_own_form,
    change_own_form,
    restore_own_form,
    set_campaign_dates,
)
from leesbouw.plans.domain import pick_of_day
from leesbouw.plans.enums import FormKind, Region
from leesbouw.plans.models import OwnForm
from leesbouw.plans.queries import (
    BLOCKS,
    FormBody,
    campaigns_between,
    form_by_code,
    forms_for,
    holidays_between,
    idea_of_day,
    quick_forms,
    shipped_forms,
)

YEAR = SchoolYear(2026)
BODY = FormBody(
    name="Leeskoffer", sectors=("po",), aim="Lezen thuis", minutes=30, steps=("Geef de koffer mee.",)
)


def names(actor) -> list[str]:  # type: ignore[no-untyped-def]
    return [one.name for one in forms_for(actor) if one.own]


# What is shipped


def test_every_shipped_form_says_what_to_do_and_points_at_what_exists(db) -> None:
    measures, blocks = set(all_current("measure")), set(all_current(BLOCKS))
    forms = list(shipped_forms())
    assert len(forms) == 71
    for one in forms:
        body = one.body
        assert all([body.steps, body.aim, body.evidence]), one.code
        assert set(body.measures) <= measures, one.code
        assert body.block in blocks, one.code
        assert body.ours == one.source.startswith("Eigen voorbeeld"), one.code
        groups = {group for sector in body.sectors for group in SCHOOL_YEAR_GROUPS[sector]}
        assert set(body.groups) <= groups, one.code


def test_the_campaigns_of_the_calendar_are_campaigns(db) -> None:
    campaigns = {one.code for one in shipped_forms() if one.body.kind == FormKind.CAMPAIGN}
    for year, item in all_current("campaign-calendar").items():
        assert {one.form for one in item.body.dates} == campaigns
        for one in item.body.dates:
            assert one.starts_on <= one.ends_on
            assert one.starts_on in SchoolYear.parse(year)
            assert one.ends_on in SchoolYear.parse(year)


def test_a_form_is_found_for_its_sector_and_one_of_the_groups(cast) -> None:
    found = {one.code for one in forms_for(cast.consultant, sector="po", year_groups=[1, 7])}
    assert {"interactive-reading", "reading-aloud-contest", "reading-aloud"} <= found
    assert not {"the-bet", "ko-again", "free-reading-daily"} & found
    assert "reading-aloud-contest" not in {one.code for one in forms_for(cast.consultant, year_groups=[1])}


@pytest.mark.parametrize("code", ["unknown", "eigen-", "eigen-x", "eigen-²", "eigen-999"])
def test_an_unknown_code_is_a_lookup_error(cast, code: str) -> None:
    with pytest.raises(LookupError):
        form_by_code(cast.consultant, code)


# Own forms


def test_a_form_of_the_library_is_seen_by_its_schools_and_nobody_else(cast) -> None:
    row = add_own_form(unit=cast.library_a, body=BODY, by=cast.consultant)
    for who in (cast.manager, cast.head, cast.teacher):
        assert names(who) == ["Leeskoffer"]
    for who in (cast.outsider, cast.other_head):
        assert names(who) == []
    with pytest.raises(LookupError):
        form_by_code(cast.outsider, f"eigen-{row.pk}")


def test_a_form_of_a_school_is_seen_by_the_school_and_its_library(cast) -> None:
    add_own_form(unit=cast.a1, body=BODY, by=cast.head)
    assert names(cast.teacher) == names(cast.consultant) == ["Leeskoffer"]
    assert names(cast.other_head) == names(cast.outsider) == []


def test_only_who_works_there_adds_changes_and_archives(cast) -> None:
    with pytest.raises(NotAllowed):
        add_own_form(unit=cast.a1, body=BODY, by=cast.consultant)
    with pytest.raises(NotAllowed):
        add_own_form(unit=cast.a1, body=BODY, by=cast.teacher)
    row = add_own_form(unit=cast.a1, body=BODY, by=cast.head)
    with pytest.raises(NotAllowed):
        change_own_form(own=row, body=BODY, by=cast.consultant)
    with pytest.raises(OwnForm.DoesNotExist):
        archive_own_form(own=row, by=cast.outsider)


def test_what_is_archived_leaves_the_catalogue_but_not_the_plan_that_names_it(cast) -> None:
    row = add_own_form(unit=cast.a1, body=BODY, by=cast.head)
    assert [hit.title for hit in find(cast.head, "leeskoffer")] == ["Leeskoffer"]
    archive_own_form(own=row, by=cast.head)
    assert names(cast.head) == []
    assert find(cast.head, "leeskoffer") == []
    assert form_by_code(cast.head, f"eigen-{row.pk}").is_archived
    restore_own_form(id=row.pk, by=cast.head)
    assert names(cast.head) == ["Leeskoffer"]


def test_two_who_change_one_form_are_told(cast) -> None:
    row = add_own_form(unit=cast.a1, body=BODY, by=cast.head)
    changed = change_own_form(own=row, body=BODY.model_copy(update={"minutes": 20}), by=cast.head, version=1)
    assert (changed.version, FormBody.model_validate(changed.body).minutes) == (2, 20)
    with pytest.raises(Stale):
        change_own_form(own=row, body=BODY, by=cast.head, version=1)


# Campaigns and holidays


def test_own_days_of_a_school_go_before_those_of_the_library_and_ours(cast) -> None:
    def book_week(actor) -> tuple[date, str]:  # type: ignore[no-untyped-def]
        found = campaigns_between(actor, YEAR.starts_on, YEAR.ends_on)
        return next((one.starts_on, one.status) for one in found if one.form.code == "childrens-book-week")

    assert book_week(cast.head) == (date(2026, 10, 7), "voorbeeld")
    days = {"form": "childrens-book-week", "year": YEAR}
    set_campaign_dates(
        unit=cast.a1, starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 9), by=cast.head, **days
    )
    assert book_week(cast.manager) == (date(2026, 10, 7), "voorbeeld")
    set_campaign_dates(
        unit=cast.library_a, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 9), by=cast.manager, **days
    )
    assert book_week(cast.head) == (date(2026, 10, 5), "lokaal")
    assert book_week(cast.manager) == (date(2026, 10, 1), "lokaal")
    assert book_week(cast.outsider) == (date(2026, 10, 7), "voorbeeld")


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 10, 9), date(2026, 10, 1)), (date(2026, 7, 1), date(2026, 10, 1))],
)
def test_days_the_wrong_way_round_or_in_another_year_are_refused(cast, first: date, last: date) -> None:
    with pytest.raises(Sentence):
        set_campaign_dates(
            unit=cast.a1, form="childrens-book-week", year=YEAR, starts_on=first, ends_on=last, by=cast.head
        )


def test_what_is_no_campaign_has_no_days(cast) -> None:
    with pytest.raises(LookupError):
        set_campaign_dates(
            unit=cast.a1,
            form="free-reading",
            year=YEAR,
            starts_on=date(2026, 10, 1),
            ends_on=date(2026, 10, 1),
            by=cast.head,
        )


def test_a_campaign_or_holiday_counts_when_one_day_lies_between(cast) -> None:
    day = date(2027, 2, 21)
    assert [one.form.code for one in campaigns_between(cast.head, day, day)] == [
        "young-jury",
        "mother-tongue-day",
    ]
    assert [one.region for one in holidays_between("", day, day)] == [
        Region.SOUTH,
        Region.NORTH,
        Region.MIDDLE,
    ]
    assert [one.name for one in holidays_between("north", date(2026, 10, 18), date(2026, 10, 18))] == [
        "Herfstvakantie"
    ]
    assert holidays_between("north", date(2026, 10, 19), date(2026, 10, 19)) == []


# Today


@given(
    st.sets(st.text(min_size=1), min_size=2, max_size=12),
    st.dates(max_value=date(2100, 1, 1)),
    st.integers(0, 30),
)
def test_today_is_the_same_all_day_and_tomorrow_is_another(codes: set[str], day: date, other: int) -> None:
    first = pick_of_day(sorted(codes), day)
    assert first == pick_of_day(sorted(codes, reverse=True), day)
    assert first != pick_of_day(list(codes), day + timedelta(days=1))
    assert pick_of_day(list(codes), day, other + 1) != pick_of_day(list(codes), day, other + 2)
    assert {pick_of_day(list(codes), day, n) for n in range(1, len(codes) + 1)} == codes


def test_something_for_today_needs_no_preparation_and_fits_the_group(cast) -> None:
    for sector, groups in SCHOOL_YEAR_GROUPS.items():
        for group in groups or (None,):
            found = quick_forms(cast.teacher, sector, [group] if group else [])
            assert sector == "mbo" or len(found) >= 6, (sector, group)
            assert all(one.body.minutes <= 15 and not one.body.preparation for one in found)
    assert idea_of_day([], date(2026, 11, 30)) is None
