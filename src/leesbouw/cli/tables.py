"""The tables of a new database."""

from __future__ import annotations


def is_blank() -> bool:
    """Whether the database has no table at all."""
    from django.db import connection

    return not connection.introspection.table_names()


def make_tables() -> None:
    """Makes what the migrations make, at once from the models, and notes each migration as carried out (ADR 0016).

    Only for a blank database. Broken off halfway, it leaves none of it. tests/cli/test_tables.py holds the outcome against
    that of the migrations.
    """
    from django.apps import apps
    from django.core.management import call_command
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import DEFAULT_DB_ALIAS, connection, router
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    from leesbouw.core import search

    with connection.schema_editor(atomic=True) as editor:
        for app in apps.get_app_configs():
            for model in router.get_migratable_models(app, DEFAULT_DB_ALIAS, include_auto_created=False):
                if model._meta.can_migrate(connection):
                    editor.create_model(model)
        search.install()
        call_command("createcachetable", verbosity=0)
        editor.create_model(MigrationRecorder.Migration)
        MigrationRecorder(connection).migration_qs.bulk_create(
            MigrationRecorder.Migration(app=app, name=name)
            for app, name in MigrationLoader(None).disk_migrations
        )
        emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
