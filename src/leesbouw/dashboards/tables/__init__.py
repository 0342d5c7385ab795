"""Tables of the pages that only read."""

from .locations import LocationTable
from .organisations import OrganisationTable

__all__ = ["LocationTable", "OrganisationTable"]
