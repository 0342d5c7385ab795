"""Pages that only tests have: a list and two forms built from the bases, on real rows."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import include, path

from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import Undo, record
from leesbouw.core.errors import Sentence
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location, Municipality
from leesbouw.ui.filters import ChoiceFilter, FilterSet, FromDateFilter, ModelChoiceFilter, SearchFilter
from leesbouw.ui.forms import Form, MoneyField, NameField
from leesbouw.ui.pages import BulkAction, Empty, FormPage, ListPage, PostPage, Preset, exportable
from leesbouw.ui.tables import Column, DateColumn, IdColumn, NumberColumn, Table


class PlaceTable(Table):
    name = Column("Naam")
    code = IdColumn("BRIN")
    municipality = Column("Gemeente", param="gemeentenaam", order_by="municipality__name")
    version = NumberColumn("Versie", param="versie")
    created_at = DateColumn("Sinds", visible=False, param="sinds")

    class Meta:
        order_by = "name"

    def row_url(self, record: Location) -> str:
        return f"/plek/{record.code}/"

    def row_small(self, record: Location) -> str:
        return record.get_sector_display()


class PlaceFilters(FilterSet):
    search = SearchFilter(["name", "code"], param="zoek", label="Naam of BRIN")
    sector = ChoiceFilter(param="soort", label="Soort", choices=Sector.choices)
    municipality = ModelChoiceFilter(
        param="gemeente",
        label="Gemeente",
        to_field_name="code",
        queryset=lambda request: Municipality.objects.visible_to(request.actor),
    )
    since = FromDateFilter("created_at__date", param="sinds", label="Sinds")


class PlaceList(ListPage):
    page = "test.places"
    title = "Plekken"
    table_class = PlaceTable
    filterset_class = PlaceFilters
    per_page = 2
    empty = Empty("Nog geen plekken", "Lees ze in.", "/import/", "Lees in")
    presets = [Preset("Basisscholen", "soort=po")]
    definitions = [("BRIN", "nummer van een school")]
    permission = "organisations.view"

    def rows(self, request: HttpRequest) -> Any:
        return Location.objects.visible_to(self.actor).select_related("municipality")

    def bulk_actions(self) -> list[BulkAction]:
        return [BulkAction("Plan een gesprek", "/gesprekken/nieuw/", "talks")]


class NobodysList(PlaceList):
    permission = "test.nobody"


class PlaceForm(Form):
    name = NameField(label="Naam")
    code = NameField(label="Code", required=False)
    amount = MoneyField(label="Bedrag", required=False)


class PlaceEdit(FormPage):
    form_class = PlaceForm
    title = "Verander deze plek"
    done = "De plek is veranderd."

    def load(self) -> Location:
        row = Location.objects.visible_to(self.actor).filter(code=self.kwargs["code"]).first()
        if row is None:
            raise Http404
        return row

    def initial(self) -> dict[str, Any]:
        return {"name": self.object.name, "code": self.object.code}

    def act(self, form: Form) -> Location:
        name = form.cleaned_data["name"]
        if name == "verboden":
            raise NotAllowed("test.rename")
        if name == "dicht":
            raise Sentence("Deze plek is %(what)s.", what="dicht")
        self.object.name = name
        self.object.version += 1
        self.object.save()
        record(by=self.actor, verb="test.rename", subject=self.object, undo=Undo("test.undo", {"pk": 1}))
        return self.object

    def back_url(self) -> str:
        return "/plekken/"


class PlaceClose(PostPage):
    done = "Gesloten."

    def act(self, form: Form) -> None:
        record(by=self.actor, verb="test.close")

    def back_url(self) -> str:
        return "/plekken/"


urlpatterns = [
    *exportable("plekken/", PlaceList, "place-list"),
    path("niemand/", NobodysList.as_view()),
    path("plek/<str:code>/", PlaceEdit.as_view(), name="place-edit"),
    path("sluit/", PlaceClose.as_view()),
    path("", include("leesbouw.config.urls")),
]
