"""What lies in the database before a test begins: the content alone, or the content and the cast or the small demo.

All are laid once and stay for as many tests as ask for the same; each test has its own transaction on top. The cast
lies in a transaction too, around those of the tests, and is taken back when a test comes that does without: whoever
does not ask for the cast finds no row of it. So does the demo.

On the cast a module may lay a floor of its own, for what many of its tests begin with and what takes long to make.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from enum import Enum
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from leesbouw.cli import demo
from leesbouw.core import content, stamp
from leesbouw.core.time import today

from .cast import Cast, make_cast


class Layer(Enum):
    """What lies above the content, by the fixture that asks for it; in the order in which tests come."""

    DEMO = "small"
    CAST = "cast"
    NOTHING = ""


Floor = Callable[[Cast], Any]


class Ground:
    def __init__(self) -> None:
        self._blocker: Any = None  # of pytest-django; there is no database before it is given
        self._wish: tuple[Layer, Floor | None] = (Layer.NOTHING, None)
        self._laid = Layer.NOTHING
        self._floor: Floor | None = None
        self._above = ExitStack()  # of the floor
        self._bare = b""  # the cast alone
        self._rows = b""  # the cast and what the floor gives, for a copy for each test
        self._made: Any = None  # what the floor gives, beside the newest copy of the cast
        self._counts: dict[str, int] = {}
        self._day: date | None = None
        self._around = ExitStack()
        self._shipped: list[content.ContentItem] = []  # read from their files once
        self._content: dict[str, int] = {}

    def open(self, blocker: Any) -> None:
        """The database was made just now, for the test that came last."""
        self._blocker = blocker
        self.lay(*self._wish)

    def close(self) -> None:
        with self._blocker.unblock():
            self._take_back()
        self._blocker = None

    def lay(self, wish: Layer, floor: Floor | None = None) -> None:
        """Makes the database what the next test asks for; content is in memory, as in a process that has run."""
        self._wish = (wish, floor)
        if not self._blocker:
            return
        with self._blocker.unblock():
            if (wish, today()) != (self._laid, self._day):
                self._take_back()
            if floor is not self._floor:
                self._take_floor_back()
            if not self._content:
                self._lay_content()
            if wish is not self._laid:
                self._lay(wish)
            if floor is not self._floor:
                self._lay_floor(floor)
            for kind, _schema in content.content_kinds.items():
                content.all_current(kind)
        content._seen["until"] = time.monotonic() + content.ASK_AGAIN

    def cast(self) -> Cast | None:
        """A copy that a test may change; None where the cast does not lie in the database."""
        if self._laid is not Layer.CAST:
            return None
        assert self._day == today(), "ask for the cast first, then travel in time"
        cast, self._made = pickle.loads(self._rows)
        return cast

    def made(self, floor: Floor, cast: Cast) -> Any:
        """What this floor gives: a copy that goes with this copy of the cast, or made now where it does not lie."""
        return self._made if floor is self._floor else floor(cast)

    def demo(self) -> dict[str, int]:
        """How many there are of the main things of the small demo, which lies in the database."""
        assert (self._laid, self._day) == (Layer.DEMO, today()), "ask for the demo first, then travel in time"
        return dict(self._counts)

    def look_after(self, *, flushed: bool) -> None:
        """Looks, before the rows of a test are taken back, whether it changed content that is in memory."""
        if not self._blocker:
            return
        with self._blocker.unblock():
            try:
                same = _content_now() == self._content
            except DatabaseError:  # the transaction is broken, as the test wanted
                same = False
        if not same:
            content.forget_cache()
        if flushed:  # a test with real commits leaves an empty database
            self._content = {}

    def _take_back(self) -> None:
        self._take_floor_back()
        if self._laid is not Layer.NOTHING:
            self._around.close()
            stamp.forget_demo()
        self._laid = Layer.NOTHING

    def _take_floor_back(self) -> None:
        if self._floor:
            self._above.close()
            self._floor = self._made = None
            self._remember(self._bare)

    def _lay_content(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM core_search_index")  # no model, so a flush leaves it
        if self._shipped and not content.ContentItem.objects.exists():
            for one in self._shipped:
                one.pk = None  # drawn anew: a number that we give would not be counted by PostgreSQL
            content.ContentItem.objects.bulk_create(self._shipped)
            content.forget_cache()
        else:
            content.load_all()
            self._shipped = self._shipped or list(content.ContentItem.objects.all())
        self._content = _content_now()

    def _lay(self, layer: Layer) -> None:
        self._around.enter_context(_taken_back_afterwards())
        self._laid, self._day = layer, today()
        if layer is Layer.CAST:
            self._bare = pickle.dumps((make_cast(), None))
            self._remember(self._bare)
        else:
            self._counts = demo.fill("small")

    def _lay_floor(self, floor: Floor) -> None:
        self._above.enter_context(_taken_back_afterwards())
        cast = self.cast()
        assert cast, "a floor lies on the cast"
        made = floor(cast)
        self._floor = floor
        self._remember(pickle.dumps((cast, made)))

    def _remember(self, rows: bytes) -> None:
        """These are the rows now; content may have come with them or have gone."""
        self._rows = rows
        if (found := _content_now()) != self._content:
            self._content = found
            content.forget_cache()


GROUND = Ground()


def floor(make: Floor) -> Any:
    """A fixture for what many tests of a module begin with: laid once for all of them, and a copy for each.

    `make` gets the cast and gives what can be pickled. It is for rows alone: what a process remembers, what lies on a
    disk and what hangs on the time of the day is the test's own to make.
    """

    def made(cast: Cast) -> Any:
        return GROUND.made(make, cast)

    made.__doc__ = make.__doc__
    made.floor = make  # type: ignore[attr-defined]
    return pytest.fixture(name=make.__name__)(made)


@contextmanager
def _taken_back_afterwards() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _content_now() -> dict[str, int]:
    # Asked before and after each test: what Django would put together for it costs ten times this.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM core_contentitem")
        number, newest = cursor.fetchone()
    return {"number": number, "newest": newest}
