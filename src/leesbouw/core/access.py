"""Who asks, and how far they may look.

An Actor is made once for a request, a job or a command and then passed on: `by=` for writes, `visible_to(actor)`
for reads. Rows about persons have a guarded manager: a query that nobody opened raises when it reaches the
database, so a forgotten scope is an error and never a leak.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import models
from django.db.models import sql


class Everywhere:
    """The scope of those who see all units, such as the national desk. It never opens rows about persons."""

    def __contains__(self, _: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "EVERYWHERE"


EVERYWHERE = Everywhere()
Scope = frozenset[int] | Everywhere


class NotAllowed(Exception):
    """The actor may see this but not do that. Views answer 403 with a sentence."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


class UnguardedQuery(Exception):
    """A query for rows about persons that was not opened with visible_to() or trusted(). A mistake of ours."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or something, that reads and writes.

    `libraries` and `locations` hold ids of units whose own rows (notes, contacts, groups) are within reach today;
    which units a list shows is decided by organisations, from `unit_id` and `unit_kind`. `pupil_id`: a child that came
    in; it never gets into an event.
    """

    kind: str
    role: str = ""
    permissions: frozenset[str] = frozenset()
    unit_id: int | None = None
    unit_kind: str = ""
    unit_code: str = field(default="", compare=False)
    libraries: Scope = frozenset()
    locations: Scope = frozenset()
    user_id: int | None = None
    assignment_id: int | None = None
    pupil_id: int | None = None
    name: str = field(default="", compare=False)

    def may(self, permission: str) -> bool:
        return self.kind == "system" or permission in self.permissions

    @property
    def key(self) -> str:
        """A short stable name for logs and locks, without a person's name: "user:12"."""
        return f"{self.kind}:{self.user_id or self.pupil_id or self.role or '-'}"


SYSTEM = Actor(kind="system", role="system", libraries=EVERYWHERE, locations=EVERYWHERE, name="Leesbouw")


def require(actor: Actor, permission: str) -> None:
    """Raises NotAllowed unless the actor holds the permission."""
    if not actor.may(permission):
        raise NotAllowed(permission)


class ScopedQuerySet(models.QuerySet):
    """Rows that are no secret but do not concern everybody, such as schools and their partnerships."""

    model: Any

    def visible_to(self, actor: Actor) -> Self:
        """The rows that this actor may see. Each model says which: `Model.scope(actor) -> Q`."""
        return self if actor.kind == "system" else self.filter(self.model.scope(actor))


class GuardedQuery(sql.Query):
    """Raises UnguardedQuery when it is turned into SQL before somebody opened it; as a subquery just as well."""

    opened = False

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        self.check()
        return super().get_compiler(*args, **kwargs)

    def check(self) -> None:
        if not self.opened:
            raise UnguardedQuery(f"{self.model}: open the query with visible_to() or trusted()")


class GuardedQuerySet(models.QuerySet):
    """Reaches the database only after `visible_to` or `trusted`."""

    model: Any
    query: Any

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def _open(self) -> Self:
        clone = self.all()
        clone.query.opened = True
        return clone

    def visible_to(self, actor: Actor) -> Self:
        """The rows that this actor may see. Each model says which: `Model.scope(actor) -> Q`."""
        opened = self._open()
        if actor.kind == "system":
            return opened
        return opened.filter(self.model.scope(actor))

    def trusted(self, reason: str) -> Self:
        """Every row, for a use that shows nobody anything; a test keeps the list of reasons."""
        assert reason, "say why"
        return self._open()

    def update(self, **kwargs: Any) -> int:
        self.query.check()
        return super().update(**kwargs)

    def delete(self) -> Any:
        self.query.check()
        return super().delete()


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """The default manager of every model about persons."""

    use_in_migrations = False


class PlainManager(models.Manager):
    """What Django itself uses to refresh a row it already holds; never used by our code."""


class GuardedModel(models.Model):
    """Base of rows about persons. Subclasses define `scope(actor) -> Q`."""

    objects = GuardedManager()
    _plain = PlainManager()

    class Meta:
        abstract = True
        base_manager_name = "_plain"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        raise NotImplementedError(f"{cls.__name__} does not say who may see it")


def within(scope: Scope, path: str) -> models.Q:
    """A filter that keeps rows whose `path` lies in a scope of persons' rows; EVERYWHERE keeps none."""
    if isinstance(scope, Everywhere):
        return models.Q(pk__in=())
    return models.Q(**{f"{path}__in": scope})


def mostly(actor: Actor, units: Collection[int], path: str = "unit") -> models.Q:
    """For rows that are visible to the actor and that the caller looks up by unit: a filter on these units.

    None at all where they are most of her locations. To name hundreds of them costs more than the few rows it spares;
    what is left of others nobody asks for.
    """
    locations = actor.locations
    if not isinstance(locations, Everywhere) and len(units) > 20 and 2 * len(units) > len(locations):
        return models.Q()
    return models.Q(**{f"{path}__in": units})
