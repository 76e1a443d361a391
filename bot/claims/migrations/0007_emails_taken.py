"""Since when a worker is sending an e-mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column only."""

    dependencies = [("claims", "0006_outcome")]

    operations = [migrations.AddField("email", "taken_at", models.DateTimeField(null=True))]
