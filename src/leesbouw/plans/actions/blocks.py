"""Every write about the bouwstenen: where they stand, what shows it, and which solutions somebody chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.files import StoredFile
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.organisations.actions import TYPES, checked_file
from leesbouw.organisations.models import Unit

from ..domain import needs_evidence
from ..enums import AgreedLevel, BlockStatus, EvidenceKind, PracticeAnswer
from ..models import BlockEvidence, BlockSolution, BlockYear
from ..permissions import EDIT_BLOCKS, VIEW_BLOCKS
from ..queries import Block, block_of, evidence_of, may_write_blocks, record_of
from .todo import ActionRow, add_action

SOURCE = "block"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Where a bouwsteen stands. `checks`: answer by good practice; `version` of the row it was read from, 0 for none."""

    status: BlockStatus
    agreed: AgreedLevel = AgreedLevel.NONE
    checks: Mapping[str, PracticeAnswer] = field(default_factory=dict)
    challenges: Sequence[str] = ()
    note: str = ""
    version: int | None = None


def assess_block(*, unit: Unit, code: str, year: SchoolYear, assessment: Assessment, by: Actor) -> BlockYear:
    """Writes down where a bouwsteen stands in a school year.

    Raises Sentence for a status that nothing shows yet, Stale when somebody else wrote in the meantime, NotAllowed for
    a unit out of reach or a year that is over, LookupError for a bouwsteen that the unit does not have.
    """
    block = _writable(by, unit, code, year)
    with write_transaction():
        _alone(unit)
        if needs_evidence(assessment.status) and not evidence_of(by, unit, year).filter(block=code).exists():
            raise Sentence(
                _("Add what shows it first: an address or a signed note. Then choose this status.")
            )
        row = _row(by, unit, code, year)
        check_version(row, assessment.version)
        row.status, row.agreed = assessment.status, assessment.agreed
        known = {one.code for one in block.practices}
        row.checks = {one: str(answer) for one, answer in assessment.checks.items() if one in known}
        row.challenges = [one.code for one in block.challenges if one.code in set(assessment.challenges)]
        row.note = assessment.note
        row.changed_at = now()
        row.version += 1
        row.save()
        data = {"block": code, "year": str(year), "status": int(row.status)}
        record(by=by, verb="plans.assess_block", subject=row, unit_id=unit.pk, data=data)
        return row


def _writable(by: Actor, unit: Unit, code: str, year: SchoolYear) -> Block:
    _check_reach(by, unit, year)
    return block_of(unit, code)


def _alone(unit: Unit) -> None:
    """Whoever writes about the bouwstenen of this unit waits for who came first, also while no row is there yet."""
    hold_row(Unit, unit.pk)


