"""The lists of grown-ups: one link, one list, no name with the answers; taking over; what is known already."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import today
from leesbouw.indicators.queries import facts
from leesbouw.monitor.actions import FilledIn, store_lists, work_out
from leesbouw.monitor.actions.links import LinkRow, make_link, send_links, use_link
from leesbouw.monitor.actions.submitting import Outcome
from leesbouw.monitor.actions.telling import keep_told
from leesbouw.monitor.models import ClassCode, Participation, PersonalLink, Round, Submission
from leesbouw.monitor.queries import questionnaire
from leesbouw.monitor.queries.recipients import recipients
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.organisations.models import LocationYear, Partnership
from leesbouw.people.actions import (
    AssignmentRow,
    ContactRow,
    StaffRow,
    assign_consultant,
    save_contact,
    save_staff,
)
from leesbouw.people.models import Contact, GroupTeacher
from tests.core.test_threads import at_once
from tests.factories.cast import add_person, make_cast
from tests.factories.monitor import running_round

JUF = "juf@voorbeeld.example"


@pytest.fixture
def running(cast):
    return running_round(cast)


def link_for(running, respondent="teacher", group="6", email=JUF):
    group_id = running.groups[group].pk if group else None
    row = LinkRow(respondent, "Juf Anna", email, group_id)
    return make_link(participation=running.participation, row=row, by=SYSTEM)


def rows():
    return list(Submission.objects.trusted("test").order_by("pk"))


def hidden(text: str) -> dict[str, list[str]]:
    """What the page after sending carries to the next list."""
    part = text[text.index('name="begin"') :]
    found: dict[str, list[str]] = {"begin": ["1"]}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part):
        found.setdefault(name, []).append(value)
    return found


def test_looking_changes_nothing_and_sending_stores_once(running) -> None:
    link, token = link_for(running)
    client = Client()
    page = client.get(f"/lijst/{token}/").content.decode()
    events = AuditEvent.objects.count()
    sent = client.post(f"/lijst/{token}/", {"T10": "6", "minutes": "8"}).content.decode()
    again = client.post(f"/lijst/{token}/", {"T10": "1"}).content.decode()

    link.refresh_from_db()
    row = rows()[0]
    assert "Lezen in groep 6" in page
    assert "Je lijst is verstuurd" in sent
    assert "Deze lijst is al verstuurd" in again
    assert (row.answers, row.year_group, row.group, row.respondent) == (
        {"T10": 6},
        6,
        running.groups["6"],
        "teacher",
    )
    assert (row.receipt, row.minutes, link.is_used, len(rows())) == (None, 8, True, 1)
    assert AuditEvent.objects.count() == events


def test_a_link_that_is_no_link_opens_nothing(db) -> None:
    assert Client().get("/lijst/nergens/").status_code == 404
    assert Client().post("/lijst/nergens/", {"T10": "6"}).status_code == 404
    assert Client().get("/lijst/nergens/bord/").status_code == 404


@pytest.mark.parametrize("values", [{"closed_on": today()}, {"extended_to": today() - timedelta(days=1)}])
def test_a_link_is_good_until_the_school_closes(running, values) -> None:
    _link, token = link_for(running)
    Participation.objects.update(**values)

    assert "Invullen kan nu niet" in Client().get(f"/lijst/{token}/").content.decode()
    assert use_link(token=token, form={"T10": ["6"]}) is Outcome.CLOSED
    assert rows() == []


def test_a_number_that_cannot_be_read_is_asked_again_with_everything_kept(running) -> None:
    _link, token = link_for(running, "consultant", None)
    form = {"C01": "veel", "C10": "3", "C90": "Goed bezig"}
    answer = Client().post(f"/lijst/{token}/", form)
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "Dit getal kunnen we niet lezen" in text
    assert 'value="veel"' in text
    assert re.search(r'name="C10" value="3" checked', text)
    assert rows() == []
    assert Client().post(f"/lijst/{token}/", {}).status_code == 422


def test_the_teacher_of_a_combination_group_takes_her_answers_over_once(running) -> None:
    _link, token = link_for(running, group="7/8")
    client = Client()
    first = client.post(f"/lijst/{token}/", {"T10": "6", "T12": "5"}).content.decode()
    carried = hidden(first)
    shown = client.post(f"/lijst/{token}/overnemen/", carried).content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown)[1]
    form = {"ticket": ticket, "T10": "6", "T12": "2"}
    done = [client.post(f"/lijst/{token}/overnemen/", form).content.decode() for _ in range(2)]

    assert "Neem mijn antwoorden over voor groep 8" in first
    assert re.search(r'name="T12" value="5" checked', shown)
    assert ["Je lijst is verstuurd" in text for text in done] == [True, True]
    assert [(row.year_group, row.answers) for row in rows()] == [
        (7, {"T10": 6, "T12": 5}),
        (8, {"T10": 6, "T12": 2}),
    ]
    assert "Neem mijn antwoorden over" not in done[0]


def test_a_teacher_of_two_groups_uses_her_other_link_by_taking_over(running) -> None:
    _link, token = link_for(running)
    other, _token = link_for(running, group="3")
    client = Client()
    first = client.post(f"/lijst/{token}/", {"T10": "6"}).content.decode()
    shown = client.post(f"/lijst/{token}/overnemen/", hidden(first)).content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown)[1]
    client.post(f"/lijst/{token}/overnemen/", {"ticket": ticket, "T10": "6"})

    other.refresh_from_db()
    assert "Lezen in groep 3" in shown
    assert other.is_used
    assert [(row.group.name, row.year_group) for row in rows()] == [("6", 6), ("3", 3)]


def test_a_forged_ticket_takes_nothing_over(running) -> None:
    _link, token = link_for(running, group="7/8")

    answer = Client().post(f"/lijst/{token}/overnemen/", {"ticket": "x:y:z", "T10": "6"})
    assert answer.status_code == 404
    assert rows() == []


def test_the_consultants_list_says_what_is_known_and_from_where(cast, running) -> None:
    LocationYear.objects.filter(location=cast.a1).update(
        pupils=214, weight=Decimal("29.6"), counted_on="2026-10-01"
    )
    Partnership.objects.filter(location=cast.a1).update(
        hours_per_year=Decimal(50), agreed_until=today() + timedelta(days=90)
    )
    _link, token = link_for(running, "consultant", None)
    text = Client().get(f"/lijst/{token}/").content.decode()

    found = {
        code: re.search(rf'name="{code}"[^>]* value="([^"]*)"', text)[1]
        for code in ("C01", "C02", "C03", "C04", "C20")
    }
    assert found == {"C01": "214", "C02": "2020", "C03": "3", "C04": "30", "C20": "1,5"}
    assert re.search(r'name="C10" value="3" checked', text)
    assert "uit de telling van 1 oktober 2026" in text
    assert "uit de samenwerking, sinds 1 augustus 2020" in text
    assert rows() == []


def test_what_last_years_list_told_stands_in_the_next_one(cast, running) -> None:
    def told(*, books: int, library: int) -> FilledIn:
        coded = {"C41": books, "C40": library, "C20": 4, "C10": 1, "C30": 97}
        return FilledIn(respondent="consultant", questionnaire="po-consultant@1", coded=coded)

    row = running.participation
    store_lists(participation=row, lists=[told(books=1500, library=3)], by=SYSTEM)
    work_out(participation_id=row.pk, by=SYSTEM)
    year = row.round.year
    kept = {code: fact.number for code, fact in facts(SYSTEM, cast.a1, year).items()}
    assert kept == {
        "copies": Decimal(1500),
        "school-library": Decimal(3),
        "consultant-hours": Decimal(4),
        "agreement": Decimal(1),
    }

    Round.objects.filter(pk=row.round_id).update(year=year.next)  # the same school, a year later
    Partnership.objects.filter(location=cast.a1).update(hours_per_year=Decimal(50))
    _link, token = link_for(running, "consultant", None)
    text = Client().get(f"/lijst/{token}/").content.decode()
    assert re.search(r'name="C41"[^>]* value="1500"', text)
    assert re.search(r'name="C40" value="3" checked', text)
    assert re.search(r'name="C20"[^>]* value="1,5"', text)  # what the house knows goes before what was told
    assert f"uit de lijst van {year}" in text

    store_lists(participation=row, lists=[told(books=900, library=3)], by=SYSTEM)
    facts_of = keep_told(
        participation=row,
        lists=rows(),
        bodies={"po-consultant@1": questionnaire("po-consultant@1").body},
        by=SYSTEM,
    )
    assert facts_of == 3  # two lists that name another number of books say nothing about it


def test_lists_are_sent_by_mail_and_the_newest_link_counts(cast, client_for, running) -> None:
    client, url = client_for(cast.consultant), f"/monitor/deelname/{running.participation.pk}/lijsten/"
    sent = {"naam": "Anna", "adres": JUF, "lijst": "teacher", "groep": str(running.groups["6"].pk)}
    page = client.post(f"{url}een/", sent, follow=True).content.decode()
    client.post(f"{url}een/", sent)
    tokens = [
        re.search(r"/lijst/([^/]+)/", mail.body)[1] for mail in Outgoing.objects.filter(to=JUF).order_by("pk")
    ]

    assert "1 lijst is onderweg" in page
    assert "0 van 1 lijsten zijn binnen" in page
    assert [Client().get(f"/lijst/{token}/").status_code for token in tokens] == [404, 200]
    link = PersonalLink.objects.trusted("test").get()
    assert (link.sent_on, link.reminded_on) == (today(), today())
    assert tokens[1] not in str(list(AuditEvent.objects.values_list("data", flat=True)))
    client.post(f"{url}intrekken/", {"link": str(link.pk)})
    assert Client().get(f"/lijst/{tokens[1]}/").status_code == 404


def test_a_teacher_in_secondary_education_reads_about_a_class(cast) -> None:
    taking_part = running_round(cast, kind="vo", location=cast.b1).participation
    group = save_groups([GroupRow("2B", (2,))], location=cast.b1, year=taking_part.round.year, by=SYSTEM)[
        "2B"
    ]
    row = LinkRow("teacher", "Marieke", JUF, group.pk)
    send_links(participation=taking_part, rows=[row], by=SYSTEM)
    letter = Outgoing.objects.get(to=JUF).body
    token = re.search(r"/lijst/([^/]+)/", letter)[1]

    assert "lezen in klas 2B invullen" in letter
    assert "Lezen in klas 2B" in Client().get(f"/lijst/{token}/").content.decode()
    assert "klas 2B · Berkencollege" in Client().get(f"/lijst/{token}/bord/").content.decode()


def test_in_child_care_the_workers_who_leads_and_the_library_are_proposed(cast) -> None:
    manager, leads, worker = (
        save_contact(
            ContactRow(cast.k1.pk, name, function, level, email=f"{name.lower()}@voorbeeld.example"),
            by=cast.manager,
        )
        for name, function, level in (
            ("Linda", "childcare_manager", "strategic"),
            ("Esra", "read_aloud_coordinator", "tactical"),
            ("Kim", "childcare_worker", "operational"),
        )
    )
    taking_part = running_round(cast, kind="ko", location=cast.k1).participation
    group = save_groups([GroupRow("Uilen")], location=cast.k1, year=taking_part.round.year, by=SYSTEM)[
        "Uilen"
    ]
    GroupTeacher(group=group, contact=worker).save()
    ours = save_staff(
        [StaffRow(cast.library_a.pk, "Fleur", ("reading-consultant",), email="fleur@voorbeeld.example")],
        by=cast.manager,
    )[0]
    assign_consultant(
        AssignmentRow(cast.partnerships["with_k1"].pk, ours.pk, "reading-consultant"), by=cast.manager
    )

    def proposed():
        return [
            (one.row.respondent, one.row.name, one.row.group_id)
            for one in recipients(cast.manager, taking_part)
        ]

    assert proposed() == [
        ("worker", "Kim", group.pk),
        ("coordinator", "Esra", None),
        ("library", "Fleur", None),
    ]
    Contact.objects.trusted("test").filter(pk=leads.pk).delete()
    assert proposed()[1] == ("coordinator", manager.name, None)


def test_who_may_not_sends_nothing(cast, client_for, running) -> None:
    row = LinkRow("teacher", "Anna", JUF, running.groups["6"].pk)
    url = f"/monitor/deelname/{running.participation.pk}/lijsten/"
    stranger = add_person("stranger", "reading-consultant", cast.library_c)

    with pytest.raises(NotAllowed):
        send_links(participation=running.participation, rows=[row], by=cast.teacher)
    with pytest.raises(Participation.DoesNotExist):
        send_links(participation=running.participation, rows=[row], by=stranger)
    assert client_for(stranger).get(url).status_code == 404
    for wrong in (LinkRow("pupil", "A", JUF), LinkRow("worker", "A", JUF), LinkRow("teacher", "A", JUF, 0)):
        with pytest.raises(Sentence):
            send_links(participation=running.participation, rows=[wrong], by=cast.consultant)
    assert not PersonalLink.objects.trusted("test").exists()


def test_a_teachers_link_opens_the_board_of_her_class_alone(running) -> None:
    _link, token = link_for(running)
    _other, consultant = link_for(running, "consultant", None, "ria@voorbeeld.example")
    client = Client()
    board = client.post(f"/lijst/{token}/bord/starten/", follow=True).content.decode()

    assert "Typ deze code" in board
    assert ClassCode.objects.get().group == running.groups["6"]
    assert client.get(f"/lijst/{token}/bord/stand/").status_code == 200
    assert Client().get(f"/lijst/{consultant}/bord/").status_code == 404


def test_a_board_is_offered_where_pupils_fill_in_and_not_below(running) -> None:
    for name, offered in (("6", True), ("7/8", True), ("3", False)):
        _link, token = link_for(running, group=name)
        pages = [
            Client().get(f"/lijst/{token}/").content.decode(),
            Client().post(f"/lijst/{token}/", {"T10": "4", "minutes": "8"}).content.decode(),
            Client().get(f"/lijst/{token}/").content.decode(),
        ]
        assert [("bord/" in page) for page in pages] == [offered] * 3, name


def test_a_letter_speaks_of_the_board_only_where_there_is_one(cast, running) -> None:
    names = ("6", "3")
    send_links(
        participation=running.participation,
        rows=[
            LinkRow("teacher", "Anna", f"{name}@voorbeeld.example", running.groups[name].pk) for name in names
        ],
        by=cast.consultant,
    )
    letters = [Outgoing.objects.get(to=f"{name}@voorbeeld.example").body for name in names]

    assert ["het bord voor je klas" in letter for letter in letters] == [True, False]


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_one_link_in_thirty_browsers_stores_one_list() -> None:
    running = running_round(make_cast())
    _link, token = link_for(running)
    outcomes = []

    assert at_once(30, lambda n: outcomes.append(use_link(token=token, form={"T10": ["6"]}))) == []
    assert sorted(one.value for one in outcomes) == ["closed"] * 29 + ["stored"]
    assert len(rows()) == 1
