"""Before a talk: what stands out with its source, what is brought and in which words, and what goes on the wall."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pptx import Presentation

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.models import Published
from leesbouw.monitor import actions as monitor
from leesbouw.network import queries
from leesbouw.network.actions import AgreementRow, Brought, choose_findings, order_slides
from leesbouw.network.models import Conversation, TalkPreparation
from leesbouw.plans.actions import GoalRow, add_goal
from leesbouw.plans.enums import GoalKind, Side
from leesbouw.plans.models import BlockYear
from tests.factories.monitor import running_round
from tests.monitor.test_reports import lists

pytestmark = pytest.mark.django_db
YEAR = SchoolYear.running()


@pytest.fixture
def coming(cast, talk) -> Conversation:
    """A talk that comes, with a goal of the school and a bouwsteen that moved."""
    row = GoalRow("Praten over boeken", Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto")
    add_goal(unit=cast.a1, year=YEAR, goal=row, by=cast.head)
    for year, status in ((YEAR.previous, 1), (YEAR, 2)):
        BlockYear.objects.create(unit_id=cast.a1.pk, block="collection", year=year, status=status)
    talk(held_on=today() - timedelta(9), agreements=(AgreementRow("Rooster maken", "partner"),))
    return talk(planned_on=today() + timedelta(5), guide="progress")


@pytest.fixture
def measured(cast, coming) -> Conversation:
    """The same after a round of the Monitor that closed."""
    row = running_round(cast).participation
    monitor.store_lists(participation=row, lists=lists(None, 9, 3, 5) + lists(None, 4, 6, 6), by=SYSTEM)
    monitor.close_participation(participation=row, by=cast.manager)
    work_off()
    return coming


def sources(cast, talk: Conversation) -> list[str]:
    return [one.code.partition(":")[0] for one in queries.preparation_for(cast.consultant, talk).findings]


def test_without_a_monitor_goals_and_bouwstenen_stand_out(cast, coming) -> None:
    prepared = queries.preparation_for(cast.consultant, coming)
    assert [one.code.partition(":")[0] for one in prepared.findings] == ["goal", "block"]
    assert "Een foto" in prepared.findings[0].text
    assert "verder dan vorig jaar" in prepared.findings[1].text
    assert all(one.source and one.url for one in prepared.findings)
    assert [title for title, _about in prepared.agenda][-1] == "Wat spreken we nu af?"


def test_the_monitor_goes_first_with_what_it_rests_on(cast, measured) -> None:
    prepared = queries.preparation_for(cast.consultant, measured)
    first = prepared.findings[0]
    assert first.code.startswith("monitor:")
    assert "22 leerlingen" in first.base
    assert first.chart is not None
    assert len(prepared.findings) == 3
    assert "goal" in [one.code.partition(":")[0] for one in prepared.proposed]


def test_what_is_hidden_is_no_finding(cast, measured) -> None:
    Published.objects.update(hidden="few")
    assert "monitor" not in sources(cast, measured)


def test_one_leaves_out_and_words_it_oneself(cast, measured) -> None:
    before = queries.preparation_for(cast.consultant, measured)
    told = [
        Brought(before.proposed[1].code),
        Brought(before.proposed[0].code, "Wij lezen graag"),
        Brought("own", "Bravo"),
    ]
    row = choose_findings(talk=measured, findings=told, by=cast.consultant)
    after = queries.preparation_for(cast.consultant, measured)

    assert [one.text for one in after.findings] == [before.proposed[1].text, "Wij lezen graag", "Bravo"]
    assert before.proposed[1].text not in str(row.findings)  # figures are asked for anew
    assert AuditEvent.objects.filter(verb="network.choose_findings").get().data == {"number": 3}
    choose_findings(talk=measured, findings=[], by=cast.consultant)
    assert queries.preparation_for(cast.consultant, measured).findings == []
    assert TalkPreparation.objects.trusted("a test").count() == 1


def test_three_are_enough_and_only_colleagues_choose(cast, coming) -> None:
    with pytest.raises(Sentence):
        choose_findings(talk=coming, findings=[Brought("own", "a")] * 4, by=cast.consultant)
    with pytest.raises(NotAllowed):
        choose_findings(talk=coming, findings=[], by=cast.head)
    with pytest.raises(Conversation.DoesNotExist):
        choose_findings(talk=coming, findings=[], by=cast.other_library)


def test_the_form_keeps_what_was_left_as_proposed_out(cast, client_for, coming) -> None:
    client, at = client_for(cast.consultant), f"/gesprekken/{coming.pk}/"
    form = client.get(f"{at}bevindingen/").context["form"]
    data = {
        "take_0": "on",
        "words_0": form.proposed[0].text,
        "words_1": "Niet mee",
        "own": "Trots op groep 6",
    }
    answer = client.post(f"{at}bevindingen/", {**data, "request_id": "een"})

    assert answer["Location"] == f"{at}voorbereiding/"
    kept = TalkPreparation.objects.trusted("a test").get().findings
    assert [one["text"] for one in kept] == ["", "Trots op groep 6"]
    page = client.get(f"{at}voorbereiding/").content.decode()
    assert "Trots op groep 6" in page
    assert "Niet mee" not in page


def test_conversation_mode_shows_one_message_a_screen_without_names(cast, client_for, measured, joke) -> None:
    page = client_for(cast.consultant).get(f"/gesprekken/{measured.pk}/gespreksmodus/")
    slides = [slide.text for slide in page.context["slides"]]
    assert slides[0] == queries.preparation_for(cast.consultant, measured).findings[0].text
    assert slides[-1] == "Wat spreken we nu af?"
    assert "Rooster maken" in page.content.decode()
    assert joke.name not in page.content.decode()


def test_slides_are_made_by_the_worker(cast, measured) -> None:
    order_slides(talk=measured, by=cast.consultant)
    work_off()
    job = Job.objects.filter(kind="network.make_slides").get()
    deck = Presentation(io.BytesIO(job.result_file.read()))
    told = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert queries.preparation_for(cast.consultant, measured).findings[0].text in told
    assert any("Rooster maken" in text for text in told)
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)
    assert job.result_file.permission == "network.view_talks"
