"""Writing about groups of a year, and about locations, branches and partners by hand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear

from .. import actions, forms
from ..actions import GroupRow, LocationRow
from ..models import Branch, ClassGroup, Location, Partner
from ..permissions import EDIT_GROUPS, EDIT_UNITS
from ..queries import (
    boards_to_choose,
    branch_by_code,
    group_by_id,
    groups_of,
    location_by_code,
    municipalities_to_choose,
    partner_by_code,
)
from .base import LibraryForm, LocationForm, UnitForm


class AddGroup(LocationForm):
    """A group of a school year; the year stands in the address."""

    permission = EDIT_GROUPS
    form_class = forms.GroupForm
    done = _("The group is kept.")
    group: ClassGroup | None = None

    def load(self) -> None:
        self.unit = self.location()

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(_("Add a group to %(year)s")) % {"year": str(self.year).replace("-", "–")}

    def form_kwargs(self) -> dict[str, Any]:
        last = groups_of(self.actor, self.unit, self.of_year.previous)
        return {"sector": self.unit.sector, "last": list(last), "fixed_name": self.group is not None}

    def back_url(self) -> str:
        return f"{self.unit.get_absolute_url()}groepen/?jaar={self.of_year}"

    @property
    def of_year(self) -> SchoolYear:
        return self.group.year if self.group is not None else self.year

    def act(self, form: Any) -> Any:
        values = form.values()
        row = GroupRow(
            name=self.group.name if self.group is not None else values["name"],
            year_groups=tuple(values.get("year_groups", ())),
            follows=values.get("follows", ""),
        )
        if (
            self.group is None
            and groups_of(self.actor, self.unit, self.of_year).filter(name=row.name).exists()
        ):
            raise Sentence(_("There is a group with this name already."))
        return actions.save_groups([row], location=self.unit, year=self.of_year, by=self.actor)


class ChangeGroup(AddGroup):
    title = _("Change the group")

    def load(self) -> None:
        super().load()
        try:
            self.group = group_by_id(self.actor, self.unit, self.kwargs["pk"])
        except ClassGroup.DoesNotExist:
            raise Http404 from None

    def initial(self) -> dict[str, Any]:
        group = self.group
        assert group is not None, "load() found it"
        return {
            "name": group.name,
            "year_groups": group.year_groups,
            "follows": group.follows.name if group.follows else "",
        }


class ChangeLocation(LocationForm):
    permission = EDIT_UNITS
    form_class = forms.LocationChangeForm
    title = _("Change the details")
    lead = _("The next import of the register may change this again.")
    done = _("The details are changed.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"boards": boards_to_choose(self.actor), "sector": self.unit.sector}

    def initial(self) -> dict[str, Any]:
        names = ("name", "board", "street", "postcode", "town", "phone", "website", "denomination", "places")
        return {name: getattr(self.unit, name) for name in names}

    def act(self, form: Any) -> Any:
        return actions.change_location(location=self.unit, by=self.actor, **form.values())


class CloseLocation(LocationForm):
    permission = EDIT_UNITS
    form_class = forms.CloseForm
    title = _("Close or merge this location")
    lead = _("Nothing is deleted: everything that was agreed can still be read.")
    done = _("It is kept.")

    def initial(self) -> dict[str, Any]:
        into = self.unit.merged_into
        return {"closed_on": self.unit.closed_on, "merged_into": into.code if into else ""}

    def act(self, form: Any) -> Any:
        values = form.values()
        return actions.close_location(
            location=self.unit,
            closed_on=values["closed_on"],
            merged_into=self.other(values["merged_into"]),
            by=self.actor,
        )

    def other(self, code: str) -> Location | None:
        if not code:
            return None
        try:
            return location_by_code(self.actor, code.upper().replace(" ", ""))
        except Location.DoesNotExist:
            raise Sentence(_("We do not know a location with this number.")) from None


class AddLocation(UnitForm):
    permission = EDIT_UNITS
    form_class = forms.LocationAddForm
    title = _("Add a location")
    lead = _("For a new school or child care that is not in the registers yet.")
    submit_label = _("Add")
    done = _("The location is added.")

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "municipalities": municipalities_to_choose(self.actor),
            "boards": boards_to_choose(self.actor),
        }

    def act(self, form: Any) -> Any:
        values = form.values()
        board = values.pop("board")
        row = LocationRow(
            **{name: value for name, value in values.items() if name != "municipality"},
            municipality=values["municipality"].code,
            board=board.code if board else None,
        )
        return actions.add_location(row=row, by=self.actor)

    def done_url(self, result: Any) -> str:
        return result.get_absolute_url()

    def back_url(self) -> str:
        return "/scholen/"


class AddBranch(LibraryForm):
    permission = EDIT_UNITS
    form_class = forms.BranchForm
    title = _("Add a branch")
    submit_label = _("Add")
    done = _("The branch is added.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"municipalities": municipalities_to_choose(self.actor)}

    def act(self, form: Any) -> Any:
        return actions.create_branch(library=self.unit, by=self.actor, **form.values())


class ChangeBranch(UnitForm):
    permission = EDIT_UNITS
    form_class = forms.BranchForm
    title = _("Change this branch")
    done = _("The branch is changed.")

    def load(self) -> Branch:
        try:
            self.unit = branch_by_code(self.actor, self.kwargs["code"])
        except ObjectDoesNotExist:
            raise Http404 from None
        if self.unit.library_id != self.own_library().pk:
            raise Http404
        return self.unit

    def form_kwargs(self) -> dict[str, Any]:
        return {"municipalities": municipalities_to_choose(self.actor)}

    def initial(self) -> dict[str, Any]:
        names = ("name", "municipality", "street", "postcode", "town")
        return {name: getattr(self.unit, name) for name in names}

    def act(self, form: Any) -> Any:
        return actions.change_branch(branch=self.object, by=self.actor, **form.values())


class AddPartner(LibraryForm):
    permission = EDIT_UNITS
    form_class = forms.PartnerForm
    title = _("Add a partner")
    lead = _("A bookshop, health centre, training partner or consultation you work with.")
    submit_label = _("Add")
    done = _("The partner is added.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"municipalities": municipalities_to_choose(self.actor)}

    def act(self, form: Any) -> Any:
        return actions.create_partner(library=self.unit, by=self.actor, **form.values())


class ChangePartner(UnitForm):
    permission = EDIT_UNITS
    form_class = forms.PartnerForm
    title = _("Change this partner")
    done = _("The partner is changed.")

    def load(self) -> Partner:
        try:
            self.unit = partner_by_code(self.actor, self.kwargs["code"])
        except ObjectDoesNotExist:
            raise Http404 from None
        return self.unit

    def form_kwargs(self) -> dict[str, Any]:
        return {"municipalities": municipalities_to_choose(self.actor)}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.unit, name) for name in ("name", "partner_kind", "municipality", "note")}

    def act(self, form: Any) -> Any:
        return actions.change_partner(partner=self.object, by=self.actor, **form.values())
