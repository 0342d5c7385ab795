"""Whether the national figures of a year may be called final: every check that has to be green before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Max, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from leesbouw.core.access import Actor, require
from leesbouw.core.jobs import Job, State
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Figure, suppression_rules
from leesbouw.organisations.models import Nation

from ..enums import MonitorKind
from ..models import Participation, Release, Round
from ..permissions import RESEARCH
from .parameters import monitor_parameters
from .reports.level import main_codes
from .reports.reading import broken_by, measures_of

JOBS = ("monitor.work_out", "indicators.publish")


@dataclass(frozen=True, slots=True)
class Check:
    """`wrong` says what is not in order; empty when the check is green."""

    title: str | Promise
    wrong: str = ""

    @property
    def is_green(self) -> bool:
        return not self.wrong


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A measurement in a year, and since when its national figures are final."""

    kind: MonitorKind
    year: SchoolYear
    release: Release | None


def is_final(kind: str, year: SchoolYear) -> bool:
    return Release.objects.filter(kind=kind, year=year).exists()


def release_lines(actor: Actor) -> list[ReleaseLine]:
    """Every measurement and year in which there was a round, the newest first. Two queries."""
    require(actor, RESEARCH)
    final = {(one.kind, one.year): one for one in Release.objects.visible_to(actor)}
    rounds = Round.objects.visible_to(actor).order_by("-year", "kind")
    known = dict.fromkeys(rounds.exclude(opened_on=None).values_list("kind", "year"))
    return [ReleaseLine(MonitorKind(kind), year, final.get((kind, year))) for kind, year in known]  # type: ignore[arg-type]


def release_line(actor: Actor, kind: str, year: SchoolYear) -> ReleaseLine:
    """Raises LookupError where there was no such round."""
    for one in release_lines(actor):
        if (one.kind, one.year) == (kind, year):
            return one
    raise LookupError(f"no round {kind} in {year}")


def checks_of(actor: Actor, line: ReleaseLine) -> list[Check]:
    """What has to be in order, each with what is wrong."""
    require(actor, RESEARCH)
    rounds = Round.objects.visible_to(actor).filter(kind=line.kind, year=line.year)
    taking_part = Participation.objects.visible_to(actor).filter(round__in=rounds, declined_on=None)
    invited, closed = taking_part.count(), taking_part.filter(closed_on__isnull=False).count()
    nation = Nation.objects.first()
    figures = indicators.figures(actor, main_codes(line.kind), [nation] if nation else [], [line.year])
    return [
        Check(_lazy("Every round is closed"), _still_open(rounds.filter(closed_on=None).count())),
        Check(_lazy("Enough schools took part"), _too_few(closed)),
        Check(_lazy("Enough of the invited schools took part"), _low_response(closed, invited)),
        Check(_lazy("Small numbers are hidden in every national figure"), _not_worked_out(figures)),
        Check(_lazy("Every figure is counted in one version"), " ".join(_mixed(figures))),
        Check(_lazy("Everybody was asked the same"), " ".join(_asked_otherwise(rounds))),
        Check(_lazy("All work of the worker succeeded"), _unfinished(line.year)),
    ]


def _still_open(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)s round is still open.", "%(number)s rounds are still open.", number) % {
        "number": number
    }


def _too_few(closed: int) -> str:
    rule = suppression_rules().minimum("nation", "pupils", "", main=True)
    least = rule.locations if rule else 0
    if closed >= least:
        return ""
    return _("%(closed)s schools are done; %(least)s are needed.") % {"closed": closed, "least": least}


def _low_response(closed: int, invited: int) -> str:
    if closed and closed >= monitor_parameters().body.release_response * invited:
        return ""
    return _("%(closed)s of %(invited)s schools are done.") % {"closed": closed, "invited": invited}


def _not_worked_out(figures: list[Figure]) -> str:
    return "" if figures else _("The national figures of this year are not worked out yet.")


def _mixed(figures: list[Figure]) -> Iterator[str]:
    versions: dict[str, set[int]] = {}
    for one in figures:
        versions.setdefault(one.code, set()).add(one.version)
    for code, found in versions.items():
        if len(found) > 1:
            told = ", ".join(str(version) for version in sorted(found))
            yield _("%(code)s was counted in versions %(versions)s.") % {"code": code, "versions": told}


def _asked_otherwise(rounds: QuerySet[Round]) -> Iterator[str]:
    """Two versions of a list in one year, where a figure of the one may not stand in a line with that of the other."""
    lists: dict[str, set[str]] = {}
    for asked in rounds.exclude(opened_on=None).values_list("questionnaires", flat=True):
        for key in asked.values():
            lists.setdefault(key.partition("@")[0], set()).add(key)
    for keys in lists.values():
        for old, key in pairwise(sorted(keys, key=lambda one: int(one.partition("@")[2]))):
            known = measures_of({"": key})
            broken = broken_by(known, old, key)
            if names := [one.body.name for one in known if one.code in broken]:
                yield _("%(old)s and %(new)s do not ask the same: %(names)s.") % {
                    "old": old,
                    "new": key,
                    "names": ", ".join(f"“{name}”" for name in names),
                }


def _unfinished(year: SchoolYear) -> str:
    """The last of each piece of work counts: what failed and succeeded after that is in order."""
    places = list(Participation.objects.filter(round__year=year).values_list("pk", flat=True))
    found = Job.objects.filter(kind=JOBS[0], args__participation_id__in=places) | Job.objects.filter(
        kind=JOBS[1], args__year=year.first
    )
    newest = found.values("kind", "args").annotate(newest=Max("pk")).values("newest")
    left = Job.objects.filter(pk__in=newest).exclude(state=State.DONE).count()
    if not left:
        return ""
    return ngettext("%(number)s job waits or failed.", "%(number)s jobs wait or failed.", left) % {
        "number": left
    }
