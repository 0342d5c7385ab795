"""Library A with something in every room: one of each thing that an address can name."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from leesbouw.accounts.actions import invite
from leesbouw.accounts.models import TaskLink
from leesbouw.activities.actions import HoursRow, VisitRow, add_hours, plan_visit
from leesbouw.activities.models import Proposal
from leesbouw.collection.actions import (
    CopyRow,
    add_exclusion,
    add_photo,
    add_title,
    save_copies,
    save_set,
    start_stocktake,
)
from leesbouw.collection.domain import TitleFacts
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.files import store
from leesbouw.core.jobs import Job
from leesbouw.core.mail import send
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.exchange.models import ImportRun
from leesbouw.lending.actions import add_volunteer, make_desk, place_hold
from leesbouw.monitor.actions import (
    add_follower,
    enrol,
    plan_round,
    save_local_question,
    start_session,
    write_note,
)
from leesbouw.monitor.domain.calendar import usual_calendar
from leesbouw.monitor.models import ClassCode, OpenAnswer, Participation, Round, Submission
from leesbouw.monitor.queries import monitor_parameters
from leesbouw.network.actions import RhythmRow, TalkRow, record_talks, set_rhythm
from leesbouw.organisations.actions import (
    GroupRow,
    create_branch,
    create_partner,
    record_agreement,
    save_groups,
)
from leesbouw.organisations.models import ClassGroup
from leesbouw.parents.actions import TalkReport, WishRow, hold_talk, note_wish, plan_talk
from leesbouw.parents.enums import Occasion, TalkKind
from leesbouw.people.actions import (
    AssignmentRow,
    ContactRow,
    StaffRow,
    assign_consultants,
    relate,
    save_contact,
    save_staff,
)
from leesbouw.people.models import StaffMember
from leesbouw.plans.actions import (
    ActionRow,
    ActivityRow,
    EvidenceRow,
    GoalRow,
    StepResult,
    WorkRow,
    add_action,
    add_activity,
    add_comment,
    add_evidence,
    add_goal,
    add_library_work,
    add_own_form,
    begin_plan,
    record_step,
    start_routes,
    write_plan,
)
from leesbouw.plans.enums import EvidenceKind, FormKind, GoalKind, PlanKind, Side
from leesbouw.plans.models import RouteRun
from leesbouw.plans.queries import OWN, FormBody, route_of
from leesbouw.privacy.models import DestructionRun
from leesbouw.pupils.actions import open_request, record_consents
from leesbouw.pupils.models import ClassSession, Pupil
from leesbouw.ui.actions import save_view
from leesbouw.ui.models import Download

from .cast import Cast

# What only library A knows: none of it may stand on a page of somebody who has nothing to do with A.
SECRETS = (
    "Joke Geheimschrijver",
    "Ria Zwijgzaam",
    "Kast opruimen in het geheim",
    "Vertrouwelijk gesprek",
    "Bode van Verborgen",
    "Eigen filter van A",
    "Hanna Handtekening",
    "Volgert Verzwegen",
    "Gezien door Truus Geheimraad",
    "Verslag van Geheime Gijs",
    "Een doel dat van school is",
    "Boekenkring in het verborgene",
    "Het boek van A alleen",
    "Fenna Onvindbaar",
)


def furnish(cast: Cast) -> SimpleNamespace:
    """One thing of library A of every kind, by short name."""
    a, boss, keeper = cast.units, cast.manager, cast.administrator
    made: dict[str, Any] = {}
    made["branch"] = create_branch(library=a["library_a"], name="Vestiging Kade", by=keeper)
    made["partner"] = create_partner(
        library=a["library_a"], name="Boekhandel Kade", partner_kind="bookshop", by=keeper
    )
    groups = save_groups([GroupRow("5", (5,))], location=a["a1"], year=SchoolYear.running(), by=boss)
    made["group"] = groups["5"]
    made |= _books(cast)
    made |= _people(cast)
    made |= _visits(cast, made["staff"].pk)
    made["action"] = add_action(ActionRow(a["a1"].pk, SECRETS[2], "library"), by=boss)
    for name, unit, block in (
        ("evidence", "a1", "collection"),
        ("library_evidence", "library_a", "logistics"),
    ):
        shown = EvidenceRow(EvidenceKind.NOTE, SECRETS[8], name="de directeur")
        row = add_evidence(unit=a[unit], code=block, year=SchoolYear.running(), evidence=shown, by=boss)
        made[name] = SimpleNamespace(pk=row.pk)
    made["own_form"] = _own_form(cast)
    made["route_run"] = _route(cast)
    made |= _plans(cast)
    made |= _parents(cast)
    made |= _talks(cast, made["contact"].pk)
    made["agreement"] = record_agreement(
        location=a["a1"],
        library=a["library_a"],
        version="4.0",
        signed_on=today(),
        starts_on=today(),
        signer_name=SECRETS[6],
        signer_function="directeur",
        content=b"%PDF-1.7",
        by=boss,
    )
    made |= _monitor(cast, made["group"])
    made["view"] = save_view(
        page="dashboards.locations", name=SECRETS[5], query="soort=po", shared=True, by=boss
    )
    made |= _pupils(cast, made["group"])
    made["desk_device"] = make_desk(location=a["a1"], name=SECRETS[2], by=SYSTEM).device
    made["desk_volunteer"] = add_volunteer(location=a["a1"], name=SECRETS[5], pin="4711", by=SYSTEM)
    made["hold"] = place_hold(
        title_id=made["book"].pk, pupil_id=made["pupil"].pk, location_id=a["a1"].pk, by=SYSTEM
    )
    made |= _machinery(cast)
    made |= _accounts(cast)
    return SimpleNamespace(**made)


def _books(cast: Cast) -> dict[str, Any]:
    """A title in the catalogue of A, with a copy at a1."""
    title = add_title(library_id=cast.library_a.pk, facts=TitleFacts(SECRETS[-2]), by=cast.administrator)
    rows = [CopyRow(title.pk, location_id=cast.a1.pk)]
    made = {"book": title, "copy": save_copies(rows, library_id=cast.library_a.pk, by=cast.administrator)[0]}
    made["exclusion"] = add_exclusion(
        location=cast.a1, what="Griezelen", why="Te eng", review_on=today() + timedelta(days=90), by=SYSTEM
    )
    keeper, a = cast.administrator, cast.library_a.pk
    made["book_set"] = save_set(library_id=a, name="Kist van A", kind="theme", by=keeper)
    made["photo"] = add_photo(
        location=cast.a1, year=SchoolYear.running(), content=_picture(), says="De leeshoek", by=SYSTEM
    )
    made["count"] = start_stocktake(library_id=a, location=cast.a1, by=keeper)
    return made


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return out.getvalue()


def _own_form(cast: Cast) -> Any:
    """A campaign that library A added to the catalogue."""
    body = FormBody(
        name=SECRETS[2],
        kind=FormKind.CAMPAIGN,
        sectors=("po",),
        aim=SECRETS[2],
        minutes=30,
        steps=(SECRETS[2],),
    )
    row = add_own_form(unit=cast.library_a, body=body, by=cast.manager)
    return SimpleNamespace(pk=row.pk, code=f"{OWN}{row.pk}")


def _people(cast: Cast) -> dict[str, Any]:
    boss = cast.manager
    contact = save_contact(
        ContactRow(cast.a1.pk, SECRETS[0], "reading_coordinator", "tactical", email="joke@voorbeeld.example"),
        by=boss,
    )
    gone = save_contact(ContactRow(cast.a1.pk, "Weg Geweest", "head", "strategic"), by=boss)
    rows = [StaffRow(cast.library_a.pk, SECRETS[1], ("reading-consultant",), email="ria@voorbeeld.example")]
    staff = save_staff(rows, by=boss)[0]
    partnership = cast.partnerships["with_a1"]
    assigned = assign_consultants([AssignmentRow(partnership.pk, staff.pk, "reading-consultant")], by=boss)[0]
    relation = relate(contact=contact, staff=staff, by=boss)
    return {"contact": contact, "gone": gone, "staff": staff, "assignment": assigned, "relation": relation}


def _route(cast: Cast) -> RouteRun:
    """A route at a school, with what came of its first step."""
    library = cast.library_a.pk
    route = route_of("implementation", library)
    run = start_routes(route=route, library_id=library, units=[cast.a1], by=cast.manager)[0]
    result = StepResult(SECRETS[9])
    record_step(run=run, step="strategic-talk", result=result, by=cast.manager)
    return run


def _plans(cast: Cast) -> dict[str, Any]:
    """A year plan of a1 with a goal, an activity and a comment."""
    school, boss, year = cast.a1, cast.manager, SchoolYear.running()
    goal = add_goal(
        unit=school,
        year=year,
        goal=GoalRow(SECRETS[9], Side.PARTNER, GoalKind.CHANGE, year, evidence="Een foto"),
        by=boss,
    )
    planned = add_activity(unit=school, year=year, row=ActivityRow(SECRETS[9], Side.LIBRARY), by=boss)
    plan = begin_plan(unit=school, kind=PlanKind.YEAR, year=year, by=boss)
    write_plan(plan=plan, year=year, code="begin", text=SECRETS[9], by=boss)
    comment = add_comment(plan=plan, text=SECRETS[9], by=boss)
    row = WorkRow("network", SECRETS[9], Decimal(4))
    work = add_library_work(library=cast.library_a, year=year, row=row, by=boss)
    return {
        "library_work": SimpleNamespace(pk=work.pk),
        "goal": SimpleNamespace(pk=goal.pk),
        "planned": SimpleNamespace(pk=planned.pk),
        "comment": SimpleNamespace(pk=comment.pk),
    }


def _parents(cast: Cast) -> dict[str, Any]:
    """A talk about parents and what they wish."""
    library, boss = cast.library_a.pk, cast.manager
    talk = plan_talk(
        library_id=library, kind=TalkKind.START, locations=[cast.a1], planned_on=today(), by=boss
    )
    report = TalkReport(today(), SECRETS[9], agreed=True)
    hold_talk(talk=talk, report=report, by=boss)
    wish = WishRow(Occasion.EVENING, "reading", today(), SECRETS[9])
    row = note_wish(library_id=library, location=cast.a1, wish=wish, by=boss)
    return {"parent_talk": talk, "wish": SimpleNamespace(pk=row.pk)}


def _visits(cast: Cast, staff_id: int) -> dict[str, Any]:
    begins = now() - timedelta(hours=3)
    about = (cast.a1.pk, begins, begins + timedelta(hours=1), SECRETS[-3])
    visit = plan_visit(VisitRow(*about, staff_id=staff_id), by=cast.manager)
    row = HoursRow(staff_id, cast.library_a.pk, today(), "training", 60, words=SECRETS[-3])
    me = StaffMember(
        library=cast.library_a,
        user_id=cast.consultant.user_id,
        name=SECRETS[1],
        functions=["reading-consultant"],
    )
    me.save()
    line = ActivityRow(SECRETS[9], Side.LIBRARY, times=1)
    asked = add_activity(unit=cast.a1, year=SchoolYear.running(), row=line, by=cast.manager)
    proposal = Proposal(library=cast.library_a, staff=me, unit=cast.a1, activity=asked, refusal="full")
    proposal.save()
    return {
        "visit": visit,
        "hours": add_hours([row], by=SYSTEM)[0],
        "proposal": SimpleNamespace(pk=proposal.pk),
    }


def _talks(cast: Cast, contact_id: int) -> dict[str, Any]:
    about = {"unit_id": cast.a1.pk, "kind": "progress", "level": "tactical", "contact_ids": (contact_id,)}
    planned, held = record_talks(
        [
            TalkRow(**about, planned_on=today() + timedelta(days=5), subject=SECRETS[3]),
            TalkRow(**about, held_on=today() - timedelta(days=5), summary=SECRETS[3], subject=SECRETS[3]),
        ],
        by=cast.consultant,
    )
    rhythm = set_rhythm(RhythmRow(cast.library_a.pk, cast.a1.pk, "tactical", 4), by=cast.manager)
    return {"talk": planned, "held": held, "rhythm": rhythm}


def _monitor(cast: Cast, group: ClassGroup) -> dict[str, Any]:
    """A round that is planned, with one school, a question of the library's own and somebody who follows it."""
    year, boss = SchoolYear.running(), cast.manager
    calendar = usual_calendar(year.first, monitor_parameters().body.calendar.model_dump())
    row = plan_round(library=cast.library_a, kind="po", year=year, calendar=calendar, by=boss)
    enrol(round=row, location_ids=[cast.a1.pk], by=boss)
    Round.objects.filter(pk=row.pk).update(questionnaires={"pupil": "po-pupil@1"})
    taking_part = row.participations.get()
    ClassCode.objects.create(participation=taking_part, group=group, code="K7PQ4M")
    return _reported(cast) | {
        "round": row,
        "participation": taking_part,
        "local_question": save_local_question(
            round=row, respondent="pupil", text="Waar lees je het liefst?", by=boss
        ),
        "follower": add_follower(round=row, name=SECRETS[7], email="volger@voorbeeld.example", by=boss),
    }


