from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deviations", "0008_pass_proposals_on"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="deviation", name="deviation_rollup"),
        migrations.AddIndex(
            model_name="deviation",
            index=models.Index(
                fields=[
                    "period",
                    "routine",
                    "team",
                    "policy_domain",
                    "kind",
                    "answer",
                    "outcome",
                    "source_type",
                    "weight",
                    "amount_cents",
                    "avoided_cents",
                    "lead_minutes",
                    "urgency",
                    "structural",
                    "id",
                ],
                name="deviation_rollup",
            ),
        ),
    ]
