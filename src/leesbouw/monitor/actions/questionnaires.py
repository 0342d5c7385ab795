"""A version of a list that this installation adds itself, such as the official one, for whoever may use that."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.content import ContentError, ContentFile, add, read_bytes
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence

from ..domain.questionnaire import QuestionnaireBody
from ..permissions import RESEARCH
from ..queries.questionnaires import KIND, Questionnaire, questionnaire, questionnaires, versions_of

OWN_FROM = 1001  # versions that we ship count from 1, so that the two never meet


def add_questionnaire(*, code: str, raw: bytes, by: Actor, origin: str = "") -> Questionnaire:
    """Adds a file as the newest version of a list: rounds that open from now on use it, those that run do not.

    `origin` says where it came from. Raises Sentence for a file that is no list for the same people.
    """
    require(by, RESEARCH)
    newest = questionnaires().get(code)
    if newest is None:
        raise Sentence(_("There is no list with the code %(code)s."), code=code)
    file = _checked(raw, code)
    body = QuestionnaireBody.model_validate(file.header.body)
    if (body.sector, body.respondent) != (newest.body.sector, newest.body.respondent):
        raise Sentence(_("This file is a list for other people than %(title)s."), title=newest.title)
    with write_transaction():
        known = {one.sha256: one.version for one in versions_of(code)}
        if file.sha256 in known:
            raise Sentence(
                _("This list is there already, as version %(version)s."), version=known[file.sha256]
            )
        item = add(replace(file, version=max(OWN_FROM, *(n + 1 for n in known.values()))), origin)
        record(by=by, verb="monitor.add_questionnaire", subject=item, data={"version": item.version})
    return questionnaire(f"{code}@{item.version}")


def _checked(raw: bytes, code: str) -> ContentFile:
    try:
        return read_bytes(raw, KIND, code, OWN_FROM)
    except ContentError as error:
        raise Sentence(_("This file is no list: %(why)s"), why=str(error)) from error