def _reported(cast: Cast) -> dict[str, Any]:
    """A school that closed last year, with what was written freely, a team session that is open, and a note."""
    calendar = usual_calendar(SchoolYear.running().first - 1, monitor_parameters().body.calendar.model_dump())
    row = Round.objects.create(
        library_id=cast.library_a.pk,
        kind="po",
        year=SchoolYear(SchoolYear.running().first - 1),
        prepare_on=calendar.prepare_on,
        opens_on=calendar.opens_on,
        closes_on=calendar.closes_on,
        report_on=calendar.report_on,
        opened_on=calendar.opens_on,
        questionnaires={"pupil": "po-pupil@1"},
    )
    one = Participation.objects.create(round=row, location_id=cast.a1.pk, closed_on=calendar.closes_on)
    Submission.objects.bulk_create(
        Submission(participation=one, respondent="pupil", questionnaire="po-pupil@1") for _ in range(10)
    )
    past = Round.objects.create(
        library_id=cast.library_a.pk, kind="po", year=SchoolYear(SchoolYear.running().first - 2),
        prepare_on=calendar.prepare_on, opens_on=calendar.opens_on, closes_on=calendar.closes_on,
        report_on=calendar.report_on, questionnaires={"pupil": "po-pupil@1"},
    )  # fmt: skip
    imported = Participation.objects.create(round=past, location_id=cast.a1.pk, closed_on=calendar.closes_on)
    Submission.objects.create(
        participation=imported, respondent="pupil", questionnaire="po-pupil@1", mode="imported"
    )
    return {
        "imported": imported,
        "reported": one,
        "open_answer": OpenAnswer.objects.create(
            participation=one, respondent="pupil", item="L40", text="Voorlezen is fijn."
        ),
        "team": start_session(participation=one, most=3, by=cast.consultant),
        "team_note": write_note(
            participation=one, kind="heard", topic="home", text="Thuis ligt weinig.", by=cast.consultant
        ),
    }


