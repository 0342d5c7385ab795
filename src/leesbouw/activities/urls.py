"""Addresses of visits, hours and calendars."""

from django.urls import path

from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.pages import exportable

from .views import calendar, hours, look_back, proposing, visits


def of_level(word: str, kind: UnitKind) -> list:
    """What came of a year at a kind of level: a page, a sheet, and on paper."""
    start = f"{word}/<str:code>/terugblik/"
    return [
        *exportable(start, look_back.LevelLookBack, f"{kind}-look-back", kind=kind),
        path(f"{start}terugblik.pdf", look_back.LevelPdf.as_view(kind=kind), name=f"{kind}-look-back-pdf"),
        path(f"{start}terugblik.docx", look_back.LevelWord.as_view(kind=kind), name=f"{kind}-look-back-word"),
    ]


app_name = "activities"
urlpatterns = [
    path("bezoeken/", visits.Week.as_view(), name="week"),
    path("bezoeken/nieuw/", visits.Plan.as_view(), name="visit-plan"),
    path("bezoeken/agenda/", calendar.FeedPage.as_view(), name="feed-page"),
    path("bezoeken/voorstel/", proposing.ProposalPage.as_view(), name="proposal"),
    path("bezoeken/voorstel/overnemen/", proposing.Accept.as_view(), name="proposal-accept"),
    path("bezoeken/voorstel/<int:pk>/overnemen/", proposing.AcceptOne.as_view(), name="proposal-accept-one"),
    path("bezoeken/voorstel/<int:pk>/verzetten/", proposing.Shift.as_view(), name="proposal-shift"),
    path("bezoeken/voorstel/<int:pk>/splitsen/", proposing.Split.as_view(), name="proposal-split"),
    path("bezoeken/voorstel/<int:pk>/weg/", proposing.Drop.as_view(), name="proposal-drop"),
    path("bezoeken/<int:pk>/", visits.Detail.as_view(), name="visit-detail"),
    path("bezoeken/<int:pk>/wijzigen/", visits.Change.as_view(), name="visit-change"),
    path("bezoeken/<int:pk>/verzetten/", visits.Move.as_view(), name="visit-move"),
    path("bezoeken/<int:pk>/afzeggen/", visits.Cancel.as_view(), name="visit-cancel"),
    path("bezoeken/<int:pk>/toch/", visits.Reopen.as_view(), name="visit-reopen"),
    path("bezoeken/<int:pk>/overnemen/", visits.TakeOver.as_view(), name="visit-take-over"),
    path("bezoeken/<int:pk>/verslag/", visits.Report.as_view(), name="visit-report"),
    path("bezoeken/<int:pk>/groep/", visits.GroupNote.as_view(), name="visit-note"),
    path("uren/", hours.Hours.as_view(), name="hours"),
    path("uren/<int:pk>/weghalen/", hours.Drop.as_view(), name="hours-drop"),
    path("<place:place>/<str:code>/uren/", hours.AtLocation.as_view(), name="location-hours"),
    *exportable("terugblik/", look_back.LookBack, "look-back"),
    path("terugblik/samen/<slug:format>/", look_back.LookBackPaper.as_view(), name="look-back-paper"),
    *of_level("gemeente", UnitKind.MUNICIPALITY),
    *of_level("bestuur", UnitKind.BOARD),
    *of_level("provincie", UnitKind.PROVINCE),
    *of_level("bibliotheek", UnitKind.LIBRARY),
    path("kalender/<str:token>.ics", calendar.Feed.as_view(), name="feed"),
]
