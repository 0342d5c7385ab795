"""The kernel's rooms: audit with undo, request ids, files, mail, content, time, registry."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.accounts.models import RoleAssignment
from leesbouw.core import content, files, mail, once, stamp
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent, Undo, record, undo_event
from leesbouw.core.db import Asked, from_json, update_rows
from leesbouw.core.errors import Sentence
from leesbouw.core.health import Condition
from leesbouw.core.registry import Registry, health_checks, undo
from leesbouw.core.time import Period, SchoolYear, now
from tests.factories.forgetting import forgotten


class TestTime:
    @given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)))
    def test_every_day_lies_in_exactly_its_school_year(self, day):
        year = SchoolYear.of(day)
        assert day in year
        assert day not in year.next
        assert day not in year.previous
        assert SchoolYear.parse(str(year)) == year

    @pytest.mark.parametrize("text", ["2026-2027", "2026/2027", "2026-27", " 2026 ", "2026–2027"])
    def test_ways_to_write_a_year(self, text):
        assert SchoolYear.parse(text) == SchoolYear(2026)

    @pytest.mark.parametrize("text", ["", "26-27", "2026-2028", "jaar", "2026-2027-2028", "1-2"])
    def test_what_is_no_year(self, text):
        with pytest.raises(ValueError, match="not a school year"):
            SchoolYear.parse(text)

    @time_machine.travel("2026-07-31 22:30:00+00:00", tick=False)
    def test_the_year_turns_at_midnight_in_amsterdam(self):
        assert SchoolYear.running() == SchoolYear(2026)

    def test_a_period_does_not_end_before_it_starts(self):
        with pytest.raises(ValueError, match="cannot end"):
            Period(date(2026, 2, 1), date(2026, 1, 1))


def test_a_code_is_registered_once():
    registry = Registry("test")
    registry.add("a", 1)
    with pytest.raises(ValueError, match="twice"):
        registry.add("a", 2)
    with pytest.raises(LookupError, match="nothing is registered"):
        registry["b"]


class TestUndo:
    @pytest.fixture
    def undone(self, monkeypatch):
        calls = []
        monkeypatch.setitem(undo._items, "test.undo", lambda *, by, number: calls.append(number))
        return calls

    def test_once_and_only_by_whoever_did_it(self, cast, undone):
        event = record(by=cast.consultant, verb="test.do", undo=Undo("test.undo", {"number": 7}))
        with pytest.raises(Sentence):
            undo_event(event_id=event.pk, by=cast.manager)
        undo_event(event_id=event.pk, by=cast.consultant)
        with pytest.raises(Sentence):
            undo_event(event_id=event.pk, by=cast.consultant)
        assert undone == [7]

    def test_an_event_without_inverse_stays(self, cast):
        event = record(by=cast.consultant, verb="test.do")
        with pytest.raises(Sentence):
            undo_event(event_id=event.pk, by=cast.consultant)

    def test_an_event_holds_ids_and_no_name(self, cast):
        event = record(by=cast.consultant, verb="test.do", subject=cast.a1)
        row = AuditEvent.objects.filter(pk=event.pk).values().get()
        assert cast.consultant.name not in str(row)
        assert (row["by_user_id"], row["subject_id"]) == (cast.consultant.user_id, cast.a1.pk)


class TestRequestIds:
    def test_the_second_time_gives_the_first_answer(self, cast):
        assert once.first_answer(cast.head, "abc") is None
        once.remember(cast.head, "abc", "/school/99AA00/")
        assert once.first_answer(cast.head, "abc") == "/school/99AA00/"
        assert once.first_answer(cast.other_head, "abc") is None

    def test_forgotten_after_a_day(self, cast):
        once.remember(cast.head, "abc", "/")
        once.remember(cast.head, "never asked again", "/")
        with time_machine.travel(now() + timedelta(hours=25)):
            assert once.first_answer(cast.head, "abc") is None  # and may be used anew
        with time_machine.travel(now() + timedelta(days=2)):
            assert forgotten("request", days=1) == 1


class TestFiles:
    def test_kept_under_a_clean_name_and_read_back(self, db):
        row = files.store(
            b"inhoud", name="../../etc/verslag 1.pdf", content_type="application/pdf", by=SYSTEM
        )
        assert row.name == "verslag 1.pdf"
        assert row.read() == b"inhoud"
        assert row.path.is_relative_to(files.folder())

    @pytest.mark.parametrize("name", ["plaatje.SVG", "pagina.html", "stiekem.htm"])
    def test_active_content_is_refused(self, db, name):
        with pytest.raises(Sentence):
            files.store(b"<svg/>", name=name, content_type="text/plain", by=SYSTEM)

    def test_a_write_that_fails_leaves_nothing(self, tmp_path, monkeypatch):
        monkeypatch.setattr("os.fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OSError, match="full"):
            files.write_safely(tmp_path / "deel", b"x")
        assert list(tmp_path.iterdir()) == []


class TestMail:
    def test_waits_twenty_seconds(self, db, mailoutbox):
        mail.send(to="a@voorbeeld.example", subject="Dag", body="Tekst", by=SYSTEM)
        assert mail.send_due() == 0
        with time_machine.travel(now() + timedelta(seconds=21)):
            assert mail.send_due() == 1
            assert mail.send_due() == 0
        assert [m.subject for m in mailoutbox] == ["Dag"]

    def test_can_be_taken_back(self, db, mailoutbox):
        message = mail.send(to="a@voorbeeld.example", subject="Dag", body="Tekst", by=SYSTEM)
        mail.take_back(message_id=message.pk, by=SYSTEM)
        with time_machine.travel(now() + timedelta(minutes=1)):
            assert mail.send_due() == 0
        assert mailoutbox == []

    def test_without_a_server_nobody_is_told_that_it_left(self, db, settings):
        check = health_checks["mail"]
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        assert mail.stays_here()
        assert (check().condition, "geen mailserver" in str(check().sentence)) == (Condition.NEW, True)
        mail.send(to="a@voorbeeld.example", subject="Dag", body="Tekst", by=SYSTEM, at_once=True)
        mail.send_due()
        assert check().condition == Condition.LATE
        stamp.write("demo", "small")
        assert not mail.stays_here()  # there nobody waits for a letter

    def test_stays_inside_a_demo(self, db, mailoutbox):
        stamp.write("demo", "small")
        mail.send(to="a@voorbeeld.example", subject="Dag", body="Tekst", by=SYSTEM, at_once=True)
        assert mail.send_due() == 1
        assert mailoutbox == []

    def test_a_header_holds_no_line_break(self, db):
        with pytest.raises(ValueError, match="line breaks"):
            mail.send(to="a@voorbeeld.example", subject="Dag\nBcc: x@y.z", body="", by=SYSTEM)

    def test_a_server_that_is_away_is_tried_again_and_then_reported(self, db, settings, monkeypatch):
        monkeypatch.setattr(
            "leesbouw.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError())
        )
        message = mail.send(to="a@voorbeeld.example", subject="Dag", body="", by=SYSTEM, at_once=True)
        at = now()
        for n in range(mail.TRIES):
            at += timedelta(hours=2)
            with time_machine.travel(at):
                mail.send_due()
            message.refresh_from_db()
            assert bool(message.failed_at) == (n == mail.TRIES - 1)


class TestContent:
    FILE = 'title = "T"\nsource = "S"\nstatus = "voorbeeld"\n[body]\nname = "%s"\n'

    @pytest.fixture
    def folder(self, tmp_path, monkeypatch, db):
        class Thing(content.Body):
            name: str

        monkeypatch.setitem(content.content_kinds._items, "thing", Thing)
        (tmp_path / "thing").mkdir()
        return tmp_path

    def put(self, folder, version, text):
        (folder / "thing" / f"a@{version}.toml").write_text(self.FILE % text)

    def test_the_newest_version_counts(self, folder):
        self.put(folder, 1, "oud")
        self.put(folder, 2, "nieuw")
        assert content.load_all(folder) == 2
        assert content.load_all(folder) == 0
        assert content.current("thing", "a").body.name == "nieuw"

    def test_what_was_loaded_is_never_changed(self, folder):
        self.put(folder, 1, "oud")
        content.load_all(folder)
        self.put(folder, 1, "anders")
        with pytest.raises(content.ContentError, match="new version"):
            content.load_all(folder)

    @pytest.mark.parametrize("text", ['title = "T"', "dit is geen toml", FILE % 'x"\nextra = "y'])
    def test_a_broken_file_names_itself(self, folder, text):
        (folder / "thing" / "b@1.toml").write_text(text)
        with pytest.raises(content.ContentError, match="b@1"):
            content.load_all(folder)

    def test_the_database_holds_a_shipped_version_once(self, folder):
        self.put(folder, 1, "oud")
        content.load_all(folder)
        row = content.ContentItem.objects.get(kind="thing")
        row.pk = None
        with pytest.raises(IntegrityError):
            row.save(force_insert=True)


class TestUpdatingRows:
    def test_only_the_fields_that_are_named_change_and_each_row_gets_its_own(self, db):
        first, second = (stamp.Stamp.objects.create(name=name, value="was") for name in "ab")
        first.value, second.value = "eerste", "tweede"
        first.at = second.at = now() + timedelta(days=9)

        update_rows([first, second], ["value"])

        assert dict(stamp.Stamp.objects.filter(name__in="ab").values_list("name", "value")) == {
            "a": "eerste",
            "b": "tweede",
        }
        assert not stamp.Stamp.objects.filter(at__gt=now()).exists()

    def test_a_row_that_is_gone_does_not_come_back(self, db):
        row = stamp.Stamp.objects.create(name="a", value="was")
        stamp.Stamp.objects.filter(pk="a").delete()

        update_rows([row], ["value"])

        assert not stamp.Stamp.objects.filter(pk="a").exists()

    def test_many_rows_are_one_statement(self, db, django_assert_num_queries):
        rows = [stamp.Stamp.objects.create(name=str(number), value="was") for number in range(30)]

        with django_assert_num_queries(1):
            update_rows(rows, ["value", "at"])
        with django_assert_num_queries(0):
            update_rows([], ["value"])


class TestAskedOften:
    asked = Asked(lambda: stamp.Stamp.objects.filter(name="").filter(value="").values_list("name", "value"))

    def test_the_same_question_is_asked_with_other_values(self, db):
        for name, value in (("a", "een"), ("b", "twee"), ("c", "een")):
            stamp.Stamp.objects.create(name=name, value=value)

        assert self.asked.rows("b", "twee") == [("b", "twee")]
        assert self.asked.rows("a", "een") == [("a", "een")]
        assert self.asked.rows("a", "twee") == []

    def test_objects_are_those_that_django_makes(self, cast):
        """With days, moments, what is selected along and what is annotated; each time anew."""
        known = (
            RoleAssignment.objects.select_related("unit")
            .annotate(has_mail=Q(user__email__contains="@"))
            .order_by("pk")
        )
        often = Asked(lambda: known.filter(user=0))

        for user_id in (cast.head.user_id, cast.consultant.user_id):
            found, expected = often.objects("%@%", user_id), list(known.filter(user=user_id))
            assert [vars(one) | {"_state": 0} for one in found] == [
                vars(one) | {"_state": 0} for one in expected
            ]
            assert [one.unit.name for one in found] == [one.unit.name for one in expected]
            assert isinstance(found[0].starts_on, date)
            assert not found[0]._state.adding
        assert often.objects("%@%", 0) == []

    def test_json_comes_back_whatever_the_driver_gives(self):
        assert from_json('["a", {"b": 1}]') == from_json(["a", {"b": 1}]) == ["a", {"b": 1}]
        assert from_json(None) is None


def test_whether_this_is_a_demo_is_asked_once_a_minute(monkeypatch, django_assert_num_queries, db) -> None:
    monkeypatch.setattr(stamp, "NO_HOLDS", 60)
    with django_assert_num_queries(1):
        assert not stamp.is_demo()
        assert not stamp.is_demo()
    stamp.write("demo", "small")
    with django_assert_num_queries(1):
        assert stamp.is_demo()
        assert stamp.is_demo()
    stamp.forget_demo()
