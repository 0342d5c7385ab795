"""Slides that can be edited: a title, one message with its chart, or a question to talk about.

Each slide has a title that a screen reader finds, each chart is a native one with its figures behind it and the whole
in words, and what to say is in the notes. The caller brings every word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..charts import Chart


@dataclass(frozen=True)
class Opening:
    """The first slide."""

    title: str
    subtitle: str = ""
    date: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Message:
    """One message in a sentence, with the chart that shows it; what it is about stands small above it."""

    sentence: str
    chart: Chart
    notes: str = ""


@dataclass(frozen=True)
class Points:
    """A few sentences below each other."""

    title: str
    sentences: tuple[str, ...]
    notes: str = ""


@dataclass(frozen=True)
class Question:
    """A question to talk about; `hint` stands small above it, such as for how many minutes and with whom."""

    question: str
    hint: str = ""
    notes: str = ""


Slide = Opening | Message | Points | Question


def deck(slides: Sequence[Slide], *, title: str, footer: str = "", lang: str = "nl") -> bytes:
    """The slides as PPTX in 16:9; the footer stands on each with its number."""
    from .write import write  # late: slow import

    return write(slides, title=title, footer=footer, lang=lang)
