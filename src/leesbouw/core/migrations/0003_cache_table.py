"""The table of the cache that counts sign-in attempts."""

from django.core.management import call_command
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0002_search_index")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: call_command("createcachetable", verbosity=0), migrations.RunPython.noop
        )
    ]
