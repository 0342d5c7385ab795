"""Pages of pupils: what they show, how often they ask the database, and what one does from them."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.pupils.actions import PupilRow, leave_pupils, open_request, put_pupils, record_consents
from leesbouw.pupils.models import Enrolment, MembershipConsent, Pupil, RightsRequest
from leesbouw.pupils.queries import consent_states, known_of, pupil_by_id
from tests.factories.pupils import put_more

LIST = "/school/99AA00/leerlingen/"
LOG = "/school/99AA00/verzoeken/"
CONSENTS = "/school/99AA00/toestemmingen/"


def page_of(pupil: Pupil, rest: str = "") -> str:
    return f"/leerling/{pupil.pk}/{rest}"


def verbs(prefix: str = "pupils.") -> list[str]:
    return list(
        AuditEvent.objects.filter(verb__startswith=prefix).order_by("pk").values_list("verb", flat=True)
    )


def text(answer) -> str:
    return answer.content.decode()


# The list


def test_names_are_short_unless_two_are_alike(school, client_for, coordinator) -> None:
    content = text(client_for(coordinator).get(LIST))

    assert "4 leerlingen" in content
    assert "Sem K." in content
    assert "Kwartel" not in content
    assert "Noor de Vriezenaar" in content
    assert "Noor Vlinderman" in content
    assert "Wie ziet dit?" in content
    assert "Vertrouwelijk: bevat namen." in content


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Noor de Vriezenaar", "Noor Vlinderman", "Sem K.", "Yusuf Z."}),
        ("groep=geen", {"Yusuf Z."}),
        ("groep=weg", set()),
        ("zoek=yusoef", {"Yusuf Z."}),
        ("zoek=vrieze", {"Noor de Vriezenaar"}),
        ("zoek=xqxq", set()),
        ("groep=abc", {"Noor de Vriezenaar", "Noor Vlinderman", "Sem K.", "Yusuf Z."}),
    ],
)
def test_the_list_is_narrowed(school, client_for, coordinator, query: str, names: set[str]) -> None:
    table = client_for(coordinator).get(f"{LIST}?{query}").context["table"]

    assert {table.names[row.pk] for row in table.data.data} == names


def test_a_group_has_its_own_children(school, client_for, coordinator) -> None:
    answer = client_for(coordinator).get(f"{LIST}?groep={school.groups['6'].pk}")

    assert [row.first_name for row in answer.context["table"].data.data] == ["Sem"]
    chips = {str(label): number for label, number, _url, _here in answer.context["chips"]}
    assert chips == {"Iedereen": 4, "5": 2, "6": 1, "Zonder groep": 1}


def test_who_left_is_apart_with_the_last_group_and_a_last_day(school, client_for, coordinator) -> None:
    leave_pupils([school.sem.pk], left_on=date(2026, 11, 1), location=school.location, by=coordinator)
    client = client_for(coordinator)

    assert "Sem K." not in text(client.get(LIST))
    content = text(client.get(f"{LIST}?groep=weg"))
    assert "Sem K." in content
    assert "31 december" in content  # 60 days later
    assert client.get(f"{LIST}?groep=weg").context["table"].data.data[0].group_name == "6"


def test_a_longer_list_asks_no_more_questions(
    school, client_for, coordinator, django_assert_num_queries
) -> None:
    client = client_for(coordinator)
    Pupil.objects.trusted("test").filter(pk__in=[one.pk for one in school.pupils[1:]]).delete()
    client.get(LIST)
    with django_assert_num_queries(16):
        client.get(LIST)
    put_more(school, 2)
    with django_assert_num_queries(16):
        client.get(LIST)


def test_a_list_with_names_goes_along_only_with_a_reason(school, client_for, coordinator) -> None:
    client, page = client_for(coordinator), f"{LIST}meenemen/?zoek=sem"

    assert client.get(f"{LIST}?formaat=csv&zoek=sem").url == page
    assert client.post(page, {"form": "csv"}).context["form"].errors.keys() == {"reason"}
    assert "pupils.export_list" not in verbs()
    answer = client.post(page, {"form": "csv", "reason": "classroom"})
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert lines[:2] == ["Naam;Groep", "Sem K.;6"]
    assert lines[-1] == "Gemaakt door Coordinator op 16 november 2026, 10:00. Vertrouwelijk: bevat namen."
    event = AuditEvent.objects.get(verb="pupils.export_list")
    assert (event.count, event.data, event.unit_id) == (
        1,
        {"reason": "classroom", "as": "csv"},
        school.location.pk,
    )


@pytest.mark.parametrize(("form", "begin"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_other_files(school, client_for, coordinator, form: str, begin: bytes) -> None:
    answer = client_for(coordinator).post(f"{LIST}meenemen/", {"form": form, "reason": "check"})

    assert answer.content.startswith(begin)
    assert answer["Content-Disposition"].startswith('attachment; filename="leesbouw_de-regenboog_leerlingen_')


# One child


def test_the_page_tells_all_and_keeps_two_memberships_apart(school, client_for, coordinator) -> None:
    content = text(client_for(coordinator).get(page_of(school.noor)))

    for words in (
        "Schoolbieb (via school)",
        "Lid van de Bibliotheek",
        "nog geen antwoord",
        "001",
        "De Regenboog",
    ):
        assert words in content
    assert '<a class="btn go" href="/leerling/' in content


def test_the_childs_own_page_is_in_its_own_words(school, client_for, coordinator) -> None:
    Enrolment.objects.visible_to(SYSTEM).filter(pupil=school.noor).update(year_group=5)
    content = text(client_for(coordinator).get(page_of(school.noor, "voor-jou/")))

    assert '<body class="lb-kind">' in content
    assert "Wat weet Leesbouw van mij?" in content
    assert "Hoi Noor!" in content
    assert "Je groep: <b>5, jaargroep 5</b>" in content
    assert "nog niet gevraagd" in content


def test_what_is_kept_goes_along_as_data(school, client_for, coordinator) -> None:
    open_request(pupil=school.noor, kind="access", asked_by="parent", by=coordinator)
    there = Enrolment.objects.visible_to(SYSTEM).filter(pupil=school.noor)
    there.update(year_group=5, starts_on=date(2026, 8, 24))
    answer = client_for(coordinator).get(page_of(school.noor, "gegevens.json"))
    data = json.loads(answer.content)
    told = {line["what"]: line["values"] for chapter in data["chapters"] for line in chapter["lines"]}

    assert told["Naam"] == ["Noor de Vriezenaar"]
    assert told["Nummer in de administratie van de school"] == ["001"]
    assert told["2026-2027"] == ["5", "jaargroep 5", "sinds 24-08-2026"]
    assert told["16-11-2026"] == ["Zien wat is bewaard, open"]
    assert "Noor" not in answer["Content-Disposition"]
    assert AuditEvent.objects.get(verb="pupils.export_pupil").data == {"as": "json"}


def test_every_place_where_the_child_was_is_told(school, coordinator) -> None:
    group = school.groups["6"]
    row = PupilRow("Noor", "de", "Vriezenaar", "001", group_id=group.pk, year_group=6, id=school.noor.pk)
    put_pupils([row], location=school.location, by=coordinator)

    chapters = dict(known_of(coordinator, school.noor).chapters)

    assert chapters["Groepen"] == [
        ("2026-2027", ["6", "jaargroep 6", "sinds 16-11-2026"]),
        ("2026-2027", ["5", "sinds 01-08-2026", "tot en met 15-11-2026"]),
    ]


def test_what_is_kept_goes_along_on_paper(school, client_for, coordinator) -> None:
    answer = client_for(coordinator).get(page_of(school.noor, "gegevens.pdf"))

    assert answer.content.startswith(b"%PDF-")
    assert AuditEvent.objects.get(verb="pupils.export_pupil").data == {"as": "pdf"}


def test_a_mistake_is_put_right_and_the_request_is_answered(school, client_for, coordinator) -> None:
    asked = open_request(pupil=school.noor, kind="correction", asked_by="parent", by=coordinator)
    data = {
        "first_name": "Noortje",
        "last_name": "Vriezenaar",
        "key": "0001",
        "version": "1",
        "request_id": "een",
    }
    answer = client_for(coordinator).post(page_of(school.noor, "verbeteren/"), data)

    assert answer.url == page_of(school.noor)
    row = pupil_by_id(coordinator, school.noor.pk)
    assert (row.first_name, row.infix, row.key, row.birth_year, row.version) == (
        "Noortje",
        "",
        "0001",
        None,
        2,
    )
    asked.refresh_from_db()
    assert asked.outcome == "done"


def test_two_who_correct_at_once_meet_both_versions(school, client_for, coordinator, cast) -> None:
    page, data = page_of(school.noor, "verbeteren/"), {"last_name": "Een", "version": "1"}
    assert client_for(coordinator).post(page, data | {"request_id": "een"}).status_code == 302
    answer = client_for(cast.head).post(page, data | {"last_name": "Twee", "request_id": "twee"})

    assert answer.status_code == 409
    assert "Een" in text(answer)
    assert "Twee" in text(answer)


def test_a_citizen_service_number_is_no_number_of_a_child(school, client_for, coordinator) -> None:
    client, page = client_for(coordinator), f"/leerling/{school.noor.pk}/verbeteren/"
    told = {"first_name": "Noor", "infix": "", "last_name": "Jansen", "key": "123 456 782"}

    answer = client.post(page, told | {"version": school.noor.version})

    assert "lijkt op een burgerservicenummer" in text(answer)
    assert Pupil.objects.trusted("test").get(pk=school.noor.pk).key == school.noor.key


def test_the_year_of_birth_is_asked_only_where_it_is_kept(school, client_for, coordinator) -> None:
    client, page = client_for(coordinator), page_of(school.noor, "verbeteren/")
    assert "birth_year" not in client.get(page).context["form"].fields
    client.post(f"{LIST}instellingen/", {"birth_years": "on", "request_id": "een"})
    assert "birth_year" in client.get(page).context["form"].fields
    client.post(page, {"first_name": "Noor", "birth_year": "2017", "version": "1", "request_id": "twee"})
    assert pupil_by_id(coordinator, school.noor.pk).birth_year == 2017

    client.post(f"{LIST}instellingen/", {"request_id": "drie"})
    assert pupil_by_id(coordinator, school.noor.pk).birth_year is None


def test_erasing_names_the_child_and_leaves_a_log_without_name(school, client_for, coordinator) -> None:
    client, page = client_for(coordinator), page_of(school.sem, "wissen/")
    shown = client.get(page)
    assert shown.context["form"]["asked_by"].value() == "parent"
    question = text(shown)
    assert "Wis Sem K." in question
    assert "brengt het kind niet terug" in question
    answer = client.post(page, {"asked_by": "parent", "version": "1", "request_id": "een"})

    assert answer.url == LIST
    assert client.get(page).status_code == 404
    assert client.post(page, {"asked_by": "parent", "version": "1", "request_id": "een"}).url == LIST
    log = text(client.get(LOG))
    assert "gewist" in log
    assert "Sem " not in log
    settings = text(client.get(f"{LIST}instellingen/"))
    assert "Eén nummer mag niet terugkomen" in settings
    assert client.post(f"{LIST}weer-toelaten/", {"request_id": "twee"}).url == f"{LIST}instellingen/"
    assert "0 nummers" in text(client.get(f"{LIST}instellingen/"))


def test_a_child_that_was_changed_meanwhile_is_erased_all_the_same(school, client_for, coordinator) -> None:
    client, page = client_for(coordinator), f"/leerling/{school.noor.pk}/wissen/"
    told = {"asked_by": "parent", "version": school.noor.version}
    Pupil.objects.trusted("test").filter(pk=school.noor.pk).update(version=school.noor.version + 1)

    assert client.post(page, told).status_code == 302
    assert not Pupil.objects.trusted("test").filter(pk=school.noor.pk).exists()


def test_no_browser_keeps_a_page_with_children(school, client_for, coordinator) -> None:
    client, noor = client_for(coordinator), f"/leerling/{school.noor.pk}/"

    for page in (LIST, noor, f"{noor}voor-jou/", f"{noor}verbeteren/", "/verzoeken/"):
        assert "no-store" in client.get(page)["Cache-Control"], page


def test_without_a_number_the_page_says_that_a_file_may_bring_the_child_back(
    school, client_for, coordinator
) -> None:
    Pupil.objects.trusted("test").filter(pk=school.sem.pk).update(key="")

    assert "kan het dus terugbrengen" in text(client_for(coordinator).get(page_of(school.sem, "wissen/")))


# Requests


def test_a_request_is_noted_answered_and_told_on_the_first_page(school, client_for, coordinator) -> None:
    client = client_for(coordinator)
    data = {"kind": "objection", "asked_by": "parent", "asked_on": "1-11-2026", "request_id": "een"}
    form = client.get(page_of(school.noor, "verzoek/?soort=objection")).context["form"]
    assert form.initial["kind"] == "objection"
    client.post(page_of(school.noor, "verzoek/"), data)
    row = RightsRequest.objects.trusted("test").get()

    assert "Beantwoord een verzoek over een leerling" in text(client.get("/vandaag/"))
    assert "1 december" in text(client.get(page_of(school.noor)))
    page = f"/verzoeken/{row.pk}/"
    assert "Noor de Vriezenaar" in text(client.get(page))
    answer = client.post(page, {"outcome": "refused", "version": "1", "request_id": "twee"})
    assert "Schrijf op waarom je het weigert." in text(answer)
    client.post(
        page, {"outcome": "refused", "reason": "Wettelijke plicht", "version": "1", "request_id": "drie"}
    )
    row.refresh_from_db()
    assert (row.outcome, row.reason) == ("refused", "Wettelijke plicht")
    assert "Beantwoord een verzoek over een leerling" not in text(client.get("/vandaag/"))


def test_an_erasure_is_never_done_by_saying_so(school, client_for, coordinator) -> None:
    row = open_request(pupil=school.noor, kind="erasure", asked_by="parent", by=coordinator)
    client, page = client_for(coordinator), f"/verzoeken/{row.pk}/"
    client.post(page, {"outcome": "done", "version": "1", "request_id": "een"})
    row.refresh_from_db()

    assert row.outcome == ""
    assert page_of(school.noor, "wissen/") in text(client.get(page))


def test_the_log_has_late_ones_first_and_says_so(school, client_for, coordinator, cast) -> None:
    for pupil, day in ((school.noor, date(2026, 11, 10)), (school.sem, date(2026, 10, 1))):
        open_request(pupil=pupil, kind="access", asked_by="parent", asked_on=day, by=coordinator)
    done = open_request(pupil=school.yusuf, kind="access", asked_by="pupil", by=coordinator)
    client_for(coordinator).post(
        f"/verzoeken/{done.pk}/", {"outcome": "done", "version": "1", "request_id": "x"}
    )
    answer = client_for(coordinator).get(LOG)

    assert [row.pupil_id for row in answer.context["table"].data.data] == [
        school.sem.pk,
        school.noor.pk,
        school.yusuf.pk,
    ]
    assert "Te laat" in text(answer)
    assert "Eén verzoek is te laat" in text(answer)
    assert re.search("Sem K", text(client_for(cast.administrator).get("/verzoeken/")))
    assert len(client_for(coordinator).get(f"{LOG}?staat=open").context["table"].rows) == 2
    assert len(client_for(coordinator).get(f"{LOG}?staat=klaar").context["table"].rows) == 1


def test_more_requests_ask_no_more_questions(
    school, client_for, coordinator, django_assert_num_queries
) -> None:
    client = client_for(coordinator)
    open_request(pupil=school.noor, kind="access", asked_by="parent", by=coordinator)
    client.get(LOG)
    with django_assert_num_queries(14):
        client.get(LOG)
    for pupil in school.pupils[1:]:
        open_request(pupil=pupil, kind="access", asked_by="parent", by=coordinator)
    with django_assert_num_queries(14):
        client.get(LOG)


# Consents


def test_one_answer_for_all_who_are_ticked_and_back(school, client_for, coordinator) -> None:
    client, page = client_for(coordinator), f"{CONSENTS}?groep={school.groups['5'].pk}"
    data = {"answer": "yes", "given_by": "parent", "channel": "enrolment", "given_on": "1-9-2026"}
    assert "Vink ten minste één kind aan." in text(client.post(page, data | {"request_id": "nul"}))
    ids = [school.pupils[0].pk, school.pupils[1].pk]
    answer = client.post(page, data | {"pupils": ids, "request_id": "een"}, follow=True)

    assert "Het antwoord is bewaard voor 2 kinderen." in text(answer)
    assert "/ongedaan/" in text(answer)
    rows = MembershipConsent.objects.trusted("test")
    assert {(row.asked_by_text, row.channel, row.given_on) for row in rows} == {
        ("membership@1", "enrolment", date(2026, 9, 1))
    }
    assert {state.value for state in consent_states(coordinator, ids).values()} == {"yes"}


def test_a_child_of_another_group_cannot_be_ticked(school, client_for, coordinator) -> None:
    data = {"answer": "yes", "given_by": "parent", "channel": "paper", "given_on": "1-9-2026"}
    page = f"{CONSENTS}?groep={school.groups['5'].pk}"
    answer = client_for(coordinator).post(page, data | {"pupils": [school.sem.pk], "request_id": "een"})

    assert "pupils" in answer.context["form"].errors
    assert not MembershipConsent.objects.trusted("test").exists()


def test_the_page_counts_and_says_that_no_blocks_nothing(school, client_for, coordinator) -> None:
    for pupil, answer in ((school.noor, "yes"), (school.sem, "no")):
        record_consents(
            [pupil.pk], answer=answer, text="membership@1", given_on=date(2026, 9, 1), channel="paper",
            by=coordinator,
        )  # fmt: skip
    answer = client_for(coordinator).get(CONSENTS)

    assert {state.value: number for state, number in answer.context["figures"].lines} == {
        "none": 2,
        "yes": 1,
        "no": 1,
        "withdrawn": 0,
    }
    assert "houdt niemand weg bij de schoolbieb" in text(answer)


def test_a_yes_is_withdrawn_as_easily_as_given(school, client_for, coordinator) -> None:
    client, page = client_for(coordinator), page_of(school.noor, "toestemming/")
    data = {"pupils": [school.noor.pk], "answer": "yes", "given_by": "parent", "channel": "paper"}
    assert client.get(page_of(school.noor, "toestemming/intrekken/")).status_code == 404
    client.post(page, data | {"given_on": "1-9-2026", "request_id": "een"})
    assert page_of(school.noor, "toestemming/intrekken/") in text(client.get(page_of(school.noor)))
    data = {"withdrawn_on": "2-10-2026", "channel": "spoken", "request_id": "twee"}
    client.post(page_of(school.noor, "toestemming/intrekken/"), data)

    assert consent_states(coordinator, [school.noor.pk])[school.noor.pk].value == "withdrawn"


def test_the_library_registers_members_in_one_go(school, client_for, coordinator, cast) -> None:
    ids = [school.noor.pk, school.sem.pk]
    record_consents(
        ids, answer="yes", text="membership@1", given_on=date(2026, 9, 1), channel="paper", by=coordinator
    )
    page, client = f"{CONSENTS}aanmelden/", client_for(cast.administrator)
    assert client_for(coordinator).get(page).status_code == 404
    assert "Noor de Vriezenaar" in text(client.get(page))
    client.post(page, {"pupils": ids, "registered_on": "10-11-2026", "request_id": "een"})

    assert client.get(CONSENTS).context["figures"].registered == 2
    assert "Niemand wacht" in text(client.get(page))


@pytest.mark.parametrize(
    ("language", "begin", "is_checked"),
    [
        ("nl", '<article class="sheet prose" id="tekst" lang="nl" dir="ltr">', True),
        ("ar", '<article class="sheet prose" id="tekst" lang="ar" dir="rtl">', False),
        ("uk", '<article class="sheet prose" id="tekst" lang="uk" dir="ltr">', False),
        ("xx", '<article class="sheet prose" id="tekst" lang="nl" dir="ltr">', True),
    ],
)
def test_the_text_in_a_language(
    school, client_for, coordinator, language: str, begin: str, is_checked: bool
) -> None:
    content = text(client_for(coordinator).get(f"{CONSENTS}tekst/?taal={language}"))

    assert begin in content
    assert ("nog niet nagelezen door iemand" in content) is not is_checked
    assert "voorbeeld" in content


# Elsewhere


def test_the_school_page_and_the_first_page_count_without_names(school, client_for, coordinator) -> None:
    for page in ("/school/99AA00/groepen/", "/vandaag/"):
        content = text(client_for(coordinator).get(page))
        assert "<b>4</b>leerlingen in Leesbouw" in content
        assert "<b>1</b>zonder groep" in content
        assert "Noor" not in content


def test_the_menu_has_the_place(school, client_for, coordinator) -> None:
    assert f'href="{LIST}"' in text(client_for(coordinator).get("/vandaag/"))
