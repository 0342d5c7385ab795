"""Every organisation that an administrator looks after, in one list."""

from __future__ import annotations

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from leesbouw.core.access import Actor
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Board, Branch, Library, Municipality, Partner, Unit

LISTED = (Library, Branch, Board, Municipality, Partner)
KINDS = [(model.KIND.value, model.KIND.label) for model in LISTED]  # type: ignore[attr-defined]


def organisation_rows(actor: Actor) -> QuerySet[Unit]:
    """Libraries, branches, boards, municipalities and partners within reach, with `locations` and `belongs_to`."""
    wanted = Q(pk__in=())
    for model in LISTED:
        wanted |= Q(pk__in=model.objects.visible_to(actor).values("pk"))
    return Unit.objects.filter(wanted).annotate(
        locations=Count("as_board__locations", filter=Q(as_board__locations__closed_on=None), distinct=True)
        + Count(
            "as_municipality__locations", filter=Q(as_municipality__locations__closed_on=None), distinct=True
        ),
        belongs_to=Coalesce(
            F("as_branch__library__name"),
            F("as_partner__library__name"),
            F("as_municipality__province__name"),
            F("as_library__province__name"),
            Value(""),
            output_field=CharField(),
        ),
    )


HAS_LOCATIONS = (UnitKind.BOARD, UnitKind.MUNICIPALITY)
