"""Parent partnership under way: at each library four locations, each one step further."""

from __future__ import annotations

from datetime import date, timedelta

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Library, Location, Partnership
from leesbouw.plans.actions import ActivityRow, add_activities
from leesbouw.plans.enums import Audience, Side
from leesbouw.plans.queries import runs_for

from .actions import (
    Judgement,
    TalkReport,
    WishRow,
    answer_indicators,
    check_conditions,
    discuss_plan,
    feed_back,
    hold_talk,
    judge_project,
    note_wish,
    plan_talk,
)
from .enums import Condition, DiscussedWith, Mark, Occasion, TalkKind, Verdict
from .queries import ROUTE, guide

ANSWERS = {
    "how_parents_read": "Een deel leest graag. Er zijn ook ouders voor wie Nederlands lezen moeilijk is.",
    "goes_well": "De inloop op vrijdag loopt goed. Ouders kijken mee in de klas.",
    "needs": "Ideeën voor ouders die niet voorlezen.",
    "agreements": "Samen een avond in kleine groepen, en daarna kiezen wat past.",
}
LINES = (
    (
        "Avond over wensen en verwachtingen",
        "Weten wat ouders belangrijk vinden",
        "Uitnodigen, praten in kleine groepen, opschrijven per groep",
        "Onderdeel van de informatieavond",
    ),
    (
        "Verteltassen maken",
        "Ouders en kinderen beleven samen plezier aan een boek",
        "Boek kiezen, spullen maken, tas uitlenen",
        "Vier ochtenden met koffie",
    ),
)
PRESENT = ("head", "coordinator", "specialist", "consultant")


@part("parents", after=("routes",))
def fill(story: Story, tell: Tell) -> None:
    libraries = list(Library.objects.order_by("pk"))
    for number, library in enumerate(libraries):
        runs = runs_for(SYSTEM).filter(library=library.pk, code=ROUTE).exclude(unit=library.pk)
        for run in runs.order_by("pk"):
            _tell_place(story, library, Location.objects.get(pk=run.unit_id), run.done, run.review_on)
        _propose(library, {run.unit_id for run in runs})
        _tell_library(story, library)
        tell(number + 1, len(libraries))


def _tell_place(story: Story, library: Library, place: Location, done: int, refused: date | None) -> None:
    target = {"library_id": library.pk, "location": place, "by": SYSTEM}
    marks = {"intention": Mark.YES, "policy": Mark.NO if refused else Mark.YES}
    answer_indicators(answers=marks, note="Sprak met de directeur op het netwerkoverleg.", **target)
    if refused:
        return
    start = _talk(story, library, place, TalkKind.START, -60 if done > 1 else 8)
    if done > 1:
        _hold(story, start, -60, ANSWERS, agreed=True)
        wish = WishRow(
            Occasion.EVENING,
            "hesitating",
            _day(story, -40),
            "Weten welk boek past. Liever korte tips dan een folder.",
            "Op vrijdag ligt er een stapel boeken bij de deur.",
            parents=14,
        )
        feed_back(wish=note_wish(wish=wish, **target), by=SYSTEM)
    if done > 2:
        deepening = _talk(story, library, place, TalkKind.DEEPENING, -35)
        _hold(story, deepening, -35, {"team": "In de studiedag van januari."}, again=12)
        _plan(library, place)
        note_wish(
            wish=WishRow(
                Occasion.INTAKE, "not-reading", _day(story, -21), "Ook in de thuistaal mogen vertellen."
            ),
            **target,
        )
        answers = {
            one.code: Condition.PARTLY if one.code == "energy" else Condition.YES
            for one in guide().conditions
        }
        check_conditions(answers=answers, note="Ouders van de onderbouw doen al mee.", **target)
    if done > 3:
        for who in DiscussedWith:
            discuss_plan(discussed_with=who, held_on=_day(story, -14), outcome="Akkoord.", **target)
        _hold(story, _talk(story, library, place, TalkKind.SCHOOL, -7), -7, {})


def _plan(library: Library, place: Location) -> None:
    """Two lines for parents in the year plan."""
    year = SchoolYear.running()
    rows = [
        ActivityRow(what, Side.TOGETHER, aim=aim, steps=steps, how=how, audience=Audience.PARENTS)
        for what, aim, steps, how in LINES
    ]
    add_activities(unit=place, year=year, rows=rows, library_id=library.pk, by=SYSTEM)


def _propose(library: Library, busy: set[int]) -> None:
    """A location that is not chosen yet, of which enough is known to propose it."""
    rows = Partnership.objects.filter(library=library, ends_on=None).exclude(location__in=busy)
    wanted = rows.filter(location__sector__in=["po", "ko"]).order_by("pk").select_related("location").first()
    if wanted:
        marks = {one.code: Mark.YES for one in guide().indicators if one.code != "need"}
        answer_indicators(library_id=library.pk, location=wanted.location, answers=marks, by=SYSTEM)


def _tell_library(story: Story, library: Library) -> None:
    team = plan_talk(
        library_id=library.pk, kind=TalkKind.TEAM, locations=(), planned_on=_day(story, -10), by=SYSTEM
    )
    report = TalkReport(
        _day(story, -10), "De leesconsulenten willen meer oefenen met gesprekken.", ("consultant",)
    )
    hold_talk(talk=team, report=report, by=SYSTEM)
    judged = Judgement(
        "Voorleesfeest in de wijk",
        Verdict.PERHAPS,
        {"home": "Deels", "goal": "Ouders laten zien hoe leuk voorlezen is", "cost": "Ongeveer € 300"},
        ("c", "d"),
        ("reading", "hesitating"),
    )
    judge_project(library_id=library.pk, judgement=judged, by=SYSTEM)


def _talk(story: Story, library: Library, place: Location, kind: TalkKind, days: int):  # type: ignore[no-untyped-def]
    day = _day(story, days)
    return plan_talk(library_id=library.pk, kind=kind, locations=[place], planned_on=day, by=SYSTEM)


def _hold(  # type: ignore[no-untyped-def]
    story: Story,
    talk,
    days: int,
    answers: dict[str, str],
    agreed: bool | None = None,
    again: int | None = None,
) -> None:
    words = "We gaan samen verder en plannen de volgende stap."
    next_on = None if again is None else _day(story, again)
    report = TalkReport(_day(story, days), words, PRESENT, answers, agreed, next_on)
    hold_talk(talk=talk, report=report, by=SYSTEM)


def _day(story: Story, days: int) -> date:
    return story.workday(today() + timedelta(days=days), past=days <= 0)
