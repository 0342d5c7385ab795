"""The reading environment: the checklist of a year, and photos without what a camera hides."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from leesbouw.collection.actions import add_photo, drop_photo, set_environment
from leesbouw.collection.models import EnvironmentPhoto
from leesbouw.collection.queries import environment_of, photos_of
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.files import StoredFile
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import facts
from tests.factories.cast import add_person

YEAR = SchoolYear.running()


def picture() -> bytes:
    """A JPG that says where and with what it was taken."""
    hidden = Image.Exif()
    hidden[0x010F] = "Geheime camera"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=hidden)
    return out.getvalue()


def test_the_list_of_a_year_is_one_and_becomes_a_fact(cast) -> None:
    first = set_environment(
        location=cast.a1, year=YEAR, answers={"place": "yes", "front": "no", "weg": "yes"}, by=cast.consultant
    )
    found = environment_of(cast.head, cast.a1, YEAR)
    assert (found.met, len(found.points)) == (1, 10)
    assert facts(cast.head, cast.a1, YEAR)["reading-environment"].value == 0.5
    set_environment(location=cast.a1, year=YEAR, answers={"place": "no"}, by=cast.consultant, version=1)
    with pytest.raises(Stale):
        set_environment(
            location=cast.a1, year=YEAR, answers={"place": "yes"}, by=cast.consultant, version=first.version
        )
    assert environment_of(cast.head, cast.a1, YEAR.previous).row is None
    assert len(environment_of(cast.consultant, cast.k1, YEAR).points) == 7


def test_a_photo_brings_nothing_hidden(cast) -> None:
    assert b"Geheime camera" in picture()
    row = add_photo(location=cast.a1, year=YEAR, content=picture(), says="De leeshoek", by=cast.consultant)
    kept = row.file.read()
    assert b"Geheime camera" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    with pytest.raises(Sentence):
        add_photo(location=cast.a1, year=YEAR, content=b"%PDF-1.7 iets", says="x", by=cast.consultant)
    drop_photo(photo=row, by=cast.consultant)
    assert not StoredFile.objects.filter(pk=row.file_id).exists()


def test_there_are_twelve_photos_at_most(cast) -> None:
    for number in range(12):
        add_photo(location=cast.a1, year=YEAR, content=picture(), says=str(number), by=SYSTEM)
    with pytest.raises(Sentence):
        add_photo(location=cast.a1, year=YEAR, content=picture(), says="13", by=SYSTEM)
    assert photos_of(cast.head, cast.a1, YEAR).count() == 12
    assert not photos_of(cast.outsider, cast.a1, YEAR)


def test_the_environment_on_the_page(cast, client_for, queries_of) -> None:
    joke = add_person("Joke", "reading-coordinator", cast.a1)
    client, url = client_for(joke), f"{cast.a1.get_absolute_url()}collectie/leesomgeving/"
    client.post(f"{url}invullen/", {"request_id": "een", "place": "yes", "front": "partly"})
    assert "1 van 10 punten zijn er" in client.get(url).content.decode()
    sent = {"request_id": "twee", "says": "De leeshoek", "file": SimpleUploadedFile("IMG_1.jpg", picture())}
    refused = client.post(f"{url}foto/", sent)
    assert "Kies een foto zonder kinderen" in refused.content.decode()
    sent["file"] = SimpleUploadedFile("IMG_1.jpg", picture())
    client.post(f"{url}foto/", sent | {"nobody": "on"})
    row = EnvironmentPhoto.objects.get()
    assert "IMG_1" not in row.file.name
    client.get(url)  # tells once what was just done
    before = queries_of(client, url)
    add_photo(location=cast.a1, year=YEAR, content=picture(), says="De kast", by=SYSTEM)
    assert queries_of(client, url) == before
    shown = b"".join(client.get(f"{url}foto/{row.pk}/").streaming_content)  # type: ignore[attr-defined]
    assert shown == row.file.read()
    assert client_for(cast.outsider).get(f"{url}foto/{row.pk}/").status_code == 404
    client.post(f"{url}foto/{row.pk}/weg/", {"request_id": "drie"})
    assert EnvironmentPhoto.objects.count() == 1
    with pytest.raises(NotAllowed):
        set_environment(location=cast.a1, year=YEAR, answers={}, by=cast.teacher)
