"""Lets the database refuse to empty the audit at one stroke as well: TRUNCATE asks no trigger of a row."""

from django.db import migrations

GUARD = """
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
UNDO = "DROP TRIGGER audit_no_truncate ON audit_entry;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
