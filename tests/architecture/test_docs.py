"""The administrator's handbook names every setting and every command, and nothing that does not exist."""

from __future__ import annotations

from tools.rules import paper
from tools.rules.sources import ROOT, package_sources

BEHEER = ROOT / "docs" / "beheer"


def test_every_setting_has_a_heading() -> None:
    names = set().union(*(paper.settings_read(source.text) for source in package_sources()))

    assert list(paper.undocumented(names, (BEHEER / "instellingen.md").read_text(), "instellingen.md")) == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in paper.links(document.read_text()):
            if not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)}: {target}")

    assert broken == []
