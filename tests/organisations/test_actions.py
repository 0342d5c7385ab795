"""What is written about organisations: whole, once, with an event, and history stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from leesbouw.core import search
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, State, work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations import actions
from leesbouw.organisations.actions import GroupRow, LocationRow, YearRow
from leesbouw.organisations.models import (
    ClassGroup,
    GateDecision,
    LibraryArea,
    Location,
    LocationYear,
    Municipality,
    Partnership,
    Unit,
)
from leesbouw.people.models import Contact


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


class TestRegister:
    ROW = LocationRow(
        code="99ZZ00", sector="po", name="De Nieuwe", municipality="9901", board="99001", town="Elzen"
    )

    def test_new_then_the_same_then_changed(self, cast):
        first = actions.put_locations([self.ROW], by=SYSTEM)
        assert list(first.created) == ["99ZZ00"]
        again = actions.put_locations([self.ROW], by=SYSTEM)
        assert again.ids == []
        changed = actions.put_locations(
            [LocationRow(code="99ZZ00", sector="po", name="De Nieuwere", municipality="9901")], by=SYSTEM
        )
        assert list(changed.changed) == ["99ZZ00"]
        location = Location.objects.get(code="99ZZ00")
        assert (location.name, location.town, location.board.code, location.version) == (
            "De Nieuwere",
            "Elzen",
            "99001",
            2,
        )

    def test_one_event_for_many(self, cast):
        before = len(verbs())
        rows = [
            LocationRow(code=f"98AA{n:02d}", sector="po", name=f"School {n}", municipality="9901")
            for n in range(20)
        ]
        actions.put_locations(rows, by=SYSTEM, run="r1")
        assert verbs()[before:] == ["organisations.put_locations"]
        event = AuditEvent.objects.latest("pk")
        assert (event.count, event.run) == (20, "r1")

    def test_few_queries_whatever_the_number(self, cast, django_assert_max_num_queries):
        rows = [
            LocationRow(
                code=f"98A{chr(65 + n // 100)}{n % 100:02d}", sector="po", name=f"S {n}", municipality="9901"
            )
            for n in range(300)
        ]
        with django_assert_max_num_queries(45):
            actions.put_locations(rows, by=SYSTEM, index=False)

    def test_an_unknown_municipality_is_a_sentence_and_nothing_is_written(self, cast):
        rows = [self.ROW, LocationRow(code="99ZY00", sector="po", name="X", municipality="0000")]
        with pytest.raises(Sentence, match="0000"):
            actions.put_locations(rows, by=SYSTEM)
        assert not Location.objects.filter(code="99ZZ00").exists()

    def test_found_by_who_may_see_it(self, cast):
        actions.put_locations([self.ROW], by=SYSTEM)
        assert [hit.title for hit in search.find(cast.consultant, "nieuwe")] == ["De Nieuwe"]
        assert search.find(cast.outsider, "nieuwe") == []

    def test_taken_back_only_while_nobody_works_with_it(self, cast):
        made = actions.put_locations([self.ROW], by=SYSTEM)
        assert actions.remove_locations(made.ids, by=SYSTEM) == 1
        with pytest.raises(Sentence):
            actions.remove_locations([cast.a1.pk], by=SYSTEM)
        assert search.find(cast.consultant, "nieuwe") == []

    def test_taken_back_with_the_year_that_was_written_but_not_with_its_numbers(self, cast):
        made = actions.put_locations([self.ROW], by=SYSTEM)
        (location,) = made.ids
        actions.write_location_years([YearRow(location, pupils=80)], year=SchoolYear(2026), by=SYSTEM)
        with pytest.raises(Sentence):
            actions.remove_locations([location], by=SYSTEM)
        LocationYear.objects.filter(location=location).update(pupils=None)
        assert actions.remove_locations([location], by=SYSTEM) == 1
        assert not Unit.objects.filter(pk=location).exists()

    def test_never_taken_back_from_under_a_person(self, cast):
        made = actions.put_locations([self.ROW], by=SYSTEM)
        (location,) = made.ids
        Contact.objects.create(library=cast.library_a, unit_id=location, name="Anna", function="head")
        with pytest.raises(Sentence):
            actions.remove_locations([location], by=SYSTEM)
        assert Contact.objects.trusted("test").filter(unit_id=location).exists()


class TestArea:
    def test_a_municipality_passes_over_on_a_day_and_the_past_stays(self, cast):
        day = today() + timedelta(days=10)
        come, gone = actions.choose_area(
            library=cast.library_a, municipality_ids=[cast.elzen.pk, cast.berken.pk], starts_on=day, by=SYSTEM
        )
        assert (come, gone) == (1, 0)
        rows = LibraryArea.objects.filter(municipality=cast.berken).order_by("starts_on")
        assert [(row.library_id, row.ends_on) for row in rows] == [
            (cast.library_b.pk, day - timedelta(days=1)),
            (cast.library_a.pk, None),
        ]
        assert not Location.objects.visible_to(cast.consultant).filter(pk=cast.b1.pk).exists()

    def test_choosing_the_same_again_changes_nothing(self, cast):
        before = len(verbs())
        result = actions.choose_area(
            library=cast.library_a, municipality_ids=[cast.elzen.pk], starts_on=today(), by=SYSTEM
        )
        assert result == (0, 0)
        assert len(verbs()) == before

    def test_who_finds_its_schools_follows_by_a_job(self, cast):
        actions.choose_area(
            library=cast.library_a,
            municipality_ids=[cast.elzen.pk, cast.berken.pk],
            starts_on=today(),
            by=SYSTEM,
        )
        assert (
            Location.objects.visible_to(cast.consultant).filter(pk=cast.b1.pk).exists()
        )  # lists do not wait
        assert search.find(cast.consultant, cast.b1.name) == []
        job = Job.objects.get(kind="organisations.index_area")
        assert job.args == {"municipality_ids": [cast.berken.pk]}

        work_off()
        job.refresh_from_db()
        assert (job.state, job.done, job.total) == (
            State.DONE,
            job.result["locations"],
            job.result["locations"],
        )
        assert cast.b1.name in [hit.title for hit in search.find(cast.consultant, cast.b1.name)]

    def test_a_municipality_without_locations_needs_no_job(self, cast):
        town = Municipality.objects.create(code="9950", name="Linden", province=cast.elzen.province)
        actions.choose_area(
            library=cast.library_a, municipality_ids=[cast.elzen.pk, town.pk], starts_on=today(), by=SYSTEM
        )
        assert not Job.objects.exists()

    def test_what_passes_over_on_a_later_day_is_found_from_that_day(self, cast):
        day = today() + timedelta(days=10)
        actions.choose_area(
            library=cast.library_a, municipality_ids=[cast.elzen.pk, cast.berken.pk], starts_on=day, by=SYSTEM
        )
        work_off()
        assert search.find(cast.consultant, cast.b1.name) == []
        with time_machine.travel(day):
            assert actions.index_moved() == Location.objects.filter(municipality=cast.berken).count()
            assert cast.b1.name in [hit.title for hit in search.find(cast.consultant, cast.b1.name)]
        with time_machine.travel(day + timedelta(days=9)):
            assert actions.index_moved() == 0

    def test_a_consultant_does_not_choose(self, cast):
        with pytest.raises(NotAllowed):
            actions.choose_area(
                library=cast.library_a, municipality_ids=[], starts_on=today(), by=cast.consultant
            )


class TestYears:
    def test_who_it_belonged_to_stays_after_a_move(self, cast):
        last = SchoolYear.running().previous
        actions.write_location_years([YearRow(cast.a1.pk, pupils=210)], year=last, by=SYSTEM)
        actions.change_location(location=cast.a1, by=SYSTEM, board_id=cast.board_y.pk)
        actions.write_location_years([YearRow(cast.a1.pk, pupils=212)], year=last, by=SYSTEM)
        row = LocationYear.objects.get(location=cast.a1, year=last)
        assert (row.board_id, row.pupils) == (cast.board_x.pk, 212)

    def test_a_year_that_has_not_begun_follows_the_board_of_now(self, cast):
        running, coming = SchoolYear.running(), SchoolYear.running().next
        actions.write_location_years([YearRow(cast.a1.pk)], year=coming, by=SYSTEM)
        actions.change_location(location=cast.a1, by=SYSTEM, board_id=cast.board_y.pk)
        boards = dict(LocationYear.objects.filter(location=cast.a1).values_list("year", "board"))
        assert (boards[running], boards[coming]) == (cast.board_x.pk, cast.board_y.pk)

    def test_a_closed_year_is_frozen(self, cast):
        year = SchoolYear.running()
        known = LocationYear.objects.get(location=cast.a1, year=year).pupils
        LocationYear.objects.filter(location=cast.a1, year=year).update(closed_on=today())
        assert actions.write_location_years([YearRow(cast.a1.pk, pupils=1)], year=year, by=SYSTEM) == {}
        assert LocationYear.objects.get(location=cast.a1, year=year).pupils == known

    def test_what_is_empty_leaves_what_is_known(self, cast):
        year = SchoolYear.running()
        known = LocationYear.objects.get(location=cast.a1, year=year).pupils
        actions.write_location_years([YearRow(cast.a1.pk, by_year_group={"1": 20})], year=year, by=SYSTEM)
        row = LocationYear.objects.get(location=cast.a1, year=year)
        assert (row.pupils, row.pupils_by_year_group) == (known, {"1": 20})


class TestPartnership:
    def test_one_at_a_time(self, cast):
        with pytest.raises(Sentence):
            actions.start_partnership(library=cast.library_a, location=cast.a1, by=cast.manager)

    def test_a_phase_can_be_taken_back(self, cast):
        actions.enter_phase(partnership=cast.with_a1, phase="anchoring", by=cast.manager)
        undo_event(event_id=AuditEvent.objects.latest("pk").pk, by=cast.manager)
        assert Partnership.objects.get(pk=cast.with_a1.pk).phase == "execution"

    def test_a_no_needs_a_day_and_is_settled_by_the_next_answer(self, cast):
        ask = {
            "library": cast.library_a,
            "location": cast.a2,
            "gate": "wanted_and_feasible",
            "by": cast.manager,
        }
        with pytest.raises(Sentence):
            actions.decide_gate(**ask, outcome="no")
        no = actions.decide_gate(
            **ask, outcome="no", review_on=today() + timedelta(days=90), reason="Te druk"
        )
        yes = actions.decide_gate(**ask, outcome="yes")
        assert GateDecision.objects.get(pk=no.pk).reviewed_by == yes

    def test_a_decision_takes_hours_and_agreement_along(self, cast):
        until = date(2030, 7, 31)
        actions.decide_partnership(
            partnership=cast.with_a1,
            kind="intensify",
            hours_per_year=Decimal(80),
            agreed_until=until,
            contribution_cents=214_000,
            by=cast.manager,
        )
        row = Partnership.objects.get(pk=cast.with_a1.pk)
        assert (row.hours_per_year, row.agreed_until, row.ends_on) == (Decimal(80), until, None)

    @pytest.mark.parametrize(("kind", "hours"), [("intensify", 10), ("scale_down", 90)])
    def test_hours_do_not_contradict_the_decision(self, cast, kind, hours):
        with pytest.raises(Sentence):
            actions.decide_partnership(
                partnership=cast.with_a1, kind=kind, hours_per_year=Decimal(hours), by=cast.manager
            )

    def test_an_end_ends_it_and_history_stays(self, cast):
        actions.decide_partnership(partnership=cast.with_a1, kind="end", by=cast.manager, reason="Fusie")
        row = Partnership.objects.get(pk=cast.with_a1.pk)
        assert row.ends_on == today()
        assert row.decisions.count() == 1
        with pytest.raises(Sentence):
            actions.decide_partnership(partnership=row, kind="continue", by=cast.manager)

    def test_a_talk_in_the_future_was_not_held(self, cast):
        with pytest.raises(Sentence):
            actions.record_exploratory_talk(
                library=cast.library_a, location=cast.a2, held_on=today() + timedelta(days=1), by=cast.manager
            )

    def test_the_check_is_answered_once_a_year(self, cast):
        year = SchoolYear.running()
        for outcome in ("service", "cooperation"):
            actions.record_cooperation_check(
                partnership=cast.with_a1, year=year, outcome=outcome, by=cast.manager
            )
        assert [check.outcome for check in cast.with_a1.checks.all()] == ["cooperation"]

    @pytest.mark.parametrize(
        "who", ["volunteer", "head", "municipality", "board", "poi", "nation", "outsider"]
    )
    def test_who_may_not_decide(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.decide_partnership(partnership=cast.with_a1, kind="continue", by=cast.actors[who])


class TestGroups:
    def test_follow_last_years_group(self, cast):
        year = SchoolYear.running()
        actions.save_groups([GroupRow("4", (4,))], location=cast.a1, year=year.previous, by=SYSTEM)
        saved = actions.save_groups(
            [GroupRow("5/6", (6, 5), follows="4")], location=cast.a1, year=year, by=SYSTEM
        )
        assert saved["5/6"].year_groups == [5, 6]
        assert saved["5/6"].follows.name == "4"
        actions.save_groups([GroupRow("5/6", (5, 6))], location=cast.a1, year=year, by=SYSTEM)
        assert ClassGroup.objects.filter(location=cast.a1, year=year).count() == 1

    def test_a_primary_school_has_no_ninth_year(self, cast):
        with pytest.raises(Sentence):
            actions.save_groups([GroupRow("9", (9,))], location=cast.a1, year=SchoolYear.running(), by=SYSTEM)
