"""The team session: phones choose without a name, the team keeps what it goes on with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import work_off
from leesbouw.core.registry import holders, todo_sources
from leesbouw.core.time import today
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import Vote
from leesbouw.monitor.domain.team import Choice, choice_of
from leesbouw.monitor.models import Ballot, Participation, TalkingPoint, TeamNote, TeamSession
from leesbouw.monitor.views.filling.gate import gate
from leesbouw.pupils.domain import names_in
from tests.core.test_threads import at_once
from tests.factories.cast import Cast, add_person, make_cast
from tests.factories.ground import floor
from tests.factories.pupils import make_class

from .test_doors import agree
from .test_reports import lists, taking_part

QUESTION = "Wanneer zien wij dat kinderen plezier hebben in lezen?"


def close_school(cast: Cast) -> Participation:
    row = taking_part(cast)
    actions.store_lists(participation=row, lists=lists(None, 9, 3, 5) + lists(None, 4, 6, 6), by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    work_off()
    return Participation.objects.select_related("round", "location").get(pk=row.pk)


@pytest.fixture(autouse=True)
def _fresh_gate() -> None:
    gate.forget()


@floor
def closed(cast: Cast) -> Participation:
    return close_school(cast)


@pytest.fixture
def session(cast: Cast, closed: Participation) -> TeamSession:
    return actions.start_session(participation=closed, most=3, by=cast.consultant)


def points() -> list[TalkingPoint]:
    return list(TalkingPoint.objects.trusted("test").order_by("position", "text"))


def vote(**values: Any) -> Vote:
    return actions.vote(**values)[0]


def ballots() -> int:
    return Ballot.objects.trusted("test").count()


@given(st.lists(st.integers(-3, 12) | st.text(max_size=3)), st.sets(st.integers(0, 9)))
def test_only_points_that_are_there_count_and_each_once(sent: list[object], known: set[int]) -> None:
    chosen = choice_of([str(one) for one in sent], "", known).points
    assert len(chosen) == len(set(chosen))
    assert set(chosen) <= known
    assert set(chosen) >= {one for one in sent if isinstance(one, int)} & known


def test_own_words_are_one_line() -> None:
    assert choice_of([], "  meer\n voorlezen ", ()) == Choice((), "meer voorlezen")
    assert len(choice_of([], "a" * 400, ()).own) == 150


def test_a_first_name_is_found_as_a_word_and_with_an_s() -> None:
    names = ["Noor", "Anne-Fleur", "Zoë", ""]
    assert names_in("Noors boek, zei zoe. Noordzee!", names) == ["Noor", "Zoë"]
    assert names_in("Met Anne Fleur gelezen", names) == ["Anne-Fleur"]
    assert names_in("", names) == []


def test_a_session_offers_what_stands_out_with_its_question(
    cast: Cast, closed: Participation, session: TeamSession
) -> None:
    assert [one.measure for one in points()] == [
        "reading-pleasure",
        "reads-daily",
        "reads-never",
        "reads-weekly",
    ]
    first = queries.choices_of(session)[0]
    assert (first.text, first.question) == ("59% van de leerlingen vindt lezen leuk.", QUESTION)
    again = actions.start_session(participation=closed, most=1, by=cast.head)
    assert (again.pk, again.code, again.most) == (session.pk, session.code, 3)


def test_a_session_is_of_a_closed_school_that_has_not_talked_yet(cast: Cast) -> None:
    row = taking_part(cast)
    with pytest.raises(Sentence):
        actions.start_session(participation=row, most=3, by=cast.consultant)
    closed = close_school_again(cast, row)
    with pytest.raises(Sentence):
        actions.start_session(participation=closed, most=6, by=cast.consultant)
    actions.mark_discussed(participation=closed, by=cast.head)
    with pytest.raises(Sentence):
        actions.start_session(participation=closed, most=3, by=cast.consultant)


def close_school_again(cast: Cast, row: Participation) -> Participation:
    actions.close_participation(participation=row, by=cast.manager)
    return Participation.objects.select_related("round", "location").get(pk=row.pk)


def test_a_phone_chooses_once_and_leaves_no_event(session: TeamSession) -> None:
    one, two, *_rest = [str(point.pk) for point in points()]
    events = AuditEvent.objects.count()

    assert vote(code=session.code, token="a", sent=[one, two], own="Meer voorlezen") is Vote.COUNTED
    assert vote(code=session.code, token="a", sent=[two, one], own="Meer voorlezen ") is Vote.COUNTED
    assert vote(code=session.code.lower(), token="b", sent=[one]) is Vote.COUNTED

    assert [(point.measure, point.votes) for point in points() if point.votes] == [
        ("reading-pleasure", 2),
        ("reads-daily", 1),
        ("", 1),
    ]
    assert TeamSession.objects.get().voted == ballots() == 2
    assert AuditEvent.objects.count() == events
    kept = Ballot.objects.trusted("test").first()
    assert kept is not None
    assert re.fullmatch("[0-9a-f]{64}", kept.token_hash)
    assert re.fullmatch("[0-9a-f]{64}", kept.choice_hash)
    assert {field.name for field in Ballot._meta.fields} == {"id", "session", "token_hash", "choice_hash"}


def test_a_phone_that_shows_what_it_chose_chooses_anew(session: TeamSession) -> None:
    one, two, three, *_rest = [str(point.pk) for point in points()]
    first = actions.vote(code=session.code, token="a", sent=[one, two], own="Meer voorlezen")[1]
    assert first == Choice((int(one), int(two)), "Meer voorlezen")
    vote(code=session.code, token="b", sent=[one], own="Meer voorlezen")
    mine = next(point.pk for point in points() if not point.measure)

    second = actions.vote(code=session.code, token="a", sent=[two, three], own="Strips", before=first)
    assert second == (Vote.COUNTED, Choice((int(two), int(three)), "Strips"))
    assert [point.votes for point in points()[:3]] == [1, 1, 1]
    assert {point.pk: point.text for point in points() if not point.measure}[mine] == "Strips"
    assert sorted(point.text for point in points() if not point.measure) == ["Meer voorlezen", "Strips"]

    assert vote(code=session.code, token="a", sent=[three], before=second[1]) is Vote.COUNTED
    assert [(point.text, point.votes) for point in points() if not point.measure] == [("Meer voorlezen", 1)]
    assert [point.votes for point in points()[:3]] == [1, 0, 1]
    assert TeamSession.objects.get().voted == ballots() == 2


def test_a_phone_that_shows_something_else_changes_nothing(session: TeamSession) -> None:
    one, two, *_rest = [str(point.pk) for point in points()]
    old = actions.vote(code=session.code, token="a", sent=[one])[1]
    new = actions.vote(code=session.code, token="a", sent=[two], before=old)[1]

    assert vote(code=session.code, token="a", sent=[one]) is Vote.STAYED
    assert vote(code=session.code, token="a", sent=[one], before=old) is Vote.STAYED
    assert vote(code=session.code, token="b", sent=[one], before=new) is Vote.COUNTED  # of another phone
    # the answer got lost on the way, and the phone sends the same again
    assert vote(code=session.code, token="a", sent=[two], before=old) is Vote.COUNTED
    assert vote(code=session.code, token="a", sent=[], before=new) is Vote.EMPTY
    assert [point.votes for point in points()[:2]] == [1, 1]


def test_words_that_look_like_points_are_no_points(session: TeamSession) -> None:
    one, two, *_rest = [point.pk for point in points()]
    assert vote(code=session.code, token="a", sent=[str(one)], own=f"{two}):") is Vote.COUNTED
    assert vote(code=session.code, token="a", sent=[str(one), str(two)]) is Vote.STAYED


def test_a_choice_that_is_none_or_too_many_counts_nothing(session: TeamSession) -> None:
    ids = [str(point.pk) for point in points()]
    assert vote(code=session.code, token="a", sent=[]) is Vote.EMPTY
    assert vote(code=session.code, token="a", sent=["0", "x"], own="  ") is Vote.EMPTY
    assert vote(code=session.code, token="a", sent=ids[:3], own="Nog een") is Vote.TOO_MANY
    assert vote(code="AAAAAA", token="a", sent=ids[:1]) is Vote.UNKNOWN
    assert (ballots(), sum(point.votes for point in points())) == (0, 0)


def test_what_others_added_is_offered_to_no_phone(session: TeamSession) -> None:
    vote(code=session.code, token="a", sent=[], own="Meer voorlezen")
    own = next(point for point in points() if not point.measure)
    assert own.pk not in {one.pk for one in queries.choices_of(session)}
    assert vote(code=session.code, token="b", sent=[str(own.pk)]) is Vote.EMPTY


def test_closing_keeps_what_the_team_goes_on_with_and_nothing_else(
    cast: Cast, closed: Participation, session: TeamSession
) -> None:
    first, second, *_rest = points()
    vote(code=session.code, token="a", sent=[str(second.pk)], own="Meer voorlezen")
    own = next(point for point in points() if not point.measure)

    actions.close_session(
        session=session,
        kept={own.pk: "Elke dag voorlezen", first.pk: " Wat maakt lezen  leuk? "},
        by=cast.head,
    )

    closed.refresh_from_db()
    assert [(one.text, one.measure, one.votes) for one in queries.kept_points(cast.head, closed)] == [
        ("Elke dag voorlezen", "", 1),
        ("Wat maakt lezen leuk?", "reading-pleasure", 0),
    ]
    assert len(points()) == 2
    assert ballots() == 0
    row = TeamSession.objects.select_related("participation").get()
    assert (row.code, row.closed_on, row.voted) == ("", today(), 1)
    assert row.participation.discussed_on == today()
    assert vote(code=session.code, token="c", sent=[str(first.pk)]) is Vote.UNKNOWN
    event = AuditEvent.objects.get(verb="monitor.close_session")
    assert (event.count, event.data) == (2, {"phones": 1})
    with pytest.raises(Sentence):
        actions.close_session(session=session, kept={first.pk: "x"}, by=cast.head)


@pytest.mark.parametrize("words", ["", " ", "a" * 201])
def test_each_point_needs_words_that_fit(cast: Cast, session: TeamSession, words: str) -> None:
    first = points()[0]
    with pytest.raises(Sentence):
        actions.close_session(session=session, kept={first.pk: words}, by=cast.head)
    with pytest.raises(Sentence):
        actions.close_session(session=session, kept={}, by=cast.head)
    with pytest.raises(Sentence):
        actions.close_session(session=session, kept={one.pk: "goed" for one in points()}, by=cast.head)
    assert TeamSession.objects.get().closed_on is None


def test_a_session_nobody_closed_goes_after_its_term(cast: Cast, session: TeamSession) -> None:
    vote(code=session.code, token="a", sent=[], own="Meer voorlezen")
    holder = holders["monitor-team"]
    assert holder.due(session.started_on) == 0
    assert holder.erase(limit=today().replace(year=today().year + 1), by=SYSTEM) == 1
    assert (TeamSession.objects.count(), points(), ballots()) == (0, [], 0)


def board_url(row: Participation) -> str:
    return f"/monitor/deelname/{row.pk}/team/"


def press(client: Client, url: str, **values: object) -> str:
    return client.post(url, values, follow=True).content.decode()


def test_from_the_report_to_what_the_team_goes_on_with(
    cast: Cast, closed: Participation, client_for: Callable[..., Client]
) -> None:
    leader, url = client_for(cast.consultant), board_url(closed)
    assert "Houd de teamsessie" in leader.get(f"/monitor/deelname/{closed.pk}/rapport/").content.decode()
    assert "<option selected>3</option>" in leader.get(url).content.decode()
    board = press(leader, f"{url}starten/", aantal="2")
    session = TeamSession.objects.get()
    assert "".join(f'<b aria-hidden="true">{sign}</b>' for sign in session.code) in board
    assert "localhost:8000/t" in board

    phones = [Client(), Client()]
    assert phones[0].get("/t/", {"code": session.code.lower()}).headers["Location"] == f"/t/{session.code}/"
    page = phones[0].get(f"/t/{session.code}/").content.decode()
    assert "59% van de leerlingen vindt lezen leuk." in page
    assert QUESTION in page
    first, second, third, *_rest = points()
    many = phones[0].post(f"/t/{session.code}/", {"kies": [first.pk, second.pk, third.pk]})
    assert many.status_code == 422
    assert many.content.decode().count(" checked") == 3
    assert "Dank je wel" in press(phones[0], f"/t/{session.code}/", kies=[first.pk, second.pk])
    assert "Verander mijn keuze" in phones[0].get(f"/t/{session.code}/").content.decode()
    again = phones[0].get(f"/t/{session.code}/?anders").content.decode()
    assert re.findall(r'value="(\d+)" checked', again) == [str(first.pk), str(second.pk)]
    assert "Dank je wel" in press(phones[0], f"/t/{session.code}/", kies=[third.pk])
    assert [point.votes for point in points()[:3]] == [0, 0, 1]
    assert "Dank je wel" in press(phones[0], f"/t/{session.code}/", kies=[first.pk, second.pk])
    assert "Dank je wel" in press(phones[1], f"/t/{session.code}/", kies=[first.pk], zelf="Meer voorlezen")

    assert "<b>2</b> telefoons hebben gekozen" in leader.get(f"{url}stand/").content.decode()
    assert "Meer voorlezen" not in leader.get(url).content.decode()
    shown = press(leader, f"{url}laten-zien/")
    assert shown.index("vindt lezen leuk") < shown.index("Meer voorlezen")
    assert "Typ deze code" in press(leader, f"{url}afdekken/")
    assert f"{QUESTION}</textarea>" in leader.get(f"{url}kiezen/").content.decode()
    report = press(
        leader,
        f"{url}kiezen/",
        **{f"kies-{first.pk}": "on", f"woorden-{first.pk}": "Waar worden wij blij van?"},
    )
    assert report.index("Waar worden wij blij van?") < report.index("In één minuut")
    assert "2 keer gekozen" in report
    assert leader.get(url).headers["Location"] == f"/monitor/deelname/{closed.pk}/rapport/"
    assert phones[1].get(f"/t/{session.code}/").status_code == 404
    talk = leader.get(f"/monitor/deelname/{closed.pk}/gesprek/").content.decode()
    assert talk.index("Waar worden wij blij van?") < talk.index("vindt lezen leuk")


def test_what_the_team_says_is_on_paper_first(
    cast: Cast, closed: Participation, session: TeamSession
) -> None:
    actions.close_session(session=session, kept={points()[0].pk: "Waar worden wij blij van?"}, by=cast.head)
    actions.write_note(
        participation=closed, kind="heard", topic="home", text="Thuis ligt weinig.", by=cast.head
    )
    closed.refresh_from_db()
    paper = queries.reports.paper.as_paper(queries.school_report(cast.head, closed))
    assert paper.chosen == ("Waar worden wij blij van?",)
    assert paper.questions == ()
    assert {topic.title: topic.known for topic in paper.topics if topic.known} == {
        "Lezen thuis": ("Gehoord in leesgesprekken: Thuis ligt weinig.",)
    }
    for format in ("pdf", "pptx"):
        content, _name = queries.report_file(cast.head, closed, format)
        assert len(content) > 10_000


def test_a_session_is_taken_back(cast: Cast, session: TeamSession, client_for: Callable[..., Client]) -> None:
    url = board_url(session.participation)
    assert "De sessie is weg" in press(client_for(cast.consultant), f"{url}weghalen/")
    assert (TeamSession.objects.count(), points()) == (0, [])


def test_a_first_name_is_asked_about_once_and_may_stay(
    cast: Cast, closed: Participation, session: TeamSession, client_for: Callable[..., Client]
) -> None:
    agree(cast)
    make_class(cast.a1)
    leader = client_for(cast.consultant)
    url = f"/monitor/deelname/{closed.pk}/weten/"
    note = {"kind": "heard", "topic": "home", "text": "Noor leest thuis met opa."}
    warned = press(leader, url, **note)
    assert "“Noor” is ook de voornaam van een kind hier" in warned
    assert "Noor leest thuis met opa." in warned
    assert TeamNote.objects.trusted("test").count() == 0
    kept = press(leader, url, **note, sure="on")
    assert "Noor leest thuis met opa." in kept
    assert 'name="sure"' not in leader.get(url).content.decode()

    first = points()[0]
    words = {f"kies-{first.pk}": "on", f"woorden-{first.pk}": "Wat Noor wil"}
    assert "“Noor” is ook de voornaam" in press(leader, f"{board_url(closed)}kiezen/", **words)
    assert TeamSession.objects.get().closed_on is None
    gone = press(leader, f"/monitor/weten/{TeamNote.objects.trusted('test').get().pk}/weghalen/")
    assert "De notitie is weg" in gone


def test_an_outsider_finds_no_session_and_no_note(
    cast: Cast, closed: Participation, session: TeamSession, client_for: Callable[..., Client]
) -> None:
    note = actions.write_note(
        participation=closed, kind="heard", topic="home", text="Thuis ligt weinig.", by=cast.head
    )
    stranger = client_for(add_person("stranger", "reading-consultant", cast.library_c))
    url = board_url(closed)
    pages = (url, f"{url}stand/", f"{url}kiezen/", f"/monitor/deelname/{closed.pk}/weten/")
    assert [stranger.get(page).status_code for page in pages] == [404] * 4
    buttons = (f"{url}starten/", f"{url}laten-zien/", f"{url}afdekken/", f"{url}weghalen/", f"{url}kiezen/")
    assert [stranger.post(button).status_code for button in buttons] == [404] * 5
    assert stranger.post(f"/monitor/weten/{note.pk}/weghalen/").status_code == 404
    assert stranger.get(f"/monitor/weten/{note.pk}/").status_code == 404
    assert stranger.post(f"/monitor/weten/{note.pk}/").status_code == 404
    assert client_for(cast.teacher).get(url).status_code == 403
    assert TeamSession.objects.get().is_shown is False


def test_codes_that_nobody_knows_are_told_so_and_slowed_down(
    session: TeamSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    assert client.get("/t/").status_code == 200
    assert client.get("/t/", {"code": "AAAAAA"}).status_code == 404
    assert client.get("/t/nee/").status_code == 404
    monkeypatch.setattr(gate, "lets", lambda code: False)
    assert client.get(f"/t/{session.code}/").status_code == 429


def test_a_choice_from_another_site_or_before_the_page_is_no_choice(session: TeamSession) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/t/{session.code}/", {"kies": points()[0].pk})
    assert (answer.status_code, ballots()) == (403, 0)


def test_who_may_lead_the_talk_has_it_to_do(cast: Cast, closed: Participation) -> None:
    coordinator = add_person("coordinator", "reading-coordinator", cast.a1)
    source = todo_sources["monitor-team"]
    assert [(line.title, line.url) for line in source(coordinator)] == [
        ("Houd de teamsessie van de Monitor", board_url(closed))
    ]
    assert source(cast.outsider) == source(cast.head) == source(cast.teacher) == []
    actions.mark_discussed(participation=closed, by=cast.head)
    assert source(coordinator) == []


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_thirty_phones_at_the_same_instant_lose_nothing() -> None:
    cast = make_cast()
    session = actions.start_session(participation=close_school(cast), most=3, by=cast.consultant)
    first, second, *_rest = [str(point.pk) for point in points()]

    def press(number: int) -> None:
        own = f"Idee {number}" if number % 3 == 0 else ""
        sent = [first, second] if number % 2 else [first]
        hasty = actions.vote(code=session.code, token=str(number), sent=[second], own="Iets")[1]
        assert vote(code=session.code, token=str(number), sent=sent, own=own, before=hasty) is Vote.COUNTED

    assert at_once(30, press) == []
    assert [point.votes for point in points()[:2]] == [30, 15]
    assert sum(not point.measure for point in points()) == 10
    assert TeamSession.objects.get().voted == ballots() == 30


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_one_phone_that_changes_in_twenty_threads_has_one_choice_that_counts() -> None:
    cast = make_cast()
    session = actions.start_session(participation=close_school(cast), most=3, by=cast.consultant)
    ids = [str(point.pk) for point in points()]
    first = actions.vote(code=session.code, token="same", sent=ids[:1], own="Eerst")[1]
    outcomes = []

    def work(number: int) -> None:
        sent = [ids[number % len(ids)]]
        outcomes.append(vote(code=session.code, token="same", sent=sent, own=f"{number}", before=first))

    assert at_once(20, work) == []
    assert (outcomes.count(Vote.COUNTED), outcomes.count(Vote.STAYED)) == (1, 19)
    assert sum(point.votes for point in points() if point.measure) == 1
    assert [point.votes for point in points() if not point.measure] == [1]
    assert TeamSession.objects.get().voted == ballots() == 1


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_one_phone_in_twenty_threads_chooses_once_and_nothing_comes_after_closing() -> None:
    cast = make_cast()
    session = actions.start_session(participation=close_school(cast), most=3, by=cast.consultant)
    first = points()[0]
    outcomes = []

    def work(number: int) -> None:
        if number == 10:
            actions.close_session(session=session, kept={first.pk: "Samen"}, by=cast.head)
        else:
            outcomes.append(vote(code=session.code, token="same", sent=[str(first.pk)]))

    assert at_once(20, work) == []
    assert set(outcomes) <= {Vote.COUNTED, Vote.UNKNOWN}
    row = TeamSession.objects.get()
    assert row.voted == points()[0].votes == (Vote.COUNTED in outcomes)
    assert (len(points()), ballots()) == (1, 0)


def test_a_choice_of_five_thousand_digits_is_no_choice(session, client_for) -> None:
    answer = Client().post(f"/t/{session.code}/", {"kies": ["9" * 5000, "x"], "zelf": ""})
    assert answer.status_code == 422
