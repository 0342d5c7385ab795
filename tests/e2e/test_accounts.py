"""Accounts of one's own: invited, made, with a second step; a link instead of a password; one person, two roles."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .browser import Reception, Visitor
from .hands import code_for, press
from .pages import ADMINISTRATOR, TEACHER
from .server import Server

pytestmark = pytest.mark.e2e
Visit = Callable[..., Visitor]

PASSWORD = "een fiets in het hoge riet"


def link_in_mail(page: Page, address: str, kind: str) -> str:
    """The link of this kind in the newest message to an address, as the administrator sees it in the outbox."""
    page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(address))).first.click()
    page.wait_for_load_state()
    found = re.search(rf"http://\S+/{kind}/\S+", page.get_by_role("main").inner_text())
    assert found, "there is no link in this message"
    return found[0]


def test_from_invitation_to_signing_in_with_a_code(visit: Visit) -> None:
    address = "nieuw.gezicht@voorbeeld.example"
    page = visit(ADMINISTRATOR).go("/beheer/gebruikers/uitnodigen/reading-consultant/")
    page.locator("[name=name]").fill("Nieuw Gezicht")
    page.locator("[name=email]").fill(address)
    press(page, "Stuur de uitnodiging")
    outbox = visit(ADMINISTRATOR).go("/beheer/post/")
    link = link_in_mail(outbox, address, "uitnodiging")

    guest = visit()
    page = guest.go(link)
    expect(page.get_by_role("main")).to_contain_text("leesconsulent")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").locator("button.go").click()
    page.wait_for_url("**/vandaag/")

    guest.go("/account/beveiliging/app/")
    secret = page.locator("code.key").inner_text().strip()
    page.locator("[name=code]").fill(code_for(secret))
    page.get_by_role("main").locator("button.go").click()
    page.wait_for_url("**/herstelcodes/")

    guest.context.clear_cookies()
    guest.go("/mensen/")
    page.wait_for_url("**/aanmelden/?next=/mensen/")
    page.locator("[name=login]").fill(address)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").locator("button.go").click()
    page.wait_for_url("**/aanmelden/code/**")
    page.locator("[name=code]").fill(code_for(secret, ahead=1))
    page.get_by_role("main").locator("button.go").click()
    page.wait_for_url("**/mensen/")

    stranger = visit()
    stranger.go(link)
    expect(stranger.page.locator("[name=password]")).to_have_count(0)
    stranger.forgive("410")


def test_a_wrong_password_says_so_and_no_more(visit: Visit) -> None:
    page = visit().go("/aanmelden/")
    for address in ("kevin.lim@voorbeeld.example", "niemand@voorbeeld.example"):
        page.locator("[name=login]").fill(address)
        page.locator("[name=password]").fill("dit is het niet")
        page.get_by_role("main").locator("button.go").click()
        page.wait_for_load_state()
        expect(page.get_by_role("main")).to_contain_text(
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar."
        )


def test_a_link_instead_of_a_password(visit: Visit, demo: Server) -> None:
    address = "samir.haddou@voorbeeld.example"
    page = visit(java_script_enabled=False).go("/aanmelden/link/")
    page.locator("[name=email]").fill(address)
    page.get_by_role("main").locator("button.go").click()
    page.wait_for_url("**/verstuurd/")
    outbox = visit(ADMINISTRATOR).go("/beheer/post/")
    expect(outbox.get_by_role("main")).not_to_contain_text(address)  # it would sign in whoever reads it
    (body,) = demo.ask('SELECT body FROM core_outgoing WHERE "to" = ? ORDER BY id DESC', address)
    link = re.search(r"http://\S+/aanmelden/link/\S+", body)
    assert link
    page.goto(link[0])
    page.get_by_role("main").locator("button.go").click()
    page.wait_for_url("**/vandaag/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Samir")


def test_one_person_with_two_roles_changes_from_one_to_the_other(visit: Visit, reception: Reception) -> None:
    page = visit(TEACHER).go("/vandaag/")
    for role in ("Mediacoach", "Leerkracht"):
        page.locator("details.scope > summary").click()
        with page.expect_navigation():
            page.locator("details.scope button", has_text=role).click()
        expect(page.locator("details.scope button[aria-current=true]")).to_contain_text(role)
    reception.forget(TEACHER)  # a change of role is a new session
