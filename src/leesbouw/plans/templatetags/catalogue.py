"""Words about an activity of the catalogue: for which children, how long, for whom."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.organisations.enums import Sector

from ..domain import groups_in_words
from ..enums import Audience, ConsultantRole, FormKind
from ..queries import ActivityForm, FormBody

register = template.Library()

SHORT = {Sector.PO: "po", Sector.SBO: "sbo", Sector.SO: "so", Sector.VO: "vo", Sector.PRO: "pro"}


@register.filter
def for_schools(body: FormBody) -> str:
    """ "po, sbo, so · groep 5-8"; child care by its name."""
    sectors = ", ".join(SHORT.get(one) or str(one.label).lower() for one in body.sectors)
    if not body.groups:
        return sectors
    secondary = not {Sector.PO, Sector.SBO, Sector.SO} & set(body.sectors)
    word = _("year") if secondary else _("group")
    return f"{sectors} · {word} {groups_in_words(body.groups)}"


@register.filter
def minutes_words(number: int) -> str:
    """ "30 minuten"; from two hours on in hours."""
    if number >= 120 and number % 30 == 0:
        return _("%(number)s hours") % {"number": f"{number / 60:g}".replace(".", ",")}
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}


@register.filter
def audiences(body: FormBody) -> str:
    return ", ".join(str(Audience(one).label).lower() for one in body.audience)


@register.filter
def roles_of(body: FormBody) -> Sequence[tuple[str, str]]:
    """Each role of the consultant that an activity knows, with who does what."""
    return [(str(role.label), body.roles[role]) for role in ConsultantRole if role in body.roles]


@register.filter
def kind_icon(one: ActivityForm) -> str:
    """The picture of its kind."""
    return {FormKind.CAMPAIGN: "calendar", FormKind.PROGRAMME: "plans"}.get(one.body.kind, "book")
