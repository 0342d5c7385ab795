"""What a child that came in may read of itself."""

from __future__ import annotations

from typing import Any

from leesbouw.ui.pages import ChildPage

from .. import queries


class Known(ChildPage):
    """“What does Leesbouw know of me?”, for the child itself."""

    template_name = "pupils/door/known.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tiles = queries.tiles_for_child(self.child.actor, self.child.pupil)
        return super().get_context_data(**kwargs, tiles=tiles)
