"""Every write of a child's own pages. `by` is the child that came in, or the teacher for tips; events name no child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now, today
from leesbouw.lending.actions import cancel_hold, place_hold
from leesbouw.lending.models import Hold, Loan
from leesbouw.pupils.permissions import OPEN_CLASS
from leesbouw.pupils.queries.classes import Child

from .enums import Feeling, Phrase, Place, TipState
from .models import LONGEST_TIP, OwnBook, ShelfChoice, Tip
from .queries.books import check_book, one_book


def feel(*, child: Child, title_id: int, feeling: str) -> None:
    """What the child thinks of a book; the same face again takes it back."""
    wanted = Feeling(feeling)
    _change(child, title_id, "feel", lambda row: {"feeling": "" if row.feeling == wanted else wanted})


def put_on_list(*, child: Child, title_id: int, place: str) -> None:
    """Where a book stands on the private list; "" takes it off."""
    _change(child, title_id, "put_on_list", lambda row: {"place": Place(place) if place else ""})


def drop_from_shelf(*, child: Child, title_id: int) -> None:
    """Takes one book off the child's own shelf."""
    _change(child, title_id, "drop_from_shelf", lambda row: {"on_shelf": False})


def keep_shelf(*, child: Child, keep: bool) -> None:
    """Whether the child keeps a shelf from now on. Stopping empties it."""
    with write_transaction():
        mine = ShelfChoice.objects.visible_to(child.actor)
        if not keep:
            mine.delete()
            rows = OwnBook.objects.visible_to(child.actor)
            rows.filter(on_shelf=True).update(on_shelf=False)
            rows.filter(feeling="", place="", on_shelf=False).delete()
        elif not mine.exists():
            ShelfChoice.objects.create(pupil_id=child.pupil.pk, since=today())
        _event(child.actor, "keep_shelf" if keep else "stop_shelf")


def fill_shelves(*, by: Actor) -> int:
    """Puts what was borrowed since a child chose so on its shelf; how many books."""
    require(by, OPEN_CLASS)
    done = 0
    choices = ShelfChoice.objects.trusted(
        "filling shelves that children chose to keep; shows nobody anything"
    )
    for choice in choices.order_by("pk"):
        with write_transaction():
            done += _fill(choice)
    if done:
        record(by=by, verb="shelf.fill_shelves", count=done)
    return done


def _fill(choice: ShelfChoice) -> int:
    """Only what was borrowed since the last time, so that a book that the child took off stays off."""
    at = now()
    loans = Loan.objects.trusted("filling shelves that children chose to keep; shows nobody anything")
    since = loans.filter(pupil=choice.pk, borrowed_at__gt=choice.filled_at, borrowed_at__lte=at)
    titles = set(since.order_by().values_list("title", flat=True))
    there = OwnBook.objects.trusted("filling shelves that children chose to keep; shows nobody anything")
    there = there.filter(pupil=choice.pk, title__in=titles)
    known = set(there.values_list("title", flat=True))
    there.update(on_shelf=True)
    OwnBook.objects.bulk_create(
        [OwnBook(pupil_id=choice.pk, title_id=pk, on_shelf=True) for pk in sorted(titles - known)]
    )
    choice.filled_at = at
    choice.save(update_fields=["filled_at"])
    return len(titles)


def wait_for(*, child: Child, title_id: int) -> Hold:
    """The child waits for a book. Raises Sentence when it waits already, or has it."""
    book = one_book(child, title_id)
    mine = Loan.objects.visible_to(child.actor).filter(pupil=child.pupil.pk, title=book.id, ended_at=None)
    if mine.exists():
        raise Sentence(_("You have this book already."))
    return place_hold(
        title_id=book.id,
        pupil_id=child.pupil.pk,
        location_id=child.session.group.location_id,
        by=child.actor,
    )


def wait_no_more(*, child: Child, title_id: int) -> None:
    """The child waits no more for a book."""
    rows = Hold.objects.visible_to(child.actor).filter(pupil=child.pupil.pk, title=title_id, ended_at=None)
    hold = rows.first()
    if hold is not None:
        cancel_hold(hold_id=hold.pk, by=child.actor)


def give_tip(*, child: Child, title_id: int, phrase: str = "", text: str = "") -> Tip:
    """A tip to the class: a sentence that was there goes at once, own words when the teacher has read them.

    Raises Sentence for nothing said, or for both.
    """
    text = " ".join(text.split())[:LONGEST_TIP]
    if not text and not phrase:
        raise Sentence(_("Choose a sentence, or write one yourself."))
    with write_transaction():
        check_book(child, title_id)
        tip, _made = Tip.objects.visible_to(child.actor).update_or_create(
            pupil_id=child.pupil.pk,
            title_id=title_id,
            defaults={
                "group_id": child.session.group_id,
                "phrase": "" if text else Phrase(phrase),
                "text": text,
                "state": TipState.WAITING if text else TipState.SHOWN,
                "made_at": now(),
            },
        )
        _event(child.actor, "give_tip", tip)
        return tip


def take_back_tip(*, child: Child, title_id: int) -> None:
    with write_transaction():
        Tip.objects.visible_to(child.actor).filter(pupil=child.pupil.pk, title=title_id).delete()
        _event(child.actor, "take_back_tip")


def judge_tip(*, tip_id: int, show: bool, by: Actor) -> Tip:
    """The teacher lets the class see a tip, or not. Raises Tip.DoesNotExist out of reach."""
    require(by, OPEN_CLASS)
    with write_transaction():
        tip = Tip.objects.visible_to(by).get(pk=tip_id)
        tip.state = TipState.SHOWN if show else TipState.HIDDEN
        tip.save(update_fields=["state"])
        _event(by, "show_tip" if show else "hide_tip", tip)
        return tip


def forget_pupils(ids: Sequence[int]) -> None:
    """Wipes all of it, inside the write of who erases the children."""
    for model in (OwnBook, ShelfChoice, Tip):
        model.objects.trusted("wiped with the pupil").filter(pupil__in=list(ids)).delete()


def _change(child: Child, title_id: int, verb: str, how: Any) -> None:
    """Changes the child's row about a book; a row that says nothing more goes."""
    if child.actor.pupil_id is None:
        raise NotAllowed("shelf")
    with write_transaction():
        check_book(child, title_id)
        rows = OwnBook.objects.visible_to(child.actor).select_for_update()
        row = rows.filter(title=title_id).first() or OwnBook(pupil_id=child.pupil.pk, title_id=title_id)
        for name, value in how(row).items():
            setattr(row, name, value)
        row.changed_at = now()
        if row.feeling or row.place or row.on_shelf:
            row.save()
        elif row.pk:
            rows.filter(pk=row.pk).delete()
        _event(child.actor, verb)


def _event(by: Actor, verb: str, subject: Any = None) -> None:
    record(by=by, verb=f"shelf.{verb}", subject=subject)
