"""Conversation guides, and the shipped rhythms: content with a source and a status."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.accounts.enums import Level
from leesbouw.core.content import Body, ContentItem, all_current, content_kinds, current

from ..domain import Margins, counts_for
from ..enums import TalkKind

GUIDES = "conversation-guide"
PARAMETERS = "parameters"
RHYTHMS = "talk-rhythm"


class Question(Body):
    """A question of a guide. `reused_by` names what else builds on the answer: plan, role advice, quote."""

    code: str
    topic: str
    text: str
    hint: str = ""
    reused_by: tuple[str, ...] = ()


class GuideBody(Body):
    """A conversation guide: for which kinds of talk, with which organisations; `sectors` empty means every sector."""

    name: str
    aim: str
    kinds: tuple[TalkKind, ...]
    unit_kinds: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    questions: tuple[Question, ...]


class RhythmBody(Body):
    """How often one talks with a kind of organisation at a level, unless the library decides otherwise."""

    code: str
    unit_kind: str
    level: Level
    sectors: tuple[str, ...] = ()
    per_year: int
    guide: str


class RhythmParameters(Body):
    soon_days: int
    late_after_days: int
    quiet_months: tuple[int, ...] = ()
    general_kinds: tuple[TalkKind, ...] = ()
    not_counting: tuple[TalkKind, ...] = ()
    rhythms: tuple[RhythmBody, ...]


content_kinds.add(GUIDES, GuideBody)
content_kinds.add(f"{PARAMETERS}/{RHYTHMS}", RhythmParameters)


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide with its code, version and status; its source may be shown beside it."""

    code: str
    version: int
    status: str
    source: str
    body: GuideBody

    @property
    def name(self) -> str:
        return self.body.name


def _guide(item: ContentItem) -> Guide:
    return Guide(item.code, item.version, item.status, item.source, item.body)


def guides() -> dict[str, Guide]:
    """Every guide by its code, in its newest version."""
    return {code: _guide(item) for code, item in all_current(GUIDES).items()}


def guide_for_talk(code: str, version: int | None = None) -> Guide | None:
    """The guide of a talk in the version that was used; None when content no longer has it."""
    newest = all_current(GUIDES).get(code)
    if newest is not None and version in (None, newest.version):
        return _guide(newest)
    used = ContentItem.objects.filter(kind=GUIDES, code=code, version=version or 0, owner_id=None).first()
    return _guide(used) if used else _guide(newest) if newest else None


def guides_that_fit(unit_kind: str, sector: str = "", kind: str = "") -> list[Guide]:
    """Guides for an organisation, those of this kind of talk first."""
    fitting = [
        guide
        for guide in guides().values()
        if unit_kind in guide.body.unit_kinds
        and (not sector or not guide.body.sectors or sector in guide.body.sectors)
    ]
    return sorted(fitting, key=lambda guide: (kind not in guide.body.kinds, guide.name))


def guide_of_kind(unit_kind: str, sector: str, kind: str) -> Guide | None:
    """The guide one would take for this kind of talk, if there is one."""
    fitting = guides_that_fit(unit_kind, sector, kind)
    return fitting[0] if fitting and kind in fitting[0].body.kinds else None


def question_text(guide: str, question: str) -> str:
    """The words of a question; its code when content no longer has it."""
    found = guides().get(guide)
    return (
        next((one.text for one in found.body.questions if one.code == question), question)
        if found
        else question
    )


def rhythm_parameters() -> RhythmParameters:
    body: RhythmParameters = current(PARAMETERS, RHYTHMS).body
    return body


def rhythm_status() -> str:
    """Where the shipped rhythms come from: officieel, lokaal or voorbeeld."""
    return current(PARAMETERS, RHYTHMS).status


@dataclass(frozen=True, slots=True)
class DueRules:
    """The parameters of the due rule, read once for a whole agenda."""

    margins: Margins
    general: frozenset[str]
    not_counting: frozenset[str]

    def met_by(self, rhythm_kind: str, talk_kind: str) -> bool:
        """Whether a talk of one kind meets a rhythm of another."""
        return counts_for(rhythm_kind, talk_kind, general=self.general, not_counting=self.not_counting)


def due_rules() -> DueRules:
    body = rhythm_parameters()
    margins = Margins(body.soon_days, body.late_after_days, frozenset(body.quiet_months))
    return DueRules(margins, frozenset(body.general_kinds), frozenset(body.not_counting))


def kind_of_rhythm(guide: str) -> TalkKind:
    """The kind of talk that a shipped rhythm asks for: the first its guide is made for."""
    found = guides().get(guide)
    return found.body.kinds[0] if found and found.body.kinds else TalkKind.PROGRESS


def default_rhythms(unit_kind: str, sector: str = "") -> list[RhythmBody]:
    """Shipped rhythms for a kind of organisation, one per level: one that names the sector goes first."""
    chosen: dict[Level, RhythmBody] = {}
    for one in sorted(rhythm_parameters().rhythms, key=lambda one: not one.sectors):
        if one.unit_kind == unit_kind and (not one.sectors or sector in one.sectors):
            chosen.setdefault(one.level, one)
    return list(chosen.values())
