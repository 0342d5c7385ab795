"""`leesbouw users --reset-second-step`: a lone administrator whose secret key was lost gets in again."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from leesbouw.accounts.models import User
from leesbouw.cli import Stop
from leesbouw.cli.main import main
from leesbouw.core.audit import AuditEvent
from leesbouw.core.mail import Outgoing


@pytest.fixture
def administrator(cast):  # type: ignore[no-untyped-def]
    user = User.objects.get(pk=cast.administrator.user_id)
    for kind in ("totp", "webauthn", "recovery_codes"):
        Authenticator.objects.create(user=user, type=kind, data={"secret": "sealed:lost"})
    return user


def test_the_second_step_is_taken_away_and_told(administrator, capsys) -> None:
    assert main(["users", "--reset-second-step", f" {administrator.email.upper()}"]) == 0

    assert administrator.name in capsys.readouterr().out
    assert not Authenticator.objects.filter(user=administrator).exists()
    before = administrator.session_version
    administrator.refresh_from_db()
    assert administrator.session_version == before + 1
    event = AuditEvent.objects.get(verb="accounts.reset_mfa")
    assert (event.by_kind, event.subject_id, event.count) == ("system", administrator.pk, 3)
    assert Outgoing.objects.get().to == administrator.email


def test_others_keep_theirs(administrator, cast) -> None:
    other = Authenticator.objects.create(user_id=cast.manager.user_id, type="totp", data={"secret": "x"})
    main(["users", "--reset-second-step", administrator.email])
    assert list(Authenticator.objects.all()) == [other]


@pytest.mark.parametrize("who", ["niemand@voorbeeld.test", "head"])
def test_who_has_none_is_told_in_a_sentence(administrator, cast, capsys, who: str) -> None:
    if who == "head":
        who = User.objects.get(pk=cast.head.user_id).email
    with pytest.raises(Stop):
        main(["users", "--reset-second-step", who])
    assert capsys.readouterr().err.strip() in {
        "Niemand heeft een account met dat adres.",
        "Dit account heeft geen tweede stap.",
    }
    assert Authenticator.objects.count() == 3
    assert not AuditEvent.objects.filter(verb="accounts.reset_mfa").exists()
