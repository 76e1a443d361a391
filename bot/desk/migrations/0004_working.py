"""Drafts, and ready answers with the ones that are shipped."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from bot.desk.shipped import shipped_replies


def load(apps, _schema_editor):
    """Make the shipped answers."""
    reply = apps.get_model("desk", "CannedReply")
    reply.objects.bulk_create(reply(**each) for each in shipped_replies())


class Migration(migrations.Migration):
    """Adds two tables."""

    dependencies = [("desk", "0003_awareness")]

    operations = [
        migrations.CreateModel(
            "CannedReply",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("shortcut", models.SlugField(max_length=24, unique=True, verbose_name="raccourci")),
                ("title", models.CharField(max_length=80, verbose_name="titre")),
                ("text", models.TextField(max_length=2000, verbose_name="texte")),
            ],
            options={"ordering": ["title"]},
        ),
        migrations.CreateModel(
            "Draft",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conversation", models.UUIDField()),
                ("text", models.TextField(max_length=4000)),
                ("is_note", models.BooleanField(default=False)),
                ("pieces", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now=True)),
                ("adviser", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["conversation"], name="draft_conversation")],
                "constraints": [models.UniqueConstraint(fields=("adviser", "conversation"), name="one_draft_per_adviser")],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
