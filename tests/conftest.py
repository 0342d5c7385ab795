"""The test database, the fixed cast, and a client that is signed in as one of them."""

from __future__ import annotations

import gc
import math
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings

from tests.factories.cast import Cast, make_cast
from tests.factories.ground import GROUND, Floor, Layer

# No test has a limit in time: a busy machine breaks nothing.
settings.register_profile("leesbouw", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("leesbouw")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from leesbouw.accounts import domain
    from leesbouw.core import content, search

    domain.HASH_ROUNDS = (
        1  # as with passwords (settings.py): what must be slow need not be so a thousand times
    )
    content.ASK_AGAIN = math.inf  # a slow machine asks no question more than a fast one
    content.forget_cache()  # what was asked while the database was made would be asked again after five seconds
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        search.install()
    GROUND.open(django_db_blocker)
    yield
    GROUND.close()


@pytest.hookimpl(tryfirst=True)  # before pytest leaves out what is marked
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who asks for the same ground stands together, so that it is laid once; else the order is pytest-django's.

    To make the whole demo takes as long as a whole room, so what looks at it is a walk.
    """
    for item in items:
        if _ground_of(item) is Layer.DEMO:
            item.add_marker(pytest.mark.walk)
    floors: dict[Floor | None, int] = {None: 0}
    for item in items:
        floors.setdefault(_floor_of(item), len(floors))
    items.sort(key=lambda item: (list(Layer).index(_ground_of(item)), floors[_floor_of(item)]))


def pytest_collection_finish() -> None:
    """What was loaded until here stays; the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if _uses_database(item):
        GROUND.lay(_ground_of(item), _floor_of(item))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    if _uses_database(item):
        GROUND.look_after(flushed=_commits(item))


def _ground_of(item: pytest.Item) -> Layer:
    asked = (layer for layer in Layer if layer.value in item.fixturenames and not _commits(item))
    return next(asked, Layer.NOTHING)


def _floor_of(item: pytest.Item) -> Floor | None:
    """The first floor that a test asks for, where it has the cast below it."""
    if _ground_of(item) is not Layer.CAST:
        return None
    known = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    found = (getattr(known[name][-1].func, "floor", None) for name in item.fixturenames if name in known)
    return next((one for one in found if one), None)


def _commits(item: pytest.Item) -> bool:
    return "transactional_db" in item.fixturenames


def _uses_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or "django_db_setup" in item.fixturenames


def pytest_unconfigure() -> None:
    from django.conf import settings

    shutil.rmtree(settings.DATA_FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True)
def _fresh_process_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process remembers between requests is forgotten between tests; what a page costs never hangs on the clock."""
    from leesbouw.core import search, stamp

    search.forget_cache()
    stamp.forget_demo()
    monkeypatch.setattr(stamp, "NO_HOLDS", 0)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests talk to this machine alone."""
    import socket

    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in {"127.0.0.1", "::1", "localhost"}:
            raise RuntimeError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """A database in which writes are really committed, for threads and backups; with the shipped content."""


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody and their units; the objects are the test's own, to change as it likes."""
    return GROUND.cast() or make_cast()


@pytest.fixture
def small(db: None) -> dict[str, int]:
    """The small demo lies in the database; how many there are of its main things."""
    return GROUND.demo()


@pytest.fixture
def client_for(db: None) -> Callable[..., Client]:
    """`client_for(cast.head)`: a client signed in as the person behind an actor, in that role, second step included."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib import auth

    from leesbouw.accounts.middleware import SESSION_KEY
    from leesbouw.accounts.models import User
    from leesbouw.core.sessions import SessionStore

    def sign_in(actor) -> Client:  # type: ignore[no-untyped-def]
        second_step = {"user_id": actor.user_id, "type": Authenticator.Type.TOTP}
        Authenticator.objects.get_or_create(**second_step, defaults={"data": {}})
        session = SessionStore()
        session[auth.SESSION_KEY] = str(actor.user_id)
        session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[auth.HASH_SESSION_KEY] = User.objects.get(pk=actor.user_id).get_session_auth_hash()
        session[SESSION_KEY] = actor.assignment_id
        session.save()
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return sign_in


@pytest.fixture
def shared_data() -> Path:
    """The folder with real files beside the project; a test that needs it is skipped where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.exists():
        pytest.skip("the real files are not here")
    return folder


@pytest.fixture
def queries_of():
    """`queries_of(client, path)`: how many queries a page costs once content is in memory."""

    def count(client, path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(path)
        assert answer.status_code == 200, path
        return len(caught)

    return count
