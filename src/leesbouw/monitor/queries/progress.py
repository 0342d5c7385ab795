"""How far each location of a round is: lists that came in, of how many. Counts only, never answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.organisations.queries import agreements_on

from ..domain.progress import RED, URGENCY, Asks, Standing, asks
from ..enums import MonitorKind, ParticipationState, Respondent
from ..models import ClassCode, Participation, PersonalLink, Round, Submission
from .parameters import monitor_parameters
from .participations import participations_for
from .rounds import pupils_asked

ONE_A_GROUP = {Respondent.TEACHER}
ONE_A_PERSON = {Respondent.WORKER}  # everybody who works with a group fills in
GROUP_LISTS = ONE_A_GROUP | ONE_A_PERSON
ONE_A_LOCATION = {
    MonitorKind.PO: {Respondent.CONSULTANT},
    MonitorKind.VO: {Respondent.CONSULTANT},
    MonitorKind.CHILDCARE: {Respondent.COORDINATOR, Respondent.LIBRARY},
}
Pair = tuple[int, int]  # lists that came in, lists that are expected


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
    """The locations of a round within reach, or some of them, the most urgent first. Seven queries, whatever the number."""
    rows = participations_for(actor).filter(round=row).order_by("location__name", "pk")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return sorted(_progress(actor, row, list(rows)), key=lambda one: URGENCY[one.asks])


def progress_of_one(actor: Actor, participation: Participation) -> Progress:
    """The same of one location."""
    return _progress(actor, participation.round, [participation])[0]


def standing_of_one(actor: Actor, participation: Participation) -> Standing:
    """How far one location is, without what it asks."""
    return _standings(actor, participation.round, [participation])[0]


def first_sight(one: Participation) -> Asks:
    """What a location asks as far as its own row tells, without counting lists. No query."""
    return asks(standing_of(one), today(), monitor_parameters().body.limits)


def asked_at_first_sight(actor: Actor, rounds: Collection[Round]) -> dict[int, Counter[Asks]]:
    """By id of its round, how many locations ask what, without counting lists. One query."""
    known = {row.pk: row for row in rounds}
    found: dict[int, Counter[Asks]] = defaultdict(Counter)
    for one in Participation.objects.visible_to(actor).filter(round__in=known).order_by():
        one.round = known[one.round_id]
        found[one.round_id][first_sight(one)] += 1
    return found


def _progress(actor: Actor, row: Round, rows: list[Participation]) -> list[Progress]:
    signed = agreements_on([one.location_id for one in rows], today())
    limits, day = monitor_parameters().body.limits, today()
    found = []
    for one, standing in zip(rows, _standings(actor, row, rows), strict=True):
        no_need = not one.location.is_school
        found.append(
            Progress(one, standing, asks(standing, day, limits), no_need or one.location_id in signed)
        )
    return found


def _standings(actor: Actor, row: Round, rows: list[Participation]) -> list[Standing]:
    places = [one.location_id for one in rows]
    lists = _lists(actor, row, rows)
    told = _told_by_classes(actor, [one.pk for one in rows])
    counted = pupils_asked(actor, places, row.kind, row.year)  # type: ignore[arg-type]
    found = []
    for one in rows:
        one.round = row
        mine, (done, expected) = lists[one.pk], told.get(one.pk, (0, 0))
        pupils = max(done, mine.pupils), max(expected, counted.get(one.location_id, 0))
        found.append(standing_of(one, pupils, mine.teachers, mine.others(row.kind)))
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


def _told_by_classes(actor: Actor, ids: Collection[int]) -> dict[int, Pair]:
    """Participation → pupils who are done, and pupils that the classes expect."""
    codes = ClassCode.objects.visible_to(actor).filter(participation__in=ids).order_by()
    sums = codes.values_list("participation").annotate(Sum("done"), Sum("expected"))
    return {participation: (done or 0, expected or 0) for participation, done, expected in sums}


class _Lists:
    """The lists of one location. A group counts once, whoever of its teachers filled in."""

    def __init__(self) -> None:
        self.pupils = 0
        self.groups: dict[int, bool] = {}
        self.links: list[bool] = []  # of who fills in for no group
        self.without_group = 0
        self.came: set[str] = set()

    @property
    def teachers(self) -> Pair:
        done = max(sum(self.links), self.without_group)
        return sum(self.groups.values()) + done, len(self.groups) + max(len(self.links), done)

    def others(self, kind: str) -> Pair:
        """Those of which there is one a location."""
        wanted = ONE_A_LOCATION[MonitorKind(kind)]
        return len(self.came & wanted), len(wanted)


def _lists(actor: Actor, row: Round, rows: list[Participation]) -> dict[int, _Lists]:
    """Participation → its lists: from links that were used, and from lists that came in another way."""
    found: dict[int, _Lists] = defaultdict(_Lists)
    by_place = {one.location_id: one.pk for one in rows}
    if row.kind == MonitorKind.PO:  # elsewhere nobody fills in for a group
        groups = ClassGroup.objects.visible_to(actor).filter(location__in=by_place, year=row.year)
        for pk, place in groups.order_by().values_list("pk", "location"):
            found[by_place[place]].groups[pk] = False
    links = PersonalLink.objects.visible_to(actor).filter(participation__in=by_place.values())
    for participation, respondent, group, used in links.values_list(
        "participation", "respondent", "group", "is_used"
    ):
        mine = found[participation]
        if respondent in ONE_A_GROUP and group:
            mine.groups[group] = mine.groups.get(group, False) or used
        elif respondent in GROUP_LISTS:
            mine.links.append(used)
        elif used:
            mine.came.add(respondent)
    for (participation, respondent, group), number in came_in(by_place.values()).items():
        mine = found[participation]
        if respondent == Respondent.PUPIL:
            mine.pupils += number
        elif respondent in ONE_A_GROUP and group:
            mine.groups[group] = True
        elif respondent in GROUP_LISTS:
            mine.without_group += number
        else:
            mine.came.add(respondent)
    return found


def came_in(ids: Collection[int]) -> dict[tuple[int, str, int | None], int]:
    """Participation, respondent and group → how many lists came in. The caller may see these participations."""
    rows = Submission.objects.trusted("how many lists came in").filter(participation__in=list(ids))
    counts = rows.order_by().values_list("participation", "respondent", "group").annotate(Count("pk"))
    return {(participation, respondent, group): number for participation, respondent, group, number in counts}


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
