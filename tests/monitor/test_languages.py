"""A list in another language is a file beside it: the same questions, codes and values in other words, whole or not."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from leesbouw.core.access import SYSTEM
from leesbouw.core.content import all_current
from leesbouw.monitor.actions import add_questionnaire
from leesbouw.monitor.actions import doors as actions
from leesbouw.monitor.domain.languages import missing, texts, translated
from leesbouw.monitor.models import LocalQuestion, Submission
from leesbouw.monitor.queries import questionnaire
from leesbouw.monitor.queries.languages import KIND, languages_of
from leesbouw.monitor.views.filling.gate import gate
from tests.factories.monitor import running_round

from .test_own_questionnaires import own

pytestmark = pytest.mark.django_db
DUTCH, ENGLISH = "Hoe leuk vind je het om een boek te lezen?", "How much do you like reading a book?"


@pytest.fixture(autouse=True)
def _fresh_gate() -> None:
    gate.forget()


@pytest.fixture
def row(cast):
    running = running_round(cast)
    LocalQuestion.objects.create(
        round=running.round,
        respondent="pupil",
        position=1,
        text="Ken je de boekenbus?",
        options=["ja", "nee"],
    )
    return actions.start_class(group_id=running.groups["6"].pk, by=cast.teacher)


def test_every_file_has_every_text_of_its_list_and_no_other() -> None:
    for item in all_current(KIND).values():
        body = questionnaire(f"{item.code.rpartition('-')[0]}@1").body
        assert missing(body, item.body.phrases) == []
        assert set(item.body.phrases) == set(texts(body))
        assert item.code.endswith(f"-{item.body.language}")
        assert item.body.language in dict(settings.LANGUAGES)  # the buttons beside it speak it too
        assert item.status == "voorbeeld"


def test_only_words_change() -> None:
    body = questionnaire("po-pupil@1").body
    other = translated(body, languages_of("po-pupil@1")["en"].phrases)
    assert (other.intro[:8], other.item("L10").text) == ("We would", ENGLISH)
    assert [one.label for one in other.answers_of(other.item("L11"))] == [
        "not at all",
        "not so much",
        "quite a lot",
        "very much",
        "that does not happen here",
    ]
    for item in body.items:
        here, there = body.answers_of(item), other.answers_of(other.item(item.code))
        assert [(one.value, one.face, one.counts) for one in here] == [
            (one.value, one.face, one.counts) for one in there
        ]


def test_a_list_of_which_a_text_is_missing_is_not_half_translated() -> None:
    assert set(languages_of("po-pupil@1")) == {"en"}
    key = add_questionnaire(code="po-pupil", raw=own("Vind je lezen fijn?"), by=SYSTEM).key
    assert languages_of(key) == {}
    assert languages_of("po-teacher@1") == {}


def test_a_pupil_chooses_and_the_answers_tell_nothing_of_it(row) -> None:
    client = Client()
    dutch = client.get(f"/m/{row.code}/").content.decode()
    assert '<a href="?taal=en" lang="en" hreflang="en">English</a>' in dutch
    assert DUTCH in dutch
    assert ENGLISH not in dutch

    english = client.get(f"/m/{row.code}/?taal=en").content.decode()
    assert '<html lang="en"' in english
    assert '<a href="?taal=nl" lang="nl" hreflang="nl">Nederlands</a>' in english
    assert ENGLISH in english
    assert "Send my answers" in english
    assert re.search(r'data-step="EV01" lang="nl"[^>]*>.*?Ken je de boekenbus\?', english, re.DOTALL)
    assert re.findall(r'name="(L\d\d)"', english) == re.findall(r'name="(L\d\d)"', dutch)

    receipt = re.search(r'name="receipt" value="([0-9a-f]{32})"', english)[1]
    sent = client.post(f"/m/{row.code}/?taal=en", {"L10": "4", "receipt": receipt})
    assert sent["Location"] == f"/m/{row.code}/klaar/?taal=en"
    done = client.get(sent["Location"]).content.decode()
    assert "Your answers help to make reading at school even more fun." in done
    kept = Submission.objects.trusted("test").get()
    assert kept.answers == {"L10": 4}
    assert not any(value == "en" for value in vars(kept).values())


@pytest.mark.parametrize("asked", ["xx", "", "nl", "english", "<b>"])
def test_a_language_that_is_not_there_is_dutch(row, asked: str) -> None:
    text = Client().get(f"/m/{row.code}/", {"taal": asked}).content.decode()
    assert '<html lang="nl"' in text
    assert DUTCH in text
    assert "<b>" not in text
