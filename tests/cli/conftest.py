"""The small demo, for tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from leesbouw.cli import demo
from leesbouw.core import stamp


@pytest.fixture(scope="class")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """The small demo, once for a class of tests that only look at it."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield demo.fill("small")
            transaction.set_rollback(True)
        stamp.forget_demo()


@pytest.fixture
def small(told: dict[str, int], db: None) -> dict[str, int]:
    return told
