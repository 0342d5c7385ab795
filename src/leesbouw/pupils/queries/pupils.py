"""One pupil: all that Leesbouw knows, the answers of the parents, and what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location

from ..domain import Clock, clock_of
from ..enums import Answer, AskedBy, Channel, ConsentState, RequestKind, RequestOutcome
from ..holders import PupilHolder, pupil_holders, unsettled
from ..models import Enrolment, Pupil, PupilMove, RightsRequest
from .consents import consents_of, state_of
from .lists import group_of
from .rows import names_of


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
    """Who has, or had, exactly this number or ECK iD at this school: `1234` is not `001234`."""
    rows = Pupil.objects.visible_to(actor).filter(Q(key=key) | Q(eck_id=key), location=location)
    return list(rows.select_related("location"))


def name_among_others(actor: Actor, pupil: Pupil) -> str:
    """What to call this child at its own school: first name and letter, in full where two are alike."""
    return names_of(actor, {pupil.pk})[pupil.pk]


def known_of(actor: Actor, pupil: Pupil) -> Known:
    """What is kept of one child, in every room, for the page, the PDF and the JSON of an access request."""
    chapters = [(_("About the child"), _own(pupil)), (_("Groups"), _groups(actor, pupil))]
    chapters.append((_("Moved up to a new school year"), _moves(actor, pupil)))
    chapters.append((_("Membership of the public library"), _answers(actor, pupil)))
    chapters.append((_("What was asked about the child"), _asked(actor, pupil)))
    chapters += _told(pupil, lambda holder: holder.tell)
    return Known(
        pupil=pupil,
        name=name_among_others(actor, pupil),
        chapters=[(title, lines) for title, lines in chapters if lines],
        unsettled=unsettled([pupil.pk]).get(pupil.pk, []),
    )


CHILD_WORDS = {
    ConsentState.YES: gettext_lazy("Your parents said yes. You may be a member of the library."),
    ConsentState.NO: gettext_lazy("Your parents said no. At school you borrow just the same."),
    ConsentState.WITHDRAWN: gettext_lazy("Your parents said no. At school you borrow just the same."),
    ConsentState.ASKED_NOT: gettext_lazy("Nobody asked your parents yet. At school you borrow anyway."),
}


def tiles_for_child(actor: Actor, pupil: Pupil) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The same as `known_of` in few and easy words, for the child itself: tiles of (what, values)."""
    group = group_of(actor, [pupil.pk], today()).get(pupil.pk)
    own = [
        (_("Your name"), str(pupil)),
        (_("Your school"), pupil.location.name),
        (_("Your group"), ", ".join([group.group.name, *_year(pupil, group)]) if group else ""),
        (_("Your number at school"), pupil.key),
        (
            _("Your number for learning on the computer"),
            _("a long one, your teacher can show it") if pupil.eck_id else "",
        ),
        (_("The year you were born in"), str(pupil.birth_year or "")),
    ]
    state = state_of(consents_of(actor, pupil).first())
    tiles = [
        (_("About you"), [(what, [value]) for what, value in own if value]),
        (_("The library near you"), [("", [str(CHILD_WORDS[state])])]),
    ]
    return tiles + _told(pupil, lambda holder: holder.tell_child or holder.tell)


def _told(
    pupil: Pupil, how: Callable[[PupilHolder], Callable[[int], Any]]
) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """What other rooms keep of this child, in the words of their `tell` or `tell_child`."""
    return [
        (str(holder.label), [(str(what), values) for what, values in told])
        for holder in pupil_holders.values()
        if (told := how(holder)(pupil.pk))
    ]


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
    return [
        (
            str(row.group.year),
            [
                row.group.name,
                *_year(pupil, row),
                _("since %(day)s") % {"day": row.starts_on.strftime("%d-%m-%Y")},
                *(
                    [pgettext("kept", "until %(day)s") % {"day": row.ends_on.strftime("%d-%m-%Y")}]
                    if row.ends_on
                    else []
                ),
            ],
        )
        for row in rows.order_by("-starts_on", "-pk")
    ]


def _year(pupil: Pupil, row: Enrolment) -> list[str]:
    """The year group of a child in the word of its kind of school; a combination group does not tell it."""
    if row.year_group is None:
        return []
    secondary = pupil.location.sector in {Sector.VO, Sector.PRO, Sector.MBO}
    words = pgettext("kept", "year %(number)s") if secondary else pgettext("kept", "year group %(number)s")
    return [words % {"number": row.year_group}]


def _moves(actor: Actor, pupil: Pupil) -> list[tuple[str, list[str]]]:
    rows = PupilMove.objects.visible_to(actor).filter(pupil=pupil.pk).select_related("transition")
    years = dict.fromkeys(str(row.transition.year) for row in rows.order_by("-pk"))
    return [(year, [_("the groups before and after, so that it can be taken back")]) for year in years]


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


def _asked(actor: Actor, pupil: Pupil) -> list[tuple[str, list[str]]]:
    return [
        (
            row.asked_on.strftime("%d-%m-%Y"),
            [
                f"{RequestKind(row.kind).label}, {RequestOutcome(row.outcome).label}",
                *filter(None, [row.reason]),
            ],
        )
        for row in requests_of(actor, pupil)
    ]


def requests_at(actor: Actor, location: Location | None = None) -> QuerySet[RightsRequest]:
    """What was asked, at one location or everywhere within reach: open ones first, the longest waiting on top."""
    rows = RightsRequest.objects.visible_to(actor).select_related("location", "pupil")
    if location is not None:
        rows = rows.filter(location=location)
    return rows.order_by("outcome", "asked_on", "pk")


def requests_of(actor: Actor, pupil: Pupil) -> QuerySet[RightsRequest]:
    """What was asked about one child, the newest first."""
    return RightsRequest.objects.visible_to(actor).filter(pupil=pupil.pk)


def open_requests(actor: Actor, location: Location | None = None) -> QuerySet[RightsRequest]:
    """What still has to be answered, the longest waiting first."""
    return requests_at(actor, location).filter(outcome="")


def request_by_id(actor: Actor, pk: int) -> RightsRequest:
    """One request. Raises RightsRequest.DoesNotExist."""
    return RightsRequest.objects.visible_to(actor).select_related("location", "pupil").get(pk=pk)


def requests_of_kind(rows: QuerySet[RightsRequest], *, is_open: bool) -> QuerySet[RightsRequest]:
    """Of these requests the open or the answered ones."""
    return rows.filter(outcome="") if is_open else rows.exclude(outcome="").order_by("-answered_on", "-pk")


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits for its answer, and how urgent it is."""

    row: RightsRequest
    clock: Clock


def open_requests_of(actor: Actor, pupil: Pupil) -> list[OpenRequest]:
    """What still has to be answered about one child, the longest waiting first."""
    rows = open_requests(actor).filter(pupil=pupil.pk)
    return [OpenRequest(row, clock_of(row.asked_on, today())) for row in rows]


@dataclass(frozen=True, slots=True)
class RequestNumbers:
    """How many requests are open, and how many of them are too late."""

    open: int
    late: int


def request_numbers(actor: Actor, location: Location | None = None) -> RequestNumbers:
    """One query."""
    clocks = [
        clock_of(day, today()) for day in open_requests(actor, location).values_list("asked_on", flat=True)
    ]
    return RequestNumbers(len(clocks), clocks.count(Clock.LATE))
