"""What one may read of the Monitor; each module is a subject of its own."""

from .questionnaires import Questionnaire, questionnaire, questionnaires, questionnaires_of, versions_of

__all__ = ["Questionnaire", "questionnaire", "questionnaires", "questionnaires_of", "versions_of"]
