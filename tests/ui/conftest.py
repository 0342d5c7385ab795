"""Pages of tests/ui/site.py beside the real ones."""

from __future__ import annotations

import pytest


@pytest.fixture
def site(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ROOT_URLCONF = "tests.ui.site"
