"""The demo: the story becomes rows through our own actions, whole, the same every time, and nobody's mail leaves."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail as django_mail
from django.db import connection, transaction

from leesbouw.accounts.models import Invitation, RoleAssignment, TaskLink, User
from leesbouw.accounts.permissions import roles
from leesbouw.accounts.queries import actor_for
from leesbouw.cli import Stop, demo, prepare
from leesbouw.core import mail, search, stamp
from leesbouw.core.registry import demo_parts
from leesbouw.core.story import Story
from leesbouw.core.time import SchoolYear, today
from leesbouw.exchange.models import ImportRun
from leesbouw.network.models import Conversation, GuideAnswer
from leesbouw.organisations.demo.places import follows
from leesbouw.organisations.models import (
    ClassGroup,
    Library,
    Location,
    LocationYear,
    Partnership,
    YearTransition,
)
from leesbouw.people.demo.teachers import fresh_names, plain
from leesbouw.people.models import ConsultantAssignment, Contact, GroupTeacher, StaffMember
from leesbouw.plans.models import Action

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def story(size: str = "small", on: date | None = None) -> Story:
    return Story(size, on or today(), _lists())


@cache
def _lists() -> dict[str, list[Any]]:
    return Story.read(settings.DEMO_FOLDER, size="full", today=today()).lists


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests has no migrations to look at."""
    for name in ("folder_is_usable", "upgrade_is_known", "bring_up_to_date", "hold_alone"):
        monkeypatch.setattr(prepare, name, lambda *_: None)


def command(**options: Any) -> int:
    return demo.run(argparse.Namespace(**{"size": "small", "reset": False, "json": True, **options}))


def unit_id(code: str) -> int:
    unit = apps.get_model("organisations", "Unit")
    return unit.objects.exclude(kind="branch").get(code=code).pk


