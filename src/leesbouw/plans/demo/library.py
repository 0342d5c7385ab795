"""The library's own work of two years in the demo."""

from __future__ import annotations

from decimal import Decimal

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Library, Partnership

from ..actions import WorkRow, add_library_work
from ..enums import LibraryWorkKind

WORK = (
    (LibraryWorkKind.NETWORK, "Bijeenkomst van leescoördinatoren, drie keer", 36),
    (LibraryWorkKind.NETWORK, "Overleg met besturen en de gemeente", 24),
    (LibraryWorkKind.TRAINING, "Cursus Open Boek voor leescoördinatoren", 40),
    (LibraryWorkKind.MONITOR, "De ronde van de Monitor voorbereiden en bespreken", 60),
    (LibraryWorkKind.COLLECTION, "Collecties saneren en aanvullen", 80),
    (LibraryWorkKind.BRANCH, "Kinderboekenweek en voorleesmiddagen in de vestiging", 50),
)


@part("library-work", after=("plans",))
def fill(story: Story, tell: Tell) -> None:
    """Every library that works with somebody; this year nobody planned the collection work yet."""
    libraries = Library.objects.filter(pk__in=Partnership.objects.filter(ends_on=None).values("library"))
    running = SchoolYear.running()
    for number, library in enumerate(libraries.order_by("pk"), 1):
        for year in (running.previous, running):
            for kind, what, hours in WORK:
                if year == running and kind == LibraryWorkKind.COLLECTION:
                    continue
                row = WorkRow(kind, what, Decimal(hours))
                add_library_work(library=library, year=year, row=row, by=SYSTEM)
        tell(number, len(libraries))
