"""The documented read-only SQL schema `analytics` for other tools (docs/analytics.md); no conversation leads out."""

from django.db import migrations

VIEWS = """
CREATE SCHEMA IF NOT EXISTS analytics;
CREATE VIEW analytics.daily AS
    SELECT day, measure, key, channel, family, subtype, safety, sum(count)::bigint AS count, sum(total) AS total
    FROM analytics_daily GROUP BY day, measure, key, channel, family, subtype, safety;
CREATE VIEW analytics.hourly AS
    SELECT hour, hour AT TIME ZONE 'Europe/Brussels' AS hour_brussels, measure, key, channel, family, subtype, safety,
        sum(count)::bigint AS count, sum(total) AS total
    FROM analytics_hourly GROUP BY hour, measure, key, channel, family, subtype, safety;
CREATE VIEW analytics.distribution AS
    SELECT day, measure, key, channel, family, subtype, safety, bucket,
        CASE WHEN bucket = 0 THEN 0 ELSE exp((bucket - 0.5) * ln(1.05)) END AS value, count
    FROM analytics_daily
    WHERE measure IN ('amount', 'waiting', 'first_reply', 'handling', 'claim_time', 'claim_age', 'claim_questions',
        'answered_message');
CREATE VIEW analytics.intervals AS
    SELECT measure AS name, value AS seconds, began AS started_at, at AS ended_at, key AS hours,
        channel, family, subtype, safety
    FROM analytics_fact WHERE began IS NOT NULL;
CREATE VIEW analytics.open_claims AS
    SELECT opened_at, state, channel, family, subtype, safety FROM analytics_openclaim;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cybercare_analytics') THEN
        CREATE ROLE cybercare_analytics NOLOGIN;
    END IF;
    GRANT USAGE ON SCHEMA analytics TO cybercare_analytics;
    GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO cybercare_analytics;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'the role cybercare_analytics must be made by an administrator: see docs/analytics.md';
    WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of the cluster makes it now
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [migrations.RunSQL(VIEWS, "DROP SCHEMA analytics CASCADE")]
