"""Addresses of talks."""

from django.urls import path

from leesbouw.ui.pages import exportable

from .views import lists, papers, reports, rhythms, talks

app_name = "network"
urlpatterns = [
    *exportable("gesprekken/", lists.Agenda, "agenda"),
    *exportable("gesprekken/gehouden/", lists.TalkList, "talk-list"),
    path("gesprekken/nieuw/", talks.TalkPlan.as_view(), name="talk-plan"),
    path("gesprekken/beginnen/", talks.TalkBegin.as_view(), name="talk-begin"),
    path("gesprekken/<int:pk>/", talks.TalkDetail.as_view(), name="talk-detail"),
    path("gesprekken/<int:pk>/wijzigen/", talks.TalkChange.as_view(), name="talk-change"),
    path("gesprekken/<int:pk>/verzetten/", talks.TalkMove.as_view(), name="talk-move"),
    path("gesprekken/<int:pk>/afzeggen/", talks.TalkCancel.as_view(), name="talk-cancel"),
    path("gesprekken/<int:pk>/weghalen/", talks.TalkDelete.as_view(), name="talk-delete"),
    path("gesprekken/<int:pk>/verslag/", reports.TalkReport.as_view(), name="talk-report"),
    path("gesprekken/<int:pk>/verslag/concept/", reports.TalkDraft.as_view(), name="talk-draft"),
    path("gesprekken/<int:pk>/voorbereiding/", papers.Preparation.as_view(), name="talk-preparation"),
    path("gesprekken/<int:pk>/bevindingen/", papers.ChooseFindings.as_view(), name="talk-findings"),
    path("gesprekken/<int:pk>/gespreksmodus/", papers.Wall.as_view(), name="talk-wall"),
    path("gesprekken/<int:pk>/dias/", papers.Slides.as_view(), name="talk-slides"),
    path(
        "gesprekken/<int:pk>/voorbereiding.pdf", papers.PreparationPdf.as_view(), name="talk-preparation-pdf"
    ),
    path("gesprekken/ritme/<int:pk>/", rhythms.Rhythm.as_view(), name="rhythm"),
    path("gesprekken/startinventarisatie/<int:pk>/", papers.Inventory.as_view(), name="inventory"),
    path("overdracht/<int:pk>/<slug:name>.pdf", papers.HandoverPdf.as_view(), name="handover"),
]
