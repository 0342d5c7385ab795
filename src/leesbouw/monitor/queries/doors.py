"""What stands behind a code or a link, and the groups whose class one may run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, Prefetch, QuerySet

from leesbouw.accounts.domain import hashed
from leesbouw.core.access import Actor
from leesbouw.core.db import Asked, from_json
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.queries import group_sizes

from ..domain.doors import read_code
from ..enums import Respondent
from ..models import ClassCode, LateCode, Participation, PersonalLink, Round
from ..permissions import RUN_CLASS
from .lists import AskedList, asked_list, asked_year_groups
from .questionnaires import questionnaire

PUPIL = Actor(kind="device", role="pupil")  # whoever holds a code; it may do nothing else


@dataclass(frozen=True, slots=True)
class Door:
    """What a code opens: a class, and the late code if it was one."""

    class_code: ClassCode
    participation: Participation
    late: LateCode | None = None

    @property
    def is_open(self) -> bool:
        if not self.participation.is_open:
            return False
        return self.late.left > 0 if self.late else self.class_code.closed_on is None

    @property
    def is_paused(self) -> bool:
        return self.class_code.is_paused and self.late is None

    @property
    def list(self) -> AskedList:
        return asked_list(self.participation, Respondent.PUPIL, self.class_code.group)


def with_location(rows: QuerySet[ClassCode]) -> QuerySet[ClassCode]:
    """With all that decides what a class is asked."""
    return rows.select_related("group", "participation__round", "participation__location")


# What a door must know: of each table only this, in the order of the models. Every pupil of every class asks it.
PARTS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (
        ClassCode,
        "",
        ("id", "participation_id", "group_id", "code", "done", "is_paused", "at_item", "closed_on"),
    ),
    (
        Participation,
        "participation__",
        (
            *("id", "round_id", "location_id", "authorised_on", "declined_on", "extended_to"),
            *("started_on", "closed_on"),
        ),
    ),
    (Round, "participation__round__", ("id", "closes_on", "modules", "questionnaires", "opened_on")),
    (Location, "participation__location__", ("base_id", "sector")),
    (ClassGroup, "group__", ("id", "year_groups")),
)
JSON = {"modules", "questionnaires", "year_groups"}
NAMES = [f"{prefix}{name}" for _model, prefix, fields in PARTS for name in fields]
CLASSES = Asked(lambda: ClassCode.objects.filter(code="").order_by().values_list(*NAMES))


def _class_with(code: str) -> ClassCode | None:
    """The class with this code, with its group, participation, round and the sector of its school. One question."""
    row = next(iter(CLASSES.rows(code)), None)
    if row is None:
        return None
    values, made = iter(row), []
    for model, _prefix, fields in PARTS:
        found = [_plain(name, next(values)) for name in fields]
        made.append(model.from_db(connection.alias, fields, found) if found[0] is not None else None)
    one, taking_part, of_round, location, group = made
    one.participation, one.group = taking_part, group  # type: ignore[union-attr]
    taking_part.round, taking_part.location = of_round, location  # type: ignore[union-attr]
    return one  # type: ignore[return-value]


def _plain(name: str, value: Any) -> Any:
    return from_json(value) if name in JSON else value


def door(typed: str) -> Door | None:
    """What the code on the board opens, whoever typed it."""
    code = read_code(typed)
    if not code:
        return None
    row = _class_with(code)
    if row is not None:
        return Door(row, row.participation)
    late = LateCode.objects.filter(code=code).first()
    if late is None:
        return None
    row = with_location(ClassCode.objects.filter(pk=late.class_code_id)).get()
    return Door(row, row.participation, late)


def is_known(code: str) -> bool:
    return ClassCode.objects.filter(code=code).exists() or LateCode.objects.filter(code=code).exists()


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a round, with its code once somebody started it."""

    group: ClassGroup
    participation: Participation
    class_code: ClassCode | None
    expected: int

    @property
    def pk(self) -> int:
        return self.group.pk

    @property
    def done(self) -> int:
        return self.class_code.done if self.class_code else 0

    @property
    def state(self) -> str:
        if self.class_code is None:
            return "new"
        return "closed" if self.class_code.closed_on else "running"


def running_participations(actor: Actor) -> list[Participation]:
    """Schools within reach that may fill in today, by name."""
    rows = Participation.objects.visible_to(actor).filter(
        round__opened_on__isnull=False, round__closed_on=None, closed_on=None, declined_on=None
    )
    rows = rows.select_related("round", "location").order_by("location__name", "pk")
    return [row for row in rows if row.is_open]


