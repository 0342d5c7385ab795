"""Keeping, renaming and deleting selections of lists; ordering a long list as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core import files, registry
from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.time import now

from .domain import clean_text
from .models import Download, SavedView

MOST_VIEWS = 20  # a person keeps for one list; more no longer fit above a table
KEPT_AFTER_DELETE = timedelta(days=1)


def save_view(*, page: str, name: str, query: str, shared: bool, by: Actor) -> SavedView:
    """Keeps a selection. The same name again replaces what was kept under it."""
    if by.user_id is None:
        raise NotAllowed("ui.save_view")
    with write_transaction():
        mine = SavedView.objects.visible_to(by).filter(user=by.user_id, page=page)
        SavedView.objects.filter(user=by.user_id, removed_at__lt=now() - KEPT_AFTER_DELETE).delete()
        view = mine.filter(name=_name(name)).first()
        if view is None:
            if mine.count() >= MOST_VIEWS:
                raise Sentence(
                    _("You can keep %(most)s selections of one list. Delete one first."), most=MOST_VIEWS
                )
            last = mine.aggregate(last=Max("position"))["last"] or 0
            view = SavedView(user_id=by.user_id, page=page, name=_name(name), position=last + 1)
        view.query = query
        view.shared_with_unit = by.unit_id if shared else None
        view.save()
        record(
            by=by,
            verb="ui.save_view",
            subject=view,
            data={"page": page, "shared": shared},
            undo=Undo("ui.delete_view", {"pk": view.pk}),
        )
        return view


def rename_view(*, view: SavedView, name: str, by: Actor) -> SavedView:
    """Gives one's own selection another name."""
    with write_transaction():
        view = _own(view.pk, by)
        view.former_name, view.name = view.name, _name(name)
        view.save(update_fields=["name", "former_name"])
        record(by=by, verb="ui.rename_view", subject=view, undo=Undo("ui.swap_view_name", {"pk": view.pk}))
        return view


def delete_view(*, view: SavedView, by: Actor) -> None:
    """Takes one's own selection away; it can be brought back for a day."""
    with write_transaction():
        view = _own(view.pk, by)
        view.removed_at = now()
        view.save(update_fields=["removed_at"])
        record(by=by, verb="ui.delete_view", subject=view, undo=Undo("ui.restore_view", {"pk": view.pk}))


def order_download(*, path: str, query: str, format: str, by: Actor) -> Job:
    """Queues the making of a long list. Its file waits a day for who ordered it, and for nobody else."""
    if by.user_id is None:
        raise NotAllowed("ui.order_download")
    with write_transaction():
        row = Download.objects.create(user_id=by.user_id, path=path, query=query, format=format)
        url = reverse("ui:download", args=[row.pk])
        return enqueue("ui.make_download", by=by, args={"pk": row.pk}, subject=row, url=url)


def forget_downloads(*, ids: Sequence[int], by: Actor) -> None:
    """Deletes downloads with their files."""
    with write_transaction():
        for row in Download.objects.filter(pk__in=ids).select_related("file"):
            row.delete()
            if row.file is not None:
                files.remove(row.file)


def _name(name: str) -> str:
    tidy = clean_text(name)[:60]
    if not tidy:
        raise Sentence(_("Give the selection a name."))
    return tidy


def _own(pk: int, by: Actor, *, removed: bool = False) -> SavedView:
    view = SavedView.objects.filter(pk=pk, user=by.user_id, removed_at__isnull=not removed).first()
    if view is None or by.user_id is None:
        raise Sentence(_("This selection is no longer there."))
    return view


@registry.undo.register("ui.delete_view")
def _undo_save(*, pk: int, by: Actor) -> None:
    delete_view(view=_own(pk, by), by=by)


@registry.undo.register("ui.restore_view")
def _restore(*, pk: int, by: Actor) -> None:
    with write_transaction():
        view = _own(pk, by, removed=True)
        view.removed_at = None
        view.save(update_fields=["removed_at"])
        record(by=by, verb="ui.restore_view", subject=view, undo=Undo("ui.delete_view", {"pk": view.pk}))


@registry.undo.register("ui.swap_view_name")
def _swap_name(*, pk: int, by: Actor) -> None:
    view = _own(pk, by)
    rename_view(view=view, name=view.former_name or view.name, by=by)
