"""Invented charts of every kind: compared, hidden, counted, answers to one question, over the years with a break."""

from __future__ import annotations

from leesbouw.rendering.charts import Chart, Kind, Mark, Point, Series

FEW_ANSWERS = "Verborgen: groep 8 gaf minder dan 5 antwoorden. Zonder groep 7 is dat niet uit te rekenen."


def _points(*values: float | None) -> tuple[Point, ...]:
    return tuple(Point(value) for value in values)


COMPARED = Chart(
    Kind.DOT,
    "Leesplezier",
    "Zes op de tien kinderen vinden lezen leuk. Dat is ongeveer gelijk aan vergelijkbare scholen.",
    ("Samen", "Groep 5", "Groep 6", "Groep 7 en 8"),
    (
        Series(
            "De Regenboog",
            (
                Point(0.62, 98, 0.52, 0.72),
                Point(0.71, 34, 0.55, 0.84),
                Point(0.5, 14, 0.27, 0.73),
                Point(hidden=FEW_ANSWERS),
            ),
        ),
        Series("vergelijkbare scholen", _points(0.66, 0.70, 0.64, None), Mark.BENCHMARK),
        Series("vorig jaar", _points(0.55, 0.66, 0.57, None), Mark.EARLIER),
    ),
    counted="kinderen",
    asked="98 van de 112 kinderen deden mee.",
)

ANSWERS = Chart(
    Kind.STACKED,
    "Hoe leuk vind je het om een boek te lezen?",
    "De meeste kinderen kiezen best leuk.",
    ("De Regenboog", "Vergelijkbare scholen", "Vorig jaar"),
    tuple(
        Series(name, tuple(Point(value, base) for value, base in zip(values, (98, 5412, 91), strict=True)))
        for name, values in (
            ("erg leuk", (0.21, 0.25, 0.18)),
            ("best leuk", (0.41, 0.41, 0.37)),
            ("niet zo leuk", (0.27, 0.24, 0.31)),
            ("helemaal niet leuk", (0.11, 0.10, 0.14)),
        )
    ),
    counted="kinderen",
)

COUNTED = Chart(
    Kind.BAR,
    "Geleende boeken",
    "Een kind leende gemiddeld 21 boeken, vijf meer dan vorig jaar.",
    ("Onderbouw", "Bovenbouw"),
    (
        Series("De Regenboog", (Point(24.5, 110), Point(17.2, 104))),
        Series("andere scholen in de gemeente", _points(19.1, 16.8), Mark.OTHER),
        Series("vorig jaar", _points(17, 15.4), Mark.EARLIER),
    ),
    shares=False,
    unit="boeken per kind",
    counted="kinderen",
)

YEARS = Chart(
    Kind.LINE,
    "Leest vaak thuis",
    "Sinds 2024 lezen weer iets meer kinderen vaak thuis.",
    ("2021", "2022", "2023", "2024", "2025", "2026"),
    (
        Series(
            "De Regenboog",
            (
                Point(0.58, 90, 0.48, 0.68),
                Point(0.54, 94, 0.44, 0.64),
                Point(0.5, 96, 0.40, 0.60),
                Point(0.43, 101, 0.33, 0.53),
                Point(0.47, 91, 0.37, 0.57),
                Point(0.48, 98, 0.38, 0.58),
            ),
        ),
        Series("vergelijkbare scholen", _points(0.57, 0.56, 0.55, 0.51, 0.52, 0.53), Mark.BENCHMARK),
    ),
    counted="kinderen",
    breaks=(3,),
    break_note="Vanaf 2024 is de vraag anders gesteld. Vergelijk daarom niet met eerder.",
)

CHARTS = (COMPARED, ANSWERS, COUNTED, YEARS)
