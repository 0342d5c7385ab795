"""The pupils of a school, what is kept of one child, and what one does with that: see, take along, correct, erase."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.rendering.documents import flowing
from leesbouw.rendering.sheets import Explanation, Sheet, file_name, to_csv, to_xlsx
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..enums import ConsentState, ExportFormat, ExportReason
from ..permissions import CONSENT, EDIT, IMPORT, RIGHTS
from .base import OfPupil, OfSchool, file_url

LEFT_LABEL = pgettext_lazy("pupils", "Left")
STATE_TAGS = {
    ConsentState.YES: "ok",
    ConsentState.NO: "neutral",
    ConsentState.WITHDRAWN: "neutral",
    ConsentState.ASKED_NOT: "wait",
}


class PupilList(OfSchool, ListPage):
    """The children of one school, by group. A list with names goes along only with a reason."""

    template_name = "pupils/list.html"
    shows_names = True
    page = "pupils.pupils"
    title = _("Pupils")
    export_name = _("pupils")
    table_class = tables.PupilTable
    filterset_class = forms.PupilFilters
    can_save = False

    @cached_property
    def counts(self) -> queries.PlaceCounts:
        return queries.place_counts(self.actor, self.location, self.request.pupil_day)

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        if not queries.may_be_kept(self.location):
            text = _("There is no processing agreement with this school yet. Until then no pupil comes in.")
        else:
            text = _("Pupils come in with the file of the school's administration.")
        return Empty(_("No pupils yet"), text)

    def rows(self, request: HttpRequest) -> Any:
        request.pupil_day = queries.day_of_year(self.year)  # type: ignore[attr-defined]
        request.pupil_places = self.places()  # type: ignore[attr-defined]
        return queries.pupil_rows(self.actor, self.location, request.pupil_day)  # type: ignore[attr-defined]

    def places(self) -> list[tuple[str, Any]]:
        """Where children can be: the groups, without one, and left."""
        places = [(str(line.group.pk), line.group.name) for line in self.counts.groups]
        return [*places, (queries.NO_GROUP, _("Without a group")), (queries.LEFT, LEFT_LABEL)]

    def table_kwargs(self) -> dict[str, Any]:
        names = queries.names_at(self.actor, self.location)
        return {"names": names, "kept_days": queries.kept_days() if self.shows_leavers else None}

    @property
    def shows_leavers(self) -> bool:
        return self.request.GET.get("groep") == queries.LEFT

    def heading(self, listing: Listing) -> str:
        words = ngettext("%(number)s pupil", "%(number)s pupils", self.counts.present)
        return words % {"number": self.counts.present}

    def downloads(self) -> list[tuple[str, str]]:
        return []

    def download(self, wish: str) -> HttpResponse:
        """With names there is no download without a reason."""
        return HttpResponseRedirect(self.export_url())

    def export_url(self) -> str:
        query = self.request.GET.copy()
        for name in ("formaat", "pagina"):
            query.pop(name, None)
        address = reverse("pupils:pupil-export", args=[self.location.code])
        return f"{address}?{query.urlencode(safe=',')}".rstrip("?")

    def file_url(self) -> str:
        """Where the file of the school is read in, for who may and when pupils may be kept."""
        allowed = self.actor.may(IMPORT) and queries.may_be_kept(self.location)
        return file_url(self.location, self.year) if allowed else ""

    def chips(self) -> list[tuple[Any, int, str, bool]]:
        """Label, count and address of each place, and whether one is there."""
        here, counts = self.request.GET.get("groep", ""), self.counts
        year = f"jaar={self.year}" if "jaar" in self.request.GET else ""
        lines = [("", _("Everybody"), counts.present)]
        lines += [(str(line.group.pk), line.group.name, line.pupils) for line in counts.groups]
        lines += [(queries.NO_GROUP, _("Without a group"), counts.without_group)]
        lines += [(queries.LEFT, LEFT_LABEL, counts.left)]
        return [
            (
                label,
                number,
                "?" + "&".join(filter(None, [f"groep={code}" if code else "", year])),
                code == here,
            )
            for code, label, number in lines
            if number or code not in {queries.NO_GROUP, queries.LEFT} or code == here
        ]

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "location": self.location,
            "chips": self.chips(),
            "counts": self.counts,
            "export_url": self.export_url() if self.actor.may(EDIT) and listing.total else "",
            "leavers": self.shows_leavers,
            "file_url": self.file_url(),
            "open_requests": queries.open_requests(self.actor, self.location).count(),
            "wiped_on": queries.days_of_wiping(self.actor).get(self.location.pk),
        }


class PupilExport(PupilList):
    """Exactly the view one came from, as a file, after saying what it is for."""

    template_name = "pupils/export.html"
    http_method_names = ["get", "post", "head", "options"]
    right = EDIT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(forms.ExportForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.ExportForm(request.POST)
        return self.take_along(form) if form.is_valid() else self.show(form)

    def show(self, form: forms.ExportForm) -> HttpResponse:
        listing = self.listing(self.request.GET)
        back = reverse("pupils:pupil-list", args=[self.location.code])
        query = self.request.GET.urlencode(safe=",")
        context = {
            "form": form,
            "title": _("Take this list along"),
            "submit_label": _("Make the file"),
            "location": self.location,
            "number": len(listing.table.data),
            "about": self.about(listing),
            "back_url": f"{back}?{query}".rstrip("?"),
        }
        return self.render_to_response(context)

    def about(self, listing: Listing) -> str:
        """Which part of the school this is, in words."""
        chips = listing.filters.chips if listing.filters else []
        return ", ".join(f"{chip.label}: {chip.text}" for chip in chips) or gettext("everybody at school")

    def take_along(self, form: forms.ExportForm) -> HttpResponse:
        values, listing = form.values(), self.listing(self.request.GET)
        sheet = listing.table.sheet(str(self.title))
        rows = [["" if cell is None else cell for cell in row] for row in sheet.rows]
        marked = Sheet(sheet.name, sheet.columns, rows, queries.export_mark(self.actor))
        content = self.made(ExportFormat(values["form"]), marked, listing, values["reason"])
        actions.note_list(location=self.location, count=len(rows), by=self.actor, **values)
        name = file_name(self.location.name, str(self.export_name), today(), values["form"])
        return file_answer(content, name)

    def made(self, form: ExportFormat, sheet: Sheet, listing: Listing, reason: str) -> bytes:
        about = self.about(listing)
        if form is ExportFormat.CSV:
            return b"".join(to_csv(sheet))
        if form is ExportFormat.XLSX:
            facts = [
                (gettext("School"), self.location.name),
                (gettext("Which pupils"), about),
                (gettext("Number of rows"), str(len(list(sheet.rows)))),
                (gettext("What it is for"), str(ExportReason(reason).label)),
                (gettext("Made by"), sheet.mark),
            ]
            return to_xlsx([sheet], Explanation(gettext("Explanation"), str(self.title), facts))
        rows = [[_on_paper(cell) for cell in row] for row in sheet.rows]
        head = [column.title for column in sheet.columns]
        document = queries.list_document(self.location, head, rows, about=about, actor=self.actor)
        return flowing(document, lang=get_language() or "nl")


def _on_paper(cell: Any) -> str:
    return cell.strftime("%d-%m-%Y") if hasattr(cell, "strftime") else str(cell)


class PupilDetail(OfPupil, Page):
    """What Leesbouw knows of this child."""

    template_name = "pupils/pupil.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consent = queries.consents_of(self.actor, self.pupil).first()
        state = queries.state_of(consent)
        return super().get_context_data(
            **kwargs,
            known=queries.known_of(self.actor, self.pupil),
            left=self.pupil.left_on is not None and self.pupil.left_on < today(),
            consent=consent,
            state=state,
            state_tag=STATE_TAGS[state],
            requests=queries.open_requests_of(self.actor, self.pupil),
            may_edit=self.actor.may(EDIT),
            may_consent=self.actor.may(CONSENT),
            may_rights=self.actor.may(RIGHTS),
        )


class ForTheChild(PupilDetail):
    """“What does Leesbouw know of me?”: the same, in the child's own words, to look at together or to print."""

    template_name = "pupils/for_the_child.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, tiles=queries.tiles_for_child(self.actor, self.pupil))


