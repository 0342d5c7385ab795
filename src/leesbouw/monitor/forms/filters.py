"""Filters of the schools of a round, and of those that can be invited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.enums import UnitKind
from leesbouw.people.queries import location_ids_of_staff, my_staff_ids
from leesbouw.ui.filters import ChoiceFilter, FilterSet, Rows, SearchFilter, YesNoFilter

from ..domain.progress import AMBER, RED, Asks
from ..enums import Cohort, MonitorKind, ParticipationState
from ..queries import LEVEL_KINDS, POPULATION_WORDS, Candidate, Level, MeasureLine, Progress

ASKS_RED, ASKS_WORK, MINE = "rood", "werk", "mij"
ASKS_LABELS = {
    Asks.OVERDUE: _("The time is over"),
    Asks.UNAUTHORISED: _("No yes from the head yet"),
    Asks.NOT_STARTED: _("Not started yet"),
    Asks.BEHIND: _("Few pupils are done"),
    Asks.TEACHERS: _("Teachers are missing"),
    Asks.CONSULTANT: _("The list of the consultant is missing"),
    Asks.UNDISCUSSED: _("Not discussed in the team yet"),
    Asks.WAITING: _("Waits for the head"),
    Asks.READY: _("Can begin"),
    Asks.GOING: _("Going well"),
    Asks.COMPLETE: _("Everything came in"),
    Asks.CLOSED: pgettext_lazy("participation", "Closed"),
    Asks.DECLINED: pgettext_lazy("participation", "Not taking part"),
    Asks.DISCUSSED: pgettext_lazy("participation", "Discussed"),
}


class _InMemory(FilterSet):
    """Over lines that are worked out and stand in no table."""

    def __init__(self, data: Any, rows: Sequence[Any], *, request: Any) -> None:
        super().__init__(data, Rows(rows), request=request)  # type: ignore[arg-type]

    def filter_queryset(self, queryset: Any) -> Any:
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
        return Rows(row for row in queryset if self.keeps(row, given))

    def keeps(self, row: Any, given: dict[str, Any]) -> bool:
        raise NotImplementedError


def has_words(given: dict[str, Any], *texts: str) -> bool:
    """Whether every word that was searched for stands in one of the texts."""
    words = str(given.get("zoek", "")).casefold().split()
    return all(word in " ".join(texts).casefold() for word in words)


class ProgressFilters(_InMemory):
    search = SearchFilter(["location"], param="zoek", label=_("School"))
    asks = ChoiceFilter(
        param="vraagt",
        label=_("Asks"),
        choices=[
            (ASKS_RED, _("Red rows")),
            (ASKS_WORK, _("Asks for work")),
            *((one.value, label) for one, label in ASKS_LABELS.items()),
        ],
    )
    state = ChoiceFilter(param="stap", label=_("Step"), choices=ParticipationState.choices)
    extended = YesNoFilter(param="verlengd", label=_("More time"))
    mine = ChoiceFilter(param="wie", label=_("Who of us"), choices=[(MINE, _("Me"))])

    def __init__(self, data: Any, rows: Sequence[Progress], *, request: Any) -> None:
        super().__init__(data, rows, request=request)
        if request.actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            del self.filters["wie"]

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("wie") != MINE:
            return rows
        actor = self.request.actor
        places = location_ids_of_staff(actor, my_staff_ids(actor))
        return Rows(row for row in rows if row.location.pk in places)

    def keeps(self, row: Progress, given: dict[str, Any]) -> bool:
        sets = {ASKS_RED: RED, ASKS_WORK: (*RED, *AMBER)}
        wish = given.get("vraagt", "")
        return (
            (not wish or row.asks in sets.get(wish, (wish,)))
            and given.get("stap", row.state) == row.state
            and (
                "verlengd" not in given
                or (row.participation.extended_to is not None) == (given["verlengd"] == "ja")
            )
            and has_words(given, row.location.name, row.location.code, row.location.town)
        )


class CandidateFilters(_InMemory):
    search = SearchFilter(["name"], param="zoek", label=_("School"))
    turn = YesNoFilter(param="beurt", label=_("Proposed"))
    rhythm = ChoiceFilter(param="ritme", label=_("Measures"), choices=Cohort.choices)

    def keeps(self, row: Candidate, given: dict[str, Any]) -> bool:
        return (
            ("beurt" not in given or row.has_turn == (given["beurt"] == "ja"))
            and given.get("ritme", row.rhythm) == row.rhythm
            and has_words(given, row.name, row.code, row.town)
        )


class LevelFilters(_InMemory):
    search = SearchFilter(["name"], param="zoek", label=pgettext_lazy("monitor", "Level"))
    kind = ChoiceFilter(param="niveau", label=_("Kind"), choices=[(one, one.label) for one in LEVEL_KINDS])
    monitor = ChoiceFilter(param="soort", label=_("Monitor"), choices=MonitorKind.choices)

    def keeps(self, row: Level, given: dict[str, Any]) -> bool:
        return (
            given.get("niveau", row.unit.kind) == row.unit.kind
            and ("soort" not in given or given["soort"] in row.years)
            and has_words(given, row.unit.name)
        )


class MeasureFilters(_InMemory):
    search = SearchFilter(["name"], param="zoek", label=_("Measure"))
    population = ChoiceFilter(param="van", label=_("Of whom"), choices=list(POPULATION_WORDS.items()))
    monitor = ChoiceFilter(param="soort", label=_("Monitor"), choices=MonitorKind.choices)
    main = YesNoFilter(param="hoofd", label=_("Main measure"))

    def keeps(self, row: MeasureLine, given: dict[str, Any]) -> bool:
        body = row.measure.body
        return (
            given.get("van", body.population) == body.population
            and given.get("soort", row.sector) == row.sector
            and ("hoofd" not in given or body.main == (given["hoofd"] == "ja"))
            and has_words(given, body.name, body.definition, row.measure.key)
        )
