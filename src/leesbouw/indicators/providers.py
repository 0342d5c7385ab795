"""What indicators gives to the rooms below: the schemas of its content, and a job."""

from . import (
    jobs,  # noqa: F401 -- registers its kind
    queries,  # noqa: F401 -- registers the schemas
)
