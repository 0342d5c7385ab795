"""Codes of permissions that decide whose rows one sees; models stand below `permissions`."""

MAY_LEND = "lending.lend"  # work at a desk: what is open there, and nothing of before
MAY_VIEW = "lending.view"  # who has what, at one's own school
MAY_RULE = "lending.rules"  # rules, cards and desks of a school
