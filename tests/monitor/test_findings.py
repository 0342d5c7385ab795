"""What stands out in a report."""

from hypothesis import given
from hypothesis import strategies as st

from leesbouw.monitor.domain.findings import (
    Against,
    Difference,
    Looked,
    Message,
    Sign,
    in_one_minute,
    minute_of,
    standing_out,
)


def look(measure, *, main=True, better=True, before=None, comparable=None, spread=None):
    return Looked(measure, main, better, before, comparable, spread)


def clear(size):
    return Difference(size, is_clear=True)


def unclear(size):
    return Difference(size, is_clear=False)


def test_the_widest_clear_differences_stand_out_and_each_measure_once():
    looked = [
        look("pleasure", before=clear(0.14), comparable=clear(-0.12)),
        look("talks", before=clear(-0.2), comparable=clear(-0.31)),
        look("borrows", before=unclear(0.08), spread=clear(0.24)),
    ]
    assert in_one_minute(looked) == [
        Message("pleasure", Sign.UP, Against.BEFORE),
        Message("talks", Sign.DOWN, Against.COMPARABLE),
        Message("borrows", Sign.QUESTION, Against.GROUPS),
    ]


def test_less_can_be_better():
    looked = [look("never-reads", better=False, before=clear(-0.15))]
    assert in_one_minute(looked) == [Message("never-reads", Sign.UP, Against.BEFORE)]


def test_a_main_measure_goes_before_a_wider_difference_of_another():
    looked = [look("detail", main=False, before=clear(0.4)), look("pleasure", before=clear(0.11))]
    assert in_one_minute(looked)[0].measure == "pleasure"


def test_what_is_not_clear_is_a_question_and_never_praise_or_blame():
    looked = [look("pleasure", before=unclear(0.07)), look("talks", before=unclear(-0.02))]
    assert in_one_minute(looked) == [Message("pleasure", Sign.QUESTION, Against.BEFORE)]


def test_a_first_round_asks_about_the_first_main_measure():
    looked = [look("detail", main=False), look("pleasure")]
    assert in_one_minute(looked) == [Message("pleasure", Sign.QUESTION, Against.NOTHING)]
    assert in_one_minute([]) == []


differences = st.none() | st.builds(Difference, st.floats(-1, 1), st.booleans())
looks = st.builds(
    Looked, st.sampled_from("abcdefgh"), st.booleans(), st.booleans(), differences, differences, differences
)


@given(st.lists(looks, unique_by=lambda one: one.measure))
def test_at_most_three_messages_of_three_measures_and_praise_only_where_it_is_clear(looked):
    messages = in_one_minute(looked)
    assert len({message.measure for message in messages}) == len(messages) <= 3
    assert [message.sign for message in messages] == sorted((m.sign for m in messages), key=list(Sign).index)
    known = {one.measure: one for one in looked}
    for message in messages:
        one = known[message.measure]
        held = {Against.BEFORE: one.before, Against.COMPARABLE: one.comparable, Against.GROUPS: one.spread}
        if message.sign != Sign.QUESTION:
            difference = held[message.against]
            assert difference.is_clear
            assert ((difference.size > 0) == one.higher_is_better) == (message.sign == Sign.UP)


@given(st.lists(looks, unique_by=lambda one: one.measure))
def test_what_stands_out_begins_with_the_minute_and_asks_of_each_measure_once(looked):
    messages = standing_out(looked)
    assert minute_of(messages) == in_one_minute(looked)
    assert messages[: len(in_one_minute(looked))] == in_one_minute(looked)
    assert len({message.measure for message in messages}) == len(messages) <= 8
    assert standing_out(looked, most=2) == messages[:2]


def test_a_team_chooses_from_what_is_clear_before_what_is_only_asked():
    looked = [
        look("pleasure", before=clear(0.14)),
        look("books"),
        look("talks", before=clear(0.12)),
        look("detail", main=False, comparable=clear(-0.4)),
        look("other", main=False),
        look("home", before=unclear(0.05)),
    ]
    assert standing_out(looked) == [
        Message("pleasure", Sign.UP, Against.BEFORE),
        Message("detail", Sign.DOWN, Against.COMPARABLE),
        Message("home", Sign.QUESTION, Against.BEFORE),
        Message("talks", Sign.UP, Against.BEFORE),
        Message("books", Sign.QUESTION, Against.NOTHING),
    ]
