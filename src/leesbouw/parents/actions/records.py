"""What parents wish, how the conditions are met, with whom the plan was discussed, and what one makes of a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location
from leesbouw.plans.actions import StepResult
from leesbouw.plans.queries import parent_group_names

from ..enums import Condition, DiscussedWith, Occasion, Verdict
from ..models import ConditionCheck, ParentWish, PlanDiscussion, ProjectJudgement
from ..permissions import EDIT_PARENTS
from ..queries import guide, plan_with_parents
from .choosing import check_reach
from .steps import finish_step


@dataclass(frozen=True, slots=True)
class WishRow:
    """What one kind of parents said, how many of them, and what was agreed."""

    occasion: Occasion
    group: str
    held_on: date
    wishes: str
    agreements: str = ""
    parents: int | None = None


def note_wish(*, library_id: int, location: Location, wish: WishRow, by: Actor) -> ParentWish:
    """Notes what a kind of parents wishes and expects. Raises Sentence for an unknown kind or a day to come."""
    check_reach(by, location)
    if wish.group not in parent_group_names():
        raise Sentence(_("Choose for which parents this holds."))
    _check_day(wish.held_on)
    with write_transaction():
        row = ParentWish.objects.create(
            library_id=library_id,
            location_id=location.pk,
            occasion=wish.occasion,
            group=wish.group,
            held_on=wish.held_on,
            parents=wish.parents,
            wishes=wish.wishes,
            agreements=wish.agreements,
        )
        record(by=by, verb="parents.note_wish", subject=row, unit_id=location.pk)
        return row


def feed_back(*, wish: ParentWish, by: Actor) -> ParentWish:
    """Parents heard today what is done with what they said."""
    with write_transaction():
        row = lock_row(ParentWish.objects.visible_to(by).select_related("location"), pk=wish.pk)
        check_reach(by, row.location)
        if row.fed_back_on:
            raise Sentence(_("Parents heard this already."))
        row.fed_back_on = today()
        row.save(update_fields=["fed_back_on"])
        record(by=by, verb="parents.feed_back", subject=row, unit_id=row.location_id)
        return row


def check_conditions(
    *, library_id: int, location: Location, answers: Mapping[str, Condition], by: Actor, note: str = ""
) -> ConditionCheck:
    """How the five conditions are met today. Raises Sentence without any answer."""
    check_reach(by, location)
    known = {one.code for one in guide().conditions}
    kept = {code: str(answer) for code, answer in answers.items() if code in known}
    if not kept:
        raise Sentence(_("Answer at least one condition."))
    with write_transaction():
        row = ConditionCheck.objects.create(
            library_id=library_id, location_id=location.pk, checked_on=today(), answers=kept, note=note
        )
        record(by=by, verb="parents.check_conditions", subject=row, unit_id=location.pk)
        return row


def discuss_plan(
    *,
    library_id: int,
    location: Location,
    discussed_with: DiscussedWith,
    held_on: date,
    by: Actor,
    outcome: str = "",
) -> PlanDiscussion:
    """The activity plan was discussed; with the team and the parent council both, and lines in the plan, step 11 is done."""
    check_reach(by, location)
    _check_day(held_on)
    with write_transaction():
        row = PlanDiscussion.objects.create(
            library_id=library_id,
            location_id=location.pk,
            discussed_with=discussed_with,
            held_on=held_on,
            outcome=outcome,
        )
        record(by=by, verb="parents.discuss_plan", subject=row, unit_id=location.pk)
        year = SchoolYear.of(held_on)
        held = PlanDiscussion.objects.visible_to(by).filter(location=location.pk, held_on__gte=year.starts_on)
        both = set(held.values_list("discussed_with", flat=True)) == set(DiscussedWith.values)
        if both and plan_with_parents(by, location, year):
            text = _now("Discussed with the team and the parent council")
            result = StepResult(text, on=held_on)
            finish_step(library_id=library_id, unit_id=location.pk, step="activities", result=result, by=by)
        return row


def _check_day(day: date) -> None:
    if day > today():
        raise Sentence(_("Something that is done lies in the past."))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A form or project after the ten questions: answers by question, which characteristics, for which parents."""

    name: str
    verdict: Verdict
    answers: Mapping[str, str]
    characteristics: Sequence[str] = ()
    groups: Sequence[str] = ()


def judge_project(*, library_id: int, judgement: Judgement, by: Actor) -> ProjectJudgement:
    """Keeps what the library makes of a project."""
    require(by, EDIT_PARENTS)
    if by.kind != "system" and library_id not in by.libraries:
        raise NotAllowed(EDIT_PARENTS)
    with write_transaction():
        row = ProjectJudgement.objects.create(
            library_id=library_id,
            name=judgement.name,
            answers={code: text for code, text in judgement.answers.items() if text},
            characteristics=list(judgement.characteristics),
            groups=list(judgement.groups),
            verdict=judgement.verdict,
            judged_on=today(),
        )
        record(by=by, verb="parents.judge_project", subject=row, unit_id=library_id)
        return row
