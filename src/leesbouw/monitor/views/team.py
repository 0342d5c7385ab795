"""The team session: its board on the wall, and the pages on which its leader closes it and notes what the team knows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.pupils.queries import first_names_in
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..domain.doors import spelled
from ..domain.team import MOST_POINTS
from ..models import Participation, TeamNote, TeamSession
from ..permissions import DISCUSS
from ..queries.reports.topics import TOPICS
from .base import InItsWords
from .classes import matrix, number
from .reports import OfReport


class OfSession(OfReport):
    """A page about the session of a location that closed."""

    def session(self) -> TeamSession | None:
        return queries.session_of(self.actor, self.load())  # type: ignore[attr-defined]

    def open_session(self) -> TeamSession:
        """Raises Http404 where there is none that is open."""
        found = self.session()
        if found is None or found.closed_on:
            raise Http404
        return found

    def back_url(self) -> str:
        return reverse("monitor:team", args=[self.kwargs["pk"]])


class Board(OfSession, Page):
    """What hangs on the wall: where to go with a telephone, how many chose, and in the end what."""

    template_name = "monitor/team/board.html"
    permission = DISCUSS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one, session = self.load(), self.session()
        if one.discussed_on and (session is None or session.closed_on):
            return HttpResponseRedirect(reverse("monitor:report", args=[one.pk]))
        return self.render_to_response(self.get_context_data(participation=one, session=session))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = kwargs["session"]
        more: dict[str, Any] = {
            "usual": queries.monitor_parameters().body.talking_points,
            "numbers": range(1, MOST_POINTS + 1),
        }
        if session is not None:
            more |= address(session.code)
            if session.is_shown:
                more["points"] = queries.points_of(self.actor, session)
        return super().get_context_data(**kwargs, **more)


class Count(OfSession, Page):
    """How many telephones chose: the part of the board that is asked for every few seconds."""

    permission = DISCUSS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, "monitor/team/count.html", {"session": self.open_session()})


class Act(OfSession, PostPage):
    """One button of the board."""

    permission = DISCUSS
    done = ""


class Start(Act):
    def act(self, form: Any) -> TeamSession:
        most = number(self.request.POST.get("aantal", ""))
        return actions.start_session(participation=self.load(), most=most, by=self.actor)


class Show(Act):
    def act(self, form: Any) -> TeamSession:
        return actions.show_choice(session=self.open_session(), shown=True, by=self.actor)


class Cover(Act):
    def act(self, form: Any) -> TeamSession:
        return actions.show_choice(session=self.open_session(), shown=False, by=self.actor)


class Drop(Act):
    done = _("The session is gone, and everything that was chosen in it.")

    def act(self, form: Any) -> None:
        actions.drop_session(session=self.open_session(), by=self.actor)

    def done_url(self, result: Any) -> str:
        return reverse("monitor:report", args=[self.kwargs["pk"]])


class Careful:
    """Tells a form which first names of children of this school stand in a text."""

    actor: Any
    object: Any

    def find_names(self, text: str) -> list[str]:
        return first_names_in(self.actor, self.object.location, text)


class Choose(Careful, OfSession, FormPage):
    """Closes the session: what the team goes on with, in its own words."""

    template_name = "monitor/team/choose.html"
    permission = DISCUSS
    form_class = forms.ChooseForm
    title = _("What do we go on with?")
    submit_label = _("Close the session")
    done = _("Noted. The team has discussed the outcomes.")

    def load(self) -> Participation:
        one = super().load()
        self.held = queries.session_of(self.actor, one)
        if self.held is None or self.held.closed_on:
            raise Http404
        return one

    def make_form(self, data: Any = None) -> Any:
        points = list(queries.points_of(self.actor, self.held))
        return forms.ChooseForm(
            data,
            points=points,
            proposed=queries.words_to_begin(self.held, points),
            find_names=self.find_names,
        )

    def act(self, form: Any) -> TeamSession:
        return actions.close_session(session=self.held, kept=form.kept(form.cleaned_data), by=self.actor)

    def done_url(self, result: Any) -> str:
        return reverse("monitor:report", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            participation=self.object,
            session=self.held,
            wording=queries.wording(self.object.round.kind),
        )


class Notes(Careful, OfReport, FormPage):
    """What the team heard, saw and asked beside the figures."""

    template_name = "monitor/team/notes.html"
    permission = DISCUSS
    form_class = forms.NoteForm
    title = _("What else do we know?")
    submit_label = _("Add this")
    done = _("It is added.")

    def make_form(self, data: Any = None) -> Any:
        return forms.NoteForm(data, topics=TOPICS, find_names=self.find_names)

    def act(self, form: Any) -> TeamNote:
        return actions.write_note(participation=self.object, by=self.actor, **form.values())

    def done_url(self, result: Any) -> str:
        return self.request.path  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = queries.known_at(self.actor, self.object)
        called = queries.wording(self.object.round.kind)
        return super().get_context_data(**kwargs, participation=self.object, known=known, wording=called)


class OfNote(InItsWords):
    """A page about one of those notes."""

    actor: Any
    kwargs: dict[str, Any]
    object: TeamNote

    def load(self) -> TeamNote:
        try:
            found = queries.note_by_id(self.actor, self.kwargs["pk"])
        except TeamNote.DoesNotExist:
            raise Http404 from None
        queries.speak(found.participation.round.kind)
        return found

    def back_url(self) -> str:
        return reverse("monitor:notes", args=[self.object.participation_id])


class NoteChange(OfNote, FormPage):
    template_name = "monitor/team/note.html"
    permission = DISCUSS
    form_class = forms.NoteForm
    title = _("Correct this note")

    def form_kwargs(self) -> dict[str, Any]:
        return {"topics": TOPICS, "find_names": self.find_names}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("kind", "topic", "text")}

    def find_names(self, text: str) -> list[str]:
        return first_names_in(self.actor, self.object.participation.location, text)

    def act(self, form: Any) -> TeamNote:
        return actions.change_note(
            note=self.object, version=form.sent_version, by=self.actor, **form.values()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.object.participation
        return super().get_context_data(**kwargs, participation=one, wording=queries.wording(one.round.kind))


class NoteDelete(OfNote, PostPage):
    permission = DISCUSS
    done = _("The note is gone.")

    def act(self, form: Any) -> None:
        actions.delete_note(note_id=self.object.pk, by=self.actor)


def address(code: str) -> dict[str, Any]:
    """Where teachers go with a telephone, as words and as a picture drawn here."""
    url = f"{settings.LEESBOUW_URL}{reverse('monitor:phone', args=[code])}"
    where = urlsplit(settings.LEESBOUW_URL).netloc
    return {"code": code, "spelled": spelled(code), "where": f"{where}/t", "qr": matrix(url)}
