"""Many rows at once: what the database holds afterwards is what Django itself would have written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.audit import AuditEvent
from leesbouw.core.db import _Values, create_rows, hold_row, insert_rows, update_rows, write_transaction
from leesbouw.core.search import Document
from leesbouw.core.time import AMSTERDAM, SchoolYear, SchoolYearField
from leesbouw.organisations.models import Location

FIELDS = [
    field
    for model in apps.get_models()
    if model.__module__.startswith("leesbouw.")
    for field in model._meta.local_concrete_fields
    if not isinstance(field, models.FileField)
]
DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(AMSTERDAM))


def _some(field: Any) -> st.SearchStrategy[Any]:
    """Values that the product puts in such a field."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, SchoolYearField):
        return st.integers(2000, 2100).map(SchoolYear)
    choices = [one for one, _name in target.choices or []]
    if choices:
        return st.sampled_from(choices)
    for kind, values in (
        (models.CharField, st.text(max_size=20)),
        (models.TextField, st.text(max_size=20)),
        (models.IntegerField, st.integers(0, 32_000)),
        (models.BooleanField, st.booleans()),
        (models.FloatField, st.floats(-1e6, 1e6) | st.integers(0, 9)),
        (models.DecimalField, st.integers(0, 99).map(Decimal)),
        (models.DateTimeField, MOMENTS),
        (models.DateField, DAYS),
        (models.JSONField, st.lists(st.integers(0, 9)) | st.text(max_size=5)),
    ):
        if isinstance(target, kind):
            return values
    return st.none()


@given(st.data())
def test_what_goes_to_the_database_is_what_the_field_makes_of_it(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(FIELDS))
    value = data.draw(_some(field) | st.none())
    (taken,) = _Values([field], connection.vendor).of([value])
    assert str(taken) == str(field.get_db_prep_save(value, connection))


def _document(number: int) -> Document:
    return Document(kind="test", object_id=number, title=f"title {number}", url="/")


@pytest.mark.django_db
def test_each_new_row_has_the_number_it_got() -> None:
    gone = Document.objects.create(kind="test", object_id=99, title="gone", url="/").pk
    Document.objects.all().delete()
    rows = [_document(number) for number in range(7)]
    with write_transaction():
        create_rows(rows)
        create_rows(more := [_document(8)])
    for row in (*rows, *more):
        assert Document.objects.get(pk=row.pk).title == row.title
        assert row.pk > gone
    assert len({row.pk for row in (*rows, *more)}) == 8
    rows[0].title = "another"
    rows[0].save()
    assert Document.objects.count() == 8


@pytest.mark.django_db
def test_a_row_is_written_over_the_one_with_the_same_key() -> None:
    names = ("kind", "object_id", "title", "url", "subtitle", "permission")
    insert_rows(Document, names, [("test", 1, "old", "/", "", ""), ("test", 2, "two", "/", "", "")])
    kept = Document.objects.get(object_id=1).pk
    insert_rows(Document, names, [("test", 1, "new", "/new", "", "")], over=("kind", "object_id"))
    assert Document.objects.get(object_id=1).pk == kept
    assert dict(Document.objects.values_list("object_id", "title")) == {1: "new", 2: "two"}


@pytest.mark.django_db
def test_a_moment_that_is_written_is_the_moment_that_is_read() -> None:
    event = AuditEvent.objects.create(verb="test.one", by_kind="system")
    event.at = datetime(2026, 7, 1, 12, 30, 15, 1234, tzinfo=AMSTERDAM)
    event.data = {"name": None}
    update_rows([event], ("at", "data"))
    read = AuditEvent.objects.get(pk=event.pk)
    assert (read.at, read.data) == (event.at, {"name": None})
    assert read.at.astimezone(UTC).hour == 10


@pytest.mark.django_db
def test_only_a_row_that_is_there_can_be_held() -> None:
    with pytest.raises(Location.DoesNotExist), write_transaction():
        hold_row(Location, 0)
