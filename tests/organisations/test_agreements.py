"""The processing agreement that gates pupils: which one holds, who sees it, and what may be recorded."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from PIL import Image

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.files import StoredFile
from leesbouw.core.time import today
from leesbouw.organisations import actions, queries
from leesbouw.organisations.domain import MOST_BYTES, agreement_state, kind_of_file
from leesbouw.organisations.models import ProcessingAgreement

DAY = date(2026, 9, 1)
PDF = b"%PDF-1.7 signed"


def recorded(cast, place="a1", by=None, **values):
    told = {
        "library": cast.library_a,
        "version": "4.0",
        "signed_on": DAY,
        "starts_on": DAY,
        "ends_on": date(2029, 8, 31),
        "signer_name": "Ria Bos",
        "signer_function": "directeur",
        "privacy_annex": True,
        "security_annex": True,
    }
    location = getattr(cast, place)
    return actions.record_agreement(location=location, by=by or cast.manager, **(told | values))


def picture(kind="JPEG", size=(40, 60), **extra):
    content = io.BytesIO()
    Image.new("RGB", size, "white").save(content, kind, **extra)
    return content.getvalue()


@pytest.fixture
def autumn(cast):
    with time_machine.travel("2026-10-01 10:00", tick=False):
        yield


class TestWords:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (PDF, "pdf"),
            (b"\x89PNG\r\n\x1a\n..", "png"),
            (b"\xff\xd8\xff\xe0", "jpg"),
            (b"<svg>", ""),
            (b"", ""),
        ],
    )
    def test_a_file_is_what_its_bytes_say(self, content, kind):
        assert kind_of_file(content) == kind

    @pytest.mark.parametrize(
        ("days", "state"), [(None, "valid"), (91, "valid"), (90, "ends_soon"), (0, "ends_soon")]
    )
    def test_ninety_days_before_its_end_it_warns(self, days, state):
        last = None if days is None else DAY + timedelta(days=days)
        found = agreement_state(last_day=last, holds=True, later=False, had_one=True, today=DAY, warn_days=90)
        assert found == state

    @pytest.mark.parametrize(
        ("later", "had_one", "state"), [(True, True, "later"), (False, True, "over"), (False, False, "none")]
    )
    def test_what_does_not_hold(self, later, had_one, state):
        found = agreement_state(
            last_day=None, holds=False, later=later, had_one=had_one, today=DAY, warn_days=90
        )
        assert found == state


@pytest.mark.usefixtures("autumn")
class TestHolding:
    def test_it_holds_from_its_first_to_its_last_day(self, cast, django_assert_num_queries):
        row = recorded(cast)
        days = [DAY - timedelta(days=1), DAY, date(2029, 8, 31), date(2029, 9, 1)]
        assert [queries.has_agreement(cast.a1, day) for day in days] == [False, True, True, False]
        with django_assert_num_queries(1):
            assert queries.agreement_on(cast.a1.pk, DAY) == row
        assert queries.agreement_on(cast.a2, DAY) is None

    def test_without_a_known_end_it_goes_on(self, cast):
        recorded(cast, ends_on=None)
        assert queries.has_agreement(cast.a1, date(2060, 1, 1))

    def test_from_the_day_it_is_ended_it_holds_no_more(self, cast):
        row = recorded(cast)
        ended = actions.end_agreement(
            agreement=row, ended_on=date(2026, 10, 1), reason="De school stopt.", by=cast.manager
        )
        assert ended.last_day == date(2026, 9, 30)
        assert queries.has_agreement(cast.a1, date(2026, 9, 30))
        assert not queries.has_agreement(cast.a1, date(2026, 10, 1))

    def test_one_question_for_many(self, cast, django_assert_num_queries):
        first = recorded(cast)
        second = recorded(cast, "a2")
        with django_assert_num_queries(1):
            found = queries.agreements_on([cast.a1, cast.a2, cast.k1, cast.b1], DAY)
        assert found == {cast.a1.pk: first, cast.a2.pk: second}

    def test_of_two_the_newest_counts(self, cast):
        recorded(cast)
        newer = recorded(cast, starts_on=date(2026, 9, 15))
        assert queries.agreement_on(cast.a1, today()) == newer


@pytest.mark.usefixtures("autumn")
class TestStanding:
    def state(self, cast, place="a1", by=None):
        return queries.agreement_standing(by or cast.manager, getattr(cast, place)).state

    def test_every_state(self, cast):
        assert self.state(cast) == "none"
        row = recorded(cast, ends_on=date(2026, 12, 30))
        assert self.state(cast) == "ends_soon"
        actions.end_agreement(agreement=row, ended_on=today(), reason="", by=cast.manager)
        assert self.state(cast) == "over"
        recorded(cast, starts_on=date(2026, 11, 1))
        assert self.state(cast) == "later"
        recorded(cast, starts_on=date(2026, 9, 2))
        assert self.state(cast) == "valid"
        assert self.state(cast, "k1") == "not_needed"

    def test_who_signed_again_in_time_is_not_warned(self, cast):
        recorded(cast, ends_on=date(2026, 11, 30))
        assert queries.agreements_ending(cast.manager)[0].location == cast.a1
        recorded(cast, starts_on=date(2026, 12, 1))
        assert self.state(cast) == "valid"
        assert queries.agreements_ending(cast.manager) == []

    def test_one_that_ran_out_is_told_until_there_is_another_or_the_school_stops(self, cast):
        row = recorded(cast, ends_on=date(2026, 9, 30))
        assert queries.agreements_ending(cast.manager) == [row]
        with time_machine.travel("2027-06-01 10:00", tick=False):
            assert queries.agreements_ending(cast.manager) == [row]
        later = recorded(cast, starts_on=date(2026, 10, 1))
        assert queries.agreements_ending(cast.manager) == []
        actions.end_agreement(agreement=later, ended_on=today(), reason="", by=cast.manager)
        assert queries.agreements_ending(cast.manager) == []

    def test_the_library_the_school_and_its_board_see_it_and_nobody_else(self, cast):
        row = recorded(cast)
        seeing = {
            name: list(ProcessingAgreement.objects.visible_to(actor)) for name, actor in cast.actors.items()
        }
        assert {name for name, rows in seeing.items() if rows == [row]} == {
            "administrator",
            "manager",
            "consultant",
            "director",
            "volunteer",
            "head",
            "teacher",
            "board",
        }
        assert not any(rows for name, rows in seeing.items() if rows != [row])


@pytest.mark.usefixtures("autumn")
class TestRecording:
    def test_with_the_signed_file(self, cast):
        row = recorded(cast, content=PDF)
        assert (row.signer_name, row.channel, row.by_user_id) == ("Ria Bos", "file", cast.manager.user_id)
        assert (row.file.read(), row.file.content_type, row.file.unit_id, row.file.permission) == (
            PDF,
            "application/pdf",
            cast.library_a.pk,
            "organisations.view_agreement",
        )
        assert row.file.name == "verwerkersovereenkomst 99AA00.pdf"

    def test_the_event_names_nobody(self, cast):
        recorded(cast)
        event = AuditEvent.objects.latest("pk")
        assert (event.verb, event.unit_id, event.count) == ("organisations.record_agreement", cast.a1.pk, 1)
        assert event.data == {"version": "4.0", "channel": "file", "locations": ["99AA00"]}

    def test_one_agreement_of_a_board_for_all_its_schools(self, cast):
        rows = actions.record_agreements(
            library=cast.library_a,
            locations=[cast.a1, cast.a2],
            version="4.0",
            signed_on=DAY,
            starts_on=DAY,
            signer_name="Jan Wit",
            signer_function="bestuurder",
            content=PDF,
            by=cast.manager,
        )
        assert [row.location for row in rows] == [cast.a1, cast.a2]
        assert len({row.file_id for row in rows}) == 1
        assert AuditEvent.objects.filter(verb="organisations.record_agreement").get().count == 2

    def test_taken_back_it_is_gone_with_its_file(self, cast):
        row = recorded(cast, content=PDF)
        path = row.file.path
        event = AuditEvent.objects.latest("pk")
        undo_event(event_id=event.pk, by=cast.manager)
        assert not ProcessingAgreement.objects.exists()
        assert not StoredFile.objects.filter(sha256=path.name).exists()

    def test_what_was_ended_meanwhile_is_not_taken_back(self, cast):
        row = recorded(cast)
        event = AuditEvent.objects.latest("pk")
        actions.end_agreement(agreement=row, ended_on=today(), reason="", by=cast.administrator)
        with pytest.raises(Sentence):
            undo_event(event_id=event.pk, by=cast.manager)
        assert ProcessingAgreement.objects.filter(pk=row.pk).exists()

    def test_from_the_next_day_it_is_ended_and_not_taken_back(self, cast):
        row = recorded(cast)
        event = AuditEvent.objects.latest("pk")
        with time_machine.travel(today() + timedelta(days=1), tick=False), pytest.raises(Sentence):
            undo_event(event_id=event.pk, by=cast.manager)
        assert ProcessingAgreement.objects.filter(pk=row.pk).exists()

    def test_an_end_can_be_taken_back(self, cast):
        row = recorded(cast)
        actions.end_agreement(agreement=row, ended_on=today(), reason="Vergissing", by=cast.manager)
        undo_event(event_id=AuditEvent.objects.latest("pk").pk, by=cast.manager)
        row.refresh_from_db()
        assert (row.ended_on, row.ended_reason) == (None, "")

    @pytest.mark.parametrize(
        "values",
        [
            {"place": "k1"},
            {"version": "9.9"},
            {"signed_on": date(2026, 10, 2)},
            {"ends_on": date(2026, 8, 31)},
            {"content": b"<html>"},
            {"content": b"MZ\x90\x00"},
            {"content": b"\xff\xd8\xff broken"},
            {"content": b"%PDF-" + b"0" * MOST_BYTES},
        ],
    )
    def test_what_cannot_be(self, cast, values):
        with pytest.raises(Sentence):
            recorded(cast, **values)
        assert not ProcessingAgreement.objects.exists()
        assert not StoredFile.objects.exists()

    def test_a_picture_is_drawn_anew(self, cast):
        exif = Image.Exif()
        exif[0x010E] = "thuis bij Ria"
        content = picture(exif=exif)
        assert b"thuis bij Ria" in content
        kept = recorded(cast, content=content).file
        assert kept.content_type == "image/jpeg"
        assert b"thuis bij Ria" not in kept.read()
        assert Image.open(io.BytesIO(kept.read())).size == (40, 60)

    def test_the_same_day_twice_is_refused(self, cast):
        recorded(cast)
        with pytest.raises(Sentence):
            recorded(cast)
        assert ProcessingAgreement.objects.count() == 1

    @pytest.mark.parametrize("name", ["head", "teacher", "volunteer", "consultant", "director", "outsider"])
    def test_only_who_may(self, cast, name):
        row = recorded(cast)
        with pytest.raises(NotAllowed):
            recorded(cast, "a2", by=getattr(cast, name))
        with pytest.raises(NotAllowed):
            actions.end_agreement(agreement=row, ended_on=today(), reason="", by=getattr(cast, name))

    def test_what_is_over_cannot_be_ended(self, cast):
        row = recorded(cast, ends_on=date(2026, 9, 20))
        with pytest.raises(Sentence):
            actions.end_agreement(agreement=row, ended_on=today(), reason="", by=cast.manager)

    def test_the_paper_comes_once(self, cast):
        row = recorded(cast, channel="link")
        actions.attach_paper(agreement=row, content=PDF, by=SYSTEM)
        with pytest.raises(Sentence):
            actions.attach_paper(agreement=row, content=PDF, by=SYSTEM)

    def test_the_database_keeps_the_order_of_days(self, cast):
        row = recorded(cast)
        row.ends_on = row.starts_on - timedelta(days=1)
        with pytest.raises(IntegrityError):
            row.save()
