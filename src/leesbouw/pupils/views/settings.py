"""What a school chooses about its pupils' data."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import FormPage

from .. import actions, forms, queries
from ..permissions import EDIT, RIGHTS
from .base import OfSchool


class Settings(OfSchool, FormPage):
    """Whether the year of birth is kept, and what that means."""

    right = EDIT
    template_name = "pupils/settings.html"
    form_class = forms.SettingsForm
    title = _("What you keep of pupils")
    done = _("Kept. It holds from now on.")

    def initial(self) -> dict[str, Any]:
        return {"birth_years": queries.keeps_birth_years(self.location.pk)}

    def act(self, form: Any) -> Any:
        keep = form.values()["birth_years"]
        return actions.choose_birth_years(location=self.location, keep=keep, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refused = queries.refused_count(self.location)
        return super().get_context_data(
            **kwargs, refused=refused, may_lift=refused and self.actor.may(RIGHTS)
        )

    def back_url(self) -> str:
        return reverse("pupils:pupil-list", args=[self.location.code])


class LiftRefusals(OfSchool, FormPage):
    """A file may bring children back who were erased on request."""

    right = RIGHTS
    template_name = "pupils/school_form.html"
    title = _("Let erased children come back")
    submit_label = _("Let them come back")
    done = _("The next file may bring them back.")

    @property
    def lead(self) -> str:  # type: ignore[override]
        number = queries.refused_count(self.location)
        words = ngettext(
            "One number may not come back now. Do this only when the parents agree.",
            "%(number)s numbers may not come back now. Do this only when the parents agree.",
            number,
        )
        return words % {"number": number}

    def act(self, form: Any) -> int:
        return actions.lift_refusals(location=self.location, by=self.actor)

    def back_url(self) -> str:
        return reverse("pupils:settings", args=[self.location.code])
