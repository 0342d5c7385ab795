"""The first page of the day, for every role there is."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from leesbouw.accounts.permissions import roles
from leesbouw.activities.models import Visit
from leesbouw.core.access import SYSTEM
from leesbouw.core.registry import commands, menu
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.dashboards.queries.blocks import blocks, home_of
from leesbouw.network.models import Conversation
from leesbouw.organisations.actions import decide_gate
from leesbouw.people.models import StaffMember
from leesbouw.plans.models import Action
from tests.factories.cast import add_person

HOME = "/vandaag/"
UNIT_OF = {
    "library": "library_a",
    "branch": "library_a",
    "location": "a1",
    "board": "board_x",
    "municipality": "elzen",
    "province": "province",
    "poi": "poi_unit",
    "nation": "nation_unit",
}
ROLES = [
    "administrator",
    "alderman",
    "board-director",
    "board-quality-manager",
    "boekstart-coordinator",
    "childcare-manager",
    "childcare-worker",
    "collection",
    "director",
    "education-manager",
    "education-specialist",
    "finance",
    "front-office",
    "hr",
    "language-coordinator",
    "logistics",
    "marketing",
    "media-coach",
    "media-consultant",
    "monitor-coordinator",
    "national-researcher",
    "official-culture",
    "official-education",
    "parent-council",
    "poi-adviser",
    "read-aloud-consultant",
    "read-aloud-coordinator",
    "reading-consultant",
    "reading-coordinator",
    "reading-media-consultant",
    "school-head",
    "school-librarian",
    "subject-teacher",
    "teacher",
    "team-leader",
    "volunteer",
    "vve-coordinator",
]


def test_the_list_of_roles_here_is_complete(db):
    assert set(ROLES) == set(roles())


@pytest.fixture
def lively(cast, ria):
    """Something to do for the consultant, and a refusal that comes back."""
    Action(
        library=cast.library_a,
        unit=cast.a1,
        what="Krat klaarzetten",
        side="library",
        staff=ria,
        due_on=today() - timedelta(2),
        source="talk",
    ).save()
    decide_gate(
        library=cast.library_a,
        location=cast.a2,
        gate="wanted_and_feasible",
        outcome="no",
        decided_on=today() - timedelta(100),
        review_on=today() - timedelta(1),
        reason="Te druk",
        by=SYSTEM,
    )
    return cast


@pytest.mark.parametrize("code", ROLES)
def test_every_role_has_a_useful_home(lively, client_for, queries_of, code):
    body = roles()[code]
    unit = "k1" if body.sectors == ("ko",) else UNIT_OF[body.unit_kind]
    client = client_for(add_person(f"r-{code}", code, lively.units[unit]))
    answer = client.get(HOME)

    assert answer.status_code == 200
    assert answer.context["blocks"] or answer.context["margin"]
    assert body.heading.split("{name}")[1].strip(", ")[:10] in answer.content.decode()
    assert (
        queries_of(client, HOME) <= 25
    )  # one of them, whether content is new, is asked once in five seconds


def test_who_teaches_reads_who_of_the_library_comes(cast, client_for) -> None:
    for days, what in ((3, "Voorlezen in groep 3"), (40, "Boekenkring")):
        at = datetime.combine(today() + timedelta(days), time(9), AMSTERDAM)
        Visit(
            library=cast.library_a, unit=cast.a1, starts_at=at, ends_at=at + timedelta(hours=1), what=what
        ).save()
    page = client_for(cast.teacher).get(HOME).content.decode()
    assert "De bibliotheek komt bij je" in page
    assert "Voorlezen in groep 3" in page
    assert "Boekenkring" not in page  # that is later
    assert "Voorlezen in groep 3" not in client_for(cast.other_head).get(HOME).content.decode()


def test_every_block_of_every_role_exists(db):
    wanted = {code for body in roles().values() for code in body.home}

    assert wanted <= {code for code, _block in blocks.items()}


def test_every_place_of_these_rooms_in_a_menu_exists():
    mine = {
        "today",
        "locations",
        "portfolio",
        "library",
        "location",
        "board",
        "municipality",
        "province",
        "nation",
        "units",
        "audit",
        "status",
        "search",
    }

    assert mine <= {code for code, _item in menu.items()}
    assert len(commands) >= 4


def test_what_is_late_stands_on_the_home_of_who_must_do_it(lively, client_for):
    mine = client_for(lively.consultant).get(HOME).content.decode()
    others = client_for(lively.director).get(HOME).content.decode()

    assert "Krat klaarzetten" in mine
    assert "te laat sinds" in mine
    assert "Krat klaarzetten" not in others


def test_a_refusal_comes_back_on_its_day(lively, client_for):
    assert "Te druk" in client_for(lively.manager).get(HOME).content.decode()


def test_a_home_keeps_the_order_of_the_role(lively):
    body = roles()["education-manager"]
    shown = [one.code for one in home_of(lively.manager, body.home, SchoolYear.running())]

    assert shown == [code for code in body.home if code in shown]
    assert "actions_mine" in shown


def test_who_has_nothing_reads_a_next_step(cast, client_for):
    page = client_for(cast.consultant).get(HOME).content.decode()

    assert "Je bent bij. Er wacht niets op je." in page


def test_no_name_of_a_person_reaches_a_municipality(lively, client_for):
    page = client_for(lively.municipality).get(HOME).content.decode()

    assert "Ria Postma" not in page


@pytest.fixture
def specialist(lively, ria):
    """Ria in a role whose home is no diary."""
    actor = add_person("ingrid", "education-specialist", lively.library_a)
    StaffMember.objects.trusted("test").filter(pk=ria.pk).update(user=actor.user_id)
    return actor


def test_the_next_talk_stands_on_top_and_only_there(lively, client_for, ria, specialist):
    talk = Conversation(
        library=lively.library_a,
        unit=lively.a1,
        kind="progress",
        level="operational",
        planned_on=today() + timedelta(3),
    )
    talk.save()
    talk.staff.add(ria)
    page = client_for(specialist).get(HOME).content.decode()

    assert "Je volgende gesprek" in page
    assert page.count(f"/gesprekken/{talk.pk}/voorbereiding/") == 1


def test_without_a_talk_the_first_thing_to_do_stands_on_top_and_only_there(lively, client_for, specialist):
    page = client_for(specialist).get(HOME).content.decode()

    assert "Nu aan de beurt" in page
    assert page.index("Nu aan de beurt") < page.index("Krat klaarzetten")
    assert page.count(">Krat klaarzetten<") == 1
    assert page.count('class="btn go"') == 1


def test_a_volunteer_goes_straight_to_the_desk(cast, client_for) -> None:
    page = client_for(cast.volunteer).get(HOME).text
    assert page.index('href="/balie/">') < page.index("Wat is dit voor plek?")
    assert "Open de balie" in page
    assert "Open de balie" not in client_for(cast.head).get(HOME).text
