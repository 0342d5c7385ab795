"""Rules without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.accounts import domain

NOON = datetime(2026, 10, 14, 12, tzinfo=UTC)


def test_tokens_differ_are_long_and_fit_an_address() -> None:
    tokens = {domain.new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(len(token) >= 43 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_only_a_hash_is_kept() -> None:
    assert domain.hashed("geheim") == domain.hashed("geheim")
    assert domain.hashed("geheim") != domain.hashed("Geheim")
    assert len(domain.hashed("geheim")) == 64


@pytest.mark.parametrize("code", ["000000", "004217", "999999"])
def test_a_code_is_right_for_its_own_link_only(code: str) -> None:
    stored = domain.hashed_code(code, salt="a")

    assert domain.is_right_code(f" {code} ", stored=stored, salt="a")
    assert not domain.is_right_code(code, stored=stored, salt="b")
    assert not domain.is_right_code("", stored=stored, salt="a")


def test_without_a_code_nothing_is_right() -> None:
    assert not domain.is_right_code("", stored="", salt="a")
    assert not domain.is_right_code("000000", stored="", salt="a")


def test_codes_have_six_digits() -> None:
    assert all(len(code) == 6 and code.isdigit() for code in (domain.new_code() for _ in range(200)))


@pytest.mark.parametrize(
    ("expires", "used", "revoked", "lives"),
    [
        (NOON + timedelta(seconds=1), False, False, True),
        (NOON, False, False, False),
        (NOON + timedelta(days=1), True, False, False),
        (NOON + timedelta(days=1), False, True, False),
    ],
)
def test_when_a_link_lives(expires: datetime, used: bool, revoked: bool, lives: bool) -> None:
    assert domain.is_alive(expires_at=expires, used=used, revoked=revoked, now=NOON) is lives


LEVELS = st.sampled_from(domain.LEVELS)
KINDS = st.sampled_from(["library", "location", "board"])


@given(kind=KINDS, level=LEVELS, own_kind=KINDS, own_level=LEVELS, special=st.booleans())
def test_an_administrator_gives_every_role(kind, level, own_kind, own_level, special) -> None:
    assert domain.may_hand_out(
        is_administrator=True,
        own_kind=own_kind,
        own_level=own_level,
        kind=kind,
        level=level,
        is_for_administrators=special,
    )


@given(kind=KINDS, level=LEVELS, own_kind=KINDS, own_level=LEVELS)
def test_who_only_invites_never_makes_an_administrator_nor_somebody_above_herself(
    kind, level, own_kind, own_level
) -> None:
    def may(special: bool) -> bool:
        return domain.may_hand_out(
            is_administrator=False,
            own_kind=own_kind,
            own_level=own_level,
            kind=kind,
            level=level,
            is_for_administrators=special,
        )

    above = domain.LEVELS.index(level) > domain.LEVELS.index(own_level)
    assert not may(True)
    assert may(False) is not (kind == own_kind and above)


@pytest.mark.parametrize(
    ("kind", "sectors", "unit_kind", "sector", "fits"),
    [
        ("library", (), "library", "", True),
        ("library", (), "location", "po", False),
        ("location", ("po", "sbo"), "location", "po", True),
        ("location", ("po", "sbo"), "location", "ko", False),
        ("location", (), "location", "vo", True),
        ("location", ("po",), "location", "", True),
    ],
)
def test_where_a_role_belongs(kind, sectors, unit_kind, sector, fits) -> None:
    assert domain.role_fits(kind=kind, sectors=sectors, unit_kind=unit_kind, sector=sector) is fits


def test_a_role_ends_at_once_or_on_its_last_day() -> None:
    today = date(2026, 10, 14)

    assert domain.last_day(None, today=today) == date(2026, 10, 13)
    assert domain.last_day(date(2026, 12, 31), today=today) == date(2026, 12, 31)
