"""Results of an earlier measurement, from a file: a round that was held elsewhere, closed from the start."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import drop_cells, queue_publication
from leesbouw.organisations.models import Library, Location, LocationYear

from ..domain.calendar import SECTORS, usual_calendar
from ..domain.results import MOST_TIMES, Results, is_lopsided
from ..enums import AuthorisedBy, Mode, Respondent
from ..models import Participation, Round, Submission
from ..permissions import COORDINATE
from ..queries import Questionnaire, is_from_file, monitor_parameters, of_own_library
from .storing import FilledIn, store_lists
from .working_out import queue_work

FIRST_YEAR = SchoolYear(2000)  # nobody measured before, and a line of years looks back from it


def import_results(
    *, location: Location, year: SchoolYear, questionnaire: Questionnaire, results: Results, by: Actor
) -> Participation:
    """Brings the lists of one location and year in; its figures are worked out by the worker, as after every closing.

    The questionnaire says in which words was asked: with other words than ours it is a version of one's own, and the
    line of years breaks there. Raises Sentence when there is nothing to bring in, or something is there already.
    """
    require(by, COORDINATE)
    body = questionnaire.body
    if not results.lists:
        raise Sentence(_("This file holds no answers to %(list)s."), list=questionnaire.key)
    if location.sector not in SECTORS[body.sector]:
        raise Sentence(_("%(school)s is no school for this list."), school=location.name)
    if SchoolYear.running() < year:
        raise Sentence(_("This school year has not begun yet."))
    if year < FIRST_YEAR:
        raise Sentence(_("Results come in from %(year)s on."), year=str(FIRST_YEAR))
    if is_lopsided(results.lists):
        told = _("One list in this file weighs more than %(most)s times as much as another one.")
        raise Sentence(told, most=MOST_TIMES)
    respondent = Respondent(body.respondent)
    with write_transaction():
        library = lock_row(Library.objects.visible_to(by), pk=_library_of(by, location, year).pk)
        row = _participation(_round(library, body.sector, year), location)
        _check_free(row, respondent, questionnaire)
        row.round.questionnaires = {**row.round.questionnaires, respondent.value: questionnaire.key}
        row.round.save(update_fields=["questionnaires"])
        lists = [
            FilledIn(
                respondent=respondent,
                questionnaire=questionnaire.key,
                coded=one.answers.coded,
                year_group=one.answers.year_group,
                mode=Mode.IMPORTED,
                weight=one.weight,
            )
            for one in results.lists
        ]
        store_lists(participation=row, lists=lists, by=by)
        record(
            by=by,
            verb="monitor.import_results",
            subject=row,
            unit_id=location.pk,
            count=len(lists),
            data={"list": questionnaire.key, "year": str(year)},
        )
        queue_work(participation=row, by=by)
    return row


def try_results(
    *, location: Location, year: SchoolYear, questionnaire: Questionnaire, results: Results, by: Actor
) -> None:
    """Raises what `import_results` would raise, and leaves nothing behind: for whoever looks first."""
    with write_transaction():
        import_results(location=location, year=year, questionnaire=questionnaire, results=results, by=by)
        transaction.set_rollback(True)


def remove_results(*, participation: Participation, by: Actor) -> int:
    """Takes results that were brought in by a file away again, with their figures; returns how many lists.

    Raises Sentence when lists were filled in here as well: those are never thrown away.
    """
    require(by, COORDINATE)
    with write_transaction():
        lock_row(Library.objects.visible_to(by), pk=participation.round.library_id)  # first, as who brings in
        row: Participation = lock_row(
            Participation.objects.visible_to(by).select_related("round", "location"), pk=participation.pk
        )
        lists = Submission.objects.trusted("what a file brought in").filter(participation=row)
        if not is_from_file(row):
            raise Sentence(_("Only results that came from a file can be taken away."))
        year: SchoolYear = row.round.year  # type: ignore[assignment]
        count = lists.count()
        record(
            by=by, verb="monitor.remove_results", subject=row, unit_id=row.location_id, count=count,
            data={"year": str(year)},
        )  # fmt: skip
        lists.delete()
        of_round = row.round
        row.delete()
        if not of_round.participations.exists():
            of_round.delete()
        drop_cells(location=row.location, year=year, by=by)
        queue_publication(year=year, by=by)
    return count


def _library_of(by: Actor, location: Location, year: SchoolYear) -> Library:
    """The library that the location belonged to in that year, else the one of the first year that is known after it."""
    rows = LocationYear.objects.visible_to(by).filter(of_own_library(by, "library"), location=location)
    found = rows.filter(year__gte=year).order_by("year").select_related("library").first()
    if found is None or found.library is None:
        raise Sentence(_("No library is known for %(school)s."), school=location.name)
    return found.library


def _round(library: Library, kind: str, year: SchoolYear) -> Round:
    """The round of that year, or one that is made for it and is behind us."""
    found = Round.objects.filter(library=library, kind=kind, year=year).first()
    if found is not None:
        if found.closed_on is None:
            raise Sentence(_("This round still runs. Results from a file come in when it is closed."))
        return found
    days = usual_calendar(year.first, monitor_parameters().body.calendar.model_dump())
    return Round.objects.create(
        library=library,
        kind=kind,
        year=year,
        prepare_on=days.prepare_on,
        opens_on=days.opens_on,
        closes_on=days.closes_on,
        report_on=days.report_on,
        opened_on=days.opens_on,
        closed_on=days.closes_on,
        ended_on=days.report_on,
    )


def _participation(of_round: Round, location: Location) -> Participation:
    closed_on: date = of_round.closed_on or of_round.closes_on
    row, _made = Participation.objects.get_or_create(
        round=of_round,
        location=location,
        defaults={
            "enrolled_on": of_round.prepare_on,
            "authorised_on": of_round.opens_on,
            "authorised_by": AuthorisedBy.LIBRARY,
            "started_on": of_round.opens_on,
            "closed_on": closed_on,
            "discussed_on": of_round.report_on,
        },
    )
    row.round = of_round
    return row


def _check_free(row: Participation, respondent: Respondent, questionnaire: Questionnaire) -> None:
    """Raises Sentence for a school that said no, and for lists that are there: here, or with another library."""
    if row.declined_on is not None:
        raise Sentence(_("%(school)s does not take part in this round."), school=row.location.name)
    lists = Submission.objects.trusted("whether there are lists already").filter(participation=row)
    elsewhere = Participation.objects.filter(
        location=row.location_id, round__year=row.round.year, declined_on=None
    ).exclude(pk=row.pk)
    if elsewhere.exists():
        raise Sentence(_("%(school)s measured with another library in this year."), school=row.location.name)
    if lists.exclude(mode=Mode.IMPORTED).exists() or lists.filter(respondent=respondent).exists():
        raise Sentence(_("There are answers of this school and year already."))
    used = row.round.questionnaires.get(respondent.value, questionnaire.key)
    if used != questionnaire.key:
        raise Sentence(_("This round asked with the list %(list)s."), list=used)
