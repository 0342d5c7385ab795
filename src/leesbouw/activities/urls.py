"""Addresses of visits, hours and calendars."""

from django.urls import path

from .views import calendar, hours, proposing, visits

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
    path("uren/", hours.Hours.as_view(), name="hours"),
    path("uren/<int:pk>/weghalen/", hours.Drop.as_view(), name="hours-drop"),
    path("kalender/<str:token>.ics", calendar.Feed.as_view(), name="feed"),
]
