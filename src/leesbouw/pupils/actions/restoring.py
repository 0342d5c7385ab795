"""Taking back what a file did: pupils as they were, and away who only just came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.organisations.models import ClassGroup

from ..holders import used
from ..models import Enrolment, MembershipConsent, Pupil, RightsRequest
from .storing import FIELDS, drop_birth_years, let_go_of_numbers, require_write

Image = dict[str, Any]


def images_of(ids: Iterable[int], *, by: Actor) -> dict[int, Image]:
    """All that an import may change of these pupils, as JSON can hold it; for undo and for "changed since"."""
    ids = list(ids)
    enrolments: dict[int, list[list[Any]]] = defaultdict(list)
    rows = Enrolment.objects.visible_to(by).filter(pupil__in=ids).order_by("starts_on", "id")
    told = ("pupil_id", "group_id", "year_group", "starts_on", "ends_on")
    for pupil_id, group_id, year_group, starts_on, ends_on in rows.values_list(*told):
        enrolments[pupil_id].append([group_id, year_group, starts_on.isoformat(), _day(ends_on)])
    pupils = Pupil.objects.visible_to(by).filter(pk__in=ids)
    return {
        pupil["id"]: {
            **{name: pupil[name] for name in (*FIELDS, "location_id")},
            "left_on": _day(pupil["left_on"]),
            "enrolments": enrolments[pupil["id"]],
        }
        for pupil in pupils.values("id", *FIELDS, "location_id", "left_on")
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def restore_pupils(images: Mapping[int, Image], *, by: Actor, run: str = "") -> None:
    """Makes pupils what they were. Who was erased since does not come back: only rows that are there change."""
    require_write(by)
    with write_transaction():
        pupils = list(Pupil.objects.visible_to(by).filter(pk__in=list(images)))
        for pupil in pupils:
            image = images[pupil.pk]
            for name in (*FIELDS, "location_id"):
                setattr(pupil, name, image[name])
            pupil.left_on = date.fromisoformat(image["left_on"]) if image["left_on"] else None
            pupil.version += 1
        drop_birth_years(pupils)
        let_go_of_numbers(images)
        names = [*FIELDS, "location", "left_on", "version"]
        Pupil.objects.trusted("rows that were opened before").bulk_update(pupils, names)
        Enrolment.objects.visible_to(by).filter(pupil__in=[pupil.pk for pupil in pupils]).delete()
        wanted = [(pupil.pk, values) for pupil in pupils for values in images[pupil.pk]["enrolments"]]
        groups = set(
            ClassGroup.objects.filter(pk__in={values[0] for _, values in wanted}).values_list("pk", flat=True)
        )
        Enrolment.objects.bulk_create(
            Enrolment(
                pupil_id=pk,
                group_id=group,
                year_group=year_group,
                starts_on=date.fromisoformat(starts_on),
                ends_on=date.fromisoformat(ends_on) if ends_on else None,
            )
            for pk, (group, year_group, starts_on, ends_on) in wanted
            if group in groups
        )
        record(by=by, verb="pupils.restore_pupils", count=len(pupils), run=run)


def take_back_pupils(ids: Sequence[int], *, by: Actor, run: str = "") -> None:
    """Removes pupils that an import made a moment ago and that nobody works with yet (see pupils_in_use)."""
    require_write(by)
    with write_transaction():
        gone = Pupil.objects.visible_to(by).filter(pk__in=list(ids))
        count = gone.count()
        gone.delete()
        record(by=by, verb="pupils.take_back_pupils", count=count, run=run)


def pupils_in_use(ids: Sequence[int], *, by: Actor) -> set[int]:
    """Which of these pupils somebody already works with: an answer, a request, or something of another room."""
    ids = list(ids)
    found = set(
        MembershipConsent.objects.visible_to(by).filter(pupil__in=ids).values_list("pupil_id", flat=True)
    )
    found |= set(
        RightsRequest.objects.visible_to(by).filter(pupil__in=ids).values_list("pupil_id", flat=True)
    )
    return found | used(ids)
