"""One pupil: all that Leesbouw knows, the answers of the parents, and what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.models import Location

from ..domain import display_names
from ..enums import Answer, AskedBy, Channel, ConsentState
from ..holders import pupil_holders, unsettled
from ..models import Enrolment, MembershipConsent, Pupil, RightsRequest


@dataclass(frozen=True, slots=True)
class Known:
    """All that Leesbouw knows of a child: chapters of (what, values), ready to show and to print."""

    pupil: Pupil
    name: str
    chapters: list[tuple[str, list[tuple[str, list[str]]]]] = field(default_factory=list)
    unsettled: list[Any] = field(default_factory=list)


def pupil_by_id(actor: Actor, pk: int) -> Pupil:
    """The pupil, when the actor may see her. Raises Pupil.DoesNotExist."""
    return Pupil.objects.visible_to(actor).select_related("location").get(pk=pk)


def pupils_with_key(actor: Actor, location: Location, key: str) -> list[Pupil]:
    """Who has, or had, exactly this number at this school: `1234` is not `001234`."""
    return list(Pupil.objects.visible_to(actor).filter(location=location, key=key).select_related("location"))


def name_among_others(actor: Actor, pupil: Pupil) -> str:
    """What to call this child at its own school: first name and letter, in full where two are alike."""
    others = Pupil.objects.visible_to(actor).filter(location=pupil.location_id, first_name=pupil.first_name)
    names = display_names(others.values_list("pk", "first_name", "infix", "last_name"))
    return names[pupil.pk]


def known_of(actor: Actor, pupil: Pupil) -> Known:
    """What is kept of one child, in every room, for the page, the PDF and the JSON of an access request."""
    chapters = [(_("About the child"), _own(pupil)), (_("Groups"), _groups(actor, pupil))]
    chapters.append((_("Membership of the public library"), _answers(actor, pupil)))
    for holder in pupil_holders.values():
        if told := holder.tell(pupil.pk):
            chapters.append((str(holder.label), [(str(what), values) for what, values in told]))
    return Known(
        pupil=pupil,
        name=name_among_others(actor, pupil),
        chapters=[(title, lines) for title, lines in chapters if lines],
        unsettled=unsettled([pupil.pk]).get(pupil.pk, []),
    )


def _own(pupil: Pupil) -> list[tuple[str, list[str]]]:
    lines = [
        (_("Name"), str(pupil)),
        (_("School"), pupil.location.name),
        (_("Number in the school's administration"), pupil.key),
        (_("ECK iD, a pseudonym for school materials"), pupil.eck_id),
        (_("Year of birth"), str(pupil.birth_year or "")),
        (_("At this school since"), pupil.joined_on.strftime("%d-%m-%Y")),
        (_("Left on"), pupil.left_on.strftime("%d-%m-%Y") if pupil.left_on else ""),
    ]
    return [(what, [value]) for what, value in lines if value]


def _groups(actor: Actor, pupil: Pupil) -> list[tuple[str, list[str]]]:
    rows = Enrolment.objects.visible_to(actor).filter(pupil=pupil.pk).select_related("group")
    return [(str(row.group.year), [row.group.name]) for row in rows.order_by("-starts_on", "-pk")]


def _answers(actor: Actor, pupil: Pupil) -> list[tuple[str, list[str]]]:
    lines = []
    for row in consents_of(actor, pupil):
        values = [f"{Answer(row.answer).label}, {Channel(row.channel).label}, {AskedBy(row.given_by).label}"]
        if row.withdrawn_on:
            values.append(_("withdrawn on %(day)s") % {"day": row.withdrawn_on.strftime("%d-%m-%Y")})
        if row.registered_on:
            values.append(_("member since %(day)s") % {"day": row.registered_on.strftime("%d-%m-%Y")})
        lines.append((row.given_on.strftime("%d-%m-%Y"), values))
    return lines


def consents_of(actor: Actor, pupil: Pupil) -> QuerySet[MembershipConsent]:
    """The answers about one child, the newest first."""
    return MembershipConsent.objects.visible_to(actor).filter(pupil=pupil.pk)


def state_of(consent: MembershipConsent | None) -> ConsentState:
    """What the newest answer means today."""
    if consent is None:
        return ConsentState.ASKED_NOT
    if consent.withdrawn_on is not None and consent.withdrawn_on <= today():
        return ConsentState.WITHDRAWN
    return ConsentState(consent.answer)


def consent_states(actor: Actor, ids: Iterable[int]) -> dict[int, ConsentState]:
    """Pupil id → where the public membership stands; one query."""
    ids = list(ids)
    newest: dict[int, MembershipConsent] = {}
    for row in MembershipConsent.objects.visible_to(actor).filter(pupil__in=ids):
        newest.setdefault(row.pupil_id, row)
    return {pk: state_of(newest.get(pk)) for pk in ids}


def requests_at(actor: Actor, location: Location | None = None) -> QuerySet[RightsRequest]:
    """What was asked, at one location or everywhere within reach: open ones first, the longest waiting on top."""
    rows = RightsRequest.objects.visible_to(actor).select_related("location", "pupil")
    if location is not None:
        rows = rows.filter(location=location)
    return rows.order_by("outcome", "asked_on", "pk")


def requests_of(actor: Actor, pupil: Pupil) -> QuerySet[RightsRequest]:
    """What was asked about one child, the newest first."""
    return RightsRequest.objects.visible_to(actor).filter(pupil=pupil.pk)
