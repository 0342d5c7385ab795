"""A plan as PDF and Word, and one that comes in from Word."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.time import today
from leesbouw.rendering.sheets import file_name
from leesbouw.rendering.word import read_word, to_word
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import FormPage, Page

from ... import actions, forms, queries
from ...permissions import EDIT_PLANS, VIEW_PLANS
from .base import OfOnePlan


class PlanPdf(OfOnePlan, Page):
    permission = VIEW_PLANS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.plan_document(self.actor, self.unit, self.existing())
        return pdf_answer(document, self.file_name("pdf"))

    def existing(self) -> queries.PlanView:
        if self.view.plan is None:
            raise Http404
        return self.view

    def file_name(self, ext: str) -> str:
        return file_name(self.unit.name, f"{queries.SLUGS[self.kind]} {self.year}", today(), ext)


class PlanWord(PlanPdf):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.plan_document(self.actor, self.unit, self.existing())
        return file_answer(to_word(document), self.file_name("docx"))


class PlanReadIn(OfOnePlan, FormPage):
    """A plan that was written in Word: its headings go to our sections, behind what stands there."""

    permission = EDIT_PLANS
    form_class = forms.ReadInForm
    template_name = "plans/section_form.html"
    title = _("Read a Word file in")
    lead = _("We look at the headings. What fits no section of ours goes to the end, so nothing is lost.")
    submit_label = _("Read it in")

    def load(self) -> None:
        if not self.may_write():
            raise Http404

    def act(self, form: Any) -> list[queries.ReadPart]:
        begun = self.view.plan or actions.begin_plan(
            unit=self.unit, kind=self.kind, year=self.year, by=self.actor
        )
        template, _version = queries.template_of(self.kind, begun.template_version)
        parts = queries.map_to_sections(template, read_word(form.cleaned_data["file"].read()))
        texts = queries.texts_of(parts, self.view.texts)
        actions.read_plan_in(plan=begun, year=self.year, texts=texts, by=self.actor)
        return parts

    def done_message(self, result: list[queries.ReadPart]) -> str:
        other = sum(part.code == queries.OTHER.code for part in result)
        text = ngettext(
            "%(number)s part was read in, %(other)s of it stands at the end.",
            "%(number)s parts were read in, %(other)s of them stand at the end.",
            len(result),
        )
        told = text % {"number": len(result), "other": other}
        names = self.find_names("\n".join(part.text for part in result))
        if not names:
            return told
        warned = _("Look at “%(names)s”: also the first name of a child here. Leave it out of the plan.")
        return f"{told} {warned % {'names': '”, “'.join(names)}}"
