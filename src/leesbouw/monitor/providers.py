"""What the Monitor gives to the rooms below: a place in the menu, things to open from the search box, what is to do,
the question to a head, and what goes when its time is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leesbouw.accounts.models import TaskLink
from leesbouw.accounts.tasks import Task, tasks
from leesbouw.core.access import Actor
from leesbouw.core.registry import (
    Command,
    MenuItem,
    Record,
    RecordSource,
    Todo,
    commands,
    holders,
    menu,
    records,
    todo_sources,
)
from leesbouw.core.retention import rows
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import finders
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit

from . import (
    actions,
    forms,
    jobs,  # noqa: F401 -- registers its kind
    queries,
)
from .domain.progress import Asks
from .models import (
    Follower,
    OpenAnswer,
    Participation,
    PersonalLink,
    Round,
    Submission,
    TeamNote,
    TeamSession,
)
from .permissions import AUTHORISE, COORDINATE, REPORT, RUN_CLASS, VIEW

MOST_LINES = 4


def monitor_url(actor: Actor) -> str | None:
    if actor.may(VIEW):
        return reverse("monitor:round-list")
    return classes_url(actor) or levels_url(actor)


def reports_as_records(
    actor: Actor, unit: Unit, *, year: SchoolYear | None = None, ids: Collection[int] | None = None
) -> list[Record]:
    """Reports of a location in the rounds that are closed there, for who sees them."""
    if not actor.may(REPORT):
        return []
    rows = queries.participations_for(actor).filter(
        location=unit.pk, closed_on__isnull=False, declined_on=None
    )
    rows = rows.filter(round__year=year) if year else rows.filter(pk__in=ids or ())
    return [
        Record(
            row.pk,
            _now("Report of the Monitor %(year)s") % {"year": str(row.round.year)},
            reverse("monitor:report", args=[row.pk]),
            row.closed_on,
        )
        for row in rows.order_by("-closed_on", "-pk")
    ]


records.add("monitor", RecordSource(_("a report of the Monitor"), reports_as_records))


def levels_url(actor: Actor) -> str | None:
    """What came out at every level that one sees."""
    return reverse("monitor:level-list") if actor.may(REPORT) else None


def classes_url(actor: Actor) -> str | None:
    """The groups whose class one may run, for a teacher the only page of this room."""
    return reverse("monitor:my-groups") if actor.may(RUN_CLASS) else None


def coordinator_url(name: str) -> Any:
    """A page of who coordinates rounds at a library; None for others."""
    return lambda actor: reverse(f"monitor:{name}") if queries.own_library(actor) else None


menu.add("monitor", MenuItem(_("Monitor"), "monitor", monitor_url, under=("/monitor/",)))
commands.add(
    "monitor-levels",
    Command(
        _("Outcomes of the Monitor by level"),
        levels_url,
        REPORT,
        words=_("figures library municipality board province country"),
    ),
)
commands.add(
    "monitor-rounds",
    Command(_("Rounds of the Monitor"), monitor_url, VIEW, words=_("measuring response survey")),
)
commands.add(
    "monitor-classes",
    Command(_("My groups in the Monitor"), classes_url, RUN_CLASS, words=_("class code board fill in")),
)
commands.add(
    "monitor-plan",
    Command(
        _("Plan a round of the Monitor"),
        coordinator_url("round-new"),
        COORDINATE,
        words=_("new measurement survey"),
    ),
)
commands.add(
    "monitor-rhythm",
    Command(
        _("Which schools measure in which year"),
        coordinator_url("rhythm"),
        COORDINATE,
        words=_("monitor every other year halves"),
    ),
)


def rounds_to_run(actor: Actor) -> list[Todo]:
    """What the rounds of one's library ask today: opening, schools that are in the red, closing."""
    if not actor.may(COORDINATE) or actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
        return []
    rounds = queries.running_rounds(actor)
    asked = queries.asked_at_first_sight(actor, rounds) if rounds else {}
    return [line for row in rounds for line in _asked_by(row, asked.get(row.pk, Counter()))][:MOST_LINES]


def _asked_by(row: Round, asked: Counter[Asks]) -> list[Todo]:
    url = reverse("monitor:round", args=[row.pk])
    if row.opened_on is None and queries.days_until(row.opens_on) <= 0:
        return [Todo(_now("Open the round of the Monitor"), url, row.opens_on, "monitor", str(row))]
    lines = (
        (
            Asks.OVERDUE,
            ngettext_lazy(
                "Close %(number)s school of which the time is over",
                "Close %(number)s schools of which the time is over",
                "number",
            ),
        ),
        (
            Asks.UNAUTHORISED,
            ngettext_lazy(
                "The head of %(number)s school has not said yes yet",
                "The heads of %(number)s schools have not said yes yet",
                "number",
            ),
        ),
        (
            Asks.NOT_STARTED,
            ngettext_lazy(
                "%(number)s school has not started the Monitor yet",
                "%(number)s schools have not started the Monitor yet",
                "number",
            ),
        ),
    )
    with queries.in_words_of(row.kind):
        return [
            Todo(
                str(words % {"number": asked[kind]}),
                f"{url}?vraagt={kind}",
                row.closes_on,
                "monitor",
                str(row),
            )
            for kind, words in lines
            if asked[kind]
        ]


