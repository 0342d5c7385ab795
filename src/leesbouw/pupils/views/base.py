"""What every page about pupils asks first. Whoever may see no pupil finds no page: 404, whatever she tries."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from leesbouw.core import once
from leesbouw.core.access import Actor, require
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location

from .. import actions, queries
from ..models import Pupil

FILE_PATH = "/import/leerlingen/"  # of a room above this one


def file_url(location: Location, year: SchoolYear) -> str:
    """Where the school's own file is read in, when this installation can; else empty."""
    try:
        resolve(FILE_PATH)
    except Resolver404:
        return ""
    return f"{FILE_PATH}?locatie={location.code}&jaar={year.first}"


def was_shown(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether somebody got to see the page, or the same page with her mistakes."""
    return answer.status_code == HTTPStatus.OK and request.method != "OPTIONS"


@method_decorator(never_cache, name="dispatch")
class Room:
    """Goes before Page: first whether these pages exist for the actor, then whether she may do what this one does.

    No browser keeps a copy: on a computer of the school the next person presses “back”.
    """

    right = ""
    actor: Actor
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None:
            if earlier := self.answered_before(actor, request):
                return HttpResponseRedirect(earlier)
            self.kwargs = kwargs
            self.enter(actor)
            if self.right:
                require(actor, self.right)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def answered_before(self, actor: Actor, request: HttpRequest) -> str | None:
        """Where the first send of the same form led; also when the child went with it."""
        key = request.POST.get("request_id", "") if request.method == "POST" else ""
        return once.first_answer(actor, key) if key else None

    def enter(self, actor: Actor) -> None:
        """Raises Http404 for whom these pages do not exist."""
        if not queries.sees_pupils(actor):
            raise Http404


class OfSchool(Room):
    """A page about the pupils of the school in the address. With `shows_names` it is written once a day who saw it."""

    location: Location
    shows_names = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)
        if self.shows_names and was_shown(request, answer):
            actions.note_list_look(locations=[self.location], by=self.actor)
        return answer

    def enter(self, actor: Actor) -> None:
        try:
            self.location = queries.school_of_pupils(actor, self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"location": self.location}  # type: ignore[misc]


class OfPupil(Room):
    """A page about the child in the address. Every look at it is written, and that the child went along as a file."""

    pupil: Pupil
    location: Location
    file = ""  # "pdf" or "json" where the page is one

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)
        if was_shown(request, answer):
            actions.note_look(pupil=self.pupil, by=self.actor, export=self.file)
        return answer

    def enter(self, actor: Actor) -> None:
        super().enter(actor)
        try:
            self.pupil = queries.pupil_by_id(actor, self.kwargs["pk"])
        except (Pupil.DoesNotExist, OverflowError):
            raise Http404 from None
        self.location = self.pupil.location

    def load(self) -> Pupil:
        """The child as it stands now, for a form; read anew inside the write."""
        try:
            return queries.pupil_by_id(self.actor, self.kwargs["pk"])
        except Pupil.DoesNotExist:
            raise Http404 from None

    @property
    def name(self) -> str:
        return queries.name_among_others(self.actor, self.pupil)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"pupil": self.pupil, "location": self.location, "name": self.name}
        return super().get_context_data(**kwargs) | context  # type: ignore[misc]
