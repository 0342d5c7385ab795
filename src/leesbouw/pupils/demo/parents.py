"""What parents said and asked: consents in every state, requests at every point of their clock, one erased child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leesbouw.accounts.demo import actor_of
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.story import Story

from ..actions import (
    answer_request,
    erase_on_request,
    open_request,
    record_consents,
    register_members,
    withdraw_consent,
)
from ..enums import Answer, AskedBy, Channel, RequestKind, RequestOutcome
from ..models import Pupil
from .cohorts import Made

TEXT = "membership@1"
ADMINISTRATOR = "kevin.lim@voorbeeld.example"
HEAD, SCHOOL = "meryem.kaya@voorbeeld.example", "99AA00"
REFUSAL = "De groep van het kind moet blijven: zonder groep kan de leerkracht geen boeken uitlenen. Dat is uitgelegd."
ASKED = (  # days ago, by whom, what, and how it ended
    (3, AskedBy.PARENT, RequestKind.ACCESS, "", ""),
    (12, AskedBy.PUPIL, RequestKind.CORRECTION, "", ""),
    (27, AskedBy.PARENT, RequestKind.ERASURE, "", ""),
    (40, AskedBy.PARENT, RequestKind.ACCESS, "", ""),
    (20, AskedBy.PARENT, RequestKind.ACCESS, RequestOutcome.DONE, ""),
    (16, AskedBy.SCHOOL, RequestKind.CORRECTION, RequestOutcome.DONE, ""),
    (24, AskedBy.PARENT, RequestKind.OBJECTION, RequestOutcome.REFUSED, REFUSAL),
)
ELSEWHERE = ((6, AskedBy.PARENT, RequestKind.ACCESS), (33, AskedBy.PARENT, RequestKind.OBJECTION))
ANSWERS = (  # of every ten children: which, what, how, and how many days ago
    ((1, 4, 7), Answer.YES, Channel.ENROLMENT, 75),
    ((2, 8), Answer.YES, Channel.PAPER, 31),
    ((3,), Answer.NO, Channel.ENROLMENT, 75),
    ((9,), Answer.NO, Channel.DIGITAL, 18),
)
AFTER_TERM = 60  # days
WITHDRAWN_EACH = 40  # of so many who said yes, one took it back


def make_answers(story: Story) -> None:
    """At every second school; the others have not begun to ask. Of whoever is left over nobody heard anything."""
    for children in list(story.made["pupils"].values())[::2]:
        there = _present(children)
        for digits, answer, channel, days in ANSWERS:
            ids = [pk for at, pk in enumerate(there) if at % 10 in digits]
            given_on = story.today - timedelta(days=days)
            rows = record_consents(
                ids, answer=answer, text=TEXT, given_on=given_on, channel=channel, by=SYSTEM
            )
            if answer != Answer.YES:
                continue
            for row in rows[3::WITHDRAWN_EACH]:
                back_on = story.today - timedelta(days=days // 3)
                withdraw_consent(consent_id=row.pk, withdrawn_on=back_on, channel=Channel.SPOKEN, by=SYSTEM)
            if channel == Channel.ENROLMENT:
                register_members(ids[::2], registered_on=story.today - timedelta(days=14), by=SYSTEM)


def make_requests(story: Story) -> None:
    """Of one school all there is, noted by its head; of two others what reached the library's administrator."""
    head, children = actor_of(story, HEAD, "school-head"), story.made["pupils"][SCHOOL]
    there = _present(children)
    for at, (days, asked_by, kind, outcome, reason) in enumerate(ASKED):
        row = open_request(
            pupil=_pupil(there[at * 23 + 4], head),
            kind=kind,
            asked_by=asked_by,
            asked_on=story.today - timedelta(days=days),
            by=head,
        )
        if outcome:
            answer_request(request_id=row.pk, outcome=outcome, reason=reason, by=head)
    gone = next(pk for pk, child in children.items() if child.days_gone > AFTER_TERM)
    open_request(  # about a child that would go by time, were it not for this
        pupil=_pupil(gone, head),
        kind=RequestKind.ACCESS,
        asked_by=AskedBy.PARENT,
        asked_on=story.today - timedelta(days=9),
        by=head,
    )
    erased = there[-8]
    erase_on_request(pupil=_pupil(erased, head), by=head)
    del children[erased]
    library = actor_of(story, ADMINISTRATOR, "administrator")
    others = [each for code, each in story.made["pupils"].items() if code != SCHOOL]
    for each, (days, asked_by, kind) in zip(others, ELSEWHERE, strict=False):
        open_request(
            pupil=_pupil(_present(each)[11], library),
            kind=kind,
            asked_by=asked_by,
            asked_on=story.today - timedelta(days=days),
            by=library,
        )


def _present(children: dict[int, Made]) -> Sequence[int]:
    return [pk for pk, child in children.items() if not child.days_gone]


def _pupil(pk: int, by: Actor) -> Pupil:
    return Pupil.objects.visible_to(by).get(pk=pk)
