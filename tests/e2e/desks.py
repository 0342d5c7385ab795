"""A school with a class of 25, a card each, sixty books of which three in a box, and codes for desks and tablets."""

from __future__ import annotations

SEED = """
import json
import django; django.setup()
from leesbouw.collection.actions import CopyRow, save_copies
from leesbouw.collection.models import Copy, Title
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.lending.actions import CardRow, add_volunteer, make_cards, make_desk
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.enums import BorrowerKind
from leesbouw.organisations.actions import record_agreement
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.models import Enrolment, Pupil
from tests.factories.cast import make_cast
cast, year = make_cast(), SchoolYear.running()
record_agreement(library=cast.library_a, location=cast.a1, version="4.0", signed_on=year.starts_on,
    starts_on=year.starts_on, signer_name="M. Kaya", signer_function="directeur", by=SYSTEM)
group = ClassGroup.objects.create(location=cast.a1, year=year, name="5a", year_groups=[5])
names = ("Noor", "Sem", "Yusuf", "Fenna", "Ilse", "Bram", "Lina", "Daan", "Aya", "Tijn", "Roos", "Omar", "Mila", "Jip",
    "Saar", "Kees", "Wies", "Teun", "Zoë", "Ravi", "Nina", "Stijn", "Evi", "Gijs", "Loes")
pupils = [Pupil.objects.create(location=cast.a1, first_name=name, last_name=f"{chr(65 + n)}boom", key=str(n),
    joined_on=year.starts_on) for n, name in enumerate(names)]
for one in pupils:
    Enrolment.objects.create(pupil=one, group=group, year_group=5, starts_on=year.starts_on)
titles = [Title.objects.create(library_id=cast.library_a.pk, title=f"Beer {n} op reis", authors=["A. Schrijver"])
    for n in range(60)]
copies = save_copies([CopyRow(title_id=one.pk, barcode=f"3{n:011}", location_id=cast.a1.pk) for n, one in
    enumerate(titles)], library_id=cast.library_a.pk, by=SYSTEM)
cards = make_cards([CardRow(Borrower(BorrowerKind.PUPIL, one.pk)) for one in pupils], location=cast.a1, by=SYSTEM)
for place in (cast.a1, cast.a2):
    add_volunteer(location=place, name="Wil", pin="4711", by=SYSTEM)
from leesbouw.pupils.actions import print_cards
from leesbouw.pupils.queries.classes import pictures_of, tiles_of
print_cards(group_id=group.pk, by=cast.teacher)
bare = ClassGroup.objects.create(location=cast.a1, year=year, name="6b", year_groups=[6])
for name in ("Abel", "Britt", "Cas"):
    one = Pupil.objects.create(location=cast.a1, first_name=name, last_name="Boom", key=name, joined_on=year.starts_on)
    Enrolment.objects.create(pupil=one, group=bare, year_group=6, starts_on=year.starts_on)
from leesbouw.collection.actions import fill_set, save_set
box = save_set(library_id=cast.library_a.pk, name="Berenkist", kind="theme", theme="beren", by=SYSTEM)
fill_set(book_set=box, barcodes=[f"3{n:011}" for n in range(57, 60)], by=SYSTEM)
tablets = [make_desk(location=cast.a1, name=f"Tablet {n}", is_self=True, by=SYSTEM).code for n in range(6)]
pictures = {tile.pupil.pk: [one.value for one in pictures_of(tile)] for tile in tiles_of(group)}
codes = [make_desk(location=cast.a1, name=f"Balie {n}", by=SYSTEM).code for n in range(14)]
elsewhere = make_desk(location=cast.a2, name="Balie elders", by=SYSTEM).code
by_pupil = {card.pupil_id: card.barcode for card in cards}
print(json.dumps({"cards": [by_pupil[one.pk] for one in pupils], "books": [f"3{n:011}" for n in range(60)],
    "box": box.barcode, "codes": codes, "tablets": tablets, "elsewhere": elsewhere, "pictures": [pictures[one.pk] for one in pupils],
    "pupils": [one.pk for one in pupils]}))
"""
