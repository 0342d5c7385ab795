"""Rounds within reach, with counts only, and which locations could take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from leesbouw.accounts.models import TaskLink
from leesbouw.core.access import Actor, within
from leesbouw.core.time import SchoolYear, now, on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Location, LocationYear, Partnership
from leesbouw.organisations.queries import libraries_visible_to

from ..domain.calendar import SECTORS, Calendar, asked_pupils, half_of, measures_in, usual_calendar
from ..enums import Cohort, MonitorKind
from ..models import Follower, LocalQuestion, MeasuringRhythm, Participation, Round
from .parameters import monitor_parameters
from .participations import to_discuss
from .questionnaires import questionnaire, questionnaires_of

SHOWS_LOCATIONS = {UnitKind.LIBRARY, UnitKind.BRANCH, UnitKind.BOARD, UnitKind.LOCATION}
AUTHORISE_TASK = "monitor.authorise"
BACKGROUND = "background"  # the module that asks about sex, dyslexia and the language at home


def rounds_for(actor: Actor) -> QuerySet[Round]:
    """Rounds the actor may see, newest year first, with their library."""
    return Round.objects.visible_to(actor).select_related("library")


def round_by_id(actor: Actor, round_id: int) -> Round:
    """Raises Round.DoesNotExist."""
    return rounds_for(actor).get(pk=round_id)


def own_library(actor: Actor) -> Library | None:
    """The library whose rounds the actor plans; None for who works at none."""
    if actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
        return None
    return libraries_visible_to(actor).order_by("pk").first()


def shows_locations(actor: Actor) -> bool:
    """Whether the actor sees locations one by one; the others see how many there are."""
    return actor.unit_kind in SHOWS_LOCATIONS


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list, with how many locations of those within reach are how far."""

    row: Round
    invited: int = 0
    authorised: int = 0
    started: int = 0
    closed: int = 0
    discussed: int = 0
    declined: int = 0

    @property
    def pk(self) -> int:
        return self.row.pk


STEPS = {
    "invited": Q(),
    "authorised": Q(authorised_on__isnull=False, declined_on=None),
    "started": Q(started_on__isnull=False),
    "closed": Q(closed_on__isnull=False),
    "discussed": Q(discussed_on__isnull=False),
    "declined": Q(declined_on__isnull=False),
}


def round_lines(actor: Actor) -> list[RoundLine]:
    """Every round within reach with its counts. Two queries, whatever the number."""
    found = list(rounds_for(actor))
    seen = Participation.objects.visible_to(actor).order_by()
    steps = {name: Count("pk", filter=step) if step else Count("pk") for name, step in STEPS.items()}
    counts: dict[int, dict[str, Any]] = {}
    for row in seen.values("round").annotate(**steps):
        values: dict[str, Any] = dict(row)
        counts[values.pop("round")] = values
    return [RoundLine(row, **counts.get(row.pk, {})) for row in found]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new round begins with: the usual days and hours, and for how many locations those were counted."""

    calendar: Calendar
    locations: int
    hours: dict[str, Decimal]


def proposal_for(actor: Actor, kind: str, year: SchoolYear) -> Proposal:
    """The usual calendar of a year, and the hours per location times the locations whose turn it is."""
    body = monitor_parameters().body
    turn = [one for one in _partners(actor, kind, year) if one.has_turn]
    hours = {name: value * len(turn) for name, value in body.hours.model_dump().items()}
    return Proposal(usual_calendar(year.first, body.calendar.model_dump()), len(turn), hours)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A location that the library works with, and whether a round of this year is its turn."""

    pk: int
    name: str
    code: str
    town: str
    sector: str
    structural: bool
    rhythm: str
    has_turn: bool
    pupils: int = 0


def candidates(actor: Actor, row: Round) -> list[Candidate]:
    """Locations of the right sector that are not in the round yet, those whose turn it is first. Four queries."""
    there = set(row.participations.values_list("location", flat=True))
    found = _partners(actor, row.kind, row.year)  # type: ignore[arg-type]
    everybody = row.cohort == Cohort.EVERY_YEAR
    left = [_with_turn(one, everybody) for one in found if one.pk not in there]
    return sorted(left, key=lambda one: (not one.has_turn, one.name, one.pk))


def _with_turn(one: Candidate, everybody: bool) -> Candidate:
    if not everybody or one.has_turn:
        return one
    values = {name: getattr(one, name) for name in Candidate.__slots__}  # type: ignore[attr-defined]
    return Candidate(**(values | {"has_turn": one.structural}))


def partners_with_rhythm(actor: Actor, kind: str, year: SchoolYear) -> list[Candidate]:
    """Every location of a kind that the library works with today, by name, with its rhythm."""
    return sorted(_partners(actor, kind, year), key=lambda one: (one.name, one.pk))


def _partners(actor: Actor, kind: str, year: SchoolYear) -> list[Candidate]:
    library = own_library(actor)
    rows = Partnership.objects.visible_to(actor).filter(
        on_day(today()), location__sector__in=SECTORS[kind], location__closed_on=None, waiting_since=None
    )
    if library is not None:
        rows = rows.filter(library=library.pk)
    found = list(rows.select_related("location").order_by("pk"))
    ids = [row.location_id for row in found]
    rhythms = dict(MeasuringRhythm.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "rhythm"))
    pupils = pupils_asked(actor, ids, kind, year)
    return [_candidate(row, rhythms.get(row.location_id, Cohort.EVERY_YEAR), year, pupils) for row in found]