OWN_WORK = {
    Asks.READY: _("Begin with the Monitor"),
    Asks.NOT_STARTED: _("Begin with the Monitor"),
    Asks.UNDISCUSSED: _("Discuss the outcomes of the Monitor in the team"),
}


def own_rounds(actor: Actor) -> list[Todo]:
    """What the rounds of one's own location ask of its head: first her yes, then to begin, at last to talk about it."""
    if actor.unit_kind != UnitKind.LOCATION or not actor.may(AUTHORISE):
        return []
    rows = queries.my_participations(actor)[:MOST_LINES]
    return [line for row in rows for line in _asked_at_home(row)]


def _asked_at_home(row: Participation) -> list[Todo]:
    url, words = reverse("monitor:participation", args=[row.pk]), str(row.round)
    if row.authorised_on is None:
        ask = _now("Say whether you take part in the Monitor")
        waits = row.closed_on is None and row.round.closed_on is None
        return [Todo(ask, url, row.round.opens_on, "monitor", words)] if waits else []
    asked = queries.first_sight(row)
    if row.round.opened_on is None or asked not in OWN_WORK:
        return []
    due_on = None if asked == Asks.UNDISCUSSED else row.closes_on
    return [Todo(OWN_WORK[asked], url, due_on, "monitor", words)]


def sessions_to_hold(actor: Actor) -> list[Todo]:
    """Teams that have not talked about their report yet, for who may lead that talk there; a head sees it already."""
    if actor.may(AUTHORISE):
        return []
    return [
        Todo(
            _now("Hold the team session of the Monitor"),
            reverse("monitor:team", args=[row.pk]),
            None,
            "monitor",
            f"{row.location.name}, {row.round}",
        )
        for row in queries.undiscussed_near(actor)
    ]


todo_sources.add("monitor-rounds", rounds_to_run)
todo_sources.add("monitor-team", sessions_to_hold)
todo_sources.add("monitor-own", own_rounds)


finders.add("monitor", actions.find_in_year)


def what_is_asked(*, by: Actor, link: TaskLink) -> dict[str, Any]:
    """What a head reads before she answers."""
    one = queries.participation_by_id(by, link.args["participation_id"])
    return {
        "spoken": queries.language_of(one.round.kind),
        "initial": {"name": link.name},
        "participation": one,
        "lists": queries.lists_of(one.round),
        "background": queries.BACKGROUND in one.round.modules,
    }


def answer_for_school(*, by: Actor, link: TaskLink, answer: str, reason: str, name: str) -> Participation:
    """Notes the yes or no of who holds the link."""
    one = queries.participation_by_id(by, link.args["participation_id"])
    if answer == forms.YES:
        return actions.authorise(participation=one, name=name, by=by)
    return actions.decline(participation=one, reason=reason, by=by)


tasks.add(
    queries.AUTHORISE_TASK,
    Task(
        label=_("Say whether you take part in the Monitor"),
        template="monitor/tasks/authorise.html",
        perform=answer_for_school,
        permissions=frozenset({AUTHORISE}),
        context=what_is_asked,
        form_class=forms.TaskAnswerForm,
        button=_("Send this answer"),
        done=_("Thank you. The library knows your answer now."),
    ),
)


def _submissions(limit: date) -> QuerySet[Submission]:
    return Submission.objects.trusted("answers over their term").filter(participation__closed_on__lt=limit)


def _open_answers(limit: date) -> QuerySet[OpenAnswer]:
    return OpenAnswer.objects.trusted("answers over their term").filter(participation__closed_on__lt=limit)


def _round_over(limit: date, path: str) -> Q:
    """Rounds that closed before that day; one that nobody ever opened is over with its last day."""
    return Q(**{f"{path}__closed_on__lt": limit}) | Q(
        **{f"{path}__closed_on": None, f"{path}__opened_on": None, f"{path}__closes_on__lt": limit}
    )


def _links(limit: date) -> QuerySet[PersonalLink]:
    links = PersonalLink.objects.trusted("links over their term")
    return links.filter(_round_over(limit, "participation__round"))


def _followers(limit: date) -> QuerySet[Follower]:
    return Follower.objects.trusted("followers over their term").filter(_round_over(limit, "round"))


def _authorisations(limit: date) -> QuerySet[Participation]:
    return Participation.objects.filter(_round_over(limit, "round")).exclude(authorised_name="")


def _open_sessions(limit: date) -> QuerySet[TeamSession]:
    return TeamSession.objects.filter(closed_on=None, started_on__lt=limit)


def _notes(limit: date) -> QuerySet[TeamNote]:
    return TeamNote.objects.trusted("notes over their term").filter(participation__closed_on__lt=limit)


holders.add("monitor-team", rows(_("Team sessions nobody closed"), "monitor-team", _open_sessions))
holders.add("monitor-notes", rows(_("Notes of what a team knows"), "monitor-answers", _notes))
holders.add("monitor-answers", rows(_("Answers to the Monitor"), "monitor-answers", _submissions))
holders.add("monitor-open-answers", rows(_("Answers in one's own words"), "monitor-answers", _open_answers))
holders.add("monitor-links", rows(_("Personal links of the Monitor"), "monitor-round", _links))
holders.add("monitor-followers", rows(_("Followers of a round"), "monitor-round", _followers))
holders.add(
    "monitor-authorisations",
    rows(
        _("Who gave the authorisation"), "monitor-round", _authorisations, wipe=actions.forget_authorisations
    ),
)
