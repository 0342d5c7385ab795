"""What a child has, wants, thinks and keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.lending.domain.rules import books_at_a_time
from leesbouw.lending.models import Hold, Loan
from leesbouw.lending.queries.rules import rules_at
from leesbouw.lending.queries.words import why_due
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.domain import tile_names
from leesbouw.pupils.models import Pupil
from leesbouw.pupils.queries.classes import Child
from leesbouw.pupils.queries.looks import looks_for_child

from ..domain import SOON, nights_until
from ..enums import Feeling, Place, TipState
from ..models import OwnBook, ShelfChoice, Tip
from .books import Book, books_with


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A book the child has now, and when it goes back, in words and as a leaf of a calendar."""

    book: Book
    due_on: date
    nights: int
    feeling: str
    why: tuple[str, ...] = ()  # how that day came about

    @property
    def leaf(self) -> tuple[str, str]:
        """Large and small on the leaf: ("di", "") when it is soon, else ("3", "nov")."""
        if 0 <= self.nights < SOON:
            return date_format(self.due_on, "D").lower()[:2], ""
        return str(self.due_on.day), date_format(self.due_on, "M").lower().rstrip(".")

    @property
    def day(self) -> str:
        if self.nights == 0:
            return pgettext("bring back", "today")
        if self.nights == 1:
            return pgettext("bring back", "tomorrow")
        return date_format(self.due_on, "l" if 1 < self.nights < SOON else "j F").lower()

    @property
    def how_long(self) -> str:
        if self.nights < 0:
            return _("bring it along next time")
        if self.nights == 0:
            return ""
        if self.nights <= SOON:
            return ngettext("%(n)s more night", "%(n)s more nights", self.nights) % {"n": self.nights}
        return _("that is a long time yet")

    @property
    def moons(self) -> range:
        return range(self.nights if 0 < self.nights <= SOON else 0)

    @property
    def spoken(self) -> str:
        words = _("%(title)s. Bring it back %(day)s.") % {"title": self.book.title, "day": self.day}
        return f"{words} {self.how_long}".strip()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A book the child waits for; `is_ready` when it lies ready."""

    id: int
    book: Book
    is_ready: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A book on a list or shelf of one's own."""

    book: Book
    feeling: str
    place: str


@dataclass(frozen=True, slots=True)
class TipLine:
    """A tip as one sees it: who gave it, of which book."""

    id: int
    book: Book
    words: str
    who: str
    state: str

    @property
    def waits(self) -> bool:
        return self.state == TipState.WAITING


def borrowed(child: Child) -> list[Borrowed]:
    """What the child has now, what goes back first on top."""
    rows = list(
        Loan.objects.visible_to(child.actor)
        .filter(pupil=child.pupil.pk, ended_at=None, lost_on=None)
        .order_by("due_on", "pk")
    )
    books = books_with(child, [row.title_id for row in rows])
    own = own_books(child, [row.title_id for row in rows])
    rules = rules_at(child.session.group.location_id)
    return [
        Borrowed(
            books[row.title_id],
            row.due_on,
            nights_until(row.due_on, today()),
            own[row.title_id].feeling if row.title_id in own else "",
            tuple(why_due(row, rules)),
        )
        for row in rows
        if row.title_id in books
    ]


def books_left(child: Child, number: int) -> int:
    """How many books the child may still choose."""
    rules = rules_at(child.session.group.location_id)
    return max(0, books_at_a_time(rules, child.year_group, today()) - number)


def waiting_for(child: Child) -> list[Waiting]:
    """What the child waits for, what lies ready first."""
    rows = list(Hold.objects.visible_to(child.actor).filter(pupil=child.pupil.pk, ended_at=None))
    books = books_with(child, [row.title_id for row in rows])
    lines = [
        Waiting(row.pk, books[row.title_id], row.ready_at is not None)
        for row in rows
        if row.title_id in books
    ]
    return sorted(lines, key=lambda line: not line.is_ready)


def own_books(child: Child, ids: Sequence[int]) -> dict[int, OwnBook]:
    """Title id → the row of the child about it."""
    rows = OwnBook.objects.visible_to(child.actor).filter(title__in=list(ids))
    return {row.title_id: row for row in rows}


def on_list(child: Child) -> dict[str, list[OwnLine]]:
    """The private list by place, the newest first."""
    rows = list(OwnBook.objects.visible_to(child.actor).exclude(place=""))
    lines = _lines(child, rows)
    return {place: [line for line in lines if line.place == place] for place in Place.values}


def on_shelf(child: Child) -> list[OwnLine]:
    return _lines(child, list(OwnBook.objects.visible_to(child.actor).filter(on_shelf=True)))


