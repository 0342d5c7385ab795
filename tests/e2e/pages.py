"""Every page with the person who looks at it. A new page enters here first; test_pages.py looks at all of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from leesbouw.core.time import SchoolYear

CAST = Path(__file__).parents[2] / "content/demo/users.toml"
ADMINISTRATOR = "Kevin Lim"
MANAGER = "Samir Haddou"
CONSULTANT = "Ria van Dongen"
HEAD = "Meryem Kaya"
COORDINATOR = "Joke Hendriks"
TEACHER = "Eva Lammers"
COLLECTION = "Hester Blom"
CHILDCARE = "Linda Okafor"
BOARD = "Hans Brouwer"
MUNICIPALITY = "Ahmed Bouzid"
POI = "Loes Hartman"
NATION = "Maarten Esser"
SIX = (ADMINISTRATOR, CONSULTANT, HEAD, BOARD, MUNICIPALITY, POI)


@dataclass(frozen=True)
class Spot:
    """A page: its path, who looks, and for a page of one thing the links that lead there from `path`: patterns for their
    address or words."""

    path: str
    who: str = CONSULTANT
    links: tuple[str, ...] = ()
    status: int = 200

    def __str__(self) -> str:
        return f"{' > '.join((self.path, *self.links))} ({self.who or 'nobody'})"


def via(path: str, *links: str, who: str = CONSULTANT) -> Spot:
    return Spot(path, who, links)


def one_per_role() -> list[str]:
    """Somebody of the small demo for each role there is, as its cast tells."""
    users = tomllib.loads(CAST.read_text())["users"]
    found: dict[str, str] = {}
    for user in users:
        if user.get("small"):
            found.setdefault(user["role"], user["name"])
    return list(found.values())


SCHOOL = "/school/99AA00/"
YEAR = SchoolYear.running()
CHILD_CARE = "/kinderopvang/999000101/"
LIBRARY = "/bibliotheek/NL-9990010000/"
BOOK = r"^/boeken/\d+/$"
BOOK_SET = r"^/boeken/collecties/\d+/$"
VISIT = r"^/bezoeken/\d+/$"
CONTACT, STAFF, ACTION, TALK, USER = (
    rf"^/{place}/\d+/$"
    for place in ("mensen/contact", "mensen/medewerker", "acties", "gesprekken", "beheer/gebruikers")
)

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
        "/klas/",
        "/zelf/",
    )
] + [
    Spot("/taak/dit-bestaat-niet/", "", status=410),
    Spot("/uitnodiging/dit-bestaat-niet/", "", status=410),
]

HOMES = [Spot("/vandaag/", name) for name in one_per_role()]

LISTS = [
    Spot("/scholen/"),
    Spot("/scholen/?soort=po&volgorde=-leerlingen", MANAGER),
    Spot("/scholen/?zoek=dit+vind+je+nergens"),
    Spot("/portefeuille/", MANAGER),
    Spot("/organisaties/", ADMINISTRATOR),
    Spot("/mensen/"),
    Spot("/mensen/medewerkers/", MANAGER),
    Spot("/acties/"),
    Spot("/balie/", TEACHER),
    Spot("/balie/", ""),
    Spot("/balie/", COLLECTION),
    Spot(f"{SCHOOL}balies/", COORDINATOR),
    Spot(f"{SCHOOL}balies/nieuw/", COORDINATOR),
    Spot(f"{SCHOOL}balies/vrijwilliger/", COORDINATOR),
    Spot(f"{SCHOOL}leenregels/", COORDINATOR),
    Spot("/ouders/", MANAGER),
    Spot("/ouders/kiezen/", MANAGER),
    Spot("/ouders/vormen/"),
    Spot("/ouders/vormen/beoordelen/", MANAGER),
    Spot("/ouders/terugkijken/team/", MANAGER),
    Spot(f"{SCHOOL}ouders/", COORDINATOR),
    Spot(f"{SCHOOL}ouders/gesprek/start/"),
    Spot(f"{SCHOOL}ouders/wensen/", COORDINATOR),
    Spot(f"{SCHOOL}ouders/voorwaarden/", COORDINATOR),
    Spot(f"{SCHOOL}ouders/besproken/", COORDINATOR),
    via(f"{SCHOOL}ouders/", r"^/ouders/gesprekken/\d+/$"),
    via(f"{SCHOOL}ouders/", r"^/ouders/gesprekken/\d+/$", r"/verslag/$"),
    Spot("/routes/"),
    Spot("/routes/overzicht/", MANAGER),
    Spot("/routes/parent-partnership/"),
    Spot("/routes/implementation/starten/", MANAGER),
    Spot("/routes/quality-cycle/eigen/", MANAGER),
    via("/routes/", r"^/routes/loopt/\d+/$", who=MANAGER),
    Spot("/boeken/", COLLECTION),
    Spot("/klas/groepen/", TEACHER),
    via("/klas/groepen/", r"^/klas/groep/\d+/$", who=TEACHER),
    via("/klas/groepen/", r"^/klas/groep/\d+/$", r"kaarten/$", who=TEACHER),
    via("/klas/groepen/", r"^/klas/groep/\d+/$", r"tips/$", who=TEACHER),
    via("/klas/groepen/", r"^/klas/groep/\d+/$", r"lenen/$", who=TEACHER),
    via("/klas/groepen/", r"^/klas/groep/\d+/$", r"lenen/$", r"alles-terug/$", who=TEACHER),
    via("/klas/groepen/", r"^/klas/groep/\d+/$", r"lenen/$", r"ideeen/\d+/$", who=TEACHER),
    Spot("/boeken/?zoek=draken&hier=ja", TEACHER),
    Spot(f"{SCHOOL}alles-terug/", COORDINATOR),
    Spot(f"{SCHOOL}klassenbladen/", COORDINATOR),
    Spot(f"{SCHOOL}wachten/", COORDINATOR),
    Spot(f"{SCHOOL}wachten/", COLLECTION),
    Spot(f"{SCHOOL}kwijt/", COORDINATOR),
    Spot("/groepsboeken/", TEACHER),
    via("/groepsboeken/", r"^/groepsboeken/\d+/$", who=TEACHER),
    Spot("/boeken/", TEACHER),
    Spot("/boeken/?zoek=dolvje", TEACHER),
    Spot("/boeken/nieuw/", COLLECTION),
    Spot("/boeken/scholen/", COLLECTION),
    Spot("/boeken/etiketten/", COLLECTION),
    via("/boeken/?zoek=dolfje", BOOK, who=COLLECTION),
    via("/boeken/?zoek=dolfje", BOOK, r"/exemplaren/$", who=COLLECTION),
    via("/boeken/?zoek=dolfje", BOOK, r"/wijzigen/$", who=COLLECTION),
    via("/boeken/?zoek=dolfje", BOOK, r"^/boeken/exemplaar/\d+/$", who=COLLECTION),
    Spot("/import/boeken/", COLLECTION),
    Spot("/import/uitleencijfers/", COLLECTION),
    Spot("/import/uitleningen/", COLLECTION),
    Spot("/boeken/marcxml/", COLLECTION),
    Spot("/boeken/tellen/", COLLECTION),
    Spot("/boeken/tellen/nieuw/", COLLECTION),
    via("/boeken/tellen/", r"^/boeken/tellen/\d+/$", who=COLLECTION),
    via("/boeken/tellen/", r"^/boeken/tellen/\d+/$", r"/klaar/$", who=COLLECTION),
    Spot("/boeken/saneren/", COLLECTION),
    Spot("/boeken/kopen/", COLLECTION),
    Spot("/boeken/collecties/", COLLECTION),
    Spot("/boeken/collecties/nieuw/", COLLECTION),
    Spot("/boeken/collecties/kalender/", COLLECTION),
    via("/boeken/collecties/", BOOK_SET, who=COLLECTION),
    via("/boeken/collecties/", BOOK_SET, r"/wijzigen/$", who=COLLECTION),
    via("/boeken/collecties/", BOOK_SET, r"/vullen/$", who=COLLECTION),
    via("/boeken/collecties/", BOOK_SET, r"/beloven/$", who=COLLECTION),
    via("/boeken/collecties/", BOOK_SET, r"/verplaatsen/$", who=COLLECTION),
    Spot(f"{SCHOOL}collectie/", COORDINATOR),
    Spot(f"{SCHOOL}collectie/", COLLECTION),
    Spot(f"{SCHOOL}uitleen/", COORDINATOR),
    Spot("/uitleen/", COLLECTION),
    Spot("/boeken/leenrecht/", COLLECTION),
    Spot(f"{SCHOOL}collectie/voorziening/", COORDINATOR),
    Spot(f"{SCHOOL}collectie/niet/", COORDINATOR),
    Spot(f"{SCHOOL}collectie/leesomgeving/", COORDINATOR),
    Spot(f"{SCHOOL}collectie/leesomgeving/invullen/", COORDINATOR),
    Spot(f"{SCHOOL}collectie/leesomgeving/foto/", COORDINATOR),
    Spot("/activiteiten/"),
    Spot("/activiteiten/", TEACHER),
    Spot("/activiteiten/kalender/"),
    Spot("/activiteiten/vandaag/", TEACHER),
    Spot("/activiteiten/book-circle/", TEACHER),
    Spot("/activiteiten/childrens-book-week/"),
    Spot("/activiteiten/childrens-book-week/dagen/"),
    Spot("/activiteiten/nieuw/"),
    Spot("/activiteiten/book-circle/eigen/", HEAD),
    Spot("/activiteiten/book-circle/in-plan/"),
    Spot("/bouwstenen/"),
    Spot("/bouwstenen/kinderopvang/"),
    Spot(f"{SCHOOL}bouwstenen/"),
    Spot(f"{SCHOOL}bouwstenen/collection/"),
    Spot(f"{SCHOOL}bouwstenen/collection/stand/", HEAD),
    Spot(f"{SCHOOL}bouwstenen/collection/bewijs/"),
    Spot(f"{SCHOOL}bouwstenen/collection/oplossing/involve-teachers/"),
    Spot("/plannen/", MANAGER),
    Spot("/plannen/eigen/nieuw/", MANAGER),
    Spot("/plannen/rooster/", MANAGER),
    Spot(f"{SCHOOL}plannen/"),
    Spot(f"{SCHOOL}doelen/"),
    Spot(f"{SCHOOL}doelen/nieuw/"),
    Spot(f"{SCHOOL}jaarplan/nieuw/"),
    Spot(f"{SCHOOL}jaarplan/rooster/", HEAD),
    Spot(f"{SCHOOL}taakverdeling/", COORDINATOR),
    Spot(f"{SCHOOL}taakverdeling/wijzigen/"),
    Spot(f"{SCHOOL}leerdoelen/", COORDINATOR),
    Spot(f"{SCHOOL}leerdoelen/zelf/", TEACHER),
    Spot(f"{SCHOOL}plan/jaarplan/{YEAR}/"),
    Spot(f"{SCHOOL}plan/leesbeleidsplan/{YEAR}/", HEAD),
    Spot(f"{SCHOOL}plan/jaarplan/{YEAR}/versies/"),
    Spot(f"{SCHOOL}plan/jaarplan/{YEAR}/inlezen/"),
    Spot(f"{SCHOOL}plan/jaarplan/{YEAR}/geld/"),
    Spot(f"{CHILD_CARE}plan/voorleesplan/{YEAR}/"),
    Spot(f"{CHILD_CARE}bouwstenen/"),
    Spot(f"{LIBRARY}bouwstenen/", MANAGER),
    Spot("/bezoeken/voorstel/"),
    Spot("/bezoeken/"),
    Spot("/bezoeken/?wie=allen", MANAGER),
    Spot("/bezoeken/", HEAD),
    Spot("/bezoeken/nieuw/"),
    Spot("/bezoeken/agenda/"),
    Spot("/bezoeken/agenda/", HEAD),
    via("/bezoeken/?wie=allen", VISIT),
    via("/vandaag/", r"^/bezoeken/\d+/verslag/$"),
    via("/vandaag/", VISIT, r"^/bezoeken/\d+/verzetten/$"),
    via("/vandaag/", VISIT, r"^/bezoeken/\d+/wijzigen/$"),
    via("/vandaag/", VISIT, r"^/bezoeken/\d+/overnemen/$"),
    via("/vandaag/", VISIT, r"^/bezoeken/\d+/afzeggen/$"),
    via("/bezoeken/?wie=allen", r"[?&]week=", VISIT, r"/groep/$"),
    Spot("/uren/"),
    Spot("/uren/", MANAGER),
    Spot(f"{SCHOOL}uren/", MANAGER),
    Spot(f"{SCHOOL}eigen-kant/", COORDINATOR),
    Spot(f"{SCHOOL}uren/", HEAD),
    Spot("/terugblik/", MANAGER),
    Spot("/gemeente/9901/terugblik/", MUNICIPALITY),
    Spot("/gemeente/9901/terugblik/", MANAGER),
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
    Spot(f"{SCHOOL}privacy/", HEAD),
    Spot(f"{SCHOOL}groepen/", HEAD),
    Spot(f"{SCHOOL}?jaar=2024-2025"),
    Spot("/school/99AC00/", MANAGER),
    Spot(CHILD_CARE, MANAGER),
    Spot(LIBRARY, MANAGER),
    Spot("/bestuur/990001/", BOARD),
    Spot("/bestuur/990001/", MANAGER),
    Spot("/gemeente/9901/", MUNICIPALITY),
    Spot("/gemeente/9901/", MANAGER),
    Spot("/provincie/lommerland/", POI),
    Spot("/landelijk/", NATION),
    via(LIBRARY, r"^/vestiging/[^/]+/$", who=ADMINISTRATOR),
    via(LIBRARY, r"^/partner/[^/]+/$", who=ADMINISTRATOR),
    Spot("/poi/POI-99/", POI),
    Spot("/school/00XX00/", status=404),
    Spot(f"{SCHOOL}verwerkersovereenkomst/", MANAGER),
    Spot(f"{SCHOOL}verwerkersovereenkomst/", HEAD),
    Spot(f"{CHILD_CARE}verwerkersovereenkomst/", MANAGER),
]

WRITING = [
    Spot(f"{SCHOOL}samenwerking/wijzigen/", MANAGER),
    Spot(f"{SCHOOL}samenwerking/fase/", MANAGER),
    Spot(f"{SCHOOL}samenwerking/besluit/", MANAGER),
    Spot(f"{SCHOOL}samenwerking/check/", MANAGER),
    Spot(f"{SCHOOL}keuzemoment/", MANAGER),
    Spot(f"{SCHOOL}verwerkersovereenkomst/vastleggen/", MANAGER),
    Spot(f"{SCHOOL}verwerkersovereenkomst/laten-tekenen/", MANAGER),
    via(f"{SCHOOL}verwerkersovereenkomst/", r"/beeindigen/$", who=MANAGER),
    via("/beheer/post/", r"erik\.wijnands", r"/taak/", who=ADMINISTRATOR),
    Spot(f"{SCHOOL}verkennend-gesprek/", MANAGER),
    Spot(f"{SCHOOL}groepen/nieuw/", MANAGER),
    Spot(f"{SCHOOL}wijzigen/", ADMINISTRATOR),
    Spot(f"{SCHOOL}nieuw-schooljaar/", COORDINATOR),
    via(f"{SCHOOL}nieuw-schooljaar/", r"/nieuw-schooljaar/groepen/", who=COORDINATOR),
    via(f"{SCHOOL}nieuw-schooljaar/", r"/nieuw-schooljaar/leerlingen/", who=COORDINATOR),
    via(f"{SCHOOL}nieuw-schooljaar/", r"/nieuw-schooljaar/vertrekkers/", who=COORDINATOR),
    via(f"{SCHOOL}nieuw-schooljaar/", r"/nieuw-schooljaar/leerkrachten/", who=COORDINATOR),
    via(f"{SCHOOL}nieuw-schooljaar/", r"/nieuw-schooljaar/terugdraaien/", who=COORDINATOR),
    Spot(f"{CHILD_CARE}nieuw-schooljaar/", CHILDCARE),
    Spot("/locatie/nieuw/", ADMINISTRATOR),
    Spot("/mensen/contact/nieuw/?eenheid=99AA00"),
    via("/mensen/", CONTACT),
    via("/mensen/medewerkers/", STAFF, who=MANAGER),
    Spot("/mensen/medewerker/nieuw/", MANAGER),
    Spot("/mensen/inzet/nieuw/", MANAGER),
    via("/acties/", ACTION),
    Spot("/acties/nieuw/"),
    via("/gesprekken/gehouden/", TALK),
    Spot("/gesprekken/nieuw/"),
    Spot("/gesprekken/nieuw/?eenheid=99AA00"),
    Spot("/acties/nieuw/?eenheid=99AA00"),
    Spot("/school/99AF00/samenwerking/starten/", MANAGER),
    Spot("/school/99AF00/samenwerking/wachtlijst/", MANAGER),
    via(f"{SCHOOL}groepen/", r"/groepen/\d+/$", who=MANAGER),
    via(f"{SCHOOL}groepen/", r"^/mensen/groep/\d+/leerkrachten/", who=MANAGER),
    via(SCHOOL, r"^/gesprekken/startinventarisatie/\d+/$"),
    Spot(f"{SCHOOL}sluiten/", ADMINISTRATOR),
    Spot(f"{LIBRARY}keuzemoment/", "Marleen Duivenvoorde"),
    Spot(f"{LIBRARY}vestiging-erbij/", ADMINISTRATOR),
    Spot(f"{LIBRARY}partner-erbij/", ADMINISTRATOR),
    via(LIBRARY, r"^/vestiging/[^/]+/$", r"^/vestiging/[^/]+/wijzigen/", who=ADMINISTRATOR),
    via(LIBRARY, r"^/partner/[^/]+/$", r"^/partner/[^/]+/wijzigen/", who=ADMINISTRATOR),
    via("/mensen/", CONTACT, r"^/mensen/contact/\d+/wijzigen/"),
    via("/mensen/", CONTACT, r"^/mensen/contact/\d+/wie-spreekt/"),
    via("/mensen/", CONTACT, r"^/mensen/contact/\d+/wissen/"),
    via("/mensen/medewerkers/", STAFF, r"^/mensen/medewerker/\d+/wijzigen/", who=MANAGER),
    via("/mensen/medewerkers/", STAFF, r"^/mensen/medewerker/\d+/vertrekt/", who=MANAGER),
    via("/acties/?wie=mij", ACTION, r"^/acties/\d+/wijzigen/"),
    via("/acties/?wie=mij", ACTION, r"^/acties/\d+/klaar-op/"),
    via("/gesprekken/", TALK, r"^/gesprekken/\d+/verslag/"),
    via("/gesprekken/", r"^/gesprekken/\d+/voorbereiding/"),
    via("/gesprekken/", r"^/gesprekken/\d+/voorbereiding/", r"/bevindingen/$"),
    via("/gesprekken/", r"^/gesprekken/\d+/voorbereiding/", r"/gespreksmodus/$"),
    via("/gesprekken/", TALK, r"^/gesprekken/\d+/wijzigen/"),
    via("/gesprekken/", TALK, r"^/gesprekken/\d+/verzetten/"),
    via(SCHOOL, r"^/gesprekken/ritme/\d+/$", who=MANAGER),
]

MANAGING = [
    Spot("/beheer/gebruikers/", ADMINISTRATOR),
    via("/beheer/gebruikers/", USER, who=ADMINISTRATOR),
    Spot("/beheer/gebruikers/uitnodigen/", ADMINISTRATOR),
    Spot("/beheer/gebruikers/uitnodigen/reading-consultant/", ADMINISTRATOR),
    via("/beheer/gebruikers/", USER, r"^/beheer/gebruikers/\d+/rol/$", who=ADMINISTRATOR),
    via("/beheer/gebruikers/", USER, r"/rol/$", r"/rol/[a-z-]+/$", who=ADMINISTRATOR),
    via("/beheer/gebruikers/", USER, r"^/beheer/rollen/\d+/beeindigen/", who=ADMINISTRATOR),
    Spot("/beheer/logboek/", ADMINISTRATOR),
    Spot("/beheer/status/", ADMINISTRATOR),
    Spot("/beheer/post/", ADMINISTRATOR),
    via("/beheer/post/", r"^/beheer/post/\d+/$", who=ADMINISTRATOR),
    Spot("/beheer/gegevens/", ADMINISTRATOR),
    Spot("/beheer/bewaartermijnen/", ADMINISTRATOR),
    Spot("/beheer/bewaartermijnen/proef/", ADMINISTRATOR),
    Spot("/beheer/bewaartermijnen/wissen/", ADMINISTRATOR),
    Spot("/beheer/bewaartermijnen/termijn/contact/", ADMINISTRATOR),
    Spot("/beheer/verwerkingen/", ADMINISTRATOR),
    Spot("/import/", ADMINISTRATOR),
    Spot("/import/scholen/", ADMINISTRATOR),
    via("/import/", r"^/import/run/\d+/$", who=ADMINISTRATOR),
    Spot("/werkgebied/", ADMINISTRATOR),
    Spot("/afmelden/"),
    Spot("/account/"),
    Spot("/account/beveiliging/"),
    Spot("/account/beveiliging/instellen/"),
    Spot("/account/beveiliging/app/"),
    Spot("/account/beveiliging/passkeys/"),
    Spot("/account/beveiliging/passkeys/nieuw/"),
    Spot("/account/wachtwoord/instellen/"),
]

PUPIL = r"^/leerling/\d+/$"
PUPILS = [
    Spot(f"{SCHOOL}leerlingen/", HEAD),
    Spot(f"{SCHOOL}leerlingen/?zoek=fena", HEAD),
    Spot(f"{SCHOOL}leerlingen/?groep=geen", ADMINISTRATOR),
    Spot(f"{SCHOOL}leerlingen/meenemen/", HEAD),
    Spot(f"{SCHOOL}leerlingen/instellingen/", HEAD),
    Spot(f"{SCHOOL}leerlingen/weer-toelaten/", HEAD),
    Spot(f"{SCHOOL}toestemmingen/", HEAD),
    Spot(f"{SCHOOL}toestemmingen/tekst/", HEAD),
    Spot(f"{SCHOOL}toestemmingen/tekst/?taal=ar", HEAD),
    Spot(f"{SCHOOL}toestemmingen/aanmelden/", ADMINISTRATOR),
    Spot(f"{SCHOOL}verzoeken/", HEAD),
    Spot("/verzoeken/", ADMINISTRATOR),
    via(f"{SCHOOL}leerlingen/", PUPIL, who=HEAD),
    *(
        via(f"{SCHOOL}leerlingen/", PUPIL, page, who=HEAD)
        for page in (
            r"/voor-jou/$",
            r"/bekeken/$",
            r"/verbeteren/$",
            r"/wissen/$",
            r"/verzoek/$",
            r"/toestemming/$",
        )
    ),
    Spot(f"{SCHOOL}leerlingen/", CONSULTANT, status=404),
]

MONITOR_COORDINATOR = "Tom Wielinga"
LEVEL = r"^/monitor/niveau/\d+/$"
RUNNING = rf"^\s*Basisonderwijs {SchoolYear.running()}\s*$"  # other tests plan rounds that are not open yet
ROUND, TAKING_PART = r"^/monitor/ronde/\d+/$", r"^/monitor/deelname/\d+/$"
ROUNDS = [
    Spot("/monitor/", MONITOR_COORDINATOR),
    Spot("/monitor/", POI),
    Spot("/monitor/", HEAD),
    Spot("/monitor/ronde/nieuw/", MONITOR_COORDINATOR),
    Spot("/monitor/ronde/nieuw/?soort=po", MONITOR_COORDINATOR),
    Spot("/monitor/ritme/", MONITOR_COORDINATOR),
    Spot("/import/monitor/", MONITOR_COORDINATOR),
    Spot("/monitor/landelijk/toevoegen/", NATION),
    via("/monitor/", ROUND, who=MONITOR_COORDINATOR),
    via("/monitor/", ROUND, who=POI),
    via("/monitor/", ROUND, who=HEAD),
    via("/monitor/", ROUND, TAKING_PART, who=MONITOR_COORDINATOR),
    via("/monitor/", ROUND, TAKING_PART),
    via("/monitor/", ROUND, TAKING_PART, r"/antwoord/$", who=MONITOR_COORDINATOR),
    *(
        via("/monitor/", ROUND, page, who=MONITOR_COORDINATOR)
        for page in (r"/scholen/$", r"/wijzigen/$", r"/eigen-vragen/$", r"/volgers/$")
    ),
    *(Spot("/monitor/niveaus/", who) for who in (MUNICIPALITY, NATION)),
    *(via("/monitor/niveaus/", LEVEL, who=who) for who in (MANAGER, MUNICIPALITY, POI, NATION)),
    via("/monitor/niveaus/?niveau=board", LEVEL, who=BOARD),
    Spot("/monitor/eigen-keuze/", MANAGER),
    Spot("/monitor/eigen-keuze/", MUNICIPALITY),
    *(
        Spot(f"/monitor/landelijk/{page}", NATION)
        for page in ("", "maten/", "maten/?van=teachers", "gegevens/")
    ),
    Spot("/monitor/landelijk/cijfers/", NATION),
    via("/monitor/landelijk/cijfers/", r"/cijfers/po/", who=NATION),
    Spot("/monitor/landelijk/lijst/po-pupil/1/", NATION),
    Spot("/monitor/landelijk/lijst/po-pupil/1/naast/1/", NATION),
    via("/monitor/landelijk/gegevens/", r"/gegevens/po-pupil/1/", who=NATION),
    via("/monitor/", RUNNING, r"/sluiten/$", who=MONITOR_COORDINATOR),
    via("/monitor/", RUNNING, "De Regenboog", r"/rapport/$", who=MONITOR_COORDINATOR),
    via("/monitor/", RUNNING, "De Regenboog", r"/rapport/$", r"/gesprek/$", who=MONITOR_COORDINATOR),
    via("/monitor/", RUNNING, "De Regenboog", r"/rapport/$", r"/open-antwoorden/$"),
    via("/monitor/niveaus/", "Bibliotheek Elzenbroek", r"/gesprek/", who=MONITOR_COORDINATOR),
    via("/monitor/", RUNNING, "De Regenboog", r"/rapport/$", r"/team/$"),
    via("/monitor/", RUNNING, "De Regenboog", r"/rapport/$", r"/weten/$"),
    via("/monitor/", RUNNING, "De Regenboog", r"/rapport/$", r"/weten/$", r"/monitor/weten/\d+/$"),
    Spot("/t/", ""),
]

SPOTS = [*PUBLIC, *HOMES, *LISTS, *UNITS, *WRITING, *MANAGING, *PUPILS, *ROUNDS]
