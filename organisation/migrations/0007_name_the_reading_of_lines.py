"""Reading lines of the logbook is a way of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0006_asked_to_review"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accessevent",
            name="way",
            field=models.CharField(
                choices=[
                    ("page", "Page"),
                    ("search", "Search result"),
                    ("export", "Export"),
                    ("log", "Its lines in the logbook"),
                ],
                max_length=10,
                verbose_name="how",
            ),
        ),
    ]
