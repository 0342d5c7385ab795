"""The lists of one invented school: of its pupils, its teachers, its consultant; or of a child-care location."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from leesbouw.core.story import Row
from leesbouw.organisations.demo.places import groups_in, year_groups

from ..actions import FilledIn
from ..domain.answers import shown_items
from ..enums import Mode, Respondent
from ..queries import Questionnaire
from .patterns import Mood, answer_all, chance_for, group_teaching, pupil_mood, school_mood

ABSENT = 0.07
MUTE_TEACHERS = 0.08
UPPER = range(5, 9)  # the year groups of a primary school that fill in themselves
SECONDARY = {"vo", "pro"}
PRIMARY_YEARS = 5  # behind a pupil of secondary education; eight, but joy falls slower there
VO_CLASSES = 6  # so many classes of a secondary school took part
A_CLASS = 24
WORKERS = 3  # of a group in child care
OWN_GROUP = 5.5  # where nobody knows the year group, the middle of what a class may be


@dataclass(frozen=True, slots=True)
class School:
    """One school in one year: `groups` maps the names of its groups to their ids."""

    row: Row
    year: str
    turn: int  # the how manieth year that is told
    groups: dict[str, int]
    modules: Sequence[str]
    known: Mapping[str, int] = field(
        default_factory=dict
    )  # what its own list says of it, by the name of the fact

    @property
    def code(self) -> str:
        return str(self.row["code"])

    @property
    def sector(self) -> str:
        return str(self.row["sector"])

    @property
    def mood(self) -> Mood:
        return school_mood(self.code, self.turn)


def pupils_in(school: School) -> dict[str, list[int | None]]:
    """The year groups of the pupils who are asked, by the name of their group; None where it is not known."""
    names = groups_in(school.row, school.year)
    if school.sector in SECONDARY:
        spread = names[:: max(1, len(names) // VO_CLASSES)][:VO_CLASSES]
        return {name: [_digit(name)] * A_CLASS for name in spread}
    numbers = school.row["pupils"][school.year]
    here: dict[str, list[int | None]] = {name: [] for name in names}
    for at in UPPER:
        places = [name for name in names if at in year_groups(name)] or names[len(names) // 2 :]
        for pupil in range(numbers[at - 1] if at <= len(numbers) else 0):
            here[places[pupil % len(places)]].append(at)
    return {name: pupils for name, pupils in here.items() if pupils}


def _digit(name: str) -> int | None:
    return next(iter(year_groups(name)), None)


def lists_of_pupils(school: School, asked: Questionnaire, *, share: float = 1.0) -> Iterator[FilledIn]:
    """What the pupils of a school sent in; `share` of every group when a round is still running."""
    variant = asked.body.variant_for(school.sector)
    older = PRIMARY_YEARS if school.sector in SECONDARY else 0
    for name, pupils in pupils_in(school).items():
        chance = chance_for("pupils", school.code, name, school.year)
        teaching = group_teaching(school.mood, school.code, name, school.turn)
        for year_group in pupils[: round(share * len(pupils))]:
            if chance.random() < ABSENT:
                continue
            mood = pupil_mood(school.mood, teaching, older + (year_group or OWN_GROUP), chance)
            yield _list(school, asked, Respondent.PUPIL, mood, chance, name, year_group, variant)


def lists_of_teachers(school: School, asked: Questionnaire, *, share: float = 1.0) -> Iterator[FilledIn]:
    names = groups_in(school.row, school.year)
    for name in names[: round(share * len(names))]:
        chance = chance_for("teacher's list", school.code, name, school.year)
        if chance.random() >= MUTE_TEACHERS:
            does = group_teaching(school.mood, school.code, name, school.turn)
            yield _list(school, asked, Respondent.TEACHER, Mood(does, does, does), chance, name, _digit(name))


def lists_of_others(school: School, asked: Questionnaire, respondent: Respondent) -> Iterator[FilledIn]:
    """One list for the whole location; in child care a few of every group."""
    each = WORKERS if respondent == Respondent.WORKER else 1
    names = groups_in(school.row, school.year) if respondent == Respondent.WORKER else [""]
    for name in names:
        for number in range(each):
            chance = chance_for(respondent, school.code, name, number, school.year)
            does = school.mood.teaching + chance.gauss(0.4, 0.5)
            yield _list(school, asked, respondent, Mood(does, does, does), chance, name)


def _list(
    school: School,
    asked: Questionnaire,
    respondent: Respondent,
    mood: Mood,
    chance: Random,
    group: str,
    year_group: int | None = None,
    variant: str = "",
) -> FilledIn:
    items = shown_items(asked.body, year_group, school.modules, variant)
    known = {} if respondent in {Respondent.PUPIL, Respondent.TEACHER} else school.known
    coded, said = answer_all(asked.body, items, mood, chance, variant, known)
    return FilledIn(
        respondent=respondent,
        questionnaire=asked.key,
        coded=coded,
        said=said,
        group_id=school.groups.get(group),
        year_group=year_group,
        mode=Mode.ALOUD if chance.random() < 0.2 else Mode.ALONE,
        minutes=chance.randint(6, 14),
    )
