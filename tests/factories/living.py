"""A child that does everything one can do with books: pictures, own pages, a tip, a hold, the desk and the tablet."""

from __future__ import annotations

from leesbouw.collection.models import Copy
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.lending.actions import (
    give_back,
    help_oneself,
    lend,
    make_desk,
    note_group_look,
    pair_desk,
    print_class,
    tiles_at_tablet,
    try_at_tablet,
)
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.domain.entries import Sent
from leesbouw.lending.enums import BorrowerKind, Mode
from leesbouw.lending.queries.self_service import tablet_of
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.actions import let_in, open_class, print_cards, try_pictures
from leesbouw.pupils.enums import Came
from leesbouw.pupils.models import PictureKey, Pupil
from leesbouw.pupils.queries.classes import child_in, pictures_of, tiles_of
from leesbouw.shelf import actions as shelf

OWN_WORDS = "Naaldwoorden die niemand anders schrijft"
TABLET = "naald-tablet"


def live(*, child: Pupil, group: ClassGroup, copies: list[Copy], by: Actor) -> list[str]:
    """Does it all at the school of the group; `by` opens its class and pairs its devices. Returns what may be found of
    the child before it is erased and nowhere after: its card, its own words, its pictures unreadable, its requests."""
    place, who = group.location, Borrower(BorrowerKind.PUPIL, child.pk)
    session = open_class(group_id=group.pk, by=by)
    print_cards(group_id=group.pk, by=by)
    tile = next(one for one in tiles_of(group, session) if one.pupil.pk == child.pk)
    pictures = [one.value for one in pictures_of(tile)]
    assert try_pictures(session=session, token=tile.token, pictures=pictures[::-1]) is Came.WRONG
    let_in(group_id=group.pk, token=tile.token, by=by)
    me = child_in(session.pk, child.pk)
    assert me is not None
    shelf.keep_shelf(child=me, keep=True)
    shelf.feel(child=me, title_id=copies[0].title_id, feeling="good")
    shelf.put_on_list(child=me, title_id=copies[1].title_id, place="want")
    tip = shelf.give_tip(child=me, title_id=copies[0].title_id, text=OWN_WORDS)
    shelf.judge_tip(tip_id=tip.pk, show=True, by=by)
    shelf.wait_for(child=me, title_id=copies[2].title_id)
    barcode = {tile.pupil.pk: card for tile, card in print_class(group_id=group.pk, by=by)}[child.pk]
    note_group_look(group=group, by=by)
    lend(copy_id=copies[0].pk, to=who, location_id=place.pk, by=by, request="naald-balie")
    shelf.fill_shelves(by=by)
    give_back(copy_id=copies[0].pk, location_id=place.pk, by=by, request="naald-terug")
    _at_tablet(group, child, pictures, copies[3], by)
    digest = PictureKey.objects.visible_to(SYSTEM).get(pupil=child).digest
    return [barcode, OWN_WORDS, digest]


def _at_tablet(group: ClassGroup, child: Pupil, pictures: list[str], copy: Copy, by: Actor) -> None:
    made = make_desk(location=group.location, name=TABLET, is_self=True, by=by)
    _device, secret = pair_desk(typed=made.code, is_self=True)
    desk = tablet_of(secret)
    assert desk is not None
    tile = next(one for one in tiles_at_tablet(desk=desk, group_id=group.pk) if one.pupil.pk == child.pk)
    words = {"desk": desk, "group_id": group.pk, "token": tile.token}
    assert try_at_tablet(**words, pictures=pictures[::-1])[0] is Came.WRONG  # type: ignore[arg-type]
    assert try_at_tablet(**words, pictures=pictures) == (Came.RIGHT, child.pk)  # type: ignore[arg-type]
    for mode, request in ((Mode.LEND, "naald-tablet-uit"), (Mode.RETURN, "naald-tablet-in")):
        borrower = Borrower(BorrowerKind.PUPIL, child.pk) if mode is Mode.LEND else None
        told = help_oneself(
            sent=Sent(request=request, kind="scan", code=copy.barcode, borrower=borrower, mode=mode),
            desk=desk,
        )
        assert told.tone == "good", told


def live_in_demo(school: str, key: str) -> list[str]:
    """The same for a child that was read into the demo, with the coordinator of its school."""
    from leesbouw.accounts.models import RoleAssignment
    from leesbouw.accounts.queries import actor_for
    from leesbouw.collection.enums import CopyStatus
    from leesbouw.lending.models import Hold, Loan
    from leesbouw.pupils.models import Enrolment

    child = Pupil.objects.visible_to(SYSTEM).get(key=key, location__code=school)
    group = Enrolment.objects.visible_to(SYSTEM).get(pupil=child, ends_on=None).group
    held = RoleAssignment.objects.filter(role="reading-coordinator", unit__code=school, ends_on=None)
    row = held.select_related("unit", "user").order_by("pk")[0]
    out = Loan.objects.visible_to(SYSTEM).filter(ended_at=None).order_by().values("copy")
    waited = Hold.objects.visible_to(SYSTEM).order_by().values("title")
    free = Copy.objects.filter(location=child.location_id, status=CopyStatus.IN_USE)
    free = free.exclude(pk__in=out).exclude(title__in=waited).order_by("title", "pk")
    copies: dict[int, Copy] = {}
    for copy in free:
        copies.setdefault(copy.title_id, copy)
    return live(child=child, group=group, copies=list(copies.values())[:4], by=actor_for(row, row.user))
