"""The right without which nobody sees a pupil; the models ask it, so it stands below them."""

MAY_VIEW = "pupils.view"