def _row(by: Actor, unit: Unit, code: str, year: SchoolYear) -> BlockYear:
    """The row of a bouwsteen, held until the write ends; a new one that is not stored yet where there is none."""
    place = {"unit_id": unit.pk, "block": code, "year": year}
    found = BlockYear.objects.visible_to(by).filter(**place).values_list("pk", flat=True).first()
    return lock_row(BlockYear.objects.visible_to(by), pk=found) if found else BlockYear(**place)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What shows where a bouwsteen stands: a record of Leesbouw as "source:id", a file, an address with what it is, or a
    note with the name of who signs it."""

    kind: EvidenceKind
    text: str = ""
    url: str = ""
    name: str = ""
    record: str = ""
    file: bytes | None = None


def add_evidence(
    *, unit: Unit, code: str, year: SchoolYear, evidence: EvidenceRow, by: Actor
) -> BlockEvidence:
    """Adds what shows where a bouwsteen stands, from this year on. Raises Sentence when what its kind needs is not there,
    for a file that is no PDF or picture, and for a record of another unit or out of sight."""
    _writable(by, unit, code, year)
    _check_evidence(by, unit, evidence)
    kept = checked_file(evidence.file) if evidence.kind == EvidenceKind.FILE and evidence.file else None
    with write_transaction():
        file = _store(kept, unit, code, by) if kept else None
        row = BlockEvidence.objects.create(
            unit_id=unit.pk,
            block=code,
            kind=evidence.kind,
            text=evidence.text,
            record=evidence.record if evidence.kind == EvidenceKind.RECORD else "",
            file=file,
            url=evidence.url if evidence.kind == EvidenceKind.LINK else "",
            name=evidence.name if evidence.kind == EvidenceKind.NOTE else "",
            first_year=year,
            added_on=today(),
        )
        _tell(by, "plans.add_evidence", row)
        return row


def _check_evidence(by: Actor, unit: Unit, evidence: EvidenceRow) -> None:
    needs = {
        EvidenceKind.LINK: (evidence.url, _("Fill in the address of the page or document.")),
        EvidenceKind.NOTE: (evidence.name, _("Fill in who vouches for this note.")),
        EvidenceKind.FILE: (evidence.file, _("Choose the file.")),
        EvidenceKind.RECORD: (evidence.record, _("Choose what in Leesbouw shows it.")),
    }
    there, sentence = needs[evidence.kind]
    if not there:
        raise Sentence(sentence)
    if evidence.kind == EvidenceKind.RECORD:
        if record_of(by, unit, evidence.record) is None:
            raise Sentence(_("This is not there any more. Choose something else."))
    elif not evidence.text:
        raise Sentence(_("Fill in what is to be seen."))


def _store(kept: tuple[str, bytes], unit: Unit, code: str, by: Actor) -> StoredFile:
    """Under a name of ours: what somebody calls her scan says nothing to others."""
    kind, content = kept
    return files.store(
        content,
        name=f"{code} {unit.code}.{kind}",
        content_type=TYPES[kind],
        by=by,
        unit_id=unit.pk,
        permission=VIEW_BLOCKS,
    )


def drop_evidence(*, evidence: BlockEvidence, year: SchoolYear, by: Actor) -> BlockEvidence:
    """Takes evidence away from this year on; what years before say stays. Raises Sentence for the last one of a
    bouwsteen that needs it."""
    with write_transaction():
        row = lock_row(BlockEvidence.objects.visible_to(by).select_related("unit"), pk=evidence.pk)
        unit = row.unit
        _check_reach(by, unit, year)
        _alone(unit)
        others = evidence_of(by, unit, year).filter(block=row.block).exclude(pk=row.pk).exists()
        stands = BlockYear.objects.visible_to(by).filter(
            unit=unit.pk, block=row.block, year__gte=year, status__gt=BlockStatus.PREPARING
        )
        if not others and stands.exists():
            raise Sentence(_("This is the last thing that shows where it stands. Change the status first."))
        row.last_year = year.previous
        row.save(update_fields=["last_year"])
        _tell(by, "plans.drop_evidence", row, Undo("plans.restore_evidence", {"id": row.pk}))
        return row


@undo.register("plans.restore_evidence")
def restore_evidence(*, id: int, by: Actor) -> BlockEvidence:
    """Evidence that was taken away counts again."""
    with write_transaction():
        row = lock_row(BlockEvidence.objects.visible_to(by).select_related("unit"), pk=id)
        _check_reach(by, row.unit, SchoolYear.running())
        row.last_year = None
        row.save(update_fields=["last_year"])
        _tell(by, "plans.restore_evidence", row)
        return row


def _check_reach(by: Actor, unit: Unit, year: SchoolYear) -> None:
    require(by, EDIT_BLOCKS)
    if by.kind != "system" and not may_write_blocks(by, unit, year):
        raise NotAllowed(EDIT_BLOCKS)


def _tell(by: Actor, verb: str, row: BlockEvidence, undo: Undo | None = None) -> None:
    record(by=by, verb=verb, subject=row, unit_id=row.unit_id, data={"block": row.block}, undo=undo)


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """A solution that is chosen: what will be done, by which side, by whom and before when."""

    code: str
    what: str
    side: str
    staff_id: int | None = None
    contact_id: int | None = None
    due_on: date | None = None
    library_id: int | None = None


def choose_solution(
    *, unit: Unit, code: str, year: SchoolYear, solution: SolutionRow, by: Actor
) -> BlockSolution:
    """Turns a solution into an action. Raises LookupError for one that the bouwsteen does not have."""
    block = _writable(by, unit, code, year)
    if solution.code not in {one.code for one in block.solutions}:
        raise LookupError(f"no solution {solution.code}")
    with write_transaction():
        action = add_action(
            ActionRow(
                unit_id=unit.pk,
                what=solution.what,
                side=solution.side,
                library_id=solution.library_id,
                staff_id=solution.staff_id,
                contact_id=solution.contact_id,
                due_on=solution.due_on,
                source=SOURCE,
            ),
            by=by,
        )
        row = BlockSolution.objects.create(
            unit_id=unit.pk, block=code, year=year, code=solution.code, action=action
        )
        data = {"block": code, "solution": solution.code}
        record(by=by, verb="plans.choose_solution", subject=row, unit_id=unit.pk, data=data)
        return row
