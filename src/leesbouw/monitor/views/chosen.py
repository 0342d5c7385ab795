"""What is done with several schools of a round at once: inviting, writing, more time, closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import BulkAction, Empty, FormPage, ListPage, PostPage, chosen
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..enums import Cohort
from ..models import Participation, Round
from ..permissions import COORDINATE
from .base import OfRound

CONFIRM = "zeker"  # the second step sends it; the first comes from the boxes of the table


class Candidates(OfRound, ListPage):
    """Schools that the library works with and that are not in the round yet."""

    template_name = "monitor/rounds/candidates.html"
    permission = COORDINATE
    page = "monitor.candidates"
    title = _("Invite schools")
    table_class = tables.CandidateTable
    filterset_class = forms.CandidateFilters
    can_save = False

    @cached_property
    def of_round(self) -> Round:
        row = self.round
        if row.closed_on:
            raise Http404
        return row

    @cached_property
    def found(self) -> list[queries.Candidate]:
        return queries.candidates(self.actor, self.of_round)

    def rows(self, request: HttpRequest) -> list[queries.Candidate]:
        return self.found

    def table_kwargs(self) -> dict[str, Any]:
        return {} if queries.wording(self.of_round.kind).asks_children else {"exclude": ["pupils"]}

    def bulk_actions(self) -> Sequence[BulkAction]:
        return (BulkAction(_("Invite these"), reverse("monitor:enrol", args=[self.of_round.pk]), "invite"),)

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        return Empty(
            _("Everybody is in"),
            _("Every school that you work with is in this round, or is of another kind."),
            reverse("monitor:round", args=[self.of_round.pk]),
            _("To the round"),
        )

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "round": self.of_round,
            "proposed": sum(one.has_turn for one in self.found),
            "half": queries.half_words(self.of_round.year),  # type: ignore[arg-type]
            "everybody": self.of_round.cohort == Cohort.EVERY_YEAR,
        }


class Enrol(OfRound, PostPage):
    """Invites those that were ticked, or all that are proposed."""

    permission = COORDINATE

    def act(self, form: Any) -> list[Participation]:
        ids = chosen(self.request)
        if self.request.POST.get("alle"):
            ids = [one.pk for one in queries.candidates(self.actor, self.object) if one.has_turn]
        return actions.enrol(round=self.object, location_ids=ids, by=self.actor)

    def done_message(self, result: list[Participation]) -> str:
        words = ngettext("%(number)s school is invited.", "%(number)s schools are invited.", len(result))
        return words % {"number": len(result)}

    def done_url(self, result: Any) -> str:
        return self.back_url()


class TakeOut(OfRound, PostPage):
    permission = COORDINATE

    def act(self, form: Any) -> int:
        return actions.take_out(round=self.object, ids=chosen(self.request), by=self.actor)

    def done_message(self, result: int) -> str:
        words = ngettext("%(number)s school is out.", "%(number)s schools are out.", result)
        return words % {"number": result}


class _TwoSteps(OfRound, FormPage):
    """Shows what will be done with the ticked schools, and does it when the form comes back."""

    permission = COORDINATE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if CONFIRM in request.POST:
            return super().post(request, *args, **kwargs)
        return self.get(request, *args, **kwargs)

    def load(self) -> Round:
        row = super().load()
        if row.closed_on:
            raise Http404
        return row

    def make_form(self, data: Any = None) -> Any:
        return self.form_class(data, **self.form_kwargs())  # the round's own version does not matter here

    def done_url(self, result: Any) -> str:
        return self.back_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(round=self.object, confirm=CONFIRM, **kwargs)


class Extend(_TwoSteps):
    """More time for some schools; the others keep the day of the round."""

    template_name = "monitor/rounds/extend.html"
    form_class = forms.ExtendForm
    title = _("Give more time")
    submit_label = _("Give more time")

    def act(self, form: Any) -> int:
        return actions.extend(round=self.object, ids=chosen(self.request), by=self.actor, **form.values())

    def done_message(self, result: int) -> str:
        words = ngettext("%(number)s school has more time.", "%(number)s schools have more time.", result)
        return words % {"number": result}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.participations_of(self.actor, self.object, chosen(self.request))
        return super().get_context_data(rows=rows, **kwargs)


class CloseSome(_TwoSteps):
    """Some schools are ready; the others go on."""

    template_name = "monitor/rounds/close_some.html"
    title = _("Close these schools?")
    submit_label = _("Close them")

    def act(self, form: Any) -> int:
        return actions.close_participations(round=self.object, ids=chosen(self.request), by=self.actor)

    def done_message(self, result: int) -> str:
        words = ngettext("%(number)s school is closed.", "%(number)s schools are closed.", result)
        return words % {"number": result}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.participations_of(self.actor, self.object, chosen(self.request))
        return super().get_context_data(rows=rows, **kwargs)


class Letters(_TwoSteps):
    """Who gets which letter, before it leaves; after that twenty seconds to take all of them back."""

    template_name = "monitor/rounds/letters.html"
    form_class = forms.LettersForm
    title = _("Remind")

    @cached_property
    def wanted(self) -> list[queries.Progress]:
        ids = chosen(self.request)
        if not ids and self.request.GET.get("vraagt") == forms.ASKS_RED:
            return [one for one in queries.progress_of(self.actor, self.round) if one.is_red]
        return queries.progress_of(self.actor, self.round, ids)

    def act(self, form: Any) -> list[queries.Letter]:
        ids = [one.pk for one in self.wanted]
        return actions.remind(round=self.object, ids=ids, by=self.actor, **form.values())

    def done_message(self, result: list[queries.Letter]) -> str:
        words = ngettext(
            "%(number)s letter leaves in twenty seconds.",
            "%(number)s letters leave in twenty seconds.",
            len(result),
        )
        return words % {"number": len(result)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = queries.letters_for(self.actor, self.wanted)
        ready = [one for one in letters if one.to.email]
        written = {one.participation.pk for one in letters}
        number = min(len(ready), actions.MOST_LETTERS)
        words = ngettext("Send %(number)s letter", "Send %(number)s letters", number)
        return super().get_context_data(
            **kwargs
            | {
                "rows": [one.participation for one in self.wanted],
                "ready": ready,
                "without_address": [one for one in letters if not one.to.email],
                "nothing_to_say": [one for one in self.wanted if one.pk not in written],
                "too_many": len(ready) > actions.MOST_LETTERS and actions.MOST_LETTERS,
                "labels": forms.ASKS_LABELS,
                "submit_label": words % {"number": number},
                "title": _now("Whom do you write to?"),
            }
        )


class SetRhythm(PostPage):
    """The years in which the ticked schools measure."""

    permission = COORDINATE

    def act(self, form: Any) -> int:
        rhythm = self.kwargs["rhythm"]
        if rhythm not in Cohort.values or queries.own_library(self.actor) is None:
            raise Http404
        return actions.set_rhythm(location_ids=chosen(self.request), rhythm=rhythm, by=self.actor)

    def done_message(self, result: int) -> str:
        words = ngettext("Noted for %(number)s school.", "Noted for %(number)s schools.", result)
        return words % {"number": result}

    def back_url(self) -> str:
        return reverse("monitor:rhythm")
