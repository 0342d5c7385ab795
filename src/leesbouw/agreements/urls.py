"""Addresses of the processing agreement; they lie under the page of their location."""

from django.urls import path

from . import views

at = "<place:place>/<str:code>/verwerkersovereenkomst/"

app_name = "agreements"
urlpatterns = [
    path(at, views.Overview.as_view(), name="overview"),
    path(f"{at}vastleggen/", views.Record.as_view(), name="record"),
    path(f"{at}laten-tekenen/", views.Ask.as_view(), name="ask"),
    path(f"{at}bijlage/<str:kind>/", views.Annex.as_view(), name="annex"),
    path(f"{at}<int:pk>/beeindigen/", views.End.as_view(), name="end"),
    path(f"{at}<int:pk>/bestand/", views.SignedFile.as_view(), name="file"),
]
