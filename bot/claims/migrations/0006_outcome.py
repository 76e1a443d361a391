"""How a closed claim ended, and when a piece was asked for."""

from django.db import migrations, models

OUTCOMES = [
    ("helped", "Aide apportée"),
    ("refunded", "Remboursement"),
    ("refused", "Refus de prise en charge"),
    ("withdrawn", "Déclaration retirée"),
    ("duplicate", "Double d'un autre dossier"),
    ("no_contact", "Sans nouvelles"),
]


class Migration(migrations.Migration):
    """Adds columns only."""

    dependencies = [("claims", "0005_emails")]

    operations = [
        migrations.AddField("claim", "outcome", models.CharField(blank=True, choices=OUTCOMES, default="", max_length=12), preserve_default=False),
        migrations.AddField("statechange", "outcome", models.CharField(blank=True, choices=OUTCOMES, default="", max_length=12), preserve_default=False),
        migrations.AddField("document", "asked_at", models.DateTimeField(null=True)),
    ]
