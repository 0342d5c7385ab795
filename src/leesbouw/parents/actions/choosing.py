"""Step 7: what people know of the five indicators, and with which locations one begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import now
from leesbouw.organisations.models import Location
from leesbouw.plans.actions import StepResult, start_routes
from leesbouw.plans.models import RouteRun
from leesbouw.plans.queries import open_run, route_of

from ..enums import Mark
from ..models import IndicatorAnswers
from ..permissions import EDIT_PARENTS
from ..queries import ROUTE, guide, own_answers
from .steps import finish_step


def check_reach(by: Actor, location: Location) -> None:
    """Raises NotAllowed for a location out of reach."""
    require(by, EDIT_PARENTS)
    if by.kind != "system" and location.pk not in by.locations:
        raise NotAllowed(EDIT_PARENTS)


def answer_indicators(
    *,
    library_id: int,
    location: Location,
    answers: Mapping[str, Mark],
    by: Actor,
    note: str = "",
    version: int | None = None,
) -> IndicatorAnswers:
    """Keeps what somebody knows of the indicators of a location. Raises Stale when a colleague did in the meantime."""
    check_reach(by, location)
    with write_transaction():
        lock_row(Location.objects.visible_to(by), pk=location.pk)
        row = own_answers(by, library_id, location)
        check_version(row, version)
        known = {one.code for one in guide().indicators}
        row.answers = {code: str(mark) for code, mark in answers.items() if code in known}
        row.note, row.changed_at = note, now()
        row.version += 1
        row.save()
        record(by=by, verb="parents.answer_indicators", subject=row, unit_id=location.pk)
        return row


def choose_locations(*, library_id: int, locations: Sequence[Location], by: Actor) -> list[RouteRun]:
    """Begins with these locations: each gets its own run, and the step of choosing is done. Raises Sentence while the
    library itself does not walk the route."""
    require(by, EDIT_PARENTS)
    if open_run(by, library_id, library_id, ROUTE) is None:
        raise Sentence(_("Start the route of the library first."))
    with write_transaction():
        runs = start_routes(route=route_of(ROUTE, library_id), library_id=library_id, units=locations, by=by)
        names = ", ".join(location.name for location in locations[:5])
        text = ngettext("Chosen: %(names)s.", "Chosen: %(number)s locations: %(names)s.", len(runs)) % {
            "names": names if len(locations) <= 5 else _now("%(names)s and others") % {"names": names},
            "number": len(runs),
        }
        result = StepResult(text[:500])
        finish_step(library_id=library_id, unit_id=library_id, step="select", result=result, by=by)
        return runs
