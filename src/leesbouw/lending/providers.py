"""What lending gives to the rooms below: what it holds of pupils, and what goes when its time is over."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import holders
from leesbouw.core.retention import rows
from leesbouw.pupils.holders import PupilHolder, pupil_holders

from . import actions
from .queries.known import in_use, loans_to_cut, old_holds, told_of, unsettled_of


def _cut(*, ids: Sequence[int], by: Actor) -> None:
    actions.cut_links(ids, by=by)


pupil_holders.add(
    "lending",
    PupilHolder(
        label=_("Books of the school library"),
        tell=told_of,
        erase=actions.forget_pupils,
        unsettled=unsettled_of,
        uses=in_use,
    ),
)
holders.add("loan", rows(_("Who had which book"), "loan", loans_to_cut, wipe=_cut))
holders.add("hold", rows(_("Books that somebody waited for"), "hold", old_holds))
