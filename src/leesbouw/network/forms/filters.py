"""Filters of the relation agenda and of the talks that were held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.core.registry import other_talks
from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.filters import (
    ChoiceFilter,
    FilterSet,
    FromDateFilter,
    ModelChoiceFilter,
    Rows,
    SearchFilter,
    UntilDateFilter,
)

from .. import queries
from ..domain import WANTS_WORK, DueState
from ..enums import TalkKind
from ..queries import AgendaRow

MINE, WORK = "mij", "werk"

STATE_LABELS = {
    DueState.UNWRITTEN: _("Write it up"),
    DueState.OVERDUE: _("Too late"),
    DueState.DUE: _("It is time"),
    DueState.SOON: _("Soon"),
    DueState.PLANNED: _("Planned"),
    DueState.LATER: _("Later"),
    DueState.HELD: _("Held"),
}
PARTNER_KINDS = (UnitKind.LOCATION, UnitKind.BOARD, UnitKind.MUNICIPALITY, UnitKind.PARTNER)


class AgendaFilters(FilterSet):
    """Filters over the lines of the agenda, which are worked out and stand in no table."""

    search = SearchFilter(["unit"], param="zoek", label=_("Organisation"))
    state = ChoiceFilter(
        param="staat",
        label=_("State"),
        choices=[
            (WORK, _("Asks for work")),
            *((state.value, label) for state, label in STATE_LABELS.items()),
        ],
    )
    owner = ChoiceFilter(param="wie", label=_("Who of us"), choices=())
    level = ChoiceFilter(param="niveau", label=_("Level"), choices=Level.choices)
    kind = ChoiceFilter(param="soort", label=_("Kind of talk"), choices=())
    unit_kind = ChoiceFilter(
        param="partner",
        label=_("Kind of organisation"),
        choices=[(kind.value, kind.label) for kind in PARTNER_KINDS],
    )
    municipality = ChoiceFilter(param="gemeente", label=_("Municipality"), choices=())

    def __init__(self, data: Any, rows: Sequence[AgendaRow], *, request: Any) -> None:
        super().__init__(data, Rows(rows), request=request)  # type: ignore[arg-type]
        owners = {str(row.owner_id): row.owner for row in rows if row.owner}
        places = {str(row.municipality_id): row.municipality for row in rows if row.municipality}
        self.filters["wie"].extra["choices"] = [(MINE, _("Me")), *_by_name(owners)]
        self.filters["gemeente"].extra["choices"] = _by_name(places)
        others = [(code, source.label) for code, source in other_talks.items()]
        self.filters["soort"].extra["choices"] = [*TalkKind.choices, *others]

    def filter_queryset(self, queryset: Any) -> Any:
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
        mine = set(queries.my_staff_ids(self.request.actor)) if given.get("wie") == MINE else set()
        states = _states(given.pop("staat", ""))
        return Rows(
            row for row in queryset if row.state in states and (not given or self._keeps(row, given, mine))
        )

    def _keeps(self, row: AgendaRow, given: dict[str, Any], mine: set[int]) -> bool:
        checks = {
            "niveau": row.level,
            "soort": row.kind,
            "partner": row.unit.kind,
            "gemeente": str(row.municipality_id),
        }
        fits = all(given[name] == value for name, value in checks.items() if name in given)
        if "wie" in given:
            fits = fits and (
                row.owner_id in mine if given["wie"] == MINE else str(row.owner_id) == given["wie"]
            )
        words = str(given.get("zoek", "")).lower().split()
        return fits and all(word in f"{row.unit.name} {row.municipality}".lower() for word in words)


def _states(wish: str) -> frozenset[str]:
    """Of one state or of what asks for work; without a wish all but what comes later."""
    if wish == WORK:
        return WANTS_WORK
    return frozenset({wish}) if wish else frozenset(DueState) - {DueState.LATER}


def _by_name(pairs: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(pairs.items(), key=lambda pair: pair[1])


class TalkFilters(FilterSet):
    search = SearchFilter(["unit__name", "subject", "summary"], param="zoek", label=_("Words"))
    kind = ChoiceFilter(param="soort", label=_("Kind of talk"), choices=TalkKind.choices)
    level = ChoiceFilter(param="niveau", label=_("Level"), choices=Level.choices)
    unit_kind = ChoiceFilter(
        "unit__kind",
        param="partner",
        label=_("Kind of organisation"),
        choices=[(kind.value, kind.label) for kind in PARTNER_KINDS],
    )
    unit = ModelChoiceFilter(
        param="eenheid",
        label=_("Organisation"),
        queryset=lambda request: queries.units_with_talks(request.actor),
    )
    owner = ChoiceFilter(param="wie", label=_("Who of us"), choices=(), method="by_owner")
    since = FromDateFilter("held_on", param="vanaf", label=_("From"))
    until = UntilDateFilter("held_on", param="tot", label=_("Until"))

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        people = queries.colleagues_with_talks(request.actor)
        self.filters["wie"].extra["choices"] = [(MINE, _("Me")), *people]

    def by_owner(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        actor = self.request.actor
        return queries.talks_of_staff(rows, queries.my_staff_ids(actor) if value == MINE else [int(value)])
