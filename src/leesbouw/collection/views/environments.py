"""The reading environment of a school or child care: the checklist of a year, and photos of the place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.ui.export import stored_answer
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..models import Environment, EnvironmentPhoto
from ..permissions import EDIT_PROVISION, VIEW_TITLES
from .base import OfPlace


class _Environment(OfPlace):
    """A page about the reading environment in the year that one looks at."""

    permission = VIEW_TITLES

    @property
    def in_year(self) -> str:
        return "" if self.year == SchoolYear.running() else f"?jaar={self.year}"

    @cached_property
    def found(self) -> queries.Surroundings:
        return queries.environment_of(self.actor, self.location, self.year)

    def back_url(self) -> str:
        return f"{self.shelf_url}leesomgeving/{self.in_year}"


class EnvironmentPage(_Environment, Page):
    template_name = "collection/environment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            found=self.found,
            photos=queries.photos_of(self.actor, self.location, self.year),
            may_edit=self.may_edit(),
            for_year=self.year,
            in_year=self.in_year,
        )


class EnvironmentEdit(_Environment, FormPage):
    """The checklist."""

    permission = EDIT_PROVISION
    template_name = "collection/place_form.html"
    form_class = forms.EnvironmentForm
    title = _("How is the reading environment?")

    def load(self) -> Environment | None:
        if not self.may_edit():
            raise Http404
        return queries.environment_of(self.actor, self.location, self.year).row

    def form_kwargs(self) -> dict[str, Any]:
        return {"points": self.found.item.body.items}

    def initial(self) -> dict[str, Any]:
        return {**self.object.answers, "note": self.object.note} if self.object else {}

    def act(self, form: Any) -> Any:
        return actions.set_environment(
            location=self.location,
            year=self.year,
            answers=form.answers(),
            note=form.cleaned_data["note"],
            by=self.actor,
            version=form.sent_version if self.object else None,
        )


class PhotoAdd(_Environment, FormPage):
    permission = EDIT_PROVISION
    template_name = "collection/place_form.html"
    form_class = forms.PhotoForm
    title = _("Add a photo")
    lead = _("Take the photo when no children are there. What the camera hides in it, we leave out.")

    def load(self) -> None:
        if not self.may_edit():
            raise Http404

    def act(self, form: Any) -> Any:
        values = form.cleaned_data
        return actions.add_photo(
            location=self.location,
            year=self.year,
            content=values["file"].read(),
            says=values["says"],
            by=self.actor,
        )


class _OfPhoto(_Environment):
    def photo(self) -> EnvironmentPhoto:
        rows = queries.photos_of(self.actor, self.location, self.year)
        row = rows.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row


class PhotoFile(_OfPhoto, Page):
    """The picture itself, for who may see the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = self.photo().file
        if file is None or not file.path.exists():
            raise Http404
        return stored_answer(file)


class PhotoDrop(_OfPhoto, PostPage):
    permission = EDIT_PROVISION
    done = _("Taken away.")

    def load(self) -> EnvironmentPhoto:
        if not self.may_edit():
            raise Http404
        return self.photo()

    def act(self, form: Any) -> None:
        actions.drop_photo(photo=self.object, by=self.actor)
