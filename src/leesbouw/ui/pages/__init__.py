"""Bases of pages: who may open them, lists with filters and downloads, forms that lose nothing.

from leesbouw.ui.pages import FormPage, ListPage, Page, PostPage, exportable
"""

from .base import Page, safe_next
from .child import ChildPage
from .forms import FormPage, PostPage
from .lists import BulkAction, Empty, ListPage, Preset, chosen
from .routes import exportable

__all__ = [
    "BulkAction",
    "ChildPage",
    "Empty",
    "FormPage",
    "ListPage",
    "Page",
    "PostPage",
    "Preset",
    "chosen",
    "exportable",
    "safe_next",
]
