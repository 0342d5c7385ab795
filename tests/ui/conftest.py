"""Pages of tests/ui/site.py beside the real ones; the menu belongs to higher rooms and stays out of it."""

from __future__ import annotations

import pytest


@pytest.fixture
def site(settings, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.ROOT_URLCONF = "tests.ui.site"
    monkeypatch.setattr("leesbouw.ui.context.menu_for", lambda request, actor: [])
