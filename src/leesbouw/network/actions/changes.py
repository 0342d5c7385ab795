"""What happens to a talk once it is there: changed, moved, cancelled, deleted and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import now, today
from leesbouw.plans.actions import drop_actions, take_back_actions
from leesbouw.plans.models import Action
from leesbouw.plans.queries import still_open

from ..models import Conversation, ConversationAgreement
from ..permissions import EDIT_TALKS
from ..queries.guides import guides
from .talks import TalkRow, check_people, index, set_people


def locked(by: Actor, talk_id: int, version: int | None = None) -> Conversation:
    """The talk, held until the write ends. Raises DoesNotExist, Stale."""
    row: Conversation = lock_row(Conversation.objects.visible_to(by).select_related("unit"), pk=talk_id)
    check_version(row, version)
    row.version += 1
    return row


def change_plan(*, talk: Conversation, row: TalkRow, by: Actor, version: int | None = None) -> Conversation:
    """Changes what was planned: day, kind, level, guide, subject and who. Raises Sentence once it was held."""
    require(by, EDIT_TALKS)
    with write_transaction():
        changed = locked(by, talk.pk, version)
        if changed.held_on is not None:
            raise Sentence(_("This talk was held already. Change its report instead."))
        if row.planned_on is None:
            raise Sentence(_("Choose a day for the talk."))
        check_people(by, [row])
        before = changed.planned_on
        for name in ("kind", "level", "planned_on", "planned_at", "subject"):
            setattr(changed, name, getattr(row, name))
        if row.guide != changed.guide:
            changed.guide, changed.guide_version = row.guide, _version_of(row.guide)
        changed.save()
        set_people([changed], [row])
        index([changed])
        data = {"from": str(before), "to": str(changed.planned_on)} if before != changed.planned_on else {}
        record(by=by, verb="network.change_plan", subject=changed, unit_id=changed.unit_id, data=data)
        return changed


def _version_of(code: str) -> int | None:
    guide = guides().get(code)
    return guide.version if guide else None


def move_talk(
    *, talk: Conversation, planned_on: date, by: Actor, planned_at: time | None = None
) -> Conversation:
    """To another day or hour; undone with one press."""
    require(by, EDIT_TALKS)
    with write_transaction():
        moved = locked(by, talk.pk)
        if moved.held_on is not None:
            raise Sentence(_("This talk was held already. Change its report instead."))
        back = {
            "talk_id": moved.pk,
            "planned_on": moved.planned_on.isoformat() if moved.planned_on else "",
            "planned_at": moved.planned_at.isoformat() if moved.planned_at else "",
        }
        moved.planned_on, moved.planned_at, moved.cancelled_on = planned_on, planned_at, None
        moved.save()
        index([moved])
        record(
            by=by,
            verb="network.move_talk",
            subject=moved,
            unit_id=moved.unit_id,
            undo=Undo("network.move_talk_back", back),
        )
        return moved


@undo.register("network.move_talk_back")
def _move_talk_back(*, talk_id: int, planned_on: str, planned_at: str, by: Actor) -> None:
    talk = Conversation.objects.visible_to(by).get(pk=talk_id)
    at = time.fromisoformat(planned_at) if planned_at else None
    move_talk(talk=talk, planned_on=date.fromisoformat(planned_on), planned_at=at, by=by)


def cancel_talk(*, talk: Conversation, by: Actor) -> Conversation:
    """It does not go through. What is due becomes due again."""
    require(by, EDIT_TALKS)
    with write_transaction():
        row = locked(by, talk.pk)
        if not row.is_open:
            raise Sentence(_("Only a planned talk can be cancelled."))
        row.cancelled_on = today()
        row.save()
        index([row])
        record(
            by=by,
            verb="network.cancel_talk",
            subject=row,
            unit_id=row.unit_id,
            undo=Undo("network.resume_talk", {"talk_id": row.pk}),
        )
        return row


@undo.register("network.resume_talk")
def _resume_talk(*, talk_id: int, by: Actor) -> None:
    require(by, EDIT_TALKS)
    with write_transaction():
        row = locked(by, talk_id)
        row.cancelled_on = None
        row.save()
        index([row])
        record(by=by, verb="network.resume_talk", subject=row, unit_id=row.unit_id)


@undo.register("network.delete_talk")
def delete_talk(*, by: Actor, talk: Conversation | None = None, talk_id: int | None = None) -> None:
    """Takes a talk and its open agreements away. Until the night after the next day they can be taken back; then they are gone."""
    require(by, EDIT_TALKS)
    with write_transaction():
        row = locked(by, talk.pk if talk else talk_id or 0)
        row.deleted_at = now()
        row.save()
        mine = ConversationAgreement.objects.filter(conversation=row.pk).values("action")
        agreed = Action.objects.visible_to(by).filter(still_open(), pk__in=mine, dropped_at=None)
        dropped = [action.pk for action in drop_actions(ids=agreed.values_list("pk", flat=True), by=by)]
        index([row])
        record(
            by=by,
            verb="network.delete_talk",
            subject=row,
            unit_id=row.unit_id,
            undo=Undo("network.restore_talk", {"talk_id": row.pk, "actions": dropped}),
        )


@undo.register("network.restore_talk")
def restore_talk(*, talk_id: int, by: Actor, actions: Sequence[int] = ()) -> Conversation:
    """Takes a deleted talk back, with the agreements that went along."""
    require(by, EDIT_TALKS)
    with write_transaction():
        rows = Conversation.objects.trusted("taking back what one deleted").select_related("unit")
        row = rows.filter(pk=talk_id).first()
        if row is None or (by.kind != "system" and row.library_id not in by.libraries):
            raise Sentence(_("This talk is gone for good."))
        row.deleted_at = None
        row.version += 1
        row.save(update_fields=["deleted_at", "version"])
        take_back_actions(ids=actions, by=by)
        index([row])
        record(by=by, verb="network.restore_talk", subject=row, unit_id=row.unit_id)
        return row
