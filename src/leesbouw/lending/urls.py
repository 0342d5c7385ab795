"""Addresses of lending."""

from django.urls import path

from .views import (
    class_books,
    coming_back,
    desk,
    desks,
    figures,
    groups,
    offline,
    right,
    self_service,
    waiting,
)

app_name = "lending"
HERE = "<place:place>/<str:code>/"
STACK = "groepsboeken/<int:pk>/"
GROUP = "klas/groep/<int:pk>/lenen/"
urlpatterns = [
    path("balie/", desk.DeskPage.as_view(), name="desk"),
    path("balie/verwerken/", desk.Process.as_view(), name="desk-process"),
    path("balie/namen/", desk.Names.as_view(), name="desk-names"),
    path("balie/meenemen/", offline.TakeAlong.as_view(), name="desk-along"),
    path("balie/werker.js", offline.worker, name="desk-worker"),
    path("balie/koppelen/", desk.Pair.as_view(), name="desk-pair"),
    path("balie/openen/", desk.Open.as_view(), name="desk-open"),
    path("balie/sluiten/", desk.Lock.as_view(), name="desk-lock"),
    path("zelf/", self_service.Start.as_view(), name="self"),
    path("zelf/koppelen/", self_service.PairTablet.as_view(), name="self-pair"),
    path("zelf/uit/", self_service.Leave.as_view(), name="self-leave"),
    path("zelf/klas/<int:group>/", self_service.Tiles.as_view(), name="self-tiles"),
    path("zelf/klas/<int:group>/<str:token>/", self_service.Pictures.as_view(), name="self-pictures"),
    path(f"{HERE}balies/", desks.Desks.as_view(), name="desks"),
    path(f"{HERE}balies/nieuw/", desks.DeskNew.as_view(), name="desk-new"),
    path(f"{HERE}balies/vrijwilliger/", desks.VolunteerNew.as_view(), name="volunteer-new"),
    path(f"{HERE}balies/<int:pk>/stoppen/", desks.DeskStop.as_view(), name="desk-stop"),
    path(
        f"{HERE}balies/vrijwilliger/<int:pk>/stoppen/", desks.VolunteerStop.as_view(), name="volunteer-stop"
    ),
    path(f"{HERE}balies/streepjescodes.pdf", desks.CommandSheet.as_view(), name="desk-commands"),
    path(f"{HERE}balies/gezien/", desks.SurprisesSeen.as_view(), name="surprises-seen"),
    path("boeken/leenrecht/", right.Right.as_view(), name="right"),
    path("boeken/leenrecht/<slug:ext>/", right.RightFile.as_view(), name="right-file"),
    path("uitleen/", figures.Figures.as_view(), name="levels"),
    path(f"{HERE}uitleen/", figures.PlaceFigures.as_view(), name="figures"),
    path(GROUP, groups.GroupPage.as_view(), name="group"),
    path(f"{GROUP}klassenblad.pdf", groups.ClassSheet.as_view(), name="group-sheet"),
    path(f"{GROUP}passen.pdf", groups.ClassCards.as_view(), name="group-cards"),
    path(f"{GROUP}alles-terug/", coming_back.GroupBack.as_view(), name="group-back"),
    path(f"{GROUP}bericht/", groups.Digests.as_view(), name="group-digest"),
    path("groepsboeken/", class_books.GroupsBooks.as_view(), name="groups-books"),
    path(STACK, class_books.GroupStack.as_view(), name="group-stack"),
    path(f"{STACK}kist/", class_books.GroupBox.as_view(), name="group-box"),
    path(f"{STACK}terug/", class_books.GroupReturn.as_view(), name="group-return"),
    path(f"{HERE}klassenbladen/", groups.SchoolCards.as_view(), name="school-cards"),
    path(f"{HERE}wachten/", waiting.Waiting.as_view(), name="waiting"),
    path(f"{HERE}wachten/<int:pk>/niet-meer/", waiting.WaitEnd.as_view(), name="wait-end"),
    path(f"{HERE}kwijt/", waiting.AwayBooks.as_view(), name="away"),
    path(f"{HERE}kwijt/gevonden/", waiting.AwayFound.as_view(), name="away-found"),
    path(f"{HERE}kwijt/opgeven/", waiting.AwayGiveUp.as_view(), name="away-give-up"),
    path(f"{HERE}alles-terug/", coming_back.SchoolBack.as_view(), name="back"),
    path(f"{HERE}leenregels/", desks.RulesPage.as_view(), name="rules"),
]
