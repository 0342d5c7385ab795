"""Searching: what there is, what one can do, and nothing of others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core import search
from leesbouw.core.time import today
from leesbouw.network.models import Conversation
from leesbouw.network.queries import talk_entries
from leesbouw.organisations.actions import reindex


@pytest.fixture
def indexed(cast):
    reindex()
    return cast


def found(client, text: str, **more: str) -> str:
    return client.get("/zoeken/", {"q": text, **more}).content.decode()


def test_a_location_is_found_despite_a_typing_error(indexed, client_for):
    page = found(client_for(indexed.consultant), "regenbog")

    assert "/school/99AA00/" in page
    assert "Scholen en kinderopvang" in page


def test_the_outsider_finds_nothing_of_others(indexed, client_for):
    page = found(client_for(indexed.outsider), "regenboog")

    assert "/school/99AA00/" not in page
    assert "Niets gevonden" in page


def test_suggestions_are_a_fragment(indexed, client_for):
    answer = found(client_for(indexed.consultant), "regenboog", fragment="1")

    assert answer.lstrip().startswith("<section>")
    assert "<html" not in answer
    assert "/school/99AA00/" in answer


def test_commands_know_rights_and_other_words(indexed, client_for):
    assert "/organisaties/" in found(client_for(indexed.administrator), "organisaties")
    assert "/organisaties/" not in found(client_for(indexed.head), "organisaties")
    assert "/locatie/nieuw/" in found(client_for(indexed.administrator), "nieuwe school")
    assert "/taken/" in found(client_for(indexed.head), "voortgang")


@pytest.mark.parametrize(
    ("who", "typed", "address"),
    [
        ("consultant", "plan gesprek", "/gesprekken/nieuw/"),
        ("consultant", "gesprek plannen", "/gesprekken/nieuw/"),
        ("consultant", "gesprk plan", "/gesprekken/nieuw/"),
        ("head", "plan gesprek", None),
        ("administrator", "uitnodigen", "/beheer/gebruikers/uitnodigen/"),
        ("administrator", "nieuwe collega", "/beheer/gebruikers/uitnodigen/"),
        ("consultant", "contactpersoon toevoegen", "/mensen/contact/nieuw/"),
        ("head", "wachtwoord", "/account/"),
    ],
)
def test_what_one_can_do_is_found_by_some_of_its_words(indexed, client_for, who, typed, address):
    page = found(client_for(indexed.actors[who]), typed, fragment="1")

    if address is None:
        assert "Doen of openen" not in page
    else:
        assert f'href="{address}"' in page


def test_a_talk_is_found_by_its_library_alone(indexed, client_for):
    talk = Conversation(
        library=indexed.library_a,
        unit=indexed.a1,
        kind="evaluation",
        level="strategic",
        planned_on=today() + timedelta(9),
    )
    talk.save()
    search.put(talk_entries([talk.pk]))

    assert "Gesprekken" in found(client_for(indexed.consultant), "evaluatiegesprek regenboog")
    assert f"/gesprekken/{talk.pk}/" in found(client_for(indexed.consultant), "regenboog gesprek")
    for who in ("head", "municipality", "nation", "other_library", "outsider"):
        assert f"/gesprekken/{talk.pk}/" not in found(
            client_for(indexed.actors[who]), "evaluatiegesprek regenboog"
        )


def test_an_empty_question_asks_for_one(indexed, client_for):
    assert "Wat zoek je?" in found(client_for(indexed.consultant), "")
