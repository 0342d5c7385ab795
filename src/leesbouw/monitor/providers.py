"""What the Monitor gives to the rooms below: a place in the menu, and what goes when its time is over."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import MenuItem, holders, menu
from leesbouw.core.retention import rows

from . import queries  # noqa: F401 -- registers its kinds of content
from .models import Follower, OpenAnswer, Participation, PersonalLink, Submission
from .permissions import REPORT
from .queries import talking  # noqa: F401 -- registers its kind of content


def monitor_url(actor: Actor) -> str | None:
    return None


menu.add("monitor", MenuItem(_("Monitor"), "insight", monitor_url, permission=REPORT, under=("/monitor/",)))


def _submissions(limit: date) -> QuerySet[Submission]:
    return Submission.objects.trusted("answers over their term").filter(participation__closed_on__lt=limit)


def _open_answers(limit: date) -> QuerySet[OpenAnswer]:
    return OpenAnswer.objects.trusted("answers over their term").filter(participation__closed_on__lt=limit)


def _links(limit: date) -> QuerySet[PersonalLink]:
    return PersonalLink.objects.trusted("links over their term").filter(
        participation__round__closed_on__lt=limit
    )


def _followers(limit: date) -> QuerySet[Follower]:
    return Follower.objects.trusted("followers over their term").filter(round__closed_on__lt=limit)


def _authorisations(limit: date) -> QuerySet[Participation]:
    return Participation.objects.filter(round__closed_on__lt=limit).exclude(authorised_name="")


def _forget_names(*, ids: list[int], by: Actor) -> None:
    Participation.objects.filter(pk__in=ids).update(authorised_name="")


holders.add("monitor-answers", rows(_("Answers to the Monitor"), "monitor-answers", _submissions))
holders.add("monitor-open-answers", rows(_("Answers in one's own words"), "monitor-answers", _open_answers))
holders.add("monitor-links", rows(_("Personal links of the Monitor"), "monitor-round", _links))
holders.add("monitor-followers", rows(_("Followers of a round"), "monitor-round", _followers))
holders.add(
    "monitor-authorisations",
    rows(_("Who gave the authorisation"), "monitor-round", _authorisations, wipe=_forget_names),
)
