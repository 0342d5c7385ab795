"""The history of a partnership: exploratory talks, go and no-go, decisions and yearly checks, in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DecimalField,
    F,
    Field,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from leesbouw.core.access import Actor

from ..models import CooperationCheck, ExploratoryTalk, GateDecision, Location, PartnershipDecision

# What a moment can carry, each column of one type in every part of the union.
COLUMNS: dict[str, Field[Any, Any]] = {
    "words": TextField(),
    "code": CharField(max_length=20),
    "outcome": CharField(max_length=20),
    "until": DateField(),
    "number": IntegerField(),
    "hours": DecimalField(max_digits=6, decimal_places=1),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that was decided or recorded about a partnership. `row` is read-only: it came without its relations."""

    on: date
    kind: str  # "exploratory" | "gate" | "decision" | "check"
    row: Any


@dataclass(frozen=True, slots=True)
class _Part:
    """One model of the history: the day it happened, and which of its fields stands in which column."""

    kind: str
    model: type[Model]
    day: str
    location: str
    fields: dict[str, str]

    def rows(self, actor: Actor, location: Location, at: int) -> QuerySet[Any, Any]:
        found = self.model.objects.visible_to(actor).filter(**{self.location: location}).order_by()  # type: ignore[attr-defined]
        columns = {
            f"its_{name}": Cast(F(self.fields[name]) if name in self.fields else Value(None), type_)
            for name, type_ in COLUMNS.items()
        }
        rows: QuerySet[Any, Any] = found.annotate(part=Value(at), on=F(self.day), **columns)
        return rows.values_list("part", "on", "pk", *columns)

    def moment(self, on: date, pk: int, values: list[Any]) -> Moment:
        """The row as its own model, so that it says itself in words; a field that is not here is looked up when asked."""
        by_column = dict(zip(COLUMNS, values, strict=True))
        named = {"id": pk, self.day: on} | {name: by_column[column] for column, name in self.fields.items()}
        known = [one for one in self.model._meta.concrete_fields if one.attname in named]
        told = [one.to_python(named[one.attname]) for one in known]
        return Moment(on, self.kind, self.model.from_db("default", [one.attname for one in known], told))


PARTS = (
    _Part("exploratory", ExploratoryTalk, "held_on", "location", {"words": "note"}),
    _Part(
        "gate",
        GateDecision,
        "decided_on",
        "location",
        {
            "words": "reason",
            "code": "gate",
            "outcome": "outcome",
            "until": "review_on",
            "number": "reviewed_by_id",
        },
    ),
    _Part(
        "decision",
        PartnershipDecision,
        "decided_on",
        "partnership__location",
        {
            "words": "reason",
            "code": "kind",
            "until": "agreed_until",
            "number": "contribution_cents",
            "hours": "hours_per_year",
        },
    ),
    _Part(
        "check",
        CooperationCheck,
        "checked_on",
        "partnership__location",
        {"words": "note", "outcome": "outcome", "number": "year"},
    ),
)


def partnership_history(actor: Actor, location: Location) -> list[Moment]:
    """Exploratory talks, gates, decisions and yearly checks of a location, newest first. One query."""
    first, *others = (part.rows(actor, location, at) for at, part in enumerate(PARTS))
    found = sorted(first.union(*others, all=True), key=lambda row: (row[0], -row[2]))
    moments = [PARTS[at].moment(on, pk, values) for at, on, pk, *values in found]
    return sorted(moments, key=lambda moment: moment.on, reverse=True)
