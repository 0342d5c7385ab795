"""What people come for, from beginning to end, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from .browser import Visitor
from .hands import fetch, press
from .pages import ADMINISTRATOR, CONSULTANT, HEAD, MANAGER, SCHOOL
from .server import Server, wait_until

pytestmark = pytest.mark.e2e

Visit = Callable[..., Visitor]

DUO = (
    "PROVINCIE;BEVOEGD GEZAG NUMMER;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;"
    "POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES\n"
    "Lommerland;990001;98ZA;98ZA00;De Proefballon;Dorpsweg;1;9999 XA;ELZENBROEK;9901;Elzenbroek;Openbaar;;\n"
    "Lommerland;990001;98ZB;98ZB00;=1+1;Dorpsweg;2;9999 XA;ELZENBROEK;9901;Elzenbroek;Openbaar;;\n"
    "Lommerland;990001;stuk;stuk;Zonder nummer;Dorpsweg;3;9999 XA;ELZENBROEK;9901;Elzenbroek;Openbaar;;\n"
)


def test_a_school_is_found_with_a_typing_mistake_and_the_keyboard_alone(visit: Visit) -> None:
    page = visit(CONSULTANT).go("/vandaag/")
    page.keyboard.press("Control+k")
    page.keyboard.type("regenbog")
    expect(page.get_by_role("option").first).to_contain_text("De Regenboog")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SCHOOL}")


def test_the_list_is_filtered_kept_and_taken_along(visit: Visit, papers: Path) -> None:
    page = visit(MANAGER).go("/scholen/?soort=po&volgorde=-leerlingen")
    names = page.locator("table.tbl tbody th a").all_inner_texts()
    assert len(names) >= 3
    with page.expect_download() as caught:
        page.evaluate(
            "() => { const a = document.createElement('a'); a.href = location.href + '&formaat=xlsx'; document.body.append(a); a.click(); }"
        )
    path = papers / caught.value.suggested_filename
    caught.value.save_as(path)
    assert re.fullmatch(r"leesbouw_.+_\d{4}-\d\d-\d\d\.xlsx", path.name)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(1).to_python()
    assert [row[0] for row in rows[1 : len(names) + 1]] == names


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_talk_is_planned_and_written_up_and_its_agreement_is_on_my_first_page(
    visit: Visit, script: bool
) -> None:
    what = f"Boekenlijst sturen {'met' if script else 'zonder'} script"
    page = visit(CONSULTANT, java_script_enabled=script).go("/gesprekken/nieuw/?eenheid=99AA00")
    press(page, "Schrijf nu het verslag")
    page.get_by_role("checkbox", name=re.compile("Meryem Kaya")).check()
    page.locator("[name=summary]").fill("Het team leest elke dag vrij. 's Ochtends lukt dat het best.")
    page.locator("[name=what_0]").fill(what)
    page.locator("[name=who_0]").select_option(label="Ria van Dongen")
    page.locator("[name=due_0]").fill(page.locator("[name=held_on]").input_value())
    press(page, "Bewaar het verslag")
    expect(page.get_by_role("main")).to_contain_text(what)
    page = visit(CONSULTANT).go("/acties/?wie=mij")
    expect(page.get_by_role("main")).to_contain_text(what)


def test_an_action_is_finished_and_taken_back(visit: Visit) -> None:
    page = visit(HEAD).go("/acties/")
    row = page.locator("table.tbl tbody tr").first
    what = row.locator("th a").inner_text()
    row.get_by_role("button", name=re.compile("Klaar")).click()
    page.wait_for_load_state()
    page.get_by_role("button", name=re.compile("Ongedaan")).first.click()
    page.wait_for_load_state()
    expect(page.locator("table.tbl")).to_contain_text(what)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_several_actions_are_finished_at_once_and_taken_back(visit: Visit, script: bool) -> None:
    page = visit(HEAD, java_script_enabled=script).go("/acties/")
    rows = page.locator("table.tbl tbody tr")
    before, bar, boxes = rows.count(), page.locator(".bulk"), rows.get_by_role("checkbox")
    expect(bar).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(bar.get_by_text("2 gekozen")).to_be_visible(visible=script)
    press(page, "Deze zijn klaar")
    expect(page.locator(".toasts")).to_contain_text("2 acties zijn klaar.")
    assert rows.count() == before - 2
    press(page, "Ongedaan maken")
    assert rows.count() == before


def test_pressed_twice_is_done_once(visit: Visit) -> None:
    page = visit(CONSULTANT).go("/acties/nieuw/?eenheid=99AB00")
    page.locator("[name=what]").fill("Dubbel gedrukt")
    page.evaluate(
        "() => { const f = document.querySelector('main form[method=post]'); f.submit(); f.submit(); }"
    )
    page.wait_for_load_state()
    page.wait_for_timeout(500)
    page = visit(CONSULTANT).go("/acties/?zoek=Dubbel+gedrukt")
    assert page.locator("table.tbl tbody tr").count() == 1


def test_two_people_change_one_talk_and_nothing_is_lost(visit: Visit) -> None:
    first, second = visit(CONSULTANT), visit(MANAGER)
    page = first.go("/gesprekken/gehouden/?zoek=Regenboog")
    href = page.locator("main a[href^='/gesprekken/']").evaluate_all(
        "(all) => all.map((a) => a.getAttribute('href')).find((h) => /^\\/gesprekken\\/\\d+\\/$/.test(h))"
    )
    one, two = first.go(f"{href}verslag/"), second.go(f"{href}verslag/")
    one.locator("[name=summary]").fill("Ria schrijft dit.")
    two.locator("[name=summary]").fill("Samir schrijft dat.")
    press(one, "Bewaar het verslag")
    press(two, "Bewaar het verslag")
    second.forgive("409")
    expect(two.get_by_role("main")).to_contain_text("Ria schrijft dit.")
    expect(two.get_by_role("main")).to_contain_text("Samir schrijft dat.")


def test_no_at_a_gate_needs_a_day_and_is_shown_calmly(visit: Visit) -> None:
    page = visit(MANAGER).go("/school/99AF00/keuzemoment/")
    page.locator("[name=gate][value=wanted_and_feasible]").check()
    page.locator("[name=outcome][value=no]").check()
    page.locator("[name=reason]").fill("Eerst een nieuwe directeur.")
    press(page, "Bewaar het antwoord")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    page.locator("[name=review_on]").fill("1-10-2099")
    press(page, "Bewaar het antwoord")
    expect(page.get_by_role("main")).to_contain_text("Eerst een nieuwe directeur.")


def test_the_handover_is_one_page(visit: Visit, papers: Path) -> None:
    guest = visit(CONSULTANT)
    href = guest.go(SCHOOL).get_by_role("link", name="Overdracht in 1 pagina").get_attribute("href")
    answer = guest.context.request.get(guest.server.url + str(href))
    (papers / "overdracht.pdf").write_bytes(answer.body())
    pdf = PdfReader(papers / "overdracht.pdf")
    assert len(pdf.pages) == 1
    assert "De Regenboog" in pdf.pages[0].extract_text()


def test_a_file_is_looked_at_read_and_taken_back(visit: Visit, papers: Path) -> None:
    file = papers / "vestigingen.csv"
    file.write_bytes(DUO.encode("cp1252"))
    page = visit(ADMINISTRATOR).go("/import/scholen/")
    page.locator("[name=file]").set_input_files(file)
    press(page, "Lees het bestand")
    page.locator("[name=sector]").select_option("po")
    press(page, "Controleer het bestand")
    page.wait_for_url("**/controle/**", timeout=20_000)
    mend_or_skip(page)
    page.get_by_role("main").locator("button.go").first.click()
    expect(
        page.get_by_role("main").get_by_role("button", name=re.compile("ongedaan", re.I)).first
    ).to_be_visible(timeout=30_000)
    expect(visit(ADMINISTRATOR).go("/school/98ZA00/").get_by_role("heading", level=1)).to_have_text(
        "De Proefballon"
    )
    page.get_by_role("main").get_by_role("button", name=re.compile("ongedaan", re.I)).first.click()
    page.wait_for_load_state()
    other = visit(ADMINISTRATOR)
    wait_until(lambda: other.page.goto(f"{other.server.url}/school/98ZA00/").status == 404, 20)
    other.forgive("404")


def mend_or_skip(page: Page) -> None:
    """The row without a number gets half of one, which is still wrong; then it is skipped."""
    for name in ("cel-4-2", "cel-4-3"):
        expect(page.locator(f"[name={name}]")).to_have_attribute("aria-invalid", "true")
    page.locator("[name=cel-4-2]").fill("98ZC")
    page.get_by_role("button", name="Kijk deze rijen opnieuw na").click()
    page.wait_for_url("**/run/*/", timeout=20_000)
    page.wait_for_url("**/controle/**", timeout=20_000)
    expect(page.locator("[name=cel-4-2]")).to_have_value("98ZC")
    expect(page.locator("[name=cel-4-2]")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=cel-4-3]")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Sla 1 rij met een fout over").click()
    expect(page.get_by_role("main")).to_contain_text("Je slaat deze rijen over.")


def test_a_contact_without_account_mends_her_data(visit: Visit) -> None:
    page = visit(CONSULTANT).go("/mensen/?zoek=Joke+Hendriks")
    page.locator("table.tbl").get_by_role("link", name="Joke Hendriks").first.click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Vraag of dit klopt").click()
    page.wait_for_load_state()
    post = visit(ADMINISTRATOR)
    post.go("/beheer/post/").get_by_role("link", name=re.compile("joke.hendriks")).first.click()
    post.page.wait_for_load_state()
    link = re.search(r"http://\S+/taak/\S+", post.page.get_by_role("main").inner_text())
    assert link
    contact = visit()
    form = contact.go(link[0])
    form.locator("[name=phone]").fill("06 12 34 56 78")
    press(form, "Verstuur")
    expect(form.get_by_role("heading", level=1)).to_be_visible()
    expect(visit(CONSULTANT).go(page.url).get_by_role("main")).to_contain_text("06 12345678")


def test_english_and_back(visit: Visit) -> None:
    page = visit(MANAGER).go("/account/")
    for name, language in (("English", "en"), ("Nederlands", "nl")):
        page.get_by_role("button", name=name).first.click()
        page.wait_for_load_state()
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_on_paper_there_is_no_menu(visit: Visit) -> None:
    page = visit(CONSULTANT).go(SCHOOL)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-current=step]").first).to_be_visible()  # how far they are together


def test_the_web_server_falls_over_and_is_back(visit: Visit) -> None:
    guest = visit(CONSULTANT)
    guest.go("/vandaag/")
    assert guest.server.kill_web()
    wait_until(guest.server.answers, 10)
    expect(guest.go("/vandaag/").get_by_role("heading", level=1)).to_contain_text("Ria")
    guest.wrong.clear()


def test_an_empty_installation_gets_its_library_a_code_and_a_passkey(
    newcomer: Callable[..., Visitor], empty: Server
) -> None:
    guest = newcomer()
    page = guest.go(empty.set_up_link())
    for name, value in {
        "library_name": "Bibliotheek Proefdorp",
        "name": "Bea Beheer",
        "email": "bea@voorbeeld.example",
        "password": "een heel lang wachtwoord 7",
        "again": "een heel lang wachtwoord 7",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("main").locator("button.go").first.click()
    page.wait_for_load_state()
    session = guest.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    guest.go("/account/beveiliging/passkeys/nieuw/")
    page.locator("#id_name").fill("Mijn laptop")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/herstelcodes/")
    guest.go("/vandaag/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bea")
    page.context.clear_cookies()
    guest.go("/aanmelden/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/vandaag/")
    guest.go(empty.set_up_link())
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Bea")
    guest.forgive("410|404")


def test_a_child_is_found_corrected_taken_along_and_erased(visit: Visit, papers: Path) -> None:
    guest = visit(HEAD)
    page = guest.go(f"{SCHOOL}leerlingen/?zoek=zandlopper")
    page.get_by_role("main").get_by_role("link", name="Ysbrand Z.").click()
    page.get_by_role("link", name="Verbeter", exact=True).click()
    page.locator("[name=last_name]").fill("Zandlopers")
    press(page, "Bewaar")
    expect(page.get_by_role("main")).to_contain_text("Ysbrand Zandlopers")
    file = fetch(page, page.get_by_role("link", name="Alles op papier (PDF)"), papers)
    assert "Ysbrand Zandlopers" in PdfReader(file).pages[0].extract_text()
    page.get_by_role("link", name="Wis dit kind").click()
    page.get_by_role("radio", name="een ouder of verzorger").check()
    press(page, "Wis Ysbrand Z.")
    expect(page.get_by_role("main")).not_to_contain_text("Ysbrand")
    log = guest.go(f"{SCHOOL}verzoeken/")
    expect(log.locator("table.tbl")).to_contain_text("gewist")
    expect(log.get_by_role("main")).not_to_contain_text("Ysbrand")
