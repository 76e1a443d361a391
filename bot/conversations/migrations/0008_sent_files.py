"""Files that advisers give to members."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds one table."""

    dependencies = [("conversations", "0007_wake_by_queue")]

    operations = [
        migrations.CreateModel(
            "SentFile",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("claim", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=200)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("conversation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sent_files", to="conversations.conversation")),
                ("message", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sent_files", to="conversations.message")),
            ],
        ),
    ]
