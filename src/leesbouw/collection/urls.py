"""Addresses of the collection."""

from django.urls import path

from .views import copies, titles

app_name = "collection"
urlpatterns = [
    path("boeken/", titles.Titles.as_view(), name="titles"),
    path("boeken/nieuw/", titles.TitleNew.as_view(), name="title-new"),
    path("boeken/scholen/", titles.Shelves.as_view(), name="shelves"),
    path("boeken/<int:pk>/", titles.TitlePage.as_view(), name="title"),
    path("boeken/<int:pk>/wijzigen/", titles.TitleEdit.as_view(), name="title-edit"),
    path("boeken/<int:pk>/exemplaren/", copies.CopiesNew.as_view(), name="copies-new"),
    path("boeken/exemplaar/<int:pk>/", copies.CopyEdit.as_view(), name="copy"),
]
