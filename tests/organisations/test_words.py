"""What a partnership is called."""

import pytest

from leesbouw.organisations.models import Partnership


@pytest.mark.parametrize(
    ("kind", "programme", "words"),
    [
        ("dbos", "po", "Structureel: de Bibliotheek op school"),
        ("dbos", "boekstart", "Structureel: BoekStart in de kinderopvang"),
        ("comparable", "boekstart", "Structureel: vergelijkbare aanpak"),
        ("none", "", "Geen samenwerking"),
    ],
)
def test_in_child_care_the_structural_approach_is_called_boekstart(
    kind: str, programme: str, words: str
) -> None:
    assert str(Partnership(type=kind, programme=programme).get_type_display()) == words