def _candidate(row: Partnership, rhythm: str, year: SchoolYear, pupils: dict[int, int]) -> Candidate:
    place: Location = row.location
    turn = row.is_structural and measures_in(rhythm, year.first)
    return Candidate(
        place.pk,
        place.name,
        place.code,
        place.town,
        place.sector,
        row.is_structural,
        rhythm,
        turn,
        pupils.get(place.pk, 0),
    )


def pupils_asked(actor: Actor, location_ids: Sequence[int], kind: str, year: SchoolYear) -> dict[int, int]:
    """By location, how many pupils of the year groups that fill in its register counts; the newest count so far."""
    rows = LocationYear.objects.visible_to(actor).filter(
        location__in=location_ids, year__lte=year, year__gte=year.previous.previous
    )
    found: dict[int, int] = {}
    for location, numbers, total in rows.order_by("year").values_list(
        "location", "pupils_by_year_group", "pupils"
    ):
        number = asked_pupils(kind, numbers) or (total if kind == "vo" else 0)
        if number:
            found[location] = number
    return found


def of_own_library(actor: Actor, path: str) -> Q:
    """A filter on the libraries that the actor works for; the shell works for all of them."""
    if actor.kind == "system":
        return Q(**{f"{path}__isnull": False})
    return within(actor.libraries, path) if own_library(actor) else Q(pk__in=())


def own_locations(actor: Actor) -> QuerySet[Location]:
    """The locations that belong to a library of the actor, in any year that is known."""
    rows = LocationYear.objects.visible_to(actor).filter(of_own_library(actor, "library"))
    return Location.objects.visible_to(actor).filter(pk__in=rows.values("location")).order_by("name")


def round_exists(actor: Actor, kind: str, year: SchoolYear) -> Round | None:
    """The round of this kind and year that the actor's library has, if there is one."""
    library = own_library(actor)
    return rounds_for(actor).filter(library=library, kind=kind, year=year).first() if library else None


def half_words(year: SchoolYear) -> str:
    """The half of the locations whose turn it is in a year, in words."""
    return str(Cohort(half_of(year.first)).label)


@dataclass(frozen=True, slots=True)
class ListOfRound:
    """One questionnaire of a round: who fills it in, how long it takes and which of its modules are on."""

    respondent: str
    key: str
    title: str
    status: str
    minutes: int
    modules: tuple[str, ...]


def lists_of(row: Round) -> list[ListOfRound]:
    """The lists of a round: those that were fixed when it opened, else the newest."""
    fixed = {respondent: questionnaire(key) for respondent, key in row.questionnaires.items()}
    found = fixed or questionnaires_of(row.kind)
    return [
        ListOfRound(
            respondent,
            one.key,
            one.title,
            one.status,
            one.body.minutes,
            tuple(module.title for module in one.body.modules if module.code in row.modules),
        )
        for respondent, one in found.items()
    ]


def newest_lists(kind: str) -> dict[str, str]:
    """The newest version of every list of a kind, as a round keeps it: {"pupil": "po-pupil@1"}."""
    return {respondent: one.key for respondent, one in questionnaires_of(kind).items()}


def modules_of(kind: str) -> list[tuple[str, str, bool]]:
    """Code, title and whether it is on unless somebody says otherwise, of every module of a kind's lists."""
    found: dict[str, tuple[str, str, bool]] = {}
    for one in questionnaires_of(kind).values():
        for module in one.body.modules:
            found.setdefault(module.code, (module.code, module.title, module.default))
    return list(found.values())


def default_modules(kind: str) -> list[str]:
    return [code for code, _title, default in modules_of(kind) if default]


def respondents_of(kind: str) -> list[str]:
    """Who fills in a list in a round of a kind."""
    return list(questionnaires_of(kind))


def local_questions(actor: Actor, row: Round) -> list[LocalQuestion]:
    """The questions that the library added, in the order of the lists."""
    return list(LocalQuestion.objects.visible_to(actor).filter(round=row))


def local_question_by_id(actor: Actor, question_id: int) -> LocalQuestion:
    """Raises LocalQuestion.DoesNotExist."""
    return LocalQuestion.objects.visible_to(actor).select_related("round").get(pk=question_id)


def followers_of(actor: Actor, row: Round) -> list[Follower]:
    """Who gets the weekly mail of a round."""
    return list(Follower.objects.visible_to(actor).filter(round=row.pk))


def follower_by_id(actor: Actor, follower_id: int) -> Follower:
    """Raises Follower.DoesNotExist."""
    return Follower.objects.visible_to(actor).get(pk=follower_id)


def undiscussed(actor: Actor, row: Round) -> list[Participation]:
    """Locations that took part and whose team did not discuss what came out yet."""
    rows = Participation.objects.visible_to(actor).filter(to_discuss(), round=row)
    return list(rows.select_related("location"))


def open_requests(round_id: int) -> dict[int, TaskLink]:
    """Participation → the link with which its head may still answer."""
    rows = TaskLink.objects.filter(
        task=AUTHORISE_TASK, args__round_id=round_id, used_at=None, revoked_at=None, expires_at__gt=now()
    )
    return {row.args["participation_id"]: row for row in rows.order_by("created_at")}


def days_until(day: date) -> int:
    """Days from today; negative when it is past."""
    return (day - today()).days


def kind_of(code: str) -> MonitorKind | None:
    """The kind that an address names."""
    return MonitorKind(code) if code in MonitorKind.values else None
