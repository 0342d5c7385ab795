"""The rules of a school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.organisations.models import Location

from ..domain.rules import LONGEST_LINK
from ..models import LendingRules, Loan, YearGroupLimit
from .cards import require_place


@dataclass(frozen=True, slots=True)
class RulesRow:
    """What a school chose; see `LendingRules`. `limits`: year group → books at a time."""

    days: int
    renewals: int
    books: int
    region: str
    library_day: int | None = None
    holiday_lending: bool = True
    holiday_extra: int = 0
    cut_days: int = 30
    limits: Mapping[int, int] = field(default_factory=dict)


def choose_rules(*, location: Location, row: RulesRow, by: Actor, version: int | None = None) -> LendingRules:
    """Writes the rules of a school. They hold for what is lent from now on; how long the link stays holds at once."""
    require_place(location, by)
    if not 0 <= row.cut_days <= LONGEST_LINK:
        raise Sentence(_("Choose a number of days from 0 to %(most)s."), most=LONGEST_LINK)
    if not 1 <= row.days <= 365:
        raise Sentence(_("Books can be lent for one day up to a year."))
    values = {name: getattr(row, name) for name in RulesRow.__dataclass_fields__ if name != "limits"}
    with write_transaction():
        hold_row(Location, location.pk)
        rules = LendingRules.objects.filter(location=location).first()
        if rules is not None:
            check_version(rules, version)
        was = rules.cut_days if rules else None
        rules = rules or LendingRules(location=location, version=0)
        for name, value in values.items():
            setattr(rules, name, value)
        rules.version += 1
        rules.save()
        rules.limits.all().delete()
        YearGroupLimit.objects.bulk_create(
            YearGroupLimit(rules=rules, year_group=year, books=books) for year, books in row.limits.items()
        )
        if was is not None and was != row.cut_days:
            _shift_cut_days(location, row.cut_days - was)
        record(by=by, verb="lending.choose_rules", subject=location, unit_id=location.pk)
        return rules


def _shift_cut_days(location: Location, days: int) -> None:
    """What came back before goes sooner or later too."""
    rows = Loan.objects.trusted("when links of a school are cut").filter(
        location=location, was_cut=False, cut_on__isnull=False
    )
    for row in rows.iterator(chunk_size=500):
        row.cut_on += timedelta(days=days)
        row.save(update_fields=["cut_on"])
