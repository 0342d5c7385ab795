"""Rights that models ask, so they stand below them: without the first nobody sees a pupil."""

MAY_VIEW = "pupils.view"
MAY_OPEN_CLASS = "pupils.open_class"
