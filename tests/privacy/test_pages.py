"""Logbook, status, outbox and the register of fields."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

import leesbouw
from leesbouw.core import mail, stamp
from leesbouw.core.audit import AuditEvent, record
from leesbouw.organisations.actions import enter_phase
from leesbouw.privacy.enums import FIELDS, KEPT, MODELS, ROOMS, VERBS, verb_label
from leesbouw.privacy.queries import events_for, register_of_fields
from leesbouw.privacy.queries.terms import term_bodies

PACKAGE = Path(leesbouw.__file__).parent
PAGES = ("/beheer/logboek/", "/beheer/status/", "/beheer/post/", "/beheer/gegevens/")


@pytest.mark.parametrize("path", PAGES)
def test_the_administrator_alone(cast, client_for, path):
    assert client_for(cast.administrator).get(path).status_code == 200
    for who in ("consultant", "head", "municipality", "outsider"):
        assert client_for(cast.actors[who]).get(path).status_code == 403


def test_the_logbook_tells_what_happened_in_ones_own_reach(cast, client_for):
    enter_phase(partnership=cast.with_a1, phase="anchoring", by=cast.manager)
    enter_phase(partnership=cast.with_b1, phase="anchoring", by=cast.other_library)
    page = client_for(cast.administrator).get("/beheer/logboek/?wat=organisations").content.decode()

    assert "wijzigde de fase" in page
    assert "Manager" in page
    assert "De Regenboog" in page
    assert "Berkencollege" not in page
    assert "Other Library" not in page


def test_one_undoes_in_the_logbook_what_one_did_oneself(cast, client_for):
    client = client_for(cast.director)
    enter_phase(partnership=cast.with_a1, phase="anchoring", by=cast.director)
    enter_phase(partnership=cast.with_k1, phase="anchoring", by=cast.manager)
    page = client.get("/beheer/logboek/?wat=organisations").content.decode()
    mine = AuditEvent.objects.get(verb="organisations.enter_phase", by_user_id=cast.director.user_id)

    assert page.count('formaction="/ongedaan/') == 1
    assert f'formaction="/ongedaan/{mine.pk}/"' in page
    client.post(f"/ongedaan/{mine.pk}/")
    assert "ongedaan gemaakt" in client.get("/beheer/logboek/?wat=organisations").content.decode()


def test_filters_of_the_logbook(cast, client_for):
    enter_phase(partnership=cast.with_a1, phase="anchoring", by=cast.manager)
    record(by=cast.consultant, verb="ui.export", unit_id=cast.library_a.pk)
    client = client_for(cast.administrator)

    def verbs(query: str) -> set[str]:
        table = client.get(f"/beheer/logboek/?{query}").context["table"]
        return {row.verb for row in table.data.data}

    assert verbs("wat=ui") == {"ui.export"}
    assert verbs(f"wie={cast.manager.user_id}") == {"organisations.enter_phase"}
    assert verbs("vanaf=01-01-2090") == set()


def test_more_events_cost_no_more_queries(cast, client_for, django_assert_num_queries):
    client = client_for(cast.administrator)
    client.get("/beheer/logboek/")
    record(by=cast.manager, verb="ui.export", unit_id=cast.a1.pk)
    with django_assert_num_queries(15):
        client.get("/beheer/logboek/?wat=ui")
    for actor in (cast.consultant, cast.director):
        record(by=actor, verb="ui.export", unit_id=cast.k1.pk)
    with django_assert_num_queries(15):
        client.get("/beheer/logboek/?wat=ui")


def test_nobody_reads_another_librarys_events(cast):
    record(by=cast.other_library, verb="ui.export", unit_id=cast.library_b.pk)

    assert not events_for(cast.administrator).filter(verb="ui.export").exists()
    assert events_for(cast.other_library).filter(verb="ui.export").exists()
    assert not events_for(cast.nation).filter(verb="ui.export").exists()


def test_the_logbook_can_be_taken_along(cast, client_for):
    enter_phase(partnership=cast.with_a1, phase="anchoring", by=cast.manager)
    answer = client_for(cast.administrator).get(
        "/beheer/logboek.csv?wat=organisations&kolommen=wanneer,wie,wat,waar"
    )
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert lines[0] == "Wanneer;Wie;Wat;Waar"
    assert any(line.endswith("Manager;wijzigde de fase;De Regenboog") for line in lines)


def test_the_status_page_says_each_state_in_words(cast, client_for):
    page = client_for(cast.administrator).get("/beheer/status/").content.decode()

    assert "Ruimte op de schijf" in page or "Space on the disk" in page
    assert 'class="tag ok"' in page


def test_mail_is_listed_and_opens_in_a_demo_alone(cast, client_for):
    message = mail.send(
        to="anna@school.example", subject="Welkom", body="Een persoonlijke tekst", by=cast.administrator
    )
    client, path = client_for(cast.administrator), f"/beheer/post/{message.pk}/"

    assert "Welkom" in client.get("/beheer/post/").content.decode()
    assert "persoonlijke tekst" not in client.get(path).content.decode()
    stamp.write("demo", "yes")
    stamp.forget_demo()
    assert "persoonlijke tekst" in client.get(path).content.decode()


def test_another_librarys_mail_is_not_there(cast, client_for):
    message = mail.send(to="x@y.example", subject="Geheim", body="", by=cast.other_library)
    client = client_for(cast.administrator)

    assert "Geheim" not in client.get("/beheer/post/").content.decode()
    assert client.get(f"/beheer/post/{message.pk}/").status_code == 404


def test_the_register_names_every_model_with_something_of_people(cast, client_for):
    lines = {line.label: line for line in register_of_fields()}
    page = client_for(cast.administrator).get("/beheer/gegevens/").content.decode()

    assert lines["Contactpersoon"].kept == "2 jaar na vertrek"
    assert "e-mail" in lines["Contactpersoon"].personal
    assert "Contactpersoon" in page


def personal_models():
    for model in apps.get_models():
        privacy = model.__dict__.get("Privacy")
        fields = f"{getattr(privacy, 'personal', '')} {getattr(privacy, 'secret', '')}".split()
        if fields:
            yield model._meta.label, fields, getattr(privacy, "kept", "")


def test_every_model_field_and_term_has_words(db):
    for label, fields, kept in personal_models():
        assert label in MODELS, label
        assert set(fields) <= set(FIELDS), label
        assert kept in KEPT or kept in term_bodies(), label


def verbs_in_code() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text()
        found |= set(re.findall(r'verb="([a-z_]+\.[a-z_]+)"', text))
        room = path.relative_to(PACKAGE).parts[0]
        found |= {f"{room}.{name}" for name in re.findall(r'_event\(by, "([a-z_]+)"', text)}
    return found


def test_every_verb_has_words():
    assert verbs_in_code() - set(VERBS) == set()
    assert {verb.partition(".")[0] for verb in VERBS} <= set(ROOMS)


def test_an_unknown_verb_shows_its_code(db):
    assert verb_label("later.invented") == "later.invented"
