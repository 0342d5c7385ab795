"""Every write about the text of a plan: begun, written, sent, agreed with, talked about, and read in from Word."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.organisations.models import Location, Unit

from ..enums import PlanKind, VersionReason
from ..models import Plan, PlanApproval, PlanComment, PlanField, PlanVersion
from ..permissions import APPROVE_PLANS, EDIT_PLANS, VIEW_PLANS
from ..queries import (
    OTHER,
    body_of,
    may_approve,
    may_write_plan,
    plan_in,
    plan_view,
    plans_of,
    template_of,
)


def begin_plan(
    *, unit: Location, kind: PlanKind, year: SchoolYear, by: Actor, copy_texts: bool = False
) -> Plan:
    """Begins a plan in a year; with `copy_texts` with the texts of the plan before it. One that is there is given back.

    Raises NotAllowed for a unit out of reach, a year that is over, or the school's policy plan for the library.
    """
    _check_writing(by, unit, kind, year)
    with write_transaction():
        hold_row(Unit, unit.pk)
        if found := plan_in(by, unit, kind, year):
            return found
        body, version = template_of(kind)
        last = SchoolYear(year.first + body.years - 1)
        plan = Plan.objects.create(
            unit_id=unit.pk, kind=kind, first_year=year, last_year=last, template_version=version
        )
        if copy_texts and (before := plans_of(by, unit).filter(kind=kind, last_year__lt=year).first()):
            known = {section.code for section in body.sections} | {OTHER.code}
            PlanField.objects.bulk_create(
                PlanField(
                    plan=plan, code=row.code, text=row.text, changed_by_id=by.user_id, changed_by=by.name
                )
                for row in before.fields.all()
                if row.code in known and row.text
            )
        _tell(by, "plans.begin_plan", plan)
        return plan


def write_plan(
    *, plan: Plan, year: SchoolYear, code: str, text: str, by: Actor, version: int | None = None
) -> PlanField:
    """Writes the text of one section. Before the first change of a day the plan is kept as it was.

    Raises Stale when somebody else wrote in this section since `version` (0: nothing stood there), LookupError for a
    section that the plan does not have.
    """
    kind = PlanKind(plan.kind)
    _check_writing(by, plan.unit.as_location, kind, year)
    if code not in {one.code for one in template_of(kind, plan.template_version)[0].sections} | {OTHER.code}:
        raise LookupError(f"no section {code}")
    with write_transaction():
        held = _held(by, plan)
        row = held.fields.filter(code=code).first() or PlanField(plan=held, code=code, version=0)
        check_version(row, version)
        if row.text == text:
            return row
        if not held.versions.filter(made_at__date=today()).exists() and held.fields.exists():
            _keep(by, held, year, VersionReason.DAILY)
        _write(row, text, by)
        _tell(by, "plans.write_plan", held, code=code)
        return row


def set_money(*, plan: Plan, year: SchoolYear, cents: int | None, by: Actor) -> Plan:
    """Says what there is for the extra costs of a plan; None when nobody knows."""
    _check_writing(by, plan.unit.as_location, PlanKind(plan.kind), year)
    with write_transaction():
        held = _held(by, plan)
        held.money_cents = cents
        held.save(update_fields=["money_cents"])
        _tell(by, "plans.set_money", held)
        return held


def send_plan(*, plan: Plan, year: SchoolYear, by: Actor) -> PlanVersion:
    """Keeps the plan as it is and asks the team to read along; who works there meets it among what is to do."""
    _check_writing(by, plan.unit.as_location, PlanKind(plan.kind), year)
    with write_transaction():
        held = _held(by, plan)
        _check_filled(held)
        version = _keep(by, held, year, VersionReason.SENT)
        _tell(by, "plans.send_plan", held)
        return version


def approve_plan(*, plan: Plan, year: SchoolYear, by: Actor, note: str = "") -> PlanApproval:
    """Somebody who leads the location agrees with the plan as it is now; that text is kept. Raises NotAllowed."""
    require(by, APPROVE_PLANS)
    if by.kind != "system" and not may_approve(by, plan.unit):
        raise NotAllowed(APPROVE_PLANS)
    with write_transaction():
        held = _held(by, plan)
        _check_filled(held)
        version = _keep(by, held, year, VersionReason.APPROVED)
        approval = PlanApproval.objects.create(
            version=version, note=note, approved_by_id=by.user_id, approved_by=by.name
        )
        _tell(by, "plans.approve_plan", held)
        return approval


def _check_filled(plan: Plan) -> None:
    if not plan.fields.exclude(text="").exists():
        raise Sentence(_("Nothing stands in this plan yet."))


def add_comment(*, plan: Plan, text: str, by: Actor, code: str = "") -> PlanComment:
    """Says something about a plan or one of its sections. Whoever may read it may say something.

    About a section that the plan does not have it is about the whole plan, so that nothing is said out of sight.
    """
    require(by, VIEW_PLANS)
    with write_transaction():
        held = _held(by, plan)
        sections = template_of(PlanKind(held.kind), held.template_version)[0].sections
        code = code if code in {one.code for one in sections if one.shows == "text"} | {OTHER.code} else ""
        comment = PlanComment.objects.create(
            plan=held,
            unit_id=held.unit_id,
            code=code,
            text=text,
            written_by_id=by.user_id,
            written_by=by.name,
        )
        _tell(by, "plans.add_comment", held, code=code)
        return comment


def settle_comment(*, comment: PlanComment, by: Actor) -> PlanComment:
    """Something was done with what somebody said."""
    require(by, EDIT_PLANS)
    with write_transaction():
        row = lock_row(PlanComment.objects.visible_to(by).select_related("plan"), pk=comment.pk)
        row.settled_at = now()
        row.save(update_fields=["settled_at"])
        _tell(by, "plans.settle_comment", row.plan)
        return row


def read_plan_in(*, plan: Plan, year: SchoolYear, texts: Mapping[str, str], by: Actor) -> PlanVersion:
    """Puts the texts of a Word file in the plan, behind what stands there; the plan as it was is kept first.

    `texts` by section. Nothing is thrown away: what stood there stays, in front of what came in.
    """
    kind = PlanKind(plan.kind)
    _check_writing(by, plan.unit.as_location, kind, year)
    with write_transaction():
        held = _held(by, plan)
        version = _keep(by, held, year, VersionReason.READ_IN)
        known = {one.code for one in template_of(kind, held.template_version)[0].sections} | {OTHER.code}
        rows = {row.code: row for row in held.fields.all()}
        for code, text in texts.items():
            if code not in known:
                raise LookupError(f"no section {code}")
            row = rows.get(code) or PlanField(plan=held, code=code, version=0)
            if text and text not in row.text:
                _write(row, f"{row.text}\n\n{text}".strip(), by)
        _tell(by, "plans.read_plan_in", held)
        return version


def _write(row: PlanField, text: str, by: Actor) -> None:
    row.text, row.changed_at = text, now()
    row.changed_by_id, row.changed_by = by.user_id, by.name
    row.version += 1
    row.save()


def _keep(by: Actor, plan: Plan, year: SchoolYear, reason: VersionReason) -> PlanVersion:
    """A version of the plan as it is at this moment."""
    unit = plan.unit
    last = plan.versions.values_list("number", flat=True).first() or 0
    view = plan_view(by, unit, PlanKind(plan.kind), year)
    return PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        reason=reason,
        body=body_of(view),
        made_by_id=by.user_id,
        made_by=by.name,
    )


def _held(by: Actor, plan: Plan) -> Plan:
    """The plan, held until the write ends: two who write in it come one after the other."""
    return lock_row(Plan.objects.visible_to(by).select_related("unit__as_location"), pk=plan.pk)


def _check_writing(by: Actor, unit: Location, kind: PlanKind, year: SchoolYear) -> None:
    require(by, EDIT_PLANS)
    if by.kind != "system" and not may_write_plan(by, unit, kind, year):
        raise NotAllowed(EDIT_PLANS)


def _tell(by: Actor, verb: str, plan: Plan, code: str = "") -> None:
    data = {"kind": plan.kind, "year": str(plan.first_year)} | ({"section": code} if code else {})
    record(by=by, verb=verb, subject=plan, unit_id=plan.unit_id, data=data)
