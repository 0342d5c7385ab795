"""Addresses of pupils: lists lie under the page of their school, one child has an address of its own."""

from django.urls import path

from .views import child, classes, consents, door, looks, new_year, pupils, requests, settings

school = "school/<str:code>/"
pupil = "leerling/<int:pk>/"
group = "klas/groep/<int:pk>/"
of_code = "klas/<str:code>/"

app_name = "pupils"
urlpatterns = [
    path(f"{school}leerlingen/", pupils.PupilList.as_view(), name="pupil-list"),
    path(f"{school}leerlingen/meenemen/", pupils.PupilExport.as_view(), name="pupil-export"),
    path(f"{school}leerlingen/instellingen/", settings.Settings.as_view(), name="settings"),
    path(f"{school}leerlingen/weer-toelaten/", settings.LiftRefusals.as_view(), name="refusals-lift"),
    path(f"{school}toestemmingen/", consents.Consents.as_view(), name="consents"),
    path(f"{school}toestemmingen/tekst/", consents.ConsentTextPage.as_view(), name="consent-text"),
    path(f"{school}toestemmingen/aanmelden/", consents.RegisterMembers.as_view(), name="members-register"),
    path(f"{school}verzoeken/", requests.SchoolRequests.as_view(), name="school-requests"),
    path("verzoeken/", requests.AllRequests.as_view(), name="request-list"),
    path("verzoeken/<int:pk>/", requests.Answer.as_view(), name="request-answer"),
    path(pupil, pupils.PupilDetail.as_view(), name="pupil-detail"),
    path(f"{pupil}voor-jou/", pupils.ForTheChild.as_view(), name="pupil-own"),
    path(f"{pupil}bekeken/", looks.Looks.as_view(), name="pupil-looks"),
    path(f"{pupil}gegevens.pdf", pupils.PupilPdf.as_view(), name="pupil-pdf"),
    path(f"{pupil}gegevens.json", pupils.PupilJson.as_view(), name="pupil-json"),
    path(f"{pupil}verbeteren/", pupils.Correct.as_view(), name="pupil-correct"),
    path(f"{pupil}wissen/", pupils.Erase.as_view(), name="pupil-erase"),
    path(f"{pupil}verzoek/", requests.NoteRequest.as_view(), name="request-note"),
    path(f"{pupil}toestemming/", consents.OneConsent.as_view(), name="pupil-consent"),
    path(f"{pupil}toestemming/intrekken/", consents.Withdraw.as_view(), name="consent-withdraw"),
    path(f"{school}nieuw-schooljaar/leerlingen/", new_year.MoveUp.as_view(), name="new-year-move"),
    path(f"{school}nieuw-schooljaar/vertrekkers/", new_year.Leavers.as_view(), name="new-year-leavers"),
    path("klas/groepen/", classes.MyClasses.as_view(), name="classes"),
    path(group, classes.Board.as_view(), name="class"),
    path(f"{group}openen/", classes.Open.as_view(), name="class-open"),
    path(f"{group}sluiten/", classes.End.as_view(), name="class-end"),
    path(f"{group}binnenlaten/", classes.LetIn.as_view(), name="class-let-in"),
    path(f"{group}apparaat/", classes.GiveDevice.as_view(), name="class-device"),
    path(f"{group}apparaat/<int:device>/los/", classes.DropDevice.as_view(), name="class-device-drop"),
    path(f"{group}kaarten/", classes.Cards.as_view(), name="class-cards"),
    path(f"{group}kaarten/nieuw/", classes.Renew.as_view(), name="class-renew"),
    path(f"{group}kaarten.pdf", classes.CardsPdf.as_view(), name="class-cards-pdf"),
    path("klas/", door.Start.as_view(), name="door-start"),
    path("klas/uit/", door.leave, name="door-leave"),
    path("klas/apparaat-vergeten/", door.forget_device, name="door-forget"),
    path(of_code, door.Tiles.as_view(), name="door"),
    path(f"{of_code}<str:token>/", door.Pictures.as_view(), name="door-pictures"),
    path(f"{of_code}<str:token>/binnen/", door.ComeIn.as_view(), name="door-in"),
    path("mijn/gegevens/", child.Known.as_view(), name="child-known"),
]
