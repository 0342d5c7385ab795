"""Addresses of the collection."""

from django.urls import path

from .views import copies, labels, shelves, titles

SHELF = "<place:place>/<str:code>/collectie/"

app_name = "collection"
urlpatterns = [
    path("boeken/", titles.Titles.as_view(), name="titles"),
    path("boeken/nieuw/", titles.TitleNew.as_view(), name="title-new"),
    path("boeken/scholen/", titles.Shelves.as_view(), name="shelves"),
    path("boeken/etiketten/", labels.Labels.as_view(), name="labels"),
    path("boeken/etiketten.pdf", labels.LabelsPdf.as_view(), name="labels-pdf"),
    path("boeken/<int:pk>/etiketten.pdf", labels.TitleLabelsPdf.as_view(), name="title-labels-pdf"),
    path("boeken/<int:pk>/", titles.TitlePage.as_view(), name="title"),
    path("boeken/<int:pk>/wijzigen/", titles.TitleEdit.as_view(), name="title-edit"),
    path("boeken/<int:pk>/exemplaren/", copies.CopiesNew.as_view(), name="copies-new"),
    path("boeken/exemplaar/<int:pk>/", copies.CopyEdit.as_view(), name="copy"),
    path(SHELF, shelves.Shelf.as_view(), name="shelf"),
    path(f"{SHELF}voorziening/", shelves.ProvisionEdit.as_view(), name="provision"),
    path(f"{SHELF}niet/", shelves.ExclusionNew.as_view(), name="exclusion-new"),
    path(f"{SHELF}niet/<int:pk>/weg/", shelves.ExclusionEnd.as_view(), name="exclusion-end"),
]
