"""Walks every address: who did not sign in is sent to the door, an outsider finds nothing of library A, nothing breaks.

A new address with arguments is red here until ARGUMENTS says which thing of library A it can name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from leesbouw.accounts.public import OWN_ACCOUNT, PUBLIC
from leesbouw.core.time import SchoolYear
from tests.factories.cast import Cast
from tests.factories.furnished import SECRETS, furnish

SIX = ("administrator", "manager", "consultant", "head", "municipality", "nation")
REFUSED = (403, 404, 405)

# Pages about units that everybody shares, and what the outsider may see of them is her own share. They must hold
# nothing of SECRETS; the other pages with arguments do not exist for her at all.
SHARED = frozenset({"plans:route"})
# Addresses that say the same about a thing of somebody else as about a thing that never was.
SILENT = frozenset({"dashboards:undo"})


@dataclass(frozen=True)
class Address:
    """One address of the product: its name and the names of its arguments."""

    name: str
    arguments: frozenset[str]


def addresses() -> list[Address]:
    """All that the product answers to, each once."""
    return list(dict.fromkeys(_walk(get_resolver(), "", frozenset())))


def _walk(resolver: URLResolver, space: str, outer: frozenset[str]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        arguments = outer | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield Address(f"{space}{entry.name}", arguments)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, arguments)


ALL = addresses()
PLAIN = [address for address in ALL if not address.arguments]
NAMING = [address for address in ALL if address.arguments and address.name not in PUBLIC]

# Name of an address → the thing that its arguments name: a `pk`-like argument gets its id, `code` its code.
ARGUMENTS = {
    "activities:proposal-*": "proposal",
    "activities:visit-*": "visit",
    "activities:hours-drop": "hours",
    "activities:location-hours": "a1",
    "plans:library-work-drop": "library_work",
    "activities:municipality-look-back*": "elzen",
    "activities:board-look-back*": "board_x",
    "activities:province-look-back*": "province",
    "activities:library-look-back*": "library_a",
    "dashboards:school-detail": "a1",
    "dashboards:childcare-detail": "k1",
    "dashboards:library-detail*": "library_a",
    "dashboards:board-detail*": "board_x",
    "dashboards:municipality-detail*": "elzen",
    "dashboards:province-detail*": "province",
    "dashboards:poi-detail*": "poi_unit",
    "dashboards:branch-detail": "branch",
    "dashboards:partner-detail": "partner",
    "dashboards:job-*": "job",
    "dashboards:undo": "event",
    "dashboards:file-download": "file",
    "accounts:role-switch": "consultant_role",
    "accounts:role-end": "consultant_role",
    "accounts:role-*": "consultant_user",
    "accounts:user-*": "consultant_user",
    "accounts:invit*": "invitation",
    "accounts:task-revoke": "task_link",
    "mfa_*_webauthn": "passkey",
    "organisations:group-change": "group",
    "organisations:library-gate-decide": "library_a",
    "organisations:branch-add": "library_a",
    "organisations:partner-add": "library_a",
    "organisations:branch-*": "branch",
    "organisations:partner-*": "partner",
    "organisations:*": "a1",
    "agreements:end": "agreement",
    "agreements:file": "agreement",
    "agreements:*": "a1",
    "people:contact-back": "gone",
    "people:contact-*": "contact",
    "people:relation-end": "relation",
    "people:staff-*": "staff",
    "people:assignment-end": "assignment",
    "people:group-teachers": "group",
    "pupils:pupil-list": "a1",
    "pupils:pupil-export": "a1",
    "pupils:settings": "a1",
    "pupils:refusals-lift": "a1",
    "pupils:consents": "a1",
    "pupils:consent-text": "a1",
    "pupils:members-register": "a1",
    "pupils:school-requests": "a1",
    "pupils:request-answer": "request",
    "pupils:new-year-*": "a1",
    "pupils:class*": "group",
    "shelf:group-*": "group",
    "shelf:*": "book",
    "pupils:door*": "class_session",
    "pupils:*": "pupil",
    "people:new-year-school": "a1",
    "people:new-year-childcare": "k1",
    "collection:copy": "copy",
    "collection:shelf": "a1",
    "collection:environment*": "a1",
    "collection:photo-add": "a1",
    "collection:photo*": "photo",
    "collection:stocktake*": "count",
    "collection:set*": "book_set",
    "collection:stay-drop": "book_set",
    "collection:provision": "a1",
    "collection:exclusion-new": "a1",
    "collection:exclusion-end": "exclusion",
    "collection:*": "book",
    "plans:action-*": "action",
    "plans:evidence-drop": "evidence",
    "plans:evidence-file": "evidence",
    "plans:library-evidence-drop": "library_evidence",
    "plans:library-evidence-file": "library_evidence",
    "plans:library-*": "library_a",
    "plans:route-run": "route_run",
    "plans:route-stop": "route_run",
    "plans:route-step*": "route_run",
    "plans:form": "own_form",
    "plans:form-*": "own_form",
    "plans:goal": "goal",
    "plans:goal-drop": "goal",
    "plans:goal-edit": "goal",
    "plans:goal-evaluate": "goal",
    "plans:planned-done": "planned",
    "plans:planned-drop": "planned",
    "plans:planned-edit": "planned",
    "plans:planned-open": "planned",
    "plans:plan-settle": "comment",
    "plans:*": "a1",
    "lending:desk-stop": "desk_device",
    "lending:volunteer-stop": "desk_volunteer",
    "lending:right*": "library_a",
    "lending:group-*": "group",
    "lending:group": "group",
    "lending:wait-end": "hold",
    "lending:*": "a1",
    "parents:talk": "parent_talk",
    "parents:talk-report": "parent_talk",
    "parents:wish-fed-back": "wish",
    "parents:*": "a1",
    "monitor:class*": "group",
    "monitor:lists*": "participation",
    "monitor:round*": "round",
    "monitor:participation": "participation",
    "monitor:answer": "participation",
    "monitor:ask-head": "participation",
    "monitor:discussed": "participation",
    "monitor:results-remove": "imported",
    "monitor:report*": "reported",
    "monitor:talk": "reported",
    "monitor:open-answers": "reported",
    "monitor:open-answer-hide": "open_answer",
    "monitor:team*": "reported",
    "monitor:notes": "reported",
    "monitor:note-change": "team_note",
    "monitor:note-delete": "team_note",
    "monitor:question-*": "local_question",
    "monitor:follower-remove": "follower",
    "monitor:level*": "library_a",
    "monitor:*": "round",
    "network:rhythm*": "rhythm",
    "network:*": "talk",
    "exchange:run-*": "run",
    "privacy:message*": "mail",
    "privacy:run-*": "wiping",
    "dashboards:school-leaflet*": "a1",
    "dashboards:school-groups": "a1",
    "dashboards:childcare-leaflet*": "k1",
    "dashboards:childcare-groups": "k1",
    "ui:download": "download",
    "ui:view-*": "view",
}
# Arguments that are not the id or code of the thing itself.
WORDS = {"formaat": "csv", "place": "school"}
A_LIST = {"code": "po-pupil", "number": 1}
A_BLOCK = {"block": "collection", "solution": "involve-teachers"}
BLOCK_OF_LIBRARY = {"block": "logistics", "solution": "number-the-crates"}
A_STEP = {"step": "inventory"}
A_ROUTE = {"code": "implementation"}
AT_A1 = {"code": "99AA00"}
A_PLAN = AT_A1 | {"plan": "jaarplan", "year": str(SchoolYear.running()), "section": "begin"}
A_YEAR = {"kind": "po", "year": str(SchoolYear.running().previous)}
PLAN_PAGES = (
    "",
    "-begin",
    "-write",
    "-money",
    "-send",
    "-approve",
    "-comment",
    "-settle",
    "-pdf",
    "-word",
    "-read-in",
    "-versions",
)
OTHERWISE = {
    "activities:feed": {"token": "geen"},
    "pupils:door-pictures": {"token": "geen"},
    "pupils:door-in": {"token": "geen"},
    "shelf:group-ideas": {"pupil": 1},
    "activities:look-back-paper": {"format": "pdf"},
    "accounts:invite-role": {"code": "reading-consultant"},
    "accounts:role-add": {"code": "media-consultant"},
    "exchange:import-start": {"slug": "scholen"},
    "privacy:term-change": {"code": "contact"},
    "organisations:group-change": {"code": "99AA00"},
    "agreements:end": {"code": "99AA00"},
    "agreements:file": {"code": "99AA00"},
    "collection:exclusion-end": {"code": "99AA00"},
    "collection:stay-drop": {"stay": 1},
    "collection:photo": {"code": "99AA00"},
    "collection:photo-drop": {"code": "99AA00"},
    "agreements:annex": {"kind": "privacy"},
    **{f"plans:{name}": A_BLOCK for name in ("block", "block-assess", "evidence-add", "solution-choose")},
    **{
        f"plans:library-{name}": BLOCK_OF_LIBRARY
        for name in ("block", "block-assess", "evidence-add", "solution-choose")
    },
    **{f"plans:route{name}": A_ROUTE for name in ("", "-start", "-text", "-follow")},
    **{f"plans:route-step{name}": A_STEP for name in ("", "-open", "-plan")},
    "plans:evidence-drop": A_BLOCK | AT_A1,
    "plans:evidence-file": A_BLOCK | AT_A1,
    **{f"plans:goal{what}": AT_A1 for what in ("", "-drop", "-edit", "-evaluate")},
    **{f"plans:planned-{what}": AT_A1 for what in ("done", "drop", "edit", "open")},
    **{f"plans:plan{what}": A_PLAN for what in PLAN_PAGES},
    "lending:right-file": {"ext": "csv"},
    "pupils:class-device-drop": {"device": 1},
    "lending:desk-stop": {"code": "99AA00"},
    "lending:self-tiles": {"group": 1},
    "lending:self-pictures": {"group": 1, "token": "geen"},
    "lending:volunteer-stop": {"code": "99AA00"},
    "lending:wait-end": {"code": "99AA00"},
    "parents:wish-fed-back": {"code": "99AA00"},
    "parents:talk-plan": {"kind": "start"},
    "parents:look-back": {"kind": "team"},
    "plans:library-evidence-drop": BLOCK_OF_LIBRARY | {"code": "A"},
    "plans:library-evidence-file": BLOCK_OF_LIBRARY | {"code": "A"},
    "monitor:rhythm-set": {"rhythm": "even"},
    "monitor:codebook": A_LIST,
    "monitor:release": A_YEAR,
    "monitor:release-final": A_YEAR,
    "monitor:release-back": A_YEAR,
    "monitor:codebook-export": A_LIST,
    "monitor:list-json": A_LIST,
    "monitor:list-differences": A_LIST | {"other": 1},
    "monitor:dataset": A_LIST | {"year": A_YEAR["year"]},
    "monitor:dataset-file": A_LIST | {"year": A_YEAR["year"], "format": "csv"},
}
OF_NOBODY = frozenset(
    {
        "accounts:invite-role",
        "exchange:import-start",
        "privacy:term-change",
        "monitor:rhythm-set",
        "parents:look-back",
        *(f"plans:route{name}" for name in ("", "-start", "-text", "-follow")),
    }
)  # name no thing; they ask for a right


@pytest.fixture(autouse=True)
def _in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Faults are told in `wrong`, with their reason; not once more with all the lines they passed."""
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def things(cast: Cast) -> SimpleNamespace:
    made = furnish(cast)
    person = cast.consultant
    people = {
        "consultant_role": SimpleNamespace(pk=person.assignment_id),
        "consultant_user": SimpleNamespace(pk=person.user_id),
        "passkey": _passkey(cast.director.user_id),
    }
    return SimpleNamespace(**cast.units, **vars(made), **people)


