"""What a contact may ask of the library that keeps her: everything as a file, and to be erased."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.pages import FormPage, Page

from .. import actions, queries
from ..models import Contact
from ..permissions import EDIT_CONTACTS
from .base import OfContact


class _OfOwnContact(OfContact):
    """Only for the library: her location sees her, and does not keep her."""

    permission = EDIT_CONTACTS

    def load(self) -> Contact:
        if self.actor.unit_kind == UnitKind.LOCATION:
            raise Http404
        return super().load()


class ContactJson(_OfOwnContact, Page):
    """What is kept of one contact, as data for another system; without her name in the name of the file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contact = self.load()
        data = queries.contact_data(queries.contact_page(self.actor, contact))
        actions.note_export(contact=contact, by=self.actor)
        name = file_name("", gettext("contact %(number)s") % {"number": contact.pk}, today(), "json")
        answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class EraseContact(_OfOwnContact, FormPage):
    """The real question: it names her and says what happens. There is no way back."""

    template_name = "people/erase.html"
    done = _("This person is erased from Leesbouw. The log keeps that it was done, without a name.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Erase %(name)s") % {"name": self.object.name}

    submit_label = title  # type: ignore[assignment]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contact=self.object, **kwargs)

    def act(self, form: Any) -> None:
        actions.erase_contact(contact=self.object, by=self.actor)

    def done_url(self, result: Any) -> str:
        return reverse("people:contact-list")

    def back_url(self) -> str:
        return reverse("people:contact-detail", args=[self.kwargs["pk"]])
