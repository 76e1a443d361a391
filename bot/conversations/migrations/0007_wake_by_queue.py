"""Wakes the workers of the queue in which a job ended or was put back: workers listen to some queues, not to all."""

from django.db import migrations

WAKE = """
CREATE OR REPLACE FUNCTION cybercare_wake_workers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM procrastinate_jobs WHERE lock = OLD.lock AND status = 'todo') THEN
        PERFORM pg_notify({channel}, json_build_object('type', 'job_inserted', 'job_id', OLD.id)::text);
    END IF;
    RETURN NULL;
END
$$;
"""
BY_QUEUE = WAKE.format(channel="'procrastinate_queue_v1#' || OLD.queue_name")
ALL = WAKE.format(channel="'procrastinate_any_queue_v1'")


class Migration(migrations.Migration):
    dependencies = [("conversations", "0006_engine_memory")]
    operations = [migrations.RunSQL(BY_QUEUE, ALL)]
