"""What a desk says of a box: how many books went along, and which did not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.collection.models import Copy

from ..domain.answers import Answer
from ..domain.due import Step
from ..enums import Do, Why
from ..models import Loan
from .boxes import box_called
from .state import FoundWho
from .words import ASK, GOOD, NOTE, Said, button_words, called, day_words, due_words, why_words

NAMED = 4  # books that stayed are named; of more the number


def said_of_box(
    answer: Answer,
    who: FoundWho | None,
    *,
    due_on: date | None = None,
    others: str = "",
    why_due: tuple[Step, ...] = (),
) -> Said:
    """The words of an answer about a box. `others`: what to call the group or teacher that has it now."""
    name = box_called(answer.box or 0)
    if answer.undone:
        return Said(GOOD, _("That was undone."))
    number = len(_copies_of(answer))
    stayed = _stayed(answer)
    match answer.do:
        case Do.LEND | Do.MOVE:
            words = ngettext(
                "%(name)s: %(number)s book is borrowed.", "%(name)s: %(number)s books are borrowed.", number
            )
            more = [*stayed, due_words(due_on, why_due)]
        case Do.GIVE_BACK:
            words = ngettext(
                "%(name)s: %(number)s book is back.", "%(name)s: %(number)s books are back.", number
            )
            more = [*_put_ready(answer), *stayed]
        case Do.RENEW:
            words = ngettext(
                "%(name)s: %(number)s book may stay longer.",
                "%(name)s: %(number)s books may stay longer.",
                number,
            )
            more = [*stayed, due_words(due_on, why_due)]
        case _:
            return _asked(answer, name, called(who), others, stayed)
    tone = NOTE if len(more) > 1 or (more and answer.do == Do.GIVE_BACK) else GOOD
    return Said(tone, words % {"name": name, "number": number}, " ".join(filter(None, more)))


def _asked(answer: Answer, box: str, name: str, others: str, stayed: list[str]) -> Said:
    values = {"title": box, "name": name, "others": others}
    match answer.why:
        case Why.WITH_OTHER if others:
            text = _("%(title)s still stands with %(others)s.") % values
        case Why.OF_LIBRARY:
            text = _("%(title)s still stands at the library, says the computer.") % values
        case Why.JUST_DONE:
            text = _("%(name)s has %(title)s already.") % values
        case _:
            text = why_words(answer.why, title=box, name=name)
    tone = NOTE if answer.do == Do.NOTHING else ASK
    return Said(tone, text, " ".join(stayed), button_words(answer.fix, name=name, others=others))


def _copies_of(answer: Answer) -> set[int]:
    """The copies that took part: each has a loan of its own in the steps."""
    loans = {step[1] for step in answer.steps if step[0] in {"lend", "back", "renew"}}
    rows = Loan.objects.trusted("which books went with a box, and not with whom").filter(pk__in=loans)
    return set(rows.order_by().values_list("copy", flat=True))


def _put_ready(answer: Answer) -> list[str]:
    """Books of the box for which a child waits."""
    kept = [step[3] for step in answer.steps if step[0] == "back" and step[4]]
    titles = _titles(kept)
    if not titles:
        return []
    return [_("Somebody waits for this, put it ready: %(titles)s.") % {"titles": ", ".join(titles)}]


def _stayed(answer: Answer) -> list[str]:
    """Which books had no part in it, by the reason."""
    by_why: dict[Why, list[int]] = {}
    for copy, why in answer.left:
        by_why.setdefault(why, []).append(copy)
    return [_stayed_words(why, _titles(copies), len(copies)) for why, copies in by_why.items()]


def _stayed_words(why: Why, titles: list[str], number: int) -> str:
    values = {"number": number, "titles": ", ".join(titles[:NAMED]) + (" …" if number > NAMED else "")}
    match why:
        case Why.WITH_OTHER:
            words = ngettext(
                "%(number)s is with somebody else: %(titles)s.",
                "%(number)s are with somebody else: %(titles)s.",
                number,
            )
        case Why.RESERVED:
            words = ngettext(
                "%(number)s stays here, a child waits for it: %(titles)s.",
                "%(number)s stay here, children wait for them: %(titles)s.",
                number,
            )
        case Why.WAITED_FOR:
            words = ngettext(
                "%(number)s may not, a child waits for it: %(titles)s.",
                "%(number)s may not, children wait for them: %(titles)s.",
                number,
            )
        case Why.LOST:
            words = ngettext("%(number)s is lost: %(titles)s.", "%(number)s are lost: %(titles)s.", number)
        case Why.REPAIR:
            words = ngettext(
                "%(number)s is in repair: %(titles)s.", "%(number)s are in repair: %(titles)s.", number
            )
        case Why.OTHER_SCHOOL:
            words = ngettext(
                "%(number)s stands elsewhere: %(titles)s.", "%(number)s stand elsewhere: %(titles)s.", number
            )
        case Why.NO_MORE_RENEWALS:
            words = ngettext(
                "%(number)s was kept longer already: %(titles)s.",
                "%(number)s were kept longer already: %(titles)s.",
                number,
            )
        case _:
            words = ngettext(
                "Something happened with %(number)s later: %(titles)s.",
                "Something happened with %(number)s later: %(titles)s.",
                number,
            )
    return words % values


def _titles(copies: Iterable[int]) -> list[str]:
    rows = Copy.objects.filter(pk__in=list(copies)).order_by("title__title", "pk")
    return list(rows.values_list("title__title", flat=True))


def books_of_box(answer: Answer, due_on: date | None) -> list[dict[str, Any]]:
    """The books that took part, as a desk remembers them for when the connection goes."""
    rows = Copy.objects.filter(pk__in=_copies_of(answer)).order_by("pk")
    due = day_words(due_on) if due_on else ""
    names = ("pk", "barcode", "title__title")
    return [
        {"copy": pk, "code": code, "title": title, "by": "", "due": due}
        for pk, code, title in rows.values_list(*names)
    ]
