"""Books for a group as a whole: a stack, a theme box, a book to read aloud. Here stands no name of a child."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.numbers import whole_of
from leesbouw.organisations.models import ClassGroup
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms
from ..permissions import LEND
from ..queries.class_books import books_with, borrowing_group, borrowing_groups, boxes_at

SHOWN = 8  # sentences about books that could not go


class GroupsBooks(Page):
    """`/groepsboeken/`: the groups of one's own place with how many books each has as a whole."""

    permission = LEND
    template_name = "lending/group_books.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, lines=borrowing_groups(self.actor))


class _ForGroup(FormPage):
    """Something with the books of the group in the address. Who does not work there finds no page."""

    permission = LEND

    @cached_property
    def group(self) -> ClassGroup:
        try:
            return borrowing_group(self.actor, self.kwargs["pk"])
        except (ClassGroup.DoesNotExist, OverflowError):
            raise Http404 from None

    def load(self) -> Any:
        return self.group and None

    def back_url(self) -> str:
        return reverse("lending:group-stack", args=[self.kwargs["pk"]])

    def told(self, stack: actions.Stack) -> str:
        """How many went out; of each other one why, as a message of its own."""
        for sentence in stack.refused[:SHOWN]:
            messages.error(self.request, sentence)
        words = ngettext(
            "%(number)s book is with group %(group)s now.",
            "%(number)s books are with group %(group)s now.",
            stack.lent,
        )
        return words % {"number": stack.lent, "group": self.group.name} if stack.lent else ""


class GroupStack(_ForGroup):
    """One field for barcodes, what the group has, and giving it back."""

    template_name = "lending/class_books.html"
    form_class = forms.StackForm
    submit_label = _("Borrow for the group")

    def act(self, form: Any) -> actions.Stack:
        codes = form.cleaned_data["codes"].split()
        return actions.lend_stack(
            codes=codes, group_id=self.group.pk, by=self.actor, request=form.request_key
        )

    def done_message(self, result: actions.Stack) -> str:
        return self.told(result)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            group=self.group,
            books=books_with(self.actor, self.group),
            boxes=[box for box in boxes_at(self.actor, self.group) if box.free or box.ours],
        )


class GroupBox(_ForGroup, PostPage):
    """A whole collection in one go."""

    def act(self, form: Any) -> actions.Stack:
        box = next(iter(whole_of([self.request.POST.get("kist", "")])), 0)
        return actions.lend_box(box_id=box, group_id=self.group.pk, by=self.actor, request=form.request_key)

    def done_message(self, result: actions.Stack) -> str:
        return self.told(result)


class GroupReturn(_ForGroup, PostPage):
    """Takes in what was ticked, a box, or everything."""

    def act(self, form: Any) -> int:
        box = next(iter(whole_of([self.request.POST.get("kist", "")])), None)
        every = box is not None or self.request.POST.get("alles") == "ja"
        copies = None if every else whole_of(self.request.POST.getlist("kies"))
        return actions.give_back_stack(
            copies=copies, group_id=self.group.pk, by=self.actor, request=form.request_key, box_id=box
        )

    def done_message(self, result: int) -> str:
        words = ngettext("%(number)s book is back.", "%(number)s books are back.", result)
        return words % {"number": result}
