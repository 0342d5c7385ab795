"""A report of twelve charts as PDF and as slides, and forty charts on a page.

Budgets: PDF and PPTX each ≤ 1 s, the page ≤ 40 ms, where the calibration is at most 8 ms (architecture, budgets).
"""

from __future__ import annotations

from typing import Any

from . import measure

ON = "12 charts"


def report() -> Any:
    from leesbouw.rendering.report import Finding, Report, Sign, Topic  # late: after set-up
    from leesbouw.ui.gallery.figures import CHARTS

    return Report(
        title="Wat kinderen en leerkrachten vertelden",
        unit="De Regenboog",
        date="14 maart 2026",
        source="voorbeeldcijfers",
        findings=tuple(Finding(chart.sentence, Sign.ASK, chart.asked) for chart in CHARTS[:3]),
        topics=tuple(Topic(chart.title, chart.sentence, (chart,) * 3) for chart in CHARTS),
    )


def main() -> None:
    measure.start()
    from django.template import Context, Template

    from leesbouw.rendering.report import as_pdf, as_pictures, as_slides, as_workbook
    from leesbouw.ui.gallery.figures import CHARTS

    whole = report()
    for what, make in (("PDF", as_pdf), ("PPTX", as_slides), ("XLSX", as_workbook), ("PNG", as_pictures)):
        first = measure.seconds(lambda make=make: make(whole))
        median, p95 = measure.spread(lambda make=make: make(whole), times=8, warm=1)
        measure.say(
            f"a report as {what}", p95 / 1000, "s p95", ON, p50=round(median / 1000, 2), first=round(first, 2)
        )
    page = Template("{% load ui %}{% for figure in charts %}{% chart figure %}{% endfor %}")
    median, p95 = measure.spread(lambda: page.render(Context({"charts": CHARTS * 10})))
    measure.say("charts on a page", p95, "ms p95", "40 charts", p50=round(median, 1))


if __name__ == "__main__":
    main()
