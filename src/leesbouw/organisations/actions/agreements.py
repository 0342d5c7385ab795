"""The processing agreement: recording it for one school or for all schools of a board, ending it early."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.files import StoredFile
from leesbouw.core.registry import undo
from leesbouw.core.retention import begin_of
from leesbouw.core.time import today

from ..domain import MOST_BYTES, kind_of_file
from ..enums import AgreementChannel
from ..models import Library, Location, ProcessingAgreement
from ..permissions import EDIT_AGREEMENT, VIEW_AGREEMENT
from ..queries import agreement_models

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
FORMATS = {"png": "PNG", "jpg": "JPEG"}
TOO_LARGE = _("This file is larger than 10 MB. Make it smaller, or scan it in black and white.")
MOST_PIXELS = 60_000_000  # an A4 at 600 dots an inch has 35 million


def record_agreement(*, location: Location, by: Actor, **values: object) -> ProcessingAgreement:
    """Records the agreement of one location; see `record_agreements`."""
    return record_agreements(locations=[location], by=by, **values)[0]  # type: ignore[arg-type]


def record_agreements(
    *,
    library: Library,
    locations: Sequence[Location],
    version: str,
    signed_on: date,
    starts_on: date,
    signer_name: str,
    signer_function: str,
    by: Actor,
    ends_on: date | None = None,
    privacy_annex: bool = False,
    security_annex: bool = False,
    content: bytes | None = None,
    channel: str = AgreementChannel.FILE,
) -> list[ProcessingAgreement]:
    """Records what was signed, for one school or for many at once under one agreement of their board.

    `content` is the signed file: a PDF or a picture, by its bytes and not by its name. Raises Sentence for child care,
    for a version that nobody knows, for days in the wrong order, for a file of another kind or size, and when a school
    already has an agreement with this library from that day.
    """
    require(by, EDIT_AGREEMENT)
    check_terms(locations, version=version, starts_on=starts_on, ends_on=ends_on, signed_on=signed_on)
    kept = checked_file(content) if content else None
    with write_transaction():
        ids = [one.pk for one in locations]
        list(Location.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        same = ProcessingAgreement.objects.filter(library=library, location__in=ids, starts_on=starts_on)
        if same.filter(ended_on=None).exists():
            raise Sentence(_("There already is an agreement from that day."))
        file = _store(kept, locations, library, by) if kept else None
        rows = ProcessingAgreement.objects.bulk_create(
            ProcessingAgreement(
                library=library,
                location=location,
                version=version,
                signed_on=signed_on,
                starts_on=starts_on,
                ends_on=ends_on,
                signer_name=signer_name.strip(),
                signer_function=signer_function.strip(),
                privacy_annex=privacy_annex,
                security_annex=security_annex,
                file=file,
                channel=channel,
                by_user_id=by.user_id,
            )
            for location in locations
        )
        record(
            by=by,
            verb="organisations.record_agreement",
            subject=rows[0],
            unit_id=locations[0].pk,
            count=len(rows),
            data={"version": version, "channel": channel, "locations": [one.code for one in locations]},
            undo=Undo("organisations.withdraw_agreements", {"ids": [row.pk for row in rows]}),
        )
        return rows


def check_terms(
    locations: Sequence[Location],
    *,
    version: str,
    starts_on: date,
    ends_on: date | None,
    signed_on: date | None = None,
) -> None:
    """What holds for an agreement that is recorded and for one that is asked. Raises Sentence."""
    if not locations:
        raise Sentence(_("Choose at least one school."))
    if not all(one.is_school for one in locations):
        raise Sentence(_("Of child care no children are kept, so it needs no processing agreement."))
    if version not in {known.code for known in agreement_models().body.versions}:
        raise Sentence(_("This version of the model is not known."))
    if signed_on is not None and signed_on > today():
        raise Sentence(_("It cannot have been signed in the future."))
    if ends_on is not None and ends_on < starts_on:
        raise Sentence(_("The end lies before the beginning."))


def checked_file(content: bytes) -> tuple[str, bytes]:
    """Its kind and its bytes; a picture is drawn anew, so that nothing hidden comes along. Raises Sentence."""
    if len(content) > MOST_BYTES:
        raise Sentence(TOO_LARGE)
    kind = kind_of_file(content)
    if not kind:
        raise Sentence(_("Send a PDF, or a picture as PNG or JPG."))
    if kind == "pdf":
        return kind, content
    from PIL import Image, ImageOps  # late: slow import

    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Sentence(_("This picture is too large. Send a PDF or a smaller picture."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Sentence(_("This picture cannot be read. Send a PDF or another picture.")) from None
    clean = io.BytesIO()
    upright.save(clean, FORMATS[kind])
    return kind, clean.getvalue()


def _store(kept: tuple[str, bytes], locations: Sequence[Location], library: Library, by: Actor) -> StoredFile:
    """Under a name of ours: what somebody calls her scan says nothing to others."""
    kind, content = kept
    return files.store(
        content,
        name=f"verwerkersovereenkomst {locations[0].code}.{kind}",
        content_type=TYPES[kind],
        by=by,
        unit_id=library.pk,
        permission=VIEW_AGREEMENT,
    )


def attach_paper(*, agreement: ProcessingAgreement, content: bytes, by: Actor) -> ProcessingAgreement:
    """Keeps the paper of what was signed with a link; once. Raises Sentence when there is a file already."""
    require(by, EDIT_AGREEMENT)
    kept = checked_file(content)
    with write_transaction():
        row = lock_row(ProcessingAgreement.objects.select_related("location", "library"), pk=agreement.pk)
        if row.file_id is not None:
            raise Sentence(_("This agreement already has its file."))
        row.file = _store(kept, [row.location], row.library, by)
        row.save(update_fields=["file"])
        record(by=by, verb="organisations.attach_paper", subject=row, unit_id=row.location_id)
        return row


@undo.register("organisations.withdraw_agreements")
def _withdraw_agreements(*, ids: list[int], by: Actor) -> None:
    """Takes back what was recorded by mistake, with its file. Raises Sentence when it was ended meanwhile, or after the
    day itself: pupils may have come in by it, and its end says until when they stay."""
    require(by, EDIT_AGREEMENT)
    with write_transaction():
        rows = list(ProcessingAgreement.objects.visible_to(by).select_for_update().filter(pk__in=ids))
        if any(row.ended_on for row in rows):
            raise Sentence(_("This agreement was ended meanwhile."))
        if any(row.recorded_at < begin_of(today()) for row in rows):
            raise Sentence(_("This agreement was recorded on an earlier day. End it instead."))
        wipe_agreements(ids=[row.pk for row in rows], by=by)
        record(
            by=by,
            verb="organisations.withdraw_agreement",
            unit_id=rows[0].location_id if rows else None,
            count=len(rows),
            data={"agreements": ids},
        )


def wipe_agreements(*, ids: Sequence[int], by: Actor) -> None:
    """Deletes agreements, and their files unless another agreement has the same one."""
    rows = ProcessingAgreement.objects.filter(pk__in=ids)
    kept = set(rows.exclude(file=None).values_list("file", flat=True))
    rows.delete()
    kept -= set(ProcessingAgreement.objects.filter(file__in=kept).values_list("file", flat=True))
    for file in StoredFile.objects.filter(pk__in=kept):
        files.remove(file)


def end_agreement(
    *, agreement: ProcessingAgreement, ended_on: date, reason: str, by: Actor
) -> ProcessingAgreement:
    """Ends an agreement early: from that day it holds no more. Raises Sentence when it was over by then."""
    require(by, EDIT_AGREEMENT)
    with write_transaction():
        row = lock_row(ProcessingAgreement.objects.visible_to(by), pk=agreement.pk)
        if row.ended_on is not None or (row.ends_on is not None and row.ends_on < ended_on):
            raise Sentence(_("This agreement is over by then."))
        row.ended_on, row.ended_reason = ended_on, reason.strip()
        row.save(update_fields=["ended_on", "ended_reason"])
        record(
            by=by,
            verb="organisations.end_agreement",
            subject=row,
            unit_id=row.location_id,
            data={"ended_on": ended_on.isoformat()},
            undo=Undo("organisations.reopen_agreement", {"agreement_id": row.pk}),
        )
        return row


@undo.register("organisations.reopen_agreement")
def _reopen_agreement(*, agreement_id: int, by: Actor) -> None:
    require(by, EDIT_AGREEMENT)
    with write_transaction():
        row = lock_row(ProcessingAgreement.objects.visible_to(by), pk=agreement_id)
        row.ended_on, row.ended_reason = None, ""
        row.save(update_fields=["ended_on", "ended_reason"])
        record(by=by, verb="organisations.reopen_agreement", subject=row, unit_id=row.location_id)
