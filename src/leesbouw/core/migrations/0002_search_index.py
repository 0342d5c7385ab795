"""The search index lives beside Django's tables: FTS5 on SQLite, tsvector on PostgreSQL."""

from django.db import migrations

from leesbouw.core.search import install


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(lambda apps, editor: install(), migrations.RunPython.noop)]
