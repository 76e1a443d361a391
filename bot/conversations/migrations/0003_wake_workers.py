"""Wakes the workers when a job ends or is put back, so that the next one of its conversation starts at once.

procrastinate 3.10 tells workers only of new jobs: one that waited for its lock was found by the poll, up to 5 s later.
"""

from django.db import migrations

WAKE = """
CREATE FUNCTION cybercare_wake_workers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM procrastinate_jobs WHERE lock = OLD.lock AND status = 'todo') THEN
        PERFORM pg_notify(
            'procrastinate_any_queue_v1',
            json_build_object('type', 'job_inserted', 'job_id', OLD.id)::text
        );
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER cybercare_job_deleted AFTER DELETE ON procrastinate_jobs
    FOR EACH ROW WHEN (OLD.lock IS NOT NULL) EXECUTE FUNCTION cybercare_wake_workers();
CREATE TRIGGER cybercare_job_let_go AFTER UPDATE OF status ON procrastinate_jobs
    FOR EACH ROW WHEN (OLD.lock IS NOT NULL AND OLD.status = 'doing' AND NEW.status <> 'doing')
    EXECUTE FUNCTION cybercare_wake_workers();
"""
UNDO = """
DROP TRIGGER cybercare_job_deleted ON procrastinate_jobs;
DROP TRIGGER cybercare_job_let_go ON procrastinate_jobs;
DROP FUNCTION cybercare_wake_workers;
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_engine_schema"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(WAKE, UNDO)]
