"""Addresses of imports and of the area of a library."""

from __future__ import annotations

from django.urls import path

from leesbouw.ui.pages import exportable

from . import views

app_name = "exchange"

urlpatterns = [
    *exportable("import/", views.ImportList, "import-list"),
    path("import/monitor/", views.Results.as_view(), name="results"),
    path("import/monitor/zeker/", views.ResultsSure.as_view(), name="results-sure"),
    path("import/<slug:slug>/", views.Bring.as_view(), name="import-start"),
    path("import/run/<int:pk>/", views.RunDetail.as_view(), name="run-detail"),
    path("import/run/<int:pk>/kolommen/", views.Columns.as_view(), name="run-columns"),
    path("import/run/<int:pk>/controle/", views.Check.as_view(), name="run-check"),
    path("import/run/<int:pk>/besluit/", views.Decide.as_view(), name="run-decide"),
    path("import/run/<int:pk>/overslaan/", views.Skip.as_view(), name="run-skip"),
    path("import/run/<int:pk>/uitvoeren/", views.Start.as_view(), name="run-start"),
    path("import/run/<int:pk>/voortgang/", views.Progress.as_view(), name="run-progress"),
    path("import/run/<int:pk>/stoppen/", views.Stop.as_view(), name="run-stop"),
    path("import/run/<int:pk>/ongedaan/", views.Undo.as_view(), name="run-undo"),
    path("import/run/<int:pk>/weggooien/", views.Discard.as_view(), name="run-discard"),
    path("import/run/<int:pk>/fouten.<sheet_format:formaat>", views.Mistakes.as_view(), name="run-mistakes"),
    path("import/run/<int:pk>/ontvangstbewijs.pdf", views.Receipt.as_view(), name="run-receipt"),
    path("boeken/marcxml/", views.Marcxml.as_view(), name="marcxml"),
    path("werkgebied/", views.Area.as_view(), name="area"),
]
