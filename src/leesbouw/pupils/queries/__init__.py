"""Every read of pupils."""

from .gate import keeps_birth_years, key_digest, refused_digests
from .lists import (
    Child,
    GroupCount,
    children_at,
    children_without_group,
    group_counts,
    group_of,
    leavers_at,
    leaving_children,
    present,
    pupils_at,
    search_children,
)
from .parameters import usual_share
from .pupils import (
    Known,
    consent_states,
    consents_of,
    known_of,
    name_among_others,
    pupil_by_id,
    pupils_with_key,
    requests_at,
    requests_of,
    state_of,
)

__all__ = [
    "Child",
    "GroupCount",
    "Known",
    "children_at",
    "children_without_group",
    "consent_states",
    "consents_of",
    "group_counts",
    "group_of",
    "keeps_birth_years",
    "key_digest",
    "known_of",
    "leavers_at",
    "leaving_children",
    "name_among_others",
    "present",
    "pupil_by_id",
    "pupils_at",
    "pupils_with_key",
    "refused_digests",
    "requests_at",
    "requests_of",
    "search_children",
    "state_of",
    "usual_share",
]
