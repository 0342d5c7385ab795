"""A round of child care speaks of locations, groups and workers, one of secondary education of docenten."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import lxml.html
import pytest
from django.test import Client
from django.utils.translation import get_language, override
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.jobs import work_off
from leesbouw.core.mail import Outgoing
from leesbouw.core.registry import todo_sources
from leesbouw.core.time import today
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import FilledIn
from leesbouw.monitor.actions.doors import close_class, start_class
from leesbouw.monitor.actions.links import make_link, send_links
from leesbouw.monitor.domain.doors import LinkRow
from leesbouw.monitor.enums import MonitorKind
from leesbouw.monitor.models import Participation, Round
from leesbouw.monitor.queries.wording import VARIANTS, in_words_of, language_of
from leesbouw.organisations.actions import GroupRow, save_groups
from tests.factories.cast import Cast, add_person
from tests.factories.ground import floor
from tests.factories.monitor import Running, running_round

pytestmark = pytest.mark.django_db

OF_SCHOOLS = re.compile(
    r"\b(school|scholen|schoolbibliotheek|leerling(en)?|leerkracht(en)?|docent(en)?|klas(sen)?|juf|meester|"
    r"directeur(en)?|leesco[oö]rdinator|leesconsulent)\b",
    re.IGNORECASE,
)
# these are meant: the programme, a real school, and the name of a column
REAL_SCHOOLS = ("de Bibliotheek op school", "een kindcentrum met een school", "| school |")
LISTS = ("worker", "coordinator", "library")


def words_of_schools(text: str) -> list[str]:
    """Every sentence in which a school word stands, for a message that says where to look."""
    text = " ".join(text.split())
    for meant in REAL_SCHOOLS:
        text = text.replace(meant, "")
    return [text[max(0, hit.start() - 60) : hit.end() + 40] for hit in OF_SCHOOLS.finditer(text)]


def visible(page: bytes) -> str:
    """What a page says about itself: its title and its own part, with what only a screen reader says."""
    tree = lxml.html.document_fromstring(page.decode())
    for gone in tree.xpath("//script|//style|//template"):
        gone.drop_tree()
    (main,) = tree.xpath("//main") or tree.xpath("//body")
    said = [node for kind in ("aria-label", "placeholder", "title") for node in main.xpath(f".//@{kind}")]
    return " | ".join([tree.findtext(".//title") or "", *main.itertext(), *said])


def worker(aloud: int, knows: int = 2) -> FilledIn:
    coded = {"PM02": [1], "PM10a": aloud, "PM30": [1], "PM60": knows}
    return FilledIn(
        respondent="worker", questionnaire="childcare-worker@1", coded=coded, said={"PM90": "Meer"}
    )


@floor
def running(cast: Cast) -> Running:
    opened = today() - timedelta(days=25)
    found = running_round(cast, kind="ko", location=cast.k1, opens_on=opened, opened_on=opened)
    found.round.local_questions.create(
        respondent="worker", position=1, text="Is er een hoek?", options=["ja", "nee"]
    )
    return found


@floor
def closed(cast: Cast) -> Participation:
    found = running_round(cast, kind="ko", location=cast.k1)
    lists = [worker(5), worker(5), worker(4), worker(1), worker(2)]
    library = FilledIn(respondent="library", questionnaire="childcare-library@1", coded={"BB10": 2})
    actions.store_lists(participation=found.participation, lists=[*lists, library], by=SYSTEM)
    actions.close_participation(participation=found.participation, by=cast.manager)
    work_off()
    return Participation.objects.select_related("round", "location").get(pk=found.participation.pk)


@pytest.fixture
def coordinator(cast: Cast) -> Actor:
    return add_person("tom", "monitor-coordinator", cast.library_a)


def assert_child_care(client: Client, *paths: str) -> None:
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert words_of_schools(visible(answer.content)) == [], path
        assert get_language() == "nl"


def test_the_words_are_looked_for() -> None:
    assert words_of_schools("Nodig de scholen uit") == ["Nodig de scholen uit"]
    assert words_of_schools("de Bibliotheek op school meet een locatie") == []


def test_only_dutch_has_words_of_its_own_and_primary_education_the_plain_ones() -> None:
    assert language_of("ko") == VARIANTS[MonitorKind.CHILDCARE]
    assert language_of("ko", "en") == "en"
    assert language_of("po") == language_of("po", VARIANTS[MonitorKind.CHILDCARE]) == "nl"
    with override("en"), in_words_of("ko"):
        assert get_language() == "en"
    with override("nl"):
        with in_words_of("ko"):
            assert get_language() == VARIANTS[MonitorKind.CHILDCARE]
        assert get_language() == "nl"


def test_a_round_that_runs(
    cast: Cast, coordinator: Actor, running: Running, client_for: Callable[..., Client]
) -> None:
    row, one = running.round, running.participation
    of_round, of_place = f"/monitor/ronde/{row.pk}/", f"/monitor/deelname/{one.pk}/"
    assert_child_care(
        client_for(coordinator),
        "/monitor/ronde/nieuw/?soort=ko",
        of_round,
        f"{of_round}wijzigen/",
        f"{of_round}scholen/",
        f"{of_round}sluiten/",
        f"{of_round}eigen-vragen/",
        f"{of_round}volgers/",
        f"{of_round}herinneren/?kies={one.pk}",
        f"{of_round}verlengen/?kies={one.pk}",
        f"{of_round}scholen/sluiten/?kies={one.pk}",
        of_place,
        f"{of_place}antwoord/",
        f"{of_place}vragen/",
        f"{of_place}lijsten/",
    )
    Participation.objects.update(authorised_on=None)
    assert_child_care(client_for(coordinator), of_round, of_place, f"{of_round}herinneren/?kies={one.pk}")
    assert_child_care(client_for(cast.childcare_manager), of_place, f"{of_place}antwoord/")
    Participation.objects.update(declined_on=today(), declined_because="Geen tijd")
    assert_child_care(client_for(coordinator), of_round, of_place)


def test_a_round_before_it_opens(
    cast: Cast, coordinator: Actor, running: Running, client_for: Callable[..., Client]
) -> None:
    row, of_round = running.round, f"/monitor/ronde/{running.round.pk}/"
    Round.objects.update(opened_on=None, opens_on=today() + timedelta(days=3))
    assert_child_care(client_for(coordinator), of_round, f"{of_round}openen/", f"{of_round}eigen-vragen/")
    question = row.local_questions.get()
    assert_child_care(client_for(coordinator), f"/monitor/eigen-vragen/{question.pk}/")
    running.participation.delete()
    assert_child_care(client_for(coordinator), of_round, f"{of_round}openen/", f"{of_round}scholen/")


def test_what_is_told_after_a_press(
    cast: Cast, coordinator: Actor, running: Running, client_for: Callable[..., Client]
) -> None:
    client, of_round = client_for(coordinator), f"/monitor/ronde/{running.round.pk}/"
    told = []
    for path, sent in (
        ("eruit/", {}),
        ("verlengen/", {"zeker": "1", "extended_to": (today() + timedelta(days=40)).strftime("%d-%m-%Y")}),
        ("scholen/sluiten/", {"zeker": "1"}),
        ("sluiten/", {}),
    ):
        answer = client.post(f"{of_round}{path}", {"kies": running.participation.pk, **sent}, follow=True)
        told.append(visible(answer.content))
    assert [words_of_schools(text) for text in told] == [[]] * len(told)
    assert "1 locatie is gesloten" in told[2]


@pytest.mark.parametrize("respondent", LISTS)
def test_the_lists_by_link(
    cast: Cast, coordinator: Actor, running: Running, client: Client, respondent: str
) -> None:
    row = LinkRow(respondent, "Noor", "noor@voorbeeld.example", None)
    _link, token = make_link(participation=running.participation, row=row, by=SYSTEM)
    assert_child_care(client, f"/lijst/{token}/")
    Participation.objects.update(closed_on=today())
    assert_child_care(client, f"/lijst/{token}/")


def test_what_came_out(
    cast: Cast, coordinator: Actor, closed: Participation, client_for: Callable[..., Client]
) -> None:
    of_place, of_round = f"/monitor/deelname/{closed.pk}/", f"/monitor/ronde/{closed.round_id}/"
    pages = [of_place, f"{of_place}rapport/", f"{of_place}gesprek/", f"{of_place}team/", f"{of_place}weten/"]
    for person in (coordinator, cast.childcare_manager):
        assert_child_care(client_for(person), *pages)
    assert_child_care(client_for(coordinator), of_round, of_place)
    reads_aloud = add_person("noor", "read-aloud-coordinator", cast.k1)
    assert_child_care(client_for(reads_aloud), of_place, f"{of_place}open-antwoorden/")
    session = actions.start_session(participation=closed, most=3, by=coordinator)
    phone = Client()
    assert_child_care(phone, f"/t/{session.code}/")
    assert_child_care(client_for(coordinator), f"{of_place}team/", f"{of_place}team/kiezen/")
    topics = "&".join(f"alles={code}" for code in ("teaching", "home", "borrowing", "blocks"))
    assert_child_care(client_for(coordinator), f"{of_place}rapport/?{topics}")
    above = f"/monitor/niveau/{cast.library_a.pk}/?soort=ko"
    assert_child_care(client_for(coordinator), above, "/monitor/eigen-keuze/?soort=ko")


def test_what_the_researcher_sees(
    cast: Cast, coordinator: Actor, closed: Participation, client_for: Callable[..., Client]
) -> None:
    year = closed.round.year
    client = client_for(cast.nation)
    assert_child_care(client, f"/monitor/landelijk/cijfers/ko/{year}/")
    for code in ("worker", "coordinator", "library"):
        assert_child_care(client, f"/monitor/landelijk/lijst/childcare-{code}/1/")


@pytest.mark.parametrize("format", ["pdf", "pptx", "xlsx"])
def test_the_papers(closed: Participation, format: str) -> None:
    content, _name = queries.report_file(SYSTEM, closed, format)
    text = {"pdf": text_of_pdf, "pptx": text_of_slides, "xlsx": text_of_workbook}[format](content)
    assert "medewerkers" in text
    assert words_of_schools(text) == []


def text_of_pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def text_of_slides(content: bytes) -> str:
    """Also the notes of who presents."""
    slides = Presentation(io.BytesIO(content)).slides
    frames = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    return " ".join([*frames, *(slide.notes_slide.notes_text_frame.text for slide in slides)])


def text_of_workbook(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return " ".join([*book.sheet_names, *(str(cell) for rows in sheets for row in rows for cell in row)])


def test_the_mail(cast: Cast, coordinator: Actor, running: Running) -> None:
    row, one = running.round, running.participation
    progress = queries.progress_of(coordinator, row)
    assert progress[0].asks == "not_started"
    for letter in queries.letters_for(coordinator, progress):
        assert words_of_schools(letter.subject + letter.body) == []
    subject, body = queries.progress_letter(row, queries.totals_of(progress), "Noor")
    assert words_of_schools(subject + body) == []
    assert "0 van 0" not in body  # nothing is counted of which nothing is expected
    rows = [LinkRow("worker", "Noor", "noor@voorbeeld.example", None)]
    send_links(participation=one, rows=rows, by=coordinator)
    Participation.objects.update(authorised_on=None)
    one.refresh_from_db()
    actions.ask_head(participation=one, name="Bea", email="bea@voorbeeld.example", by=coordinator)
    sent = list(Outgoing.objects.order_by("pk"))
    assert len(sent) == 2
    for mail in sent:
        assert words_of_schools(mail.subject + mail.body) == []
    (link,) = re.findall(r"http\S+", sent[1].body)[:1]
    page = Client().get(re.sub(r"^https?://[^/]+", "", link), follow=True)
    assert one.location.name in page.content.decode()
    assert words_of_schools(visible(page.content)) == []


def test_the_lines_of_the_day(cast: Cast, coordinator: Actor, running: Running) -> None:
    (line,) = [
        one for one in todo_sources["monitor-rounds"](coordinator) if "Monitor begonnen" in str(one.title)
    ]
    assert str(line.title) == "1 locatie is nog niet met de Monitor begonnen"


def test_a_round_of_schools_speaks_of_schools(
    cast: Cast, coordinator: Actor, client_for: Callable[..., Client]
) -> None:
    row = running_round(cast).round
    page = client_for(coordinator).get(f"/monitor/ronde/{row.pk}/scholen/")
    assert "Scholen uitnodigen" in visible(page.content)


def test_who_fills_in_at_a_secondary_school_reads_of_a_docent(cast: Cast, client: Client) -> None:
    running = running_round(cast, kind="vo", location=cast.b1)
    group = save_groups([GroupRow("2B", (2,))], location=cast.b1, year=running.round.year, by=SYSTEM)["2B"]
    code = start_class(group_id=group.pk, by=SYSTEM)
    page = client.get(f"/m/{code.code}/").content.decode()
    assert "Je docent heeft het even stilgezet" in page
    assert not re.search(r"juf|meester", page)
    assert '<html lang="nl"' in page
    close_class(class_code_id=code.pk, by=SYSTEM)
    told = visible(client.get(f"/m/{code.code}/").content)
    assert "Vraag dan je docent om een inhaalcode" in told
    assert "Voor de volgende leerling" in visible(client.get(f"/m/{code.code}/klaar/").content)
    _link, token = make_link(
        participation=running.participation,
        row=LinkRow("teacher", "Noor", "noor@voorbeeld.example", group.pk),
        by=SYSTEM,
    )
    told = visible(client.get(f"/lijst/{token}/").content)
    assert "Schrijf geen namen van leerlingen op." in told
    assert "leerkracht" not in told