def _passkey(user_id: int | None) -> Any:
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.create(user_id=user_id, type="webauthn", data={"name": "Telefoon"})


def url_of(address: Address, things: SimpleNamespace) -> str:
    """The address of a thing of library A. Fails for an address of which ARGUMENTS says nothing."""
    values = {name: word for name, word in WORDS.items() if name in address.arguments}
    values |= OTHERWISE.get(address.name, {})
    left = address.arguments - set(values)
    if left:
        pattern = next((each for each in ARGUMENTS if fnmatch(address.name, each)), None)
        assert pattern, f"{address.name}({', '.join(sorted(left))}): say in ARGUMENTS what it names"
        thing = getattr(things, ARGUMENTS[pattern])
        values |= {name: thing.code if name == "code" else thing.pk for name in left}
    return reverse(address.name, kwargs={name: values[name] for name in address.arguments})


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """The answer; whatever it wrote is taken back, and a fault is a 500 as for a visitor."""
    client.raise_request_exception = False
    with transaction.atomic():
        answer = getattr(client, method)(url)
        if answer.streaming:  # read to its end; closing it by hand would close the connection of the test
            list(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def test_every_address_is_known_by_one_name() -> None:
    known = {address.name for address in ALL}

    assert len(ALL) > 80
    assert {name for name in PUBLIC | OWN_ACCOUNT if name not in known} == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_did_not_sign_in_is_sent_to_the_door(method: str, things: SimpleNamespace) -> None:
    client, wrong = Client(), []
    for address in ALL:
        if address.name in PUBLIC:
            continue
        answer = ask(client, method, url_of(address, things))
        if not (answer.status_code == 302 and answer["Location"].startswith("/aanmelden/")):
            wrong.append((address.name, answer.status_code))

    assert wrong == []


def test_what_is_public_stands(db: None) -> None:
    names = [address for address in PLAIN if address.name in PUBLIC]
    wrong = [
        (address.name, answer.status_code)
        for address in names
        if (answer := ask(Client(), "get", reverse(address.name))).status_code >= 500
    ]

    assert wrong == []


@pytest.mark.walk
@pytest.mark.parametrize("role", SIX)
def test_no_page_breaks(
    role: str, cast: Cast, things: SimpleNamespace, client_for: Callable[..., Client]
) -> None:
    client, wrong = client_for(getattr(cast, role)), []
    for address in ALL:
        if address.name in PUBLIC and address.arguments:
            continue
        answer = ask(client, "get", url_of(address, things))
        if answer.status_code >= 500:
            wrong.append((address.name, repr(getattr(answer, "exc_info", [0, answer.status_code])[1])))

    assert wrong == []


@pytest.mark.walk
def test_an_outsider_reads_nothing_of_library_a(
    cast: Cast, things: SimpleNamespace, client_for: Callable[..., Client]
) -> None:
    client, wrong = client_for(cast.outsider), []
    for address in ALL:
        if address.name in PUBLIC:
            continue
        answer = ask(client, "get", url_of(address, things))
        names_a_thing = bool(address.arguments - set(WORDS)) and address.name not in SHARED | SILENT
        if names_a_thing and answer.status_code not in REFUSED:
            wrong.append((address.name, answer.status_code))
        elif secrets_in(answer):
            wrong.append((address.name, secrets_in(answer)))

    assert wrong == []


def secrets_in(answer: HttpResponse) -> list[str]:
    if answer.streaming or answer.status_code in REFUSED:
        return []
    text = answer.content.decode(errors="ignore")
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.walk
def test_an_outsider_writes_nothing_of_library_a(
    cast: Cast, things: SimpleNamespace, client_for: Callable[..., Client]
) -> None:
    client, wrong = client_for(cast.outsider), []
    for address in NAMING:
        answer = ask(client, "post", url_of(address, things))
        if answer.status_code not in REFUSED and address.name not in SILENT:
            wrong.append((address.name, answer.status_code))

    assert wrong == []


@pytest.mark.walk
def test_the_things_named_are_really_there(
    cast: Cast, things: SimpleNamespace, client_for: Callable[..., Client]
) -> None:
    """Else the outsider's 404 would say nothing: somebody of library A must find each."""
    insiders = [client_for(getattr(cast, name)) for name in ("director", *SIX)]
    missing = []
    for address in NAMING:
        url = url_of(address, things)
        finder = next(
            (
                client
                for client in insiders
                for method in ("get", "post")
                if ask(client, method, url).status_code not in (403, 404, 405)
            ),
            None,
        )
        if finder is None:
            missing.append((address.name, url))
        else:  # who found this one probably finds the next
            insiders.sort(key=lambda client: client is not finder)

    assert missing == []


def test_the_walk_leaves_nothing_behind(cast: Cast, client_for: Callable[..., Client]) -> None:
    """`ask` takes back what a request wrote, so that one address cannot hide another."""
    client = client_for(cast.head)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_auditevent")
        before = cursor.fetchone()
    ask(client, "post", reverse("ui:view-save"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_auditevent")
        assert cursor.fetchone() == before
