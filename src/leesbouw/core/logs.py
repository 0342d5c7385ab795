"""The log tells where something went wrong, never with whose data."""

from __future__ import annotations

import logging
import traceback
from typing import Any


class Formatter(logging.Formatter):
    """Errors by their kind and their place alone: their text may quote the row or the name they choked on."""

    def formatException(self, ei: Any) -> str:
        error: BaseException | None = ei[1]
        parts = []
        while error is not None:
            kind = f"{type(error).__module__}.{type(error).__qualname__}"
            parts.append("".join([*traceback.format_tb(error.__traceback__), kind]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(reversed(parts))
