"""Who takes part in a round: inviting, saying yes, more time, reminding, and what one sees of it."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.test import Client

from leesbouw.accounts.models import TaskLink
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import queue_scheduled, work_off
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import now, today
from leesbouw.monitor import actions, queries
from leesbouw.monitor.domain.progress import Asks
from leesbouw.monitor.enums import AuthorisedBy, Cohort, ParticipationState
from leesbouw.monitor.models import (
    ClassCode,
    Follower,
    MeasuringRhythm,
    Participation,
    PersonalLink,
    Submission,
)
from leesbouw.organisations.actions import GroupRow, save_groups, start_partnership
from leesbouw.people.actions import (
    AssignmentRow,
    ContactRow,
    StaffRow,
    assign_consultants,
    save_contact,
    save_staff,
)
from tests.factories.cast import Cast

from .test_rounds import going, plan


def invited(cast: Cast) -> Participation:
    row = plan(cast)
    return actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)[0]


def head_at(cast: Cast, function: str = "head", email: str = "kaya@voorbeeld.example") -> None:
    save_contact(ContactRow(cast.a1.pk, "M. Kaya", function, "strategic", email=email), by=cast.manager)


def waited(row: object, days: int) -> None:
    """The round opened so many days ago."""
    type(row).objects.filter(pk=row.pk).update(opened_on=today() - timedelta(days=days))  # type: ignore[attr-defined]


def last_link() -> str:
    """The path of the link in the newest letter."""
    found = re.search(r"https?://[^\s/]+(/\S+)", Outgoing.objects.order_by("-pk")[0].body)
    assert found
    return found[1]


# Inviting


def test_proposed_are_schools_whose_turn_it_is(cast: Cast) -> None:
    start_partnership(library=cast.library_a, location=cast.a2, by=SYSTEM, domains=["reading"])
    row = plan(cast, cohort=Cohort.EVEN)
    actions.set_rhythm(location_ids=[cast.a2.pk], rhythm=Cohort.ODD, by=cast.manager)

    assert [(one.name, one.has_turn) for one in queries.candidates(cast.manager, row)] == [
        ("De Regenboog", True),
        ("'t Anker", False),
    ]


def test_in_a_round_for_all_everybody_is_proposed(cast: Cast) -> None:
    actions.set_rhythm(location_ids=[cast.a1.pk], rhythm=Cohort.ODD, by=cast.manager)

    assert [one.has_turn for one in queries.candidates(cast.manager, plan(cast))] == [True]


def test_a_round_of_child_care_proposes_child_care(cast: Cast) -> None:
    assert [one.name for one in queries.candidates(cast.manager, plan(cast, kind="ko"))] == ["Pinkeltje"]


def test_inviting_twice_invites_once_and_can_be_undone(cast: Cast) -> None:
    row = plan(cast)
    first = actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)
    again = actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)

    assert (len(first), again, row.participations.count()) == (1, [], 1)
    undo_event(event_id=AuditEvent.objects.get(verb="monitor.enrol").pk, by=cast.manager)
    assert row.participations.count() == 0
    undo_event(event_id=AuditEvent.objects.get(verb="monitor.take_out").pk, by=cast.manager)
    assert row.participations.count() == 1


@pytest.mark.parametrize("place", ["c1", "k1", "b1"])
def test_out_of_reach_or_of_another_kind_is_not_invited(place: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.enrol(round=plan(cast), location_ids=[getattr(cast, place).pk], by=cast.manager)


# Saying yes


def test_a_head_says_yes_with_her_link(cast: Cast) -> None:
    one = invited(cast)
    actions.ask_head(participation=one, name="M. Kaya", email="kaya@voorbeeld.example", by=cast.manager)
    url = last_link()
    page = Client().get(url).content.decode()

    assert "Leerlingen groep 5 tot en met 8" in page
    assert "Namen: niemand vult er een in" in page
    one.refresh_from_db()
    assert one.authorised_on is None  # looking says nothing
    answer = Client().post(url, {"answer": "ja", "reason": "", "name": "Mevrouw Kaya"})
    one.refresh_from_db()
    assert answer.status_code == 200
    assert (one.authorised_on, one.authorised_by, one.authorised_name) == (
        today(),
        AuthorisedBy.LINK,
        "Mevrouw Kaya",
    )
    assert one.state == ParticipationState.AUTHORISED


def test_a_head_says_no_with_a_reason(cast: Cast) -> None:
    one = invited(cast)
    actions.ask_head(participation=one, name="M. Kaya", email="kaya@voorbeeld.example", by=cast.manager)
    url = last_link()
    refused = Client().post(url, {"answer": "nee", "reason": "", "name": "M. Kaya"})
    assert "Zeg in een paar woorden waarom niet." in refused.content.decode()
    Client().post(url, {"answer": "nee", "reason": "Wij meten volgend jaar.", "name": "M. Kaya"})
    one.refresh_from_db()

    assert (one.state, one.declined_because) == (ParticipationState.DECLINED, "Wij meten volgend jaar.")


def test_a_second_link_ends_the_first(cast: Cast) -> None:
    one = invited(cast)
    for _time in range(2):
        actions.ask_head(participation=one, name="M. Kaya", email="kaya@voorbeeld.example", by=cast.manager)

    assert [link.revoked_at is None for link in TaskLink.objects.order_by("pk")] == [False, True]


def test_a_yes_ends_the_links_that_wait(cast: Cast) -> None:
    one = invited(cast)
    actions.ask_head(participation=one, name="M. Kaya", email="kaya@voorbeeld.example", by=cast.manager)
    actions.authorise(participation=one, name="M. Kaya", by=cast.head)

    assert queries.open_requests(one.round_id) == {}


@pytest.mark.parametrize(("who", "way"), [("head", AuthorisedBy.ACCOUNT), ("manager", AuthorisedBy.LIBRARY)])
def test_how_the_yes_came_in_is_kept(who: str, way: str, cast: Cast) -> None:
    one = actions.authorise(participation=invited(cast), name="M. Kaya", by=getattr(cast, who))

    assert one.authorised_by == way


@pytest.mark.parametrize("who", ["teacher", "consultant", "director"])
def test_others_cannot_say_yes(who: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.authorise(participation=invited(cast), by=getattr(cast, who))


@pytest.mark.parametrize("who", ["other_head", "outsider", "other_library"])
def test_another_school_is_not_found(who: str, cast: Cast) -> None:
    with pytest.raises(Participation.DoesNotExist):
        actions.authorise(participation=invited(cast), by=getattr(cast, who))


def test_a_school_that_said_yes_is_not_taken_out(cast: Cast) -> None:
    one = actions.authorise(participation=invited(cast), by=cast.head)
    with pytest.raises(Sentence):
        actions.take_out(round=one.round, ids=[one.pk], by=cast.manager)


def test_a_school_that_began_cannot_say_no(cast: Cast) -> None:
    one = actions.authorise(participation=invited(cast), by=cast.head)
    Participation.objects.filter(pk=one.pk).update(started_on=today())
    with pytest.raises(Sentence):
        actions.decline(participation=one, reason="Te druk", by=cast.head)


# More time


def test_more_time_is_for_one_school_and_can_be_undone(cast: Cast) -> None:
    row = going(cast)
    one, until = row.participations.get(), row.closes_on + timedelta(days=14)
    actions.extend(round=row, ids=[one.pk], until=until, by=cast.manager)
    one.refresh_from_db()
    assert (one.closes_on, one.round.closes_on) == (until, row.closes_on)
    undo_event(event_id=AuditEvent.objects.get(verb="monitor.extend").pk, by=cast.manager)
    one.refresh_from_db()
    assert one.extended_to is None


def test_more_time_is_later_than_that_of_the_round(cast: Cast) -> None:
    row = going(cast)
    with pytest.raises(Sentence):
        actions.extend(round=row, ids=[row.participations.get().pk], until=row.closes_on, by=cast.manager)


def test_the_rhythm_of_several_schools_goes_back_to_what_each_was(cast: Cast) -> None:
    actions.set_rhythm(location_ids=[cast.a1.pk], rhythm=Cohort.ODD, by=cast.manager)
    actions.set_rhythm(location_ids=[cast.a1.pk, cast.a2.pk], rhythm=Cohort.EVEN, by=cast.manager)
    event = AuditEvent.objects.filter(verb="monitor.set_rhythm").latest("pk")
    undo_event(event_id=event.pk, by=cast.manager)

    assert dict(MeasuringRhythm.objects.values_list("pk", "rhythm")) == {
        cast.a1.pk: Cohort.ODD,
        cast.a2.pk: Cohort.EVERY_YEAR,
    }


# What one sees


def test_progress_counts_pupils_and_a_group_once(cast: Cast) -> None:
    row = going(cast)
    one = actions.authorise(participation=row.participations.get(), by=cast.head)
    groups = save_groups(
        [GroupRow("4", (4,)), GroupRow("7", (7,))], location=cast.a1, year=row.year, by=cast.manager
    )
    ClassCode.objects.create(participation=one, group=groups["7"], code="A2B3C4", expected=26, done=21)
    for number, name in enumerate(("Joke", "Piet")):  # duo partners of one group
        PersonalLink.objects.create(
            participation=one,
            respondent="teacher",
            group=groups["7"],
            name=name,
            email="x@voorbeeld.example",
            token_hash=str(number),
            is_used=True,
        )
    found = queries.progress_of(cast.manager, row)[0]

    assert (found.standing.pupils, found.standing.teachers, found.standing.consultants) == (
        (21, 26),
        (1, 2),
        (0, 1),
    )
    states = queries.groups_of_participation(cast.manager, one)
    assert [(state.group.name, state.asks_pupils, state.has_list) for state in states.states] == [
        ("4", False, False),
        ("7", True, True),
    ]
    assert [state.group.name for state in states.without_list] == ["4"]


def test_a_list_that_came_in_without_a_link_counts_too(cast: Cast) -> None:
    row = going(cast)
    one = actions.authorise(participation=row.participations.get(), by=cast.head)
    group = save_groups([GroupRow("7", (7,))], location=cast.a1, year=row.year, by=cast.manager)["7"]
    for respondent, number in (("pupil", 20), ("teacher", 2), ("consultant", 1)):
        at = None if respondent == "consultant" else group
        for _number in range(number):
            Submission.objects.create(
                participation=one, respondent=respondent, questionnaire=f"po-{respondent}@1", group=at
            )
    found = queries.progress_of(cast.manager, row)[0].standing

    assert (found.pupils[0], found.teachers, found.consultants) == (20, (1, 1), (1, 1))
    assert queries.groups_of_participation(cast.manager, one).without_list == []


def test_child_care_has_a_list_of_its_coordinator_and_one_of_the_library(cast: Cast) -> None:
    row = plan(cast, kind="ko")
    actions.enrol(round=row, location_ids=[cast.k1.pk], by=cast.manager)

    assert queries.progress_of(cast.manager, row)[0].standing.consultants == (0, 2)


def test_red_schools_come_first(cast: Cast) -> None:
    start_partnership(library=cast.library_a, location=cast.a2, by=SYSTEM, domains=["reading"])
    row = going(cast)
    second = actions.enrol(round=row, location_ids=[cast.a2.pk], by=cast.manager)[0]
    actions.authorise(participation=second, by=cast.manager, name="iemand")
    found = queries.progress_of(cast.manager, row)

    assert [(one.location.name, one.asks) for one in found] == [
        ("De Regenboog", Asks.UNAUTHORISED),
        ("'t Anker", Asks.READY),
    ]
    assert queries.totals_of(found).red == 1


def test_the_funnel_adds_up_without_who_does_not_take_part(cast: Cast) -> None:
    one = invited(cast)
    actions.decline(participation=one, reason="Te druk", by=cast.head)
    totals = queries.totals_of(queries.progress_of(cast.manager, one.round))

    assert (totals.invited, totals.declined, totals.authorised, totals.consultants) == (1, 1, 0, (0, 0))


@pytest.mark.parametrize("who", ["head", "teacher", "manager", "consultant", "board", "poi", "nation"])
def test_who_sees_the_round_of_a_school(who: str, cast: Cast) -> None:
    row = going(cast)

    assert [line.invited for line in queries.round_lines(getattr(cast, who)) if line.pk == row.pk] == [1]


@pytest.mark.parametrize("who", ["other_head", "other_library", "outsider"])
def test_who_does_not(who: str, cast: Cast) -> None:
    going(cast)

    assert queries.round_lines(getattr(cast, who)) == []


# Reminding


def test_a_letter_goes_to_the_head_until_she_says_yes(cast: Cast) -> None:
    head_at(cast)
    row = going(cast)
    sent = actions.remind(round=row, ids=[row.participations.get().pk], by=cast.manager)

    assert [(one.to.email, one.has_link) for one in sent] == [("kaya@voorbeeld.example", True)]
    assert Outgoing.objects.get().to == "kaya@voorbeeld.example"
    assert row.participations.get().asked_on == today()


def test_letters_are_taken_back_with_one_press(cast: Cast) -> None:
    head_at(cast)
    row = going(cast)
    actions.remind(round=row, ids=[row.participations.get().pk], by=cast.manager)
    undo_event(event_id=AuditEvent.objects.get(verb="monitor.remind").pk, by=cast.manager)

    assert Outgoing.objects.get().taken_back_at is not None
    assert TaskLink.objects.get().revoked_at is not None


def test_what_has_left_is_not_taken_back(cast: Cast) -> None:
    head_at(cast)
    row = going(cast)
    actions.remind(round=row, ids=[row.participations.get().pk], by=cast.manager)
    Outgoing.objects.update(sent_at=now())
    with pytest.raises(Sentence):
        undo_event(event_id=AuditEvent.objects.get(verb="monitor.remind").pk, by=cast.manager)
    assert TaskLink.objects.get().revoked_at is None


def test_a_school_that_did_not_start_is_reminded_by_its_coordinator(cast: Cast) -> None:
    head_at(cast)
    save_contact(
        ContactRow(cast.a1.pk, "Joke", "reading_coordinator", "tactical", email="joke@voorbeeld.example"),
        by=cast.manager,
    )
    row = going(cast)
    one = actions.authorise(participation=row.participations.get(), by=cast.head)
    waited(row, 14)
    row.refresh_from_db()
    letter = queries.letters_for(cast.manager, queries.progress_of(cast.manager, row), "Bel gerust.")[0]

    assert (letter.asks, letter.to.name) == (Asks.NOT_STARTED, "Joke")
    assert "Op De Regenboog vulde nog niemand de Monitor in." in letter.body
    assert "Bel gerust." in letter.body
    assert f"/monitor/deelname/{one.pk}/" in letter.body


def test_the_consultant_is_reminded_of_her_own_list(cast: Cast) -> None:
    rows = [StaffRow(cast.library_a.pk, "Ria", ("reading-consultant",), email="ria@voorbeeld.example")]
    staff = save_staff(rows, by=cast.manager)[0]
    partnership = cast.partnerships["with_a1"]
    assign_consultants([AssignmentRow(partnership.pk, staff.pk, "reading-consultant")], by=cast.manager)
    row = going(cast)
    one = actions.authorise(participation=row.participations.get(), by=cast.head)
    Participation.objects.filter(pk=one.pk).update(started_on=today())
    type(row).objects.filter(pk=row.pk).update(closes_on=today() + timedelta(days=5))
    row.refresh_from_db()
    found = queries.letters_for(cast.manager, queries.progress_of(cast.manager, row))

    assert [(letter.asks, letter.to.email) for letter in found] == [
        (Asks.CONSULTANT, "ria@voorbeeld.example")
    ]


def test_without_an_address_nothing_leaves(cast: Cast) -> None:
    head_at(cast, email="")
    row = going(cast)
    with pytest.raises(Sentence):
        actions.remind(round=row, ids=[row.participations.get().pk], by=cast.manager)
    assert not Outgoing.objects.exists()


def test_followers_get_counts_once_a_week(cast: Cast) -> None:
    row = going(cast)
    actions.add_follower(round=row, name="Piet", email="piet@voorbeeld.example", by=cast.manager)
    queue_scheduled()
    work_off()
    queue_scheduled()

    assert [message.to for message in Outgoing.objects.all()] == ["piet@voorbeeld.example"]
    body = Outgoing.objects.get().body
    assert "Doen mee: 0 van 1" in body
    assert "De Regenboog" not in body
    assert actions.mail_followers(by=SYSTEM) == 0
    Follower.objects.visible_to(cast.manager).update(mailed_on=today() - timedelta(days=7))
    assert actions.mail_followers(by=SYSTEM) == 1


# Two at once


@pytest.mark.threads
def test_two_who_invite_at_once_invite_once(committed_db: None) -> None:
    from tests.factories.cast import make_cast

    cast = make_cast()
    row = plan(cast)
    start = threading.Barrier(4)
    failed: list[BaseException] = []

    def run() -> None:
        from django.db import connection

        try:
            start.wait()
            actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert row.participations.count() == 1
    assert AuditEvent.objects.filter(verb="monitor.enrol").count() == 1
