"""Asking a school to sign with a link, and what signing does. Recording itself is an action of organisations."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.actions import create_task_link
from leesbouw.accounts.models import TaskLink
from leesbouw.core.access import Actor, require
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import enqueue
from leesbouw.core.time import today
from leesbouw.organisations.actions import check_terms, record_agreement
from leesbouw.organisations.enums import AgreementChannel
from leesbouw.organisations.models import Library, Location, ProcessingAgreement
from leesbouw.organisations.queries import agreements_of, location_by_code

from .permissions import EDIT_AGREEMENT
from .queries import TASK, library_of_link, requests_of


def ask_to_sign(
    *,
    location: Location,
    library: Library,
    email: str,
    name: str,
    version: str,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
) -> TaskLink:
    """Mails the head a link with which she reads what she agrees to and signs, with a code at that moment.

    Raises Sentence for child care, for an unknown version, for days in the wrong order, and while an earlier
    question waits.
    """
    require(by, EDIT_AGREEMENT)
    check_terms([location], version=version, starts_on=starts_on, ends_on=ends_on)
    if requests_of(by, location):
        raise Sentence(_("There is a question to sign already. Withdraw it first."))
    if agreements_of(by, location).filter(library=library, starts_on=starts_on, ended_on=None).exists():
        raise Sentence(_("There already is an agreement from that day."))
    return create_task_link(
        unit=location,
        email=email,
        name=name,
        task=TASK,
        args={
            "location_id": location.pk,
            "library_id": library.pk,
            "version": version,
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat() if ends_on else "",
        },
        by=by,
    )


def sign_agreement(
    *, by: Actor, link: TaskLink, signer_name: str, signer_function: str, agrees: bool
) -> ProcessingAgreement:
    """What the head's signature does: the agreement is recorded, and its paper is made. Raises Sentence without a yes."""
    require(by, EDIT_AGREEMENT)
    if not agrees:
        raise Sentence(_("Say that you agree, or close this page and sign nothing."))
    args = link.args
    with write_transaction():
        row = record_agreement(
            location=location_by_code(by, link.unit.code),
            library=library_of_link(link),
            version=args["version"],
            signed_on=today(),
            starts_on=date.fromisoformat(args["starts_on"]),
            ends_on=date.fromisoformat(args["ends_on"]) if args["ends_on"] else None,
            signer_name=signer_name,
            signer_function=signer_function,
            privacy_annex=True,
            security_annex=True,
            channel=AgreementChannel.LINK,
            by=by,
        )
        enqueue(
            "agreements.make_paper",
            by=by,
            args={"agreement_id": row.pk},
            subject=row,
            unit_id=row.location_id,
        )
        return row
