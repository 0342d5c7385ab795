"""The log says where something went wrong, and never what it was about."""

from __future__ import annotations

import io
import logging
from logging.config import DictConfigurator

from django.conf import settings
from django.db import IntegrityError

NEEDLE = "Wilgenroosje"


def test_the_text_of_an_error_stays_out_of_the_log() -> None:
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(DictConfigurator({}).configure_formatter(settings.LOGGING["formatters"]["plain"]))
    log = logging.Logger("django.request")
    log.addHandler(handler)
    try:
        try:
            {}[NEEDLE]
        except KeyError as error:
            raise IntegrityError(f"Failing row contains (1, {NEEDLE})") from error
    except IntegrityError:
        log.exception("Internal Server Error: %s", "/leerling/1/")

    told = handler.stream.getvalue()
    assert NEEDLE not in told
    assert "ERROR django.request: Internal Server Error: /leerling/1/" in told
    assert told.index("builtins.KeyError") < told.index("django.db.utils.IntegrityError")
    assert "test_logs.py" in told