class PupilPdf(OfPupil, Page):
    """What is kept of one child, on paper."""

    right = RIGHTS
    file = ExportFormat.PDF
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.known_document(queries.known_of(self.actor, self.pupil), self.actor)
        return pdf_answer(document, _name_of_file(self.pupil.pk, "pdf"), inline=False)


class PupilJson(OfPupil, Page):
    """What is kept of one child, as data for another system."""

    right = RIGHTS
    file = "json"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = queries.known_data(queries.known_of(self.actor, self.pupil), self.actor)
        content = json.dumps(data, ensure_ascii=False, indent=2).encode()
        return file_answer(content, _name_of_file(self.pupil.pk, "json"))


def _name_of_file(pupil_id: int, ending: str) -> str:
    """Without the child's name in the name of the file."""
    return file_name("", gettext("pupil %(number)s") % {"number": pupil_id}, today(), ending)


class PupilForm(OfPupil, FormPage):
    """A form about one child."""

    template_name = "pupils/form.html"

    def back_url(self) -> str:
        return reverse("pupils:pupil-detail", args=[self.pupil.pk])


class Correct(PupilForm):
    right = EDIT
    form_class = forms.CorrectionForm
    title = _("Put right what is wrong")
    lead = _("Tell the school's administration too, else the next file brings the mistake back.")
    done = _("Put right. An open request for it is answered with this.")

    @cached_property
    def birth_years(self) -> bool:
        return queries.keeps_birth_years(self.pupil.location_id)

    def form_kwargs(self) -> dict[str, Any]:
        return {"birth_years": self.birth_years}

    def initial(self) -> dict[str, Any]:
        names = ("first_name", "infix", "last_name", "key", "birth_year")
        return {name: getattr(self.object, name) for name in names}

    def act(self, form: Any) -> Any:
        values = {"birth_year": self.object.birth_year} | form.values()
        correction = actions.Correction(**values, version=form.sent_version)
        return actions.correct_pupil(pupil=self.object, correction=correction, by=self.actor)


class Erase(PupilForm):
    """The real question: it names the child and says what happens. There is no way back."""

    right = RIGHTS
    template_name = "pupils/erase.html"
    form_class = forms.EraseForm
    done = _("The child is erased from Leesbouw. The log keeps that it was asked, without a name.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Erase %(name)s") % {"name": self.name}

    submit_label = title  # type: ignore[assignment]

    def load(self) -> None:
        super().load()  # whether the child is still there; what else became of it does not matter any more

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "known": queries.known_of(self.actor, self.pupil),
            "has_key": bool(self.pupil.key or self.pupil.eck_id),
        }

    def act(self, form: Any) -> Any:
        return actions.erase_on_request(pupil=self.pupil, by=self.actor, **form.values())

    def done_url(self, result: Any) -> str:
        return reverse("pupils:pupil-list", args=[self.location.code])
