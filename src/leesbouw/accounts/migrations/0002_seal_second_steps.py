"""Secrets of sign-in apps and seeds of recovery codes were written as they are; from now on they are sealed."""

from django.db import migrations

from leesbouw.core.sealing import MARK, seal

NAMES = ("secret", "seed")


def seal_all(apps, schema_editor):
    for row in apps.get_model("mfa", "Authenticator").objects.all():
        plain = {
            name: seal(row.data[name])
            for name in NAMES
            if isinstance(row.data.get(name), str) and row.data[name] and not row.data[name].startswith(MARK)
        }
        if plain:
            row.data = {**row.data, **plain}
            row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_all, migrations.RunPython.noop)]
