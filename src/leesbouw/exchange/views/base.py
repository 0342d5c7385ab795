"""What every page about one import asks first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from leesbouw.ui.pages import Page, PostPage

from ..domain.columns import thrown_away
from ..engine import Importer, importer
from ..enums import DROPPED_LABELS, kept_labels
from ..models import ImportRun
from ..queries import run_for

FILE, COLUMNS, CHECK, STORE = 1, 2, 3, 4


def wizard_steps(run: ImportRun | None = None) -> list[tuple[str, str]]:
    """The steps with the address of those one can go back to."""
    columns = reverse("exchange:run-columns", args=[run.pk]) if run else ""
    check = reverse("exchange:run-check", args=[run.pk]) if run else ""
    return [
        (_("File"), ""),
        (_("Columns"), columns),
        (pgettext("step", "Check"), check),
        (pgettext("step", "Import"), ""),
    ]


@method_decorator(never_cache, name="dispatch")
class RunPage(Page):
    """A page about one import of the actor's own unit; another's does not exist. It may name children, so no browser
    keeps a copy."""

    @property
    def permission(self) -> str:  # type: ignore[override]
        """What bringing this kind of file asks."""
        return self.kind.permission

    @cached_property
    def run(self) -> ImportRun:
        try:
            return run_for(self.actor, self.kwargs["pk"])
        except ImportRun.DoesNotExist:
            raise Http404 from None

    @cached_property
    def kind(self) -> Importer:
        return importer(self.run.importer)

    @property
    def run_url(self) -> str:
        return reverse("exchange:run-detail", args=[self.run.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "run": self.run,
            "kind": self.kind,
            "run_url": self.run_url,
            "back_url": reverse("exchange:import-list"),
        }
        return super().get_context_data(**(context | kwargs))


class RunPost(RunPage, PostPage):
    """An action about one import, behind one button."""

    done: Any = ""

    def load(self) -> None:
        self.__dict__.pop("run", None)  # read anew inside the write
        assert self.run
        return None

    def back_url(self) -> str:
        return self.run_url


def kept_and_thrown(kind: Importer, run: ImportRun) -> dict[str, list[str]]:
    """Labels of what is kept, of what is thrown away, and names of headers that we do not know."""
    inside = [name for name in run.options.get("dropped") or () if name not in run.headers]  # of XML
    mapping = {code: places for code, places in run.mapping.items() if kind.keeps(code, run.options)}
    groups, unknown = thrown_away([*run.headers, *inside], mapping, kind.dropped)
    return what_is_kept(kind, mapping) | {
        "thrown": [str(DROPPED_LABELS[code]) for code in groups],
        "unknown": unknown,
    }


def what_is_kept(kind: Importer, codes: Iterable[str]) -> dict[str, list[str]]:
    """Labels of columns that are stored, and of those that are only looked at."""
    codes = list(codes)
    return {
        "kept": kept_labels(code for code in codes if code not in kind.only_read),
        "only_read": kept_labels(code for code in codes if code in kind.only_read),
    }
