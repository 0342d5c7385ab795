"""What these pages give to the rooms below: what is kept of a child, and tips that wait for the teacher."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.access import Actor
from leesbouw.core.registry import Todo, todo_sources
from leesbouw.organisations.enums import UnitKind
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.permissions import OPEN_CLASS

from . import (
    actions,
    jobs,  # noqa: F401 -- registers its kind
)
from .queries.own import told_of
from .queries.tips import groups_with_waiting

pupil_holders.add(
    "shelf", PupilHolder(label=_("Own pages of the child"), tell=told_of, erase=actions.forget_pupils)
)


def tips_to_read(actor: Actor) -> list[Todo]:
    """Groups in which own words of children wait for their teacher."""
    if actor.unit_kind != UnitKind.LOCATION or not actor.may(OPEN_CLASS):
        return []
    return [
        Todo(
            ngettext(
                "%(n)s tip of group %(group)s waits for you", "%(n)s tips of group %(group)s wait for you", n
            )
            % {"n": n, "group": group.name},
            reverse("shelf:group-tips", args=[group.pk]),
        )
        for group, n in groups_with_waiting(actor)
    ]


todo_sources.add("shelf-tips", tips_to_read)
