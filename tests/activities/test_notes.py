"""A note about a group for the teacher: who writes, who reads, a child's name is warned about, and it goes in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.activities.actions import cancel_visit, plan_visit, wipe_texts, write_group_note
from leesbouw.activities.models import GroupNote
from leesbouw.activities.queries import group_note_of, group_notes_at
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now

from .conftest import at, visit_row

WORDS = "De groep praat graag over dieren."


def test_the_school_reads_what_the_library_wrote(cast, visit) -> None:
    note = write_group_note(visit=visit, text=f" {WORDS} ", by=cast.consultant)
    assert (note.text, note.by_name) == (WORDS, cast.consultant.name)
    for actor in (cast.teacher, cast.head, cast.manager):
        assert [one.text for one, _visit in group_notes_at(actor, cast.a1)] == [WORDS]
    for actor in (cast.other_head, cast.outsider, cast.board, cast.municipality, cast.other_library):
        assert group_notes_at(actor, cast.a1) == []


def test_words_anew_and_none_at_all(cast, visit) -> None:
    assert write_group_note(visit=visit, text=" ", by=cast.consultant) is None
    write_group_note(visit=visit, text=WORDS, by=cast.consultant)
    write_group_note(visit=visit, text="Anders", by=cast.manager)
    assert group_note_of(cast.head, visit).text == "Anders"
    assert write_group_note(visit=visit, text="", by=cast.manager) is None
    assert not GroupNote.objects.visible_to(SYSTEM).exists()


@pytest.mark.parametrize("name", ["head", "teacher", "outsider", "other_library"])
def test_only_the_library_of_the_visit_writes(cast, visit, name: str) -> None:
    with pytest.raises(NotAllowed):
        write_group_note(visit=visit, text=WORDS, by=getattr(cast, name))


def test_a_visit_that_was_not_there_gives_nothing_back(cast, staff, visit) -> None:
    coming = plan_visit(visit_row(cast, staff, starts_at=at(9, days=2), ends_at=at(10, days=2)), by=SYSTEM)
    with pytest.raises(Sentence):
        write_group_note(visit=coming, text=WORDS, by=cast.consultant)
    cancel_visit(visit=visit, by=cast.consultant)
    with pytest.raises(Sentence):
        write_group_note(visit=visit, text=WORDS, by=cast.consultant)


def test_after_four_weeks_it_is_off_the_first_page_and_its_words_go_with_the_visit(cast, visit) -> None:
    write_group_note(visit=visit, text=WORDS, by=cast.consultant)
    GroupNote.objects.trusted("a note of long ago").update(written_at=now() - timedelta(weeks=5))
    assert group_notes_at(cast.teacher, cast.a1) == []
    assert group_note_of(cast.head, visit)
    wipe_texts(ids=[visit.pk], by=SYSTEM)
    assert group_note_of(cast.head, visit) is None


def test_the_teacher_sees_it_at_home(cast, client_for, visit) -> None:
    page = f"/bezoeken/{visit.pk}/groep/"
    assert client_for(cast.head).get(page).status_code in (403, 404)
    client = client_for(cast.consultant)
    assert client.post(page, {"text": "<b>Dieren</b>"}).status_code == 302
    assert "&lt;b&gt;Dieren" in client.get(f"/bezoeken/{visit.pk}/").content.decode()
    home = client_for(cast.teacher).get("/vandaag/").content.decode()
    assert "&lt;b&gt;Dieren" in home
    assert "Wat de bibliotheek in jullie groepen zag" in home
    assert "&lt;b&gt;Dieren" not in client_for(cast.outsider).get("/vandaag/").content.decode()
