"""Who takes part in a round and how far each is. While a round runs there are counts only, never answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, Sum

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.organisations.queries import agreements_on
from leesbouw.people.queries import GroupLine, group_teachers

from ..domain.calendar import asks_group
from ..domain.progress import RED, URGENCY, Asks, Standing, asks
from ..enums import Cohort, MonitorKind, ParticipationState, Respondent
from ..models import ClassCode, MeasuringRhythm, Participation, PersonalLink, Round
from .parameters import monitor_parameters
from .rounds import pupils_asked

GROUP_LISTS = {Respondent.TEACHER, Respondent.WORKER}
LIBRARY_LISTS = {Respondent.CONSULTANT, Respondent.LIBRARY, Respondent.COORDINATOR}
ONE_LIST = (0, 1)  # nobody made a link yet, and one list is expected


def participations_for(actor: Actor) -> QuerySet[Participation]:
    """Participations the actor may see, with their round and location."""
    return Participation.objects.visible_to(actor).select_related("round__library", "location")


def participation_by_id(actor: Actor, participation_id: int) -> Participation:
    """Raises Participation.DoesNotExist."""
    return participations_for(actor).get(pk=participation_id)


def participations_of(actor: Actor, row: Round, ids: Collection[int]) -> list[Participation]:
    """Some participations of one round; an id that is not among them is left out."""
    return list(participations_for(actor).filter(round=row, pk__in=ids).order_by("location__name", "pk"))


@dataclass(frozen=True, slots=True)
class Progress:
    """One location in a round: what it asks, and how many lists of each kind came in of how many."""

    participation: Participation
    standing: Standing
    asks: Asks
    has_agreement: bool = True

    @property
    def pk(self) -> int:
        return self.participation.pk

    @property
    def location(self) -> Location:
        return self.participation.location

    @property
    def state(self) -> ParticipationState:
        return self.participation.state

    @property
    def closes_on(self) -> date:
        return self.standing.closes_on

    @property
    def is_red(self) -> bool:
        return self.asks in RED

    @property
    def pupil_share(self) -> float | None:
        done, expected = self.standing.pupils
        return min(done / expected, 1.0) if expected else None


def progress_of(actor: Actor, row: Round, ids: Collection[int] | None = None) -> list[Progress]:
    """The locations of a round within reach, or some of them, the most urgent first. Six queries, whatever the number."""
    rows = participations_for(actor).filter(round=row).order_by("location__name", "pk")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return sorted(_progress(actor, row, list(rows)), key=lambda one: URGENCY[one.asks])


def progress_of_one(actor: Actor, participation: Participation) -> Progress:
    """The same of one location."""
    return _progress(actor, participation.round, [participation])[0]


def _progress(actor: Actor, row: Round, rows: list[Participation]) -> list[Progress]:
    ids, places = [one.pk for one in rows], [one.location_id for one in rows]
    codes = _class_counts(actor, ids)
    counted = pupils_asked(actor, places, row.kind, row.year)  # type: ignore[arg-type]
    grown_ups = _grown_ups(actor, row, rows)
    signed = agreements_on(places, today())
    limits, day = monitor_parameters().body.limits, today()
    found = []
    for one in rows:
        one.round = row
        done, told = codes.get(one.pk, (0, 0))
        lists = grown_ups[one.pk]
        standing = standing_of(one, (done, max(told, counted.get(one.location_id, 0))), *lists)
        needs = one.location.is_school
        found.append(
            Progress(one, standing, asks(standing, day, limits), not needs or one.location_id in signed)
        )
    return found


def standing_of(
    one: Participation,
    pupils: tuple[int, int] = (0, 0),
    teachers: tuple[int, int] = (0, 0),
    consultants: tuple[int, int] = (0, 0),
) -> Standing:
    """A participation in the words of the domain."""
    return Standing(
        opens_on=one.round.opened_on or one.round.opens_on,
        closes_on=one.closes_on,
        report_on=one.round.report_on,
        is_open=one.round.opened_on is not None,
        authorised=one.authorised_on is not None,
        declined=one.declined_on is not None,
        started=one.started_on is not None,
        closed=one.closed_on is not None,
        discussed=one.discussed_on is not None,
        pupils=pupils,
        teachers=teachers,
        consultants=consultants,
    )


def _class_counts(actor: Actor, ids: list[int]) -> dict[int, tuple[int, int]]:
    """Participation → pupils who sent in their list, and pupils that the classes expect."""
    codes = ClassCode.objects.visible_to(actor).filter(participation__in=ids).order_by()
    sums = codes.values_list("participation").annotate(Sum("done"), Sum("expected"))
    return {participation: (done or 0, expected or 0) for participation, done, expected in sums}


Pair = tuple[int, int]


def _grown_ups(actor: Actor, row: Round, rows: list[Participation]) -> dict[int, tuple[Pair, Pair]]:
    """Participation → lists of teachers, and of who fills in one list per location: came in, expected.

    A group counts once, whoever of its teachers fills in; a list without a group counts by itself.
    """
    links = PersonalLink.objects.visible_to(actor).filter(participation__in=[one.pk for one in rows])
    teachers: dict[int, dict[object, bool]] = {one.pk: {} for one in rows}
    others: dict[int, list[bool]] = {one.pk: [] for one in rows}
    for pk, participation, respondent, group, used in links.values_list(
        "pk", "participation", "respondent", "group", "is_used"
    ):
        if respondent in GROUP_LISTS:
            key = group or f"link {pk}"
            teachers[participation][key] = teachers[participation].get(key, False) or used
        elif respondent in LIBRARY_LISTS:
            others[participation].append(used)
    by_place = {one.location_id: one.pk for one in rows}
    if row.kind != MonitorKind.VO:  # teachers in secondary education have no group of their own
        groups = ClassGroup.objects.visible_to(actor).filter(location__in=by_place, year=row.year)
        for pk, place in groups.order_by().values_list("pk", "location"):
            teachers[by_place[place]].setdefault(pk, False)
    return {
        one.pk: (
            (sum(teachers[one.pk].values()), len(teachers[one.pk])),
            (sum(others[one.pk]), len(others[one.pk])) if others[one.pk] else ONE_LIST,
        )
        for one in rows
    }


@dataclass(frozen=True, slots=True)
class Totals:
    """A whole round in counts: the funnel, and lists that came in of those expected, by who fills them in."""

    invited: int = 0
    authorised: int = 0
    started: int = 0
    closed: int = 0
    discussed: int = 0
    declined: int = 0
    red: int = 0
    pupils: Pair = (0, 0)
    teachers: Pair = (0, 0)
    consultants: Pair = (0, 0)


def totals_of(rows: Iterable[Progress]) -> Totals:
    """The sums over locations. Who does not take part is expected to send nothing."""
    rows = list(rows)
    taking = [one for one in rows if not one.standing.declined]
    return Totals(
        invited=len(rows),
        authorised=sum(one.standing.authorised for one in taking),
        started=sum(one.standing.started for one in taking),
        closed=sum(one.standing.closed for one in taking),
        discussed=sum(one.standing.discussed for one in taking),
        declined=len(rows) - len(taking),
        red=sum(one.is_red for one in rows),
        pupils=_sum(one.standing.pupils for one in taking),
        teachers=_sum(one.standing.teachers for one in taking),
        consultants=_sum(one.standing.consultants for one in taking),
    )


def _sum(pairs: Iterable[Pair]) -> Pair:
    done = expected = 0
    for one, other in pairs:
        done, expected = done + one, expected + other
    return done, expected


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group of a location in a round: pupils who are done, and whether a list of its teachers came in."""

    line: GroupLine
    asks_pupils: bool
    pupils: Pair = (0, 0)
    has_code: bool = False
    has_list: bool = False
    sent: int = 0  # links that were made for its teachers

    @property
    def group(self) -> ClassGroup:
        return self.line.group

    @property
    def teacher_names(self) -> list[str]:
        return [contact.name for contact, _days in self.line.teachers]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one location, and lists that belong to no group."""

    states: list[GroupState] = field(default_factory=list)
    others: list[PersonalLink] = field(default_factory=list)

    @property
    def without_list(self) -> list[GroupState]:
        return [one for one in self.states if not one.has_list]


def groups_of_participation(actor: Actor, one: Participation) -> Groups:
    """Which groups are how far; never what they answered. Five queries."""
    rows = ClassGroup.objects.visible_to(actor).filter(location=one.location_id, year=one.round.year)
    codes = {row.group_id: row for row in ClassCode.objects.visible_to(actor).filter(participation=one)}
    links = list(PersonalLink.objects.visible_to(actor).filter(participation=one.pk))
    used = {link.group_id for link in links if link.is_used}
    states = [
        GroupState(
            line,
            asks_group(one.round.kind, line.group.year_groups),
            (codes[line.group.pk].done, codes[line.group.pk].expected) if line.group.pk in codes else (0, 0),
            line.group.pk in codes,
            line.group.pk in used,
            sum(link.group_id == line.group.pk for link in links),
        )
        for line in group_teachers(actor, list(rows.order_by("name")))
    ]
    return Groups(states, [link for link in links if link.group_id is None])


def rhythm_label(actor: Actor, location_id: int) -> str:
    """In which years a location measures, in words."""
    row = MeasuringRhythm.objects.visible_to(actor).filter(pk=location_id).first()
    return str(Cohort(row.rhythm if row else Cohort.EVERY_YEAR).label)


def authorisations_asked(actor: Actor) -> QuerySet[Participation]:
    """What waits for the yes of the actor's own location."""
    rows = participations_for(actor).filter(location=actor.unit_id, authorised_on=None, declined_on=None)
    return rows.filter(closed_on=None, round__closed_on=None)


def running_rounds(actor: Actor) -> list[Round]:
    """Rounds of the actor's library that are not closed, the first to close first."""
    rows = Round.objects.visible_to(actor).filter(library__in=actor.libraries, closed_on=None)
    return list(rows.select_related("library").order_by("closes_on", "pk"))


def my_participations(actor: Actor) -> list[Participation]:
    """Rounds of the actor's own location that go on now."""
    rows = participations_for(actor).filter(location=actor.unit_id, round__closed_on=None, declined_on=None)
    return list(rows.order_by("round__closes_on", "pk"))
