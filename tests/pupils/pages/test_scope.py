"""Who sees pupils: the school itself and its library's administrator. For everybody else there is nothing, anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leesbouw.core.access import Actor, UnguardedQuery
from leesbouw.organisations.models import Location
from leesbouw.pupils.actions import open_request, record_consents
from leesbouw.pupils.models import Enrolment, MembershipConsent, Pupil, RightsRequest
from leesbouw.pupils.permissions import CONSENT, EDIT, IMPORT, RIGHTS, VIEW
from leesbouw.pupils.queries import school_of_pupils

NEAR = ("head", "coordinator", "administrator")
FAR = (
    "consultant",
    "manager",
    "director",
    "volunteer",
    "teacher",
    "other_head",
    "other_library",
    "childcare_manager",
    "board",
    "municipality",
    "poi",
    "nation",
    "outsider",
)
MODELS = (Pupil, Enrolment, MembershipConsent, RightsRequest)
SCHOOL_PAGES = (
    "leerlingen/",
    "leerlingen/meenemen/",
    "leerlingen/instellingen/",
    "leerlingen/weer-toelaten/",
    "toestemmingen/",
    "toestemmingen/tekst/",
    "toestemmingen/aanmelden/",
    "verzoeken/",
)
PUPIL_PAGES = (
    "",
    "voor-jou/",
    "gegevens.pdf",
    "gegevens.json",
    "verbeteren/",
    "wissen/",
    "verzoek/",
    "toestemming/",
    "toestemming/intrekken/",
)


@pytest.fixture
def full(school, coordinator, cast):  # type: ignore[no-untyped-def]
    """A school with something of every kind about Noor."""
    cast.actors["coordinator"] = coordinator
    record_consents(
        [school.noor.pk], answer="yes", text="membership@1", given_on=date(2026, 9, 1), channel="paper",
        by=coordinator,
    )  # fmt: skip
    school.request = open_request(pupil=school.noor, kind="access", asked_by="parent", by=coordinator)
    return school


def with_all_rights(actor: Actor) -> Actor:
    """The same person with every permission of this room: not the role but the place decides."""
    return replace(actor, permissions=actor.permissions | {VIEW, EDIT, IMPORT, CONSENT, RIGHTS})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_cast(cast, full, model) -> None:
    seen = {name for name, actor in cast.actors.items() if model.objects.visible_to(actor).exists()}

    assert seen == set(NEAR)


@pytest.mark.parametrize(
    "name", ["board", "municipality", "poi", "nation", "outsider", "other_library", "other_head"]
)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_permission_brings_pupils_nearer(cast, full, name: str, model) -> None:
    assert not model.objects.visible_to(with_all_rights(getattr(cast, name))).exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_query_that_nobody_opened_raises(db, model) -> None:
    with pytest.raises(UnguardedQuery):
        list(model.objects.all())


def test_of_child_care_there_is_no_page(cast, full) -> None:
    with pytest.raises(Location.DoesNotExist):
        school_of_pupils(with_all_rights(cast.childcare_manager), cast.k1.code)
    with pytest.raises(Location.DoesNotExist):
        school_of_pupils(cast.administrator, cast.k1.code)


def test_without_a_partnership_the_library_finds_no_page(cast, full) -> None:
    with pytest.raises(Location.DoesNotExist):
        school_of_pupils(cast.administrator, cast.a2.code)


@pytest.mark.parametrize("name", FAR)
def test_for_who_is_far_no_page_exists(cast, full, client_for, name: str) -> None:
    client, wrong = client_for(getattr(cast, name)), []
    pages = [f"/school/99AA00/{page}" for page in SCHOOL_PAGES]
    pages += [f"/leerling/{full.noor.pk}/{page}" for page in PUPIL_PAGES]
    pages += [f"/verzoeken/{full.request.pk}/"]
    for page in pages:
        for method in (client.get, client.post):
            answer = method(page)
            if answer.status_code not in (404, 405):
                wrong.append((page, answer.status_code))

    assert wrong == []
    assert Pupil.objects.trusted("test").filter(pk=full.noor.pk).exists()


@pytest.mark.parametrize("name", FAR)
def test_who_is_far_reads_no_request(cast, full, client_for, name: str) -> None:
    answer = client_for(getattr(cast, name)).get("/verzoeken/")

    assert "Noor" not in answer.content.decode()
    assert answer.status_code == (200 if name in ("other_head", "outsider") else 404)


@pytest.mark.parametrize("name", NEAR)
def test_for_who_is_near_every_page_opens(cast, full, client_for, name: str) -> None:
    client, wrong = client_for(getattr(cast, name)), []
    pages = [f"/school/99AA00/{page}" for page in SCHOOL_PAGES]
    pages += [f"/leerling/{full.noor.pk}/{page}" for page in PUPIL_PAGES]
    for page in [*pages, f"/verzoeken/{full.request.pk}/", "/verzoeken/"]:
        if page.endswith("aanmelden/") and name != "administrator":
            continue  # the library registers members
        if (answer := client.get(page)).status_code != 200:
            wrong.append((page, answer.status_code))

    assert wrong == []
