"""The demo's team sessions: what invented teams chose and noted, and one session that is going on today."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from leesbouw.core.access import SYSTEM

from ..actions import close_session, start_session, vote, write_note
from ..models import Participation, TeamSession
from ..queries import monitor_parameters, points_of, words_to_begin
from .patterns import chance_for

# What a team makes of a figure.
WORDS = {
    "reading-pleasure": "Elke dag een kwartier lezen in een boek dat je zelf koos",
    "reads-weekly": "Elk kind gaat met een boek naar huis dat het op school al begon",
    "reads-daily": "Thuis lezen: klein beginnen, elke dag even",
    "reads-never": "Een leesgesprek met ieder kind dat nooit leest",
    "borrows-at-school": "Een vast moment in de schoolbibliotheek, elke week",
    "visits-public-library": "Met de hele groep naar de Bibliotheek, voor de herfstvakantie",
    "childcare-environment": "In elke groep een leeshoek op kindhoogte",
    "interactive-reading": "Voorlezen met vragen waar geen goed antwoord op is",
}
OWN = (
    "Meer strips en weetjesboeken in de kast",
    "Samen een prentenboek lezen met groep 3 en groep 8",
    "Ouders laten zien welk boek we lezen",
    "Minder vragen na het lezen",
)
NOTES = (
    ("heard", "home", "Kinderen vertellen dat zij thuis weinig boeken hebben die bij hen passen."),
    ("observed", "motivation", "Na het voorlezen pakken kinderen vanzelf een boek van dezelfde schrijver."),
    ("asked", "borrowing", "Waarom leen je niet? Het vaakst genoemd: er is te weinig tijd om te kiezen."),
)
PHONES = 5


def hold_sessions(rows: Sequence[Participation]) -> None:
    """Every third of these teams held a session; the others talked without one."""
    for row in rows[::3]:
        chance = chance_for("team", row.pk)
        session = start_session(participation=row, most=monitor_parameters().body.talking_points, by=SYSTEM)
        _choose(session, chance)
        _note(row, chance)
        points = list(points_of(SYSTEM, session)[: session.most])
        words = words_to_begin(session, points)
        kept = {one.pk: WORDS.get(one.measure) or words[one.pk] for one in points}
        close_session(session=session, kept=kept, by=SYSTEM)


def open_session_today(row: Participation) -> None:
    """A session in which most of the team has chosen, and that nobody closed yet."""
    chance = chance_for("team", row.pk)
    _choose(
        start_session(participation=row, most=monitor_parameters().body.talking_points, by=SYSTEM), chance
    )
    _note(row, chance)


def _choose(session: TeamSession, chance: Random) -> None:
    ids = [one.pk for one in points_of(SYSTEM, session) if one.measure]
    for phone in range(PHONES):
        sent = chance.sample(ids, min(len(ids), session.most - 1))
        own = OWN[phone % len(OWN)] if phone < 2 or not sent else ""
        vote(code=session.code, token=f"demo-{phone}", sent=map(str, sent), own=own)


def _note(row: Participation, chance: Random) -> None:
    for kind, topic, text in chance.sample(NOTES, 2):
        write_note(participation=row, kind=kind, topic=topic, text=text, by=SYSTEM)
