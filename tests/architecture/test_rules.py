"""Every rule of tools/rules holds for the repository, and each catches a violation that is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.rules import guard, imports, paper, sizes, sources, words
from tools.rules.sources import Source


def planted(code: str, name: str = "src/leesbouw/people/queries.py") -> Source:
    return Source(name, code)


def complaints(rule, code: str, name: str = "src/leesbouw/people/queries.py") -> list[str]:
    return list(rule(planted(code, name)))


def over_all(rule) -> list[str]:
    return [line for source in sources.package_sources() for line in rule(source)]


def test_the_repository_is_really_looked_at() -> None:
    names = [source.name for source in sources.python_sources()]

    assert "src/leesbouw/core/access.py" in names
    assert "tools/rules/sources.py" in names
    assert not [name for name in names if "migrations" in name or name.startswith(".venv")]


# Sizes


def test_no_file_is_longer_than_500_lines() -> None:
    assert list(sizes.long_files()) == []


def test_a_file_of_501_lines_is_caught(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 501)
    (tmp_path / "fits.py").write_text("x = 1\n" * 500)

    assert list(sizes.long_files(tmp_path)) == ["long.py: 501 lines; 500 is the most"]


def test_no_function_is_longer_than_60_lines() -> None:
    assert [line for source in sources.python_sources() for line in sizes.long_functions(source)] == []


def test_a_function_of_61_lines_is_caught() -> None:
    def body(lines: int) -> str:
        return "def f():\n" + "    x = 1\n" * (lines - 1)

    assert len(complaints(sizes.long_functions, body(61))) == 1
    assert complaints(sizes.long_functions, body(60)) == []


# Words


def test_identifiers_are_english() -> None:
    assert [line for source in sources.python_sources() for line in words.dutch_identifiers(source)] == []


@pytest.mark.parametrize(
    "code",
    [
        "leerlingen_per_groep = 1",
        "class Leesplan: pass",
        "def get_leesplan_status(): pass",
        "def f(*, schooljaar): pass",
        "self.contactpersoon = 1",
    ],
)
def test_a_dutch_identifier_is_caught(code: str) -> None:
    assert len(complaints(words.dutch_identifiers, code)) >= 1


def test_words_of_both_languages_and_dutch_texts_pass() -> None:
    assert complaints(words.dutch_identifiers, "contact = partner = 'leerling'\nplace = status = 1") == []


def test_a_dutch_module_name_is_caught() -> None:
    assert len(complaints(words.dutch_identifiers, "", "src/leesbouw/people/leerling.py")) == 1


def test_the_glossary_has_four_filled_columns() -> None:
    text = words.GLOSSARY.read_text()
    table = [line for line in text.splitlines() if line.startswith("|")]

    assert len(words.dutch_words()) > 100
    for line in table:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert len(cells) == 4, line
        assert all(cells), line


# Imports


def test_views_and_private_modules_stay_private() -> None:
    assert over_all(imports.private_doors) == []


@pytest.mark.parametrize(
    "code",
    [
        "from leesbouw.accounts.forms import InvitationForm",
        "from leesbouw.accounts import views",
        "from ..accounts.tables import UserTable",
        "from .views import ContactPage",
        "import leesbouw.people.views",
    ],
)
def test_a_private_door_is_caught(code: str) -> None:
    assert len(complaints(imports.private_doors, code)) == 1


def test_urls_may_use_their_views_and_everyone_the_bases_of_ui() -> None:
    assert complaints(imports.private_doors, "from . import views", "src/leesbouw/people/urls.py") == []
    assert complaints(imports.private_doors, "from leesbouw.ui.tables import Table") == []
    assert complaints(imports.private_doors, "from .forms import ContactForm") == []


def test_late_imports_say_why() -> None:
    assert over_all(imports.late_imports) == []


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("def f():\n    import typst", 1),
        ("def f():\n    import typst  # late: because", 1),
        ("def f():\n    import typst  # late: slow import", 0),
        ("def f():\n    # late: optional dependency\n    import a\n    import b", 0),
        ("import typst", 0),
    ],
)
def test_a_late_import_without_a_reason_is_caught(code: str, caught: int) -> None:
    assert len(complaints(imports.late_imports, code)) == caught


def test_what_loads_slowly_is_loaded_late() -> None:
    assert over_all(imports.heavy_imports) == []


@pytest.mark.parametrize(
    ("code", "name", "caught"),
    [
        ("import duckdb", "src/leesbouw/monitor/actions/datasets.py", 1),
        ("from PIL import Image", "src/leesbouw/people/actions.py", 1),
        ("def f():\n    import duckdb  # late: slow import", "src/leesbouw/monitor/actions/datasets.py", 0),
        ("if TYPE_CHECKING:\n    from icalendar import Event", "src/leesbouw/activities/queries.py", 0),
        ("from pptx import Presentation", "src/leesbouw/rendering/slides/house.py", 0),
        ("from pptx import Presentation", "src/leesbouw/rendering/pdf.py", 1),
        ("from docx import Document", "src/leesbouw/rendering/word/files.py", 0),
        ("from .files import read", "src/leesbouw/rendering/word/__init__.py", 1),
        ("from leesbouw.rendering.word.files import read", "src/leesbouw/plans/views.py", 1),
        ("from leesbouw.rendering.word import read_word", "src/leesbouw/plans/views.py", 0),
    ],
)
def test_an_early_import_of_something_slow_is_caught(code: str, name: str, caught: int) -> None:
    assert len(complaints(imports.heavy_imports, code, name)) == caught


def test_there_are_no_signals() -> None:
    assert over_all(imports.signals) == []


@pytest.mark.parametrize(
    "code", ["from django.db.models.signals import post_save", "from django.dispatch import Signal"]
)
def test_a_signal_is_caught(code: str) -> None:
    assert len(complaints(imports.signals, code)) == 1


def test_only_the_command_prints() -> None:
    assert over_all(imports.prints) == []


def test_a_print_is_caught() -> None:
    assert len(complaints(imports.prints, "print('x')")) == 1
    assert complaints(imports.prints, "print('x')", "src/leesbouw/cli/users.py") == []


# The guard


def test_every_trusted_is_on_the_list() -> None:
    assert list(guard.trusted(sources.package_sources())) == []


@pytest.mark.parametrize(
    ("code", "words_of_it"),
    [
        ("Contact.objects.trusted('because')", "is not in"),
        ("Contact.objects.trusted(reason)", "on the spot"),
        ("Contact.objects.trusted()", "on the spot"),
        ("x = 1", "any more"),
    ],
)
def test_a_trusted_off_the_list_is_caught(code: str, words_of_it: str) -> None:
    found = list(guard.trusted([planted(code)], {("people", "counts only")}))

    assert words_of_it in found[0]


def test_a_trusted_on_the_list_passes() -> None:
    code = "Contact.objects.trusted('counts only').count()"

    assert list(guard.trusted([planted(code)], {("people", "counts only")})) == []


def test_nothing_goes_behind_the_guard() -> None:
    assert over_all(guard.side_doors) == []


@pytest.mark.parametrize(
    "code",
    ["Contact._plain.all()", "Contact._base_manager.all()", "Contact.objects.visible_to(SYSTEM)"],
)
def test_a_side_door_is_caught(code: str) -> None:
    assert len(complaints(guard.side_doors, code)) == 1


# Paper


def test_no_address_of_a_registry_or_a_machine() -> None:
    assert list(paper.addresses()) == []


@pytest.mark.parametrize(
    "text", ["https://py" + "pi.org/simple", "/ro" + "ot/x", "cd /ho" + "me/anna/leesbouw"]
)
def test_an_address_is_caught(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(f"one\n{text}\n")

    assert len(list(paper.addresses(tmp_path))) == 1


def test_every_dependency_says_why() -> None:
    assert list(paper.dependencies_without_reason((sources.ROOT / "pyproject.toml").read_text())) == []


def test_a_dependency_without_a_reason_is_caught() -> None:
    text = '[project]\ndependencies = [\n    "django",  # the framework\n    "left-pad",\n]\n[tool.x]\na = [\n    "b",\n]\n'

    assert list(paper.dependencies_without_reason(text)) == [
        'pyproject.toml:4: "left-pad", does not say why we need it'
    ]


def test_an_undocumented_name_and_a_stale_heading_are_caught() -> None:
    text = "## `PORT`\n## `GONE`\n"

    assert list(paper.undocumented({"PORT", "NEW"}, text, "x.md")) == [
        "x.md: NEW has no heading",
        "x.md: GONE has a heading but does not exist",
    ]


def test_settings_are_found_however_they_are_read() -> None:
    code = "env('A', 'x')\nos.environ.get('B')\nos.environ['C']\nother('D')\nenv(name)"

    assert paper.settings_read(code) == {"A", "B", "C"}
