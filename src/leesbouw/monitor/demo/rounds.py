"""The demo's rounds: every library measured primary schools for three years, the third time now; secondary schools and
child care last year. The days of what is over lie in the story's past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from leesbouw.accounts.domain import hashed, new_token
from leesbouw.core.access import SYSTEM
from leesbouw.core.story import YEARS, Row, Story
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import publish
from leesbouw.indicators.queries import facts, measures
from leesbouw.organisations.demo.places import groups_in
from leesbouw.organisations.models import Library

from ..actions import (
    FilledIn,
    authorise,
    enrol,
    open_round,
    plan_round,
    save_local_question,
    store_lists,
    work_out,
)
from ..domain.calendar import SECTORS, Calendar, usual_calendar
from ..domain.doors import LinkRow, new_class_code
from ..enums import MonitorKind, Respondent
from ..models import ClassCode, Participation, PersonalLink, Round, TeamSession
from ..queries import monitor_parameters, questionnaire
from ..queries.lists import body_of, local_measures_of
from ..queries.recipients import recipients
from .lists import School, lists_of_others, lists_of_pupils, lists_of_teachers, pupils_in
from .patterns import chance_for
from .teams import hold_sessions, open_session_today

TOLD = {"po": YEARS, "vo": ("Y-1",), "ko": ("Y-1",)}
NOW = YEARS[-1]
MEASURES = {"dbos", "comparable"}  # types of cooperation that measure
ASKED_ALL = "po", "Y-1"  # here every school was asked as a start, so that a province has enough of them
OWN_QUESTIONS = (
    ("Wanneer lees je het liefst?", ("in bed", "op school", "in het weekend", "nooit")),
    ("Welk boek zou je een vriend of vriendin geven?", ()),
)
DAY = timedelta(days=1)
BOOKS_LESS = 0.06  # of the books of now, for every year before
LOANS_TOLD = 9, 21  # books that a pupil borrowed in a year
BORROWED_TOLD = 58, 93  # of a hundred pupils, in a month
# How far schools are in the running round, in turn: done and closed, half way, only just begun, not begun, no answer yet.
STANDINGS = ("closed", "half", "begun", "authorised", "invited", "half")
SHARES = {"closed": 1.0, "half": 0.55, "begun": 0.15}


def make_rounds(story: Story) -> Iterator[tuple[int, int]]:
    """Round by round; yields how many are done of how many."""
    libraries = sorted(set(story.made["serving"].values()), key=lambda library: str(library.code))
    plan = [(library, kind, year) for library in libraries for kind in TOLD for year in TOLD[kind]]
    for done, (library, kind, year) in enumerate(plan, 1):
        _make_round(story, library, kind, year)
        yield done, len(plan) + 1
    main = [
        code for code, one in measures().items() if one.body.main
    ]  # of the others only schools see their own
    for year in YEARS:
        publish(year=story.year(year), by=SYSTEM, measures=[*main, *_own_codes(story.year(year))])
    first = (
        Participation.objects.filter(closed_on__isnull=False, round__closed_on=None).order_by("pk").first()
    )
    if first is not None:
        open_session_today(first)
    yield len(plan) + 1, len(plan) + 1


def _make_round(story: Story, library: Library, kind: str, year: str) -> None:
    rows = [row for row in story.rows("locations") if _takes_part(story, row, library, kind, year)]
    if not rows:
        return
    row = plan_round(
        library=library,
        kind=MonitorKind(kind),
        year=story.year(year),
        calendar=_calendar(story, year),
        by=SYSTEM,
    )
    made = {
        one.location.code: one
        for one in enrol(
            round=row, location_ids=[story.made["units"][place["code"]].pk for place in rows], by=SYSTEM
        )
    }
    _ask_more(row)
    row = open_round(round=row, by=SYSTEM)
    Round.objects.filter(pk=row.pk).update(opened_on=row.opens_on)
    for number, place in enumerate(rows):
        standing = STANDINGS[number % len(STANDINGS)] if year == NOW else "closed"
        _fill_in(story, made[place["code"]], _school(story, place, year, row), standing)
    if year != NOW:
        Round.objects.filter(pk=row.pk).update(closed_on=row.closes_on)
        _discuss(row, year)


def _ask_more(row: Round) -> None:
    """Two questions of the library itself in primary schools: one to choose from and one in one's own words."""
    if row.kind == MonitorKind.PO:
        for text, options in OWN_QUESTIONS:
            save_local_question(round=row, respondent=Respondent.PUPIL, text=text, options=options, by=SYSTEM)


