"""The first page of the day."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leesbouw.core.time import today
from leesbouw.ui.pages import Page

from ..queries.blocks import (  # noqa: F401 -- the rooms of blocks register what they show
    cooperation,
    first_of,
    home_of,
    house,
    numbers,
    pupils,
    visits,
    work,
)


class Home(Page):
    """What asks for this person today; which blocks, and in what order, is content of her role."""

    template_name = "dashboards/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body = self.request.role_body
        shown = home_of(self.actor, body.home if body else (), self.year)
        return super().get_context_data(
            **kwargs,
            heading=next(
                (one.data["heading"] for one in shown if one.data.get("heading")), self.heading(body)
            ),
            today=today(),
            first=first_of(shown),
            blocks=[one for one in shown if not one.margin],
            margin=[one for one in shown if one.margin],
        )

    def heading(self, body: Any) -> str:
        """The sentence of the role with her first name in it."""
        name = self.actor.name.split(" ")[0]
        return body.heading.replace("{name}", name) if body else _("Hello %(name)s") % {"name": name}
