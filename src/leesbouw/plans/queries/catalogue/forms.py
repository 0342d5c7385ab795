"""Forms to choose from: those that come with Leesbouw and those somebody added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from leesbouw.core.access import Actor, within
from leesbouw.core.content import all_current, current
from leesbouw.core.search import Entry
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import measures as all_measures
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location, Unit
from leesbouw.people.queries import location_ids_of_staff, my_classes, my_staff_ids

from ...domain import pick_of_day
from ...enums import Audience, FormKind
from ...models import OwnForm
from ...permissions import EDIT_CATALOGUE, EDIT_PLANS, VIEW_CATALOGUE
from ..building import BLOCKS
from .bodies import FORMS, TRAITS, Characteristic, FormBody, TraitsBody

OWN = "eigen-"  # before the id of an own form: its code

OWN_FORM = "activity-form"  # kind in the search index

QUICK = 15  # minutes at most of something for today


@dataclass(frozen=True, slots=True)
class ActivityForm:
    """A form as the catalogue shows it: shipped, or somebody's `own`."""

    code: str
    body: FormBody
    source: str
    status: str
    own: OwnForm | None = None

    @property
    def name(self) -> str:
        return self.body.name

    @property
    def url(self) -> str:
        return reverse("plans:form", args=[self.code])

    @property
    def is_archived(self) -> bool:
        return self.own is not None and self.own.archived_at is not None

    @property
    def is_quick(self) -> bool:
        """Whether a teacher can do it today, within a quarter of an hour and without preparing anything."""
        one = self.body
        return one.kind == FormKind.FORM and 0 < one.minutes <= QUICK and not one.preparation


def forms_for(actor: Actor, *, sector: str = "", year_groups: Iterable[int] = ()) -> list[ActivityForm]:
    """What this actor can choose from, by name: the shipped forms and the own ones within reach, without what was
    archived. A form stays when it is for the sector, and for one of the year groups. One query."""
    own = OwnForm.objects.visible_to(actor).filter(archived_at=None).select_related("unit")
    found = [*shipped_forms(), *(_own(row) for row in own)]
    wanted = set(year_groups)
    return sorted(
        (one for one in found if _fits(one.body, sector, wanted)), key=lambda one: one.name.casefold()
    )


def _fits(body: FormBody, sector: str, groups: set[int]) -> bool:
    return (not sector or sector in body.sectors) and (not groups or is_for(body, groups))


def is_for(body: FormBody, groups: set[int]) -> bool:
    """Whether a form is for one of these year groups."""
    return not body.groups or bool(groups & set(body.groups))


def form_by_code(actor: Actor, code: str) -> ActivityForm:
    """One form, also when it was archived, for a plan may name it. Raises LookupError."""
    if not code.startswith(OWN):
        item = all_current(FORMS).get(code)
        if item is None:
            raise LookupError(f"no form {code}")
        return ActivityForm(code, item.body, item.source, item.status)
    number = code.removeprefix(OWN)
    rows = OwnForm.objects.visible_to(actor).select_related("unit")
    row = rows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if row is None:
        raise LookupError(f"no form {code}")
    return _own(row)


def shipped_forms() -> Iterator[ActivityForm]:
    """What comes with Leesbouw, without a query."""
    for code, item in all_current(FORMS).items():
        yield ActivityForm(code, item.body, item.source, item.status)


def _own(row: OwnForm) -> ActivityForm:
    body = FormBody.model_validate(row.body)
    return ActivityForm(f"{OWN}{row.pk}", body, row.unit.name, "lokaal", row)


def traits() -> TraitsBody:
    """The characteristics A-G of an activity with parents, and the kinds of parents."""
    body: TraitsBody = current(TRAITS, "overview").body
    return body


def source_of_traits() -> str:
    """Where those come from."""
    return current(TRAITS, "overview").source


def parent_group_names() -> dict[str, str]:
    """What each kind of parents is called, by its code."""
    return {one.code: one.name for one in traits().groups}


@dataclass(frozen=True, slots=True)
class ParentTraits:
    """What an activity has for parents, in words; `letters` are its characteristics."""

    characteristics: Sequence[Characteristic]
    groups: Sequence[str]
    transfer: str
    age: str

    @property
    def letters(self) -> str:
        return " ".join(one.letter for one in self.characteristics)


