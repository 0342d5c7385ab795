"""What parents and pupils asked: the log with its clock of one month, noting a request and answering it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location
from leesbouw.ui.pages import Empty, FormPage, ListPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..enums import AskedBy, RequestKind
from ..models import RightsRequest
from ..permissions import RIGHTS
from .base import OfSchool, Room, was_shown
from .pupils import PupilForm


class _Requests(ListPage):
    """Requests, late ones first. The list is no file: it names children."""

    template_name = "pupils/requests.html"
    right = RIGHTS
    title = _("Requests about pupils")
    lead = _("Parents and pupils may ask to see, correct or erase, or object. The law gives you one month.")
    table_class = tables.RequestTable
    filterset_class = forms.RequestFilters
    presets: Sequence[Preset] = (
        Preset(_("Still open"), f"staat={forms.OPEN}"),
        Preset(_("Answered"), f"staat={forms.ANSWERED}"),
    )
    can_save = False
    empty = Empty(
        _("Nothing was asked"),
        _("Does a parent ask something? Note it on the page of the child; the clock starts on that day."),
    )
    place: Location | None = None

    @cached_property
    def found(self) -> Any:
        return queries.requests_at(self.actor, self.place)

    def rows(self, request: HttpRequest) -> Any:
        return self.found

    def table_kwargs(self) -> dict[str, Any]:
        ids = {row.pupil_id for row in self.found if row.pupil_id}
        one = self.place is not None or self.actor.unit_kind == UnitKind.LOCATION
        return {"names": queries.names_of(self.actor, ids) if ids else {}, "one_school": one}

    def downloads(self) -> list[tuple[str, str]]:
        return []

    def download(self, wish: str) -> HttpResponse:
        return HttpResponseRedirect(self.request.path)

    def more(self, listing: Listing) -> dict[str, Any]:
        numbers = queries.request_numbers(self.actor, self.place)
        return {"place_of_list": self.place, "numbers": numbers}


class SchoolRequests(OfSchool, _Requests):
    page = "pupils.school_requests"
    shows_names = True

    def rows(self, request: HttpRequest) -> Any:
        self.place = self.location
        return super().rows(request)


class AllRequests(Room, _Requests):
    """Of every school within reach: for the library, and for the school itself its own."""

    page = "pupils.requests"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)
        if was_shown(request, answer):
            told = {row.location_id: row.location for row in self.found if row.pupil_id}
            near = [location for pk, location in told.items() if pk in self.actor.locations]
            actions.note_list_look(locations=near, by=self.actor)
        return answer


class NoteRequest(PupilForm):
    """What was asked about this child; `?soort=` chooses beforehand."""

    right = RIGHTS
    form_class = forms.RequestForm
    title = _("Note what was asked")
    lead = _("From the day it was asked you have one month to answer.")
    submit_label = _("Note it")
    done = _("Noted. You see it under the requests until it is answered.")

    def load(self) -> None:
        super().load()  # a new row; only whether the child is still there

    def initial(self) -> dict[str, Any]:
        wish = self.request.GET.get("soort", "")
        kind = wish if wish in RequestKind.values else RequestKind.ACCESS
        return {"kind": kind, "asked_by": AskedBy.PARENT, "asked_on": today()}

    def act(self, form: Any) -> Any:
        return actions.open_request(pupil=self.pupil, by=self.actor, **form.values())


class Answer(Room, FormPage):
    """How a request ended, and why when it is refused."""

    right = RIGHTS
    template_name = "pupils/answer.html"
    form_class = forms.AnswerForm
    title = _("Answer this request")
    submit_label = _("Keep the answer")
    done = _("The answer is kept.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)
        if was_shown(request, answer) and self.object.pupil:
            actions.note_look(pupil=self.object.pupil, by=self.actor)
        return answer

    def load(self) -> RightsRequest:
        try:
            return queries.request_by_id(self.actor, self.kwargs["pk"])
        except (RightsRequest.DoesNotExist, OverflowError):
            raise Http404 from None

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.object.kind}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        name = queries.name_among_others(self.actor, row.pupil) if row.pupil else ""
        return super().get_context_data(**kwargs, asked=row, pupil=row.pupil, name=name)

    def act(self, form: Any) -> Any:
        return actions.answer_request(request_id=self.object.pk, by=self.actor, **form.values())

    def back_url(self) -> str:
        return reverse("pupils:school-requests", args=[self.object.location.code])
