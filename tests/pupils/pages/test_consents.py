"""Answers of parents about the public library: history, the newest holds, and "no" blocks nothing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from pydantic import ValidationError

from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.pupils.actions import record_consents, register_members, withdraw_consent
from leesbouw.pupils.models import MembershipConsent
from leesbouw.pupils.queries import (
    consent_figures,
    consent_lines,
    consent_states,
    consent_text,
    text_in,
    text_mark,
    waiting_members,
)
from leesbouw.pupils.queries.consents import ConsentTexts

TEXT = "membership@1"
FILE = Path(settings.CONTENT_FOLDER) / "consent-text" / "membership@1.toml"


@pytest.fixture
def say(school, coordinator):  # type: ignore[no-untyped-def]
    """`say("yes", pupil)`: the answer of these children's parents."""

    def act(answer: str, *pupils, on: date = date(2026, 9, 1)) -> list[MembershipConsent]:  # type: ignore[no-untyped-def]
        ids = [pupil.pk for pupil in pupils]
        return record_consents(ids, answer=answer, text=TEXT, given_on=on, channel="paper", by=coordinator)

    return act


def state(actor, pupil) -> str:  # type: ignore[no-untyped-def]
    return consent_states(actor, [pupil.pk])[pupil.pk].value


def test_the_newest_answer_holds_and_the_old_ones_stay(school, coordinator, say) -> None:
    assert state(coordinator, school.noor) == "none"
    say("no", school.noor, on=date(2025, 9, 1))
    say("yes", school.noor)

    assert state(coordinator, school.noor) == "yes"
    assert MembershipConsent.objects.trusted("test").count() == 2


def test_one_event_for_all_and_back_as_one(school, coordinator, say) -> None:
    say("no", school.sem)
    say("yes", school.noor, school.sem)
    event = AuditEvent.objects.filter(verb="pupils.record_consents").latest("pk")
    assert (event.count, event.data) == (2, {"text": TEXT})
    undo_event(event_id=event.pk, by=coordinator)

    assert (state(coordinator, school.noor), state(coordinator, school.sem)) == ("none", "no")


def test_an_answer_is_of_today_or_before(school, say) -> None:
    with pytest.raises(Sentence, match="nog komen"):
        say("yes", school.noor, on=date(2026, 11, 17))


def test_nobody_answers_for_a_child_out_of_reach(school, cast) -> None:
    for actor in (cast.other_head, cast.teacher):
        with pytest.raises(NotAllowed):
            record_consents(
                [school.noor.pk], answer="yes", text=TEXT, given_on=date(2026, 9, 1), channel="paper",
                by=actor,
            )  # fmt: skip


def test_withdrawing_counts_from_its_day_and_can_be_taken_back(school, coordinator, say) -> None:
    row = say("yes", school.noor)[0]
    with pytest.raises(Sentence, match="vanaf de toestemming"):
        withdraw_consent(consent_id=row.pk, withdrawn_on=date(2026, 8, 1), channel="paper", by=coordinator)
    withdraw_consent(consent_id=row.pk, withdrawn_on=date(2026, 10, 1), channel="spoken", by=coordinator)
    assert state(coordinator, school.noor) == "withdrawn"
    with pytest.raises(Sentence, match="geen toestemming om"):
        withdraw_consent(consent_id=row.pk, withdrawn_on=date(2026, 10, 1), channel="paper", by=coordinator)
    event = AuditEvent.objects.get(verb="pupils.withdraw_consent")
    undo_event(event_id=event.pk, by=coordinator)

    assert state(coordinator, school.noor) == "yes"


def test_only_a_yes_becomes_a_member(school, coordinator, cast, say) -> None:
    say("yes", school.noor, school.sem)
    say("no", school.sem, on=date(2026, 10, 1))
    ids = [pupil.pk for pupil in school.pupils]
    assert [pupil.pk for pupil, _row in waiting_members(coordinator, school.location)] == [school.noor.pk]

    assert register_members(ids, registered_on=date(2026, 11, 10), by=cast.administrator) == 1
    assert register_members(ids, registered_on=date(2026, 11, 10), by=cast.administrator) == 0
    figures = consent_figures(coordinator, school.location)
    assert (figures.total, figures.registered, figures.waiting) == (4, 1, 0)


def test_a_group_with_its_answers(school, coordinator, say) -> None:
    say("yes", school.noor)
    lines = consent_lines(coordinator, school.location, school.groups["5"].pk)

    assert [(line.child.name, line.state.value, line.since) for line in lines] == [
        ("Noor Vlinderman", "none", None),
        ("Noor de Vriezenaar", "yes", date(2026, 9, 1)),
    ]


def test_the_text_is_there_in_six_languages_and_unchecked_ones_say_so(db) -> None:
    item = consent_text()
    texts = {text.language: text for text in item.body.texts}

    assert text_mark(item) == TEXT
    assert set(texts) == {"nl", "en", "tr", "ar", "uk", "pl"}
    assert item.status == "voorbeeld"
    assert {code for code, text in texts.items() if text.checked} == {"nl"}
    assert {code for code, text in texts.items() if text.direction == "rtl"} == {"ar"}
    assert text_in(item, "so").language == "nl"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda texts: texts.pop(0),
        lambda texts: texts.append(texts[1]),
        lambda texts: texts[1]["paragraphs"].pop(),
    ],
    ids=["no Dutch", "twice English", "a paragraph less"],
)
def test_texts_that_differ_are_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    body = tomllib.loads(FILE.read_text())["body"]
    ConsentTexts.model_validate(body)
    spoil(body["texts"])
    with pytest.raises(ValidationError):
        ConsentTexts.model_validate(body)
