"""The answers of a year as a file for research, made by the worker."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.time import SchoolYear
from leesbouw.rendering.sav import Measure, Variable, to_sav
from leesbouw.rendering.sheets import Column, Kind, Sheet, to_csv

from ..domain.codebook import columns_that_leave
from ..domain.datasets import BEFORE, in_words, label_of, records, spss_syntax, values_of
from ..permissions import RESEARCH
from ..queries import Questionnaire, columns_before, in_words_of, questionnaire
from .exporting import answers_csv, export_answers

DATASET_JOB = "monitor.make_dataset"
FORMATS = {
    "csv": _("Numbers (CSV)"),
    "words": _("Words (CSV)"),
    "sav": _("SPSS (.sav)"),
    "spss": _("SPSS (CSV with syntax)"),
    "json": _("Numbers (JSON)"),
    "parquet": _("Numbers (Parquet)"),
}
TEXTS = {"year", "mode"}  # columns that are no number
SPSS_FILE = "antwoorden.csv"
MEASURES: dict[str, Measure] = {
    "school": "nominal",
    "year": "nominal",
    "year_group": "ordinal",
    "mode": "nominal",
    "weight": "scale",
}


def order_dataset(*, code: str, year: SchoolYear, format: str, by: Actor) -> Job:
    """Has the file of a list ("po-pupil@1") and a year made; it waits under the tasks of who asked.

    Raises NotAllowed, LookupError for an unknown list and Sentence for another format.
    """
    require(by, RESEARCH)
    if format not in FORMATS:
        raise Sentence(_("A dataset does not come in this format."))
    key = questionnaire(code).key
    return enqueue(DATASET_JOB, by=by, args={"code": key, "year": year.first, "format": format})


def dataset(*, code: str, year: SchoolYear, format: str, by: Actor) -> tuple[bytes, str]:
    """The bytes and the name of a file; that the answers were taken along is in the audit trail. Raises NotAllowed."""
    found = questionnaire(code)
    makers: dict[str, tuple[Callable[[Questionnaire, SchoolYear, Actor], bytes], str]] = {
        "csv": (_numbers, "csv"),
        "words": (_words, "csv"),
        "sav": (_sav, "sav"),
        "spss": (_spss, "zip"),
        "json": (_json, "json"),
        "parquet": (_parquet, "parquet"),
    }
    make, extension = makers[format]
    what = "" if format == extension else f" {format}"
    with in_words_of(found.body.sector):
        return make(found, year, by), f"{found.code}-{found.version} {year}{what}.{extension}"


def _numbers(found: Questionnaire, year: SchoolYear, by: Actor, decimal: str = ",") -> bytes:
    return b"".join(answers_csv(questionnaire=found, year=year, by=by, decimal=decimal))


def _words(found: Questionnaire, year: SchoolYear, by: Actor) -> bytes:
    heads, rows = export_answers(questionnaire=found, year=year, by=by)
    told = in_words(columns_before(found), columns_that_leave(found.body), _chosen())
    kinds = [
        Kind.TEXT if head in TEXTS or at >= len(BEFORE) else Kind.NUMBER for at, head in enumerate(heads)
    ]
    columns = [Column(head, kind) for head, kind in zip(heads, kinds, strict=True)]
    return b"".join(to_csv(Sheet("answers", columns, (told(row) for row in rows))))


def answers_sav(*, questionnaire: Questionnaire, by: Actor, year: SchoolYear | None = None) -> bytes:
    """The same rows and columns as `answers_csv`, as a file of SPSS with labels and missing values. Raises NotAllowed."""
    _heads, rows = export_answers(questionnaire=questionnaire, year=year, by=by)
    return to_sav(variables_of(questionnaire), rows, label=f"{questionnaire.title} ({questionnaire.key})")


def _sav(found: Questionnaire, year: SchoolYear, by: Actor) -> bytes:
    return answers_sav(questionnaire=found, year=year, by=by)


def variables_of(found: Questionnaire) -> list[Variable]:
    """The columns of a dataset as SPSS knows them; an answer that never counts is missing."""
    before = [
        Variable(one.name, one.text, BEFORE[one.name], dict(one.values), measure=MEASURES[one.name])
        for one in columns_before(found)
    ]
    chosen = _chosen()
    return before + [
        Variable(
            column.name,
            label_of(column),
            values=values_of(column, chosen),
            missing=[option.value for option in column.uncounted],
            measure="scale"
            if not (column.values or column.option)
            else "ordinal"
            if column.item.scale
            else "nominal",
        )
        for column in columns_that_leave(found.body)
    ]


def _spss(found: Questionnaire, year: SchoolYear, by: Actor) -> bytes:
    syntax = spss_syntax(SPSS_FILE, columns_before(found), columns_that_leave(found.body), _chosen())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SPSS_FILE, _numbers(found, year, by, decimal="."))
        archive.writestr("lees.sps", syntax.encode("utf-8-sig"))
    return file.getvalue()


def _json(found: Questionnaire, year: SchoolYear, by: Actor) -> bytes:
    heads, rows = export_answers(questionnaire=found, year=year, by=by)
    lines = (json.dumps(one, ensure_ascii=False) for one in records(heads, rows))
    return ("[" + ",\n".join(lines) + "]\n").encode()


def _parquet(found: Questionnaire, year: SchoolYear, by: Actor) -> bytes:
    """By way of a private folder that goes at once."""
    import duckdb  # late: slow import, and it starts a thread, which a process that copies itself must not have

    with tempfile.TemporaryDirectory() as folder:
        table, file = Path(folder) / "answers.csv", Path(folder) / "answers.parquet"
        table.write_bytes(_numbers(found, year, by, decimal="."))
        with duckdb.connect() as connection:
            source = connection.read_csv(
                str(table), delimiter=";", dtype={"year": "VARCHAR", "mode": "VARCHAR"}
            )
            source.write_parquet(str(file))
        return file.read_bytes()


def _chosen() -> dict[int, str]:
    return {0: _now("not chosen"), 1: _now("chosen")}
