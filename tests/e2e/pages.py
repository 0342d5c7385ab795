"""Every page with the person who looks at it. A new page enters here first; test_pages.py looks at all of them."""

from __future__ import annotations

from dataclasses import dataclass

ADMINISTRATOR = "Kevin Lim"
MANAGER = "Samir Haddou"
CONSULTANT = "Ria van Dongen"
HEAD = "Meryem Kaya"
TEACHER = "Eva Lammers"
CHILDCARE = "Linda Okafor"
BOARD = "Hans Brouwer"
MUNICIPALITY = "Ahmed Bouzid"
POI = "Loes Hartman"
NATION = "Maarten Esser"
SIX = (ADMINISTRATOR, CONSULTANT, HEAD, BOARD, MUNICIPALITY, POI)


@dataclass(frozen=True)
class Spot:
    """A page: its path, who looks, and for a page of one thing the link on `path` that leads to it (a pattern)."""

    path: str
    who: str = CONSULTANT
    link: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.path}{' > ' + self.link if self.link else ''} ({self.who or 'nobody'})"


SCHOOL = "/school/99AA00/"
CHILD_CARE = "/kinderopvang/999000101/"
TALK = r"^/gesprekken/\d+/$"

PUBLIC = [
    Spot(path, "")
    for path in (
        "/",
        "/aanmelden/",
        "/aanmelden/link/",
        "/aanmelden/link/verstuurd/",
        "/aanmelden/uitgezet/",
        "/wachtwoord/vergeten/",
        "/wachtwoord/vergeten/verstuurd/",
        "/wachtwoord/vergeten/klaar/",
        "/privacy/",
        "/toegankelijkheid/",
        "/wat-is-er-nieuw/",
        "/hulp/",
    )
] + [
    Spot("/taak/dit-bestaat-niet/", "", status=410),
    Spot("/uitnodiging/dit-bestaat-niet/", "", status=410),
]

HOMES = [
    Spot("/vandaag/", who)
    for who in (
        *SIX,
        MANAGER,
        TEACHER,
        CHILDCARE,
        NATION,
        "Marleen Duivenvoorde",
        "Gerda Wessels",
        "Wilma Scholten",
    )
]

LISTS = [
    Spot("/scholen/"),
    Spot("/scholen/?soort=po&sorteer=-leerlingen", MANAGER),
    Spot("/scholen/?zoek=dit+vind+je+nergens"),
    Spot("/portefeuille/", MANAGER),
    Spot("/organisaties/", ADMINISTRATOR),
    Spot("/mensen/"),
    Spot("/mensen/medewerkers/", MANAGER),
    Spot("/acties/"),
    Spot("/gesprekken/"),
    Spot("/gesprekken/gehouden/"),
    Spot("/zoeken/"),
    Spot("/zoeken/?q=regenboog"),
    Spot("/taken/"),
    Spot("/hulp/"),
    Spot("/galerij/", ADMINISTRATOR),
]

UNITS = [
    Spot(SCHOOL),
    Spot(SCHOOL, HEAD),
    Spot(SCHOOL, MUNICIPALITY),
    Spot(f"{SCHOOL}?jaar=2024-2025"),
    Spot("/school/99AC00/", MANAGER),
    Spot(CHILD_CARE, MANAGER),
    Spot("/bibliotheek/NL-9990010000/", MANAGER),
    Spot("/bestuur/990001/", BOARD),
    Spot("/bestuur/990001/", MANAGER),
    Spot("/gemeente/9901/", MUNICIPALITY),
    Spot("/gemeente/9901/", MANAGER),
    Spot("/provincie/lommerland/", POI),
    Spot("/landelijk/", NATION),
    Spot("/school/00XX00/", status=404),
]

WRITING = [
    Spot(f"{SCHOOL}samenwerking/wijzigen/", MANAGER),
    Spot(f"{SCHOOL}samenwerking/fase/", MANAGER),
    Spot(f"{SCHOOL}samenwerking/besluit/", MANAGER),
    Spot(f"{SCHOOL}samenwerking/check/", MANAGER),
    Spot(f"{SCHOOL}keuzemoment/", MANAGER),
    Spot(f"{SCHOOL}verkennend-gesprek/", MANAGER),
    Spot(f"{SCHOOL}groepen/nieuw/", MANAGER),
    Spot(f"{SCHOOL}wijzigen/", ADMINISTRATOR),
    Spot("/locatie/nieuw/", ADMINISTRATOR),
    Spot("/mensen/contact/nieuw/?eenheid=99AA00"),
    Spot("/mensen/", link=r"^/mensen/contact/\d+/$"),
    Spot("/mensen/medewerkers/", MANAGER, link=r"^/mensen/medewerker/\d+/$"),
    Spot("/mensen/medewerker/nieuw/", MANAGER),
    Spot("/mensen/inzet/nieuw/", MANAGER),
    Spot("/acties/", link=r"^/acties/\d+/$"),
    Spot("/acties/nieuw/"),
    Spot("/gesprekken/gehouden/", link=TALK),
    Spot("/gesprekken/nieuw/"),
]

MANAGING = [
    Spot("/beheer/gebruikers/", ADMINISTRATOR),
    Spot("/beheer/gebruikers/", ADMINISTRATOR, link=r"^/beheer/gebruikers/\d+/$"),
    Spot("/beheer/gebruikers/uitnodigen/", ADMINISTRATOR),
    Spot("/beheer/gebruikers/uitnodigen/reading-consultant/", ADMINISTRATOR),
    Spot("/beheer/logboek/", ADMINISTRATOR),
    Spot("/beheer/status/", ADMINISTRATOR),
    Spot("/beheer/post/", ADMINISTRATOR),
    Spot("/beheer/post/", ADMINISTRATOR, link=r"^/beheer/post/\d+/$"),
    Spot("/beheer/gegevens/", ADMINISTRATOR),
    Spot("/import/", ADMINISTRATOR),
    Spot("/import/scholen/", ADMINISTRATOR),
    Spot("/import/", ADMINISTRATOR, link=r"^/import/run/\d+/$"),
    Spot("/werkgebied/", ADMINISTRATOR),
    Spot("/account/"),
    Spot("/account/beveiliging/"),
    Spot("/account/beveiliging/instellen/"),
    Spot("/account/beveiliging/app/"),
    Spot("/account/beveiliging/passkeys/"),
    Spot("/account/beveiliging/passkeys/nieuw/"),
    Spot("/account/wachtwoord/instellen/"),
]

SPOTS = [*PUBLIC, *HOMES, *LISTS, *UNITS, *WRITING, *MANAGING]
