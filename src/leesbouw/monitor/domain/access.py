"""The right without which nobody reads an open answer; the models ask it, so it stands below them."""

MAY_READ_OPEN = "monitor.open_answers"
