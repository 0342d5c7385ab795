"""The demo's pupils: at schools with an agreement only, in every state that a page can show."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import cache

from django.conf import settings

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.erasures import Erasure
from leesbouw.core.registry import holders
from leesbouw.core.story import YEARS, Story
from leesbouw.core.time import SchoolYear, today
from leesbouw.exchange.actions import preview_run
from leesbouw.exchange.enums import RowKind, RunState
from leesbouw.exchange.models import ImportRow, ImportRun
from leesbouw.organisations.demo.places import groups_in, year_groups
from leesbouw.organisations.models import Location, LocationYear
from leesbouw.organisations.queries import has_agreement
from leesbouw.people.models import GroupTeacher
from leesbouw.pupils.demo.cohorts import Made, children_of
from leesbouw.pupils.demo.names import parted
from leesbouw.pupils.enums import ConsentState
from leesbouw.pupils.models import Enrolment, MembershipConsent, Pupil, PupilSettings, RefusedKey
from leesbouw.pupils.queries import consent_states, requests_at

RUNNING = SchoolYear.running()


def present(code: str) -> list[Pupil]:
    return list(Pupil.objects.visible_to(SYSTEM).filter(location__code=code, left_on=None))


class TestPupilsOfTheSmallDemo:
    def test_only_schools_with_an_agreement_have_pupils(self, small: dict[str, int]) -> None:
        rows = Pupil.objects.visible_to(SYSTEM).values_list("location", flat=True)
        with_pupils = Location.objects.filter(pk__in=rows)

        assert {place.code for place in with_pupils} == {"99AA00", "99AB00", "99AC00", "99BA00", "99DA00"}
        assert all(has_agreement(place, today()) for place in with_pupils)

    def test_there_are_as_many_as_the_numbers_of_the_year_say(self, small: dict[str, int]) -> None:
        told = LocationYear.objects.get(location__code="99AB00", year=RUNNING)
        assert len(present("99AB00")) == told.pupils == 178

    def test_children_moved_up_each_year(self, small: dict[str, int]) -> None:
        oldest = Enrolment.objects.visible_to(SYSTEM).filter(
            ends_on=None, group__name="8", group__location__code="99AB00"
        )
        for row in oldest[:5]:
            mine = Enrolment.objects.visible_to(SYSTEM).filter(pupil=row.pupil_id).order_by("starts_on")
            assert [one.year_group for one in mine] == list(range(8 - len(mine) + 1, 9))
            assert [one.starts_on.month for one in mine] == [8] * len(mine)
        assert Enrolment.objects.visible_to(SYSTEM).filter(group__year=RUNNING.previous.previous).exists()

    def test_combination_groups_and_duo_teachers_are_there(self, small: dict[str, int]) -> None:
        mixed = Enrolment.objects.visible_to(SYSTEM).filter(ends_on=None, group__name="1/2a")
        duo = Counter(
            GroupTeacher.objects.trusted("demo test").filter(ends_on=None).values_list("group", flat=True)
        )
        in_groups = set(
            Enrolment.objects.visible_to(SYSTEM).filter(ends_on=None).values_list("group", flat=True)
        )

        assert set(mixed.values_list("year_group", flat=True)) == {1, 2}
        assert any(teachers == 2 and group in in_groups for group, teachers in duo.items())

    def test_numbers_with_zeros_in_front_and_eck_ids_are_there(self, small: dict[str, int]) -> None:
        assert all(len(one.key) == 6 and one.key.startswith("00") for one in present("99AA00"))
        assert not any(one.key.startswith("0") for one in present("99AB00"))
        assert len([one for one in present("99AA00") if one.eck_id]) == 213  # two newcomers have none yet
        assert not any(one.eck_id for one in present("99AB00"))

    def test_one_school_keeps_years_of_birth(self, small: dict[str, int]) -> None:
        assert PupilSettings.objects.get(birth_years=True).location.code == "99AC00"
        assert all(one.birth_year for one in present("99AC00"))
        assert not any(one.birth_year for one in present("99AB00"))

    def test_answers_of_parents_stand_in_every_state(self, small: dict[str, int]) -> None:
        states = consent_states(SYSTEM, [one.pk for one in present("99AA00")])
        registered = MembershipConsent.objects.visible_to(SYSTEM).exclude(registered_on=None)

        assert set(states.values()) == set(ConsentState)
        assert registered.exists()

    def test_requests_stand_at_every_point_of_their_clock(self, small: dict[str, int]) -> None:
        rows = list(requests_at(SYSTEM, Location.objects.get(code="99AA00")))
        waiting = [row.due_on - today() for row in rows if not row.outcome]

        assert any(left < timedelta(0) for left in waiting)
        assert any(timedelta(0) <= left <= timedelta(7) for left in waiting)
        assert any(left > timedelta(7) for left in waiting)
        assert {row.outcome for row in rows} == {"", "done", "refused"}

    def test_one_child_was_erased_on_request_and_stays_away(self, small: dict[str, int]) -> None:
        event = AuditEvent.objects.get(verb="pupils.erase_pupils")

        assert event.data == {"reason": "request", "kept_away": True}
        assert Erasure.objects.filter(kind="pupil").count() == 1
        assert RefusedKey.objects.exists()

    def test_some_left_and_some_of_them_are_due_to_go(self, small: dict[str, int]) -> None:
        gone = Pupil.objects.visible_to(SYSTEM).exclude(left_on=None)
        limit = today() - timedelta(days=60)

        assert gone.filter(left_on__lt=limit).exists()
        assert gone.filter(left_on__gte=limit).exists()
        over = gone.filter(left_on__lt=limit).count()
        assert holders["pupil"].due(limit) == over - 1  # of one of them something is asked

    def test_a_list_waits_with_rows_that_somebody_must_judge(self, small: dict[str, int]) -> None:
        run = ImportRun.objects.get(importer="pupils", state=RunState.PREVIEWED)
        kinds = Counter(ImportRow.objects.filter(run=run).values_list("kind", flat=True))
        doubts = ImportRow.objects.filter(run=run, kind=RowKind.DOUBTFUL).values_list("errors", flat=True)

        assert {kind: kinds[kind] for kind in ("new", "gone", "doubtful", "faulty")} == {
            "new": 2,
            "gone": 2,
            "doubtful": 3,
            "faulty": 3,
        }
        assert {errors[0][1] for errors in doubts} == {"zeros", "other_child", "same_name"}
        assert preview_run(run=run, by=SYSTEM).counts["gone"] == 2

    def test_a_list_that_is_in_can_be_undone(self, small: dict[str, int]) -> None:
        run = ImportRun.objects.get(importer="pupils", state=RunState.FINISHED)

        assert run.can_be_undone
        assert (run.counts["new"], run.counts["changed"], run.counts["moved"]) == (2, 2, 1)


@cache
def full() -> dict[str, list[Made]]:
    return made("full")


def made(size: str) -> dict[str, list[Made]]:
    story = Story.read(settings.DEMO_FOLDER, size=size, today=today())
    return {
        row["code"]: children_of(
            row,
            number,
            story.lists["pupil_names"],
            lambda year, row=row: groups_in(row, year),  # type: ignore[misc]
            year_groups,
        )
        for number, row in enumerate((row for row in story.rows("locations") if "pupils" in row), 1)
    }


def test_every_school_has_its_own_children_and_no_name_twice() -> None:
    schools = full()
    for code, children in schools.items():
        assert len({child.key for child in children}) == len(children), code
        names = {(child.first_name, child.infix, child.last_name) for child in children}
        assert len(names) == len(children), code
        assert all(child.places for child in children), code
    assert sum(not child.days_gone for children in schools.values() for child in children) == 15_046


def test_the_same_children_come_every_time() -> None:
    assert made("small") == made("small")


def test_groups_are_of_a_size_that_a_class_has() -> None:
    for code, children in full().items():
        sizes = Counter(child.places[YEARS[-1]].group for child in children if not child.days_gone)
        assert max(sizes.values()) <= 38, (code, sizes)


def test_an_infix_is_told_apart_from_the_name() -> None:
    assert parted("van der Laan") == ("van der", "Laan")
    assert parted("'t Hart") == ("'t", "Hart")
    assert parted("Smit") == ("", "Smit")
