"""What was written freely at a location: for its own coordinator and the consultant, after it closed, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.access import Actor
from leesbouw.indicators.queries import suppression_rules

from ..enums import Respondent
from ..models import LocalQuestion, OpenAnswer, Participation, Submission
from .questionnaires import questionnaire


@dataclass(frozen=True, slots=True)
class Written:
    """The answers to one open question. With too few lists there are none to read, whoever asks."""

    question: str
    respondent: str
    answers: tuple[OpenAnswer, ...]
    too_few: bool


def written_at(actor: Actor, participation: Participation) -> list[Written]:
    """Every open question that somebody answered, in the order of the lists, with its answers in random order."""
    found: dict[tuple[str, str], list[OpenAnswer]] = {}
    rows = OpenAnswer.objects.visible_to(actor).filter(participation=participation).order_by("pk")
    for row in rows:
        found.setdefault((row.respondent, row.item), []).append(row)
    words = _questions(participation)
    return [
        Written(
            words.get(key, key[1]),
            str(Respondent(key[0]).label),
            () if (few := _too_few(participation, key[0])) else tuple(found[key]),
            few,
        )
        for key in sorted(found, key=lambda key: (list(Respondent).index(Respondent(key[0])), key[1]))
    ]


def open_answer_by_id(actor: Actor, answer_id: int) -> OpenAnswer:
    """Raises OpenAnswer.DoesNotExist for who may not read it."""
    row: OpenAnswer = (
        OpenAnswer.objects.visible_to(actor).select_related("participation__round").get(pk=answer_id)
    )
    if _too_few(row.participation, row.respondent):
        raise OpenAnswer.DoesNotExist
    return row


def _too_few(participation: Participation, respondent: str) -> bool:
    """Whether so few filled in that words would lead to one of them: the main measures' minimum inside a school."""
    population = "pupils" if respondent == Respondent.PUPIL else "teachers"
    rule = suppression_rules().minimum("location", population, "", main=True)
    lists = Submission.objects.trusted("how many filled in").filter(
        participation=participation, respondent=respondent
    )
    return rule is None or lists.count() < rule.persons


def _questions(participation: Participation) -> dict[tuple[str, str], str]:
    words = {
        (respondent, item.code): item.text
        for respondent, key in participation.round.questionnaires.items()
        for item in questionnaire(key).body.items
        if item.kind == "open"
    }
    for own in LocalQuestion.objects.filter(round=participation.round_id):
        words[own.respondent, f"EV{own.position:02d}"] = own.text
    return words
