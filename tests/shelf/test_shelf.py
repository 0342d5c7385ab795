"""A child's own pages: what is its own stays its own; tips wait for the teacher; nothing counts or ranks."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.collection.actions import CopyRow, save_copies
from leesbouw.collection.models import Copy, Title
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.lending.models import Hold, Loan
from leesbouw.pupils.actions import end_class, erase_on_request, open_class
from leesbouw.pupils.models import ClassSession, Pupil
from leesbouw.pupils.queries.classes import Child, child_in
from leesbouw.shelf import actions
from leesbouw.shelf.domain import LINE, LINES, PAINTS, Facet, cover_of, suits, toggled, wrapped
from leesbouw.shelf.enums import TipState
from leesbouw.shelf.models import OwnBook, ShelfChoice, Tip
from leesbouw.shelf.queries.books import wall
from leesbouw.shelf.queries.facets import all_facets
from leesbouw.shelf.queries.own import borrowed, on_shelf
from tests.factories.cast import add_person
from tests.factories.pupils import Class, make_class
from tests.factories.teaching import teach
from tests.pupils.test_classes import come

EVERY = ("/mijn/", "/mijn/lijst/", "/mijn/plank/", "/kast/", "/tips/")


@pytest.fixture
def children(cast, agreed: None) -> Class:
    return make_class(cast.a1)


@pytest.fixture
def opened(cast, children: Class) -> ClassSession:
    return open_class(group_id=children.groups["5"].pk, by=cast.teacher)


@pytest.fixture
def books(cast) -> list[Title]:
    """Four books of library A; of the first three a copy stands at the school."""
    rows = (
        ("De heks van Verweg", "story", ["heksen"]),
        ("Een beer op reis", "picture", ["dieren"]),
        ("Lachen met katten", "comic", ["humor", "katten"]),
        ("Nergens te vinden", "story", []),
    )
    titles = [
        Title.objects.create(
            library_id=cast.library_a.pk, title=name, kind=kind, themes=themes, authors=["A. Schrijver"]
        )
        for name, kind, themes in rows
    ]
    save_copies(
        [
            CopyRow(title_id=title.pk, barcode=f"B{n}", location_id=cast.a1.pk, place="B3")
            for n, title in enumerate(titles[:3])
        ],
        library_id=cast.library_a.pk,
        by=SYSTEM,
    )
    return titles


def child_of(session: ClassSession, pupil: Pupil) -> Child:
    child = child_in(session.pk, pupil.pk)
    assert child is not None
    return child


def lend_to(pupil: Pupil, title: Title, **values) -> Loan:  # type: ignore[no-untyped-def]
    copy = Copy.objects.get(title=title)
    return Loan.objects.create(
        **{
            "copy": copy,
            "title": title,
            "location_id": pupil.location_id,
            "year": SchoolYear.running(),
            "kind": "pupil",
            "pupil": pupil,
            "owner": copy.owner,
            "due_on": today() + timedelta(days=4),
        }
        | values
    )


@pytest.fixture
def noor(children, opened) -> Child:
    return child_of(opened, children.noor)


@pytest.fixture
def other(children, opened) -> Child:
    return child_of(opened, children.pupils[1])


# Rules


@given(st.integers(0, 10**6), st.text(max_size=120))
def test_a_cover_is_the_same_every_time_and_its_words_fit(pk: int, title: str) -> None:
    cover = cover_of(pk, title)

    assert cover == cover_of(pk, title)
    assert len(cover.lines) <= LINES
    assert all(0 < len(line) <= LINE for _y, line in cover.lines)


def test_the_letters_on_a_cover_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        r, g, b = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for pair in PAINTS:
        dark, bright = sorted(map(light, pair))
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, pair


@given(st.lists(st.sampled_from("abcde")))
def test_a_second_press_lets_a_picture_go(presses: list[str]) -> None:
    codes: list[str] = []
    for one in presses:
        codes = toggled(codes, one)
    assert set(codes) == {one for one in "abcde" if presses.count(one) % 2}


def test_the_young_meet_books_made_for_them() -> None:
    assert [band for band in ("", "AP", "A", "B", "BP", "C", "D") if suits(band, young=True)] == [
        "",
        "AP",
        "A",
    ]
    assert all(suits(band, young=False) for band in ("", "AP", "C", "D"))


def test_a_long_word_goes_on_below() -> None:
    assert wrapped("De wiebelbillenboogie") == ["De", "wiebelbille-", "nboogie"]


def test_a_book_without_pages_is_neither_thick_nor_thin(db) -> None:
    thin, thick = Facet("dun", "dun", "", to_pages=64), Facet("dik", "dik", "", from_pages=180)

    assert not thin.fits("story", [], None)
    assert not thick.fits("story", [], None)
    assert thin.fits("story", [], 32)
    assert not thick.fits("story", [], 32)
    assert thick.fits("story", [], 200)
    assert all(one.picture for one in all_facets())


# One's own


def test_a_child_sees_its_own_books_and_when_they_go_back(children, noor, other, books) -> None:
    lend_to(children.noor, books[0])
    lend_to(children.pupils[1], books[1])
    lend_to(children.noor, books[2], ended_at=now(), ended_as="returned")

    assert [one.book.title for one in borrowed(noor)] == ["De heks van Verweg"]
    assert [one.book.title for one in borrowed(other)] == ["Een beer op reis"]
    (line,) = borrowed(noor)
    assert (line.nights, list(line.moons), line.how_long) == (4, [0, 1, 2, 3], "nog 4 nachtjes")


@pytest.mark.parametrize("page", EVERY)
def test_pages_are_for_a_child_that_came_in(cast, children, opened, books, client_for, page: str) -> None:
    assert Client().get(page)["Location"] == "/klas/"
    assert client_for(cast.teacher).get(page)["Location"] == "/klas/"
    client = Client()
    come(client, opened, children.noor)
    assert client.get(page).status_code == 200
    end_class(group_id=opened.group_id, by=cast.teacher)
    assert client.get(page)["Location"] == "/klas/"


def test_what_a_child_thinks_is_nobody_elses(cast, children, opened, noor, other, books, client_for) -> None:
    actions.feel(child=noor, title_id=books[0].pk, feeling="good")
    actions.put_on_list(child=noor, title_id=books[1].pk, place="want")

    assert OwnBook.objects.visible_to(noor.actor).count() == 2
    for who in (other.actor, cast.teacher, cast.head, cast.consultant, cast.manager):
        assert not OwnBook.objects.visible_to(who).exists()
        assert not ShelfChoice.objects.visible_to(who).exists()
    client = Client()
    come(client, opened, children.pupils[1])
    assert "Een beer op reis" not in client.get("/mijn/lijst/").content.decode()


def test_the_same_face_again_takes_it_back_and_leaves_nothing(noor, books) -> None:
    actions.feel(child=noor, title_id=books[0].pk, feeling="good")
    actions.feel(child=noor, title_id=books[0].pk, feeling="not")
    assert OwnBook.objects.visible_to(noor.actor).get().feeling == "not"
    actions.feel(child=noor, title_id=books[0].pk, feeling="not")
    assert not OwnBook.objects.visible_to(SYSTEM).exists()


def test_a_shelf_is_kept_from_the_choice_on_and_forgets_what_was_taken_off(children, noor, books) -> None:
    lend_to(children.noor, books[0], borrowed_at=now() - timedelta(days=3))
    assert actions.fill_shelves(by=SYSTEM) == 0
    actions.keep_shelf(child=noor, keep=True)
    assert actions.fill_shelves(by=SYSTEM) == 0, "never of before"
    lend_to(children.noor, books[1], borrowed_at=now())
    actions.feel(child=noor, title_id=books[1].pk, feeling="good")

    assert actions.fill_shelves(by=SYSTEM) == 1
    assert [line.book.title for line in on_shelf(noor)] == ["Een beer op reis"]
    actions.drop_from_shelf(child=noor, title_id=books[1].pk)
    assert actions.fill_shelves(by=SYSTEM) == 0
    assert on_shelf(noor) == []
    lend_to(children.noor, books[2], borrowed_at=now())
    actions.fill_shelves(by=SYSTEM)
    actions.keep_shelf(child=noor, keep=False)
    assert OwnBook.objects.visible_to(SYSTEM).get().feeling == "good"
    assert not ShelfChoice.objects.visible_to(SYSTEM).exists()


def test_a_book_of_another_library_is_no_book(cast, children, opened, noor) -> None:
    strange = Title.objects.create(library_id=cast.library_c.pk, title="Van elders")
    client = Client()
    come(client, opened, children.noor)

    assert client.get(f"/kast/{strange.pk}/").status_code == 404
    for act in ("gevoel", "lijst", "wachten", "tip"):
        answer = client.post(f"/kast/{strange.pk}/{act}/", {"gevoel": "good", "plek": "want", "zin": "funny"})
        assert answer.status_code == 404
    assert not OwnBook.objects.visible_to(SYSTEM).exists()


# The case


def test_pictures_of_the_wall_can_be_combined(noor, books) -> None:
    def shown(*chosen: str, text: str = "") -> set[str]:
        return {book.title for book in wall(noor, chosen=chosen, text=text).books}

    assert shown() == {"De heks van Verweg", "Een beer op reis", "Lachen met katten"}
    assert shown("dieren") == {"Een beer op reis", "Lachen met katten"}
    assert shown("dieren", "strip") == {"Lachen met katten"}
    assert shown("dieren", "magie") == set()
    assert {facet.code for facet in wall(noor).facets} == {"magie", "dieren", "plaatjes", "strip", "grappig"}


def test_the_wall_says_what_is_lent_and_asks_the_same_of_few_as_of_many(
    cast, children, noor, books, django_assert_num_queries
) -> None:
    lend_to(children.pupils[1], books[0])
    assert {book.title: book.is_in for book in wall(noor).books} == {
        "De heks van Verweg": False,
        "Een beer op reis": True,
        "Lachen met katten": True,
    }
    more = [
        Title.objects.create(library_id=cast.library_a.pk, title=f"Boek {n:02}", kind="story")
        for n in range(40)
    ]
    rows = [CopyRow(title_id=t.pk, barcode=f"X{t.pk}", location_id=cast.a1.pk) for t in more]
    save_copies(rows, library_id=cast.library_a.pk, by=SYSTEM)
    with django_assert_num_queries(4):
        seen = wall(noor, page=2)
    assert (seen.total, len(seen.books), seen.more) == (43, 19, False)


def test_a_child_waits_for_a_book_that_is_lent(children, opened, noor, other, books) -> None:
    lend_to(children.pupils[1], books[0])
    actions.wait_for(child=noor, title_id=books[0].pk)

    assert Hold.objects.visible_to(noor.actor).get().pupil_id == children.noor.pk
    assert not Hold.objects.visible_to(other.actor).exists()
    actions.wait_no_more(child=noor, title_id=books[0].pk)
    assert not Hold.objects.visible_to(SYSTEM).filter(ended_at=None).exists()


# Tips


def test_own_words_wait_for_the_teacher_and_a_sentence_does_not(cast, noor, other, books) -> None:
    actions.give_tip(child=noor, title_id=books[0].pk, phrase="funny")
    tip = actions.give_tip(child=noor, title_id=books[1].pk, text="Mijn oma kent de beer echt")

    assert {one.title_id for one in Tip.objects.visible_to(other.actor)} == {books[0].pk}
    assert actions.judge_tip(tip_id=tip.pk, show=True, by=cast.teacher).state == TipState.SHOWN
    assert Tip.objects.visible_to(other.actor).count() == 2
    actions.judge_tip(tip_id=tip.pk, show=False, by=cast.teacher)
    assert Tip.objects.visible_to(other.actor).count() == 1
    for who in (cast.consultant, cast.head, cast.manager, cast.outsider):
        assert not Tip.objects.visible_to(who).exists()


def test_a_changed_tip_waits_again(cast, noor, books) -> None:
    tip = actions.give_tip(child=noor, title_id=books[0].pk, text="eerst")
    actions.judge_tip(tip_id=tip.pk, show=True, by=cast.teacher)

    assert actions.give_tip(child=noor, title_id=books[0].pk, text="toch anders").state == TipState.WAITING
    actions.take_back_tip(child=noor, title_id=books[0].pk)
    assert not Tip.objects.visible_to(SYSTEM).exists()


def test_a_tip_of_another_school_is_none_for_a_teacher(cast, children, noor, books, client_for) -> None:
    stranger = add_person("stranger", "teacher", cast.a2)
    tip = actions.give_tip(child=noor, title_id=books[0].pk, text="eigen woorden")
    with pytest.raises(Tip.DoesNotExist):
        actions.judge_tip(tip_id=tip.pk, show=True, by=stranger)
    url = f"/klas/groep/{children.groups['5'].pk}/tips/"
    client = client_for(stranger)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}beslissen/", {"tip": tip.pk, "laat": "zien"}).status_code == 404
    assert client_for(cast.teacher).get(url).status_code == 404  # of the same school, and of another group
    page = client_for(teach(cast.teacher, children.groups["5"], by=cast.manager)).get(url).content.decode()
    assert "eigen woorden" in page


# Traces


def test_events_name_no_child_and_erasing_leaves_nothing(cast, children, noor, books) -> None:
    actions.feel(child=noor, title_id=books[0].pk, feeling="good")
    actions.keep_shelf(child=noor, keep=True)
    actions.give_tip(child=noor, title_id=books[0].pk, text="Zebedeus vindt het mooi")

    for event in AuditEvent.objects.filter(verb__startswith="shelf."):
        assert (event.by_user_id, event.data) == (None, {})
        assert event.subject_type in {"", "shelf.Tip"}
    erase_on_request(pupil=children.noor, by=cast.head)
    for model in (OwnBook, ShelfChoice, Tip):
        assert not model.objects.visible_to(SYSTEM).exists()


def test_no_level_points_or_ranking_on_the_pages_of_a_child(children, opened, noor, books) -> None:
    Title.objects.update(avi="M4", age_band="A")
    lend_to(children.noor, books[0])
    client = Client()
    come(client, opened, children.noor)
    for page in (*EVERY, f"/kast/{books[0].pk}/"):
        text = re.sub(r"<[^>]*>", " ", client.get(page).content.decode())
        assert "De heks van Verweg" in text or page in {"/mijn/lijst/", "/mijn/plank/", "/tips/"}
        assert "M4" not in text
        assert "AVI" not in text


def test_faces_and_lists_work_with_plain_forms(children, opened, noor, books) -> None:
    client = Client()
    come(client, opened, children.noor)

    answer = client.post(f"/kast/{books[0].pk}/gevoel/", {"gevoel": "good", "terug": "/kast/"})
    assert (answer.status_code, answer["Location"]) == (302, "/kast/")
    assert client.post(f"/kast/{books[0].pk}/gevoel/", {"gevoel": "onzin"}).status_code == 404
    away = client.post(f"/kast/{books[0].pk}/lijst/", {"plek": "want", "terug": "https://elders.example/"})
    assert away["Location"] == "/mijn/"
    assert client.get("/mijn/lijst/leeslijst.pdf").content.startswith(b"%PDF")
    assert client.get("/mijn/lijst/leeslijst.docx").content.startswith(b"PK")
    assert client.get("/kast/verrassing/").status_code == 302


def test_the_day_a_book_goes_back_in_words() -> None:
    from leesbouw.shelf.queries.own import Borrowed

    soon = Borrowed(None, date(2026, 12, 1), 2, "")  # type: ignore[arg-type]
    late = Borrowed(None, date(2026, 12, 18), 19, "")  # type: ignore[arg-type]
    assert (soon.day, soon.leaf) == ("dinsdag", ("di", ""))
    assert (late.day, late.leaf) == ("18 december", ("18", "dec"))
