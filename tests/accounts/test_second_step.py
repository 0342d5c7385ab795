"""The second step: asked of roles that see more than one school, set up with an app or a passkey."""

from __future__ import annotations

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from leesbouw.accounts.models import RoleAssignment, User
from leesbouw.core.audit import AuditEvent

from .conftest import PASSWORD, Telephone, has_second_step

SET_UP = "/account/beveiliging/instellen/"
APP = "/account/beveiliging/app/"


def sign_in(user: User, client: Client | None = None, **more: str):
    client = client or Client()
    return client, client.post("/aanmelden/", {"login": user.email, "password": PASSWORD, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_is_asked_after_the_password(cast, with_password, telephone_for) -> None:
    user = with_password(cast.consultant)
    phone = telephone_for(user)

    client, answer = sign_in(user)
    assert answer["Location"] == "/aanmelden/code/"
    assert not signed_in(client)
    assert client.get("/beheer/gebruikers/").status_code == 302

    answer = client.post("/aanmelden/code/", {"code": phone.code()})
    assert answer["Location"] == "/"
    assert signed_in(client)
    assert AuditEvent.objects.get(verb="accounts.sign_in").data == {"how": ["password", "totp"]}


def test_the_way_one_wanted_to_go_survives_the_second_step(cast, with_password, telephone_for) -> None:
    user = with_password(cast.consultant)
    phone = telephone_for(user)
    client, _ = sign_in(user, next="/scholen/")

    assert client.post("/aanmelden/code/", {"code": phone.code()})["Location"] == "/scholen/"


def test_a_wrong_code_does_not_let_in_and_the_sixth_is_refused(cast, with_password, telephone_for) -> None:
    user = with_password(cast.consultant)
    phone = telephone_for(user)
    client, _ = sign_in(user)
    wrong = f"{(int(phone.code()) + 1) % 1_000_000:06d}"

    answers = [client.post("/aanmelden/code/", {"code": wrong}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 429]
    assert "Deze code klopt niet." in answers[0].text
    assert client.post("/aanmelden/code/", {"code": phone.code()}).status_code == 429
    assert not signed_in(client)


def test_a_code_works_once(cast, with_password, telephone_for) -> None:
    user = with_password(cast.consultant)
    phone = telephone_for(user)
    code = phone.code()
    first, _ = sign_in(user)
    assert first.post("/aanmelden/code/", {"code": code}).status_code == 302

    second, _ = sign_in(user)
    assert second.post("/aanmelden/code/", {"code": code}).status_code == 200
    assert not signed_in(second)


def test_the_code_page_is_only_for_who_gave_the_password(client, db) -> None:
    assert client.get("/aanmelden/code/")["Location"] == "/aanmelden/"


def test_cancelling_the_second_step_begins_anew(cast, with_password, telephone_for) -> None:
    user = with_password(cast.consultant)
    telephone_for(user)
    client, _ = sign_in(user)

    assert client.post("/afmelden/", {"next": "/aanmelden/"})["Location"] == "/aanmelden/"
    assert client.get("/aanmelden/code/")["Location"] == "/aanmelden/"


def test_a_role_that_asks_for_it_opens_nothing_else_before_it_is_set_up(cast, with_password) -> None:
    client, _ = sign_in(with_password(cast.consultant))

    assert client.get("/vandaag/").status_code in {302, 404}
    assert client.get("/beheer/gebruikers/")["Location"] == SET_UP
    assert client.post("/beheer/gebruikers/1/uitzetten/")["Location"] == SET_UP
    assert client.get("/beheer/gebruikers/", headers={"HX-Request": "true"})["HX-Redirect"] == SET_UP
    page = client.get(SET_UP)
    assert "Eerst een tweede slot" in page.text
    assert APP in page.text


def test_a_role_without_it_goes_on(cast, with_password) -> None:
    client, _ = sign_in(with_password(cast.head))

    assert client.get("/beheer/gebruikers/").status_code == 200


def test_one_role_of_several_is_enough_to_ask_for_it(cast, with_password, client) -> None:
    user = with_password(cast.head)
    RoleAssignment.objects.create(user=user, role="reading-consultant", unit=cast.library_a)
    client, _ = sign_in(user)

    assert client.get("/beheer/gebruikers/")["Location"] == SET_UP


def test_in_a_demo_nobody_is_asked(cast, with_password, demo) -> None:
    client, _ = sign_in(with_password(cast.administrator))

    assert client.get("/beheer/gebruikers/").status_code == 200


def test_an_app_is_connected_and_recovery_codes_are_shown(cast, with_password) -> None:
    user = with_password(cast.administrator)
    client, _ = sign_in(user)
    page = client.get(APP)
    secret = re.search(r'<code class="key">(\w+)</code>', page.text)[1]
    assert 'src="data:image/svg+xml;base64,' in page.text

    wrong = client.post(APP, {"code": "000000" if Telephone(secret).code() != "000000" else "111111"})
    assert wrong.status_code == 200
    assert secret in wrong.text
    answer = client.post(APP, {"code": Telephone(secret).code()})

    assert answer["Location"] == "/account/beveiliging/herstelcodes/"
    codes = re.findall(r"<li><code>(\d{8})</code></li>", client.get(answer["Location"]).text)
    assert len(codes) == 10
    assert client.get("/beheer/gebruikers/").status_code == 200
    assert has_second_step(user)
    text = client.get("/account/beveiliging/herstelcodes/bestand/")
    assert text["Content-Disposition"] == 'attachment; filename="leesbouw-herstelcodes.txt"'
    assert text.text.split() == codes

    other, _ = sign_in(user)
    assert other.post("/aanmelden/code/", {"code": codes[0]}).status_code == 302
    third, _ = sign_in(user)
    assert third.post("/aanmelden/code/", {"code": codes[0]}).status_code == 200, "a recovery code works once"


def test_changing_the_second_step_later_asks_who_you_are(cast, with_password, telephone_for) -> None:
    user = with_password(cast.consultant)
    phone = telephone_for(user)
    client, _ = sign_in(user)
    client.post("/aanmelden/code/", {"code": phone.code()})
    session = client.session
    for step in session["account_authentication_methods"]:
        step["at"] -= 3600
    session.save()

    asked = client.get("/account/beveiliging/app/weg/")
    assert asked["Location"] == "/account/bevestigen/?next=%2Faccount%2Fbeveiliging%2Fapp%2Fweg%2F"
    page = client.get(asked["Location"])
    assert "Ben jij het nog?" in page.text
    assert "Met een code" in page.text
    assert client.post(asked["Location"], {"password": "verkeerd"}).status_code == 200
    assert (
        client.post(asked["Location"], {"password": PASSWORD})["Location"] == "/account/beveiliging/app/weg/"
    )

    assert client.post("/account/beveiliging/app/weg/")["Location"] == "/account/beveiliging/"
    assert not has_second_step(user)
    assert client.get("/beheer/gebruikers/")["Location"] == SET_UP


@pytest.mark.parametrize(
    "path",
    [
        "/account/beveiliging/",
        "/account/beveiliging/instellen/",
        "/account/beveiliging/app/weg/",
        "/account/beveiliging/herstelcodes/nieuw/",
        "/account/beveiliging/passkeys/",
        "/account/beveiliging/passkeys/nieuw/",
        "/account/wachtwoord/",
        "/account/bevestigen/",
        "/account/bevestigen/code/",
    ],
)
def test_pages_about_the_own_account_open(cast, with_password, telephone_for, path: str) -> None:
    user = with_password(cast.consultant)
    phone = telephone_for(user)
    client, _ = sign_in(user)
    client.post("/aanmelden/code/", {"code": phone.code()})

    page = client.get(path)

    assert page.status_code == 200
    assert "<script>" not in page.text
    assert Client().get(path)["Location"] == f"/aanmelden/?next={path}"


def test_a_passkey_is_asked_to_live_on_the_device_and_to_check_the_person(cast, with_password) -> None:
    client, _ = sign_in(with_password(cast.consultant))
    page = client.get("/account/beveiliging/passkeys/nieuw/").text

    data = json.loads(re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page)[1])
    options = data["creation_options"]["publicKey"]
    assert options["rp"] == {"id": "localhost", "name": "Leesbouw"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_the_sign_in_page_hands_out_a_challenge_for_passkeys(client, db) -> None:
    answer = client.get("/aanmelden/passkey/", headers={"Accept": "application/json"})

    options = answer.json()["request_options"]["publicKey"]
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")
    assert client.get("/aanmelden/passkey/")["Location"] == "/aanmelden/"


NONSENSE = ["", "{", "5", "[]", "null", '{"id": 1}', '{"id": "a", "rawId": 5, "response": {}, "type": "x"}']


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_for_a_passkey_is_refused_in_a_sentence(client, db, credential: str) -> None:
    client.get("/aanmelden/passkey/", headers={"Accept": "application/json"})
    answer = client.post("/aanmelden/passkey/", {"credential": credential}, follow=True)

    assert answer.redirect_chain == [("/aanmelden/", 302)]
    assert not signed_in(client)


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_for_a_new_passkey_is_refused(cast, with_password, credential: str) -> None:
    user = with_password(cast.consultant)
    client, _ = sign_in(user)
    client.get("/account/beveiliging/passkeys/nieuw/")
    answer = client.post("/account/beveiliging/passkeys/nieuw/", {"name": "x", "credential": credential})

    assert answer.status_code == 200
    assert not has_second_step(user)


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_for_a_passkey_as_second_step_is_refused(
    cast, with_password, telephone_for, credential: str
) -> None:
    user = with_password(cast.consultant)
    telephone_for(user)
    client, _ = sign_in(user)
    answer = client.post("/aanmelden/code/", {"credential": credential})

    assert answer.status_code == 200
    assert not signed_in(client)


def test_passkeys_are_renamed_and_removed_by_their_owner_alone(cast, with_password) -> None:
    user = with_password(cast.head)
    hers = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Laptop"})
    others = Authenticator.objects.create(user_id=cast.teacher.user_id, type="webauthn", data={"name": "X"})
    client = Client()
    client.force_login(user)

    for page in ("naam", "weg"):
        assert client.get(f"/account/beveiliging/passkeys/{others.pk}/{page}/").status_code == 404
        assert client.post(f"/account/beveiliging/passkeys/{others.pk}/{page}/").status_code == 404
        asked = client.get(f"/account/beveiliging/passkeys/{hers.pk}/{page}/")
        assert asked["Location"].startswith("/account/bevestigen/?next=")
    client.post("/account/bevestigen/", {"password": PASSWORD})
    client.post(f"/account/beveiliging/passkeys/{hers.pk}/naam/", {"name": "Tablet"})
    assert "Tablet" in client.get("/account/beveiliging/passkeys/").text
    client.post(f"/account/beveiliging/passkeys/{hers.pk}/weg/")
    assert not has_second_step(user)
    assert Authenticator.objects.filter(pk=others.pk).exists()


def test_another_password_ends_other_sessions(cast, with_password) -> None:
    user = with_password(cast.head)
    here, _ = sign_in(user)
    there, _ = sign_in(user)
    new = "zeven sloten diep"

    answer = here.post("/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert answer["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_signing_out_everywhere_else_keeps_this_session(cast, with_password) -> None:
    user = with_password(cast.head)
    here, _ = sign_in(user)
    there, _ = sign_in(user)

    assert here.post("/account/overal-afmelden/")["Location"] == "/account/"

    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
