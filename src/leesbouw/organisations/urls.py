"""Addresses of the pages that write about organisations. They lie under the page of their unit."""

from django.urls import path, register_converter

from .views import partnerships, transition, units


class PlaceConverter:
    """The two ways in which the address of a location begins."""

    regex = "school|kinderopvang"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PlaceConverter, "place")
at = "<place:place>/<str:code>/"

app_name = "organisations"
urlpatterns = [
    path(f"{at}samenwerking/starten/", partnerships.Start.as_view(), name="partnership-start"),
    path(f"{at}samenwerking/wijzigen/", partnerships.Change.as_view(), name="partnership-change"),
    path(f"{at}samenwerking/fase/", partnerships.ChangePhase.as_view(), name="partnership-phase"),
    path(f"{at}samenwerking/wachtlijst/", partnerships.Wait.as_view(), name="partnership-wait"),
    path(f"{at}samenwerking/besluit/", partnerships.Decide.as_view(), name="partnership-decide"),
    path(f"{at}samenwerking/check/", partnerships.Check.as_view(), name="partnership-check"),
    path(f"{at}keuzemoment/", partnerships.DecideGate.as_view(), name="gate-decide"),
    path(f"{at}verkennend-gesprek/", partnerships.RecordExploratoryTalk.as_view(), name="exploratory-talk"),
    path(f"{at}groepen/nieuw/", units.AddGroup.as_view(), name="group-add"),
    path(f"{at}groepen/<int:pk>/", units.ChangeGroup.as_view(), name="group-change"),
    path(f"{at}nieuw-schooljaar/", transition.NewYear.as_view(), name="new-year"),
    path(f"{at}nieuw-schooljaar/beginnen/", transition.BeginYear.as_view(), name="new-year-begin"),
    path(f"{at}nieuw-schooljaar/groepen/", transition.TakeOverGroups.as_view(), name="new-year-groups"),
    path(f"{at}nieuw-schooljaar/terugdraaien/", transition.TakeBackYear.as_view(), name="new-year-back"),
    path(f"{at}nieuw-schooljaar/afronden/", transition.FinishYear.as_view(), name="new-year-finish"),
    path(f"{at}wijzigen/", units.ChangeLocation.as_view(), name="location-change"),
    path(f"{at}sluiten/", units.CloseLocation.as_view(), name="location-close"),
    path("locatie/nieuw/", units.AddLocation.as_view(), name="location-add"),
    path(
        "bibliotheek/<str:code>/keuzemoment/",
        partnerships.DecideLibraryGate.as_view(),
        name="library-gate-decide",
    ),
    path("bibliotheek/<str:code>/vestiging-erbij/", units.AddBranch.as_view(), name="branch-add"),
    path("bibliotheek/<str:code>/partner-erbij/", units.AddPartner.as_view(), name="partner-add"),
    path("vestiging/<str:code>/wijzigen/", units.ChangeBranch.as_view(), name="branch-change"),
    path("partner/<str:code>/wijzigen/", units.ChangePartner.as_view(), name="partner-change"),
]
