"""Addresses for whoever looks after an installation."""

from django.urls import path

from leesbouw.ui.pages import exportable

from . import views
from .views import retention

app_name = "privacy"
urlpatterns = [
    *exportable("beheer/logboek/", views.AuditTrail, "audit-trail"),
    path("beheer/status/", views.Status.as_view(), name="status"),
    path("beheer/post/", views.Outbox.as_view(), name="outbox"),
    path("beheer/post/<int:pk>/", views.Message.as_view(), name="message"),
    path("beheer/gegevens/", views.Register.as_view(), name="register"),
    path("beheer/bewaartermijnen/", retention.Calendar.as_view(), name="calendar"),
    path("beheer/bewaartermijnen/proef/", retention.Trial.as_view(), name="trial"),
    path("beheer/bewaartermijnen/proef.csv", retention.TrialList.as_view(), name="trial-list"),
    path("beheer/bewaartermijnen/wissen/", retention.RunNow.as_view(), name="run-now"),
    path("beheer/bewaartermijnen/ronde/<int:pk>/", retention.RunDetail.as_view(), name="run-detail"),
    path("beheer/bewaartermijnen/ronde/<int:pk>/bewijs.pdf", retention.RunProof.as_view(), name="run-proof"),
    path("beheer/bewaartermijnen/termijn/<slug:code>/", retention.TermChange.as_view(), name="term-change"),
    path("beheer/verwerkingen/", retention.Processing.as_view(), name="processing"),
    path("beheer/verwerkingen.pdf", retention.ProcessingPdf.as_view(), name="processing-pdf"),
    path("beheer/verwerkingen.xlsx", retention.ProcessingXlsx.as_view(), name="processing-xlsx"),
]