def traits_of(body: FormBody) -> ParentTraits | None:
    """None for an activity of which nobody told what it has for parents."""
    if body.parents is None:
        return None
    told, names = body.parents, parent_group_names()
    return ParentTraits(
        [one for one in traits().characteristics if one.code in told.characteristics],
        [names[code] for code in told.groups if code in names],
        ", ".join(str(one.label).lower() for one in told.transfer).capitalize(),
        told.age,
    )


def forms_with_parents(actor: Actor) -> list[tuple[ActivityForm, ParentTraits]]:
    """The forms and projects with parents, own ones included, by name."""
    pairs = ((one, traits_of(one.body)) for one in forms_for(actor))
    return [(one, told) for one, told in pairs if told]


def main_measures(also: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Measures that an activity may move, with their names: the main ones and these; by name."""
    known = all_measures().items()
    found = [(code, one.body.name) for code, one in known if one.body.main or code in also]
    return sorted(found, key=lambda pair: pair[1].casefold())


def own_location(actor: Actor) -> Location | None:
    """The school or child-care location somebody works at; None for whoever works elsewhere. One query."""
    if actor.unit_kind != UnitKind.LOCATION:
        return None
    return Location.objects.visible_to(actor).filter(pk=actor.unit_id).first()


def own_unit(actor: Actor) -> Unit:
    """Where somebody works, to keep a form of her own under. Raises Unit.DoesNotExist."""
    return Unit.objects.get(pk=actor.unit_id)


def my_year_groups(actor: Actor) -> list[int]:
    """The year groups that somebody of a school teaches this year; none for whoever has no group. One query."""
    if actor.unit_kind != UnitKind.LOCATION:
        return []
    classes = my_classes(actor, SchoolYear.running())
    return sorted({group for one in classes for group in one.year_groups})


def locations_to_plan(actor: Actor, form: ActivityForm) -> tuple[list[Location], list[Location]]:
    """In whose year plan an activity can be put: where the actor works herself, and every other location within reach
    that it is meant for; by name."""
    if not actor.may(EDIT_PLANS):
        return [], []
    rows = Location.objects.visible_to(actor).filter(
        within(actor.locations, "pk"), closed_on=None, sector__in=[str(one) for one in form.body.sectors]
    )
    found = list(rows.order_by("name", "pk"))
    own = location_ids_of_staff(actor, my_staff_ids(actor))
    return [one for one in found if one.pk in own], [one for one in found if one.pk not in own]


def quick_forms(actor: Actor, sector: str, year_groups: Sequence[int] = ()) -> list[ActivityForm]:
    """What can be done today without preparation, for children of this sector and these year groups."""
    return [
        one
        for one in forms_for(actor, sector=sector, year_groups=year_groups)
        if one.is_quick and Audience.CHILDREN in one.body.audience
    ]


def idea_of_day(forms: Sequence[ActivityForm], day: date, other: int = 0) -> ActivityForm | None:
    """Today's one of these; None where there is none."""
    by_code = {one.code: one for one in forms}
    return by_code[pick_of_day(list(by_code), day, other)] if by_code else None


def may_add_forms(actor: Actor) -> bool:
    """Who may add a form of her own library or location."""
    return actor.may(EDIT_CATALOGUE) and actor.unit_kind in (UnitKind.LIBRARY, UnitKind.LOCATION)


def may_change_form(actor: Actor, form: ActivityForm) -> bool:
    """Only who works where the form was made changes it."""
    return may_add_forms(actor) and form.own is not None and form.own.unit_id == actor.unit_id


def block_name(code: str) -> str:
    """What a bouwsteen is called."""
    item = all_current(BLOCKS).get(code)
    return str(item.body.name) if item else code


def names_of_measures(codes: Sequence[str]) -> list[str]:
    """What the measures are called that a form may move."""
    known = all_measures()
    return [known[code].body.name for code in codes if code in known]


def form_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of the own forms that are in use: these, or all. Their schools find those of a library on the page."""
    rows = OwnForm.objects.filter(archived_at=None).select_related("unit")
    for row in rows if ids is None else rows.filter(pk__in=list(ids)):
        yield form_entry(row)


def form_entry(row: OwnForm) -> Entry:
    form = _own(row)
    return Entry(
        kind=OWN_FORM,
        object_id=row.pk,
        title=form.name,
        subtitle=row.unit.name,
        url=form.url,
        scope=frozenset({row.unit_id}),
        body=form.body.aim,
        permission=VIEW_CATALOGUE,
    )
