"""Addresses of visits, hours and calendars."""

from django.urls import path

from .views import calendar, hours, visits

app_name = "activities"
urlpatterns = [
    path("bezoeken/", visits.Week.as_view(), name="week"),
    path("bezoeken/nieuw/", visits.Plan.as_view(), name="visit-plan"),
    path("bezoeken/agenda/", calendar.FeedPage.as_view(), name="feed-page"),
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
