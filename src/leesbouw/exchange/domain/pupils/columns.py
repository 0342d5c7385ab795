"""What we want to know of pupils and teachers, under the names that programs of schools give it, and what we throw away.

Seen in manuals: Stamnummer (Magister), LEERLINGNUMMER, NAAMTUS, KLAS_CODE (library systems), Klasnaam, Leerjaar. The
other names are what schools' lists are assumed to say; an unknown one is chosen by hand in the wizard.
"""

from __future__ import annotations

from ..columns import Column, Dropped
from ..reading import fold
from . import cleaning as c

BIRTH_HEADERS = (
    *("geboortedatum", "geb. datum", "gebdatum", "datum geboorte", "geboren", "geboren op", "gebdat"),
    *("geboorte datum", "geboortedatum leerling", "geboortejaar"),
)
ALL_NAMES = ("voornamen", "alle voornamen", "officiële voornamen", "doopnamen", "voornamen leerling")

COLUMNS = (
    Column("who", ("leerling of leerkracht",), c.kind),
    Column(
        "key",
        (
            *(
                "stamnummer",
                "stamnr",
                "leerlingnummer",
                "leerling nummer",
                "leerlingnr",
                "leerling nr",
            ),
            *("lln nr", "llnnr", "llnr", "lln nummer", "leerlingcode", "leerling code", "leerlingid"),
            *("leerling id", "deelnemernummer", "deelnemernr", "studentnummer", "administratienummer"),
            *("las key", "las id", "lasid", "las sleutel", "externe sleutel", "extern nr", "extern nummer"),
            *("sleutel", "leerling key", "stamboeknummer", "interne code"),
        ),
        c.key,
    ),
    Column(
        "eck_id",
        (
            "eckid",
            "ECK iD",
            "eck id leerling",
            "ketenid",
            "keten id",
            "eck keten id",
            "ketenid leerling",
        ),
        c.eck_id,
    ),
    Column(
        "first_name",
        (
            *("roepnaam", "roepnaam leerling", "voornaam", "voornaam leerling"),
            *("voornaam/roepnaam", "roepnaam/voornaam", *ALL_NAMES),
        ),
        c.name_part,
    ),
    Column(
        "infix",
        (
            *(
                "tussenvoegsel",
                "tussenvoegsels",
                "tussenvoegsel(s)",
                "voorvoegsel",
                "voorvoegsels",
                "voorvoegsel(s)",
                "tussenv",
                "tussenv.",
            ),
            *("voorv", "voorv.", "tv", "naamtus", "tussenvoegsel leerling", "voorvoegsel achternaam"),
        ),
        c.infix,
    ),
    Column(
        "last_name",
        (
            *("achternaam", "achternaam leerling", "familienaam", "geslachtsnaam", "achtern"),
            *("achternaam zonder tussenvoegsel", "officiële achternaam"),
        ),
        c.name_part,
    ),
    Column(
        "full_name",
        (
            *(
                "volledige naam",
                "naam leerling",
                "leerlingnaam",
                "leerling",
                "naam",
                "weergavenaam",
            ),
            *("naam volledig", "volledige naam leerling", "leerling naam"),
        ),
        c.full_name,
    ),
    Column(
        "group",
        (
            *(
                "stamgroep",
                "stamgroep(en)",
                "stamklas",
                "basisgroep",
                "groepsnaam",
                "groepnaam",
                "naam groep",
                "klasnaam",
            ),
            *(
                "klas",
                "klas code",
                "klascode",
                "groep",
                "stamgroepnaam",
                "hoofdgroep",
                "klas/groep",
                "groep/klas",
            ),
        ),
        c.group,
    ),
    Column(
        "year_group",
        (
            *(
                "jaargroep",
                "leerjaar",
                "jaarlaag",
                "jrgr",
                "jaargr",
                "huidig leerjaar",
                "leerjaar nu",
                "lj",
            ),
            *(
                "leerjaar leerling",
                "jaargroep leerling",
                "leerjaar/jaargroep",
                "groep/leerjaar",
                "cursusjaar",
            ),
        ),
    ),
    Column(
        "group_year_group",
        ("jaargroep groep", "jaargroep van de groep", "leerjaar groep"),
    ),
    Column("birth_year", BIRTH_HEADERS, c.birth_year, door=c.year_of_birth),
    Column("email", ("e-mailadres van de leerkracht",), c.email),
    Column("groups", ("groepen van de leerkracht",), c.groups),
)
TEACHERS_ONLY = ("email", "groups")

