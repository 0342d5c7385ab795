"""Who waits for which book, and books that are lost or in repair: pages for who looks after the books of a place."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from leesbouw.collection.permissions import EDIT_TITLES
from leesbouw.core.numbers import whole_of
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms
from ..permissions import EDIT_RULES, VIEW_LOANS
from ..queries.waiting import away_at, names_children, waiting_at
from .desks import _OfPlace


@method_decorator(never_cache, name="dispatch")
class Waiting(_OfPlace, Page):
    """`…/wachten/`: what lies ready first."""

    permission = EDIT_RULES
    template_name = "lending/waiting.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = waiting_at(self.actor, self.location)
        with_names = names_children(self.actor, self.location)
        if with_names and lines:
            actions.note_school_look(location=self.location, by=self.actor)
        return super().get_context_data(**kwargs, lines=lines, with_names=with_names)


class WaitEnd(_OfPlace, PostPage):
    """The child waits no more."""

    permission = EDIT_RULES
    done = _("This child waits no more for the book.")

    def load(self) -> None:
        if self.kwargs["pk"] not in {line.id for line in waiting_at(self.actor, self.location)}:
            raise Http404

    def act(self, form: Any) -> None:
        actions.cancel_hold(hold_id=self.kwargs["pk"], by=self.actor)

    def back_url(self) -> str:
        return self.url_of("waiting")


@method_decorator(never_cache, name="dispatch")
class AwayBooks(_OfPlace, FormPage):
    """`…/kwijt/`: tell that a book is lost or in repair, and see which are."""

    permission = EDIT_RULES
    template_name = "lending/away.html"
    form_class = forms.AwayForm
    submit_label = _("Note it")
    done = _("That is noted.")

    def load(self) -> Any:
        return self.location and None

    def act(self, form: Any) -> None:
        values = form.cleaned_data
        actions.report_away(
            barcode=values["barcode"], what=values["what"], location=self.location, by=self.actor
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = away_at(self.actor, self.location)
        with_names = names_children(self.actor, self.location)
        if with_names and any(line.who for line in lines):
            actions.note_school_look(location=self.location, by=self.actor)
        return super().get_context_data(
            **kwargs,
            lines=lines,
            with_names=with_names,
            may_give_up=self.actor.may(VIEW_LOANS),
            may_edit=self.actor.may(EDIT_TITLES),
        )

    def back_url(self) -> str:
        return self.url_of("away")


class _OneAway(_OfPlace, PostPage):
    permission = EDIT_RULES

    def load(self) -> Any:
        return self.location and None

    def sent_id(self, name: str) -> int:
        return next(iter(whole_of([self.request.POST.get(name, "")])), 0)

    def back_url(self) -> str:
        return reverse("lending:away", args=[self.location.place, self.location.code])


class AwayFound(_OneAway):
    """It is there again."""

    done = _("The book can stand on its shelf again.")

    def act(self, form: Any) -> None:
        actions.take_up_again(copy_id=self.sent_id("boek"), location=self.location, by=self.actor)


class AwayGiveUp(_OneAway):
    """Nobody asks for it any more."""

    permission = VIEW_LOANS
    done = _("Nobody asks for this book any more.")

    def act(self, form: Any) -> None:
        loan = self.sent_id("lening")
        if loan not in {line.loan for line in away_at(self.actor, self.location)}:
            raise Http404
        actions.write_off(loan_id=loan, by=self.actor)