class TestTheSmallDemo:
    def test_the_small_demo_is_the_story_of_one_library(self, small: dict[str, int]) -> None:
        assert small["locations"] == Location.objects.count() == 12
        assert Library.objects.count() == 1
        assert small["talks"] == Conversation.objects.trusted("demo test").count()
        assert small["users"] == User.objects.count()

    def test_every_role_has_a_person_who_signs_in_without_a_password(self, small: dict[str, int]) -> None:
        held = set(RoleAssignment.objects.filter(RoleAssignment.held_today()).values_list("role", flat=True))

        assert held == set(roles())
        assert len(held) == 37
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_colleagues_are_tied_to_their_accounts(self, small: dict[str, int]) -> None:
        staff = StaffMember.objects.trusted("demo test")

        assert staff.get(name="Ria van Dongen").user.email == "ria.van.dongen@voorbeeld.example"
        assert staff.get(name="Anja Postma").branch.name == "Elzenbroek, Marktplein"
        assert staff.get(name="Bram Oosting").ends_on is not None

    def test_three_school_years_are_told(self, small: dict[str, int]) -> None:
        running = SchoolYear.running()
        years = set(LocationYear.objects.values_list("year", flat=True))

        assert years == {running.previous.previous, running.previous, running, running.next}
        assert all(row.library_id for row in LocationYear.objects.all())
        schools = LocationYear.objects.exclude(location__sector="ko").exclude(year=running.next)
        assert all(row.pupils == sum(row.pupils_by_year_group.values()) for row in schools)

    def test_one_school_is_done_with_its_new_year_and_one_is_half_way(self, small: dict[str, int]) -> None:
        begun = YearTransition.objects.values_list("location__code", "finished_at")

        assert {code: finished is not None for code, finished in begun} == {"99AA00": False, "99AB00": True}

    def test_groups_follow_those_of_last_year(self, small: dict[str, int]) -> None:
        groups = ClassGroup.objects.filter(location__code="99AA00", year=SchoolYear.running())

        assert groups.get(name="5").follows.name == "4"
        assert groups.get(name="1/2a").follows.name == "1/2a"
        assert groups.get(name="1/2a").year_groups == [1, 2]

    def test_what_was_agreed_about_cooperation_is_as_told(self, small: dict[str, int]) -> None:
        for row in story().rows("locations"):
            going_on = Partnership.objects.get(location__code=row["code"], ends_on=None)
            partnership = row["partnership"]
            assert going_on.hours_per_year == partnership.get("hours_per_year"), row["code"]
            assert going_on.agreed_until == story().day_or_none(partnership, "agreed_until"), row["code"]
            assert (going_on.type, going_on.phase) == (partnership["type"], partnership["phase"])
        ended = Partnership.objects.get(location__code="99AF00", ends_on__isnull=False)
        assert (ended.hours_per_year, ended.decisions.count()) == (50, 2)

    def test_consultants_work_within_the_partnership_of_their_days(self, small: dict[str, int]) -> None:
        rows = ConsultantAssignment.objects.trusted("demo test").select_related("partnership")

        assert len(rows) == len(story().rows("assignments"))
        assert all(row.partnership.starts_on <= row.starts_on for row in rows)
        assert all(row.partnership.ends_on is None or row.ends_on <= row.partnership.ends_on for row in rows)

    def test_groups_have_teachers_and_some_share_one(self, small: dict[str, int]) -> None:
        rows = GroupTeacher.objects.trusted("demo test").exclude(group__year=SchoolYear.running().next)
        pairs = [len(row["teachers"]) for row in story().rows("group_teachers")]

        assert rows.count() == sum(pairs)
        assert max(pairs) == 2

    def test_there_is_an_import_to_look_back_at_and_to_undo(self, small: dict[str, int]) -> None:
        run = ImportRun.objects.get(importer="childcare")

        assert run.can_be_undone
        assert (run.counts["changed"], run.counts["same"]) == (2, 1)

    def test_everything_is_found(self, small: dict[str, int]) -> None:
        ria = RoleAssignment.objects.select_related("unit").get(user__name="Ria van Dongen")
        for text in ("Regenboog", "Meryem Kaya", "De Waaier", "Ria van Dongen"):
            assert search.find(actor_for(ria), text), text

    def test_every_talk_and_agreement_lies_where_the_story_puts_it(self, small: dict[str, int]) -> None:
        talks = Conversation.objects.trusted("demo test")

        assert not talks.filter(held_on__gt=today()).exists()
        assert not talks.filter(held_on=None, planned_on__lt=today()).exists()
        assert all(talk.day.weekday() < 5 for talk in talks)
        for row in story().rows("talks"):
            if row["on"].startswith("Y") and not row["unit"].startswith("P-"):
                held = talks.filter(unit=unit_id(row["unit"]), kind=row["kind"])
                years = {SchoolYear.of(talk.day) for talk in held}
                assert story().year(row["on"][:-6]) in years, row["code"]

    def test_only_an_empty_database_becomes_a_demo(self, ready: None, small: dict[str, int]) -> None:
        with pytest.raises(Stop) as stopped:
            command()

        assert "--reset" in stopped.value.sentence
        assert Location.objects.count() == 12

    def test_an_invitation_and_a_link_wait_and_no_mail_leaves(self, small: dict[str, int]) -> None:
        assert Invitation.objects.filter(used_at=None, revoked_at=None).count() == 1
        assert TaskLink.objects.filter(used_at=None, task="agreements.sign").count() == 1
        mail.Outgoing.objects.update(send_after=NOON - timedelta(days=999))

        assert mail.send_due() == 2

        assert django_mail.outbox == []
        assert stamp.is_demo()

    def test_no_text_names_anybody_who_is_not_a_grown_up_of_the_story(self, small: dict[str, int]) -> None:
        """Given names in a text are those of colleagues and contacts; a child is never named."""
        adults = {
            name.split(" ")[0]
            for model in (StaffMember, Contact)
            for name in model.objects.trusted("demo test").values_list("name", flat=True)
        }
        given = {*story().lists["first"], *adults}
        texts = [
            *Conversation.objects.trusted("demo test").values_list("summary", flat=True),
            *GuideAnswer.objects.trusted("demo test").values_list("text", flat=True),
            *Action.objects.trusted("demo test").values_list("what", flat=True),
        ]

        named = {word for text in texts for word in re.findall(r"\b[A-Z][a-zé]+\b", text)} & given

        assert named <= adults
        assert "Meryem" in named


# Days


def test_days_keep_to_their_school_year_whatever_today_is() -> None:
    happened = re.compile(r'(?:\bon|held_on|decided_on|checked_on|done) = "((?:Y|D-)[^"]+)"')
    told = set(happened.findall("\n".join(path.read_text() for path in settings.DEMO_FOLDER.glob("*.toml"))))
    one = story()
    for number in range(0, 731, 3):
        one.today = date(2026, 7, 1) + timedelta(days=number)
        for text in told:
            day, workday = one.day(text), one.happened(one.day(text))
            assert workday.weekday() < 5
            assert text.startswith("D") or SchoolYear.of(workday) == SchoolYear.of(day)


