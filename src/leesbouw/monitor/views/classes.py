"""The teacher's board: a class starts, is counted, paused, read to and closed. It shows numbers, never a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import require
from leesbouw.organisations.models import ClassGroup
from leesbouw.ui.forms import Form
from leesbouw.ui.pages import Page, PostPage
from leesbouw.ui.qr import matrix

from ..actions import doors as actions
from ..domain.doors import END, spelled
from ..domain.house import house
from ..models import ClassCode, LateCode
from ..permissions import RUN_CLASS
from ..queries.doors import GroupLine, group_in_round, group_lines
from ..queries.lists import asked_list
from ..queries.wording import group_called


class MyGroups(Page):
    """The groups within reach that may fill in today, by school."""

    template_name = "monitor/classes/groups.html"
    http_method_names = ["get", "head", "options"]
    permission = RUN_CLASS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        schools: dict[Any, list[GroupLine]] = {}
        for line in group_lines(self.actor):
            schools.setdefault(line.participation, []).append(line)
        return super().get_context_data(schools=list(schools.items()), **kwargs)


class OfGroup:
    """A page about the class of one group. Who may not see the group finds no page."""

    def line(self) -> GroupLine:
        actor = self.actor  # type: ignore[attr-defined]
        require(actor, RUN_CLASS)
        try:
            return group_in_round(actor, self.kwargs["pk"])  # type: ignore[attr-defined]
        except (ClassGroup.DoesNotExist, OverflowError):
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("monitor:class", args=[self.kwargs["pk"]])  # type: ignore[attr-defined]


class Board(OfGroup, Page):
    """What stands on the digital board in front of the class."""

    template_name = "monitor/classes/board.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.line()
        row = line.class_code
        context = {
            "line": line,
            "group": group_called(line.participation.round.kind, line.group.name),
            "is_open": line.participation.is_open,
            "groups_url": self.groups_url(),
        }
        if row is not None:
            context |= counted(row) | self.reading(line, row) | {"late": late_code(row)}
            context |= address(context["late"].code if context["late"] else row.code)
        return super().get_context_data(**kwargs) | context

    def groups_url(self) -> str:
        return reverse("monitor:my-groups")

    def reading(self, line: GroupLine, row: ClassCode) -> dict[str, Any]:
        """The question that is read, and where one step back and forth lead."""
        items = asked_list(line.participation, "pupil", line.group).items
        codes = [item.code for item in items]
        at = codes.index(row.at_item) if row.at_item in codes else None
        if at is None:
            return {"first": codes[0], "was_last": row.at_item == END, "last": codes[-1]}
        return {
            "item": items[at],
            "number": at + 1,
            "of": len(items),
            "before": codes[at - 1] if at else "",
            "after": codes[at + 1] if at + 1 < len(codes) else END,
        }


class Count(OfGroup, Page):
    """How many are done: the part of the board that is asked for every few seconds."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.line().class_code
        if row is None:
            raise Http404
        return render(request, "monitor/classes/count.html", counted(row))


class Act(OfGroup, PostPage):
    """One button of the board."""

    done = ""

    def act(self, form: Form) -> Any:
        line = self.line()
        if line.class_code is None:
            return actions.start_class(group_id=line.group.pk, by=self.actor)
        return self.do(line.class_code)

    def do(self, row: ClassCode) -> Any:
        return row


class Start(Act):
    """The first press makes the code; later ones only show it."""


class Pause(Act):
    def do(self, row: ClassCode) -> Any:
        return actions.pause_class(class_code_id=row.pk, by=self.actor)


class Resume(Act):
    def do(self, row: ClassCode) -> Any:
        return actions.resume_class(class_code_id=row.pk, by=self.actor)


class Read(Act):
    """The question in `vraag`; without it everybody goes on alone."""

    def do(self, row: ClassCode) -> Any:
        item = self.request.POST.get("vraag", "")
        return actions.read_question(class_code_id=row.pk, item=item, by=self.actor)


class Expected(Act):
    done = _("The number is changed.")

    def do(self, row: ClassCode) -> Any:
        expected = number(self.request.POST.get("aantal", ""))
        return actions.change_expected(class_code_id=row.pk, expected=expected, by=self.actor)


class Late(Act):
    def do(self, row: ClassCode) -> Any:
        times = number(self.request.POST.get("aantal", "1"))
        return actions.make_late_code(class_code_id=row.pk, times=times, by=self.actor)


class Close(Act):
    done = _("The class is closed. Thank you for filling in together.")

    def do(self, row: ClassCode) -> Any:
        return actions.close_class(class_code_id=row.pk, by=self.actor)


def number(text: str) -> int:
    """What was typed as a number of pupils; nothing that could be one is 0, which every action refuses."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def late_code(row: ClassCode) -> LateCode | None:
    """The newest late code that still works."""
    return next((late for late in row.late_codes.all() if late.left), None)


def counted(row: ClassCode) -> dict[str, Any]:
    """Counts, and the house they build; who comes on top of the number expected still lays a block."""
    built = house(max(row.expected, row.done))
    return {
        "row": row,
        "house": built,
        "blocks": [(block, place < row.done) for place, block in enumerate(built.blocks)],
    }


def address(code: str) -> dict[str, Any]:
    """Where pupils go, as words and as a picture drawn here."""
    url = f"{settings.LEESBOUW_URL}{reverse('monitor:fill', args=[code])}"
    parts = urlsplit(settings.LEESBOUW_URL)
    return {
        "code": code,
        "spelled": spelled(code),
        "where": f"{parts.netloc}/m",
        "qr": matrix(url),
    }
