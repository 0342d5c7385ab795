from django.db import migrations, models


def were_printed(apps, schema_editor):
    """Pictures of before may hang on a card already; a child that has one is not sent to its teacher."""
    apps.get_model("pupils", "PictureKey").objects.update(printed_at=models.F("made_at"))


class Migration(migrations.Migration):

    dependencies = [("pupils", "0004_classes")]

    operations = [
        migrations.AddField(
            model_name="picturekey",
            name="printed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(were_printed, migrations.RunPython.noop),
    ]