def test_the_story_happens_in_the_past_and_plans_in_the_future() -> None:
    on = date(2027, 1, 31)  # a Sunday
    one = story(on=on)

    assert one.day("Y0-10-14") == date(2026, 10, 14)
    assert one.day("Y-1-03-12") == date(2026, 3, 12)
    assert one.happened(on - timedelta(days=1)) == date(2027, 1, 29)
    assert one.workday(on) == date(2027, 2, 1)
    with pytest.raises(ValueError, match="not come yet"):
        one.happened(on + timedelta(days=1))
    with pytest.raises(ValueError, match="not a day"):
        one.day("morgen")


# Whole or not at all, the same every time


def everything() -> dict[str, list[Any]]:
    """All rows of our own models, but for secrets that are drawn anew each time, and answers without their order."""
    drawn = {"token_hash", "body", "password", "ref", "uid", "salt", "pin_hash"}
    mixed = {"monitor.Submission", "monitor.OpenAnswer"}
    coded = {
        "monitor.ClassCode": {"code"},
        "monitor.TeamSession": {"code"},
        "lending.Card": {"barcode"},
        "pupils.PictureKey": {"digest", "avatar"},
    }
    rows: dict[str, list[Any]] = {}
    for model in apps.get_models():
        if model.__module__.startswith("leesbouw."):
            label = model._meta.label
            left_out = drawn | ({"id"} if label in mixed else coded.get(label, set()))
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in left_out]
            found = list(model._base_manager.order_by("pk").values_list(*names))
            rows[label] = sorted(found, key=repr) if label in mixed else found
    return rows


@pytest.mark.walk
@pytest.mark.django_db
def test_the_same_day_gives_the_same_demo() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("numbers of rows go on after a rollback")
    seen = []
    for _time in range(2):
        with time_machine.travel(NOON, tick=False), transaction.atomic():
            demo.fill("small")
            seen.append(everything())
            transaction.set_rollback(True)
        stamp.forget_demo()

    assert [label for label in seen[0] if seen[0][label] != seen[1][label]] == []


@pytest.mark.walk
@pytest.mark.django_db
def test_a_demo_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: Any, **__: Any) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr("leesbouw.network.demo.record_talks", fall)

    with pytest.raises(RuntimeError, match="half-way"):
        demo.fill("small")

    assert prepare.is_empty()
    assert not stamp.is_demo()


def test_a_database_of_somebody_is_never_emptied(ready: None, cast: Any) -> None:
    locations = Location.objects.count()
    for reset in (False, True):
        with pytest.raises(Stop):
            command(reset=reset)

    assert Location.objects.count() == locations
    assert not stamp.is_demo()


@pytest.mark.walk
def test_a_demo_starts_anew(
    ready: None, committed_db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as only:  # an earlier demo of which the schools will do
        only.setattr(demo, "parts_in_order", lambda: [demo_parts["organisations"]])
        demo.fill("small")
    User.objects.create(email="visitor@voorbeeld.example", name="Visitor")

    assert command(reset=True) == 0

    assert '"locations": 12' in capsys.readouterr().out
    assert not User.objects.filter(name="Visitor").exists()
    assert stamp.is_demo()
    kevin = RoleAssignment.objects.select_related("unit").filter(role="administrator").get()
    assert len(search.find(actor_for(kevin), "Regenboog", kinds=["location"])) == 1


# Names and groups that are made


def test_made_names_are_new_and_all_different() -> None:
    one = story("full")
    taken = {plain(row["name"]) for name in ("staff", "contacts", "users") for row in one.lists[name]}
    names = fresh_names(one.lists["first"], one.lists["last"], taken)
    made = [plain(next(names)) for _number in range(5000)]

    assert len(set(made)) == 5000
    assert not set(made) & taken


@pytest.mark.parametrize(
    ("name", "last", "expected"),
    [
        ("4b", ["3a", "3b", "4b"], "3b"),
        ("3", ["1/2a", "1/2b", "3"], "1/2a"),
        ("1/2", ["1/2", "3"], "1/2"),
        ("2A", ["1A", "1B"], "1A"),
        ("1A", ["1A"], ""),
        ("Vlinders", ["Vlinders"], "Vlinders"),
        ("Uilen", [], ""),
    ],
)
def test_a_group_follows_the_one_its_children_were_in(name: str, last: list[str], expected: str) -> None:
    assert follows(name, last) == expected
