"""Cards, open loans and holds of another lending system. Names are thrown away at once: a number says who it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leesbouw.lending.domain.cards import clean as clean_code

from . import values as v
from .columns import Cleaned, Column, Dropped, clean_columns, shown_raw
from .lending import school
from .titles import isbn

LOAN, HOLD, CARD = "loan", "hold", "card"
WORDS = {
    "uitlening": LOAN,
    "lening": LOAN,
    "geleend": LOAN,
    "loan": LOAN,
    "reservering": HOLD,
    "gereserveerd": HOLD,
    "hold": HOLD,
    "pas": CARD,
    "lener": CARD,
    "card": CARD,
}


def what(text: str) -> str:
    """Raises ValueError("what") for a word that we do not know."""
    found = WORDS.get(v.flat(text).split(" ")[0])
    if found is None:
        raise ValueError("what")
    return found


def day(text: str) -> str:
    return v.day(text).isoformat()


COLUMNS = (
    Column("what", ("soort", "wat", "type", "what"), what),
    Column("school", ("school", "brin", "vestiging", "locatie", "locatiecode"), school),
    Column("card", ("pas", "pasnummer", "lenernummer", "lenerscode", "kaart", "card"), clean_code),
    Column("pupil", ("leerlingnummer", "leerling", "extern nr", "pupil"), v.text_of(40)),
    Column("barcode", ("barcode", "exemplaarnummer", "exemplaar", "streepjescode"), v.text_of(30)),
    Column("isbn", ("isbn", "isbn13", "ean"), isbn),
    Column("title", ("titel", "title", "boek"), v.text_of(300)),
    Column("borrowed", ("uitgeleend op", "uitleendatum", "geleend op", "datum", "sinds", "borrowed"), day),
    Column("due", ("inleverdatum", "terug voor", "terug op", "retourdatum", "due"), day),
    Column("returned", ("ingeleverd op", "teruggebracht op", "ingenomen op", "returned"), day),
)
DROPPED = (
    Dropped(
        "other_names",
        ("naam", "voornaam", "achternaam", "roepnaam", "lener naam", "naam lener", "klas", "groep"),
    ),
    Dropped("address", ("adres", "postcode", "woonplaats")),
    Dropped("contact", ("e-mail", "email", "telefoon")),
    Dropped("birth_date", ("geboortedatum", "leeftijd")),
)


def clean_row(number: int, raw: Mapping[str, Sequence[str]]) -> Cleaned:
    """A line as values by column. What it is follows from what stands there: a copy is a loan, a title a hold."""
    values, errors = clean_columns(raw, COLUMNS)
    if not errors:
        values.setdefault("what", _follows(values))
        errors += _lacks(values)
    return Cleaned(number, values, errors, shown_raw(raw) if errors else {})


def _follows(values: Mapping[str, str]) -> str:
    if values.get("barcode"):
        return LOAN
    return HOLD if values.get("isbn") or values.get("title") else CARD


def _lacks(values: Mapping[str, str]) -> list[tuple[str, str]]:
    if not values.get("card") and not values.get("pupil"):
        return [("card", "nobody")]
    if values["what"] == LOAN and not values.get("barcode"):
        return [("barcode", "missing")]
    if values["what"] == LOAN and not values.get("borrowed"):
        return [("borrowed", "missing")]
    if values["what"] == HOLD and not (values.get("isbn") or values.get("title")):
        return [("title", "missing")]
    if values["what"] == CARD and not (values.get("card") and values.get("pupil")):
        return [("card" if not values.get("card") else "pupil", "missing")]
    if values["what"] == HOLD and not values.get("borrowed"):
        return []
    if values.get("due") and values.get("borrowed") and values["due"] < values["borrowed"]:
        return [("due", "due_before")]
    return []
