"""What the style sheets promise: their size, enough contrast in light and dark, and no colour outside the tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "src/leesbouw/ui/static/ui/css"
FONTS = CSS.parent / "fonts"
BUDGET = 30 * 1024  # bytes
COLOUR = re.compile(r"--([\w-]+): (#[0-9A-Fa-f]{6})\b")

TEXT = 4.5  # WCAG 1.4.3
PARTS = 3.0  # WCAG 1.4.11: borders of controls, focus, bricks
PAIRS = [
    *[("ink", paper, TEXT) for paper in ("paper", "surface", "surface-2", "primary-soft", "accent-soft")],
    *[("ink", f"{kind}-soft", TEXT) for kind in ("success", "warning", "danger", "info")],
    *[("ink-muted", paper, TEXT) for paper in ("paper", "surface", "surface-2", "primary-soft")],
    *[("primary", paper, TEXT) for paper in ("paper", "surface", "surface-2", "primary-soft")],
    *[("primary-strong", paper, TEXT) for paper in ("paper", "surface")],
    ("on-primary", "primary", TEXT),
    ("paper", "ink", TEXT),
    *[(kind, f"{kind}-soft", TEXT) for kind in ("success", "warning", "danger", "info")],
    *[(kind, "paper", TEXT) for kind in ("success", "warning", "danger", "info", "accent")],
    *[("border-control", paper, PARTS) for paper in ("paper", "surface", "surface-2")],
    *[("accent", paper, PARTS) for paper in ("paper", "surface")],
    *[("focus-line", paper, PARTS) for paper in ("paper", "surface", "primary-soft")],
]


def colours(name: str) -> dict[str, str]:
    return dict(COLOUR.findall((CSS / name).read_text()))


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_told_apart(theme: str, front: str, back: str, least: float) -> None:
    palette = colours("tokens.css") | (colours("dark.css") if theme == "dark" else {})

    assert contrast(palette[front], palette[back]) >= least


def test_dark_has_every_colour_that_light_has() -> None:
    assert set(colours("dark.css")) == set(colours("tokens.css"))


def test_all_style_sheets_together_stay_small() -> None:
    assert sum(file.stat().st_size for file in CSS.glob("*.css")) <= BUDGET


def test_fonts_stay_small_and_bring_their_licence() -> None:
    assert sum(file.stat().st_size for file in FONTS.glob("*.woff2")) <= 160 * 1024
    for file in FONTS.glob("*.woff2"):
        licence = FONTS / f"{file.stem.split('-')[0].title()}-OFL.txt"
        assert "SIL OPEN FONT LICENSE" in licence.read_text()


@pytest.mark.parametrize("file", sorted(CSS.glob("*.css")), ids=lambda file: file.name)
def test_rules_stand_in_layers_and_colours_come_from_tokens(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)

    assert text.count("{") == text.count("}")
    assert "@layer" in text
    if file.name not in ("tokens.css", "dark.css"):
        assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", text)


def test_every_style_sheet_is_linked() -> None:
    head = (CSS.parents[2] / "templates/ui/components/head.html").read_text()

    assert {file.name for file in CSS.glob("*.css")} == set(re.findall(r"ui/css/([\w.]+)", head))
