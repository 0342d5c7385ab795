"""The measures: content with a source and a status, in every version that was ever used."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.content import ContentItem, all_current, content_kinds, current, in_version

from ..domain.measures import MeasureBody, local_body

KIND = "measure"
LOCAL_STATUS = "lokaal"

content_kinds.add(KIND, MeasureBody)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with where it comes from. `key` is how a goal names the version it was set with: "reading-pleasure@1"."""

    code: str
    version: int
    source: str
    status: str
    body: MeasureBody

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"

    @property
    def chain(self) -> tuple[int, ...]:
        """The versions that may stand in one line with this one, itself included."""
        return (*self.body.comparable_with, self.version)


def measures() -> dict[str, Measure]:
    """Every measure by its code, in its newest version."""
    return {code: _measure(item) for code, item in all_current(KIND).items()}


def measure(code: str, version: int | None = None) -> Measure:
    """A measure, in its newest version or in the one that was used. Raises LookupError."""
    if own := local_body(code):
        return Measure(code, 1, "", LOCAL_STATUS, own)
    return _measure(current(KIND, code) if version is None else in_version(KIND, code, version))


def _measure(item: ContentItem) -> Measure:
    return Measure(item.code, item.version, item.source, item.status, item.body)
