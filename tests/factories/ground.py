"""What lies in the database before a test begins: the content alone, or the content and the cast or the small demo.

All are laid once and stay for as many tests as ask for the same; each test has its own transaction on top. The cast
lies in a transaction too, around those of the tests, and is taken back when a test comes that does without: whoever
does not ask for the cast finds no row of it. So does the demo.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from enum import Enum
from typing import Any

from django.db import DatabaseError, connection, models, transaction

from leesbouw.cli import demo
from leesbouw.core import content, stamp
from leesbouw.core.time import today

from .cast import Cast, make_cast


class Layer(Enum):
    """What lies above the content, by the fixture that asks for it; in the order in which tests come."""

    DEMO = "small"
    CAST = "cast"
    NOTHING = ""


class Ground:
    def __init__(self) -> None:
        self._blocker: Any = None  # of pytest-django; there is no database before it is given
        self._wish = self._laid = Layer.NOTHING
        self._cast: Cast | None = None
        self._rows = b""
        self._counts: dict[str, int] = {}
        self._day: date | None = None
        self._around = ExitStack()
        self._shipped: list[content.ContentItem] = []  # read from their files once
        self._content: dict[str, int] = {}

    def open(self, blocker: Any) -> None:
        """The database was made just now, for the test that came last."""
        self._blocker = blocker
        self.lay(self._wish)

    def close(self) -> None:
        with self._blocker.unblock():
            self._take_back()
        self._blocker = None

    def lay(self, wish: Layer) -> None:
        """Makes the database what the next test asks for; content is in memory, as in a process that has run."""
        self._wish = wish
        if not self._blocker:
            return
        with self._blocker.unblock():
            if (wish, today()) != (self._laid, self._day):
                self._take_back()
            if not self._content:
                self._lay_content()
            if wish is not self._laid:
                self._lay(wish)
            for kind, _schema in content.content_kinds.items():
                content.all_current(kind)
        content._seen["until"] = time.monotonic() + 5

    def cast(self) -> Cast | None:
        """A copy that a test may change; None where the cast does not lie in the database."""
        if not self._cast:
            return None
        assert self._day == today(), "ask for the cast first, then travel in time"
        units, partnerships = pickle.loads(self._rows)
        return Cast(units, dict(self._cast.actors), partnerships)

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
        if self._laid is not Layer.NOTHING:
            self._around.close()
            stamp.forget_demo()
        self._laid, self._cast = Layer.NOTHING, None

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
            self._cast = make_cast()
            self._rows = pickle.dumps((self._cast.units, self._cast.partnerships))
        else:
            self._counts = demo.fill("small")


@contextmanager
def _taken_back_afterwards() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _content_now() -> dict[str, int]:
    return content.ContentItem.objects.aggregate(number=models.Count("id"), newest=models.Max("id"))
