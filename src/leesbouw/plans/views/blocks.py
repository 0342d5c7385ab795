"""The wall of a unit, one bouwsteen of it, and the matrix of all locations."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location
from leesbouw.people.queries import contacts_at, staff_today
from leesbouw.ui.export import stored_answer
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page, PostPage
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..enums import AgreedLevel, BlockOf, BlockStatus, Side
from ..models import BlockEvidence, BlockSolution, BlockYear
from ..permissions import EDIT_BLOCKS, VIEW_BLOCKS
from .base import OfUnit


class _OfUnit(OfUnit):
    """A page about the bouwstenen of the school, child-care location or library in the address."""

    permission = VIEW_BLOCKS

    def may_write(self) -> bool:
        return queries.may_write_blocks(self.actor, self.unit, self.year)


class Wall(_OfUnit, Page):
    """All bouwstenen of a unit side by side."""

    template_name = "plans/wall.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.standings(self.actor, self.unit, self.year)
        return super().get_context_data(
            **kwargs,
            unit=self.unit,
            for_year=self.year,
            in_year=self.in_year,
            standings=found,
            told=sum(one.row is not None for one in found),
            may_write=self.may_write(),
        )


class _OfBlock(_OfUnit):
    """A page about one bouwsteen."""

    @cached_property
    def standing(self) -> queries.Standing:
        try:
            return queries.standing_of(self.actor, self.unit, self.kwargs["block"], self.year)
        except LookupError:
            raise Http404 from None

    @property
    def block(self) -> queries.Block:
        return self.standing.block

    def back_url(self) -> str:
        return self.standing.url + self.in_year

    def target(self) -> dict[str, Any]:
        """Which bouwsteen an action is about."""
        return {"unit": self.unit, "code": self.block.code, "year": self.year, "by": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            "unit": self.unit,
            "standing": self.standing,
            "building": self.block,
            "for_year": self.year,
            "in_year": self.in_year,
            "wall_url": queries.wall_url(self.unit) + self.in_year,
            "block_url": self.standing.url + self.in_year,
        }
        return super().get_context_data(**(shown | kwargs))  # type: ignore[misc]


class BlockPage(_OfBlock, Page):
    """Where it stands and what shows it, the good practices, what stands in the way and what helps."""

    template_name = "plans/block.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        block, row = self.block, self.standing.row
        picked = set(row.challenges if row else ())
        names = {one.code: one.name for one in queries.blocks_of(self.unit)}
        return super().get_context_data(
            **kwargs,
            answers=queries.answers_of(block, row),
            challenges=[one for one in block.challenges if one.code in picked],
            solutions=[
                (one, bool(picked & set(one.answers))) for one in queries.helpful(block, list(picked))
            ],
            chosen=queries.chosen_solutions(self.actor, self.unit, block, self.year),
            evidence=queries.shown_evidence(
                self.actor,
                self.unit,
                queries.evidence_of(self.actor, self.unit, self.year).filter(block=block.code),
            ),
            years=queries.years_of_block(self.actor, self.unit, block),
            related=[(names[one.block], one) for one in block.related if one.block in names],
            learning_url=self.learning_url(),
            factors=queries.factors_of(block),
            may_write=self.may_write(),
        )

    def learning_url(self) -> str:
        """Where the learning goals stand, on the bouwstenen that they belong to."""
        is_theirs = self.block.code in queries.LEARNING_BLOCKS and queries.has_learning(self.unit)
        return queries.learning_url(self.unit) + self.in_year if is_theirs else ""


class _BlockForm(_OfBlock, FormPage):
    permission = EDIT_BLOCKS
    template_name = "plans/block_form.html"

    def load(self) -> Any:
        if not self.may_write():
            raise Http404
        return None


class Assess(_BlockForm):
    """Writes down where it stands; begins with what was said last year."""

    template_name = "plans/assess.html"
    form_class = forms.AssessForm
    title = _("Where does this stand?")
    done = _("Saved.")

    def load(self) -> BlockYear:
        super().load()
        return queries.block_year(self.actor, self.unit, self.block, self.year)

    def initial(self) -> dict[str, Any]:
        if self.object.pk:
            return forms.assess_initial(self.object)
        if self.standing.before is None:
            return {"status": BlockStatus.NOT_STARTED, "agreed": AgreedLevel.NONE}
        return forms.assess_initial(self.standing.before) | {"note": ""}

    def form_kwargs(self) -> dict[str, Any]:
        return {"block": self.block}

    def act(self, form: Any) -> BlockYear:
        assessment = actions.Assessment(**form.values(), version=form.sent_version)
        return actions.assess_block(**self.target(), assessment=assessment)


class AddEvidence(_BlockForm):
    form_class = forms.EvidenceForm
    title = _("What shows where it stands?")
    submit_label = _("Add")
    done = _("Added.")

    def initial(self) -> dict[str, Any]:
        return {"kind": "record"}

    def form_kwargs(self) -> dict[str, Any]:
        return {"records": queries.record_choices(self.actor, self.unit, self.year)}

    def act(self, form: Any) -> BlockEvidence:
        return actions.add_evidence(**self.target(), evidence=actions.EvidenceRow(**form.values()))


class EvidenceFile(_OfBlock, Page):
    """The file of a piece of evidence, for who may see the bouwsteen; always a download."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.evidence_of(self.actor, self.unit, self.year).filter(block=self.block.code)
        found = rows.filter(pk=self.kwargs["pk"]).select_related("file").first()
        if found is None or found.file is None or not found.file.path.exists():
            raise Http404
        return stored_answer(found.file)


