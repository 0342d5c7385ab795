"""The teachers of all groups of a new school year, on one page."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.models import Location, YearTransition
from leesbouw.organisations.queries import location_by_code, new_year_url, transition_of
from leesbouw.ui.pages import FormPage

from .. import actions, forms, queries
from ..permissions import EDIT_CONTACTS


class Teachers(FormPage):
    """A line per group with last year's teachers filled in."""

    permission = EDIT_CONTACTS
    template_name = "people/new_year.html"
    form_class = forms.YearTeachersForm
    title = _("Who teaches which group?")
    lead = _("Last year's teachers are filled in. Two teachers are duo partners.")
    submit_label = _("Save these teachers")
    done = _("Noted who teaches which group.")
    location: Location

    def load(self) -> YearTransition:
        try:
            self.location = location_by_code(self.actor, self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None
        found = transition_of(self.actor, self.location, self.year)
        if found is None or not self.request.path.startswith(self.location.get_absolute_url()):
            raise Http404
        return found

    def form_kwargs(self) -> dict[str, Any]:
        contacts = queries.contacts_at(self.actor, self.location.pk)
        offers = queries.teacher_offers(self.actor, self.location, self.year, contacts)
        return {"contacts": contacts, "offers": offers}

    def act(self, form: Any) -> int:
        rows = {
            group: [actions.TeacherRow(contact, days) for contact, days in teachers]
            for group, teachers in form.chosen().items()
        }
        return actions.set_year_teachers(rows, location=self.location, year=self.year, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(location=self.location, list_url=self.back_url(), **kwargs)

    def back_url(self) -> str:
        return new_year_url(self.location, self.year)
