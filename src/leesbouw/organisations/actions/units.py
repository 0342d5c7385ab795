"""Making the units that no file brings: the nation, provinces, libraries, branches and partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence

from ..enums import PartnerKind, UnitKind
from ..models import Branch, Library, Municipality, Nation, Partner, Poi, Province, Unit
from ..permissions import EDIT_UNITS
from ..queries.indexing import location_entries, unit_entries


def ensure_nation(*, by: Actor) -> Nation:
    """The one row for the whole country; made once."""
    with write_transaction():
        found = Nation.objects.first()
        if found:
            return found
        nation = Nation.objects.create(code="NL", name="Nederland")
        record(by=by, verb="organisations.create_unit", subject=nation, unit_id=nation.pk)
        return nation


def put_poi(*, code: str, name: str, by: Actor) -> Poi:
    with write_transaction():
        poi, made = Poi.objects.update_or_create(code=code, kind=UnitKind.POI, defaults={"name": name})
        if made:
            record(by=by, verb="organisations.create_unit", subject=poi, unit_id=poi.pk)
        return poi


def put_provinces(
    names: Iterable[str], *, by: Actor, poi: Mapping[str, Poi] | None = None
) -> dict[str, Province]:
    """Provinces by name; those that are not there yet are made. Their code is their name as a slug."""
    with write_transaction():
        known = {province.code: province for province in Province.objects.all()}
        result = {}
        for name in dict.fromkeys(names):
            code = slugify(name)[:20]
            province = known.get(code)
            if province is None:
                province = Province.objects.create(code=code, name=name, poi=(poi or {}).get(name))
                known[code] = province
                record(by=by, verb="organisations.create_unit", subject=province, unit_id=province.pk)
            result[name] = province
        return result


def create_library(
    *, name: str, by: Actor, code: str = "", province: Province | None = None, website: str = ""
) -> Library:
    """A library organisation. `code` is its ISIL or own code; without one it is made from the name."""
    code = (code or slugify(name))[:20]
    with write_transaction():
        if Unit.objects.filter(kind=UnitKind.LIBRARY, code=code).exists():
            raise Sentence(_("There is a library with this code already."))
        library = Library.objects.create(code=code, name=name, province=province, website=website)
        record(by=by, verb="organisations.create_library", subject=library, unit_id=library.pk)
        return library


def create_branch(
    *,
    library: Library,
    name: str,
    by: Actor,
    code: str = "",
    municipality: Municipality | None = None,
    street: str = "",
    postcode: str = "",
    town: str = "",
) -> Branch:
    require(by, EDIT_UNITS)
    with write_transaction():
        branch = Branch.objects.create(
            code=(code or slugify(f"{library.code}-{name}"))[:20],
            name=name,
            library=library,
            municipality=municipality,
            street=street,
            postcode=postcode,
            town=town,
        )
        record(by=by, verb="organisations.create_unit", subject=branch, unit_id=library.pk)
        return branch


def create_partner(
    *,
    library: Library,
    name: str,
    partner_kind: PartnerKind | str,
    by: Actor,
    municipality: Municipality | None = None,
    note: str = "",
) -> Partner:
    """A bookshop, health centre, training partner or consultation of one library."""
    require(by, EDIT_UNITS)
    with write_transaction():
        base = slugify(name)[:14] or "partner"
        number = Unit.objects.filter(kind=UnitKind.PARTNER, code__startswith=base).count() + 1
        partner = Partner.objects.create(
            code=f"{base}-{number}",
            name=name,
            partner_kind=partner_kind,
            library=library,
            municipality=municipality,
            note=note,
        )
        record(by=by, verb="organisations.create_unit", subject=partner, unit_id=library.pk)
        return partner


def reindex(*, location_ids: Iterable[int] | None = None, units: bool = True) -> None:
    """Puts locations (these, or all) and other units in the search index, inside the caller's write."""
    search.put(location_entries(location_ids))
    if units:
        search.put(unit_entries())
