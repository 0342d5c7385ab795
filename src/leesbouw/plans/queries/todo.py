"""Every read of actions; each starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.search import Entry
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import my_staff_ids

from ..domain import SOON, Due, due_state
from ..enums import Side
from ..models import Action
from ..permissions import EDIT_ACTIONS, VIEW_ACTIONS

KIND = "action"
PARTNER_SIDES = (Side.PARTNER, Side.TOGETHER)


def actions_for(actor: Actor) -> QuerySet[Action]:
    """Actions the actor may see, done ones included, dropped ones not: the most urgent first.

    With `staff_name` and `contact_name` as far as she may see those people, `done_on` and `municipality_id`.
    """
    staff = StaffMember.objects.visible_to(actor).filter(pk=OuterRef("staff"))
    contact = Contact.objects.visible_to(actor).filter(pk=OuterRef("contact"))
    rows = Action.objects.visible_to(actor).filter(dropped_at=None)
    rows = rows.select_related("unit", "unit__as_location", "library").annotate(
        staff_name=Subquery(staff.values("name")[:1]),
        contact_name=Subquery(contact.values("name")[:1]),
        done_on=F("completion__done_on"),
        municipality_id=Coalesce(
            "unit__as_location__municipality",
            Case(When(unit__kind=UnitKind.MUNICIPALITY, then="unit_id")),
        ),
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def action_by_id(actor: Actor, action_id: int) -> Action:
    """Raises Action.DoesNotExist."""
    return actions_for(actor).get(pk=action_id)


def still_open() -> Q:
    return Q(completion=None)


def mine(actor: Actor) -> Q:
    """What is the actor's own to do: on her name; for somebody of a location what that location promised."""
    if actor.unit_kind == UnitKind.LOCATION:
        return Q(unit=actor.unit_id, side__in=PARTNER_SIDES)
    return Q(staff__in=my_staff_ids(actor))


def open_actions_for(actor: Actor) -> QuerySet[Action]:
    """The actor's own open actions, overdue first."""
    return actions_for(actor).filter(still_open(), mine(actor))


def open_actions_of(actor: Actor, unit: Unit) -> QuerySet[Action]:
    """Open actions about a unit, of both sides, overdue first."""
    return actions_for(actor).filter(still_open(), unit=unit.pk)


@dataclass(frozen=True, slots=True)
class UnitActions:
    """Open actions about a unit, the library's apart from the partner's."""

    unit: Unit
    library: list[Action]
    partner: list[Action]

    @property
    def count(self) -> int:
        return len(self.library) + len(self.partner)


def unit_actions(actor: Actor, unit: Unit) -> UnitActions:
    """For a part of a page: what is open at both sides. What both do together stands with the partner's."""
    rows = list(open_actions_of(actor, unit)) if actor.may(VIEW_ACTIONS) else []
    return UnitActions(
        unit,
        library=[row for row in rows if row.side == Side.LIBRARY],
        partner=[row for row in rows if row.side != Side.LIBRARY],
    )


def only_open(rows: QuerySet[Action]) -> QuerySet[Action]:
    """Of these actions those that nobody did yet."""
    return rows.filter(still_open())


def in_state(rows: QuerySet[Action], due: Due) -> QuerySet[Action]:
    """Of these actions those that stand so today; the same rule as `due_state`, in the database."""
    if due is Due.DONE:
        return rows.exclude(still_open()).order_by("-completion__done_on", "-pk")
    day, rows = today(), only_open(rows)
    match due:
        case Due.LATE:
            return rows.filter(due_on__lt=day)
        case Due.TODAY:
            return rows.filter(due_on=day)
        case Due.SOON:
            return rows.filter(due_on__gt=day, due_on__lte=day + SOON)
        case Due.LATER:
            return rows.filter(due_on__gt=day + SOON)
    return rows.filter(due_on=None)


def of_owner(rows: QuerySet[Action], actor: Actor, staff_id: int | None) -> QuerySet[Action]:
    """Of these actions those of a colleague, or the actor's own."""
    return rows.filter(mine(actor) if staff_id is None else Q(staff=staff_id))


def units_with_actions(actor: Actor) -> QuerySet[Unit]:
    """Organisations about which the actor may see an action."""
    return Unit.objects.filter(pk__in=Action.objects.visible_to(actor).order_by().values("unit"))


