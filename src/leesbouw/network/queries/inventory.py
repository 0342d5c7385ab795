"""The start inventory: for each question the newest answer at a unit, so that one builds on what is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leesbouw.core.access import Actor
from leesbouw.organisations.models import Unit

from ..enums import TalkKind
from ..models import GuideAnswer
from ..permissions import VIEW_TALKS
from .guides import Guide, guides
from .talks import Answered


@dataclass(frozen=True, slots=True)
class InventoryPart:
    """The answered questions of one guide."""

    guide: Guide
    answers: list[Answered]

    @property
    def is_start(self) -> bool:
        """Whether the guide asks what is there, not how it went."""
        return bool({TalkKind.START, TalkKind.STRATEGIC} & set(self.guide.body.kinds))

    @property
    def newest_on(self) -> date:
        return max(answer.answered_on for answer in self.answers if answer.answered_on)


def start_inventory(actor: Actor, unit: Unit) -> list[InventoryPart]:
    """Newest answer per question, by guide: those of start and strategic talks first, as one builds on them.

    Only talks that were written up count. One query.
    """
    if not actor.may(VIEW_TALKS):
        return []
    newest = _newest(actor, unit)
    parts = []
    for code, guide in guides().items():
        answers = [
            Answered(q.code, q.text, q.hint, row.text, row.answered_on, row.conversation_id)
            for q in guide.body.questions
            if (row := newest.get((code, q.code)))
        ]
        if answers:
            parts.append(InventoryPart(guide, answers))
    return sorted(parts, key=lambda part: (part.is_start, part.newest_on), reverse=True)


def last_answers(
    actor: Actor, unit: Unit, guide: Guide, before_talk_id: int | None = None
) -> dict[str, Answered]:
    """Question → the newest answer at this unit, from other talks than the one at hand."""
    newest = _newest(actor, unit, guide=guide.code, but=before_talk_id)
    return {
        q.code: Answered(q.code, q.text, q.hint, row.text, row.answered_on, row.conversation_id)
        for q in guide.body.questions
        if (row := newest.get((guide.code, q.code)))
    }


def _newest(
    actor: Actor, unit: Unit, guide: str = "", but: int | None = None
) -> dict[tuple[str, str], GuideAnswer]:
    rows = GuideAnswer.objects.visible_to(actor).filter(
        unit=unit.pk,
        conversation__written_up_at__isnull=False,
        conversation__deleted_at=None,
        conversation__cancelled_on=None,
    )
    if guide:
        rows = rows.filter(guide=guide)
    if but is not None:
        rows = rows.exclude(conversation=but)
    found: dict[tuple[str, str], GuideAnswer] = {}
    for row in rows.order_by("answered_on", "pk"):
        found[row.guide, row.question] = row
    return found
