"""Reading kept selections and finished downloads."""

from __future__ import annotations

from datetime import timedelta

from leesbouw.core.access import Actor
from leesbouw.core.files import StoredFile
from leesbouw.core.time import now

from .models import Download, SavedView

DOWNLOAD_KEPT = timedelta(hours=24)


def saved_views_for(actor: Actor, page: str) -> list[SavedView]:
    """What this person kept for a list, then what others of her unit share."""
    if actor.user_id is None:
        return []
    rows = SavedView.objects.visible_to(actor).filter(page=page)
    return sorted(rows, key=lambda view: view.user_id != actor.user_id)


def own_view(actor: Actor, pk: int) -> SavedView:
    """A selection of one's own. Raises SavedView.DoesNotExist for anybody else's."""
    return SavedView.objects.visible_to(actor).get(pk=pk, user=actor.user_id)


def own_download(actor: Actor, pk: int) -> StoredFile | None:
    """The file of a list one ordered within the past day; None when there is no such thing."""
    rows = Download.objects.visible_to(actor).filter(
        user=actor.user_id, created_at__gte=now() - DOWNLOAD_KEPT
    )
    row = rows.filter(pk=pk).select_related("file").first()
    return row.file if row else None