def _own_codes(year: SchoolYear) -> list[str]:
    rounds = Round.objects.filter(year=year)
    return [one.code for row in rounds for one in local_measures_of(row, row.questionnaires.values())]


def _takes_part(story: Story, row: Row, library: Library, kind: str, year: str) -> bool:
    """A school of the library that works with it by then, and that has groups in that year."""
    if row["sector"] not in SECTORS[kind] or story.made["serving"][row["municipality"]] != library:
        return False
    told = row.get("partnership")
    works = told and told["type"] in MEASURES and story.day(told["starts_on"]) <= story.year(year).starts_on
    return bool((works or (kind, year) == ASKED_ALL) and groups_in(row, year))


def _calendar(story: Story, year: str) -> Calendar:
    """The usual days; the running round is open on the day of the story, whatever day that is."""
    first = story.year(year).first
    usual = usual_calendar(first, monitor_parameters().body.calendar.model_dump())
    if year != NOW:
        return usual
    opens_on = min(usual.opens_on, story.today - 9 * DAY)
    closes_on = max(usual.closes_on, story.today + 30 * DAY)
    return Calendar(
        min(usual.prepare_on, opens_on - 21 * DAY),
        opens_on,
        closes_on,
        max(usual.report_on, closes_on + 14 * DAY),
    )


def _school(story: Story, row: Row, year: str, round: Round) -> School:
    groups = {name: story.made["groups"][row["code"], year, name].pk for name in groups_in(row, year)}
    known = _known(story, row, year, len(groups))
    return School(row, year, YEARS.index(year), groups, tuple(round.modules), known)


def _known(story: Story, row: Row, year: str, groups: int) -> dict[str, int]:
    """What the school's own list says of it: its pupils and groups, and the books on its shelf, fewer in years before."""
    pupils = sum(row.get("pupils", {}).get(year, ()))
    shelf = facts(SYSTEM, story.made["units"][row["code"]], story.year(NOW), ["copies"]).get("copies")
    found = {"groups": groups} | ({"pupils": pupils} if pupils else {})
    if row.get("partnership"):
        found["partnership-since"] = story.day(row["partnership"]["starts_on"]).year
    if not shelf or not pupils:
        return found
    luck = chance_for("lending told", row["code"], year)
    return found | {
        "copies": round(float(shelf.value) * (1 - BOOKS_LESS * (YEARS.index(NOW) - YEARS.index(year)))),
        "school-library": luck.choice((3, 4)),
        "loans-last-year": round(pupils * luck.uniform(*LOANS_TOLD)),
        "borrowed-last-month": round(luck.uniform(*BORROWED_TOLD)),
    }


def _fill_in(story: Story, taking_part: Participation, school: School, standing: str) -> None:
    """The head says yes, the lists come in, and where all is done the school is closed and its figures worked out."""
    if standing == "invited":
        return
    row = authorise(participation=taking_part, by=SYSTEM, name=_head(story, school.code))
    share = SHARES.get(standing, 0.0)
    if share:
        lists = list(_lists(school, row.round, share))
        store_lists(participation=row, lists=lists, by=SYSTEM)
        _note_doors(row, school, lists, is_closed=standing == "closed")
    opens_on = row.round.opens_on
    closed_on = row.round.closes_on - 4 * DAY if school.year != NOW else story.today - DAY
    Participation.objects.filter(pk=row.pk).update(
        enrolled_on=row.round.prepare_on,
        asked_on=row.round.prepare_on,
        authorised_on=opens_on - 5 * DAY,
        started_on=opens_on + DAY if share else None,
        closed_on=closed_on if standing == "closed" else None,
    )
    if standing == "closed":
        work_out(participation_id=row.pk, by=SYSTEM)


