"""Addresses of the collection."""

from django.urls import path

from .views import copies, environments, labels, sets, shelves, stocktakes, titles, weeding

SET = "boeken/collecties/<int:pk>/"
SHELF = "<place:place>/<str:code>/collectie/"

PLACE = f"{SHELF}leesomgeving/"

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
    path("boeken/tellen/", stocktakes.Stocktakes.as_view(), name="stocktakes"),
    path("boeken/tellen/nieuw/", stocktakes.StocktakeNew.as_view(), name="stocktake-new"),
    path("boeken/tellen/<int:pk>/", stocktakes.StocktakePage.as_view(), name="stocktake"),
    path("boeken/tellen/<int:pk>/klaar/", stocktakes.StocktakeClose.as_view(), name="stocktake-close"),
    path("boeken/saneren/", weeding.ToWeed.as_view(), name="to-weed"),
    path("boeken/saneren/afschrijven/", weeding.Withdraw.as_view(), name="withdraw"),
    path("boeken/kopen/", weeding.ToBuy.as_view(), name="to-buy"),
    path("boeken/collecties/", sets.Sets.as_view(), name="sets"),
    path("boeken/collecties/nieuw/", sets.SetNew.as_view(), name="set-new"),
    path("boeken/collecties/kalender/", sets.Calendar.as_view(), name="calendar"),
    path("boeken/collecties/etiketten.pdf", sets.SetLabels.as_view(), name="set-labels"),
    path(SET, sets.SetPage.as_view(), name="set"),
    path(f"{SET}etiket.pdf", sets.SetLabel.as_view(), name="set-label"),
    path(f"{SET}wijzigen/", sets.SetEdit.as_view(), name="set-edit"),
    path(f"{SET}vullen/", sets.SetFill.as_view(), name="set-fill"),
    path(f"{SET}beloven/", sets.SetPlan.as_view(), name="set-plan"),
    path(f"{SET}verplaatsen/", sets.SetMove.as_view(), name="set-move"),
    path(f"{SET}bij/<int:stay>/weg/", sets.StayDrop.as_view(), name="stay-drop"),
    path(SHELF, shelves.Shelf.as_view(), name="shelf"),
    path(f"{SHELF}voorziening/", shelves.ProvisionEdit.as_view(), name="provision"),
    path(PLACE, environments.EnvironmentPage.as_view(), name="environment"),
    path(f"{PLACE}invullen/", environments.EnvironmentEdit.as_view(), name="environment-edit"),
    path(f"{PLACE}foto/", environments.PhotoAdd.as_view(), name="photo-add"),
    path(f"{PLACE}foto/<int:pk>/", environments.PhotoFile.as_view(), name="photo"),
    path(f"{PLACE}foto/<int:pk>/weg/", environments.PhotoDrop.as_view(), name="photo-drop"),
    path(f"{SHELF}niet/", shelves.ExclusionNew.as_view(), name="exclusion-new"),
    path(f"{SHELF}niet/<int:pk>/weg/", shelves.ExclusionEnd.as_view(), name="exclusion-end"),
]
