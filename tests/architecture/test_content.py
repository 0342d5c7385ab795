"""Content and demo story agree with themselves, and the check that says so can fail."""

import shutil
from pathlib import Path

import pytest

from tools import content_check, demo_check

CONTENT = content_check.ROOT / "content"
PUPILS = "nl/questionnaire/po-pupil@1.toml"
REGISTERS = content_check.ROOT.parent / "shared" / "data" / "duo"


def test_content_is_whole():
    assert content_check.problems() == []
    assert demo_check.problems(CONTENT) == []


@pytest.mark.skipif(not REGISTERS.is_dir(), reason="the open school files are not on this machine")
def test_story_shares_nothing_with_real_registers():
    assert demo_check.clashes(CONTENT, REGISTERS) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("nl/role/volunteer@1.toml", 'menu = ["today"', 'menu = ["talks"', "talks needs network.view_talks"),
        ("nl/role/volunteer@1.toml", '"guide_hint"', '"confetti"', "unknown place or block confetti"),
        ("nl/role/alderman@1.toml", '"ui.export"', '"people.view_staff"', "no persons"),
        ("nl/conversation-guide/strategic@1.toml", '"quote"', '"dinner"', "reused by something unknown"),
        ("nl/parameters/talk-rhythm@1.toml", '"board_tactical"', '"board_strategic"', "occurs twice"),
        ("nl/parameters/talk-rhythm@1.toml", '"voorbeeld"', '"verzonnen"', "status is not one of"),
        (PUPILS, "Ben je nu bezig", "Ben je niet bezig", "L22: a question that says no, with an answer"),
        (
            PUPILS,
            "Laat ook je eigen naam weg",
            "Schrijf niets wat niet mag",
            "L90: a sentence that says no twice",
        ),
        (PUPILS, "Dit is geen toets.", "Dit is" + " geen toets" * 8, "intro: a sentence of over 15 words"),
    ],
)
def test_a_fault_in_content_is_named(tmp_path: Path, file: str, old: str, new: str, fault: str):
    assert fault in "\n".join(content_check.problems(spoil(tmp_path, file, old, new)))


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("demo/talks-schools.toml", '"joke-hendriks"', '"nobody-here"', "nobody is called nobody-here"),
        ("demo/talks-schools.toml", '"Y-2-09-18"', '"18 september"', "is not a day"),
        ("demo/locations-elzenbroek.toml", '"99AA00"', '"00AP00"', "is not from our range"),
        ("demo/locations-elzenbroek.toml", ', review_on = "D-3"', "", "a no without a day to look again"),
        ("demo/province.toml", "small = true", "", "small"),
    ],
)
def test_a_fault_in_the_story_is_named(tmp_path: Path, file: str, old: str, new: str, fault: str):
    assert fault in "\n".join(demo_check.problems(spoil(tmp_path, file, old, new)))


def spoil(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the content with one text replaced."""
    copy = Path(shutil.copytree(CONTENT, folder / "content"))
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text, "the test spoils something that is not there"
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return copy
