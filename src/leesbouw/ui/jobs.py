"""Long lists as files, made in the background."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import resolve
from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import RunningJob, job
from leesbouw.core.registry import holders
from leesbouw.core.retention import begin_of, rows
from leesbouw.core.time import SchoolYear

from .actions import forget_downloads
from .export import make_file
from .models import Download, SavedView

NOBODY = "ui.own_download"  # no role holds it: only who ordered the file gets it, by a view of our own


@job("ui.make_download", label=_("Making a list to download"), idempotent=True)
def make_download(job: RunningJob, pk: int) -> dict[str, int]:
    """Makes the list with the rights of today: what one may no longer see is not in it."""
    order = Download.objects.visible_to(job.actor).get(pk=pk)
    try:
        page = list_page(order.path, order.query, job.actor)
        if page.permission:
            require(page.actor, page.permission)
        made = make_file(page, page.listing(page.request.GET), order.format)
    except NotAllowed:
        raise Sentence(_("You may no longer see this list.")) from None
    with write_transaction():
        order.file = files.store(
            made.content.read(),
            name=made.name,
            content_type=made.content_type,
            by=job.actor,
            permission=NOBODY,
        )
        order.save(update_fields=["file"])
    job.row.result_file = order.file
    return {"rows": made.rows}


def list_page(path: str, query: str, actor: Actor) -> Any:
    """The list page that lives at an address, as if this actor asked for it. Raises Resolver404."""
    match = resolve(path)
    page = match.func.view_class(**match.func.view_initkwargs)  # type: ignore[attr-defined]
    request = HttpRequest()
    request.method, request.path, request.GET = "GET", path, QueryDict(query)
    request.actor = actor  # type: ignore[attr-defined]
    request.school_year = _year(request.GET)  # type: ignore[attr-defined]
    page.setup(request, *match.args, **match.kwargs)
    page.actor = actor
    return page


def _year(query: QueryDict) -> SchoolYear:
    try:
        return SchoolYear.parse(query.get("jaar", ""))
    except ValueError:
        return SchoolYear.running()


def _downloads(limit: date) -> QuerySet[Download]:
    return Download.objects.filter(created_at__lt=begin_of(limit))


def _removed_views(limit: date) -> QuerySet[SavedView]:
    return SavedView.objects.filter(removed_at__lt=begin_of(limit))


holders.add("download", rows(_("Lists to download"), "download", _downloads, wipe=forget_downloads))
holders.add("view", rows(_("Selections that were deleted"), "view", _removed_views))
