"""Small services of the house: jobs one asked for, undoing, files, and whether everything is well."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from leesbouw.core import jobs
from leesbouw.core.audit import undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.files import StoredFile
from leesbouw.core.health import Condition
from leesbouw.core.jobs import Job
from leesbouw.core.registry import health_checks
from leesbouw.ui.pages import Page, PostPage

from ..queries.jobs import file_by_id, job_by_id, jobs_of

MOST_JOBS = 50
NEEDED = (
    "files",
)  # without these nobody can work; a failed import or mail is no reason to take the house down


class JobList(Page):
    """The tray: what this person asked the machine to do."""

    template_name = "dashboards/jobs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(jobs_of(self.actor)[:MOST_JOBS])
        return super().get_context_data(
            **kwargs,
            busy=[row for row in rows if not row.is_over],
            over=[row for row in rows if row.is_over],
        )


class JobDetail(Page):
    """One job; asked for by the page itself it answers with the part that moves."""

    template_name = "dashboards/job.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = found_job(self, kwargs["pk"])
        context = {"job": job, "job_url": f"{reverse('dashboards:job-detail', args=[job.pk])}?deel=1"}
        if request.GET.get("deel") == "1":
            return render(request, "ui/components/job.html", context)
        return self.render_to_response(self.get_context_data(**context))


def found_job(page: Page, pk: int) -> Job:
    try:
        return job_by_id(page.actor, pk)
    except Job.DoesNotExist:
        raise Http404 from None


class CancelJob(PostPage):
    done = _("We stop it as soon as that can be done safely.")

    def act(self, form: Any) -> None:
        jobs.cancel(job=found_job(self, self.kwargs["pk"]), by=self.actor)

    def back_url(self) -> str:
        return reverse("dashboards:job-list")


class UndoEvent(PostPage):
    """Undoes what somebody just did; only she herself, and only once."""

    done = _("It is undone.")

    def act(self, form: Any) -> Any:
        try:
            return undo_event(event_id=self.kwargs["pk"], by=self.actor)
        except LookupError:
            raise Sentence(_("This can no longer be undone.")) from None

    def back_url(self) -> str:
        return reverse("dashboards:home")


class Download(Page):
    """A kept file, always as a download and never as a page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            row = file_by_id(self.actor, kwargs["pk"])
            handle = row.path.open("rb")
        except (StoredFile.DoesNotExist, FileNotFoundError):
            raise Http404 from None
        answer = FileResponse(handle, as_attachment=True, filename=row.name, content_type=row.content_type)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


class Healthz(View):
    """For the reverse proxy: 200 while people can work here, 503 otherwise. It makes no session."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        words, status = ("goed", 200) if people_can_work() else ("niet goed", 503)
        answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
        answer["Cache-Control"] = "no-store"
        return answer


def people_can_work() -> bool:
    """Whether the database answers and nothing failed that everybody needs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        checks = [health_checks.get(code) for code in NEEDED]
        return all(check().condition != Condition.FAILED for check in checks if check)
    except (DatabaseError, OSError):
        return False
