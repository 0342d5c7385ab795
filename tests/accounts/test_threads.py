"""One link in many browsers at once acts once. Run by `make machine`."""

import pytest

from leesbouw.accounts.actions import accept_invitation, create_task_link, invite, perform_task
from leesbouw.accounts.models import User
from leesbouw.accounts.tasks import Task, tasks
from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from tests.core.test_threads import at_once
from tests.factories.cast import make_cast

pytestmark = [pytest.mark.threads, pytest.mark.usefixtures("committed_db")]


def token() -> str:
    body = Outgoing.objects.latest("pk").body
    return next(line for line in body.split() if "://" in line).rstrip("/").rsplit("/", 1)[1]


def test_an_invitation_makes_one_account():
    cast = make_cast()
    invite(
        email="nieuw@voorbeeld.example",
        name="Nieuw",
        role_code="reading-consultant",
        unit=cast.library_a,
        by=cast.administrator,
    )
    secret = token()
    wrong = at_once(
        8,
        lambda n: accept_invitation(token=secret, by=SYSTEM, name="Nieuw", password="een lang wachtwoord 1"),
    )
    assert User.objects.filter(email="nieuw@voorbeeld.example").count() == 1
    assert [type(error) for error in wrong] == [Sentence] * 7


def test_a_task_is_done_once():
    cast, did = make_cast(), []
    tasks.add("test.once", Task("Proef", "x.html", lambda *, by, link: did.append(link.pk)))
    try:
        create_task_link(
            unit=cast.a1, email="a@voorbeeld.example", name="A", task="test.once", by=cast.consultant
        )
        secret = token()
        wrong = at_once(10, lambda n: perform_task(token=secret))
    finally:
        del tasks._items["test.once"]
    assert len(did) == 1
    assert [type(error) for error in wrong] == [Sentence] * 9
