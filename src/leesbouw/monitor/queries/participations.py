"""Who takes part in a round."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear

from ..enums import Cohort, Mode
from ..models import MeasuringRhythm, Participation, Round, Submission


def to_discuss() -> Q:
    """Participations of which a team still has something to talk about; where nothing came in there is nothing."""
    return Q(declined_on=None, discussed_on=None, started_on__isnull=False)


def is_from_file(participation: Participation) -> bool:
    """Whether all of its lists were brought in by a file, and there are any."""
    lists = Submission.objects.trusted("whether lists came from a file").filter(participation=participation)
    return lists.exists() and not lists.exclude(mode=Mode.IMPORTED).exists()


def participations_for(actor: Actor) -> QuerySet[Participation]:
    """Participations the actor may see, with their round and location."""
    return Participation.objects.visible_to(actor).select_related("round__library", "location")


def participation_by_id(actor: Actor, participation_id: int) -> Participation:
    """Raises Participation.DoesNotExist."""
    return participations_for(actor).get(pk=participation_id)


def participation_in(actor: Actor, *, location: str, kind: str, year: SchoolYear) -> Participation:
    """A location, by its code, in the round of a kind and a year. Raises Participation.DoesNotExist."""
    return participations_for(actor).get(location__code=location, round__kind=kind, round__year=year)


def participations_of(actor: Actor, row: Round, ids: Collection[int]) -> list[Participation]:
    """Some participations of one round; an id that is not among them is left out."""
    return list(participations_for(actor).filter(round=row, pk__in=ids).order_by("location__name", "pk"))


def measured_in(actor: Actor, location_id: int, year: SchoolYear) -> Participation | None:
    """How a location takes part in the Monitor of a year; None where it does not."""
    rows = Participation.objects.visible_to(actor).filter(
        location=location_id, round__year=year, declined_on=None
    )
    return rows.select_related("round").order_by("-round__closes_on").first()


def last_measured(actor: Actor, location_id: int) -> Participation | None:
    """The newest round of a location that closed, so that there is a report; None where there is none."""
    rows = participations_for(actor).filter(location=location_id, closed_on__isnull=False)
    return rows.order_by("-round__year", "-pk").first()


def rhythm_label(actor: Actor, location_id: int) -> str:
    """In which years a location measures, in words."""
    row = MeasuringRhythm.objects.visible_to(actor).filter(pk=location_id).first()
    return str(Cohort(row.rhythm if row else Cohort.EVERY_YEAR).label)


def running_rounds(actor: Actor) -> list[Round]:
    """Rounds of the actor's library that are not closed, the first to close first."""
    rows = Round.objects.visible_to(actor).filter(library__in=actor.libraries, closed_on=None)
    return list(rows.select_related("library").order_by("closes_on", "pk"))


def my_participations(actor: Actor) -> list[Participation]:
    """Rounds that ask something of the actor's own location, until its team discussed them; the first to close first."""
    rows = participations_for(actor).filter(location=actor.unit_id, discussed_on=None, declined_on=None)
    return list(rows.order_by("round__closes_on", "pk"))
