"""A grown-up fills in with a personal link: looking changes nothing, sending stores the list once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from leesbouw.core.numbers import whole_of

from ...actions.links import copy_list, use_link
from ...actions.submitting import Outcome, answers_for
from ...domain.questionnaire import Item, Option
from ...models import PersonalLink
from ...queries.doors import has_board, link_by_token, other_link
from ...queries.grownups import (
    Copy,
    copies_after,
    copies_left,
    known_answers,
    list_of_link,
    read_copy,
    unread,
)
from ...queries.lists import AskedList
from ...queries.wording import group_called, speak
from ..base import InItsWords

OURS = {"csrfmiddlewaretoken", "minutes", "ticket", "begin"}  # names in the form that are no answers
Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A question with what stands in it, where that comes from, and whether it could not be read."""

    item: Item
    options: tuple[Option, ...]
    values: Sequence[str]
    origin: str = ""
    is_wrong: bool = False

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def chosen(self) -> set[int]:
        return set(whole_of(self.values))


@method_decorator(never_cache, name="dispatch")
class ListPage(InItsWords, View):
    """The list of who holds the link."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = self.link_of(token)
        if told := self.closed(link):
            return self.tell(request, told, link)
        assert link is not None
        asked = list_of_link(link)
        known = known_answers(link, asked)
        form = {code: [one.value] for code, one in known.items()}
        return self.show(
            request, link, asked, form, origins={code: one.origin for code, one in known.items()}
        )

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        link = self.link_of(token)
        if told := self.closed(link):
            return self.tell(request, told, link)
        assert link is not None
        asked, form = list_of_link(link), sent(request)
        if wrong := unread(asked, form, answers_for(asked, form)):
            return self.show(request, link, asked, form, wrong=wrong)
        outcome = use_link(token=token, form=form)
        if outcome is Outcome.EMPTY:
            return self.show(request, link, asked, form, is_empty=True)
        if outcome is not Outcome.STORED:
            return self.tell(request, outcome.value, link)
        return self.thank(request, link, asked, form, copies_after(link))

    def link_of(self, token: str) -> PersonalLink | None:
        found = link_by_token(token)
        if found is not None:
            speak(found.participation.round.kind)
        return found

    def closed(self, link: PersonalLink | None) -> str:
        """Why there is nothing to fill in; empty when there is."""
        if link is None:
            return "unknown"
        if link.is_used:
            return "used"
        return "" if link.participation.is_open else "closed"

    def tell(self, request: HttpRequest, told: str, link: PersonalLink | None) -> HttpResponse:
        status = {"unknown": 404}.get(told, 200)
        board = link is not None and has_board(link) and link.participation.is_open
        context = {"told": told, "link": link, "has_board": board}
        return self.page(request, "told", context, status)

    def show(
        self,
        request: HttpRequest,
        link: PersonalLink,
        asked: AskedList,
        form: Form,
        *,
        wrong: Sequence[str] = (),
        is_empty: bool = False,
        copy: Copy | None = None,
        origins: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "link": link,
            "group": link.group and group_called(link.participation.round.kind, link.group.name),
            "body": asked.body,
            "topics": topics(asked, form, wrong, origins or {}),
            "wrong": [item for item in asked.items if item.code in wrong],
            "is_empty": is_empty,
            "year_group": asked.year_group if link.group and link.group.is_combination else None,
            "copy": copy,
            "ticket": copy.signed() if copy else "",
            "has_board": has_board(link) and copy is None,
        }
        return self.page(request, "list", context, 422 if wrong or is_empty else 200)

    def thank(
        self, request: HttpRequest, link: PersonalLink, asked: AskedList, form: Form, copy: Copy | None
    ) -> HttpResponse:
        """Thanks, and the answers just sent on their way to the next list: the browser holds them, we do not."""
        kept = [(name, value) for name, values in form.items() for value in values if copy]
        years = {item.code for item in asked.items if item.is_year_group}
        context = {
            "body": asked.body,
            "link": link,
            "copy": copy,
            "ticket": copy.signed() if copy else "",
            "kept": [(name, value) for name, value in kept if name not in years],
            "has_board": has_board(link),
        }
        return self.page(request, "sent", context)

    def page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        token = {"token": self.kwargs["token"]}
        return render(request, f"monitor/lists/{name}.html", context | token, status=status)


class CopyPage(ListPage):
    """The same answers for another year group or group: first to look at and change, then to send."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        first, copy = self.link_of(token), read_copy(request.POST.get("ticket", ""))
        link = other_link(copy.link_id) if copy else None
        if first is None or copy is None or link is None or link.email != first.email:
            return self.tell(request, "unknown", first)
        asked, form = list_of_link(link, copy.year_group), sent(request)
        if "begin" in request.POST:
            return self.show(request, link, asked, form, copy=copy)
        if wrong := unread(asked, form, answers_for(asked, form)):
            return self.show(request, link, asked, form, copy=copy, wrong=wrong)
        outcome = copy_list(copy=copy, form=form)
        if outcome is Outcome.EMPTY:
            return self.show(request, link, asked, form, copy=copy, is_empty=True)
        if outcome is not Outcome.STORED:
            return self.tell(request, "used", first)
        return self.thank(request, first, asked, form, copies_left(copy))


def sent(request: HttpRequest) -> dict[str, list[str]]:
    """Only what may be an answer, and the minutes."""
    fields = dict(request.POST.lists())
    return {name: values for name, values in fields.items() if name not in OURS or name == "minutes"}


def topics(
    asked: AskedList, form: Form, wrong: Sequence[str], origins: Mapping[str, str]
) -> list[tuple[str, list[Line]]]:
    """The questions under their headings, in the order of the list."""
    titles = {topic.code: topic.title for topic in asked.body.topics}
    found: dict[str, list[Line]] = {}
    for item in asked.items:
        options = asked.body.answers_of(item, asked.variant)
        line = Line(item, options, form.get(item.code, ()), origins.get(item.code, ""), item.code in wrong)
        found.setdefault(titles[item.topic], []).append(line)
    return list(found.items())
