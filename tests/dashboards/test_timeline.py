"""The timeline of a location: one list of visits, talks, decisions and documents, as far as somebody may see them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.activities.models import Visit
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.dashboards.enums import Moment
from leesbouw.dashboards.queries import timeline
from leesbouw.dashboards.queries.timeline import TimelineRow, timeline_of
from leesbouw.monitor.models import Participation, Round
from leesbouw.network.models import Conversation
from leesbouw.organisations.actions import decide_partnership
from leesbouw.plans.actions import approve_plan, begin_plan, send_plan, write_plan
from leesbouw.plans.enums import PlanKind

A1 = "/school/99AA00/"
YEAR = SchoolYear.running()


@pytest.fixture
def full(cast):
    """A visit that comes, talks that were and that come, a decision, a plan that was agreed, and a Monitor that closed."""
    for days, what in ((-30, "Boekenkring"), (5, "Voorlezen in groep 3")):
        at = datetime.combine(today() + timedelta(days), time(9), AMSTERDAM)
        Visit(
            library=cast.library_a, unit=cast.a1, starts_at=at, ends_at=at + timedelta(hours=1), what=what
        ).save()
    for days, field in ((-10, "held_on"), (12, "planned_on")):
        Conversation(
            library=cast.library_a,
            unit=cast.a1,
            kind="progress",
            level="operational",
            subject=f"Onderwerp {field}",
            **{field: today() + timedelta(days)},
        ).save()
    decide_partnership(partnership=cast.with_a1, kind="intensify", reason="Groep 7 doet mee", by=SYSTEM)
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=cast.head)
    send_plan(plan=plan, year=YEAR, by=cast.head)
    approve_plan(plan=plan, year=YEAR, by=cast.head)
    days = ("prepare_on", "opens_on", "closes_on", "report_on")
    moments = {name: today() - timedelta(40 - 10 * at) for at, name in enumerate(days)}
    measured = Round.objects.create(library=cast.library_a, kind="po", year=YEAR, **moments)
    Participation.objects.create(round=measured, location=cast.a1, closed_on=today() - timedelta(20))


def shown(client, query: str = "") -> list[tuple[str, str]]:
    it = client.get(f"{A1}{query}").context["page"].timeline
    return [(row.kind, row.title) for row in (*it.coming, *it.been)]


@pytest.mark.usefixtures("full")
def test_everything_stands_in_one_list_the_next_one_first(cast, client_for) -> None:
    client = client_for(cast.consultant)
    it = client.get(A1).context["page"].timeline

    assert [row.title for row in it.coming] == [
        "Voorlezen in groep 3",
        "Voortgangsgesprek: Onderwerp planned_on",
    ]
    assert [row.kind for row in it.been] == [
        *(Moment.DECISION, Moment.DOCUMENT, Moment.DOCUMENT),
        *(Moment.TALK, Moment.DOCUMENT, Moment.VISIT),
    ]
    page = " ".join(client.get(A1).content.decode().split())
    for words in ("Wat komt", "Wat was er", "Groep 7 doet mee", "Jaarplan", "akkoord", "Boekenkring"):
        assert words in page, words
    assert page.count("Boekenkring") == 1


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(("kind", "number"), [("bezoek", 2), ("gesprek", 2), ("besluit", 1), ("document", 3)])
def test_a_link_shows_one_kind(cast, client_for, kind: str, number: int) -> None:
    found = shown(client_for(cast.consultant), f"?soort={kind}")
    assert ([one for one, _title in found], len(found)) == ([kind] * number, number)
    assert len(shown(client_for(cast.consultant), "?soort=onzin")) == 8


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("head", {"bezoek", "besluit", "document"}),
        ("teacher", {"bezoek", "besluit", "document"}),
        ("board", {"besluit", "document"}),
        ("municipality", {"besluit"}),
        ("nation", {"besluit"}),
    ],
)
def test_others_see_their_part_of_it(cast, client_for, who: str, kinds: set[str]) -> None:
    assert {kind for kind, _title in shown(client_for(cast.actors[who]))} == kinds


@pytest.mark.usefixtures("full")
def test_another_year_has_its_own(cast, client_for) -> None:
    client = client_for(cast.consultant)
    titles = [title for _kind, title in shown(client, f"?jaar={YEAR.previous}")]
    assert "Boekenkring" not in titles
    assert f"?jaar={YEAR.previous}" in client.get(A1).content.decode()


@pytest.mark.usefixtures("full")
def test_more_in_it_costs_no_more_queries(cast, client_for, queries_of) -> None:
    for who in ("consultant", "head"):
        client = client_for(cast.actors[who])
        few = min(queries_of(client, A1) for _again in range(2))  # one in a while looks for new content
        for number in range(20):
            at = datetime.combine(today() - timedelta(number), time(9), AMSTERDAM)
            Visit(
                library=cast.library_a,
                unit=cast.a1,
                starts_at=at,
                ends_at=at + timedelta(hours=1),
                what=f"Bezoek {number}",
            ).save()
        assert min(queries_of(client, A1) for _again in range(2)) == few
    assert "Toon nog" in client.get(A1).content.decode()
    assert len(shown(client, "?tijdlijn=alles&soort=bezoek")) == 42


class Page:
    """What the page of a location gathered, with lines of its own."""

    year = YEAR


@given(st.lists(st.tuples(st.integers(-200, 200), st.sampled_from(Moment), st.booleans()), max_size=30))
def test_what_comes_and_what_was_are_in_order_and_nothing_is_lost(
    made: list[tuple[int, Moment, bool]],
) -> None:
    rows = [
        TimelineRow(today() + timedelta(days), kind, str(number), is_planned=planned)
        for number, (days, kind, planned) in enumerate(made)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timeline, "_rows", lambda *_: rows)
        it = timeline_of(Page(), None, whole=True)  # type: ignore[arg-type]
        short = timeline_of(Page(), None)  # type: ignore[arg-type]
    inside = [row for row in rows if row.on in YEAR]
    assert sorted(row.title for row in (*it.coming, *it.been)) == sorted(row.title for row in inside)
    assert [row.on for row in it.coming] == sorted(row.on for row in it.coming)
    assert [row.on for row in it.been] == sorted((row.on for row in it.been), reverse=True)
    assert all(row.on >= today() for row in it.coming)
    assert all(row.on <= today() for row in it.been)
    assert len(short.coming) + len(short.been) + short.more == len(inside) == it.count
