"""Keeps no history of jobs: two rows for each, which went with it a moment later and which nothing reads.

procrastinate 3.10 reads them only to find stalled jobs by their age and to delete old ones; we ask for heartbeats, and
a job that succeeded is deleted at once.
"""

from django.db import migrations

TRIGGERS = ("procrastinate_trigger_status_events_insert_v1", "procrastinate_trigger_status_events_update_v1")
ALTER = "ALTER TABLE procrastinate_jobs {} TRIGGER {}"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0009_ratings_alerts_rules"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL(ALTER.format("DISABLE", trigger), ALTER.format("ENABLE", trigger)) for trigger in TRIGGERS
    ]
