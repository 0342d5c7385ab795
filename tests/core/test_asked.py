"""What a page asks more than once is asked once, and what writes remembers nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from leesbouw.core.asked import AskedMiddleware, once

asked: list[int] = []


@once
def double(number: int) -> int:
    asked.append(number)
    return number * 2


def twice_each(_request: Any) -> HttpResponse:
    return HttpResponse(str([double(1), double(1), double(2), double(2)]))


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


@pytest.mark.parametrize(("method", "times"), [("get", 2), ("head", 2), ("post", 4)])
def test_a_page_that_reads_asks_once_and_a_write_each_time(method: str, times: int) -> None:
    answer = AskedMiddleware(twice_each)(getattr(RequestFactory(), method)("/"))

    assert answer.content == b"[2, 2, 4, 4]"
    assert len(asked) == times


def test_the_next_page_asks_again_also_after_one_that_fell_over() -> None:
    def falls(_request: Any) -> HttpResponse:
        double(1)
        raise ValueError

    with pytest.raises(ValueError):
        AskedMiddleware(falls)(RequestFactory().get("/"))
    AskedMiddleware(twice_each)(RequestFactory().get("/"))

    assert asked == [1, 1, 2]


def test_without_a_page_nothing_is_remembered() -> None:
    assert (double(3), double(3)) == (6, 6)
    assert asked == [3, 3]