def _pupils(cast: Cast, group: ClassGroup) -> dict[str, Any]:
    """A child with an answer of her parents and a request, and a class that is open."""
    first, last = SECRETS[-1].split()
    pupil = Pupil.objects.create(location_id=cast.a1.pk, first_name=first, last_name=last, key="0012")
    record_consents(
        [pupil.pk], answer="yes", text="membership@1", given_on=today(), channel="paper", by=cast.head
    )
    asked = open_request(pupil=pupil, kind="access", asked_by="parent", by=cast.head)
    session = ClassSession.objects.create(group=group, code="NNNN3333", ends_at=now() + timedelta(hours=1))
    return {"pupil": pupil, "request": asked, "class_session": session}


def _machinery(cast: Cast) -> dict[str, Any]:
    """Jobs, files, mails and imports: rows that only machines make."""
    boss, unit = cast.administrator, cast.library_a.pk
    file = store(b"a;b\n", name="lijst.csv", content_type="text/csv", by=boss)
    run = ImportRun.objects.create(
        importer="schools", file_name="scholen.csv", sha256="0" * 64, size=1, unit_id=unit,
        state="previewed", by_user_id=boss.user_id, counts={"read": 0, "kept": 0},
    )  # fmt: skip
    return {
        "file": file,
        "run": run,
        "wiping": DestructionRun.objects.create(
            code="20200101-0", occasion="asked", by_user_id=boss.user_id, finished_at=now()
        ),
        "job": Job.objects.create(kind="exchange.run_import", by_user_id=boss.user_id, unit_id=unit),
        "mail": send(to="joke@voorbeeld.example", subject="Post", body=SECRETS[4], by=boss, unit_id=unit),
        "download": Download.objects.create(user_id=boss.user_id, path="/scholen/", format="csv", file=file),
        "event": AuditEvent.objects.filter(by_user_id=cast.manager.user_id, undo_code__gt="").latest("pk"),
    }


def _accounts(cast: Cast) -> dict[str, Any]:
    invitation = invite(
        email="sanne@voorbeeld.example",
        name=SECRETS[4],
        role_code="reading-consultant",
        unit=cast.library_a,
        by=cast.administrator,
    )
    link = TaskLink.objects.create(
        token_hash="0" * 64,
        expires_at=now() + timedelta(days=1),
        task="none",
        args={},
        unit=cast.library_a,
        email="sanne@voorbeeld.example",
        name=SECRETS[4],
    )
    return {"invitation": invitation, "task_link": link}
