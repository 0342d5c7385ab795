"""Activities of a year plan for certain classes: chosen, renamed, carried on into a new year."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup
from leesbouw.plans.actions import ActivityRow, add_activity, change_activity, copy_activities
from leesbouw.plans.enums import Side
from leesbouw.plans.models import PlannedActivity
from leesbouw.plans.queries import activities_of
from leesbouw.plans.templatetags.goals import groups_told

YEAR = SchoolYear.running()
SCHOOL = "/school/99AA00/"


@pytest.fixture
def groups(cast) -> dict[str, ClassGroup]:  # type: ignore[no-untyped-def]
    """Two classes of this year at A1; of next year 6a, which follows 5a, and the new 5a; one of another school."""
    this = {
        name: ClassGroup.objects.create(location=cast.a1, year=YEAR, name=name, year_groups=years)
        for name, years in (("5a", [5]), ("5/6", [5, 6]))
    }
    after = {"location": cast.a1, "year": YEAR.next, "follows": this["5a"]}
    this["6a"] = ClassGroup.objects.create(name="6a", year_groups=[6], **after)
    this["new"] = ClassGroup.objects.create(location=cast.a1, year=YEAR.next, name="5a", year_groups=[5])
    this["far"] = ClassGroup.objects.create(location=cast.a2, year=YEAR, name="5", year_groups=[5])
    return this


def planned(cast, *classes: ClassGroup, **more: object) -> PlannedActivity:  # type: ignore[no-untyped-def]
    ids = [one.pk for one in classes]
    row = ActivityRow("Kring", Side.PARTNER, class_ids=ids, **more)  # type: ignore[arg-type]
    return add_activity(unit=cast.a1, year=YEAR, row=row, by=cast.manager)


def test_classes_decide_the_year_groups(cast, groups) -> None:
    made = planned(cast, groups["5/6"], groups["5a"], groups=(8,))
    assert (made.groups, groups_told(made)) == ([5, 6], "groep 5/6, 5a")
    change_activity(activity=made, change=ActivityRow("Kring", Side.PARTNER, groups=(8,)), by=cast.manager)
    made = activities_of(cast.manager, cast.a1, YEAR).get()
    assert (made.groups, groups_told(made)) == ([8], "groep 8")


@pytest.mark.parametrize("name", ["6a", "far"])
def test_a_class_of_another_year_or_school_is_refused(cast, groups, name: str) -> None:
    with pytest.raises(Sentence):
        planned(cast, groups[name])
    assert not PlannedActivity.objects.visible_to(cast.manager).exists()


def test_a_class_that_is_renamed_is_called_so_this_year_and_last_year_stays(cast, groups) -> None:
    last = ClassGroup.objects.create(location=cast.a1, year=YEAR.previous, name="4a", year_groups=[4])
    old = PlannedActivity(unit_id=cast.a1.pk, year=YEAR.previous, what="Toen", side=Side.PARTNER, groups=[4])
    old.save()
    old.classes.add(last)
    made = planned(cast, groups["5a"])
    ClassGroup.objects.filter(pk=groups["5a"].pk).update(name="De Zebra’s", follows=last)
    told = [groups_told(activities_of(cast.manager, cast.a1, year).get()) for year in (YEAR.previous, YEAR)]
    assert told == ["groep 4a", "De Zebra’s"]
    ClassGroup.objects.filter(pk=groups["5a"].pk).delete()
    assert groups_told(PlannedActivity.objects.visible_to(cast.manager).get(pk=made.pk)) == "groep 5"


def test_next_year_it_is_for_the_class_of_that_name_with_other_children(cast, groups) -> None:
    planned(cast, groups["5a"], from_on=YEAR.starts_on + timedelta(days=60))
    planned(cast, groups["5a"], groups["5/6"])
    copies = copy_activities(unit=cast.a1, year=YEAR.next, by=cast.manager)
    told = [(list(one.classes.all()), one.groups) for one in sorted(copies, key=lambda one: one.groups)]
    assert told == [([groups["new"]], [5]), ([], [5, 6])]


def test_classes_are_chosen_on_the_page(cast, client_for, groups) -> None:
    client = client_for(cast.head)
    choices = client.get(f"{SCHOOL}jaarplan/nieuw/").context["form"].fields["classes"].choices
    assert [name for _pk, name in choices] == ["5/6", "5a"]
    values = {"what": "Kring", "side": "partner", "audience": "children", "classes": [groups["5a"].pk]}
    client.post(f"{SCHOOL}jaarplan/nieuw/", values | {"request_id": "een"})
    assert groups_told(activities_of(cast.manager, cast.a1, YEAR).get()) == "groep 5a"
