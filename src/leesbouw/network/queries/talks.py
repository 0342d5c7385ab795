"""One talk, or a list of them; each read starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from leesbouw.core.access import Actor
from leesbouw.core.search import Entry
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.people.models import Contact, StaffMember
from leesbouw.plans.models import Action
from leesbouw.plans.queries import actions_for

from ..domain import DueState, talk_state
from ..models import Conversation, ConversationAgreement, GuideAnswer
from ..permissions import VIEW_TALKS
from .guides import Guide, guide_for_talk

KIND = "talk"
RECENT = timedelta(days=60)


def talks_for(actor: Actor) -> QuerySet[Conversation]:
    """Talks the actor may see, cancelled ones included, with their unit, `day` as `on_day` and `municipality_id`."""
    rows = Conversation.objects.visible_to(actor).select_related("unit", "unit__as_location")
    return rows.annotate(
        on_day=Coalesce("held_on", "planned_on"),
        municipality_id=Coalesce(
            "unit__as_location__municipality",
            Case(When(unit__kind=UnitKind.MUNICIPALITY, then="unit_id")),
        ),
    )


def talk_by_id(actor: Actor, talk_id: int) -> Conversation:
    """Raises Conversation.DoesNotExist."""
    return talks_for(actor).get(pk=talk_id)


def held_talks(actor: Actor) -> QuerySet[Conversation]:
    """Talks that were held, newest first."""
    return talks_for(actor).filter(held_on__isnull=False).order_by("-held_on", "-pk")


def open_talks(actor: Actor) -> QuerySet[Conversation]:
    """Talks that were planned and neither held nor cancelled, first the one that comes first."""
    rows = talks_for(actor).filter(held_on=None, cancelled_on=None)
    return rows.order_by("planned_on", F("planned_at").asc(nulls_last=True), "pk")


def state_of(talk: Conversation) -> DueState:
    return talk_state(
        planned_on=talk.planned_on,
        held_on=talk.held_on,
        written_up=talk.written_up_at is not None,
        today=today(),
    )


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who is, or was, at a talk."""

    staff: tuple[StaffMember, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def names(self) -> list[str]:
        return [contact.name for contact in self.contacts] + [member.name for member in self.staff]


def attendance_of(actor: Actor, talk_ids: Iterable[int]) -> dict[int, Attendance]:
    """Talk → who took part. Four queries whatever the number."""
    ids = list(talk_ids)
    staff = _people(StaffMember.objects.visible_to(actor), Conversation.staff.through, "staffmember_id", ids)
    contacts = _people(Contact.objects.visible_to(actor), Conversation.contacts.through, "contact_id", ids)
    return {pk: Attendance(tuple(staff.get(pk, ())), tuple(contacts.get(pk, ()))) for pk in ids}


def _people(people, through, column: str, ids: Sequence[int]) -> dict[int, list]:  # type: ignore[no-untyped-def,type-arg]
    pairs = list(
        through.objects.filter(conversation__in=ids).order_by("pk").values_list("conversation_id", column)
    )
    known = {person.pk: person for person in people.filter(pk__in={person for _talk, person in pairs})}
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for talk_id, person_id in pairs:
        if person_id in known:
            found.setdefault(talk_id, []).append(known[person_id])
    return found


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a guide with its last answer at a unit, if there is one."""

    code: str
    text: str
    hint: str
    answer: str = ""
    answered_on: date | None = None
    talk_id: int | None = None


@dataclass(frozen=True, slots=True)
class TalkPage:
    """Everything the page of one talk shows."""

    talk: Conversation
    people: Attendance
    guide: Guide | None
    answers: list[Answered]
    agreements: list[Action]
    state: DueState

    @property
    def has_answers(self) -> bool:
        return any(one.answer for one in self.answers)


def talk_page(actor: Actor, talk: Conversation) -> TalkPage:
    """One talk with who was there, what was answered and what was agreed."""
    guide = guide_for_talk(talk.guide, talk.guide_version) if talk.guide else None
    return TalkPage(
        talk=talk,
        people=attendance_of(actor, [talk.pk])[talk.pk],
        guide=guide,
        answers=answers_of(actor, talk, guide),
        agreements=agreements_of(actor, talk),
        state=state_of(talk),
    )


def answers_of(actor: Actor, talk: Conversation, guide: Guide | None) -> list[Answered]:
    """What was answered in this talk, in the order of its guide."""
    given = {
        row.question: row
        for row in GuideAnswer.objects.visible_to(actor).filter(conversation=talk.pk, guide=talk.guide)
    }
    if guide is None:
        return [
            Answered(row.question, row.question, "", row.text, row.answered_on, talk.pk)
            for row in given.values()
        ]
    return [
        Answered(q.code, q.text, q.hint, given[q.code].text, given[q.code].answered_on, talk.pk)
        if q.code in given
        else Answered(q.code, q.text, q.hint)
        for q in guide.body.questions
    ]


def agreements_of(actor: Actor, talk: Conversation) -> list[Action]:
    """The actions that were agreed in a talk, open ones first."""
    ids = ConversationAgreement.objects.filter(conversation=talk.pk).values("action")
    return sorted(actions_for(actor).filter(pk__in=ids), key=lambda action: action.done_on is not None)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class UnitTalks:
    """For a part of a page: what comes and what was, with a unit."""

    unit: Unit
    coming: list[Conversation] = field(default_factory=list)
    held: list[Conversation] = field(default_factory=list)


def unit_talks(actor: Actor, unit: Unit, limit: int = 5) -> UnitTalks:
    """The next talks with a unit and the last few that were held. Two queries."""
    if not actor.may(VIEW_TALKS):
        return UnitTalks(unit)
    return UnitTalks(
        unit,
        coming=list(open_talks(actor).filter(unit=unit.pk)[:limit]),
        held=list(held_talks(actor).filter(unit=unit.pk)[:limit]),
    )


def talks_in(actor: Actor, unit: Unit, year: SchoolYear) -> list[Conversation]:
    """Talks with a unit in a school year, and what is still to come whenever that is; the first one first. One query."""
    if not actor.may(VIEW_TALKS):
        return []
    coming = Q(held_on=None, planned_on__gte=today())
    rows = talks_for(actor).filter(
        coming | Q(on_day__gte=year.starts_on, on_day__lte=year.ends_on), unit=unit.pk, cancelled_on=None
    )
    return list(rows.order_by("on_day", F("planned_at").asc(nulls_last=True), "pk"))


def with_makers(rows: QuerySet[Conversation], staff_ids: Sequence[int] = ()) -> QuerySet[Conversation]:
    """Talks with `made_by`, the first colleague on it, and `is_mine` when one of these colleagues takes part."""
    staff = Conversation.staff.through.objects.filter(conversation=OuterRef("pk"))
    return rows.annotate(
        made_by=Subquery(staff.order_by("pk").values("staffmember")[:1]),
        is_mine=Exists(staff.filter(staffmember__in=staff_ids)),
    )


def talk_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of talks: these, or all. In the language of the house, whoever writes."""
    rows = Conversation.objects.trusted("search index").filter(cancelled_on=None, deleted_at=None)
    rows = rows.select_related("unit")
    with override(settings.LANGUAGE_CODE):
        for row in rows if ids is None else rows.filter(pk__in=list(ids)):
            yield talk_entry(row)


def talk_entry(row: Conversation) -> Entry:
    day = date_format(row.day, "j F Y") if row.day else ""
    return Entry(
        kind=KIND,
        object_id=row.pk,
        title=f"{row.get_kind_display()} {row.unit.name}",
        subtitle=f"{day} · {row.subject}" if row.subject else day,
        url=reverse("network:talk-detail", args=[row.pk]),
        scope=frozenset({row.library_id}),
        body=f"{_('Talk')} {day} {row.subject} {row.summary}",
        permission=VIEW_TALKS,
    )