def owners_in_use(actor: Actor) -> list[tuple[str, str]]:
    """Colleagues who have an action on their name."""
    named = Action.objects.visible_to(actor).filter(dropped_at=None).order_by().values("staff")
    staff = StaffMember.objects.visible_to(actor).filter(pk__in=named)
    return [(str(pk), name) for pk, name in staff.values_list("pk", "name")]


def editable_by(actor: Actor) -> Q:
    """Which of the visible actions an actor may write: somebody of a location not those that are the library's."""
    return Q(side__in=PARTNER_SIDES) if actor.unit_kind == UnitKind.LOCATION else Q()


def may_write(actor: Actor, action: Action) -> bool:
    """Whether the actor may change or finish this action."""
    at_location = actor.unit_kind == UnitKind.LOCATION
    return actor.may(EDIT_ACTIONS) and not (at_location and action.side == Side.LIBRARY)


def sides_for(actor: Actor) -> list[tuple[str, Any]]:
    """Sides that an actor may give an action; somebody of a location sets the library no tasks."""
    if actor.unit_kind == UnitKind.LOCATION:
        return [(Side.PARTNER.value, _("We")), (Side.TOGETHER.value, Side.TOGETHER.label)]
    return list(Side.choices)


def side_label(actor: Actor, action: Action) -> Any:
    """Whose turn it is, as the reader calls them: “we” at the location itself, else the kind of organisation."""
    if action.side != Side.PARTNER:
        return action.get_side_display()
    return _("We") if actor.unit_id == action.unit_id else action.unit.get_kind_display()


STAFF, CONTACT = "m", "c"  # before the id in a choice of who does it


def doer_choices(staff: Sequence[StaffMember], contacts: Sequence[Contact]) -> list[tuple[Any, Any]]:
    """Everybody who may do something: people of the organisation apart from colleagues."""
    groups: list[tuple[Any, Any]] = [("", _("Nobody in particular"))]
    if contacts:
        groups.append((_("Of the organisation"), [(f"{CONTACT}{row.pk}", row.name) for row in contacts]))
    if staff:
        groups.append((_("Of the library"), [(f"{STAFF}{row.pk}", row.name) for row in staff]))
    return groups


def doers_gone(
    actor: Actor, row: Any, staff: Sequence[StaffMember], contacts: Sequence[Contact]
) -> dict[str, list[Any]]:
    """The same `staff` and `contacts`, with who is named with a row already and works there no more: she stays named."""
    named = (("staff", StaffMember, staff, row.staff_id), ("contacts", Contact, contacts, row.contact_id))
    return {
        name: [*known, *_gone(actor, model, pk if all(one.pk != pk for one in known) else None)]
        for name, model, known, pk in named
    }


def _gone(actor: Actor, model: Any, pk: int | None) -> list[Any]:
    return list(model.objects.visible_to(actor).filter(pk=pk)) if pk else []


def doer_of(value: str) -> dict[str, int | None]:
    """`staff_id` and `contact_id` of such a choice."""
    number = int(value[1:]) if value else None
    return {
        "staff_id": number if value.startswith(STAFF) else None,
        "contact_id": number if value.startswith(CONTACT) else None,
    }


def doer_value(action: Action) -> str:
    """The choice that stands for who does an action now."""
    if action.contact_id:
        return f"{CONTACT}{action.contact_id}"
    return f"{STAFF}{action.staff_id}" if action.staff_id else ""


def state_of(action: Action, day: date | None = None) -> Due:
    """How an action of `actions_for` stands today."""
    return due_state(action.due_on, done=action.done_on is not None, today=day or today())  # type: ignore[attr-defined]


def action_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of open actions: these, or all."""
    rows = Action.objects.trusted("search index").filter(still_open(), dropped_at=None).select_related("unit")
    for row in rows if ids is None else rows.filter(pk__in=list(ids)):
        yield action_entry(row)


def action_entry(row: Action) -> Entry:
    """Found by the library; by a location when it is about that location."""
    own = {row.unit_id} if row.unit.kind == UnitKind.LOCATION else set()
    return Entry(
        kind=KIND,
        object_id=row.pk,
        title=row.what,
        subtitle=row.unit.name,
        url=reverse("plans:action-detail", args=[row.pk]),
        scope=frozenset({row.library_id, *own}),
        body=row.unit.name,
        permission=VIEW_ACTIONS,
    )
