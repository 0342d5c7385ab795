"""Pages of the room `ui` itself: what the house says about itself, and the gallery."""

from __future__ import annotations

from django.urls import path

from . import views
from .pages import downloads, saved

app_name = "ui"

urlpatterns = [
    path("privacy/", views.InfoPage.as_view(template_name="ui/info/privacy.html"), name="privacy"),
    path(
        "toegankelijkheid/",
        views.InfoPage.as_view(template_name="ui/info/accessibility.html"),
        name="accessibility",
    ),
    path("wat-is-er-nieuw/", views.InfoPage.as_view(template_name="ui/info/news.html"), name="news"),
    path("hulp/", views.InfoPage.as_view(template_name="ui/info/help.html"), name="help"),
    path("weergave/", views.ThemeChoice.as_view(), name="theme"),
    path("galerij/", views.Gallery.as_view(), name="gallery"),
    path("download/<int:pk>/", downloads.DownloadFile.as_view(), name="download"),
    path("selecties/bewaar/", saved.SaveView.as_view(), name="view-save"),
    path("selecties/<int:pk>/naam/", saved.RenameView.as_view(), name="view-rename"),
    path("selecties/<int:pk>/weg/", saved.DeleteView.as_view(), name="view-delete"),
]
