"""The tags with which every page is built. Each renders a template in `ui/components/`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, FileInput, HiddenInput
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leesbouw.core.time import today
from leesbouw.rendering.charts import Chart

from .. import charts, icons

register = template.Library()

TAG_KINDS = ("ok", "let", "bad", "wait", "neutral")
MOST_BRICKS = 12  # more than this is counted in a bar
SMALL_WORDS = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "het",
        "'t",
        "’t",
        "te",
        "ten",
        "ter",
        "in",
        "op",
        "aan",
        "bij",
        "voor",
        "d'",
        "en",
        "el",
        "al",
        "bin",
        "ben",
    ]
)


def _component(name: str, **values: Any) -> SafeString:
    return render_to_string(f"ui/components/{name}.html", values)


@register.simple_tag(takes_context=True)
def fixed(context: Context, name: str) -> SafeString:
    """`{% fixed "ui/components/head.html" %}`: a part that is the same on every page, but for language and theme."""
    make = _fixed.__wrapped__ if settings.DEBUG else _fixed
    return make(name, get_language() or "", context.get("theme", ""))


@lru_cache(maxsize=64)
def _fixed(name: str, _language: str, theme: str) -> SafeString:
    return render_to_string(name, {"theme": theme})


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "school" %}`; give a label only where no words stand beside it."""
    return icons.render_labelled(name, label) if label else icons.render(name)


@register.simple_tag
def tag(kind: str, text: object, icon_name: str = "") -> SafeString:
    """`{% tag "ok" text %}`: a state as picture and words. Kinds: ok, let (look out), bad, wait, neutral."""
    if kind not in TAG_KINDS:
        raise template.TemplateSyntaxError(f"a tag is one of {', '.join(TAG_KINDS)}, not {kind!r}")
    return format_html('<span class="tag {}">{}{}</span>', kind, icons.render(icon_name or kind), text)


@register.simple_tag
def note(kind: str, text: object, title: object = "") -> SafeString:
    """`{% note "let" text title="…" %}`: something to know before you go on."""
    return _component("note", kind=kind, text=text, title=title)


@register.simple_tag
def source(status: str) -> SafeString:
    """`{% source "voorbeeld" %}`: where a figure or text comes from; an example has a dashed border."""
    words = {"officieel": _("official"), "lokaal": _("local"), "voorbeeld": _("example")}
    css = "src example" if status == "voorbeeld" else "src"
    return format_html('<span class="{}">{}</span>', css, words[status])


@register.simple_tag
def who_sees(*lines: object) -> SafeString:
    """`{% who_sees text text %}`: a badge that tells, when asked, who may see what stands here."""
    return _component("who_sees", lines=lines)


@register.simple_tag
def field(bound: BoundField, hint: str = "", unit: str = "", css: str = "", label: str = "") -> SafeString:
    """`{% field form.name %}`: label, hint, widget and error, tied together for a screen reader.

    `unit` is a word behind the box, `css` may be `is-short` or `across`. A grouped widget becomes a fieldset.
    """
    widget = bound.field.widget
    if isinstance(widget, HiddenInput):
        return bound.as_widget()
    help_text = hint or bound.help_text
    if help_text and not bound.help_text:
        bound.help_text = help_text
    if isinstance(widget, CheckboxInput):
        shape = "check"
    elif bound.use_fieldset:
        shape = "choices"
    else:
        shape = "line"
    return _component(
        "field",
        field=bound,
        shape=shape,
        is_file=isinstance(widget, FileInput),
        unit=unit,
        css=css,
        label=label or bound.label,
        optional=not bound.field.required and shape != "check",
    )


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """`{% error_summary form %}`: what has to be mended, as links to the fields; nothing when all is well."""
    mistakes = []
    for form in forms:
        mistakes += [("", "", message) for message in form.non_field_errors()]
        for bound in form:
            mistakes += [
                (_first_id(bound), str(bound.label).rstrip("?:"), message) for message in bound.errors
            ]
    return _component("error_summary", mistakes=mistakes) if mistakes else SafeString("")


