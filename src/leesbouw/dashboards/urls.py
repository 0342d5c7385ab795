"""Addresses of the pages that people live in."""

from django.urls import path

from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.pages import exportable

from .views import (
    groups,
    home,
    leaflet,
    location,
    locations,
    organisations,
    portfolio,
    search,
    service,
    units,
)


def of_unit(word: str, kind: UnitKind) -> list:
    """The page of a kind of unit with its download: /gemeente/0637/ and /gemeente/0637.csv."""
    return exportable(f"{word}/<str:code>/", units.UnitDetail, f"{kind}-detail", kind=kind)


app_name = "dashboards"
urlpatterns = [
    path("vandaag/", home.Home.as_view(), name="home"),
    *exportable("scholen/", locations.LocationList, "location-list"),
    *exportable("portefeuille/", portfolio.Portfolio, "portfolio"),
    *exportable("organisaties/", organisations.OrganisationList, "organisation-list"),
    path("school/<str:code>/", location.LocationDetail.as_view(), name="school-detail"),
    path("kinderopvang/<str:code>/", location.LocationDetail.as_view(), name="childcare-detail"),
    path("school/<str:code>/groepen/", groups.Groups.as_view(), name="school-groups"),
    path("kinderopvang/<str:code>/groepen/", groups.Groups.as_view(), name="childcare-groups"),
    path("school/<str:code>/privacy/", leaflet.LeafletPage.as_view(), name="school-leaflet"),
    path("school/<str:code>/privacy/bijsluiter.pdf", leaflet.LeafletPdf.as_view(), name="school-leaflet-pdf"),
    path("kinderopvang/<str:code>/privacy/", leaflet.LeafletPage.as_view(), name="childcare-leaflet"),
    path(
        "kinderopvang/<str:code>/privacy/bijsluiter.pdf",
        leaflet.LeafletPdf.as_view(),
        name="childcare-leaflet-pdf",
    ),
    *of_unit("bibliotheek", UnitKind.LIBRARY),
    *of_unit("bestuur", UnitKind.BOARD),
    *of_unit("gemeente", UnitKind.MUNICIPALITY),
    *of_unit("provincie", UnitKind.PROVINCE),
    *of_unit("poi", UnitKind.POI),
    *exportable("landelijk/", units.NationDetail, "nation-detail"),
    path("vestiging/<str:code>/", units.PlainUnit.as_view(kind=UnitKind.BRANCH), name="branch-detail"),
    path("partner/<str:code>/", units.PlainUnit.as_view(kind=UnitKind.PARTNER), name="partner-detail"),
    path("zoeken/", search.Search.as_view(), name="search"),
    path("taken/", service.JobList.as_view(), name="job-list"),
    path("taken/<int:pk>/", service.JobDetail.as_view(), name="job-detail"),
    path("taken/<int:pk>/stoppen/", service.CancelJob.as_view(), name="job-cancel"),
    path("ongedaan/<int:pk>/", service.UndoEvent.as_view(), name="undo"),
    path("bestand/<int:pk>/", service.Download.as_view(), name="file-download"),
    path("healthz", service.Healthz.as_view(), name="healthz"),
]
