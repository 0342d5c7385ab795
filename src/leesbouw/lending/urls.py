"""Addresses of lending."""

from django.urls import path

from .views import coming_back, desk, desks, figures, groups, offline, right

app_name = "lending"
HERE = "<place:place>/<str:code>/"
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
    path(f"{HERE}balies/", desks.Desks.as_view(), name="desks"),
    path(f"{HERE}balies/nieuw/", desks.DeskNew.as_view(), name="desk-new"),
    path(f"{HERE}balies/vrijwilliger/", desks.VolunteerNew.as_view(), name="volunteer-new"),
    path(f"{HERE}balies/<int:pk>/stoppen/", desks.DeskStop.as_view(), name="desk-stop"),
    path(
        f"{HERE}balies/vrijwilliger/<int:pk>/stoppen/", desks.VolunteerStop.as_view(), name="volunteer-stop"
    ),
    path(f"{HERE}balies/gezien/", desks.SurprisesSeen.as_view(), name="surprises-seen"),
    path("boeken/leenrecht/", right.Right.as_view(), name="right"),
    path("boeken/leenrecht/<slug:ext>/", right.RightFile.as_view(), name="right-file"),
    path("uitleen/", figures.Figures.as_view(), name="levels"),
    path(f"{HERE}uitleen/", figures.PlaceFigures.as_view(), name="figures"),
    path(GROUP, groups.GroupPage.as_view(), name="group"),
    path(f"{GROUP}klassenblad.pdf", groups.ClassSheet.as_view(), name="group-sheet"),
    path(f"{GROUP}passen.pdf", groups.ClassCards.as_view(), name="group-cards"),
    path(f"{GROUP}alles-terug/", coming_back.GroupBack.as_view(), name="group-back"),
    path(f"{HERE}alles-terug/", coming_back.SchoolBack.as_view(), name="back"),
    path(f"{HERE}leenregels/", desks.RulesPage.as_view(), name="rules"),
]
