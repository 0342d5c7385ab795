"""The catalogue check finds what is missing, unsure or unreadable, in Python and in templates."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from tools import messages

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for app in ("people", "plans"):
        (tmp_path / app / "locale" / "nl" / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / app / "templates" / app).mkdir(parents=True)
    return tmp_path


def catalogue(package: Path, entries: str, app: str = "people") -> Path:
    path = package / app / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    path.write_text(HEADER + entries)
    return path


def code(package: Path, text: str) -> None:
    (package / "people" / "models.py").write_text(text)


def errors(package: Path) -> list[str]:
    return messages.problems(package)[0]


def test_sentences_are_found_in_python(package: Path) -> None:
    code(
        package,
        "a = _('One')\nb = ngettext('%d hit', '%d hits', n)\nc = pgettext_lazy('verb', 'Open')\nd = 'no'\n",
    )

    assert [entry[:2] for entry in messages.extracted(package)] == [
        ("", "One"),
        ("", "%d hit"),
        ("verb", "Open"),
    ]


def test_a_line_that_gettext_stumbles_over_is_found(package: Path) -> None:
    catalogue(package, 'msgctxt "verb"\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "Open"\n')

    assert [line for line in errors(package) if "twice in a row" in line]


def variant(package: Path, entries: str) -> None:
    path = package / "people" / "locale" / "nl_X-ko" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + entries)


def test_a_variant_says_otherwise_what_somebody_asks_for(package: Path) -> None:
    code(package, "a = _now('Schools')\nb = _lazy('Save')\n")
    catalogue(package, 'msgid "Schools"\nmsgstr "Scholen"\n\nmsgid "Save"\nmsgstr "Bewaar"\n')
    variant(package, 'msgid "Schools"\nmsgstr "Locaties"\n')
    assert errors(package) == []


def test_a_variant_that_says_the_same_or_that_nobody_asks_for_is_found(package: Path) -> None:
    code(package, "a = _('Save')\n")
    catalogue(package, 'msgid "Save"\nmsgstr "Bewaar"\n')
    variant(package, 'msgid "Save"\nmsgstr "Bewaar"\n\nmsgid "Gone"\nmsgstr "Weg %(n)s"\n')
    found = errors(package)
    assert [line.partition(": ")[2] for line in found if "%(n)s" not in line] == [
        "“Save” is no different here",
        "nothing asks for “Gone”",
    ]
    assert len(found) == 3


def test_sentences_are_found_in_templates(package: Path) -> None:
    text = """{% load i18n %}{# a 'quote #}<p title="{% translate "One" %}">it's {% translate "Open" context "verb" %}
    {% blocktranslate trimmed with name=person.name count n=rows|length %}
        {{ n }} row of
        {{ name }}
    {% plural %}
        {{ n }} rows of {{ name }}
    {% endblocktranslate %}{{ value|default:_("None yet") }}"""
    (package / "people" / "templates" / "people" / "contact_list.html").write_text(text)

    assert {entry[:2] for entry in messages.extracted(package)} == {
        ("", "One"),
        ("verb", "Open"),
        ("", "%(n)s row of %(name)s"),
        ("", "None yet"),
    }


def test_a_complete_catalogue_passes(package: Path) -> None:
    code(package, "a = _('Hello %(name)s')\n")
    catalogue(package, 'msgid "Hello %(name)s"\nmsgstr "Dag %(name)s"\n')

    assert messages.problems(package) == ([], [])


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ("", "no Dutch"),
        ('msgid "Hello"\nmsgstr ""\n', "empty"),
        ('#, fuzzy\nmsgid "Hello"\nmsgstr "Dag"\n', "fuzzy"),
        ('msgid "Hello"\nmsgstr "Dag %(name)s"\n', "does not give"),
        ('msgid "Hello"\nmsgstr "Dag, indien je er bent"\n', "indien"),
        ('msgid "Hello"\nmsgstr "Je dient te groeten"\n', "dient te"),
    ],
)
def test_what_is_wrong_is_named(package: Path, entries: str, complaint: str) -> None:
    code(package, "a = _('Hello')\n")
    catalogue(package, entries)

    assert len(errors(package)) == 1
    assert complaint in errors(package)[0]


def test_a_placeholder_that_was_lost_is_named(package: Path) -> None:
    code(package, "a = _('Hello {name}')\n")
    catalogue(package, 'msgid "Hello {name}"\nmsgstr "Dag"\n')

    assert "leaves out {name}" in errors(package)[0]


def test_a_singular_may_leave_out_its_number(package: Path) -> None:
    code(package, "a = ngettext('%(n)s row', '%(n)s rows', n)\n")
    catalogue(
        package,
        'msgid "%(n)s row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "één rij"\nmsgstr[1] "%(n)s rijen"\n',
    )

    assert errors(package) == []


def test_two_apps_that_disagree_are_told(package: Path) -> None:
    catalogue(package, 'msgid "Open"\nmsgstr "Openen"\n')
    catalogue(package, 'msgid "Open"\nmsgstr "Geopend"\n', app="plans")

    assert "two different translations" in errors(package)[0]


def test_a_long_sentence_is_a_warning_and_no_error(package: Path) -> None:
    catalogue(package, f'msgid "Hello"\nmsgstr "{"woord " * 21}"\n')

    assert errors(package) == []
    assert "21 words" in messages.problems(package)[1][0]


def test_compiling_skips_what_is_fresh(package: Path) -> None:
    po = catalogue(package, 'msgid "Hello"\nmsgstr "Dag"\n\n#, fuzzy\nmsgid "Bye"\nmsgstr "Iets"\n')

    assert messages.compile_all(package) == 1 + len(stale_of_the_project())
    assert messages.compile_all(package) == 0
    with po.with_suffix(".mo").open("rb") as file:
        made = gettext.GNUTranslations(file)
    assert (made.gettext("Hello"), made.gettext("Bye")) == ("Dag", "Bye")

    os.utime(po, (po.stat().st_mtime + 10, po.stat().st_mtime + 10))
    assert messages.compile_all(package) == 1


def stale_of_the_project() -> list[Path]:
    """Catalogues of the project as a whole, which are compiled along; there is none today."""
    return [po for po in messages.ROOT.glob("locale/*/LC_MESSAGES/*.po") if not messages.is_fresh(po)]
