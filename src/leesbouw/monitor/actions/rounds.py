"""A round of a library: planning it, changing the plan, opening, and the questions and followers it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Library

from ..domain.calendar import Calendar
from ..enums import Cohort
from ..models import Follower, LocalQuestion, Round
from ..permissions import COORDINATE
from ..queries import default_modules, modules_of, monitor_parameters, newest_lists, respondents_of

OPEN_ALREADY = _("This round is open already. What is asked does not change any more.")


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of the library for a whole round; None is not planned."""

    management: Decimal | None = None
    filling: Decimal | None = None
    analysis: Decimal | None = None
    feedback: Decimal | None = None


def plan_round(
    *,
    library: Library,
    kind: str,
    year: SchoolYear,
    calendar: Calendar,
    by: Actor,
    cohort: str = Cohort.EVERY_YEAR,
    hours: Hours | None = None,
    modules: Sequence[str] | None = None,
) -> Round:
    """Plans a round; without `modules` those that are on by default.

    Raises Sentence when the library has this round already, or the days are out of order.
    """
    require(by, COORDINATE)
    with write_transaction():
        own = lock_row(Library.objects.visible_to(by), pk=library.pk)
        if Round.objects.filter(library=own, kind=kind, year=year).exists():
            raise Sentence(_("There is a round of this kind in this school year already."))
        row = Round(library=own, kind=kind, year=year, cohort=cohort)
        _fill(row, calendar, hours or Hours(), default_modules(kind) if modules is None else modules)
        row.save()
        record(by=by, verb="monitor.plan_round", subject=row, unit_id=own.pk, data={"year": year.first})
        return row


def change_round(
    *,
    round: Round,
    calendar: Calendar,
    hours: Hours,
    by: Actor,
    modules: Sequence[str] | None = None,
    cohort: str | None = None,
    version: int | None = None,
) -> Round:
    """Changes days, hours and modules. Raises Stale, and Sentence for other modules once it is open."""
    with write_transaction():
        row = held_round(round, by)
        check_version(row, version)
        if row.closed_on:
            raise Sentence(_("This round is closed."))
        wanted = row.modules if modules is None else list(modules)
        if row.opened_on and sorted(wanted) != sorted(row.modules):
            raise Sentence(OPEN_ALREADY)
        row.cohort = cohort or row.cohort
        row.version += 1
        _fill(row, calendar, hours, wanted)
        row.save()
        record(by=by, verb="monitor.change_round", subject=row, unit_id=row.library_id)
        return row


def _fill(row: Round, calendar: Calendar, hours: Hours, modules: Sequence[str]) -> None:
    if not calendar.in_order:
        raise Sentence(_("Put the days in order: administration, filling in, closing, reports."))
    known = {code for code, _title, _default in modules_of(row.kind)}
    for name, day in asdict(calendar).items():
        setattr(row, name, day)
    for name, value in asdict(hours).items():
        setattr(row, f"hours_{name}", value)
    row.modules = sorted(set(modules) & known)


def delete_round(*, round: Round, by: Actor) -> None:
    """Takes a plan away that nobody was invited to. Raises Sentence otherwise."""
    with write_transaction():
        row = held_round(round, by)
        if row.opened_on or row.participations.exists():
            raise Sentence(_("Take the schools out of this round first."))
        record(by=by, verb="monitor.delete_round", subject=row, unit_id=row.library_id)
        row.delete()


def open_round(*, round: Round, by: Actor) -> Round:
    """Opens a round and fixes the version of every list. Raises Sentence when it is open, or nobody takes part."""
    with write_transaction():
        row = held_round(round, by)
        if row.opened_on:
            raise Sentence(OPEN_ALREADY)
        if not row.participations.filter(declined_on=None).exists():
            raise Sentence(_("No school takes part yet. Invite the schools first."))
        row.opened_on, row.questionnaires = today(), newest_lists(row.kind)
        row.version += 1
        row.save(update_fields=["opened_on", "questionnaires", "version"])
        record(
            by=by,
            verb="monitor.open_round",
            subject=row,
            unit_id=row.library_id,
            data={"lists": row.questionnaires},
        )
        return row


def held_round(round: Round, by: Actor) -> Round:
    """The round of one's own library, held until the write ends. Raises NotAllowed, and Round.DoesNotExist out of reach."""
    require(by, COORDINATE)
    return lock_row(Round.objects.visible_to(by), pk=round.pk)  # type: ignore[no-any-return]


# Questions of the library's own


def save_local_question(
    *,
    round: Round,
    respondent: str,
    text: str,
    by: Actor,
    options: Sequence[str] = (),
    question: LocalQuestion | None = None,
    version: int | None = None,
) -> LocalQuestion:
    """Adds a question to a list, or changes one. Raises Sentence once the round is open, and above the most per list."""
    with write_transaction():
        row = held_round(round, by)
        _check_question(row, respondent, options)
        others = row.local_questions.filter(respondent=respondent)
        mine = lock_row(row.local_questions, pk=question.pk) if question else LocalQuestion(round=row)
        if question:
            check_version(mine, version)
            others = others.exclude(pk=mine.pk)
        most = monitor_parameters().body.most_questions
        if len(others) >= most:
            raise Sentence(_("A list has at most %(most)s questions of your own."), most=most)
        if mine.respondent != respondent:
            taken = set(others.values_list("position", flat=True))
            mine.position = next(number for number in range(1, most + 2) if number not in taken)
        mine.respondent, mine.text, mine.options = respondent, text, list(options)
        mine.version += 1 if question else 0
        mine.save()
        record(by=by, verb="monitor.save_local_question", subject=mine, unit_id=row.library_id)
        return mine


def _check_question(row: Round, respondent: str, options: Sequence[str]) -> None:
    if row.opened_on:
        raise Sentence(OPEN_ALREADY)
    if respondent not in respondents_of(row.kind):
        raise Sentence(_("This round has no such list."))
    if len(options) == 1:
        raise Sentence(_("Give at least two answers, or none at all."))


def delete_local_question(*, question: LocalQuestion, by: Actor) -> None:
    """Takes a question off its list. Raises Sentence once the round is open."""
    with write_transaction():
        row = held_round(question.round, by)
        if row.opened_on:
            raise Sentence(OPEN_ALREADY)
        mine = lock_row(row.local_questions, pk=question.pk)
        record(by=by, verb="monitor.delete_local_question", subject=mine, unit_id=row.library_id)
        mine.delete()


# Who only follows


def add_follower(*, round: Round, name: str, email: str, by: Actor) -> Follower:
    """Somebody gets the progress of a round by mail every week from now on. Raises Sentence when she does already."""
    with write_transaction():
        row = held_round(round, by)
        email = email.strip().lower()
        if Follower.objects.visible_to(by).filter(round=row.pk, email=email).exists():
            raise Sentence(_("This address follows the round already."))
        follower = Follower.objects.create(round=row, name=name, email=email)
        record(
            by=by,
            verb="monitor.add_follower",
            subject=follower,
            unit_id=row.library_id,
            undo=Undo("monitor.remove_follower", {"follower_id": follower.pk}),
        )
        return follower


@undo.register("monitor.remove_follower")
def remove_follower(*, follower_id: int, by: Actor) -> None:
    """Ends the weekly mail; name and address go. Raises Follower.DoesNotExist out of reach."""
    require(by, COORDINATE)
    with write_transaction():
        follower = lock_row(Follower.objects.visible_to(by), pk=follower_id)
        unit_id = Round.objects.get(pk=follower.round_id).library_id
        record(by=by, verb="monitor.remove_follower", subject=follower, unit_id=unit_id)
        follower.delete()
