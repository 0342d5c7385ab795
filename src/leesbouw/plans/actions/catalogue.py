"""Every write about what a library or school adds to the catalogue of activities."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, now
from leesbouw.organisations.models import Unit

from ..enums import FormKind
from ..models import CampaignDates, OwnForm
from ..permissions import EDIT_CATALOGUE
from ..queries import OWN_FORM, FormBody, form_by_code, form_entry


def add_own_form(*, unit: Unit, body: FormBody, by: Actor, based_on: str = "") -> OwnForm:
    """Adds a form of a library or location itself. Raises NotAllowed for any other than one's own."""
    _check_own(by, unit.pk)
    with write_transaction():
        row = OwnForm.objects.create(unit_id=unit.pk, body=body.model_dump(mode="json"), based_on=based_on)
        search.put([form_entry(row)])
        record(by=by, verb="plans.add_own_form", subject=row, unit_id=unit.pk)
        return row


def change_own_form(*, own: OwnForm, body: FormBody, by: Actor, version: int | None = None) -> OwnForm:
    """Words a form of one's own anew. Raises Stale when somebody else did in the meantime."""
    with write_transaction():
        row = _held(by, own.pk)
        check_version(row, version)
        row.body = body.model_dump(mode="json")
        row.version += 1
        row.save(update_fields=["body", "version"])
        search.put([form_entry(row)])
        record(by=by, verb="plans.change_own_form", subject=row, unit_id=row.unit_id)
        return row


def archive_own_form(*, own: OwnForm, by: Actor) -> OwnForm:
    """Takes a form of one's own out of the catalogue; plans that name it keep it."""
    with write_transaction():
        row = _held(by, own.pk)
        row.archived_at = now()
        row.version += 1
        row.save(update_fields=["archived_at", "version"])
        search.remove(OWN_FORM, [row.pk])
        again = Undo("plans.restore_own_form", {"id": row.pk})
        record(by=by, verb="plans.archive_own_form", subject=row, unit_id=row.unit_id, undo=again)
        return row


@undo.register("plans.restore_own_form")
def restore_own_form(*, id: int, by: Actor) -> OwnForm:
    """Puts a form of one's own back in the catalogue."""
    with write_transaction():
        row = _held(by, id)
        row.archived_at = None
        row.version += 1
        row.save(update_fields=["archived_at", "version"])
        search.put([form_entry(row)])
        record(by=by, verb="plans.restore_own_form", subject=row, unit_id=row.unit_id)
        return row


def set_campaign_dates(
    *, unit: Unit, form: str, year: SchoolYear, starts_on: date, ends_on: date, by: Actor
) -> CampaignDates:
    """Sets the days on which one's own library or location holds a campaign. Raises LookupError for what is no campaign,
    Sentence for days the wrong way round or outside the school year."""
    _check_own(by, unit.pk)
    if form_by_code(by, form).body.kind != FormKind.CAMPAIGN:
        raise LookupError(f"no campaign {form}")
    if ends_on < starts_on:
        raise Sentence(_("The last day lies before the first."))
    if starts_on not in year or ends_on not in year:
        raise Sentence(_("Choose days in school year %(year)s."), year=year)
    with write_transaction():
        hold_row(Unit, unit.pk)
        rows = CampaignDates.objects.visible_to(by).filter(unit=unit.pk, form=form, year=year)
        row = rows.first() or CampaignDates(unit_id=unit.pk, form=form, year=year, version=0)
        row.starts_on, row.ends_on = starts_on, ends_on
        row.version += 1
        row.save()
        data = {"form": form, "year": str(year)}
        record(by=by, verb="plans.set_campaign_dates", subject=row, unit_id=unit.pk, data=data)
        return row


def _check_own(by: Actor, unit_id: int) -> None:
    require(by, EDIT_CATALOGUE)
    if by.kind != "system" and by.unit_id != unit_id:
        raise NotAllowed(EDIT_CATALOGUE)


def _held(by: Actor, pk: int) -> OwnForm:
    """An own form, held until the write ends. Raises NotAllowed for somebody else's."""
    row = lock_row(OwnForm.objects.visible_to(by).select_related("unit"), pk=pk)
    _check_own(by, row.unit_id)
    return row
