"""The frame of the pages: menu, years, theme, tray, and the pages that the house shows about itself."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from leesbouw.core import registry
from leesbouw.core.time import SchoolYear
from leesbouw.ui import context
from leesbouw.ui.errors import csrf_failure, not_allowed
from leesbouw.ui.gallery.shelf import PARTS


class Person:
    """Stands for an Actor: what the frame asks of one."""

    name, user_id, key = "Ria Postma", None, "user:1"

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def may(self, permission: str) -> bool:
        return permission in self.permissions


def item(label: str, url: str | None, **more: Any) -> registry.MenuItem:
    return registry.MenuItem(label=label, icon="schools", url=lambda actor: url, **more)


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> registry.Registry:
    fresh: registry.Registry = registry.Registry("menu")
    fresh.add("today", item("Vandaag", "/vandaag/", count=lambda actor: 3))
    fresh.add("schools", item("Scholen", "/scholen/", under=("/school/",)))
    fresh.add("status", item("Status", "/beheer/status/", permission="core.status"))
    fresh.add("nowhere", item("Nergens", None))
    for number in range(8):
        fresh.add(f"more{number}", item(f"Meer {number}", f"/meer/{number}/"))
    monkeypatch.setattr(registry, "menu", fresh)
    return fresh


def request(path: str = "/", *, actor: Any = None, role_menu: tuple[str, ...] = ()) -> Any:
    made = RequestFactory().get(path)
    made.actor, made.role_menu, made.roles = actor, role_menu, []
    made.school_year = SchoolYear(2026)
    return made


def lines(path: str, *codes: str, actor: Any = None) -> list[context.Item]:
    actor = actor or Person()
    return context.menu_for(request(path, actor=actor, role_menu=codes), actor)


class TestMenu:
    def test_follows_the_order_of_the_role(self, menu: registry.Registry) -> None:
        assert [line.label for line in lines("/", "schools", "today")] == ["Scholen", "Vandaag"]

    def test_leaves_out_what_is_unknown_not_allowed_or_nowhere(self, menu: registry.Registry) -> None:
        assert lines("/", "nothing", "status", "nowhere") == []
        assert len(lines("/", "status", actor=Person("core.status"))) == 1

    def test_has_at_most_seven_lines(self, menu: registry.Registry) -> None:
        assert len(lines("/", *(f"more{number}" for number in range(8)))) == 7

    @pytest.mark.parametrize(
        ("path", "current"),
        [
            ("/scholen/", ["schools"]),
            ("/scholen/?gemeente=a", ["schools"]),
            ("/school/12AB00/", ["schools"]),
            ("/vandaag/", ["today"]),
            ("/privacy/", []),
        ],
    )
    def test_knows_where_you_are(self, menu: registry.Registry, path: str, current: list[str]) -> None:
        codes = ("today", "schools")

        assert [
            code for code, line in zip(codes, lines(path, *codes), strict=True) if line.current
        ] == current

    def test_every_line_has_its_own_key(self, menu: registry.Registry) -> None:
        keys = [line.key for line in lines("/", "more0", "more1", "more2", "more3")]

        assert keys == ["m", "e", "r", ""]

    def test_nobody_has_no_menu(self) -> None:
        assert context.menu_for(request(), None) == []


class TestYears:
    def test_the_query_stays_as_it_is(self) -> None:
        years = context.years_for(request("/scholen/?gemeente=a&jaar=2026-2027"))

        assert [line.year for line in years if line.current] == [SchoolYear(2026)]
        assert all(line.query.startswith("?gemeente=a&jaar=") for line in years)

    def test_an_old_year_can_be_seen_in_the_list_too(self) -> None:
        old = request()
        old.school_year = SchoolYear(2011)

        assert SchoolYear(2011) in [line.year for line in context.years_for(old)]


def page(actor: Any, **values: Any) -> str:
    made = request("/scholen/?q=%3Cb%3E", actor=actor, role_menu=("today", "schools"))
    made.roles = [
        SimpleNamespace(id=1, label="Leesconsulent", unit_name="Bibliotheek <Noord>", current=True),
        SimpleNamespace(id=2, label="Coördinator", unit_name="Bibliotheek Zuid", current=False),
    ]
    made.session, made._messages = {}, values.pop("messages", [])
    return render_to_string("ui/page.html", values, request=made)


@pytest.mark.django_db
class TestFrame:
    def test_marks_the_place_and_escapes_names_and_queries(self, menu: registry.Registry) -> None:
        html = page(Person())

        assert html.count('aria-current="page"') == 1
        assert "Bibliotheek &lt;Noord&gt;" in html
        assert 'value="&lt;b&gt;"' in html

    def test_without_somebody_signed_in_there_is_no_menu_nor_search(self, menu: registry.Registry) -> None:
        html = page(None)

        assert '<nav class="side"' not in html
        assert 'role="search"' not in html

    def test_has_one_of_each_landmark(self, menu: registry.Registry) -> None:
        html = page(Person())

        for landmark in ("<main", "<h1", '<header class="top"', "<footer", 'role="search"'):
            assert html.count(landmark) == 1
        assert html.index('href="#inhoud"') < html.index("<header")

    def test_a_message_with_undo_has_a_button_that_works_without_script(
        self, menu: registry.Registry
    ) -> None:
        message = SimpleNamespace(level_tag="success", extra_tags="undo:12", __str__=lambda self: "Bewaard")
        html = page(Person(), messages=[message])

        assert 'action="/ongedaan/12/"' in html
        assert "<button data-undo>" in html

    def test_a_message_without_undo_has_none(self, menu: registry.Registry) -> None:
        message = SimpleNamespace(level_tag="error", extra_tags="")

        assert "/ongedaan/" not in page(Person(), messages=[message])

    def test_no_id_comes_twice(self, menu: registry.Registry) -> None:
        ids = re.findall(r'\sid="([^"]+)"', page(Person()))

        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("path", ["/privacy/", "/toegankelijkheid/", "/wat-is-er-nieuw/", "/hulp/"])
    def test_pages_about_the_house_are_for_everybody(self, client: Client, path: str) -> None:
        answer = client.get(path)

        assert answer.status_code == 200
        assert b"<h1>" in answer.content


@pytest.mark.django_db
class TestGallery:
    def html(self, client_for: Any, cast: Any) -> str:
        answer = client_for(cast.consultant).get("/galerij/")
        assert answer.status_code == 200
        return answer.content.decode()

    def test_is_not_for_passers_by(self, client: Client) -> None:
        assert client.get("/galerij/").status_code == 302

    def test_shows_every_part_and_how_to_write_it(self, client_for: Any, cast: Any) -> None:
        html = self.html(client_for, cast)

        for code in PARTS:
            assert f'<section id="{code}">' in html
        assert html.count("<pre") == len(PARTS)
        assert "{% field form.name %}" in html

    def test_no_id_comes_twice_and_every_description_exists(self, client_for: Any, cast: Any) -> None:
        html = self.html(client_for, cast)
        ids = re.findall(r'\sid="([^"]+)"', html)

        assert sorted(ids) == sorted(set(ids))
        for described in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html):
            assert set(described.split()) <= set(ids)
        assert set(re.findall(r'\sfor="([^"]+)"', html)) <= set(ids)


@pytest.mark.django_db
class TestTheme:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_a_choice_is_kept(self, client: Client, theme: str) -> None:
        answer = client.post("/weergave/", {"theme": theme, "next": "/privacy/"})

        assert answer.headers["Location"] == "/privacy/"
        assert f'data-theme="{theme}"' in client.get("/privacy/").content.decode()

    def test_going_with_the_device_forgets_it(self, client: Client) -> None:
        client.post("/weergave/", {"theme": "dark"})
        client.post("/weergave/", {"theme": ""})

        assert "data-theme=" not in client.get("/privacy/").content.decode()

    @pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"])
    def test_never_leads_elsewhere(self, client: Client, where: str) -> None:
        assert client.post("/weergave/", {"theme": "dark", "next": where}).headers["Location"] == "/"

    def test_a_made_up_cookie_is_ignored(self, client: Client) -> None:
        client.cookies[context.THEME_COOKIE] = '"><script>'

        assert "data-theme=" not in client.get("/privacy/").content.decode()


@pytest.mark.django_db
class TestErrors:
    def test_each_says_what_happened_and_where_to_go(self) -> None:
        for name in ("400", "403", "403_csrf", "404", "429"):
            html = render_to_string(f"{name}.html", {}, request=request())

            assert "<h1>" in html
            assert 'href="/"' in html

    def test_the_last_resort_needs_no_context_and_no_database(self) -> None:
        html = render_to_string("500.html")

        assert "Er ging bij ons iets stuk" in html
        assert "ui/css/tokens.css" in html

    def test_answers_carry_their_status(self) -> None:
        assert not_allowed(request()).status_code == 403
        assert csrf_failure(request()).status_code == 403

    def test_nothing_is_there(self, client: Client) -> None:
        answer = client.get("/bestaat-niet/")

        assert answer.status_code == 404
        assert "Deze pagina is hier niet" in answer.content.decode()


def test_messages_are_only_read_by_a_page_that_shows_them(menu: registry.Registry) -> None:
    made = request()
    made._messages = [SimpleNamespace(level_tag="success", extra_tags="")]

    context.shell(made)

    assert list(get_messages(made))
