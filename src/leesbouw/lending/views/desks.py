"""What the coordinator sets up: the rules of the school, its desks, and who opens them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import own_location
from leesbouw.pupils.queries.devices import devices_here
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import file_answer
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..permissions import EDIT_RULES, VIEW_LOANS
from ..queries.class_papers import command_sheet_pdf
from ..queries.desk import desks_at, volunteers_of
from ..queries.surprises import surprises_at


class _OfPlace:
    """A page about the location in the address; another's is not there."""

    actor: Any
    kwargs: dict[str, Any]

    @cached_property
    def location(self) -> Location:
        try:
            return own_location(self.actor, self.kwargs["place"], self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    def url_of(self, name: str) -> str:
        return reverse(f"lending:{name}", args=[self.location.place, self.location.code])

    def back_url(self) -> str:
        return self.url_of("desks")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(location=self.location, **kwargs)  # type: ignore[misc]


class Desks(_OfPlace, Page):
    """Desks, volunteers and the rules of a school."""

    permission = EDIT_RULES
    template_name = "lending/desks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            desks=desks_at(self.actor, self.location),
            volunteers=volunteers_of(self.actor, self.location),
            rules=queries.rules_at(self.location.pk),
            own_rules=queries.has_own_rules(self.actor, self.location),
            class_devices=devices_here(self.actor) if self.actor.unit_id == self.location.pk else [],
            surprises=surprises_at(self.actor, self.location),
            may_view=self.actor.may(VIEW_LOANS),
        )


class _PlaceForm(_OfPlace, FormPage):
    permission = EDIT_RULES
    template_name = "lending/form.html"

    def load(self) -> Any:
        return self.location and None


class DeskNew(_PlaceForm):
    """A desk with its code, which is told once."""

    form_class = forms.DeskForm
    title = _("Add a desk")
    submit_label = _("Give me a code")

    def act(self, form: Any) -> actions.NewDesk:
        values = form.cleaned_data
        return actions.make_desk(
            location=self.location, name=values["name"], is_self=values["is_self"], by=self.actor
        )

    def done_message(self, result: actions.NewDesk) -> str:
        text = _("Open %(address)s on that device and type this code within 15 minutes: %(code)s.")
        return str(text) % {
            "address": self.request.build_absolute_uri(
                reverse("lending:self" if result.device.is_self else "lending:desk")
            ),
            "code": f"{result.code[:4]}-{result.code[4:]}",
        }


class VolunteerNew(_PlaceForm):
    form_class = forms.VolunteerForm
    title = _("Let a volunteer in")
    done = _("This volunteer can open the desk now.")

    def act(self, form: Any) -> Any:
        values = form.cleaned_data
        return actions.add_volunteer(
            location=self.location, name=values["name"], pin=values["pin"], by=self.actor
        )


class CommandSheet(_OfPlace, Page):
    """The barcodes beside the desk, on paper."""

    permission = EDIT_RULES
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        called = file_name(self.location.name, str(_("barcodes for the desk")), today(), "pdf")
        return file_answer(command_sheet_pdf(self.location), called)


class DeskStop(_OfPlace, PostPage):
    permission = EDIT_RULES
    done = _("This desk is closed. Nobody can lend there any more.")

    def load(self) -> None:
        if self.kwargs["pk"] not in {row.pk for row in desks_at(self.actor, self.location)}:
            raise Http404

    def act(self, form: Any) -> None:
        actions.revoke_desk(device_id=self.kwargs["pk"], by=self.actor)


class VolunteerStop(_OfPlace, PostPage):
    permission = EDIT_RULES
    done = _("This volunteer can open the desk no more.")

    def load(self) -> None:
        if self.kwargs["pk"] not in {row.pk for row in volunteers_of(self.actor, self.location)}:
            raise Http404

    def act(self, form: Any) -> None:
        actions.drop_volunteer(volunteer_id=self.kwargs["pk"], by=self.actor)


class SurprisesSeen(_OfPlace, PostPage):
    permission = EDIT_RULES
    done = _("The list is empty again.")

    def load(self) -> Any:
        return self.location and None

    def act(self, form: Any) -> None:
        actions.see_surprises(location=self.location, by=self.actor)


class RulesPage(_OfPlace, FormPage):
    """How this school lends."""

    permission = EDIT_RULES
    template_name = "lending/form.html"
    form_class = forms.RulesForm
    title = _("Lending rules")
    lead = _("They hold for what is lent from now on.")

    def load(self) -> Any:
        return queries.own_rules(self.actor, self.location)

    def form_kwargs(self) -> dict[str, Any]:
        return {"year_groups": queries.year_groups_at(self.location)}

    def initial(self) -> dict[str, Any]:
        rules = queries.rules_at(self.location.pk)
        names = actions.RulesRow.__dataclass_fields__.keys() - {"limits"}
        limits = {f"{forms.LIMIT}{year}": books for year, books in rules.limits.items()}
        return {name: getattr(rules, name) for name in names} | limits

    def act(self, form: Any) -> Any:
        row = actions.RulesRow(**form.values())
        return actions.choose_rules(location=self.location, row=row, by=self.actor, version=form.sent_version)
