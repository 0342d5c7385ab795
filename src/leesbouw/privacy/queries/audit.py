"""Events that somebody may read: of her own unit, and of the locations her library works with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.core.registry import name_resolvers

Names = dict[int, tuple[str, str]]


def events_for(actor: Actor) -> QuerySet[AuditEvent]:
    """What was done by people of the actor's unit, or about one of her units; newest first."""
    if actor.kind == "system":
        return AuditEvent.objects.all()
    about = {actor.unit_id} - {None}
    for scope in (actor.libraries, actor.locations):
        if isinstance(scope, frozenset):
            about |= scope
    return AuditEvent.objects.filter(Q(by_unit_id=actor.unit_id) | Q(unit_id__in=about))


def names_of(actor: Actor, code: str, ids: Iterable[int | None]) -> Names:
    """Name and address for ids of "user" or "unit"; empty while no room says how they are called."""
    resolve = name_resolvers.get(code)
    wanted = {pk for pk in ids if pk is not None}
    return resolve(actor, wanted) if resolve and wanted else {}


def users_in(actor: Actor) -> list[tuple[str, str]]:
    """Everybody who did something within reach, as choices by name."""
    ids = events_for(actor).order_by().values_list("by_user_id", flat=True).distinct()
    names = names_of(actor, "user", ids)
    return sorted(((str(pk), name) for pk, (name, _url) in names.items()), key=lambda pair: pair[1])
