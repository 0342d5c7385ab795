"""Tips that wait for a teacher."""

from __future__ import annotations

from collections import Counter

from leesbouw.core.access import Actor
from leesbouw.organisations.models import ClassGroup

from ..enums import TipState
from ..models import Tip


def groups_with_waiting(actor: Actor) -> list[tuple[ClassGroup, int]]:
    """Groups with how many tips wait, by name. Two queries."""
    rows = Tip.objects.visible_to(actor).filter(state=TipState.WAITING).order_by()
    counts = Counter(rows.values_list("group", flat=True))
    groups = ClassGroup.objects.visible_to(actor).filter(pk__in=counts).order_by("name", "pk")
    return [(group, counts[group.pk]) for group in groups]
