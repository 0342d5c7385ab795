"""Which child of a file is which child that we know."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leesbouw.pupils.domain import Incoming, Known, Match, Verdict, match_pupils

NOOR = Known(1, key="1234", eck_id="", first_name="Noor", infix="de", last_name="Vries")


def the_one(row: Incoming, *known: Known, new_system: bool = False) -> Match:
    return match_pupils([row], known, new_system=new_system)[0]


def test_the_same_key_and_name_is_the_same_child() -> None:
    row = Incoming(2, key="1234", first_name="Noor", infix="de", last_name="Vries")
    assert the_one(row, NOOR) == Match(2, Verdict.SAME, 1)


def test_a_typing_mistake_in_a_name_is_put_right_by_the_same_key() -> None:
    row = Incoming(2, key="1234", first_name="Noortje", infix="de", last_name="Vreis")
    assert the_one(row, NOOR).verdict in {Verdict.SAME, Verdict.DOUBTFUL}
    assert (
        the_one(Incoming(2, key="1234", first_name="Noor", last_name="Vriess"), NOOR).verdict is Verdict.SAME
    )


def test_a_key_that_now_belongs_to_quite_another_child_is_a_question() -> None:
    row = Incoming(2, key="1234", first_name="Yusuf", last_name="Kaya")
    assert the_one(row, NOOR) == Match(2, Verdict.DOUBTFUL, 1, "other_child")


def test_the_eck_id_goes_before_the_key() -> None:
    noor = Known(1, key="1234", eck_id="eck-a", first_name="Noor", last_name="Vries")
    sem = Known(2, key="5678", eck_id="eck-b", first_name="Sem", last_name="Bakker")
    row = Incoming(3, key="5678", eck_id="eck-a", first_name="Noor", last_name="Vries")
    assert the_one(row, noor, sem) == Match(3, Verdict.SAME, 1)


def test_the_same_key_with_another_eck_id_is_a_question() -> None:
    noor = Known(1, key="1234", eck_id="eck-a", first_name="Noor", last_name="Vries")
    row = Incoming(3, key="1234", eck_id="eck-z", first_name="Noor", last_name="Vries")
    assert the_one(row, noor) == Match(3, Verdict.DOUBTFUL, 1, "other_eck_id")


def test_zeros_in_front_make_another_key_and_at_most_a_question() -> None:
    other = Incoming(2, key="001234", first_name="Sem", last_name="Bakker")
    assert the_one(other, NOOR) == Match(2, Verdict.NEW)
    same_name = Incoming(2, key="001234", first_name="Noor", infix="de", last_name="Vries")
    assert the_one(same_name, NOOR) == Match(2, Verdict.DOUBTFUL, 1, "zeros")


def test_a_name_alone_is_a_question_and_never_a_proof() -> None:
    row = Incoming(2, key="9", first_name="NOOR", infix="De", last_name="Vries")
    assert the_one(row, NOOR) == Match(2, Verdict.DOUBTFUL, 1, "same_name")


def test_after_a_change_of_system_a_name_that_is_there_once_is_the_same_child() -> None:
    row = Incoming(2, key="9", first_name="Noor", infix="de", last_name="Vries")
    assert the_one(row, NOOR, new_system=True) == Match(2, Verdict.SAME, 1, "new_system")


def test_after_a_change_of_system_two_of_one_name_stay_a_question() -> None:
    twin = Known(2, key="77", first_name="Noor", infix="de", last_name="Vries")
    row = Incoming(3, key="9", first_name="Noor", infix="de", last_name="Vries")
    assert the_one(row, NOOR, twin, new_system=True).verdict is Verdict.DOUBTFUL


def test_after_a_change_of_system_an_old_key_says_nothing() -> None:
    row = Incoming(2, key="1234", first_name="Noor", infix="de", last_name="Vries")
    assert the_one(row, Known(1, "1234", "", "Yusuf", "", "Kaya"), new_system=True) == Match(2, Verdict.NEW)


def test_two_rows_with_one_key_are_both_faulty() -> None:
    rows = [Incoming(2, key="1", first_name="A"), Incoming(3, key="1", first_name="B"), Incoming(4, key="2")]
    found = match_pupils(rows, [])
    assert [match.reason for match in found] == ["double_key", "double_key", ""]


def test_who_is_at_school_goes_before_who_left() -> None:
    left = Known(1, key="1", first_name="Noor", last_name="Vries", has_left=True)
    here = Known(2, key="1", first_name="Noor", last_name="Vries")
    row = Incoming(5, key="1", first_name="Noor", last_name="Vries")
    assert the_one(row, left, here).known_id == 2


names = st.sampled_from(["Noor", "Sem", "Yusuf", "Noër", "", "Li"])
keys = st.sampled_from(["", "1", "01", "001", "2", "3"])
ecks = st.sampled_from(["", "a", "b", "c"])


@given(
    st.lists(st.tuples(keys, ecks, names, names), max_size=8),
    st.lists(st.tuples(keys, ecks, names, names, st.booleans()), max_size=8),
    st.booleans(),
)
def test_no_known_child_is_matched_twice_and_every_row_has_one_answer(rows, children, new_system) -> None:
    incoming = [
        Incoming(number, key=key, eck_id=eck, first_name=first, last_name=last)
        for number, (key, eck, first, last) in enumerate(rows, start=2)
    ]
    known = [
        Known(pk, key=key, eck_id=eck, first_name=first, last_name=last, has_left=left)
        for pk, (key, eck, first, last, left) in enumerate(children, start=1)
    ]

    found = match_pupils(incoming, known, new_system=new_system)

    assert [match.number for match in found] == [row.number for row in incoming]
    matched = [match.known_id for match in found if match.known_id is not None]
    assert len(matched) == len(set(matched))
    by_id = {child.id: child for child in known}
    for row, match in zip(incoming, found, strict=True):
        if match.verdict is Verdict.SAME and not match.reason:
            child = by_id[match.known_id]
            assert (row.eck_id and row.eck_id == child.eck_id) or (row.key and row.key == child.key)
