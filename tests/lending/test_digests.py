"""A teacher who wants it gets a weekly message with numbers about her own groups, and no name of a child."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leesbouw.accounts.models import RoleAssignment, User
from leesbouw.core.access import SYSTEM, Actor, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import today
from leesbouw.lending.actions import digests, end_digest, lend, mail_digests, want_digest
from leesbouw.lending.models import Digest, Loan
from tests.factories.cast import add_person
from tests.factories.lending import Shelf
from tests.factories.teaching import teach


@pytest.fixture
def teacher(cast, shelf: Shelf) -> Actor:
    return teach(add_person("Eva Bericht", "teacher", cast.a1), shelf.children.groups["5"], by=cast.manager)


@pytest.fixture
def school_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "_is_school_day", lambda _row, _day: True)


def letters() -> list[Outgoing]:
    return list(Outgoing.objects.filter(to__startswith="Eva Bericht"))


def test_the_message_holds_numbers_and_no_name(shelf, teacher, school_day) -> None:
    outcome = lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=teacher)
    Loan.objects.trusted("test").filter(pk=outcome.answer.loan).update(due_on=today() - timedelta(days=2))
    want_digest(by=teacher)
    assert mail_digests(by=SYSTEM) == 1
    (letter,) = letters()
    assert "Boeken die te laat zijn: 1" in letter.body
    assert f"/klas/groep/{shelf.children.groups['5'].pk}/lenen/" in letter.body
    assert "groep 6" not in letter.body.lower()
    assert not any(name in letter.body for name in ("Noor", "Sem", "Yusuf"))
    assert not any("Noor" in str(event.data) for event in AuditEvent.objects.filter(verb__contains="digest"))


def test_it_comes_once_a_week_until_she_ends_it(shelf, teacher, school_day) -> None:
    want_digest(by=teacher)
    want_digest(by=teacher)
    assert [mail_digests(by=SYSTEM), mail_digests(by=SYSTEM)] == [1, 0]
    Digest.objects.visible_to(SYSTEM).update(mailed_on=today() - timedelta(days=7))
    assert mail_digests(by=SYSTEM) == 1
    end_digest(by=teacher)
    end_digest(by=teacher)
    assert mail_digests(by=SYSTEM) == len(Digest.objects.visible_to(SYSTEM)) == 0
    verbs = AuditEvent.objects.filter(verb__in=["lending.want_digest", "lending.end_digest"])
    assert sorted(verbs.values_list("verb", flat=True)) == ["lending.end_digest", "lending.want_digest"]


def test_who_teaches_no_group_or_left_gets_none(cast, shelf, teacher, school_day) -> None:
    idle = add_person("Eva Bericht Zonder Groep", "teacher", cast.a1)
    want_digest(by=idle)
    want_digest(by=teacher)
    User.objects.filter(pk=teacher.user_id).update(is_active=False)
    assert (mail_digests(by=SYSTEM), letters()) == (0, [])
    RoleAssignment.objects.filter(pk=teacher.assignment_id).delete()
    assert [row.assignment_id for row in Digest.objects.visible_to(SYSTEM)] == [idle.assignment_id]


@pytest.mark.parametrize(
    ("day", "is_school_day"),
    [
        (date(2026, 11, 30), True),
        (date(2026, 11, 29), False),  # a Sunday
        (date(2026, 12, 25), False),  # in the holidays
    ],
)
def test_it_comes_on_a_day_of_school_while_she_has_the_role(cast, shelf, teacher, day, is_school_day) -> None:
    RoleAssignment.objects.filter(pk=teacher.assignment_id).update(starts_on=date(2026, 8, 1))
    want_digest(by=teacher)
    row = Digest.objects.visible_to(SYSTEM).select_related("assignment").get()
    assert digests._is_school_day(row, day) is is_school_day
    row.assignment.ends_on = day - timedelta(days=1)
    assert not digests._is_school_day(row, day)


def test_a_volunteer_and_a_colleague_elsewhere_ask_nothing(cast, shelf, desk, teacher) -> None:
    with pytest.raises(NotAllowed):
        want_digest(by=desk)
    want_digest(by=teacher)
    other = add_person("Ander Bericht", "teacher", cast.c1)
    assert not Digest.objects.visible_to(other).exists()
    assert not Digest.objects.visible_to(cast.manager).exists()


def test_the_button_stands_at_her_own_group_alone(cast, shelf, teacher, coordinator, client_for) -> None:
    page = f"/klas/groep/{shelf.children.groups['5'].pk}/lenen/"
    client = client_for(teacher)
    assert "Stuur mij het bericht" in client.get(page).content.decode()
    assert client.post(f"{page}bericht/", {"wil": "ja"}).status_code == 302
    assert "Stuur mij geen bericht" in client.get(page).content.decode()
    assert client.post(f"{page}bericht/", {"wil": "nee"}).status_code == 302
    assert not Digest.objects.visible_to(SYSTEM).exists()
    assert "Elke week een bericht" not in client_for(coordinator).get(page).content.decode()
    assert client_for(coordinator).post(f"{page}bericht/", {"wil": "ja"}).status_code == 404
    other = f"/klas/groep/{shelf.children.groups['6'].pk}/lenen/bericht/"
    assert client.post(other, {"wil": "ja"}).status_code == 404
