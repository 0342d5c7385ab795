"""Reading kept selections."""

from __future__ import annotations

from leesbouw.core.access import Actor

from .models import SavedView


def saved_views_for(actor: Actor, page: str) -> list[SavedView]:
    """What this person kept for a list, then what others of her unit share."""
    if actor.user_id is None:
        return []
    rows = SavedView.objects.visible_to(actor).filter(page=page)
    return sorted(rows, key=lambda view: view.user_id != actor.user_id)


def own_view(actor: Actor, pk: int) -> SavedView:
    """A selection of one's own. Raises SavedView.DoesNotExist for anybody else's."""
    return SavedView.objects.visible_to(actor).get(pk=pk, user=actor.user_id)
