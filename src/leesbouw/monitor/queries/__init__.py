"""What one may read of the Monitor; each module is a subject of its own."""

from .codebooks import CodebookRow, codebook_rows
from .questionnaires import Questionnaire, questionnaire, questionnaires, questionnaires_of, versions_of

__all__ = [
    "CodebookRow",
    "Questionnaire",
    "codebook_rows",
    "questionnaire",
    "questionnaires",
    "questionnaires_of",
    "versions_of",
]
