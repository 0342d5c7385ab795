"""What a library or school adds: its own forms and its own days of a campaign."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.pages import FormPage, PostPage

from ... import actions, forms, queries
from ...enums import Audience, FormKind
from ...models import OwnForm
from ...permissions import EDIT_CATALOGUE
from .pages import OfForm


class _OwnForm(FormPage):
    permission = EDIT_CATALOGUE
    form_class = forms.OwnFormForm

    def load(self) -> Any:
        if not queries.may_add_forms(self.actor):
            raise Http404
        return None

    def back_url(self) -> str:
        return reverse("plans:catalogue")

    def done_url(self, result: OwnForm) -> str:
        return reverse("plans:form", args=[f"{queries.OWN}{result.pk}"])


class OwnNew(_OwnForm):
    title = _("Add an activity of your own")
    lead = _("What your library adds, your schools see too. What a school adds, its library sees.")
    done = _("The activity is added.")

    def initial(self) -> dict[str, Any]:
        location = queries.own_location(self.actor)
        sectors = [location.sector] if location else []
        return {
            "kind": FormKind.FORM,
            "audience": [Audience.CHILDREN],
            "minutes": 30,
            "preparation": 0,
            "times": 1,
            "block": "activities",
            "sectors": sectors,
        }

    def act(self, form: Any) -> OwnForm:
        return actions.add_own_form(unit=queries.own_unit(self.actor), body=form.body(None), by=self.actor)


class OwnVersion(OfForm, _OwnForm):
    """An own version of a form: it begins with that, and both stay."""

    def form_kwargs(self) -> dict[str, Any]:
        return {"measures": self.form.body.measures}

    permission = EDIT_CATALOGUE
    title = _("Make your own version")
    lead = _("Change what is different with you. The one you began with stays as well.")
    done = _("Your own version is kept.")

    def initial(self) -> dict[str, Any]:
        return forms.own_form_initial(self.form.body)

    def act(self, form: Any) -> OwnForm:
        return actions.add_own_form(
            unit=queries.own_unit(self.actor),
            body=form.body(self.form.body),
            based_on=self.form.code,
            by=self.actor,
        )


class OwnEdit(OfForm, _OwnForm):
    def form_kwargs(self) -> dict[str, Any]:
        return {"measures": self.form.body.measures}

    permission = EDIT_CATALOGUE
    title = _("Change this activity")

    def load(self) -> OwnForm:
        found = queries.form_by_code(self.actor, self.form.code)
        if found.own is None or not queries.may_change_form(self.actor, found):
            raise Http404
        return found.own

    def initial(self) -> dict[str, Any]:
        return forms.own_form_initial(queries.FormBody.model_validate(self.object.body))

    def act(self, form: Any) -> OwnForm:
        body = form.body(self.form.body)
        return actions.change_own_form(own=self.object, body=body, version=form.sent_version, by=self.actor)


class OwnArchive(OfForm, PostPage):
    permission = EDIT_CATALOGUE
    done = _("The activity is out of the catalogue. Plans that name it keep it.")

    def load(self) -> OwnForm:
        if self.form.own is None or not queries.may_change_form(self.actor, self.form):
            raise Http404
        return self.form.own

    def act(self, form: Any) -> OwnForm:
        return actions.archive_own_form(own=self.object, by=self.actor)

    def done_url(self, result: OwnForm) -> str:
        return reverse("plans:catalogue")


class CampaignDays(OfForm, FormPage):
    """When one's own library or school holds a campaign this school year."""

    permission = EDIT_CATALOGUE
    form_class = forms.DaysForm
    title = _("When do you hold this campaign?")
    done = _("Saved.")

    @property
    def lead(self) -> str:  # type: ignore[override]
        return self.form.name

    def load(self) -> Any:
        if self.form.body.kind != FormKind.CAMPAIGN or not queries.may_add_forms(self.actor):
            raise Http404
        return queries.own_dates(self.actor, self.form.code, self.year)

    def initial(self) -> dict[str, Any]:
        if self.object is None:
            return {}
        return {"starts_on": self.object.starts_on, "ends_on": self.object.ends_on}

    def act(self, form: Any) -> Any:
        return actions.set_campaign_dates(
            unit=queries.own_unit(self.actor),
            form=self.form.code,
            year=self.year,
            by=self.actor,
            **form.values(),
        )

    def back_url(self) -> str:
        return self.form.url
