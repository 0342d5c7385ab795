"""What a task link can ask. Higher apps register their tasks here; this app shows them and sees that each acts once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.registry import Registry

CONFIRM = _("Confirm")
THANKS = _("Thank you. We have recorded your answer.")


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of request to somebody without an account.

    `template` is the fragment that tells what is asked; it gets `link`, the answers form as `form` when `form_class`
    is set, and what `context(by, link)` gives. `perform(by=, link=, **answers)` does it; `by` is an Actor of kind
    "link" at the link's unit with `permissions` and no others. A binding task also asks for a code by mail.
    """

    label: Any
    template: str
    perform: Callable[..., Any]
    binding: bool = False
    permissions: frozenset[str] = frozenset()
    context: Callable[..., dict[str, Any]] | None = None
    form_class: Any = None
    button: Any = CONFIRM
    done: Any = THANKS


tasks: Registry[Task] = Registry("task of a link")
