"""The page of the processing agreement, the link with which a school signs, and the papers."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from leesbouw.accounts.models import TaskLink
from leesbouw.accounts.queries import actor_of_link
from leesbouw.agreements import actions, queries
from leesbouw.agreements.forms import usual_end
from leesbouw.agreements.providers import agreements_to_renew
from leesbouw.core import jobs
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.files import StoredFile
from leesbouw.core.mail import Outgoing
from leesbouw.core.registry import holders
from leesbouw.core.time import today
from leesbouw.organisations.actions import LocationRow, end_agreement, put_locations, record_agreement
from leesbouw.organisations.models import Location, ProcessingAgreement
from leesbouw.organisations.queries import has_agreement

PAGE = "/school/99AA00/verwerkersovereenkomst/"
PDF = b"%PDF-1.7 signed"
HEAD = "ria@school.example"


def ask(cast, by=None, **values):
    told = {"location": cast.a1, "email": HEAD, "name": "Ria Bos", "version": "4.0", "starts_on": today()}
    return actions.ask_to_sign(library=cast.library_a, by=by or cast.manager, **(told | values))


def record(cast, **values):
    told = {
        "location": cast.a1,
        "library": cast.library_a,
        "version": "4.0",
        "signed_on": today(),
        "starts_on": today(),
        "signer_name": "Ria Bos",
        "signer_function": "directeur",
        "content": PDF,
        "by": cast.manager,
    }
    return record_agreement(**(told | values))


def mailed(pattern):
    return re.search(pattern, Outgoing.objects.filter(to=HEAD).latest("pk").body)[0]


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def sent(**values):
    day = today().strftime("%d-%m-%Y")
    told = {
        "version_code": "4.0",
        "starts_on": day,
        "ends_on": "",
        "signed_on": day,
        "signer_name": "Ria Bos",
        "signer_function": "directeur",
        "annexes": ["privacy"],
        "file": SimpleUploadedFile("scan van Ria.pdf", PDF, "application/pdf"),
    }
    return told | values


def test_three_years_end_on_the_day_before():
    assert usual_end(date(2026, 9, 1), 36) == date(2029, 8, 31)
    assert usual_end(date(2026, 12, 1), 1) == date(2026, 12, 31)
    assert usual_end(date(2026, 11, 29), 36) == date(2029, 11, 28)
    assert usual_end(date(2027, 1, 31), 1) == date(2027, 2, 27)


class TestLink:
    def test_from_the_question_to_the_paper(self, cast, client):
        ask(cast)
        address = mailed(r"/taak/[\w-]+/")
        page = client.get(address).content.decode()
        assert "Bibliotheek Elzen wil gegevens van leerlingen bewaren" in page
        assert "burgerservicenummer" in page
        assert not ProcessingAgreement.objects.exists()
        client.post(address, {"send_code": "1"})
        code = mailed(r"\b\d{6}\b")
        answer = {"signer_name": "Ria Bos", "signer_function": "directeur", "agrees": "on", "code": code}
        assert client.post(address, answer).status_code == 200
        row = ProcessingAgreement.objects.get()
        assert (row.location, row.library, row.version, row.channel) == (
            cast.a1,
            cast.library_a,
            "4.0",
            "link",
        )
        assert (row.signed_on, row.starts_on, row.ends_on) == (today(), today(), None)
        assert (row.signer_name, row.signer_function, row.by_user_id) == ("Ria Bos", "directeur", None)
        assert has_agreement(cast.a1, today())
        event = AuditEvent.objects.filter(verb="organisations.record_agreement").get()
        assert (event.by_kind, "Ria" in str(event.data)) == ("link", False)
        jobs.work_off()
        row.refresh_from_db()
        paper = text_of(row.file.read())
        assert "Ria Bos, directeur" in paper
        assert "Getekend met een persoonlijke link en een code per mail" in paper
        assert "burgerservicenummer" in paper

    def test_without_the_code_nothing_is_signed(self, cast, client):
        ask(cast)
        address = mailed(r"/taak/[\w-]+/")
        client.post(address, {"send_code": "1"})
        wrong = "000000" if mailed(r"\b\d{6}\b") != "000000" else "111111"
        client.post(address, {"signer_name": "R", "signer_function": "d", "agrees": "on", "code": wrong})
        assert not ProcessingAgreement.objects.exists()

    def test_without_a_yes_nothing_is_signed(self, cast):
        link = ask(cast)
        by = actor_of_link(link, frozenset({"organisations.edit_agreement"}))
        with pytest.raises(Sentence):
            actions.sign_agreement(by=by, link=link, signer_name="R", signer_function="d", agrees=False)

    @pytest.mark.parametrize(
        "values",
        [{"version": "9"}, {"ends_on": date(2020, 1, 1)}, {"childcare": True}],
    )
    def test_what_cannot_be_asked(self, cast, values):
        if values.pop("childcare", False):
            values["location"] = cast.k1
        with pytest.raises(Sentence):
            ask(cast, **values)
        assert not TaskLink.objects.exists()

    def test_one_question_at_a_time(self, cast):
        ask(cast)
        with pytest.raises(Sentence):
            ask(cast)
        assert TaskLink.objects.count() == 1

    @pytest.mark.parametrize("name", ["head", "consultant", "director", "outsider"])
    def test_only_who_may(self, cast, name):
        with pytest.raises(NotAllowed):
            ask(cast, by=getattr(cast, name))

    def test_withdrawn_it_can_be_asked_anew(self, cast, client_for):
        link = ask(cast)
        client = client_for(cast.manager)
        assert "Trek de link in" in client.get(PAGE).content.decode()
        assert client.post(f"/beheer/taaklinks/{link.pk}/intrekken/", {"next": PAGE})["Location"] == PAGE
        assert "Wacht op een handtekening" not in client.get(PAGE).content.decode()
        assert ask(cast).pk != link.pk

    def test_only_who_may_withdraw_a_link_gets_the_button(self, cast, client_for):
        link = ask(cast)
        TaskLink.objects.filter(pk=link.pk).update(created_by_id=cast.director.user_id)
        client = client_for(cast.manager)
        page = client.get(PAGE).content.decode()
        assert "Wacht op een handtekening" in page
        assert "Trek de link in" not in page
        assert client.post(f"/beheer/taaklinks/{link.pk}/intrekken/", {"next": PAGE}).status_code == 403

    def test_another_library_does_not_see_who_was_asked(self, cast):
        ask(cast)
        assert [one.link.name for one in queries.requests_of(cast.manager, cast.a1)] == ["Ria Bos"]
        assert [one.link.name for one in queries.requests_of(cast.head, cast.a1)] == ["Ria Bos"]
        assert queries.requests_of(cast.other_library, cast.a1) == []


class TestPage:
    def test_it_says_how_it_stands(self, cast, client_for):
        client = client_for(cast.manager)
        assert "Geen verwerkersovereenkomst" in client.get(PAGE).content.decode()
        record(cast, ends_on=today() + timedelta(days=30))
        page = client.get(PAGE).content.decode()
        assert "Loopt binnenkort af" in page
        assert "Ria Bos, directeur" in page
        assert "Model 4.0 van het privacyconvenant" in page

    def test_the_top_of_the_page_still_says_for_whom_one_works(self, cast, client_for):
        page = client_for(cast.head).get(PAGE).content.decode()
        assert re.search(r'class="pick scope alone">.*De Regenboog</span>', page)

    def test_a_question_that_waits_is_told(self, cast, client_for):
        ask(cast)
        page = client_for(cast.manager).get(PAGE).content.decode()
        assert "Wacht op een handtekening" in page
        assert "Laat de school tekenen" not in page

    def test_child_care_needs_none(self, cast, client_for):
        client = client_for(cast.manager)
        page = client.get("/kinderopvang/999000001/verwerkersovereenkomst/").content.decode()
        assert "dus is er geen verwerkersovereenkomst nodig" in page
        assert client.get("/kinderopvang/999000001/verwerkersovereenkomst/vastleggen/").status_code == 404
        assert client.get("/kinderopvang/999000001/verwerkersovereenkomst/laten-tekenen/").status_code == 404

    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("manager", 200),
            ("head", 200),
            ("director", 200),
            ("teacher", 403),
            ("municipality", 403),
            ("other_head", 404),
            ("outsider", 404),
            ("other_library", 404),
        ],
    )
    def test_who_comes_in(self, cast, client_for, name, status):
        row = record(cast)
        client = client_for(getattr(cast, name))
        assert client.get(PAGE).status_code == status
        answer = client.get(f"{PAGE}{row.pk}/bestand/")
        assert answer.status_code == status
        assert not answer.streaming or answer.getvalue() == PDF

    def test_the_school_sees_and_does_not_record(self, cast, client_for):
        client = client_for(cast.head)
        assert "Leg een getekende overeenkomst vast" not in client.get(PAGE).content.decode()
        assert client.get(f"{PAGE}vastleggen/").status_code == 403
        assert client.get(f"{PAGE}laten-tekenen/").status_code == 403

    def test_recorded_with_its_file(self, cast, client_for):
        client = client_for(cast.manager)
        assert client.post(f"{PAGE}vastleggen/", sent()).status_code == 302
        row = ProcessingAgreement.objects.get()
        assert (row.privacy_annex, row.security_annex, row.signer_function) == (True, False, "directeur")
        answer = client.get(f"{PAGE}{row.pk}/bestand/")
        assert answer.getvalue() == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_for_more_schools_of_the_board_at_once(self, cast, client_for):
        put_locations(
            [LocationRow(code="99AC00", sector="po", name="De Linde", municipality="9901", board="99001")],
            by=SYSTEM,
        )
        other = Location.objects.get(code="99AC00")
        client = client_for(cast.manager)
        assert "De Linde" in client.get(f"{PAGE}vastleggen/").content.decode()
        client.post(f"{PAGE}vastleggen/", sent(others=[str(other.pk)]))
        assert has_agreement(cast.a1, today())
        assert has_agreement(other, today())
        assert client.post(f"{PAGE}vastleggen/", sent(others=[str(cast.a2.pk)])).status_code == 200
        assert not has_agreement(cast.a2, today())

    def test_asked_from_its_page(self, cast, client_for):
        told = {
            "name": "Ria Bos",
            "email": HEAD,
            "version_code": "4.0",
            "starts_on": "1-9-2026",
            "ends_on": "31-8-2029",
        }
        client = client_for(cast.manager)
        assert "Wie tekent er voor de school?" in client.get(f"{PAGE}laten-tekenen/").content.decode()
        assert client.post(f"{PAGE}laten-tekenen/", told).status_code == 302
        assert queries.days_of_link(TaskLink.objects.get()) == (date(2026, 9, 1), date(2029, 8, 31))

    @pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"MZ program", b"PK\x03\x04 docx"])
    def test_a_wrong_file_is_refused_with_a_sentence(self, cast, client_for, content):
        file = SimpleUploadedFile("scan.pdf", content, "application/pdf")
        answer = client_for(cast.manager).post(f"{PAGE}vastleggen/", sent(file=file))
        assert "Stuur een pdf, of een foto als png of jpg." in answer.content.decode()
        assert not ProcessingAgreement.objects.exists()

    def test_a_file_that_was_stopped_on_its_way_in_is_told_to_be_too_large(self, cast, client_for, settings):
        settings.UPLOAD_LIMIT = 1_000
        file = SimpleUploadedFile("scan.pdf", PDF + bytes(2_000), "application/pdf")
        answer = client_for(cast.manager).post(f"{PAGE}vastleggen/", sent(file=file))
        assert "Dit bestand is groter dan 10 MB." in answer.content.decode()
        assert not ProcessingAgreement.objects.exists()

    def test_without_a_file_nothing_is_recorded(self, cast, client_for):
        told = sent()
        del told["file"]
        assert client_for(cast.manager).post(f"{PAGE}vastleggen/", told).status_code == 200
        assert not ProcessingAgreement.objects.exists()

    def test_ended_from_its_page(self, cast, client_for):
        row = record(cast)
        day = today().strftime("%d-%m-%Y")
        answer = client_for(cast.manager).post(
            f"{PAGE}{row.pk}/beeindigen/", {"ended_on": day, "reason": "De school stopt"}
        )
        assert answer.status_code == 302
        assert not has_agreement(cast.a1, today())

    def test_another_library_does_not_end_it(self, cast):
        row = record(cast)
        with pytest.raises(ProcessingAgreement.DoesNotExist):
            end_agreement(agreement=row, ended_on=today(), reason="", by=cast.actors["other_library"])

    def test_history_costs_no_more_queries(self, cast, client_for, django_assert_max_num_queries):
        client = client_for(cast.manager)
        record(cast)
        client.get(PAGE)
        with django_assert_max_num_queries(25) as one:
            client.get(PAGE)
        for days in (1, 2):
            record(cast, starts_on=today() + timedelta(days=days))
        with django_assert_max_num_queries(len(one)):
            client.get(PAGE)

    def test_the_page_of_the_school_shows_it(self, cast, client_for):
        record(cast, ends_on=today() + timedelta(days=30))
        page = client_for(cast.head).get("/school/99AA00/").content.decode()
        assert "Bekijk de verwerkersovereenkomst" in page
        assert "Teken op tijd een nieuwe" in page
        assert (
            "Bekijk de verwerkersovereenkomst"
            not in client_for(cast.teacher).get("/school/99AA00/").content.decode()
        )

    def test_the_list_of_schools_has_it_as_a_column(self, cast, client_for):
        record(cast)
        page = client_for(cast.manager).get("/scholen/?kolommen=naam,vwo").content.decode()
        assert "Geldig" in page


class TestPapers:
    @pytest.mark.parametrize(
        ("kind", "words"), [("privacy", "burgerservicenummer"), ("beveiliging", "logboek")]
    )
    def test_an_annex_is_printed_from_the_facts(self, cast, client_for, kind, words):
        answer = client_for(cast.head).get(f"{PAGE}bijlage/{kind}/")
        assert answer["Content-Type"] == "application/pdf"
        text = text_of(answer.content)
        assert words in text
        assert "geen officieel model" in text

    def test_the_privacy_annex_lists_what_the_models_say(self, cast):
        kinds = {label for label, _fields, _kept in queries.kept_rows()}
        assert "Verwerkersovereenkomst" in kinds

    def test_another_kind_is_not_there(self, cast, client_for):
        assert client_for(cast.head).get(f"{PAGE}bijlage/anders/").status_code == 404


class TestToDo:
    def test_what_ends_soon_is_to_be_renewed_by_who_may(self, cast):
        last = today() + timedelta(days=90)
        record(cast, ends_on=last)
        line = agreements_to_renew(cast.manager)[0]
        assert (str(line.title), line.url, line.due_on) == (
            "Vernieuw de verwerkersovereenkomst van De Regenboog",
            PAGE,
            last,
        )
        assert agreements_to_renew(cast.head) == []
        assert agreements_to_renew(cast.other_library) == []

    def test_what_holds_longer_is_left_alone(self, cast):
        record(cast, ends_on=today() + timedelta(days=91))
        assert agreements_to_renew(cast.manager) == []


class TestTerm:
    def test_an_agreement_goes_with_its_file_when_its_term_is_over(self, cast):
        old = record(cast, starts_on=date(2010, 1, 1), signed_on=date(2010, 1, 1), ends_on=date(2012, 1, 1))
        kept = record(cast)
        holder = holders["processing-agreement"]
        assert holder.due(date(2020, 1, 1)) == 1
        holder.erase(limit=date(2020, 1, 1), by=SYSTEM)
        assert list(ProcessingAgreement.objects.all()) == [kept]
        assert not StoredFile.objects.filter(pk=old.file_id).exists()
        assert kept.file.path.exists()  # the same bytes, of another agreement
