"""What a page asks more than once is asked the database once, while the page only reads.

A first page is made of a dozen rooms that do not know each other, and most of them ask first who of the staff this is.
A function with `@once` remembers its answer for the length of one GET. A request that writes, a job and a command
remember nothing, so nobody reads what was true before her own change.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")
READS = frozenset({"GET", "HEAD"})

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers of this page", default=None)


def once(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """For a read with hashable arguments whose answer nobody changes, such as a tuple or a frozen dataclass."""

    @wraps(ask)
    def asked(*args: Any) -> Answer:
        answers = _answers.get()
        if answers is None:
            return ask(*args)
        key = (ask, *args)
        if key not in answers:
            answers[key] = ask(*args)
        found: Answer = answers[key]
        return found

    return asked


class AskedMiddleware:
    """Opens the memory of `once` for requests that only read, and forgets it with the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READS:
            return self.get_response(request)
        token = _answers.set({})
        try:
            return self.get_response(request)
        finally:
            _answers.reset(token)
