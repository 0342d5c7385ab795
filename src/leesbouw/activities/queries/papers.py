"""What came of a year on paper: for the library with its locations, for a municipality as sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location
from leesbouw.plans.domain import Counted, Sums, sum_of
from leesbouw.rendering.documents import Block, Document, Grid, Section, Text, flowing
from leesbouw.rendering.sheets import file_name
from leesbouw.rendering.word import to_word

from ..domain import named
from ..enums import YEAR_WORDS
from .levels import LevelYears
from .outcomes import look_back_rows, outcomes_of, own_library_name


def words_of(number: Decimal | None) -> str:
    """A number as people write it; a dash where it is not known."""
    if number is None:
        return "–"
    return number_format(number.normalize() if number % 1 else int(number), force_grouping=True)


def agreed_and_reached(sums: Sums) -> list[str]:
    """What was agreed and what came of it, in three sentences."""
    told = {name: words_of(number) for name, number in named(sums).items()}
    return [
        _("%(reached)s of %(measured)s goals with a figure are reached.") % told,
        _hours_words(told, shows_made=Counted.HOURS_MADE in sums),
        _("%(done)s of %(activities)s planned activities are done.") % told,
    ]


def _hours_words(told: Mapping[str, str], *, shows_made: bool) -> str:
    """Without the hours that were made where those are the work of too few people."""
    if shows_made:
        return (
            _("%(hours_agreed)s hours were agreed, %(hours_planned)s planned and %(hours_made)s made.") % told
        )
    words = _("%(hours_agreed)s hours were agreed and %(hours_planned)s planned.") % told
    return f"{words} {_('Too few people worked on this to show the hours that were made.')}"


def level_document(level: LevelYears) -> Document:
    """The sums of a level in a year and the years before it. No school stands in it by name."""
    if level.sums is None:
        reason = str(level.reason.label) if level.reason else _("Nothing was counted yet.")
        sections = [Section("", [Text(reason)])]
    else:
        sections = [Section(_("In short"), [Text(line) for line in agreed_and_reached(level.sums)])]
        sections += [
            Section(
                str(heading), [_through_years(level, [str(label) for label in words.values()], list(words))]
            )
            for heading, words in YEAR_WORDS.items()
        ]
        sections.append(
            Section(_("How this was counted"), [Text(how_counted(level.locations, level.left_out))])
        )
    return _document(level.unit.name, level.year, sections)


def _through_years(level: LevelYears, labels: Sequence[str], codes: Sequence[str]) -> Block:
    by_code = {line.code: line for line in level.lines}
    rows = [
        [label, *(words_of(by_code[code].value(year)) for year in level.years)]
        for label, code in zip(labels, codes, strict=True)
    ]
    years = [str(year) for year in level.years]
    return Grid(["", *years], rows, numeric=tuple(range(1, len(years) + 1)))


def how_counted(locations: int, left_out: int) -> str:
    """On how many locations the sums stand, and that none of them is named."""
    words = ngettext(
        "These are sums of %(number)s location. No location is named.",
        "These are sums of %(number)s locations. No location is named.",
        locations,
    ) % {"number": locations}
    if left_out:
        words += " " + ngettext(
            "%(number)s location is left out, because the figure would be hers alone.",
            "%(number)s locations are left out, because the figure would be theirs alone.",
            left_out,
        ) % {"number": left_out}
    return words


COLUMNS = (
    Counted.GOALS,
    Counted.REACHED,
    Counted.UNMEASURED,
    Counted.HOURS_AGREED,
    Counted.HOURS_MADE,
    Counted.DONE,
    Counted.VISITS,
)


def library_document(
    name: str, year: SchoolYear, rows: Sequence[Location], told: Mapping[int, Sums], total: Sums
) -> Document:
    """The sums of these locations, and a line for each by name."""
    labels = {code: label for words in YEAR_WORDS.values() for code, label in words.items()}
    sums = [[str(label), words_of(total[code])] for code, label in labels.items()]
    head = [_("Location"), *(short_words(code) for code in COLUMNS)]
    lines = [[row.name, *(words_of(told[row.pk][code]) for code in COLUMNS)] for row in rows]
    numeric = tuple(range(1, len(head)))
    return _document(
        name,
        year,
        [
            Section(_("In short"), [Text(line) for line in agreed_and_reached(total)]),
            Section(_("Everything together"), [Grid(["", str(year)], sums, numeric=(1,))]),
            Section(_("By location"), [Grid(head, lines, numeric=numeric)]),
        ],
    )


def library_paper(
    actor: Actor, year: SchoolYear, format: str, *, progress: Callable[[int, int], None]
) -> tuple[bytes, str]:
    """What came of a year at all the actor's locations, as a file with its name. Seconds of work: for a job."""
    progress(0, 2)
    told = outcomes_of(actor, year)
    rows = list(look_back_rows(actor, year, told).order_by("name", "pk"))
    name = own_library_name(actor)
    document = library_document(name, year, rows, told, sum_of(told[row.pk] for row in rows))
    progress(1, 2)
    content = to_word(document) if format == "docx" else flowing(document, lang=get_language() or "nl")
    return content, file_name(name, _("agreed and reached %s") % year, today(), format)


def short_words(code: Counted) -> str:
    """The head of a narrow column."""
    return {
        Counted.GOALS: _("Goals"),
        Counted.REACHED: _("Reached"),
        Counted.UNMEASURED: _("Not measured"),
        Counted.HOURS_AGREED: _("Hours, agreed"),
        Counted.HOURS_MADE: _("Hours, made"),
        Counted.DONE: _("Activities done"),
        Counted.VISITS: _("Visits"),
    }[code]


def _document(unit: str, year: SchoolYear, sections: Sequence[Section]) -> Document:
    return Document(
        title=_("Agreed and reached in %(year)s") % {"year": str(year)},
        subtitle=unit,
        unit=unit,
        date=date_format(today(), "j F Y"),
        sections=sections,
    )