def _lines(child: Child, rows: Sequence[OwnBook]) -> list[OwnLine]:
    books = books_with(child, [row.title_id for row in rows])
    return [OwnLine(books[row.title_id], row.feeling, row.place) for row in rows if row.title_id in books]


def shelf_since(child: Child) -> date | None:
    """From when the child keeps a shelf of its own; None without one."""
    row = ShelfChoice.objects.visible_to(child.actor).first()
    return row.since if row else None


def tips_for(child: Child, title_id: int | None = None) -> list[TipLine]:
    """Tips of the class and one's own."""
    rows = Tip.objects.visible_to(child.actor).filter(group=child.session.group_id)
    rows = rows.filter(title=title_id) if title_id else rows
    found = list(rows.select_related("pupil"))
    books = books_with(child, [row.title_id for row in found])
    return _tips(found, books, mine=child.pupil.pk)


def tips_of_group(actor: Actor, group: ClassGroup) -> list[TipLine]:
    """All tips of a group for its teacher: what waits first."""
    rows = list(Tip.objects.visible_to(actor).filter(group=group).select_related("pupil", "title"))
    books = {row.title_id: Book(row.title_id, row.title.title, row.title.by_whom, None) for row in rows}  # type: ignore[arg-type]
    return sorted(_tips(rows, books), key=lambda line: not line.waits)


def tips_waiting(actor: Actor) -> int:
    return Tip.objects.visible_to(actor).filter(state=TipState.WAITING).count()


def _tips(rows: Sequence[Tip], books: dict[int, Book], mine: int | None = None) -> list[TipLine]:
    names = names_on_tiles([row.pupil for row in rows])
    return [
        TipLine(
            row.pk,
            books[row.title_id],
            row.words,
            _("you") if row.pupil_id == mine else names[row.pupil_id],
            row.state,
        )
        for row in rows
        if row.title_id in books
    ]


def names_on_tiles(pupils: Sequence[Pupil]) -> dict[int, str]:
    return tile_names({(row.pk, row.first_name, row.infix, row.last_name) for row in pupils})


def told_of(pupil_id: int) -> list[tuple[Any, list[str]]]:
    """What is kept of one child here, as (what, values)."""
    lines: list[tuple[Any, list[str]]] = []
    rows = OwnBook.objects.trusted("what is kept of one child").filter(pupil=pupil_id).select_related("title")
    for row in rows:
        words = [str(Feeling(row.feeling).label)] if row.feeling else []
        words += [str(Place(row.place).label)] if row.place else []
        words += [_("on its own shelf")] if row.on_shelf else []
        lines.append((row.title.title, words))
    tips = Tip.objects.trusted("what is kept of one child").filter(pupil=pupil_id).select_related("title")
    lines += [(_("Tip about %(title)s") % {"title": row.title.title}, [row.words]) for row in tips]
    choice = ShelfChoice.objects.trusted("what is kept of one child").filter(pupil=pupil_id).first()
    if choice:
        lines.append((_("A shelf of its own since"), [choice.since.strftime("%d-%m-%Y")]))
    return lines


def who_sees(child: Child, page: str) -> list[str]:
    """Who sees a page of the child, from what its school and it itself chose."""
    days = rules_at(child.session.group.location_id).cut_days
    lines = {
        "books": [
            _("You see your books. So does your teacher, and who helps you at the desk."),
            ngettext(
                "After you bring a book back, that it was yours is forgotten after %(n)s day.",
                "After you bring a book back, that it was yours is forgotten after %(n)s days.",
                days,
            )
            % {"n": days}
            if days
            else _("When you bring a book back, it is forgotten at once that it was yours."),
            _("Only you see what you think of a book."),
            *[
                _("On %(day)s the books of your group were looked at by: %(who)s.")
                % {"day": date_format(look.on, "j F"), "who": look.who or _("somebody of your school")}
                for look in looks_for_child(child.pupil, most=3)
            ],
        ],
        "list": [_("Only you see this list."), _("You can take a book off. Then nobody knows it was there.")],
        "shelf": [
            _("Only you see this shelf."),
            _("You keep a shelf. You can stop at any time.")
            if shelf_since(child)
            else _("You keep no shelf. Nothing is kept."),
        ],
        "tips": [
            _("Your class sees your tip, with your first name."),
            _("Your teacher reads your own words first. The library does not see tips."),
        ],
        "ideas": [
            _("Only you see these books for you."),
            _("We look at your own books, and at what many children of your school read."),
        ],
        "case": [_("Nobody sees what you look for.")],
    }
    return [str(line) for line in lines[page]]
