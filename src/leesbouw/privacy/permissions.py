"""Permission codes of these pages."""

VIEW_AUDIT = "privacy.view_audit"
VIEW_RETENTION = "privacy.view_retention"
RUN_RETENTION = "privacy.run_retention"
VIEW_STATUS = "core.view_status"
VIEW_OUTBOX = "core.view_outbox"
EXPORT = "ui.export"
