"""Pages of parent partnership: who reads and writes, the forms, and names of children in the words."""

from __future__ import annotations

import pytest

from leesbouw.core.time import today
from leesbouw.parents.enums import TalkKind
from leesbouw.parents.models import IndicatorAnswers, ParentTalk, ParentWish, ProjectJudgement
from leesbouw.plans.models import RouteRun

from .test_parents import begin, hold, talk

HERE = "/school/99AA00/ouders/"
DAY = "%d-%m-%Y"


@pytest.mark.parametrize(
    ("name", "library", "place", "writes"),
    [
        ("manager", 200, 200, 200),
        ("consultant", 200, 200, 200),
        ("head", 404, 200, 200),
        ("teacher", 403, 403, 403),
        ("board", 403, 403, 403),
        ("other_head", 404, 404, 404),
        ("other_library", 200, 404, 404),
        ("outsider", 404, 404, 404),
    ],
)
def test_who_reads_and_who_writes(cast, client_for, name: str, library: int, place: int, writes: int) -> None:
    client = client_for(getattr(cast, name))
    assert [client.get(url).status_code for url in ("/ouders/", "/ouders/kiezen/")] == [library] * 2
    assert client.get(HERE).status_code == place
    forms = ("gesprek/start/", "wensen/", "voorwaarden/", "besproken/")
    assert [client.get(HERE + one).status_code for one in forms] == [writes] * 4


def test_locations_are_chosen_on_the_page(cast, client_for) -> None:
    begin(cast)
    client = client_for(cast.manager)
    client.post(
        "/ouders/kiezen/school/99AA00/",
        {"request_id": "een", "version": "0", "kenmerk-policy": "yes", "note": "Gesproken op de markt"},
    )
    assert IndicatorAnswers.objects.get().answers == {"policy": "yes"}
    page = client.get("/ouders/kiezen/").content.decode()
    assert "Gesproken op de markt" in page
    client.post("/ouders/kiezen/beginnen/", {"request_id": "twee", "kies": [str(cast.a1.pk)]})
    assert RouteRun.objects.filter(unit=cast.a1.pk).exists()
    assert "De Regenboog" in client.get("/ouders/").content.decode()
    answer = client.post("/ouders/kiezen/beginnen/", {"request_id": "drie"}, follow=True)
    assert "Kies minstens één locatie." in answer.content.decode()


def test_a_talk_is_planned_and_written_up_along_the_guide(cast, client_for) -> None:
    begin(cast, "a1")
    client = client_for(cast.consultant)
    client.post(f"{HERE}gesprek/start/", {"request_id": "een", "planned_on": today().strftime(DAY)})
    one = ParentTalk.objects.get()
    answer = client.post(
        f"{one.get_absolute_url()}verslag/",
        {
            "request_id": "twee",
            "version": one.version,
            "held_on": today().strftime(DAY),
            "present": ["head", "consultant"],
            "vraag-goes_well": "De <b>inloop</b>",
            "outcome": "Samen een avond.",
            "agreed": "yes",
        },
        follow=True,
    )
    page = answer.content.decode()
    assert "De &lt;b&gt;inloop&lt;/b&gt;" in page
    assert "directeur of manager, leesconsulent" in page
    assert RouteRun.objects.get(unit=cast.a1.pk).at_step == "deepening-talk"


def test_a_childs_name_in_the_words_is_asked_about_once(cast, client_for, monkeypatch) -> None:
    monkeypatch.setattr(
        "leesbouw.parents.views.place.first_names_in",
        lambda _actor, _place, text: ["Fenna"] if "Fenna" in text else [],
    )
    client = client_for(cast.head)
    sent = {
        "request_id": "een",
        "occasion": "evening",
        "group": "reading",
        "held_on": today().strftime(DAY),
        "wishes": "De moeder van Fenna wil tips",
    }
    answer = client.post(f"{HERE}wensen/", sent)
    assert "Fenna” is ook de voornaam van een kind hier" in answer.content.decode()
    assert not ParentWish.objects.exists()
    client.post(f"{HERE}wensen/", sent | {"request_id": "twee", "sure": "on"})
    assert ParentWish.objects.get().wishes == "De moeder van Fenna wil tips"


def test_a_project_is_judged_with_the_ten_questions(cast, client_for) -> None:
    client = client_for(cast.manager)
    form = client.get("/ouders/vormen/beoordelen/").context["form"]
    assert len([name for name in form.fields if name.startswith("vraag-")]) + 2 == 10
    sent = {"request_id": "een", "name": "Leesfeest", "vraag-goal": "Plezier", "characteristics": ["c", "d"]}
    client.post("/ouders/vormen/beoordelen/", sent | {"groups": ["reading"], "verdict": "fits"})
    row = ProjectJudgement.objects.get()
    assert (row.answers, row.characteristics, row.verdict) == ({"goal": "Plezier"}, ["c", "d"], "fits")
    assert "Leesfeest" in client.get("/ouders/vormen/").content.decode()
    assert "Leesfeest" not in client_for(cast.head).get("/ouders/vormen/").content.decode()


@pytest.mark.parametrize(("path", "queries"), [("/ouders/", 9), ("/ouders/kiezen/", 12), (HERE, 16)])
def test_more_costs_no_more_queries(
    cast, client_for, django_assert_num_queries, path: str, queries: int
) -> None:
    begin(cast, "a1")
    hold(cast, talk(cast, TalkKind.START, "a1"), agreed=True)
    hold(cast, talk(cast, TalkKind.TEAM))
    client = client_for(cast.manager)
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)
    hold(cast, talk(cast, TalkKind.DEEPENING, "a1", "k1"))
    hold(cast, talk(cast, TalkKind.MANAGEMENT))
    with django_assert_num_queries(queries):
        client.get(path)
