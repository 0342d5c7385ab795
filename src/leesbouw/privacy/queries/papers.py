"""The proof of destruction, the register of processing and the leaflet of a school as documents for paper."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leesbouw.core.registry import holders
from leesbouw.core.time import AMSTERDAM, today
from leesbouw.rendering.documents import Block, Bullets, Document, Grid, Pairs, Section, Text
from leesbouw.rendering.sheets import Column, Explanation, Sheet, to_xlsx

from ..models import DestructionCount, DestructionRun
from .processing import LeafletPart, Purpose, purposes, security_words
from .terms import length_words, term_bodies, term_in_force


def label_of(count: DestructionCount) -> str:
    """What was wiped, in words; a kind that a newer version no longer knows shows its code."""
    holder = holders.get(count.holder)
    return str(holder.label) if holder else count.holder


def proof_document(run: DestructionRun, *, who: str) -> Document:
    """What was wiped, how many, by which term, when and by whom; no names of whom it was about."""
    terms = term_bodies()
    rows = [
        (
            label_of(count),
            f"{length_words(count.days)} {terms[count.term].after if count.term in terms else ''}".strip(),
            date_format(count.limit_on, "j F Y"),
            str(count.due),
            str(count.erased if count.erased is not None else "–"),
        )
        for count in run.counts.all()
    ]
    head = (_("What"), _("Kept"), _("From before"), _("Over its term"), _("Wiped"))
    facts = [
        (pgettext("of one thing", "Number"), run.code),
        (_("Began"), _moment(run.started_at)),
        (_("Ended"), _moment(run.finished_at) if run.finished_at else _("not yet")),
        (_("Why then"), str(run.get_occasion_display())),
        (_("By"), who),
    ]
    marks = [f"{label_of(count)}: {count.sha256}" for count in run.counts.all()]
    wiped: list[Block] = (
        [Grid(head, rows, numeric=(3, 4))] if rows else [Text(_("Nothing was over its term."))]
    )
    return Document(
        title=_("Proof of destruction"),
        subtitle=_moment(run.finished_at or run.started_at),
        sections=[
            Section(_("When and by whom"), [Pairs(facts)]),
            Section(_("What was wiped"), wiped),
            Section(
                _("Marks of the lists"), [Text(f"SHA-256: {run.sha256}"), Bullets(marks)] if marks else []
            ),
        ],
        date=date_format(today(), "j F Y"),
        note=_("This proof holds no names. Who has the list of ids can compare its mark."),
    )


def _moment(at: object) -> str:
    return date_format(at.astimezone(AMSTERDAM), "j F Y H:i") if at else ""  # type: ignore[attr-defined]


def register_document(unit: str) -> Document:
    """The register of processing, a section for each purpose."""
    return Document(
        title=_("Register of processing"),
        sections=[Section(one.body.name, [Pairs(purpose_facts(one))]) for one in purposes()],
        unit=unit,
        date=date_format(today(), "j F Y"),
    )


def purpose_facts(purpose: Purpose) -> list[tuple[str, str]]:
    """What the law asks to be in the register, label and text."""
    return [
        (_("What for"), purpose.body.why),
        (_("Whose data"), purpose.people),
        (_("Which data"), ", ".join(purpose.fields)),
        (_("Ground"), purpose.body.basis),
        (_("Comes from"), purpose.body.source),
        (_("Kept"), "; ".join(f"{label}: {words}" for label, words in purpose.terms)),
        (_("Who sees it"), purpose.body.seen_by),
        (_("Security"), security_words()),
    ]


def register_workbook() -> bytes:
    """The register with a row for each purpose and kind of data."""
    heads = (
        _("Purpose"), _("What for"), _("Whose data"), _("What"), _("Which data"), _("Kept"), _("Ground"),
        _("Comes from"), _("Who sees it"), _("Security"),
    )  # fmt: skip
    rows = [
        (
            one.body.name, one.body.why, one.people, part.label, ", ".join(part.fields), part.kept,
            one.body.basis, one.body.source, one.body.seen_by, security_words(),
        )
        for one in purposes()
        for part in one.parts
    ]  # fmt: skip
    title = _("Register of processing")
    facts = [(_("Made on"), date_format(today(), "j F Y")), (_("Number of rows"), str(len(rows)))]
    sheet = Sheet(title, [Column(head) for head in heads], rows)
    return to_xlsx([sheet], Explanation(_("Explanation"), title, facts))


def leaflet_document(parts: Sequence[LeafletPart], *, school: str, libraries: Sequence[str]) -> Document:
    """The leaflet of a school: what is kept of whom, why, how long, who sees it, and what one may ask."""
    sections = [Section(part.title, _leaflet_blocks(part)) for part in parts]
    return Document(
        title=_("Privacy at %(school)s") % {"school": school},
        subtitle=", ".join(libraries),
        sections=[
            *sections,
            Section(_("What you may ask"), [Bullets(rights_words(school))]),
        ],
        unit=school,
        date=date_format(today(), "j F Y"),
    )


def _leaflet_blocks(part: LeafletPart) -> list[Block]:
    if not part.purposes:
        return [Text(_("Nothing is kept."))]
    blocks: list[Block] = []
    for one in part.purposes:
        blocks += [
            Text(f"{one.body.name}. {one.body.why}"),
            Pairs(
                [
                    (_("What we keep"), ", ".join(one.fields)),
                    (_("How long"), "; ".join(f"{label}: {words}" for label, words in one.terms)),
                    (_("Who sees it"), one.body.seen_by),
                    (_("Comes from"), one.body.source),
                ]
            ),
        ]
    return blocks


def rights_words(school: str) -> list[str]:
    """What everybody may ask of the school, and where to complain."""
    return [
        _("You may see what is kept of you or your child."),
        _("You may have it put right, wiped, or taken along."),
        _(
            "You may say that you do not want it. For the public library your yes is needed; a no changes nothing at school."
        ),
        _("Ask the management of %(school)s. You get an answer within a month.") % {"school": school},
        _("A backup is kept for %(term)s. Who was wiped does not come back with it.")
        % {"term": term_in_force("backup").length},
        _("Not content? Then you can go to the Autoriteit Persoonsgegevens."),
    ]
