"""Addresses of lists: `/scholen/` to read, `/scholen.csv` and `/scholen.xlsx` to take along."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, register_converter
from django.views import View


class FormatConverter:
    """The two formats a list comes in."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "sheet_format")


def exportable(route: str, view: type[View], name: str, **initkwargs: Any) -> list[URLPattern]:
    """Routes for a ListPage and its downloads: `*exportable("scholen/", SchoolList, "location-list")`.

    The download is called `<name>-export` and takes the format as `formaat`.
    """
    page = view.as_view(**initkwargs)
    return [
        path(route, page, name=name),
        path(f"{route.rstrip('/')}.<sheet_format:formaat>", page, name=f"{name}-export"),
    ]