def _lists(school: School, row: Round, share: float) -> Iterator[FilledIn]:
    for respondent, key in row.questionnaires.items():
        asked = replace(questionnaire(key), body=body_of(row, key))
        if respondent == Respondent.PUPIL:
            yield from lists_of_pupils(school, asked, share=share)
        elif respondent == Respondent.TEACHER:
            yield from lists_of_teachers(school, asked, share=share)
        elif share == 1.0:
            yield from lists_of_others(school, asked, Respondent(respondent))


def _note_doors(
    taking_part: Participation, school: School, lists: Sequence[FilledIn], *, is_closed: bool
) -> None:
    """The codes of the classes with how many are done, and the links of the teachers with whether they were used."""
    pupils = Counter(one.group_id for one in lists if one.respondent == Respondent.PUPIL)
    teachers = {one.group_id for one in lists if one.respondent == Respondent.TEACHER}
    asked = pupils_in(school) if pupils else {}
    ClassCode.objects.bulk_create(
        ClassCode(
            participation=taking_part,
            group_id=school.groups[name],
            code=new_class_code(),
            expected=len(children),
            done=pupils[school.groups[name]],
            closed_on=taking_part.round.closes_on if is_closed else None,
        )
        for name, children in asked.items()
        if pupils[school.groups[name]]
    )
    PersonalLink.objects.bulk_create(
        PersonalLink(
            participation=taking_part,
            respondent=Respondent.TEACHER,
            group_id=group,
            name=name,
            email=email,
            token_hash=hashed(new_token()),
            sent_on=taking_part.round.opens_on,
            is_used=is_first and group in teachers,
        )
        for group, name, email, is_first in _teachers(taking_part, school)
    )


def _teachers(taking_part: Participation, school: School) -> Iterator[tuple[int, str, str, bool]]:
    """Of each group its teachers with their addresses, the first of duo partners first; of old groups nobody knows them."""
    if Respondent.TEACHER not in taking_part.round.questionnaires:
        return
    known: dict[int | None, list[LinkRow]] = {}
    for one in recipients(SYSTEM, taking_part):
        known.setdefault(one.row.group_id, []).append(one.row)
    for name, group in school.groups.items():
        nobody = f"Leerkracht van {name}", f"groep-{group}@{school.code.lower()}.voorbeeld.example"
        people = [(row.name, row.email) for row in known.get(group, ())] or [nobody]
        yield from ((group, *person, at == 0) for at, person in enumerate(people))


def _discuss(row: Round, year: str) -> None:
    """The teams of two years ago all talked about it, those of last year but for a few."""
    rows = list(row.participations.order_by("pk"))
    talked = rows if year == YEARS[0] else [one for at, one in enumerate(rows) if at % 4 != 3]
    talked_on = row.report_on + 20 * DAY
    hold_sessions(talked)
    TeamSession.objects.filter(participation__in=talked).update(started_on=talked_on, closed_on=talked_on)
    Participation.objects.filter(pk__in=[one.pk for one in talked]).update(discussed_on=talked_on)
    if len(talked) == len(rows):
        Round.objects.filter(pk=row.pk).update(ended_on=row.report_on + 20 * DAY)


def _head(story: Story, code: str) -> str:
    """The name of the school's head in the story, if it has one."""
    heads = [
        one["name"]
        for one in story.lists["contacts"]
        if one.get("unit") == code and "school-head" in str(one.get("function", ""))
    ]
    return heads[0] if heads else ""
