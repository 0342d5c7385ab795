"""A document as Word, and the text of a Word file by heading. The library for it loads when it is asked for."""

from __future__ import annotations

from ..documents import Document


def to_word(document: Document) -> bytes:
    """The document as .docx, with real headings, lists and tables, so that it can be worked on."""
    from .files import write  # late: slow import

    return write(document)


def read_word(content: bytes) -> list[tuple[str, str]]:
    """The text of a .docx as (heading, text) in reading order; what stands before the first heading has heading "".

    Tables come as lines with their cells between " | ". Raises Sentence for what is no Word file of a normal size.
    """
    from .files import read  # late: slow import

    return read(content)