def group_lines(actor: Actor) -> list[GroupLine]:
    """Every group within reach that may fill in today, by school and name. Five queries."""
    if not actor.may(RUN_CLASS):
        return []
    taking_part = running_participations(actor)
    by_location = {row.location_id: row for row in taking_part}
    groups = ClassGroup.objects.filter(location__in=by_location).order_by("name", "pk")
    asked = [
        (group, by_location[group.location_id])
        for group in groups
        if group.year == by_location[group.location_id].round.year
        and is_asked(group, by_location[group.location_id])
    ]
    codes = {
        (row.participation_id, row.group_id): row
        for row in ClassCode.objects.visible_to(actor).filter(participation__in=taking_part)
    }
    sizes = group_sizes([group.pk for group, _row in asked])
    order = {row.pk: place for place, row in enumerate(taking_part)}
    asked.sort(key=lambda pair: (order[pair[1].pk], pair[0].name))
    return [_line(group, row, codes.get((row.pk, group.pk)), sizes) for group, row in asked]


def _line(group: ClassGroup, row: Participation, code: ClassCode | None, sizes: dict[int, int]) -> GroupLine:
    return GroupLine(group, row, code, code.expected if code else sizes.get(group.pk, 0))


def is_asked(group: ClassGroup, participation: Participation) -> bool:
    """Whether the pupils of a group get a list; a group without year groups may, and is asked which."""
    key = participation.round.questionnaires.get(Respondent.PUPIL, "")
    if not key:
        return False
    wanted = asked_year_groups(questionnaire(key).body)
    return not group.year_groups or any(year in wanted for year in group.year_groups)


def has_board(link: PersonalLink) -> bool:
    """Whether the pupils of the group fill in too; those of the first four year groups do not."""
    return link.group is not None and is_asked(link.group, link.participation)


def group_in_round(actor: Actor, group_id: int) -> GroupLine:
    """The group whose class one may run, in the newest round of its year. Raises ClassGroup.DoesNotExist."""
    group = ClassGroup.objects.visible_to(actor).select_related("location").get(pk=group_id)
    rows = Participation.objects.visible_to(actor).filter(location=group.location_id, round__year=group.year)
    rows = rows.select_related("round", "location").order_by("-round__opened_on", "-pk")
    row = next((one for one in rows if is_asked(group, one)), None)
    if row is None:
        raise ClassGroup.DoesNotExist
    code = class_codes(actor).filter(participation=row, group=group).first()
    return _line(group, row, code, group_sizes([group.pk]) if code is None else {})


def class_codes(actor: Actor) -> QuerySet[ClassCode]:
    """Classes within reach with their group, round and location, and late codes, the newest first."""
    late = Prefetch("late_codes", LateCode.objects.order_by("-pk"))
    return with_location(ClassCode.objects.visible_to(actor)).prefetch_related(late)


def link_by_token(token: str) -> PersonalLink | None:
    """The personal link that somebody holds, used or not."""
    rows = PersonalLink.objects.trusted("the link that somebody holds")
    return (
        rows.select_related("participation__round", "participation__location", "group")
        .filter(token_hash=hashed(token))
        .first()
    )


def links_of(actor: Actor, participation: Participation) -> QuerySet[PersonalLink]:
    """Who got a list at a school, by name."""
    return PersonalLink.objects.visible_to(actor).filter(participation=participation).select_related("group")


def holder_of(link: PersonalLink) -> Actor:
    """Who holds a teacher's link: she may run the class of her own school and nothing else."""
    location = link.participation.location
    return Actor(
        kind="link",
        role="monitor-list",
        permissions=frozenset({RUN_CLASS}) if link.group_id else frozenset(),
        unit_id=location.pk,
        unit_kind=UnitKind.LOCATION,
        unit_code=location.code,
        locations=frozenset({location.pk}),
        name=link.name,
    )


def other_link(link_id: int) -> PersonalLink | None:
    """A link by its id, for who holds a signed right to it."""
    rows = PersonalLink.objects.trusted("the link that somebody holds")
    found = rows.filter(pk=link_id)
    return found.select_related("participation__round", "participation__location", "group").first()


def other_links(link: PersonalLink) -> Sequence[PersonalLink]:
    """Unused teacher's links of the same person at the same school, about her other groups."""
    rows = PersonalLink.objects.trusted("another list of the same person").filter(
        participation=link.participation_id,
        respondent=link.respondent,
        email=link.email,
        is_used=False,
        group__isnull=False,
    )
    return list(rows.exclude(pk=link.pk).select_related("group"))
