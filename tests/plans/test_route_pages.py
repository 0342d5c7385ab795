"""Pages of routes: what runs, the route explained, a run with its steps, the overview and the own version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core.time import today
from leesbouw.plans.actions import StepResult, record_step, start_routes
from leesbouw.plans.models import RouteRun, StepRecord
from leesbouw.plans.providers import routes_to_do
from leesbouw.plans.queries import route_of

ROUTE = "/routes/implementation/"


def begin(cast, code: str, *units: str) -> list[RouteRun]:  # type: ignore[no-untyped-def]
    library = cast.library_a.pk
    chosen = [getattr(cast, unit) for unit in units]
    return start_routes(route=route_of(code, library), library_id=library, units=chosen, by=cast.manager)


@pytest.fixture
def run(cast) -> RouteRun:  # type: ignore[no-untyped-def]
    return begin(cast, "implementation", "a1")[0]


@pytest.mark.parametrize(
    ("name", "reads", "writes", "starts"),
    [
        ("manager", 200, 200, 200),
        ("consultant", 200, 200, 200),
        ("head", 200, 200, 403),
        ("board", 200, 403, 403),
        ("teacher", 403, 403, 403),
        ("municipality", 403, 403, 403),
        ("other_head", 404, 404, 403),
        ("other_library", 404, 404, 200),
        ("outsider", 404, 404, 403),
    ],
)
def test_who_reads_who_writes_and_who_starts(cast, client_for, run, name, reads, writes, starts) -> None:
    client = client_for(getattr(cast, name))
    page = run.get_absolute_url()
    assert client.get(page).status_code == reads
    assert client.get(f"{page}stap/inventory/").status_code == writes
    assert client.get(f"{ROUTE}starten/").status_code == starts


def test_what_is_not_there_is_not_found(cast, client_for, run) -> None:
    client = client_for(cast.manager)
    page = run.get_absolute_url()
    for url in ("/routes/unknown/", "/routes/loopt/999999/", f"{page}stap/unknown/"):
        assert client.get(url).status_code == 404


def test_with_nobody_left_the_page_says_where_the_route_runs(cast, client_for) -> None:
    begin(cast, "monitor-round", "library_a")
    page = client_for(cast.manager).get("/routes/monitor-round/starten/").content.decode()
    assert "loopt al met iedereen" in page
    assert 'href="/routes/?route=monitor-round"' in page
    assert 'name="who"' not in page


def test_a_route_starts_with_one_press_and_leads_to_its_run(cast, client_for) -> None:
    client = client_for(cast.manager)
    sent = {"request_id": "een", "who": f"u{cast.a1.pk}"}
    answer = client.post(f"{ROUTE}starten/", sent, follow=True)
    run = RouteRun.objects.get()
    assert answer.redirect_chain[-1][0] == run.get_absolute_url()
    page = answer.content.decode()
    assert "0 van 9 stappen klaar" in page
    assert "Gesprek met bestuur of directie" in page
    assert client.post(f"{ROUTE}starten/", sent).status_code == 302
    assert RouteRun.objects.count() == 1


def test_the_result_is_written_on_the_spot(cast, client_for, run) -> None:
    client = client_for(cast.head)
    page = run.get_absolute_url()
    form = client.get(page).context["form"]
    sent = {
        "request_id": "een",
        "version": form.initial["version"],
        "on": "1-9-2026",
        "text": "<b>Verslag</b>",
    }
    answer = client.post(
        f"{page}stap/strategic-talk/", sent | {"on": today().strftime("%d-%m-%Y")}, follow=True
    )
    shown = answer.content.decode()
    assert "&lt;b&gt;Verslag&lt;/b&gt;" in shown
    assert "1 van 9 stappen klaar" in shown
    assert client.get(f"{page}stap/strategic-talk/").status_code == 404  # done: it is opened again first
    client.post(f"{page}stap/strategic-talk/open/", {"request_id": "twee"})
    assert [row.kind for row in StepRecord.objects.all()] == ["done", "opened"]


def test_a_no_without_a_day_loses_nothing_and_a_no_with_one_comes_back_as_a_task(
    cast, client_for, run, time_machine
) -> None:
    client = client_for(cast.manager)
    url = f"{run.get_absolute_url()}stap/agreement/"
    sent = {"answer": "no", "text": "Geen geld", "on": today().strftime("%d-%m-%Y"), "version": run.version}
    answer = client.post(url, sent | {"request_id": "een"})
    assert "Kies een dag die nog komt" in answer.content.decode()
    assert "Geen geld" in answer.content.decode()
    for step in ("strategic-talk", "inventory"):
        record_step(run=run, step=step, result=StepResult("Klaar"), by=cast.manager)
    run.refresh_from_db()
    later = today().replace(year=today().year + 1)
    client.post(
        url, sent | {"request_id": "twee", "version": run.version, "review_on": later.strftime("%d-%m-%Y")}
    )
    assert routes_to_do(cast.manager) == []
    record_step(run=run, step="strategic-talk", result=StepResult("Nog eens gepraat"), by=cast.manager)
    time_machine.move_to(later.isoformat())
    assert [todo.title for todo in routes_to_do(cast.manager)] == ["Kijk opnieuw: Samen tekenen"]
    assert routes_to_do(cast.head) == []


def test_a_step_becomes_an_action_and_the_run_can_stop(cast, client_for, run) -> None:
    client = client_for(cast.manager)
    page = run.get_absolute_url()
    client.post(
        f"{page}stap/people/actie/",
        {"request_id": "een", "what": "Uren regelen", "side": "library", "who": ""},
    )
    assert "Uren regelen" in client.get(page).content.decode()
    answer = client.post(
        f"{page}stoppen/", {"request_id": "twee", "reason": "De school fuseert."}, follow=True
    )
    assert "De school fuseert." in answer.content.decode()
    assert answer.context["form"] is None


def test_the_list_says_where_it_is_stuck(cast, client_for, run, time_machine) -> None:
    client = client_for(cast.manager)
    assert client.get("/routes/?stand=stuck").context["total"] == 0
    time_machine.move_to((today() + timedelta(days=91)).isoformat())
    client = client_for(cast.manager)
    assert client.get("/routes/?stand=stuck").context["total"] == 1
    assert "lang stil" in client.get("/routes/").content.decode()


def test_an_own_version_is_saved_with_a_step_more_and_one_left_out(cast, client_for) -> None:
    client = client_for(cast.manager)
    url = "/routes/quality-cycle/eigen/"
    form = client.get(url).context["form"]
    sent = {bound.html_name: bound.value() for block in form.blocks for bound in block[1]}
    sent |= {"goals-name": "Doelen met het team", "do-keep": ""}
    sent |= {
        "nieuw-keep": "on",
        "nieuw-name": "Vieren",
        "nieuw-phase": "Vieren (juni)",
        "nieuw-owner": "iedereen",
        "nieuw-aim": "Iedereen ziet wat er lukte.",
        "nieuw-result": "Een feest.",
        "nieuw-place": "99",
    }
    answer = client.post(url, sent | {"request_id": "een"}, follow=True)
    names = [step.name for step in route_of("quality-cycle", cast.library_a.pk).body.steps]
    assert names[0] == "Doelen met het team"
    assert names[-1] == "Vieren"
    assert len(names) == 7
    assert "Je bibliotheek maakte een eigen versie." in answer.content.decode()
    assert client_for(cast.consultant).get(url).status_code == 403


def test_the_overview_shows_how_far_each_location_is(cast, client_for, run) -> None:
    client = client_for(cast.manager)
    assert "0 van 9" in client.get("/routes/overzicht/").content.decode()
    sheet = b"".join(client.get("/routes/overzicht.csv").streaming_content).decode()
    assert "De Regenboog" in sheet
    assert "0/9 loopt" in sheet


@pytest.mark.parametrize(("path", "queries"), [("/routes/", 11), ("/routes/overzicht/", 11)])
def test_more_runs_cost_no_more_queries(
    cast, client_for, run, django_assert_num_queries, path: str, queries: int
) -> None:
    client = client_for(cast.manager)
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)
    begin(cast, "quality-cycle", "a1", "k1")
    with django_assert_num_queries(queries):
        client.get(path)


def test_a_run_costs_as_many_queries_at_its_end(cast, client_for, run, django_assert_num_queries) -> None:
    client = client_for(cast.manager)
    page = run.get_absolute_url()
    client.get(page)
    with django_assert_num_queries(9):
        client.get(page)
    for step in ("strategic-talk", "inventory", "people"):
        record_step(run=run, step=step, result=StepResult("Klaar"), by=cast.manager)
    with django_assert_num_queries(9):
        client.get(page)
