"""The questionnaires: content with a source and a status, in every version that was ever used."""

from __future__ import annotations

import json
from dataclasses import dataclass

from leesbouw.core.content import ContentItem, all_current, content_kinds, in_version

from ..domain.questionnaire import QuestionnaireBody

KIND = "questionnaire"
SECTORS = ("po", "vo", "ko")

content_kinds.add(KIND, QuestionnaireBody)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire with where it comes from. `key` is how a round and its answers name it: "po-pupil@1"."""

    code: str
    version: int
    title: str
    status: str
    source: str
    sha256: str
    body: QuestionnaireBody

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"


def questionnaires() -> dict[str, Questionnaire]:
    """Every questionnaire by its code, in its newest version."""
    return {code: _questionnaire(item) for code, item in all_current(KIND).items()}


def questionnaires_of(sector: str) -> dict[str, Questionnaire]:
    """The newest list of each respondent in a sector: po, vo or ko."""
    return {one.body.respondent: one for one in questionnaires().values() if one.body.sector == sector}


def questionnaire(key: str) -> Questionnaire:
    """A list in the version that was used, as in "po-pupil@1". Raises LookupError."""
    code, _, version = key.partition("@")
    if not version.isdigit():
        raise LookupError(f"no questionnaire {key}")
    return _questionnaire(in_version(KIND, code, int(version)))


def versions_of(code: str) -> list[Questionnaire]:
    """Every version of a list, the newest first."""
    items = ContentItem.objects.filter(kind=KIND, code=code, owner_id=None).order_by("-version")
    return [_questionnaire(item) for item in items]


def all_lists() -> list[Questionnaire]:
    """Every list in every version: primary first, of each list the newest first."""
    newest = sorted(questionnaires().values(), key=lambda one: (SECTORS.index(one.body.sector), one.code))
    return [one for each in newest for one in versions_of(each.code)]


def as_json(one: Questionnaire) -> bytes:
    """A list as a file that `add_questionnaire` takes: with where it comes from and how sure that is."""
    head = {"title": one.title, "source": one.source, "status": one.status}
    body = one.body.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({**head, "body": body}, ensure_ascii=False, indent=1).encode()


def _questionnaire(item: ContentItem) -> Questionnaire:
    return Questionnaire(
        item.code, item.version, item.title, item.status, item.source, item.sha256, item.body
    )
