"""What is asked of whom, and the annexes as the programme itself knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leesbouw.accounts.models import TaskLink
from leesbouw.accounts.permissions import may_revoke
from leesbouw.core.access import Actor
from leesbouw.core.content import Body, ContentItem, content_kinds, current
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Library, Location, ProcessingAgreement
from leesbouw.organisations.queries import agreement_models, agreements_of, libraries_visible_to
from leesbouw.privacy.queries import register_of_fields
from leesbouw.rendering.documents import Bullets, Document, Grid, Pairs, Section, Text

TASK = "agreements.sign"
PRIVACY, SECURITY = "privacy", "security"


class AnnexBody(Body):
    """The words of both annexes; what is kept of whom comes from the models themselves."""

    summary: tuple[str, ...]
    purposes: tuple[str, ...]
    people: tuple[str, ...]
    pupil_data: tuple[str, ...]
    thrown_away: tuple[str, ...]
    origin: str
    storage: str
    subprocessors: str
    measures: tuple[str, ...]
    library_duties: tuple[str, ...]


content_kinds.add("agreement-annex", AnnexBody)


def annexes() -> ContentItem:
    """The words of the annexes in force, with their source and status."""
    return current("agreement-annex", "annexes")


def version_name(code: str) -> str:
    """What a version of the model is called; the code itself when nobody knows it any more."""
    return {one.code: one.name for one in agreement_models().body.versions}.get(code, code)


@dataclass(frozen=True, slots=True)
class Request:
    """A link that waits for the signature of a school."""

    link: TaskLink
    version: str
    may_revoke: bool


def requests_of(actor: Actor, location: Location) -> list[Request]:
    """What the actor's library asked this school to sign and is not answered yet; the school sees it too."""
    rows = TaskLink.objects.filter(
        task=TASK, unit=location.pk, used_at=None, revoked_at=None, expires_at__gt=now()
    )
    mine = actor.unit_id == location.pk
    return [
        Request(row, version_name(row.args["version"]), may_revoke(actor, row.created_by_id))
        for row in rows.order_by("-created_at")
        if mine or row.args["library_id"] in actor.libraries
    ]


def agreement_by_id(actor: Actor, location: Location, agreement_id: int) -> ProcessingAgreement:
    """One agreement of a location. Raises ProcessingAgreement.DoesNotExist out of reach."""
    return agreements_of(actor, location).get(pk=agreement_id)


def library_of_link(link: TaskLink) -> Library:
    """The library that asks; the link itself says which."""
    return Library.objects.get(pk=link.args["library_id"])


def own_library(actor: Actor) -> Library | None:
    """The library on whose behalf the actor records."""
    return libraries_visible_to(actor).filter(pk__in=_ids(actor)).first()


def _ids(actor: Actor) -> Sequence[int]:
    return sorted(actor.libraries) if isinstance(actor.libraries, frozenset) else []


def schools_of_board(actor: Actor, location: Location) -> list[Location]:
    """Other open schools of the same board that the actor may see: one agreement can hold for all of them."""
    if location.board_id is None:
        return []
    rows = Location.objects.visible_to(actor).filter(board=location.board_id, closed_on=None)
    return [one for one in rows.exclude(pk=location.pk).order_by("name", "pk") if one.is_school]


def kept_rows() -> list[tuple[str, str, str]]:
    """What the programme keeps of people: kind, fields and term, read from the models' own classification."""
    return [
        (line.label, ", ".join(line.personal), line.kept) for line in register_of_fields() if line.personal
    ]


def annex_document(kind: str, *, unit: str, library: str) -> Document:
    """The privacy annex or the security annex as a document, from the facts of this version of the programme."""
    item = annexes()
    title = _("Privacy annex") if kind == PRIVACY else _("Security annex")
    return Document(
        title=title,
        subtitle=_("With the processing agreement of %(unit)s and %(library)s")
        % {"unit": unit, "library": library},
        sections=privacy_sections() if kind == PRIVACY else security_sections(),
        unit=unit,
        date=_day(today()),
        note=f"{_('Example text of Leesbouw, not an official model.')} {item.source}",
    )


def privacy_sections() -> list[Section]:
    """What is done with whose data, why, how long and where."""
    body = annexes().body
    return [
        Section(_("In short"), [Bullets(body.summary)]),
        Section(_("What is it for?"), [Bullets(body.purposes)]),
        Section(_("Of whom?"), [Bullets(body.people)]),
        Section(_("Which data of pupils?"), [Bullets(body.pupil_data)]),
        Section(_("What is thrown away at the door?"), [Bullets(body.thrown_away), Text(body.origin)]),
        Section(
            _("What is kept, and for how long?"),
            [Grid([_("Kind"), _("Data"), _("Kept")], kept_rows())],
        ),
        Section(_("Where is it, and who helps?"), [Text(body.storage), Text(body.subprocessors)]),
    ]


def security_sections() -> list[Section]:
    """What the programme does by itself, and what the library sees to."""
    body = annexes().body
    return [
        Section(_("What Leesbouw does by itself"), [Bullets(body.measures)]),
        Section(_("What the library sees to"), [Bullets(body.library_duties)]),
    ]


def signed_document(row: ProcessingAgreement) -> Document:
    """What was agreed with a link, with both annexes: the paper that stays."""
    facts = [
        (_("School"), f"{row.location.name} ({row.location.code})"),
        (_("Library"), row.library.name),
        (_("Version of the model"), version_name(row.version)),
        (_("Signed on"), _day(row.signed_on)),
        (_("Signed by"), f"{row.signer_name}, {row.signer_function}"),
        (_("Holds from"), _day(row.starts_on)),
        (_("Holds until"), _day(row.ends_on) if row.ends_on else _("no end agreed")),
    ]
    return Document(
        title=_("Processing agreement"),
        subtitle=_("Signed with a personal link and a mailed code"),
        sections=[Section("", [Pairs(facts)]), *privacy_sections(), *security_sections()],
        unit=row.location.name,
        date=_day(row.signed_on),
        note=f"{_('Example text of Leesbouw, not an official model.')} {annexes().source}",
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def days_of_link(link: TaskLink) -> tuple[date, date | None]:
    """The first and the last day of what a link asks to sign."""
    starts_on, ends_on = link.args["starts_on"], link.args["ends_on"]
    return date.fromisoformat(starts_on), date.fromisoformat(ends_on) if ends_on else None
