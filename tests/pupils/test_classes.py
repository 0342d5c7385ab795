"""The door of children: who opens a class, three pictures, and what nobody else gets to see."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM, Actor, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.gate import TICKETS
from leesbouw.core.time import SchoolYear, now
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.actions import (
    disconnect_class_device,
    end_class,
    erase_on_request,
    let_in,
    open_class,
    print_cards,
    renew_pictures,
    try_pictures,
)
from leesbouw.pupils.domain import (
    AVATARS,
    MISSES,
    chosen_after,
    device_kind,
    digest_of,
    draw_pictures,
    fits,
    read_back,
    tile_names,
)
from leesbouw.pupils.enums import Came, Picture
from leesbouw.pupils.models import ClassDevice, ClassSession, Enrolment, PictureKey, Pupil
from leesbouw.pupils.queries.classes import child_actor, pictures_of, tiles_of
from leesbouw.pupils.views.door import gate
from tests.factories.cast import Cast
from tests.factories.pupils import Class, make_class, put_more

ALL = tuple(Picture.values)


@pytest.fixture(autouse=True)
def fresh_gate() -> None:
    gate.forget()


@pytest.fixture
def children(cast: Cast, agreed: None) -> Class:
    return make_class(cast.a1)


@pytest.fixture
def opened(cast: Cast, children: Class) -> ClassSession:
    return open_class(group_id=children.groups["5"].pk, by=cast.teacher)


def tile_of(session: ClassSession, pupil: Pupil):  # type: ignore[no-untyped-def]
    return next(one for one in tiles_of(session.group, session) if one.pupil.pk == pupil.pk)


def come(client: Client, session: ClassSession, pupil: Pupil, pictures=None):  # type: ignore[no-untyped-def]
    """The way of a child: tile, three pictures, yes."""
    tile = tile_of(session, pupil)
    url = f"/klas/{session.code}/{tile.token}/"
    answer = client.post(url, {"plaatje": [str(one) for one in pictures or pictures_of(tile)]})
    proof = re.search(r'name="bewijs" value="([^"]+)"', answer.content.decode())
    if proof is None:
        return answer
    return client.post(f"{url}binnen/", {"bewijs": proof[1]})


# The pictures themselves


@given(st.sets(st.frozensets(st.sampled_from(ALL), min_size=3, max_size=3), max_size=219))
def test_nobody_in_a_group_has_the_same_three(taken: set[frozenset[str]]) -> None:
    drawn = draw_pictures(ALL, taken)

    assert len(set(drawn)) == 3
    assert frozenset(drawn) not in taken


@given(st.permutations(ALL), st.binary(min_size=16, max_size=32), st.binary(min_size=16, max_size=32))
def test_a_digest_is_of_one_child_one_order_and_one_installation(order, key, other) -> None:  # type: ignore[no-untyped-def]
    three = order[:3]
    digest = digest_of(key, "noor", three)

    assert fits(key, "noor", three, digest)
    assert read_back(key, "noor", digest, ALL) == tuple(three)
    assert not fits(key, "noor", [three[1], three[0], three[2]], digest)
    assert not fits(key, "sem", three, digest)
    assert key == other or not fits(other, "noor", three, digest)
    assert not any(one in digest for one in ALL)


@given(st.lists(st.sampled_from(ALL), max_size=12))
def test_a_second_press_takes_a_picture_away(presses: list[str]) -> None:
    chosen: list[str] = []
    for press in presses:
        before = chosen
        chosen = chosen_after(chosen, press)
        assert len(chosen) <= 3
        assert len(set(chosen)) == len(chosen)
        assert (press in chosen) == (press not in before and len(before) < 3)


def test_a_tile_says_no_more_of_a_name_than_it_must() -> None:
    names = tile_names([(1, "Noor", "de", "Vries"), (2, "Noor", "", "Vlinder"), (3, "Sem", "", "Kwartel")])

    assert names == {1: "Noor de Vries", 2: "Noor Vlinder", 3: "Sem"}


# Opening, ending, letting in


def test_a_teacher_opens_the_class_of_her_school_for_an_hour(cast, children, opened) -> None:
    again = open_class(group_id=children.groups["5"].pk, by=cast.teacher)

    assert again.pk == opened.pk
    assert timedelta(minutes=59) < opened.ends_at - now() <= timedelta(minutes=60)
    keys = PictureKey.objects.visible_to(SYSTEM)
    assert keys.count() == 2
    assert len({key.avatar for key in keys}) == 2
    assert all(0 <= key.avatar < AVATARS for key in keys)


@pytest.mark.parametrize("who", ["consultant", "manager", "head", "volunteer", "municipality"])
def test_who_is_no_teacher_opens_no_class(cast, children, who: str) -> None:
    with pytest.raises(NotAllowed):
        open_class(group_id=children.groups["5"].pk, by=getattr(cast, who))


def test_a_teacher_of_another_school_finds_no_class(cast, children, client_for) -> None:
    from tests.factories.cast import add_person

    stranger = add_person("stranger", "teacher", cast.a2)
    group = children.groups["5"].pk

    with pytest.raises(ClassGroup.DoesNotExist):
        open_class(group_id=group, by=stranger)
    client = client_for(stranger)
    for page in ("", "kaarten/", "kaarten.pdf"):
        assert client.get(f"/klas/groep/{group}/{page}").status_code == 404
    for page in ("openen/", "sluiten/", "binnenlaten/", "kaarten/nieuw/", "apparaat/"):
        assert client.post(f"/klas/groep/{group}/{page}").status_code == 404


def test_without_an_agreement_there_is_nothing_to_open(cast) -> None:
    group = ClassGroup.objects.create(location_id=cast.a1.pk, year=SchoolYear.running(), name="5")

    with pytest.raises(ClassGroup.DoesNotExist):
        open_class(group_id=group.pk, by=cast.teacher)


def test_a_group_without_children_does_not_open(cast, children) -> None:
    Enrolment.objects.visible_to(SYSTEM).filter(group=children.groups["6"]).delete()

    with pytest.raises(Sentence):
        open_class(group_id=children.groups["6"].pk, by=cast.teacher)


def test_five_wrong_tries_ask_the_teacher_who_lets_in_once(cast, children, opened) -> None:
    tile = tile_of(opened, children.noor)
    wrong = [one for one in ALL if one not in pictures_of(tile)][:3]

    came = [try_pictures(session=opened, token=tile.token, pictures=wrong) for _n in range(MISSES + 1)]
    right = try_pictures(session=opened, token=tile.token, pictures=pictures_of(tile))
    assert came == [Came.WRONG] * (MISSES - 1) + [Came.ASK] * 2
    assert right is Came.ASK, "after five misses only the teacher helps"

    let_in(group_id=opened.group_id, token=tile.token, by=cast.teacher)
    url = f"/klas/{opened.code}/{tile.token}/"
    client = Client()
    proof = re.search(r'name="bewijs" value="([^"]+)"', client.get(url).content.decode())
    assert proof is not None
    assert client.post(f"{url}binnen/", {"bewijs": proof[1]}).status_code == 302
    assert client.get("/mijn/gegevens/").status_code == 200
    assert b"bewijs" not in Client().get(url).content, "letting in is for once"


def test_a_right_try_forgets_the_wrong_ones(cast, children, opened) -> None:
    tile = tile_of(opened, children.noor)
    wrong = [one for one in ALL if one not in pictures_of(tile)][:3]
    for _n in range(MISSES - 1):
        try_pictures(session=opened, token=tile.token, pictures=wrong)

    assert try_pictures(session=opened, token=tile.token, pictures=pictures_of(tile)) is Came.RIGHT
    assert PictureKey.objects.visible_to(SYSTEM).get(pupil=children.noor).misses == 0


def test_new_pictures_are_others_and_leave_the_rest_alone(cast, children, opened) -> None:
    put_more(children, 30)
    group = children.groups["6"]
    before = {tile.pupil.pk: pictures_of(tile) for tile in print_cards(group_id=group.pk, by=cast.teacher)}
    assert len({frozenset(three) for three in before.values()}) == len(before) == 31
    one = next(iter(before))

    assert renew_pictures(group_id=group.pk, pupil_id=one, by=cast.teacher) == 1
    after = {tile.pupil.pk: pictures_of(tile) for tile in tiles_of(group)}
    assert set(after[one]) != set(before[one])
    assert {pk: three for pk, three in after.items() if pk != one} == {
        pk: three for pk, three in before.items() if pk != one
    }
    assert renew_pictures(group_id=group.pk, by=cast.teacher) == 31
    assert renew_pictures(group_id=group.pk, pupil_id=children.noor.pk, by=cast.teacher) == 0


def test_who_comes_into_the_group_while_the_class_is_open_has_a_tile_of_its_own(
    cast, children, opened
) -> None:
    Enrolment.objects.visible_to(SYSTEM).create(
        pupil=children.yusuf, group=children.groups["5"], starts_on=now().date() - timedelta(days=1)
    )
    assert Client().get(f"/klas/{opened.code}/").status_code == 200
    keys = PictureKey.objects.visible_to(SYSTEM).filter(pupil__in=[row.pk for row in children.pupils])
    assert len({key.avatar for key in keys}) == 3
    tile = tile_of(opened, children.yusuf)
    url = f"/klas/{opened.code}/{tile.token}/"
    assert "om je kaartje" in Client().get(url).content.decode()
    assert come(Client(), opened, children.yusuf).status_code == 302


def test_letting_in_works_for_a_child_that_never_had_pictures(cast, children, opened) -> None:
    PictureKey.objects.visible_to(SYSTEM).filter(pupil=children.noor).delete()
    token = tile_of(opened, children.noor).token

    let_in(group_id=opened.group_id, token=token, by=cast.teacher)
    assert "bewijs" in Client().get(f"/klas/{opened.code}/{token}/").content.decode()


# What a child and a stranger see


def test_a_child_comes_in_and_sees_itself_alone(cast, children, opened) -> None:
    client = Client()

    assert come(client, opened, children.noor).status_code == 302
    told = client.get("/mijn/gegevens/").content.decode()
    assert "Noor de Vriezenaar" in told
    assert "Vlinderman" not in told
    actor = child_actor(opened, children.noor)
    assert list(Pupil.objects.visible_to(actor)) == [children.noor]
    assert {row.pupil_id for row in Enrolment.objects.visible_to(actor)} == {children.noor.pk}
    assert not PictureKey.objects.visible_to(actor).exists()


def test_a_child_that_came_in_is_nobody_on_the_pages_of_others(children, opened) -> None:
    client = Client()
    come(client, opened, children.noor)

    for page in ("/vandaag/", f"/leerling/{children.noor.pk}/", "/klas/groepen/", "/boeken/"):
        assert client.get(page).headers.get("Location", "").startswith("/aanmelden/")


def test_whoever_was_signed_in_on_the_device_is_out(cast, children, opened, client_for) -> None:
    client = client_for(cast.teacher)
    come(client, opened, children.noor)

    assert client.get("/klas/groepen/")["Location"].startswith("/aanmelden/")


@pytest.mark.parametrize("how", ["ended", "over", "idle", "moved", "left", "out"])
def test_a_child_is_out(cast, children, opened, how: str) -> None:
    client, later = Client(), now()
    come(client, opened, children.noor)
    assert client.get("/mijn/gegevens/").status_code == 200
    match how:
        case "ended":
            end_class(group_id=opened.group_id, by=cast.teacher)
        case "over":
            ClassSession.objects.filter(pk=opened.pk).update(ends_at=later)
        case "idle":
            later += timedelta(minutes=3, seconds=2)
        case "moved":
            Enrolment.objects.visible_to(SYSTEM).filter(pupil=children.noor).update(
                group=children.groups["6"]
            )
        case "left":
            Pupil.objects.visible_to(SYSTEM).filter(pk=children.noor.pk).update(
                left_on=now().date() - timedelta(days=1)
            )
        case "out":
            client.get("/klas/uit/")

    with time_machine.travel(later, tick=False):
        answer = client.get("/mijn/gegevens/")
    assert (answer.status_code, answer["Location"]) == (302, "/klas/")


def test_names_stand_only_behind_the_code_of_an_open_class(cast, children, opened) -> None:
    url = f"/klas/{opened.code}/"
    assert "Noor" in Client().get(url).content.decode()
    end_class(group_id=opened.group_id, by=cast.teacher)

    answer = Client().get(url)
    assert answer.status_code == 404
    assert "Noor" not in answer.content.decode()


def test_a_proof_is_of_one_child(children, opened) -> None:
    client = Client()
    noor, other = tile_of(opened, children.noor), tile_of(opened, children.pupils[1])
    url = f"/klas/{opened.code}/{{}}/"
    answer = client.post(url.format(noor.token), {"plaatje": [str(one) for one in pictures_of(noor)]})
    proof = re.search(r'name="bewijs" value="([^"]+)"', answer.content.decode())[1]

    client.post(url.format(other.token) + "binnen/", {"bewijs": proof})
    assert client.get("/mijn/gegevens/").status_code == 302
    assert client.post(url.format(noor.token) + "binnen/", {"bewijs": ""}).status_code == 302
    assert client.get("/mijn/gegevens/").status_code == 302


def test_a_cookie_of_ones_own_making_opens_nothing(children, opened) -> None:
    client = Client()
    client.cookies["leesbouw-kind"] = f"[{opened.pk}, {children.noor.pk}]"

    assert client.get("/mijn/gegevens/").status_code == 302


def test_who_tries_codes_is_slowed_down(monkeypatch, children, opened) -> None:
    monkeypatch.setattr(gate, "per_second", 0)
    client = Client()

    seen = [client.get("/klas/4444444" + sign + "/").status_code for sign in "3479ACDEFHJKMNPQRTWXY" * 3]
    assert seen[:TICKETS] == [404] * TICKETS
    assert set(seen[TICKETS:]) == {429}


def test_a_device_of_the_class_needs_no_code(cast, children, client_for) -> None:
    client = client_for(cast.teacher)
    group = children.groups["5"].pk

    assert client.post(f"/klas/groep/{group}/apparaat/")["Location"] == "/klas/"
    session = ClassSession.objects.get(group=group)
    assert client.get("/klas/groepen/")["Location"].startswith("/aanmelden/")
    assert client.get("/klas/")["Location"] == f"/klas/{session.code}/"
    end_class(group_id=group, by=cast.teacher)
    assert client.get("/klas/").status_code == 200
    assert Client().get("/klas/").status_code == 200


@pytest.fixture
def device(cast, children, client_for) -> Client:
    """A tablet that its teacher made one of group 5, with the class open."""
    client = client_for(cast.teacher)
    agent = {"User-Agent": "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)"}
    assert (
        client.post(f"/klas/groep/{children.groups['5'].pk}/apparaat/", headers=agent)["Location"] == "/klas/"
    )
    return client


def test_a_device_that_was_disconnected_is_out_with_the_next_press(
    cast, children, device, client_for
) -> None:
    group = children.groups["5"].pk
    session = ClassSession.objects.get(group=group)
    assert come(device, session, children.noor).status_code == 302
    assert device.get("/mijn/gegevens/").status_code == 200
    elsewhere = Client()
    come(elsewhere, session, children.pupils[1])
    row = ClassDevice.objects.visible_to(cast.teacher).get()
    assert (row.kind, row.group_id) == ("tablet", group)

    page = client_for(cast.teacher).get(f"/klas/groep/{group}/").content.decode()
    assert "van de klas sinds" in page
    url = f"/klas/groep/{group}/apparaat/{row.pk}/los/"
    assert client_for(cast.teacher).post(url, {"terug": "/klas/groepen/"})["Location"] == "/klas/groepen/"
    assert device.get("/mijn/gegevens/")["Location"] == "/klas/"
    assert device.get(f"/klas/{session.code}/")["Location"] == "/klas/"
    assert b'name="code"' in device.get("/klas/").content
    assert "leesbouw-klas" not in {name for name, one in device.cookies.items() if one.value}
    assert elsewhere.get("/mijn/gegevens/").status_code == 200, "others stay in"
    assert set(AuditEvent.objects.filter(verb__endswith="_device").values_list("verb", flat=True)) == {
        "pupils.pair_device",
        "pupils.disconnect_device",
    }
    assert client_for(cast.teacher).post(url).status_code == 404


def test_nobody_else_disconnects_a_device(cast, children, device, client_for) -> None:
    from tests.factories.cast import add_person

    row = ClassDevice.objects.visible_to(SYSTEM).get()
    stranger = add_person("stranger", "teacher", cast.a2)
    for who in (stranger, cast.head, cast.consultant):
        assert not ClassDevice.objects.visible_to(who).exists()
        answer = client_for(who).post(f"/klas/groep/{row.group_id}/apparaat/{row.pk}/los/")
        assert answer.status_code in {403, 404}
    for who, error in ((stranger, Sentence), (cast.head, NotAllowed)):
        with pytest.raises(error):
            disconnect_class_device(device_id=row.pk, by=who)
    wrong = f"/klas/groep/{children.groups['6'].pk}/apparaat/{row.pk}/los/"
    assert client_for(cast.teacher).post(wrong).status_code == 404
    assert client_for(cast.teacher).post(wrong.replace("/los/", "/los/?terug=//x.nl")).status_code == 404
    assert ClassDevice.objects.visible_to(SYSTEM).count() == 1


def test_the_device_itself_says_that_it_is_of_the_class_no_more(children, device) -> None:
    device.post("/klas/apparaat-vergeten/")
    assert not ClassDevice.objects.visible_to(SYSTEM).exists()
    assert b'name="code"' in device.get("/klas/").content


@pytest.mark.parametrize(
    ("browser", "kind"),
    [
        ("Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X)", "tablet"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", "chromebook"),
        ("Mozilla/5.0 (Linux; Android 13; SM-T500)", "tablet"),
        ("Mozilla/5.0 (Linux; Android 13; Pixel 7) Mobile Safari", "phone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_5)", "phone"),
        ("Mozilla/5.0 (Windows NT 10.0)", "computer"),
        ("", "computer"),
    ],
)
def test_the_kind_of_a_device(browser: str, kind: str) -> None:
    assert device_kind(browser) == kind


def test_pictures_work_without_a_script(children, opened) -> None:
    client = Client()
    tile = tile_of(opened, children.noor)
    url, chosen = f"/klas/{opened.code}/{tile.token}/", []
    for picture in pictures_of(tile):
        page = client.post(url, {"plaatje": [*chosen, picture.value]}).content.decode()
        chosen = re.findall(r'type="hidden" name="plaatje" value="(\w+)"', page)
    assert "bewijs" in page


def test_the_tiles_ask_as_much_for_many_children_as_for_few(
    children, cast, django_assert_num_queries
) -> None:
    put_more(children, 25)
    session = open_class(group_id=children.groups["6"].pk, by=cast.teacher)

    with django_assert_num_queries(4):  # the class, its children, their tiles, and whether this is a demo
        assert Client().get(f"/klas/{session.code}/").status_code == 200


# Traces


def test_events_name_no_child(cast, children, opened) -> None:
    tile = tile_of(opened, children.noor)
    for _n in range(MISSES):
        try_pictures(session=opened, token=tile.token, pictures=ALL[:3])
    let_in(group_id=opened.group_id, token=tile.token, by=cast.teacher)
    renew_pictures(group_id=opened.group_id, by=cast.teacher)
    print_cards(group_id=opened.group_id, by=cast.teacher)
    end_class(group_id=opened.group_id, by=cast.teacher)

    events = AuditEvent.objects.filter(verb__startswith="pupils.").exclude(verb="pupils.put_pupils")
    assert {event.verb for event in events} >= {
        "pupils.open_class",
        "pupils.end_class",
        "pupils.let_child_in",
        "pupils.renew_pictures",
        "pupils.print_cards",
    }
    assert {event.subject_type for event in events} == {"pupils.ClassSession", "organisations.ClassGroup"}
    assert all(event.data == {} for event in events)


def test_printing_cards_stands_among_the_looks_at_a_child(cast, children, opened) -> None:
    from leesbouw.pupils.queries import looks_at

    print_cards(group_id=opened.group_id, by=cast.teacher)

    assert any("inlogkaartjes" in look.what for look in looks_at(cast.head, children.noor))


def test_pictures_go_with_the_child(cast, children, opened, client_for) -> None:
    erase_on_request(pupil=children.noor, by=cast.head)

    assert set(PictureKey.objects.visible_to(SYSTEM).values_list("pupil_id", flat=True)) == {
        children.pupils[1].pk
    }


def test_the_cards_are_a_paper_with_names_and_words(cast, children, opened, client_for) -> None:
    answer = client_for(cast.teacher).get(f"/klas/groep/{opened.group_id}/kaarten.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")


def test_a_nobody_of_kind_pupil_has_no_rights() -> None:
    assert Actor(kind="pupil", pupil_id=7).key == "pupil:7"
    assert not Actor(kind="pupil", pupil_id=7).may("pupils.view")
