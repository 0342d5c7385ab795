"""What indicators gives to the rooms below: the schemas of its content."""

from . import queries  # noqa: F401 -- registers the schemas
