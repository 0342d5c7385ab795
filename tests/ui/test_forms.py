"""Forms: twice is once, nothing is lost, two people meet both versions."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.http import QueryDict

from leesbouw.core.audit import AuditEvent
from leesbouw.organisations.models import Location
from leesbouw.ui import fields
from leesbouw.ui.forms import Form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
URL = "/plek/99AA00/"


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.manager)


def inputs(page) -> dict[str, str]:
    """What a browser would send back: hidden and text inputs and the chosen radios."""
    sent = {}
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    for tag in re.findall(r"<input[^>]+>", main):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "radio" and " checked" not in tag:
            continue
        if "name" in attributes and attributes["name"] != "csrfmiddlewaretoken":
            sent[attributes["name"]] = unescape(attributes.get("value", ""))
    return sent


def test_saving_tells_and_offers_the_way_back(client) -> None:
    sent = inputs(client.get(URL)) | {"name": "  De   Wissel "}
    answer = client.post(URL, sent, follow=True)
    assert answer.redirect_chain == [("/plekken/", 302)]
    assert Location.objects.get(code="99AA00").name == "De Wissel"
    assert "De plek is veranderd." in answer.content.decode()
    event = AuditEvent.objects.get(verb="test.rename")
    assert f"/ongedaan/{event.pk}/" in answer.content.decode()


def test_sent_twice_is_done_once(client) -> None:
    sent = inputs(client.get(URL)) | {"name": "Nieuw"}
    first, second = client.post(URL, sent), client.post(URL, sent | {"name": "Nieuwer"})
    assert first["Location"] == second["Location"] == "/plekken/"
    assert Location.objects.get(code="99AA00").name == "Nieuw"
    assert AuditEvent.objects.filter(verb="test.rename").count() == 1


def test_button_pressed_twice(client) -> None:
    for _ in range(2):
        assert client.post("/sluit/", {"request_id": "abc"})["Location"] == "/plekken/"
    assert AuditEvent.objects.filter(verb="test.close").count() == 1
    client.post("/sluit/", {"request_id": "def"})
    assert AuditEvent.objects.filter(verb="test.close").count() == 2
    assert client.get("/sluit/").status_code == 405


def test_somebody_elses_request_id_is_no_answer(cast, client_for) -> None:
    for actor in (cast.manager, cast.consultant):
        client_for(actor).post("/sluit/", {"request_id": "same"})
    assert AuditEvent.objects.filter(verb="test.close").count() == 2


def test_mistakes_keep_what_was_typed(client) -> None:
    sent = inputs(client.get(URL)) | {"name": "Goed", "amount": "veel"}
    page = client.post(URL, sent)
    html = page.content.decode()
    assert page.status_code == 200
    assert 'value="veel"' in html
    assert 'value="Goed"' in html
    assert 'href="#id_amount"' in html
    assert inputs(page)["request_id"] == sent["request_id"]
    assert client.post(URL, inputs(page) | {"amount": "12,50"}).status_code == 302


def test_sentence_of_an_action_stands_above_the_form(client) -> None:
    page = client.post(URL, inputs(client.get(URL)) | {"name": "dicht"})
    assert "Deze plek is dicht." in page.content.decode()
    assert inputs(page)["name"] == "dicht"


def test_not_allowed_is_a_page(client) -> None:
    assert client.post(URL, inputs(client.get(URL)) | {"name": "verboden"}).status_code == 403
    assert Location.objects.get(code="99AA00").name == "De Regenboog"


def test_outside_the_scope_is_no_page(cast, client_for) -> None:
    client = client_for(cast.outsider)
    assert client.get(URL).status_code == 404
    assert client.post(URL, {"name": "x"}).status_code == 404


def test_next_leads_only_to_us(client) -> None:
    for wish, where in (
        ("/plekken/?soort=po", "/plekken/?soort=po"),
        ("https://elders.example/", "/plekken/"),
        ("//x", "/plekken/"),
    ):
        sent = inputs(client.get(URL)) | {"name": "x", "next": wish}
        assert client.post(URL, sent)["Location"] == where


class TestStale:
    @pytest.fixture
    def page(self, client):
        """Two people opened the form; the other one saved first. We changed the amount as well."""
        mine = inputs(client.get(URL))
        theirs = inputs(client.get(URL)) | {"name": "Van Ria"}
        client.post(URL, theirs)
        return client.post(URL, mine | {"name": "Van mij", "code": "eigen"})

    def test_both_versions_and_who(self, page) -> None:
        html = page.content.decode()
        assert page.status_code == 409
        assert "Van mij" in html
        assert "Van Ria" in html
        assert "Manager" in html
        assert Location.objects.get(code="99AA00").name == "Van Ria"

    def test_mine(self, client, page) -> None:
        assert client.post(URL, inputs(page)).status_code == 302
        assert Location.objects.get(code="99AA00").name == "Van mij"

    def test_theirs(self, client, page) -> None:
        assert client.post(URL, inputs(page) | {"houd-name": "theirs"}).status_code == 302
        row = Location.objects.get(code="99AA00")
        assert (row.name, row.version) == ("Van Ria", 3)

    def test_changed_again_meanwhile(self, client, page) -> None:
        client.post(URL, inputs(client.get(URL)) | {"name": "Derde"})
        again = client.post(URL, inputs(page))
        assert again.status_code == 409
        assert "Derde" in again.content.decode()
        assert "Van mij" in again.content.decode()

    def test_untouched_fields_follow_the_other(self, client) -> None:
        mine = inputs(client.get(URL))
        client.post(URL, inputs(client.get(URL)) | {"name": "Van Ria"})
        page = client.post(URL, mine | {"code": "alleen dit"})
        assert inputs(page)["houd-name"] == "theirs"
        assert inputs(page)["houd-code"] == "mine"


def test_a_spoilt_mark_is_no_error(client) -> None:
    mine = inputs(client.get(URL))
    client.post(URL, inputs(client.get(URL)) | {"name": "Ander"})
    for begin in ("", "{", "[]", '{"name": 5}'):
        assert (
            client.post(
                URL, mine | {"name": "Van mij", "begin": begin, "request_id": begin or "z"}
            ).status_code
            == 409
        )


@pytest.mark.parametrize(
    ("field", "typed", "value", "shown"),
    [
        (fields.DateField(), "14 okt 2026", date(2026, 10, 14), "14-10-2026"),
        (fields.HoursField(), "1:30", Decimal("1.5"), "1,5"),
        (fields.MoneyField(), "€ 1.250", 125000, "1250,00"),
        (fields.PhoneField(), "+31 6 12345678", "0612345678", "06 12345678"),
        (fields.PostcodeField(), "1234ab", "1234 AB", "1234 AB"),
        (fields.NameField(), " ’t  Anker ", "’t Anker", "’t Anker"),
        (fields.TextField(), " a \r\nb\x00\n\n", "a\nb", "a\nb"),
    ],
)
def test_fields_read_and_show(field, typed: str, value: object, shown: str) -> None:
    if "\x00" not in typed:
        assert field.clean(typed) == value
        assert not field.has_changed(value, typed)
    assert field.prepare_value(value) == shown
    assert field.clean(shown) == value


@pytest.mark.parametrize(
    "kind", [fields.DateField, fields.HoursField, fields.MoneyField, fields.PhoneField, fields.PostcodeField]
)
def test_fields_say_what_they_cannot_read(kind) -> None:
    class One(Form):
        it = kind(required=False)
        must = kind()

    form = One(QueryDict("it=onzin&must="))
    assert not form.is_valid()
    assert len(form.errors["it"]) == 1
    assert "must" in form.errors
    assert One(QueryDict("it=" + "1" * 500)).is_valid() is False
    assert not One(QueryDict("it=1&it=%00")).is_valid()


def test_limits_of_dates_and_amounts() -> None:
    day = fields.DateField(earliest=date(2026, 1, 1), latest=lambda: date(2026, 12, 31))
    assert day.clean("1-1-2026") == date(2026, 1, 1)
    for wrong in ("31-12-2025", "1-1-2027"):
        with pytest.raises(Exception, match=r"datum|date"):
            day.clean(wrong)
    with pytest.raises(Exception, match=r"nul|zero"):
        fields.MoneyField().clean("-5")
    assert fields.MoneyField(negative=True).clean("-5") == -500
    with pytest.raises(Exception, match=r"uren|hours"):
        fields.HoursField(most=10).clean("11")
