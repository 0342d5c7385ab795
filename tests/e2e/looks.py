"""What every page must be: readable for all, inside the window, and walkable by keyboard."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

WIDE, PHONE, NARROW = (
    {"width": 1280, "height": 900},
    {"width": 375, "height": 740},
    {"width": 320, "height": 640},
)
COLOURS = ("color-contrast",)  # all that differs in the dark
THUMBS = ("target-size",)  # all that differs between two telephones
MOST_STEPS = 120  # presses of Tab within which the main action must be reached

# A look that is still changing (a colour, a link that slides in) is not judged; what never rests is, after a second.
SETTLED = """window.settled = async () => {
    const end = performance.now() + 1000;
    for (let quiet = 0; quiet < 3 && performance.now() < end; quiet++) {
        await new Promise(requestAnimationFrame);
        if (document.getAnimations().length) quiet = -1;
    }
}"""

AUDIT = """(options) => settled().then(() => axe.run(document, options)).then((found) => found.violations.map((each) => ({
    id: each.id, impact: each.impact, nodes: each.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary.split('\\n').slice(1).join(' ')),
})))"""

# Names what sticks out, so that one need not search: the deepest elements beyond the right edge.
STICKS_OUT = """async () => {
    await settled();
    const root = document.documentElement, edge = root.clientWidth;
    if (root.scrollWidth <= edge) return [];
    const scrolls = (element) => { for (let e = element.parentElement; e; e = e.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)) return true; return false; };
    const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > edge + 1 && !scrolls(e));
    const deep = out.filter((e) => !out.some((other) => other !== e && e.contains(other)));
    return deep.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${e.textContent.trim().slice(0, 40)}” to ${Math.round(e.getBoundingClientRect().right)} of ${edge}`).concat(deep.length ? [] : [`something to ${root.scrollWidth} of ${edge}`]);
}"""

# Where the focus is and whether one can see it: an outline, or a look that differs from what it is without focus.
FOCUS = """async () => {
    await settled();
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const shadow = style.boxShadow !== 'none';
    const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    return {what: `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${(e.textContent || e.value || '').trim().slice(0, 30)}”`,
            seen: ring || shadow, inside, sized: box.width > 0 && box.height > 0,
            skip: e.classList.contains('skip'), main: e === document.querySelector('main .go')};
}"""


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def equip(page: Page) -> None:
    """Gives a page what we judge it with, once."""
    if not page.evaluate("() => 'settled' in window"):
        page.evaluate(SETTLED)
        page.evaluate(_axe())


def audit(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe objects to, all rules or these; one line per rule with the places."""
    equip(page)
    options: dict[str, Any] = {"preload": False, "resultTypes": ["violations"], "elementRef": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    return [
        f"axe {each['id']} ({each['impact']}): {' | '.join(each['nodes'][:3])}"
        + (f" and {len(each['nodes']) - 3} more" if len(each["nodes"]) > 3 else "")
        for each in page.evaluate(AUDIT, options)
    ]


def head(page: Page) -> list[str]:
    """Language, title and the one heading."""
    wrong = []
    if page.locator("html").get_attribute("lang") != "nl":
        wrong.append("the page does not say that it is Dutch")
    title = page.title()
    if not title.removesuffix("– Leesbouw").strip():
        wrong.append(f"the title says nothing: {title!r}")
    headings = [text.strip() for text in page.locator("h1").all_inner_texts()]
    if len(headings) != 1 or not headings[0]:
        wrong.append(f"there must be one h1: {headings}")
    return wrong


def fits(page: Page) -> list[str]:
    """Nothing makes the page wider than its window."""
    equip(page)
    return [f"sticks out: {line}" for line in page.evaluate(STICKS_OUT)]


def walkable(page: Page) -> list[str]:
    """Tab begins at the link to the content and comes by the main action; one always sees where one is."""
    wrong = []
    equip(page)
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    page.evaluate(
        "() => document.body.insertAdjacentHTML('afterbegin', '<span tabindex=\"-1\" id=\"begin\"></span>')"
    )
    page.locator("#begin").focus()
    page.evaluate("() => document.getElementById('begin').remove()")
    reached = not page.locator("main .go").first.is_visible()
    for step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        if step == 0 and not at["skip"]:
            wrong.append(f"Tab begins at {at['what']}, not at the link to the content")
        if not (at["seen"] and at["sized"]):
            wrong.append(f"one cannot see the focus on {at['what']}")
        if not at["inside"]:
            wrong.append(f"the focus is out of sight on {at['what']}")
        if reached := reached or at["main"]:
            break
    if not reached:
        wrong.append("Tab does not come by the main action")
    return wrong


def judge(page: Page) -> list[str]:
    """All there is to say against a page: in light and dark, on a desk and on a telephone. Leaves it wide and light."""
    wrong = head(page) + fits(page) + audit(page) + walkable(page)
    page.emulate_media(color_scheme="dark")
    wrong += [f"in the dark: {line}" for line in audit(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    for size, rules in ((PHONE, THUMBS), (NARROW, ())):
        page.set_viewport_size(size)
        wrong += [f"at {size['width']}: {line}" for line in fits(page) + audit(page, rules)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"narrow in the dark: {line}" for line in audit(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    return wrong
