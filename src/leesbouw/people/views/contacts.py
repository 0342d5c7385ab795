"""Contacts: the list, one person, and everything one does with her."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page, PostPage
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..models import Contact, Relation
from ..permissions import EDIT_CONTACTS, VIEW_CONTACTS, VIEW_STAFF
from .base import UNIT_PARAM, OfContact, unit_or_404


class ContactList(ListPage):
    """Everybody at partners whom this library, or this location, knows."""

    template_name = "people/list.html"
    permission = VIEW_CONTACTS
    export_permission = "ui.export"
    page = "people.contacts"
    title = _("Contacts")
    export_name = _("contacts")
    table_class = tables.ContactTable
    filterset_class = forms.ContactFilters

    def rows(self, request: HttpRequest) -> QuerySet[Contact]:
        return queries.contacts_for(self.actor)

    def table_kwargs(self) -> dict[str, Any]:
        return {"talkers": queries.talkers_by_contact(self.actor)}

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        return Empty(
            _("No contacts yet"),
            _("A contact is somebody you talk to at a school, board or municipality."),
            reverse("people:contact-new") if self.actor.may(EDIT_CONTACTS) else "",
            _("Add the first contact"),
        )

    def heading(self, listing: Listing) -> str:
        if not listing.total:
            return str(self.title)
        text = ngettext("%(number)s contact", "%(number)s contacts", listing.total)
        return text % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "sub": "contacts",
            "add_url": reverse("people:contact-new") if self.actor.may(EDIT_CONTACTS) else "",
            "add_label": _now("Add a contact"),
            "may_staff": self.actor.may(VIEW_STAFF),
            "may_contacts": True,
        }


class ContactDetail(OfContact, Page):
    """All that is known of one contact; the same that she sees when she asks."""

    template_name = "people/contact.html"
    permission = VIEW_CONTACTS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contact = self.load()
        may_edit = self.actor.may(EDIT_CONTACTS)
        return super().get_context_data(
            **kwargs,
            page=queries.contact_page(self.actor, contact),
            contact=contact,
            left=contact.left_on is not None and contact.left_on <= today(),
            may_edit=may_edit,
            may_relate=may_edit and self.actor.unit_kind != UnitKind.LOCATION,
        )


class _OfUnit(FormPage):
    """A form whose choices depend on the organisation where somebody works."""

    form_class = forms.ContactForm
    permission = EDIT_CONTACTS
    unit: Unit

    def form_kwargs(self) -> dict[str, Any]:
        location = getattr(self.unit, "as_location", None)
        return {"unit_kind": self.unit.kind, "sector": location.sector if location else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unit=self.unit, **kwargs)


class ContactNew(_OfUnit):
    """Where does she work, and then who she is."""

    template_name = "people/contact_form.html"
    title = _("Add a contact")
    submit_label = _("Add")
    done = _("The contact is added.")

    def load(self) -> None:
        wish = self.request.GET.get(UNIT_PARAM)
        if self.actor.unit_kind == UnitKind.LOCATION:
            wish = self.actor.unit_id
        self.unit = unit_or_404(self.actor, wish)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.actor.unit_kind != UnitKind.LOCATION and UNIT_PARAM not in request.GET:
            return self.ask_where()
        return super().get(request, *args, **kwargs)

    def ask_where(self) -> HttpResponse:
        form = forms.UnitForm(units=queries.units_to_choose(self.actor))
        context = {"form": form, "title": self.title, "template": "people/choose_unit.html"}
        return self.render_to_response(context)

    def act(self, form: Any) -> Contact:
        return actions.save_contact(actions.ContactRow(unit_id=self.unit.pk, **form.values()), by=self.actor)

    def done_url(self, result: Contact) -> str:
        return reverse("people:contact-detail", args=[result.pk])

    def back_url(self) -> str:
        return reverse("people:contact-list")


class AskToConfirm(OfContact, PostPage):
    """Sends a contact the link with which she mends her own data."""

    permission = EDIT_CONTACTS

    def act(self, form: Any) -> Any:
        return actions.ask_to_confirm(contact=self.object, by=self.actor)

    def done_message(self, result: Any) -> str:
        return _now("The message to %(name)s leaves in twenty seconds.") % {"name": result.name}

    def back_url(self) -> str:
        return reverse("people:contact-detail", args=[self.kwargs["pk"]])


class ContactEdit(OfContact, _OfUnit):
    template_name = "people/contact_form.html"
    title = _("Change this contact")
    done = _("Saved.")

    def load(self) -> Contact:
        contact = super().load()
        self.unit = contact.unit
        return contact

    def initial(self) -> dict[str, Any]:
        known = {one.code for one in queries.contact_options().functions}
        contact = self.object
        own = contact.function not in known
        return {
            "name": contact.name,
            "function": forms.OTHER if own else contact.function,
            "own_function": contact.function if own else "",
            "level": contact.level,
            "network_roles": contact.network_roles,
            "policy_fields": contact.policy_fields,
            "email": contact.email,
            "phone": contact.phone,
        }

    def act(self, form: Any) -> Contact:
        row = actions.ContactRow(
            unit_id=self.unit.pk, id=self.object.pk, version=form.sent_version, **form.values()
        )
        return actions.save_contact(row, by=self.actor)

    def back_url(self) -> str:
        return reverse("people:contact-detail", args=[self.kwargs["pk"]])


class ContactLeft(OfContact, PostPage):
    """One press: she left; the message brings her back."""

    permission = EDIT_CONTACTS

    def act(self, form: Any) -> Contact:
        return actions.contact_left(contact=self.object, by=self.actor)

    def done_message(self, result: Contact) -> str:
        return _now("%(name)s left. Her appointments with you ended.") % {"name": result.name}

    def back_url(self) -> str:
        return reverse("people:contact-detail", args=[self.kwargs["pk"]])


class ContactBack(OfContact, PostPage):
    permission = EDIT_CONTACTS
    done = _("This contact works there again.")

    def act(self, form: Any) -> None:
        actions.contact_back(contact_id=self.object.pk, by=self.actor)

    def back_url(self) -> str:
        return reverse("people:contact-detail", args=[self.kwargs["pk"]])


class Relate(OfContact, FormPage):
    """Which of us talks to this contact."""

    permission = EDIT_CONTACTS
    form_class = forms.RelateForm
    template_name = "people/form.html"
    title = _("Who talks to this contact?")
    done = _("Noted who talks to whom.")

    def load(self) -> Contact:
        if self.actor.unit_kind == UnitKind.LOCATION:
            raise Http404
        return super().load()

    def form_kwargs(self) -> dict[str, Any]:
        return {"staff": list(queries.staff_today(self.actor))}

    def make_form(self, data: Any = None) -> Any:
        return self.form_class(data, initial=self.initial(), **self.form_kwargs())

    def act(self, form: Any) -> Relation:
        staff = queries.staff_by_id(self.actor, form.cleaned_data["staff"])
        return actions.relate(contact=self.object, staff=staff, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contact=self.object, **kwargs)

    def back_url(self) -> str:
        return reverse("people:contact-detail", args=[self.kwargs["pk"]])


class Unrelate(PostPage):
    permission = EDIT_CONTACTS
    done = _("From today they no longer talk.")

    def load(self) -> Relation:
        found = queries.relation_by_id(self.actor, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def act(self, form: Any) -> Relation:
        return actions.unrelate(relation=self.object, by=self.actor)

    def back_url(self) -> str:
        return reverse("people:contact-detail", args=[self.object.contact_id])
