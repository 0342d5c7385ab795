"""A small file of the child-care register, really brought in, so that it can be undone as well."""

from __future__ import annotations

import csv
import io

from leesbouw.accounts.demo import actor_of
from leesbouw.core.story import Story
from leesbouw.organisations.models import Location

from ..actions import begin_run, preview_run
from .storing import store

BY = "kevin.lim@voorbeeld.example"
HEADERS = (
    "lrk_id",
    "type_oko",
    "actuele_naam_oko",
    "aantal_kindplaatsen",
    "opvanglocatie_woonplaats",
    "cbs_code",
    "verantwoordelijke_gemeente",
    "status",
)


def bring_register(story: Story) -> None:
    """Checks and stores the file as the administrator would."""
    by = actor_of(story, BY, "administrator")
    run = begin_run(
        content=register_file(story), file_name="export_opendata_lrk.csv", importer_code="childcare", by=by
    )
    store(preview_run(run=run, by=by), by)


def register_file(story: Story) -> bytes:
    """The file as the register would give it: in its open layout, with what the story says is new."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for row in story.rows("register"):
        location: Location = story.made["units"][row["code"]]
        municipality = location.municipality
        writer.writerow(
            [
                location.code,
                "KDV",
                location.name,
                row["places"],
                location.town,
                municipality.code,
                municipality.name,
                "Ingeschreven",
            ]
        )
    return text.getvalue().encode("utf-8")
