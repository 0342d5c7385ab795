"""Permission codes of this room."""

IMPORT = "exchange.import"
