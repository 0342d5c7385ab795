"""What a form about organisations offers to choose from, and the branches of a library."""

from __future__ import annotations

from django.db.models import QuerySet

from leesbouw.core.access import Actor

from ..models import Board, Branch, Library, Municipality, Partner


def boards_to_choose(actor: Actor) -> QuerySet[Board]:
    return Board.objects.visible_to(actor).order_by("name").distinct()


def municipalities_to_choose(actor: Actor) -> QuerySet[Municipality]:
    return Municipality.objects.visible_to(actor).order_by("name").distinct()


def branch_by_code(actor: Actor, code: str) -> Branch:
    """Raises Branch.DoesNotExist."""
    return Branch.objects.visible_to(actor).select_related("library", "municipality").get(code=code)


def branches_of(actor: Actor, library: Library) -> QuerySet[Branch]:
    rows = Branch.objects.visible_to(actor).filter(library=library)
    return rows.select_related("municipality").order_by("name")


def partners_of(actor: Actor, library: Library) -> QuerySet[Partner]:
    rows = Partner.objects.visible_to(actor).filter(library=library)
    return rows.select_related("municipality").order_by("name")
