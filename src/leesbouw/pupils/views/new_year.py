"""The steps of a new school year that are about pupils: moving up, and who leaves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from leesbouw.core.jobs import Job
from leesbouw.organisations.models import Location, YearTransition
from leesbouw.organisations.queries import new_year_url, transition_of
from leesbouw.ui.pages import FormPage, Page

from .. import actions, forms, queries
from ..domain import Plan
from ..permissions import EDIT, VIEW
from .base import file_url, was_shown


class _OfTransition:
    """A page of one school's new year. Who may not do this step is told so, where other pages on pupils are not there."""

    actor: Any
    kwargs: dict[str, Any]
    year: Any

    @cached_property
    def location(self) -> Location:
        """Raises Http404; child care has no pupils here."""
        try:
            return queries.school_of_pupils(self.actor, self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if was_shown(request, answer):
            actions.note_list_look(locations=[self.location], by=self.actor)
        return answer

    def transition(self) -> YearTransition:
        found = transition_of(self.actor, self.location, self.year)
        if found is None:
            raise Http404
        return found

    def list_url(self) -> str:
        return new_year_url(self.location, self.year)


@method_decorator(never_cache, name="dispatch")
class MoveUp(_OfTransition, FormPage):
    """Everybody to the new year in one action, or from the school's own file."""

    permission = EDIT
    template_name = "pupils/move_up.html"
    form_class = forms.MoveUpForm
    title = _("Pupils to the new year")
    lead = _("Everybody goes along with the group. You only tell who does not.")
    submit_label = _("Move everybody up")

    def load(self) -> YearTransition:
        return self.transition()

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "todo": queries.moving(self.actor, self.location, self.year),
            "names": queries.new_year_names(self.actor, self.location),
        }

    def act(self, form: Any) -> Plan | Job:
        return actions.ask_to_move_up(
            location=self.location,
            year=self.year,
            choices=form.choices_sent(),
            by=self.actor,
            url=self.list_url(),
        )

    def done_message(self, result: Plan | Job) -> Any:
        if isinstance(result, Job):
            return _("This is a large school, so it takes a moment. You find it at Tasks.")
        moved = ngettext("%(count)s pupil moved up.", "%(count)s pupils moved up.", len(result.moves))
        return moved % {"count": len(result.moves)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            location=self.location,
            list_url=self.list_url(),
            file_url=file_url(self.location, self.year),
            **kwargs,
        )

    def back_url(self) -> str:
        return self.list_url()


@method_decorator(never_cache, name="dispatch")
class Leavers(_OfTransition, Page):
    """Who leaves, with what is still open, to call or to print."""

    permission = VIEW
    template_name = "pupils/year_leavers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.transition()
        leavers = queries.year_leavers(self.actor, self.location, self.year)
        return super().get_context_data(
            **kwargs,
            location=self.location,
            list_url=self.list_url(),
            open=[one for one in leavers if one.open],
            settled=[one for one in leavers if not one.open],
        )
