"""The schema of the engine's own tables; Rasa makes the tables, not the schema (POSTGRESQL_SCHEMA=engine)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [migrations.RunSQL("CREATE SCHEMA IF NOT EXISTS engine", migrations.RunSQL.noop)]
