"""What the demo adds: a school that must still sign, and the paper of one that signed with a link."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.organisations.actions import attach_paper
from leesbouw.organisations.enums import AgreementChannel
from leesbouw.organisations.models import ProcessingAgreement
from leesbouw.rendering.documents import flowing

from .actions import ask_to_sign
from .queries import signed_document


@part("agreements", after=("people",))
def fill(story: Story, tell: Tell) -> None:
    """The links wait in the outbox of the demo, so that one can sign oneself."""
    places = {row["code"]: row for row in story.rows("locations")}
    heads = {row["unit"]: row for row in story.rows("contacts") if row["function"] == "head"}
    for row in story.rows("agreements"):
        code = row["location"]
        if row["state"] == "waiting" and code in heads:
            ask_to_sign(
                location=story.made["units"][code],
                library=story.made["serving"][places[code]["municipality"]],
                email=heads[code]["mail"],
                name=heads[code]["name"],
                version="4.0",
                starts_on=story.today,
                by=SYSTEM,
            )
    signed = ProcessingAgreement.objects.filter(channel=AgreementChannel.LINK, file=None)
    for agreement in signed.select_related("location", "library"):
        attach_paper(agreement=agreement, content=flowing(signed_document(agreement)), by=SYSTEM)
    tell(1, 1)
