"""National figures are provisional until every check is green and a researcher releases them."""

from __future__ import annotations

import pytest
from django.test import Client

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, State, work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.models import Published
from leesbouw.indicators.queries import measure
from leesbouw.monitor import actions, queries
from leesbouw.monitor.enums import MonitorKind
from leesbouw.monitor.models import Participation, Release, Round
from leesbouw.monitor.queries import releases
from leesbouw.monitor.queries.reports.reading import figures_of, read_years
from tests.core.test_threads import at_once
from tests.factories.cast import Cast, make_cast
from tests.factories.ground import floor

from .test_own_questionnaires import own
from .test_reports import lists, taking_part

pytestmark = pytest.mark.django_db
YEAR = SchoolYear.running()
PO = MonitorKind.PO


def close_school(cast: Cast) -> Cast:
    """The only school of the only round has closed and its figures are worked out; the round is closed too."""
    row = taking_part(cast)
    actions.store_lists(participation=row, lists=lists(None, 9, 3), by=SYSTEM)
    actions.close_round(round=row.round, by=cast.manager)
    work_off()
    return cast


@floor
def closed(cast: Cast) -> Cast:
    return close_school(cast)


def wrong(cast: Cast) -> list[str]:
    line = queries.release_line(cast.nation, "po", YEAR)
    return [one.wrong for one in queries.checks_of(cast.nation, line) if not one.is_green]


def enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if thirty schools were done; there is one in the cast."""
    monkeypatch.setattr(releases, "_too_few", lambda closed: "")


def test_one_school_is_no_country(closed: Cast) -> None:
    assert wrong(closed) == ["Scholen die klaar zijn: 1. Nodig: 30."]
    with pytest.raises(Sentence, match="Nog niet alles"):
        actions.release(kind=PO, year=YEAR, by=closed.nation)
    assert not Release.objects.exists()


def test_each_check_says_what_is_wrong(closed: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    enough(monkeypatch)
    assert wrong(closed) == []

    Round.objects.update(closed_on=None)
    assert wrong(closed) == ["Er is nog 1 ronde open."]
    Round.objects.update(closed_on=today())
    row = Round.objects.get()
    for place in (closed.a2, closed.c1):
        Participation.objects.create(round=row, location=place)
    assert wrong(closed) == ["Scholen die klaar zijn: 1 van de 3."]
    Participation.objects.filter(location=closed.c1.pk).delete()
    assert wrong(closed) == []  # one of two is half
    Job.objects.filter(kind="monitor.work_out").update(state=State.FAILED)
    assert wrong(closed) == ["Er wacht nog 1 taak, of die mislukte."]
    actions.queue_work(participation=Participation.objects.get(location=closed.a1.pk), by=closed.manager)
    work_off()
    assert wrong(closed) == []  # what succeeded later counts
    one = Published.objects.filter(
        unit=closed.nation_unit.pk, code="reading-pleasure", breakdown="", band=""
    )[0]
    one.pk, one.measure_version = None, 2
    one.hidden = "locations"
    one.save()
    assert wrong(closed) == ["reading-pleasure is geteld in versies 1, 2."]
    Published.objects.filter(unit=closed.nation_unit.pk).delete()
    assert wrong(closed) == ["De landelijke cijfers van dit jaar zijn nog niet gemaakt."]


def test_a_year_in_which_two_lists_asked_otherwise_is_not_released(
    closed: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the children of both would be added up in one figure."""
    enough(monkeypatch)
    other = actions.add_questionnaire(code="po-pupil", raw=own("Lees je graag?"), by=SYSTEM).key
    row = Round.objects.get()
    row.pk, row.library_id, row.questionnaires = None, closed.library_b.pk, {"pupil": other}
    row.save(force_insert=True)
    Participation.objects.create(round=row, location=closed.a2, closed_on=today())
    names = "“Leesplezier”, “Leesplezier, met drie gezichten”"
    assert wrong(closed) == [f"po-pupil@1 en {other} vragen niet hetzelfde: {names}."]
    with pytest.raises(Sentence, match="Nog niet alles"):
        actions.release(kind=PO, year=YEAR, by=closed.nation)


def test_a_release_is_noted_once_and_can_be_taken_back(closed: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    enough(monkeypatch)
    first = actions.release(kind=PO, year=YEAR, by=closed.nation)
    assert actions.release(kind=PO, year=YEAR, by=closed.nation) == first
    event = AuditEvent.objects.get(verb="monitor.release")
    assert event.data == {"year": str(YEAR)}
    undo_event(event_id=event.pk, by=closed.nation)
    assert not Release.objects.exists()
    assert AuditEvent.objects.filter(verb="monitor.withdraw_release").count() == 1


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_who_releases_at_the_same_instant_releases_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leesbouw.monitor.actions.releasing.checks_of", lambda by, line: [])
    cast = close_school(make_cast())
    assert at_once(8, lambda _number: actions.release(kind=PO, year=YEAR, by=cast.nation)) == []
    assert Release.objects.count() == AuditEvent.objects.filter(verb="monitor.release").count() == 1


def test_the_country_is_provisional_until_then(closed: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def label() -> str:
        own = read_years(closed.head, [measure("reading-pleasure")], closed.a1, {YEAR: {}})
        found = figures_of(closed.head, own, [closed.nation_unit], YEAR, "po")
        return found["reading-pleasure"][0][0]

    assert label() == "Nederland"  # one school: there is no national figure that could be provisional
    of_country = Published.objects.filter(
        unit=closed.nation_unit.pk, code="reading-pleasure", breakdown="", band=""
    )
    of_country.update(hidden="", numerator=9, denominator=12, persons=12, total=9, locations=30)
    assert label() == "Nederland (voorlopig)"
    enough(monkeypatch)
    actions.release(kind=PO, year=YEAR, by=closed.nation)
    assert label() == "Nederland"


def test_the_researcher_releases_on_the_page_and_nobody_else(
    closed: Cast, client_for, monkeypatch: pytest.MonkeyPatch
) -> None:
    client: Client = client_for(closed.nation)
    page = f"/monitor/landelijk/cijfers/po/{YEAR}/"
    assert page in client.get("/monitor/landelijk/cijfers/").content.decode()
    assert "Maak deze cijfers definitief" not in client.get(page).content.decode()
    enough(monkeypatch)
    assert "Maak deze cijfers definitief" in client.get(page).content.decode()
    client.post(f"{page}definitief/", {"request_id": "1"})
    assert Release.objects.get().released_on == today()
    client.post(f"{page}voorlopig/", {"request_id": "2"})
    assert not Release.objects.exists()
    assert client.get(f"/monitor/landelijk/cijfers/vo/{YEAR}/").status_code == 404
    for name in ("manager", "head", "outsider"):
        assert client_for(getattr(closed, name)).get(page).status_code == 403
    with pytest.raises(NotAllowed):
        actions.release(kind=PO, year=YEAR, by=closed.manager)
    with pytest.raises(NotAllowed):
        actions.withdraw_release(kind=PO, year=YEAR, by=closed.manager)
