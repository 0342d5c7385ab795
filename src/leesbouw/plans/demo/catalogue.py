"""What the demo adds to the catalogue: two activities of each library, one of a school, and own days of a campaign."""

from __future__ import annotations

from datetime import timedelta

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Library, Location

from ..actions import add_own_form, set_campaign_dates
from ..enums import Audience
from ..queries import FormBody, campaigns_between, form_by_code

SCHOOL = "99AA00"
CRATE = FormBody(
    name="Leeskrat met leesplek",
    sectors=("po", "sbo", "so"),
    aim="Een lege hoek wordt in een ochtend een plek waar kinderen willen lezen.",
    minutes=60,
    preparation=30,
    materials=("een krat met veertig boeken", "kussens en een kleed"),
    steps=(
        "De kinderen pakken de krat uit en kiezen welke boeken in het zicht staan.",
        "Een groepje richt de hoek in en maakt bordjes.",
        "De rest leest alvast. Na een half uur wisselen jullie.",
        "Spreek af wie de hoek bijhoudt en wanneer de krat wisselt.",
    ),
    roles={"executing": "De leesconsulent brengt de krat en richt in met een groepje kinderen."},
    hours=3,
    school_hours=1,
    block="collection",
    measures=("books-face-forward", "likes-school-library"),
    evidence="Wij hebben dit op onze eigen scholen geprobeerd. Onderzoek is er niet.",
)
COFFEE = FormBody(
    name="Koffie en prentenboek",
    sectors=("ko", "po"),
    groups=(1, 2),
    audience=(Audience.PARENTS,),
    aim="Ouders zien hoe leuk samen een prentenboek bekijken is, ook zonder de tekst te lezen.",
    minutes=45,
    preparation=15,
    times=4,
    materials=("vijf prentenboeken", "koffie en thee"),
    steps=(
        "Ontvang de ouders na het brengen, met de kinderen erbij.",
        "Bekijk samen een prentenboek en vertel bij de platen, in welke taal je wilt.",
        "Ouders doen het zelf met hun kind.",
        "Iedereen leent een boek en vertelt de volgende keer hoe het ging.",
    ),
    roles={
        "executing": "De consulent leidt de ochtend.",
        "supporting": "De school leidt. De consulent brengt boeken.",
    },
    hours=8,
    school_hours=4,
    measures=("is-read-to-at-home", "ways-to-involve-parents"),
    evidence="Wat ouders er thuis mee doen, weten wij alleen uit wat zij vertellen.",
)


@part("catalogue", after=("people",))
def fill(story: Story, tell: Tell) -> None:
    libraries = list(Library.objects.order_by("pk"))
    for number, library in enumerate(libraries):
        for body in (CRATE, COFFEE):
            add_own_form(unit=library, body=body, by=SYSTEM)
        tell(number + 1, len(libraries))
    school = Location.objects.filter(code=SCHOOL).first()
    if school is not None:
        _tell_school(school)


def _tell_school(school: Location) -> None:
    """Its own version of the book circle, and a book week that is a day shorter."""
    circle = form_by_code(SYSTEM, "book-circle").body
    own = circle.model_copy(
        update={
            "name": "Boekenkring met twee stoelen",
            "steps": (*circle.steps, "Wie volgende week aan de beurt is, krijgt de tweede stoel."),
        }
    )
    add_own_form(unit=school, body=own, based_on="book-circle", by=SYSTEM)
    year = SchoolYear.running()
    for one in campaigns_between(SYSTEM, year.starts_on, year.ends_on):
        if one.form.code == "childrens-book-week":
            set_campaign_dates(
                unit=school,
                form=one.form.code,
                year=year,
                starts_on=one.starts_on,
                ends_on=one.ends_on - timedelta(days=1),
                by=SYSTEM,
            )
