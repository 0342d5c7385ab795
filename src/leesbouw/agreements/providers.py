"""What agreements gives to the rooms below: the task of signing, and what is to be renewed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.models import TaskLink
from leesbouw.accounts.tasks import Task, tasks
from leesbouw.core.access import Actor
from leesbouw.core.registry import Todo, todo_sources
from leesbouw.organisations.queries import agreements_ending

from . import (
    actions,
    forms,
    jobs,  # noqa: F401 -- registers its kind
    queries,
)
from .permissions import EDIT_AGREEMENT

MOST_LINES = 8


def agreements_to_renew(actor: Actor) -> list[Todo]:
    """Agreements that end soon, for who may record the next one."""
    if not actor.may(EDIT_AGREEMENT):
        return []
    return [
        Todo(
            title=_now("Renew the processing agreement of %(unit)s") % {"unit": row.location.name},
            url=reverse("agreements:overview", args=[row.location.place, row.location.code]),
            due_on=row.last_day,
            icon="file",
        )
        for row in agreements_ending(actor)[:MOST_LINES]
    ]


def what_is_signed(*, by: Actor, link: TaskLink) -> dict[str, Any]:
    """What the head reads before she signs."""
    args = link.args
    return {
        "initial": {"signer_name": link.name},
        "library": queries.library_of_link(link),
        "model": queries.version_name(args["version"]),
        "days": queries.days_of_link(link),
        "annexes": queries.annexes(),
        "kept": queries.kept_rows(),
    }


todo_sources.add("processing_agreements", agreements_to_renew)
tasks.add(
    queries.TASK,
    Task(
        label=_("Sign the processing agreement"),
        template="agreements/tasks/sign.html",
        perform=actions.sign_agreement,
        binding=True,
        permissions=frozenset({EDIT_AGREEMENT}),
        context=what_is_signed,
        form_class=forms.SignForm,
        button=_("Sign"),
        done=_("Thank you. The agreement is signed. The library can give you the paper."),
    ),
)