class DropEvidence(_OfBlock, PostPage):
    permission = EDIT_BLOCKS
    done = _("Taken away.")

    def load(self) -> BlockEvidence:
        rows = queries.evidence_of(self.actor, self.unit, self.year).filter(block=self.block.code)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None or not self.may_write():
            raise Http404
        return found

    def act(self, form: Any) -> BlockEvidence:
        return actions.drop_evidence(evidence=self.object, year=self.year, by=self.actor)


class ChooseSolution(_BlockForm):
    """A solution becomes an action with who does it and when."""

    form_class = forms.SolutionForm
    submit_label = _("Make this an action")
    done = _("The action is added.")

    @cached_property
    def solution(self) -> Any:
        for one in self.block.solutions:
            if one.code == self.kwargs["solution"]:
                return one
        raise Http404

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.solution.text

    @property
    def lead(self) -> str:  # type: ignore[override]
        return self.solution.how

    def initial(self) -> dict[str, Any]:
        allowed = [value for value, _label in queries.sides_for(self.actor)]
        side = self.solution.side
        return {"what": self.solution.action, "side": side if side in allowed else Side.TOGETHER}

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "staff": list(staff_today(self.actor)),
            "contacts": contacts_at(self.actor, self.unit.pk),
            "sides": queries.sides_for(self.actor),
        }

    def act(self, form: Any) -> BlockSolution:
        chosen = actions.SolutionRow(code=self.solution.code, **form.values())
        return actions.choose_solution(**self.target(), solution=chosen)


class Matrix(ListPage):
    """Schools × bouwstenen: where it goes well and where it is stuck."""

    permission = VIEW_BLOCKS
    export_permission = "ui.export"
    template_name = "plans/matrix.html"
    page = "plans.matrix"
    title = _("Building blocks")
    export_name = _("building blocks")
    table_class = tables.MatrixTable
    filterset_class = forms.MatrixFilters
    of = BlockOf.SCHOOL
    empty = Empty(_("No locations yet"), _("What each school or child care reached stands here."))

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return queries.matrix_rows(self.actor, self.of, self.year)

    def table_kwargs(self) -> dict[str, Any]:
        return {"blocks": queries.blocks_of_kind(self.of), "year": self.year}

    def heading(self, listing: Listing) -> str:
        number = listing.total
        text = ngettext(
            "The building blocks of %(number)s location",
            "The building blocks of %(number)s locations",
            number,
        )
        return text % {"number": number}

    def more(self, listing: Listing) -> dict[str, Any]:
        other = "plans:matrix-childcare" if self.of is BlockOf.SCHOOL else "plans:matrix"
        at_library = self.actor.unit_kind == UnitKind.LIBRARY
        own = reverse("plans:library-wall", args=[self.actor.unit_code]) if at_library else ""
        return {"of": self.of, "other_url": reverse(other), "own_url": own}


class ChildcareMatrix(Matrix):
    page = "plans.matrix_childcare"
    of = BlockOf.CHILDCARE