DROPPED = (
    Dropped(
        "bsn",
        (
            *(
                "bsn",
                "burgerservicenummer",
                "bsn nummer",
                "bsn leerling",
                "sofinummer",
                "sofi nummer",
                "sofi",
            ),
            *(
                "bsn/onderwijsnummer",
                "bsn of onderwijsnummer",
                "onderwijsnummer",
                "onderwijsnr",
                "pgn",
                "pgn nummer",
            ),
            *(
                "persoonsgebonden nummer",
                "bsn_ondwnr-4",
                "rijksregisternummer",
                "a-nummer",
                "vreemdelingennummer",
            ),
            *("burger service nummer", "burgerservicenr", "bsnnummer", "pgn/bsn", "bsn/pgn"),
        ),
    ),
    Dropped("sex", ("geslacht", "m/v", "j/m", "jongen/meisje", "sekse", "gender", "geslacht leerling")),
    Dropped("birth_date", (*BIRTH_HEADERS, "leeftijd")),
    Dropped(
        "address",
        (
            *("adres", "straat", "straatnaam", "huisnummer", "huisnr", "huisnummertoevoeging", "toevoeging"),
            *(
                "huisnummer toevoeging",
                "postcode",
                "postcodenl",
                "postnummerbe",
                "postcodeoverig",
                "woonplaats",
            ),
            *(
                "plaats",
                "gemeente",
                "woonadres",
                "adres leerling",
                "postcode leerling",
                "plaats leerling",
                "wijk",
            ),
        ),
    ),
    Dropped(
        "origin",
        (
            *(
                "land",
                "land_vader",
                "land_moeder",
                "geboorteland",
                "geboorteland vader",
                "geboorteland moeder",
            ),
            *(
                "geboorteplaats",
                "nationaliteit",
                "nationaliteit 1",
                "nationaliteit 2",
                "etniciteit",
                "herkomst",
            ),
            *("culturele achtergrond", "thuistaal", "moedertaal", "godsdienst", "geloof", "kerkgenootschap"),
            *("datum in nederland", "verblijfsstatus", "migratieachtergrond"),
        ),
    ),
    Dropped("weight", ("gewicht", "gewicht_nieuw", "leerlinggewicht", "weging", "schoolgewicht")),
    Dropped(
        "contact",
        (
            *(
                "e-mail",
                "email",
                "emailadres",
                "e-mailadres",
                "mail",
                "mailadres",
                "e-mail leerling",
                "email leerling",
            ),
            *(
                "e-mailadres leerling",
                "emailadres leerling",
                "telefoon",
                "telefoonnummer",
                "telefoon 1",
                "telefoon 2",
            ),
            *(
                "mobiel",
                "mobiele telefoon",
                "mobiel nummer",
                "telefoon thuis",
                "telefoon leerling",
                "06 nummer",
            ),
            *("noodnummer", "telefoon nood", "mobiel leerling", "gsm"),
        ),
    ),
    Dropped("photo", ("foto", "fotourl", "pasfoto", "foto url", "toestemming foto")),
    Dropped(
        "login",
        (
            "gebruikersnaam",
            "inlognaam",
            "inlogcode",
            "login",
            "wachtwoord",
            "account",
            "accountnaam",
            "username",
        ),
    ),
    Dropped(
        "parents",
        (
            *(
                "ouders",
                "ouder",
                "ouder 1",
                "ouder 2",
                "vader",
                "moeder",
                "voogd",
                "verzorger",
                "verzorger 1",
            ),
            *("naam ouder", "naam ouder 1", "naam ouder 2", "naam vader", "naam moeder", "naam verzorger 1"),
            *("naam verzorger 2", "verzorger 2", "ouder/verzorger", "ouder/verzorger 1", "ouder/verzorger 2"),
            *(
                "e-mail ouder",
                "e-mail ouder 1",
                "e-mail ouder 2",
                "e-mail vader",
                "e-mail moeder",
                "email ouder",
            ),
            *(
                "e-mail verzorger 1",
                "e-mail verzorger 2",
                "telefoon ouder",
                "telefoon ouder 1",
                "telefoon ouder 2",
            ),
            *("telefoon vader", "telefoon moeder", "beroep vader", "beroep moeder", "opleiding vader"),
            *("opleiding moeder", "gezin", "gezinsnummer", "burgerlijke staat", "contactpersoon"),
        ),
    ),
    Dropped(
        "care",
        (
            *(
                "huisarts",
                "zorgverzekeraar",
                "verzekering",
                "medicijnen",
                "medicatie",
                "allergie",
                "allergieën",
            ),
            *(
                "diagnose",
                "indicatie",
                "dyslexie",
                "zorg",
                "zorgniveau",
                "bijzonderheden",
                "opmerking",
                "opmerkingen",
            ),
            *("notities", "commentaar", "rugzak", "ondersteuning", "medische gegevens"),
        ),
    ),
    Dropped(
        "other_names",
        (
            "voorletters",
            "voorletters-1",
            "initialen",
            "voorl.",
            "voorl",
            "meisjesnaam",
            "geboortenaam",
            *ALL_NAMES,
        ),
    ),
    Dropped(
        "enrolment",
        (
            *(
                "instroomdatum",
                "uitstroomdatum",
                "start_ondw_jgr3",
                "mutatiedatum",
                "inschrijfdatum",
                "datum in",
            ),
            *(
                "uitschrijfdatum",
                "datum uit",
                "inschrijving",
                "begindatum",
                "einddatum",
                "status",
                "vestiging",
            ),
            *(
                "vestigingen",
                "locatie",
                "school",
                "schoolnaam",
                "schooljaar",
                "brin",
                "brinnummer",
                "brincode",
            ),
            *("brin nummer", "dependancecode", "schoolkey", "peildatum", "instellingsnummer", "toevoegingen"),
            *("samengestelde_groepen", "vertrekdatum", "datum inschrijving", "datum uitschrijving"),
        ),
    ),
    Dropped(
        "study",
        (
            *(
                "studie",
                "opleiding",
                "profiel",
                "niveau",
                "schoolsoort",
                "advies",
                "schooladvies",
                "onderwijssoort",
            ),
            *("cijfer", "cito", "cito score", "verblijfsjaar"),
        ),
    ),
    Dropped(
        "teacher", ("leerkracht", "groepsleerkracht", "mentor", "docent", "coach", "rol", "rolomschrijving")
    ),
    Dropped("card", ("barcode", "pasnummer", "pas", "streepjescode", "lenersnummer", "kluisje")),
)


def columns_for(*, birth_years: bool) -> tuple[Column, ...]:
    """The columns of a school that keeps years of birth, or not."""
    return tuple(column for column in COLUMNS if birth_years or column.code != "birth_year")


def forbidden(header: str) -> str:
    """The group of what is thrown away that a header belongs to, whatever somebody chooses; else empty.

    A date of birth is no such header: it is cut to its year.
    """
    return _FORBIDDEN.get(fold(header), "")


_KNOWN = {name for column in COLUMNS for name in column.folded}
_FORBIDDEN = {
    fold(name): group.code for group in DROPPED for name in group.synonyms if fold(name) not in _KNOWN
}
