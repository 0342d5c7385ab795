"""Writing about a partnership, as people do it: by form."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import (
    CooperationCheck,
    ExploratoryTalk,
    GateDecision,
    Partnership,
    PartnershipDecision,
)

A1, A2 = "/school/99AA00/", "/school/99AB00/"
PAGES = (
    "samenwerking/starten/",
    "samenwerking/wijzigen/",
    "samenwerking/fase/",
    "samenwerking/wachtlijst/",
    "samenwerking/besluit/",
    "samenwerking/check/",
    "keuzemoment/",
    "verkennend-gesprek/",
)


def day(value) -> str:
    return value.strftime("%d-%m-%Y")


def hidden(client, path: str) -> dict[str, str]:
    """The hidden values of a form as it is opened."""
    form = client.get(path).context["form"]
    return {bound.html_name: str(bound.value() or "") for bound in form if bound.is_hidden}


def send(client, path: str, **values: object):
    return client.post(path, hidden(client, path) | values)


@pytest.mark.parametrize("page", PAGES)
def test_only_the_library_with_the_right_may_write(cast, client_for, page):
    assert client_for(cast.manager).get(A1 + page).status_code == 200
    assert client_for(cast.consultant).get(A1 + page).status_code == 403
    assert client_for(cast.head).get(A1 + page).status_code == 403
    assert client_for(cast.other_library).get(A1 + page).status_code == 404


def test_starting(cast, client_for):
    path = A2 + "samenwerking/starten/"
    answer = send(
        client_for(cast.manager),
        path,
        type="dbos",
        domains=["reading", "digital_literacy"],
        programme="po",
        phase="acquisition",
        starts_on=day(today()),
        hours_per_year="60,5",
        agreed_until=day(today() + timedelta(1000)),
    )

    assert answer["Location"] == A2
    row = Partnership.objects.get(location=cast.a2)
    assert (row.library_id, row.hours_per_year, row.domains) == (
        cast.library_a.pk,
        Decimal("60.5"),
        ["digital_literacy", "reading"],
    )


def test_sending_twice_starts_once(cast, client_for):
    client, path = client_for(cast.manager), A2 + "samenwerking/starten/"
    values = hidden(client, path) | {"type": "general", "phase": "acquisition", "starts_on": day(today())}

    assert client.post(path, values)["Location"] == client.post(path, values)["Location"]
    assert Partnership.objects.filter(location=cast.a2).count() == 1


def test_starting_beside_a_running_one_is_told_in_a_sentence(cast, client_for):
    answer = send(
        client_for(cast.manager),
        A1 + "samenwerking/starten/",
        type="dbos",
        phase="acquisition",
        starts_on=day(today()),
    )

    assert "De bibliotheek werkt al samen met deze locatie." in answer.content.decode()
    assert Partnership.objects.filter(location=cast.a1).count() == 1


def test_the_form_asks_for_a_scenario_at_secondary_schools_alone(cast, client_for):
    po = client_for(cast.manager).get(A1 + "samenwerking/wijzigen/").context["form"]
    vo = client_for(cast.other_library).get("/school/99BA00/samenwerking/wijzigen/").context["form"]

    assert "scenario" not in po.fields
    assert "scenario" in vo.fields


def test_changing_and_the_stale_form(cast, client_for):
    client, path = client_for(cast.manager), A1 + "samenwerking/wijzigen/"
    values = hidden(client, path) | {
        "type": "comparable",
        "domains": ["reading"],
        "programme": "po",
        "starts_on": day(cast.with_a1.starts_on),
    }
    assert client.post(path, values)["Location"] == A1
    assert Partnership.objects.get(pk=cast.with_a1.pk).type == "comparable"

    late = values | {"request_id": "another", "type": "general"}
    assert client.post(path, late).status_code == 409
    assert Partnership.objects.get(pk=cast.with_a1.pk).type == "comparable"


def test_an_end_before_the_beginning_is_refused(cast, client_for):
    answer = send(
        client_for(cast.manager),
        A1 + "samenwerking/wijzigen/",
        type="dbos",
        starts_on=day(today()),
        agreed_until=day(today() - timedelta(1)),
    )

    assert "Het einde ligt voor het begin." in answer.content.decode()


def test_another_phase_can_be_undone(cast, client_for):
    client = client_for(cast.manager)
    answer = send(client, A1 + "samenwerking/fase/", phase="anchoring", since=day(today()))

    assert answer["Location"] == A1
    assert Partnership.objects.get(pk=cast.with_a1.pk).phase == "anchoring"
    event = AuditEvent.objects.get(verb="organisations.enter_phase")
    assert f"/ongedaan/{event.pk}/" in client.get(A1).content.decode()


def test_a_decision_takes_hours_money_and_agreement_along(cast, client_for):
    until = today() + timedelta(900)
    send(
        client_for(cast.manager),
        A1 + "samenwerking/besluit/",
        kind="intensify",
        decided_on=day(today()),
        hours_per_year="70",
        contribution_cents="4.200,50",
        agreed_until=day(until),
        reason="Groep 7 doet mee",
    )

    decision = PartnershipDecision.objects.get()
    row = Partnership.objects.get(pk=cast.with_a1.pk)
    assert (decision.contribution_cents, decision.hours_per_year) == (420050, 70)
    assert (row.hours_per_year, row.agreed_until) == (70, until)


def test_scaling_down_to_more_hours_is_refused_and_nothing_is_lost(cast, client_for):
    answer = send(
        client_for(cast.manager),
        A1 + "samenwerking/besluit/",
        kind="scale_down",
        decided_on=day(today()),
        hours_per_year="90",
        reason="Een heel verhaal",
    )
    page = answer.content.decode()

    assert "Minder doen kan niet met meer uren." in page
    assert "Een heel verhaal" in page
    assert not PartnershipDecision.objects.exists()


def test_a_no_needs_a_day_to_look_again(cast, client_for):
    client, path = client_for(cast.manager), A2 + "keuzemoment/"
    values = {"gate": "wanted_and_feasible", "outcome": "no", "decided_on": day(today()), "reason": "Te druk"}

    assert "Kies een dag waarop je hier opnieuw naar kijkt." in send(client, path, **values).content.decode()
    assert not GateDecision.objects.exists()
    send(client, path, **values, review_on=day(today() + timedelta(200)))
    assert GateDecision.objects.get().location_id == cast.a2.pk


def test_the_library_answers_its_own_gate(cast, client_for):
    path = "/bibliotheek/nl-a/keuzemoment/"
    send(
        client_for(cast.manager),
        path,
        gate="fits_policy",
        outcome="yes",
        decided_on=day(today()),
    )

    assert GateDecision.objects.get().location_id is None
    assert client_for(cast.other_library).get(path).status_code == 404


def test_an_exploratory_talk_needs_no_partnership_and_lies_in_the_past(cast, client_for):
    client, path = client_for(cast.manager), A2 + "verkennend-gesprek/"

    answer = send(client, path, held_on=day(today() + timedelta(2)), note="")
    assert answer.status_code == 200
    assert not ExploratoryTalk.objects.exists()
    send(client, path, held_on=day(today()), note="Kennismaking")
    assert ExploratoryTalk.objects.get().note == "Kennismaking"


def test_the_yearly_check_is_about_the_year_in_the_address(cast, client_for):
    client, last = client_for(cast.manager), SchoolYear.running().previous
    send(client, A1 + "samenwerking/check/", outcome="cooperation", note="")
    send(client, A1 + f"samenwerking/check/?jaar={last}", outcome="service", note="")

    assert {row.year: row.outcome for row in CooperationCheck.objects.all()} == {
        SchoolYear.running(): "cooperation",
        last: "service",
    }


def test_the_waiting_list(cast, client_for):
    wave = SchoolYear.running().next
    send(
        client_for(cast.manager),
        A1 + "samenwerking/wachtlijst/",
        waiting_since=day(today()),
        start_wave=str(wave),
    )

    row = Partnership.objects.get(pk=cast.with_a1.pk)
    assert (row.waiting_since, row.start_wave) == (today(), wave)
