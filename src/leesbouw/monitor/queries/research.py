"""What a researcher looks up: lists in their versions, measures with their formula, and of which years there are answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from leesbouw.core.access import Actor, require
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Measure

from ..domain.datasets import who_wait
from ..domain.measuring import Rule, rule_of
from ..domain.questionnaire import CHOICES, Item, QuestionnaireBody
from ..domain.versions import Change, ItemChange, difference
from ..enums import Mode, MonitorKind, Respondent
from ..models import Participation, Round, Submission
from ..permissions import RESEARCH
from .codebooks import fewest_in_dataset
from .questionnaires import Questionnaire, all_lists, questionnaire, questionnaires

CHANGE_WORDS = {
    Change.ADDED: pgettext_lazy("list", "new"),
    Change.GONE: pgettext_lazy("list", "gone"),
    Change.REWORDED: pgettext_lazy("list", "other words"),
    Change.ANSWERS: pgettext_lazy("list", "other answers"),
    Change.ASKED: pgettext_lazy("list", "asked of others"),
    Change.MOVED: pgettext_lazy("list", "in another place"),
}
POPULATION_WORDS = {
    "pupils": _lazy("Pupils"),
    "teachers": _lazy("Teachers or workers"),
    "locations": _lazy("Locations"),
}


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A list in one version, and in how many rounds it was or is asked."""

    one: Questionnaire
    rounds: int

    @property
    def items(self) -> int:
        return len(self.one.body.items)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with how it is counted, in words."""

    measure: Measure
    list: str
    sector: str
    formula: str

    @property
    def chain(self) -> str:
        """The versions that stand in one line with this one."""
        return ", ".join(str(version) for version in self.measure.chain)


@dataclass(frozen=True, slots=True)
class Dataset:
    """How many lists in one version came in at locations that closed in a year."""

    one: Questionnaire
    year: SchoolYear
    lists: int
    locations: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An item of two versions side by side, its answers as words."""

    change: ItemChange
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return [str(CHANGE_WORDS[one]) for one in self.change.changes]


def list_versions(actor: Actor) -> list[ListVersion]:
    """Every list in every version, the newest of each first."""
    require(actor, RESEARCH)
    used = Counter(
        key for lists in Round.objects.values_list("questionnaires", flat=True) for key in lists.values()
    )
    return [ListVersion(one, used[one.key]) for one in all_lists()]


def list_version(code: str, version: int) -> Questionnaire:
    """Raises LookupError."""
    return questionnaire(f"{code}@{version}")


def changed_items(before: Questionnaire, after: Questionnaire) -> list[Changed]:
    """What differs between two versions of a list, in the order of the newer one."""
    return [
        Changed(one, _answers(before.body, one.before), _answers(after.body, one.after))
        for one in difference(before.body, after.body)
    ]


def _answers(body: QuestionnaireBody, item: Item | None) -> tuple[str, ...]:
    return tuple(option.label for option in body.answers_of(item)) if item else ()


def measure_lines(actor: Actor) -> list[MeasureLine]:
    """Every measure in its newest version, by list and name."""
    require(actor, RESEARCH)
    lists = questionnaires()
    found = []
    for one, rule in _read_from_lists(lists):
        asked = lists[rule.questionnaire]
        found.append(MeasureLine(one, asked.title, asked.body.sector, _formula(rule, asked.body)))
    return found


def _read_from_lists(lists: dict[str, Questionnaire]) -> Iterator[tuple[Measure, Rule]]:
    known = sorted(indicators.measures().values(), key=lambda one: (one.body.topic, one.body.name))
    for one in known:
        if one.body.rule.get("questionnaire") in lists:
            yield one, rule_of(one.body.rule)


def _formula(rule: Rule, body: QuestionnaireBody) -> str:
    items = ", ".join(part.item for part in rule.parts())
    match rule.op:
        case "share" if rule.at_least is not None:
            return _("Share with at least %(least)s at %(items)s") % {"least": rule.at_least, "items": items}
        case "share":
            labels = " / ".join(_labels(rule.item, rule.values, body))
            return _("Share with %(labels)s at %(items)s") % {"labels": labels, "items": items}
        case "count":
            return _("How many answers were chosen at %(items)s") % {"items": items}
        case "mean":
            divided = _(" divided by %(item)s") % {"item": rule.per} if rule.per else ""
            return _("Mean of %(items)s") % {"items": items} + divided
        case "product":
            return " × ".join(part.item for part in rule.parts())
    return _("Mean of %(items)s as 0 to 100, of who answered at least %(share)s%%") % {
        "items": items,
        "share": round(100 * rule.enough),
    }


def _labels(code: str, values: tuple[int, ...], body: QuestionnaireBody) -> Iterator[str]:
    item = next((one for one in body.items if one.code == code), None)
    known = {o.value: o.label for o in body.answers_of(item)} if item and item.kind in CHOICES else {}
    return (f"“{known.get(value, value)}”" for value in values)


def years_not_over(kind: str | None = None) -> dict[str, set[SchoolYear]]:
    """Kind of Monitor → years in which somebody still fills in or may begin to. One query."""
    rows = Participation.objects.filter(closed_on=None, declined_on=None, round__closed_on=None)
    if kind is not None:
        rows = rows.filter(round__kind=kind)
    found: dict[str, set[SchoolYear]] = {}
    for one, year in rows.values_list("round__kind", "round__year").distinct():
        found.setdefault(one, set()).add(year)  # type: ignore[arg-type]
    return found


def waiting(key: str = "") -> dict[str, set[int]]:
    """By list the locations of which a file brought results that leave with no dataset yet. One query."""
    rows = Submission.objects.trusted("which results came from a file").filter(mode=Mode.IMPORTED)
    if key:
        rows = rows.filter(questionnaire=key)
    came: dict[tuple[str, SchoolYear], list[int]] = {}
    names = ("questionnaire", "participation__round__year", "participation")
    for one, year, place in rows.order_by("participation").values_list(*names).distinct():
        came.setdefault((one, year), []).append(place)  # type: ignore[arg-type]
    found: dict[str, set[int]] = {}
    for (one, _year), places in came.items():
        found.setdefault(one, set()).update(who_wait(places, fewest_in_dataset(questionnaire(one)).together))
    return found


def datasets(actor: Actor) -> list[Dataset]:
    """Of which lists and years answers are still kept and complete, the newest first. Three queries."""
    require(actor, RESEARCH)
    rows = Submission.objects.trusted("answers for research").filter(participation__closed_on__isnull=False)
    for kind, years in years_not_over().items():
        rows = rows.exclude(participation__round__kind=kind, participation__round__year__in=years)
    for key, places in waiting().items():
        rows = rows.exclude(questionnaire=key, participation__in=places)
    counts = (
        rows.order_by("-participation__round__year", "questionnaire")
        .values_list("participation__round__year", "questionnaire")
        .annotate(lists=Count("pk"), locations=Count("participation", distinct=True))
    )
    return [Dataset(questionnaire(key), year, lists, places) for year, key, lists, places in counts]


def dataset_of(actor: Actor, code: str, version: int, year: SchoolYear) -> Dataset:
    """Nothing in it when nobody answered, or the answers are over their term. Raises LookupError for an unknown list."""
    one = list_version(code, version)
    none = Dataset(one, year, lists=0, locations=0)
    return next((each for each in datasets(actor) if (each.one.key, each.year) == (one.key, year)), none)


def kind_words(one: Questionnaire) -> str:
    """For whom a list is: "Primary education, pupil"."""
    return f"{MonitorKind(one.body.sector).label}, {str(Respondent(one.body.respondent).label).lower()}"