def _first_id(bound: BoundField) -> str:
    """The id a link may jump to: of a group of choices that is its first box."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label


@register.simple_tag
def empty(title: object, text: object = "", action_url: str = "", action_label: object = "") -> SafeString:
    """`{% empty title text action_url action_label %}`: what is missing, why, and what to do about it."""
    return _component("empty", title=title, text=text, action_url=action_url, action_label=action_label)


@register.simple_tag
def steps(labels: Iterable[Any], current: int) -> SafeString:
    """`{% steps labels current %}`: where you are in a task. A label may be a pair with the url of a done step."""
    rows = []
    for number, item in enumerate(labels, start=1):
        label, url = item if isinstance(item, (tuple, list)) else (item, "")
        rows.append({"number": number, "label": label, "url": url if number < current else ""})
    return _component("steps", steps=rows, current=current)


@register.simple_tag
def request_id() -> SafeString:
    """A hidden id that makes a form safe against being sent twice (see `core.once`)."""
    return format_html('<input type="hidden" name="request_id" value="{}">', uuid4())


@register.simple_tag
def mail(address: object) -> SafeString:
    """`{% mail person.email %}`: the address, that breaks after its at-sign where the line is too short for it."""
    name, at, place = str(address).partition("@")
    return format_html("{}{}<wbr>{}", name, at, place)


@register.simple_tag
def mono(name: object) -> SafeString:
    """`{% mono person.name %}`: initials in a block, for the eye only; write the name beside it."""
    return format_html('<b class="mono" aria-hidden="true">{}</b>', initials(str(name)))


def initials(name: str) -> str:
    """Two letters at most: "Joke van Dam" gives JD, "’t Anker" gives A."""
    words = [word for word in name.replace("-", " ").split() if word.lower() not in SMALL_WORDS]
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in words]
    letters = [letter for letter in letters if letter]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


@register.simple_tag
def date_words(value: date | datetime | None, relative: bool = False, time: bool = False) -> SafeString | str:
    """`{% date_words day %}`: "di 27 oktober", with the year when it is another one.

    `relative=True` says today, tomorrow and yesterday; `time=True` adds the hour of an instant.
    """
    if value is None:
        return ""
    local = localtime(value) if isinstance(value, datetime) and is_aware(value) else value
    day = local.date() if isinstance(local, datetime) else local
    now = today()
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    words = near.get((day - now).days, "") if relative else ""
    if not words:
        words = date_format(day, "D j F" if day.year == now.year else "D j F Y")
    if time and isinstance(local, datetime):
        words = f"{words} {date_format(local, 'H:i')}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.simple_tag
def crumbs(*parts: object) -> SafeString:
    """`{% crumbs "Schools" url name %}`: labels each followed by their url; the last label has none."""
    pairs = [(parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)]
    return _component("crumbs", crumbs=pairs)


@register.simple_tag(takes_context=True)
def query_replace(context: Context, **changes: object) -> str:
    """`{% query_replace jaar="2026-2027" %}`: the present query with other values; None takes a name away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        elif isinstance(value, (list, tuple)):
            query.setlist(name, [str(part) for part in value])
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def progress(done: int, total: int, words: str = "") -> SafeString:
    """`{% progress 2 9 %}`: bricks for a small count, a bar for a large one, and always the words."""
    share = 0 if total <= 0 else min(max(done / total, 0), 1)
    return _component(
        "progress",
        done=done,
        total=total,
        bricks=[number < done for number in range(total)] if 0 < total <= MOST_BRICKS else [],
        percent=f"{share * 100:.1f}",
        words=words,
    )


@register.simple_tag
def chart(chart: Chart, heading: str = "h3", big: bool = False) -> SafeString:
    """`{% chart figure %}`: title, sentence, drawing and table. The page puts `{% chart_styles %}` in its head block.

    `heading` is h2, h3, h4, or p where the page has a heading of its own; `big` is for a room that looks at one screen.
    """
    return _component("chart", heading=heading, big=big, **charts.for_page(chart))


@register.simple_tag
def chart_styles() -> SafeString:
    """The style sheet of charts, which only pages with charts load."""
    return format_html('<link rel="stylesheet" href="{}">', static("ui/charts/charts.css"))


@register.simple_tag
def safe_url(name: str, *args: object) -> str:
    """The address of a page, or nothing when this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def year_label(year: object) -> str:
    """A school year as people write it: 2026–2027."""
    return str(year).replace("-", "–")


@register.filter
def euros(cents: int) -> str:
    """Whole euros where there are no cents: 420000 is € 4.200."""
    decimals = 2 if cents % 100 else 0
    return f"€\u00a0{number_format(Decimal(cents) / 100, decimals, force_grouping=True)}"


@register.filter
def after(text: str, prefix: str) -> str:
    """What follows a prefix: `"undo:12"|after:"undo:"` is 12."""
    return str(text).partition(prefix)[2].split(" ")[0]
