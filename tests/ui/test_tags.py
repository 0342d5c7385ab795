"""The tags with which pages are built: escaping, ids that belong together, and mistakes that are caught."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.forms.renderers import BaseRenderer, DjangoTemplates, TemplatesSetting
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from leesbouw.ui import icons
from leesbouw.ui.templatetags import ui


def rendered(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


class Form(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals op de gevel.")
    mail = forms.EmailField(label="E-mail", required=False)
    side = forms.ChoiceField(label="Kant", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Akkoord")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


class TestIcons:
    def test_every_name_has_a_drawing_that_screen_readers_skip(self) -> None:
        for name in icons.ICONS:
            assert 'aria-hidden="true"' in icons.render(name)

    def test_an_unknown_name_raises(self) -> None:
        with pytest.raises(LookupError, match="no icon is called 'unicorn'"):
            rendered('{% icon "unicorn" %}')

    def test_a_label_is_escaped_and_only_for_ears(self) -> None:
        assert '<span class="vh">&lt;b&gt;</span>' in rendered('{% icon "delete" label %}', label="<b>")


def test_an_address_may_break_after_its_at_sign_and_is_escaped() -> None:
    assert rendered("{% mail who %}", who="<a>@b.nl") == "&lt;a&gt;@<wbr>b.nl"
    assert rendered("{% mail who %}", who="") == "<wbr>"


class TestTag:
    def test_says_its_state_in_a_picture_and_in_words(self) -> None:
        html = rendered('{% tag "ok" text %}', text="<Op koers>")

        assert 'class="tag ok"' in html
        assert "<svg" in html
        assert "&lt;Op koers&gt;" in html

    def test_an_unknown_kind_raises(self) -> None:
        with pytest.raises(TemplateSyntaxError):
            rendered('{% tag "red" "Stop" %}')


class TestField:
    def test_label_hint_and_input_belong_together(self) -> None:
        html = rendered("{% field form.name %}", form=Form())

        assert '<label for="id_name">Naam</label>' in html
        assert 'id="id_name_helptext"' in html
        assert 'aria-describedby="id_name_helptext"' in html
        assert "niet verplicht" not in html

    def test_what_may_stay_empty_says_so(self) -> None:
        assert "(niet verplicht)" in rendered("{% field form.mail %}", form=Form())

    def test_a_mistake_is_tied_to_its_input(self) -> None:
        html = rendered("{% field form.mail %}", form=Form({"mail": "geen adres"}))

        assert 'aria-invalid="true"' in html
        assert 'id="id_mail_error"' in html
        assert re.search(r'aria-describedby="[^"]*id_mail_error', html)

    def test_every_described_id_exists(self) -> None:
        form = Form({"mail": "geen adres"})
        html = rendered(
            "{% field form.name %}{% field form.mail %}{% field form.side %}{% field form.agreed %}",
            form=form,
        )
        for ids in re.findall(r'aria-describedby="([^"]+)"', html):
            for one in ids.split():
                assert html.count(f'id="{one}"') == 1

    def test_a_group_of_choices_is_a_fieldset_with_a_legend(self) -> None:
        html = rendered("{% field form.side %}", form=Form())

        assert html.startswith("<fieldset")
        assert "<legend>Kant</legend>" in html
        assert html.count("<label>") == 2

    def test_a_hint_in_the_template_is_tied_as_well(self) -> None:
        html = rendered('{% field form.mail hint="Van je werk" %}', form=Form())

        assert 'id="id_mail_helptext">Van je werk' in html
        assert 'aria-describedby="id_mail_helptext"' in html

    def test_a_hidden_field_has_no_label(self) -> None:
        assert "label" not in rendered("{% field form.secret %}", form=Form())

    def test_values_are_escaped(self) -> None:
        assert "<script" not in rendered("{% field form.name %}", form=Form({"name": "<script>"}))


class TestErrorSummary:
    def test_nothing_when_all_is_well(self) -> None:
        form = Form({"name": "x", "side": "a", "agreed": "on"})

        assert rendered("{% error_summary form %}", form=form) == ""

    def test_links_lead_to_inputs_that_exist(self) -> None:
        form = Form({})
        html = rendered(
            "{% error_summary form %}{% field form.name %}{% field form.side %}{% field form.agreed %}",
            form=form,
        )
        targets = re.findall(r'href="#([^"]+)"', html)

        assert targets == ["id_name", "id_side_0", "id_agreed"]
        for target in targets:
            assert html.count(f'id="{target}"') == 1

    def test_messages_are_escaped(self) -> None:
        form = Form({"name": "x", "side": "<i>", "agreed": "on"})

        assert "<i>" not in rendered("{% error_summary form %}", form=form)


class TestWords:
    @pytest.mark.parametrize(
        ("name", "letters"),
        [
            ("Ria Postma", "RP"),
            ("Joke van Dam", "JD"),
            ("’t Anker", "A"),
            ("Anna-Maria de Vries-Jansen", "AJ"),
            ("", ""),
            ("Şule Çelik", "ŞÇ"),
        ],
    )
    def test_initials(self, name: str, letters: str) -> None:
        assert ui.initials(name) == letters

    @time_machine.travel(datetime(2026, 10, 6, 10, tzinfo=UTC), tick=False)
    @pytest.mark.parametrize(
        ("source", "value", "words"),
        [
            ("{% date_words value %}", date(2026, 10, 27), "di 27 oktober"),
            ("{% date_words value %}", date(2027, 1, 5), "di 5 januari 2027"),
            ("{% date_words value relative=True %}", date(2026, 10, 6), "vandaag"),
            ("{% date_words value relative=True %}", date(2026, 10, 7), "morgen"),
            (
                "{% date_words value time=True %}",
                datetime(2026, 10, 27, 13, 30, tzinfo=UTC),
                "di 27 oktober 14:30",
            ),
        ],
    )
    def test_dates_are_spoken(self, source: str, value: object, words: str) -> None:
        assert f">{words}</time>" in rendered(source, value=value)

    def test_no_date_is_nothing(self) -> None:
        assert rendered("{% date_words value %}", value=None) == ""


class TestSmallParts:
    def test_request_ids_differ_at_each_rendering(self) -> None:
        first, second = rendered("{% request_id %}"), rendered("{% request_id %}")

        assert first != second
        assert re.search(r'name="request_id" value="[0-9a-f-]{36}"', first)

    def test_query_replace_keeps_the_rest(self) -> None:
        request = RequestFactory().get("/scholen/?gemeente=a&gemeente=b&page=3&q=x")
        html = rendered('{% query_replace jaar="2026-2027" page=None %}', request=request)

        assert html == "?gemeente=a&amp;gemeente=b&amp;q=x&amp;jaar=2026-2027"

    def test_few_are_bricks_and_many_are_a_bar(self) -> None:
        assert rendered("{% progress 2 9 %}").count("<svg") == 9
        assert rendered("{% progress 96 800 %}").count("<svg") == 1
        assert 'width="12.0%"' in rendered("{% progress 96 800 %}")

    def test_progress_says_it_in_words(self) -> None:
        assert "2 van 9" in rendered("{% progress 2 9 %}")
        assert "0 van 0" in rendered("{% progress 0 0 %}")
        assert "9.850 van 10.045" in rendered("{% progress 9850 10045 %}")

    def test_the_last_crumb_is_this_page(self) -> None:
        html = rendered('{% crumbs "Scholen" "/scholen/" name %}', name="<De Regenboog>")

        assert '<a href="/scholen/">Scholen</a>' in html
        assert '<span aria-current="page">&lt;De Regenboog&gt;</span>' in html

    def test_steps_that_are_done_may_be_revisited_and_others_not(self) -> None:
        labels = [("Bestand", "/1/"), "Kolommen", ("Controle", "/3/"), ("Inlezen", "/4/")]
        html = rendered("{% steps labels 3 %}", labels=labels)

        assert html.count("<a ") == 1
        assert html.count('aria-current="step"') == 1

    def test_empty_escapes_what_it_is_given(self) -> None:
        assert "<b>" not in rendered("{% empty title %}", title="<b>")

    def test_safe_url_of_a_page_that_is_not_there(self) -> None:
        assert rendered('{% safe_url "nowhere:at-all" %}') == ""


def test_a_fixed_part_knows_the_theme() -> None:
    def told(theme: str) -> str:
        return rendered('{% fixed "ui/components/head.html" %}', theme=theme)

    assert 'media="not all"' in told("light")
    assert 'media="screen"' in told("dark")
    assert told("light") == told("light")
    assert "prefers-color-scheme" in told("")


def test_a_choice_is_drawn_as_django_draws_it() -> None:
    """Our template for it opens none of its own for each option; what it says is the same."""
    kinds = [("", "Kies"), ("Scholen", [("po", "Basisschool"), ("<b>", "Vreemd & <i>")]), (3, "Drie")]
    field = forms.ChoiceField(choices=kinds, required=False, widget=forms.Select(attrs={"data-x": 'a"b'}))
    shape = type("Shape", (forms.Form,), {"kind": field})

    def told(renderer: BaseRenderer) -> str:
        drawn = str(shape({"kind": "<b>"}, renderer=renderer)["kind"])
        return re.sub(r"\s+(?=<)|(?<=>)\s+", "", drawn)

    ours = told(TemplatesSetting())
    assert ours == told(DjangoTemplates())
    assert '<optgroup label="Scholen"><option value="po">Basisschool</option>' in ours
    assert ours.count(" selected") == 1
