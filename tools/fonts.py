"""Makes the fonts of the pages and of the paper from whole TTFs.

Run it only when a font gets a new version; its results are in the repository:

    python -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools brotli
    /tmp/fonts/bin/python tools/fonts.py

It needs `npm`, which fetches the packages in which the foundries' files are published under the Open Font Licence.
Pages get woff2 with Latin letters only (names of people in Dutch classes: Polish, Turkish, Frisian and so on);
paper gets the whole static TTF, because typst embeds no more than it uses.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "src/leesbouw/ui/static/ui/fonts"
PAPER = ROOT / "src/leesbouw/rendering/fonts"
PAGE_BUDGET = 160 * 1024  # bytes of woff2 together: what one first visit may cost
CHILDREN = (
    "andika-regular",
    "andika-bold",
)  # only on pages for children, so not part of that; never on paper

LETTERS = [
    *range(0x20, 0x7F),  # Basic Latin
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A
    *(0x1CD, 0x1CE, 0x1D0, 0x1D2, 0x1D4, 0x1E6, 0x1E7, 0x218, 0x219, 0x21A, 0x21B, 0x1E9E),
    *(0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DA, 0x2DB, 0x2DC, 0x2DD),
    *range(0x300, 0x305),
    *range(0x306, 0x30D),
    *range(0x2010, 0x2015),
    *(0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026, 0x202F, 0x2030),
    *(0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193),
    *(0x2212, 0x2215, 0x2248, 0x2260, 0x2264, 0x2265, 0x00D7),
]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum", "lnum"]


@dataclass(frozen=True)
class Face:
    """One font file: where the package keeps it, and our name for it."""

    source: str
    name: str


PACKAGES = {
    "@expo-google-fonts/atkinson-hyperlegible-next": (
        "Atkinson-OFL.txt",
        [
            Face("400Regular/AtkinsonHyperlegibleNext_400Regular", "atkinson-regular"),
            Face("700Bold/AtkinsonHyperlegibleNext_700Bold", "atkinson-bold"),
            Face("400Regular_Italic/AtkinsonHyperlegibleNext_400Regular_Italic", "atkinson-italic"),
        ],
    ),
    "@expo-google-fonts/literata": (
        "Literata-OFL.txt",
        [
            Face("400Regular/Literata_400Regular", "literata-regular"),
            Face("700Bold/Literata_700Bold", "literata-bold"),
        ],
    ),
    "@expo-google-fonts/andika": (
        "Andika-OFL.txt",
        [Face("Andika_400Regular", "andika-regular"), Face("Andika_700Bold", "andika-bold")],
    ),
}
LICENCES = {"@expo-google-fonts/andika": ("@fontsource/andika", "LICENSE")}  # which this package forgot


def unpack(package: str, into: Path) -> Path:
    """Fetch one package with npm and return the folder that holds its files."""
    command = ["npm", "pack", package, "--silent", "--pack-destination", str(into)]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    with tarfile.open(into / name) as archive:
        archive.extractall(into, filter="data")
    return into / "package"


def licence_of(package: str, files: Path, temporary: Path) -> str:
    """The text of the Open Font Licence that belongs to a package."""
    if package not in LICENCES:
        return (files / "LICENSE_FONT").read_text(encoding="utf-8")
    other, name = LICENCES[package]
    folder = temporary / "licence"
    folder.mkdir()
    return (unpack(other, folder) / name).read_text(encoding="utf-8")


def for_pages(source: Path, target: Path) -> None:
    """Write the Latin part of a font as woff2."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence travel with the font
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    """Fetch, cut and store every font, with its licence beside it."""
    for folder in (PAGES, PAPER):
        folder.mkdir(parents=True, exist_ok=True)
    for package, (licence, faces) in PACKAGES.items():
        with tempfile.TemporaryDirectory() as temporary:
            files = unpack(package, Path(temporary))
            text = licence_of(package, files, Path(temporary))
            for face in faces:
                source = files / f"{face.source}.ttf"
                for_pages(source, PAGES / f"{face.name}.woff2")
                (PAGES / licence).write_text(text, encoding="utf-8")
                if face.name not in CHILDREN:
                    shutil.copyfile(source, PAPER / f"{face.name}.ttf")
                    (PAPER / licence).write_text(text, encoding="utf-8")
    size = sum(file.stat().st_size for file in PAGES.glob("*.woff2") if file.stem not in CHILDREN)
    print(f"{size / 1024:.0f} KB of woff2 for pages")
    if size > PAGE_BUDGET:
        raise SystemExit(f"That is more than {PAGE_BUDGET // 1024} KB: cut LETTERS or FEATURES.")


if __name__ == "__main__":
    main()
