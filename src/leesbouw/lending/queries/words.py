"""What a desk says of a scan: one sentence, the reason in a second one, and the words on the one button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leesbouw.core.time import AMSTERDAM

from ..domain.answers import Answer
from ..domain.due import Because, Step, due_day
from ..domain.rules import Rules
from ..enums import BorrowerKind, Do, Fix, Why
from ..models import Loan
from .rules import holidays_for
from .state import FoundCopy, FoundWho

GOOD, NOTE, ASK = "good", "note", "ask"


@dataclass(frozen=True, slots=True)
class Said:
    """`tone` is good, note or ask: it chooses colour, icon and sound, which never speak alone."""

    tone: str
    text: str
    more: str = ""
    button: str = ""


def day_words(day: date) -> str:
    """ "donderdag 19 maart": a Dutch day has no capital inside a sentence."""
    text = date_format(day, "l j F")
    return text[:1].lower() + text[1:] if get_language() == "nl" else text


def group_words(name: str) -> str:
    """What to call a group: "Groep 5a" for 5a, and a name that is no number as it is."""
    return _("Group %(name)s") % {"name": name} if name[:1].isdigit() else name


def said_of(
    answer: Answer,
    copy: FoundCopy | None,
    who: FoundWho | None,
    *,
    due_on: date | None = None,
    others: str = "",
    why_due: tuple[Step, ...] = (),
) -> Said:
    """The words of an answer. `others`: what to call who has the book now, on a desk that may name her."""
    title = copy.title if copy else ""
    name = called(who)
    if answer.undone:
        return Said(GOOD, _("That was undone."))
    match answer.do:
        case Do.CHOOSE:
            return Said(GOOD, _("%(name)s is here.") % {"name": name})
        case Do.LEND | Do.MOVE:
            return Said(GOOD, _("%(title)s is borrowed.") % {"title": title}, due_words(due_on, why_due))
        case Do.RENEW:
            return Said(GOOD, _("%(title)s may stay longer.") % {"title": title}, due_words(due_on, why_due))
        case Do.GIVE_BACK:
            return _taken_in(answer, copy)
        case Do.FOUND:
            return Said(GOOD, _("%(title)s is there again.") % {"title": title}, _shelf(copy))
    return Said(
        NOTE if answer.do == Do.NOTHING else ASK,
        _why(answer.why, title=title, name=name, others=others),
        "",
        button_words(answer.fix, name=name, others=others),
    )


def _taken_in(answer: Answer, copy: FoundCopy | None) -> Said:
    title = copy.title if copy else ""
    if answer.hold:
        text = _("%(title)s is back. Somebody waits for it: put it ready.") % {"title": title}
        return Said(NOTE, text)
    button = _("Keep it longer instead") if answer.offer == Fix.RENEW else ""
    return Said(GOOD, _("%(title)s is back.") % {"title": title}, _shelf(copy), button)


def due_words(due_on: date | None, why_due: tuple[Step, ...]) -> str:
    """The day on which it comes back, and how that day came about."""
    if due_on is None:
        return ""
    return " ".join([_("Bring it back on %(day)s.") % {"day": day_words(due_on)}, *steps_in_words(why_due)])


def _shelf(copy: FoundCopy | None) -> str:
    return _("Put it back: %(place)s.") % {"place": copy.shelf} if copy and copy.shelf else ""


def called(who: FoundWho | None) -> str:
    """First name and a letter: two children of one name stand at one school."""
    if who is None:
        return ""
    if who.borrower.kind == BorrowerKind.GROUP:
        return group_words(who.name)
    return f"{who.name} {who.last_name[0]}." if who.last_name else who.name


def _why(why: Why | None, *, title: str, name: str, others: str) -> str:
    values = {"title": title, "name": name, "others": others}
    match why:
        case Why.UNKNOWN:
            return _("Nobody here knows this barcode.")
        case Why.CARD_ENDED:
            return _("This card does not work any more. Choose the name.")
        case Why.WITHDRAWN:
            return _("%(title)s was taken out of the collection.") % values
        case Why.REPAIR:
            return _("%(title)s is in repair.") % values
        case Why.OTHER_SCHOOL:
            return _("%(title)s belongs at another school.") % values
        case Why.OF_LIBRARY:
            return _("%(title)s is a book of the public library.") % values
        case Why.WITH_OTHER if others:
            return _("This book still stands with %(others)s.") % values
        case Why.WITH_OTHER:
            return _("This book still stands with somebody else.")
        case Why.RESERVED:
            return _("Somebody else waits for this book.")
        case Why.TOO_MANY:
            return _("%(name)s has as many books as allowed. One back first?") % values
        case Why.NO_GROUP:
            return _("%(name)s is in no group yet.") % values
        case Why.NO_BORROWER:
            return _("For whom is %(title)s?") % values
        case Why.LEFT:
            return _("This child is no longer at this school.")
        case Why.NO_MORE_RENEWALS:
            return _("%(title)s was kept longer already.") % values
        case Why.WAITED_FOR:
            return _("Somebody else waits for this book. It cannot stay longer.")
        case Why.JUST_DONE:
            return _("%(name)s has this book already.") % values
        case Why.FOR_GROUPS:
            return _("%(title)s goes to a group or a teacher. Press the name of the group.") % values
        case Why.NONE_FREE:
            return _("No book of %(title)s can go out now.") % values
        case Why.TOO_BIG:
            return _("%(title)s holds too many books to go in one go. Scan the books themselves.") % values
        case Why.LOST:
            return _("%(title)s is lost.") % values
        case Why.MANY_COPIES:
            return _("The school has more than one of %(title)s. Scan the sticker on the book.") % values
        case Why.NOT_LENT:
            return _("%(title)s was not lent. It can go back on its shelf.") % values
    return _("Something changed meanwhile. Scan it once more.")


def why_words(why: Why | None, *, title: str = "", name: str = "") -> str:
    """One sentence why a book could not go out."""
    return _why(why, title=title, name=name, others="")


def button_words(fix: Fix | None, *, name: str, others: str) -> str:
    """The words on the one button."""
    match fix:
        case Fix.ASIDE:
            return _("Put it aside")
        case Fix.MOVE if others:
            return _("Take it in from %(others)s and lend it to %(name)s") % {"others": others, "name": name}
        case Fix.MOVE:
            return _("Take it in and lend it to %(name)s") % {"name": name}
        case Fix.LEND:
            return _("Lend it anyway")
        case Fix.RENEW:
            return _("Keep it longer anyway")
        case Fix.USE_AGAIN:
            return _("Use it again")
        case Fix.CHOOSE:
            return _("Choose a name")
    return ""


def steps_in_words(steps: tuple[Step, ...]) -> list[str]:
    """How a day to bring a book back came about: "21 days: 12 March", "that is holiday …"."""
    return [_step(step) for step in steps]


def why_due(loan: Loan, rules: Rules) -> list[str]:
    """How the day of an open loan came about, in sentences: also for who borrowed longer, or under rules of before."""
    if loan.renewals:
        return [_("You may keep it longer: until %(day)s.") % {"day": day_words(loan.due_on)}]
    start = loan.borrowed_at.astimezone(AMSTERDAM).date()
    due = due_day(start, rules, holidays_for(rules, start))
    return steps_in_words(due.steps) if due.on == loan.due_on else []


def _step(step: Step) -> str:
    values: dict[str, Any] = {"day": day_words(step.on), "name": step.name, "days": step.days}
    match step.because:
        case Because.PERIOD:
            return _("%(days)s days later is %(day)s.") % values
        case Because.AFTER_HOLIDAY:
            return _("That is in the %(name)s, so after it: %(day)s.") % values
        case Because.BEFORE_HOLIDAY:
            return _("The %(name)s comes between. Everything is back before it: %(day)s.") % values
        case Because.LIBRARY_DAY:
            return _("The next library day is %(day)s.") % values
    return _("That is a weekend, so %(day)s.") % values
