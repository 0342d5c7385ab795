"""Kept selections: one's own, shared with the unit, and nobody else's."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.ui import actions
from leesbouw.ui.models import SavedView
from leesbouw.ui.queries import saved_views_for
from leesbouw.ui.viewquery import same_view, view_query

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def keep(by, name: str = "Van mij", query: str = "soort=po", shared: bool = False, page: str = "test.places"):
    return actions.save_view(page=page, name=name, query=query, shared=shared, by=by)


def test_keeping_from_the_page(cast, client_for) -> None:
    client = client_for(cast.manager)
    html = client.get("/plekken/?zoek=anker&pagina=1&jaar=2025-2026").content.decode()
    sent = dict(
        re.findall(r'name="(page|query|next|request_id)" value="([^"]*)"', html.replace("&amp;", "&"))
    )
    answer = client.post("/selecties/bewaar/", sent | {"name": "  Ankers "})
    assert answer["Location"] == "/plekken/?zoek=anker"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.user_id) == ("Ankers", "zoek=anker", cast.manager.user_id)
    html = client.get("/plekken/?zoek=anker").content.decode()
    assert re.search(r'<a href="\?zoek=anker" aria-current="page">Ankers', html)
    assert f"/selecties/{view.pk}/weg/" in html


def test_tabs_hold_the_year_and_the_presets(cast, client_for) -> None:
    html = client_for(cast.manager).get("/plekken/?jaar=2025-2026&soort=po").content.decode()
    assert re.search(r'<a href="\?jaar=2025-2026&amp;soort=po" aria-current="page">Basisscholen', html)
    assert '<a href="?jaar=2025-2026">' in html


def test_without_a_name_it_is_asked(cast, client_for) -> None:
    page = client_for(cast.manager).post(
        "/selecties/bewaar/", {"page": "test.places", "query": "soort=po", "next": "/plekken/"}
    )
    assert page.status_code == 200
    assert 'href="#id_name"' in page.content.decode()


def test_same_name_replaces(cast) -> None:
    keep(cast.manager)
    keep(cast.manager, query="soort=vo")
    assert [view.query for view in saved_views_for(cast.manager, "test.places")] == ["soort=vo"]


def test_shared_with_the_unit_only(cast) -> None:
    keep(cast.manager, "Gedeeld", shared=True)
    keep(cast.manager, "Eigen")
    assert [view.name for view in saved_views_for(cast.manager, "test.places")] == ["Gedeeld", "Eigen"]
    assert [view.name for view in saved_views_for(cast.consultant, "test.places")] == ["Gedeeld"]
    assert saved_views_for(cast.other_library, "test.places") == []
    assert saved_views_for(cast.manager, "test.other") == []
    assert saved_views_for(SYSTEM, "test.places") == []


@pytest.mark.parametrize("shared", [False, True])
def test_somebody_elses_does_not_exist(cast, client_for, shared: bool) -> None:
    view = keep(cast.manager, shared=shared)
    for actor in (cast.consultant, cast.outsider):
        client = client_for(actor)
        assert client.get(f"/selecties/{view.pk}/naam/").status_code == 404
        assert client.post(f"/selecties/{view.pk}/naam/", {"name": "x"}).status_code == 404
        assert client.post(f"/selecties/{view.pk}/weg/", {}).status_code == 404
        with pytest.raises(Sentence):
            actions.delete_view(view=view, by=actor)
        with pytest.raises(Sentence):
            actions.rename_view(view=view, name="x", by=actor)
    view.refresh_from_db()
    assert (view.name, view.removed_at) == ("Van mij", None)


def test_renaming_and_deleting_can_be_undone(cast, client_for) -> None:
    client, view = client_for(cast.manager), keep(cast.manager)
    assert (
        client.post(f"/selecties/{view.pk}/naam/", {"name": "Nieuw", "next": "/plekken/"})["Location"]
        == "/plekken/"
    )
    view.refresh_from_db()
    assert view.name == "Nieuw"
    undo_event(event_id=AuditEvent.objects.get(verb="ui.rename_view").pk, by=cast.manager)
    view.refresh_from_db()
    assert view.name == "Van mij"

    for _ in range(2):  # the second send is answered like the first
        answer = client.post(f"/selecties/{view.pk}/weg/", {"request_id": "1", "next": "/plekken/"})
        assert answer["Location"] == "/plekken/"
    assert saved_views_for(cast.manager, "test.places") == []
    assert client.post(f"/selecties/{view.pk}/weg/", {"request_id": "2"}).status_code in (302, 404)
    undo_event(event_id=AuditEvent.objects.filter(verb="ui.delete_view").latest("pk").pk, by=cast.manager)
    assert [one.name for one in saved_views_for(cast.manager, "test.places")] == ["Van mij"]


def test_keeping_can_be_undone(cast) -> None:
    keep(cast.manager)
    undo_event(event_id=AuditEvent.objects.get(verb="ui.save_view").pk, by=cast.manager)
    assert saved_views_for(cast.manager, "test.places") == []


def test_there_is_an_end(cast, monkeypatch) -> None:
    monkeypatch.setattr(actions, "MOST_VIEWS", 2)
    keep(cast.manager, "a")
    keep(cast.manager, "b")
    with pytest.raises(Sentence):
        keep(cast.manager, "c")
    keep(cast.manager, "b", query="soort=so")


def test_only_people_keep(cast) -> None:
    with pytest.raises(NotAllowed):
        keep(SYSTEM)
    with pytest.raises(Sentence):
        keep(cast.manager, name=" \u200b ")


def test_audit_holds_no_names(cast) -> None:
    keep(cast.manager, name="Scholen van Ria Postma", query="zoek=ria")
    assert "Ria" not in str([(event.data, event.undo_args) for event in AuditEvent.objects.all()])


def test_equal_selections_are_equal_text() -> None:
    assert view_query(QueryDict("b=2&a=1&pagina=3&jaar=2025-2026&c=&formaat=csv")) == "a=1&b=2"
    assert same_view(QueryDict("kolommen=a,b&soort=po"), "soort=po&kolommen=a,b")
    assert not same_view(QueryDict("soort=po"), "")
