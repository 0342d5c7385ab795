"""What organisations gives to the rooms below: who decided, for as long as that is kept; how many libraries there are; steps
of a new school year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import counts, holders, todo_sources
from leesbouw.core.retention import rows
from leesbouw.core.time import SchoolYear, today

from . import actions
from .actions.transition import YEAR, take_back_year
from .actions.year_groups import GROUPS, group_blocks, take_back_groups
from .enums import StepStatus
from .models import Library, Location, PartnershipDecision, ProcessingAgreement
from .permissions import EDIT_GROUPS
from .queries import (
    groups_of,
    has_agreement,
    new_year_todos,
    new_year_url,
    trace_of,
    transition_of,
    without_follower,
)
from .year_steps import SCHOOLS, YearStep, YearStepState, year_steps


def _decisions(limit: date) -> QuerySet[PartnershipDecision]:
    return PartnershipDecision.objects.filter(decided_on__lt=limit).exclude(by_user_id=None)


def _forget_who(*, ids: Sequence[int], by: Actor) -> None:
    """The decision is history of the location and stays; who noted it goes."""
    PartnershipDecision.objects.filter(pk__in=ids).update(by_user_id=None)


def _agreements(limit: date) -> QuerySet[ProcessingAgreement]:
    return ProcessingAgreement.objects.filter(Q(ended_on__lt=limit) | Q(ends_on__lt=limit))


counts.add("library", lambda: Library.objects.count())
holders.add("decision", rows(_("Who noted a decision"), "decision", _decisions, wipe=_forget_who))
holders.add(
    "processing-agreement",
    rows(_("Processing agreements"), "processing-agreement", _agreements, wipe=actions.wipe_agreements),
)


def year_state(actor: Actor, location: Location, year: SchoolYear) -> YearStepState:
    """Made when somebody began."""
    if transition_of(actor, location, year) is None:
        return YearStepState(StepStatus.NOT_BEGUN)
    return YearStepState(StepStatus.DONE, gettext("The school year is there."))


def groups_state(actor: Actor, location: Location, year: SchoolYear) -> YearStepState:
    """Done once the table was saved; a group that nobody follows is told, because its children need a place."""
    count = groups_of(actor, location, year).count()
    transition = transition_of(actor, location, year)
    if transition is None or trace_of(transition, GROUPS) is None:
        return YearStepState(StepStatus.NOT_BEGUN, count=count)
    words = gettext("%(count)s groups.") % {"count": count}
    if last := without_follower(actor, location, year):
        names = ", ".join(group.name for group in last)
        words = " ".join([words, gettext("Ends: %(names)s.") % {"names": names}])
    return YearStepState(StepStatus.DONE if count else StepStatus.MISSING, words, count)


def privacy_state(actor: Actor, location: Location, year: SchoolYear) -> YearStepState:
    """Whether the school's data may be kept in the new year."""
    if has_agreement(location, max(year.starts_on, today())):
        return YearStepState(StepStatus.DONE, gettext("The processing agreement is valid in the new year."))
    return YearStepState(
        StepStatus.MISSING, gettext("There is no processing agreement that is valid in the new year.")
    )


year_steps.add(
    YEAR,
    YearStep(
        order=10,
        label=_("Make the new school year"),
        what=_("With the board, municipality and library of now."),
        state=year_state,
        url=lambda actor, location, year: "",
        permission=EDIT_GROUPS,
        take_back=take_back_year,
    ),
)
year_steps.add(
    GROUPS,
    YearStep(
        order=20,
        label=_("Take over the groups"),
        what=_("5A becomes 6A. You change what is different."),
        state=groups_state,
        url=lambda actor, location, year: new_year_url(location, year, "new-year-groups"),
        permission=EDIT_GROUPS,
        blocks=group_blocks,
        take_back=take_back_groups,
    ),
)
year_steps.add(
    "privacy",
    YearStep(
        order=90,
        label=_("Look whether the privacy agreement is valid"),
        what=_("Without it no pupils may be in Leesbouw."),
        state=privacy_state,
        url=lambda actor, location, year: location.get_absolute_url(),
        permission=EDIT_GROUPS,
        sectors=SCHOOLS,
    ),
)
todo_sources.add("new-year", new_year_todos)
