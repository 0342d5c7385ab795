"""Who answers is called otherwise in each of the three measurements: a teacher, a vo teacher, a child-care worker.

The sentences of the Monitor speak of primary schools. Where they are about another measurement, `speak` puts a second
Dutch catalogue before the first: it holds only the sentences that are otherwise there, so that no page asks in what words
it should speak.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import activate, get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leesbouw.indicators.queries import Measure

from ..enums import MonitorKind

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one measurement. `title` stands above a report, `lists` before a count of lists that came in.

    `topics` are the topics of a report that are called otherwise here.
    """

    title: Words
    lists: Words
    to_send: Words
    teachers: Words
    of_teachers: Words
    teachers_answered: Words  # with %(base)s
    year_group: Words  # with %(number)s
    named: Words  # with %(name)s
    by_group: Words  # with %(name)s
    topics: dict[str, Words] = field(default_factory=dict)
    asks_children: bool = True


PO = Wording(
    title=_("What children and teachers told"),
    lists=_("Lists of teachers"),
    to_send=_("Lists for teachers and consultants"),
    teachers=pgettext_lazy("counted", "teachers"),
    of_teachers=_("of the teachers"),
    teachers_answered=_("%(base)s teachers answered this."),
    year_group=_("group %(number)s"),
    named=pgettext_lazy("with its name", "group %(name)s"),
    by_group=_("%(name)s by group"),
)
VO = Wording(
    title=pgettext_lazy("secondary education", "What pupils and teachers told"),
    lists=pgettext_lazy("secondary education", "Lists of teachers"),
    to_send=pgettext_lazy("secondary education", "Lists for teachers and consultants"),
    teachers=pgettext_lazy("secondary education", "teachers"),
    of_teachers=pgettext_lazy("secondary education", "of the teachers"),
    teachers_answered=pgettext_lazy("secondary education", "%(base)s teachers answered this."),
    year_group=_("year %(number)s"),
    named=pgettext_lazy("with its name", "class %(name)s"),
    by_group=_("%(name)s by year or class"),
)
CHILDCARE = Wording(
    title=_("What child-care workers told"),
    lists=_("Lists of child-care workers"),
    to_send=_("Lists for child-care workers and the library"),
    teachers=_("child-care workers"),
    of_teachers=_("of the child-care workers"),
    teachers_answered=_("%(base)s child-care workers answered this."),
    year_group=_("group %(number)s"),
    named=pgettext_lazy("with its name", "group %(name)s"),
    by_group=_("%(name)s by group"),
    topics={
        "borrowing": pgettext_lazy("child care", "Books in the group"),
        "home": pgettext_lazy("child care", "Parents"),
        "teaching": pgettext_lazy("child care", "Reading aloud in the group"),
    },
    asks_children=False,
)
BY_KIND = {MonitorKind.PO: PO, MonitorKind.VO: VO, MonitorKind.CHILDCARE: CHILDCARE}
BY_LIST = {"vo": VO, "childcare": CHILDCARE}
# Private variants of Dutch; their catalogues are in locale/nl_X-ko and locale/nl_X-vo
VARIANTS = {MonitorKind.CHILDCARE: "nl-x-ko", MonitorKind.VO: "nl-x-vo"}


def wording(kind: str) -> Wording:
    """The words of a kind of round ("po", "vo" or "ko")."""
    return BY_KIND[MonitorKind(kind)]


def language_of(kind: str, language: str = settings.LANGUAGE_CODE) -> str:
    """The language in which a kind of round is spoken of, for who reads this one; other languages have no variant."""
    if language not in (settings.LANGUAGE_CODE, *VARIANTS.values()):
        return language
    return VARIANTS.get(MonitorKind(kind), settings.LANGUAGE_CODE)


def speak(kind: str) -> None:
    """From here on sentences are in the words of this kind of round, until the language is set anew."""
    activate(language_of(kind, get_language() or settings.LANGUAGE_CODE))


@contextmanager
def in_words_of(kind: str) -> Iterator[None]:
    """The same, for the lines within."""
    with override(get_language()):
        speak(kind)
        yield


def group_called(kind: str, name: str) -> str:
    """What a group is called in a sentence: "groep 7", and in secondary education "klas 2B"."""
    return str(wording(kind).named) % {"name": name}


def wording_of(measure: Measure) -> Wording:
    """The words for who answered what a measure is read from."""
    return BY_LIST.get(measure.body.rule.get("questionnaire", "").partition("-")[0], PO)
