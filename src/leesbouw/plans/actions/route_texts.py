"""A library's own version of a route. Runs that are under way keep the version they were started with."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.content import ContentItem, add_own
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.errors import Sentence, Stale
from leesbouw.organisations.models import Library

from ..permissions import EDIT_ROUTES
from ..queries import Route, RouteBody, RouteStep, may_edit_text, origin_of, route_of


def save_own_route(
    *, route: Route, steps: Sequence[RouteStep], library_id: int, by: Actor, item_id: int | None = None
) -> ContentItem:
    """Keeps the steps as the library's own version. `item_id`: the version that the editor was opened with.

    Raises Sentence without steps or when a gate leads back to a step that was left out, Stale when a colleague saved
    another version in the meantime.
    """
    if not steps:
        raise Sentence(_("A route needs at least one step."))
    try:
        body = RouteBody.model_validate(
            route.body.model_dump() | {"steps": [one.model_dump() for one in steps]}
        )
    except ValidationError:
        raise Sentence(_("A question leads back to a step that you leave out. Keep that step.")) from None
    return _keep(route, body, library_id, by, item_id)


def follow_shipped(*, route: Route, library_id: int, by: Actor) -> ContentItem:
    """The library goes on with the newest text that we ship."""
    return _keep(route, route.shipped.body, library_id, by, None)


def _keep(route: Route, body: RouteBody, library_id: int, by: Actor, item_id: int | None) -> ContentItem:
    require(by, EDIT_ROUTES)
    if by.kind != "system" and (not may_edit_text(by) or library_id not in by.libraries):
        raise NotAllowed(EDIT_ROUTES)
    with write_transaction():
        hold_row(Library, library_id)
        if item_id is not None and route_of(route.code, library_id).item.pk != item_id:
            raise Stale(f"route {route.code} was saved by somebody else")
        item = add_own(route.item, body, owner_id=library_id, origin=origin_of(route.shipped))
        record(
            by=by,
            verb="plans.save_route",
            subject=item,
            unit_id=library_id,
            data={"route": route.code, "version": item.version},
        )
        return item
