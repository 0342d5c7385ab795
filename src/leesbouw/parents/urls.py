"""Addresses of parent partnership."""

from django.urls import path

from .views import library, place

app_name = "parents"
HERE = "<place:place>/<str:code>/ouders/"
urlpatterns = [
    path("ouders/", library.Home.as_view(), name="home"),
    path("ouders/kiezen/", library.Selection.as_view(), name="selection"),
    path("ouders/kiezen/beginnen/", library.Choose.as_view(), name="choose"),
    path("ouders/kiezen/<place:place>/<str:code>/", library.Indicators.as_view(), name="indicators"),
    path("ouders/vormen/", library.Activities.as_view(), name="activities"),
    path("ouders/vormen/beoordelen/", library.Judge.as_view(), name="judge"),
    path("ouders/terugkijken/<slug:kind>/", library.LookBack.as_view(), name="look-back"),
    path("ouders/gesprekken/<int:pk>/", place.TalkPage.as_view(), name="talk"),
    path("ouders/gesprekken/<int:pk>/verslag/", place.TalkReport.as_view(), name="talk-report"),
    path(HERE, place.PlacePage.as_view(), name="location"),
    path(f"{HERE}gesprek/<slug:kind>/", place.TalkPlan.as_view(), name="talk-plan"),
    path(f"{HERE}wensen/", place.WishAdd.as_view(), name="wish-add"),
    path(f"{HERE}wensen/<int:pk>/verteld/", place.WishFedBack.as_view(), name="wish-fed-back"),
    path(f"{HERE}voorwaarden/", place.Conditions.as_view(), name="conditions"),
    path(f"{HERE}besproken/", place.Discussed.as_view(), name="discussed"),
]
