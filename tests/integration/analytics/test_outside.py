"""What other tools read: Prometheus, and SQL through a role that sees nothing else."""

from pathlib import Path

import duckdb
import duckdb_extension_postgres_scanner
import psycopg
import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from bot.analytics.models import Daily
from bot.settings import settings as own_settings
from tests.web_server import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def test_prometheus_reads_process_and_business(client, weeks):
    text = client.get("/metrics").content.decode()
    found = {family.name: family for family in text_string_to_metric_families(text)}
    assert {
        "cybercare_events",
        "cybercare_today",
        "cybercare_open_claims",
        "cybercare_jobs",
        "process_cpu_seconds",
    } <= found.keys()
    assert found["cybercare_analytics_lag_events"].samples[0].value == 0
    assert found["cybercare_open_claims"].samples[0].value > 0


@pytest.mark.parametrize("header", [{"REMOTE_ADDR": "10.0.0.9"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.9"}])
def test_without_a_token_only_this_machine_reads_them(client, header):
    assert client.get("/metrics", **header).status_code == 403


def test_with_a_token_nobody_reads_them_without(client, monkeypatch):
    monkeypatch.setattr(own_settings(), "metrics_token", SecretStr("secret"))
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer secret"}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_role_reads_the_views_and_nothing_else(weeks):
    with psycopg.connect(database_url()) as reader:
        reader.execute("SET ROLE cybercare_analytics")
        for view in ("daily", "hourly", "distribution", "intervals", "open_claims"):
            assert reader.execute(f"SELECT count(*) FROM analytics.{view}").fetchone()[0] > 0
        for table in ("analytics_fact", "events_event", "conversations_message", "claims_claim"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
                reader.execute(f"SELECT 1 FROM {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
            reader.execute("DELETE FROM analytics.open_claims")


def test_no_view_leads_to_a_conversation():
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_schema = 'analytics'")
        assert not {"conversation", "claim", "member"} & {name for (name,) in cursor.fetchall()}


def test_duckdb_reads_the_schema(weeks):
    folder = Path(duckdb_extension_postgres_scanner.__file__).parent / "extensions"
    extension = next(folder.rglob("postgres_scanner.duckdb_extension*"))
    with duckdb.connect(config={"allow_unsigned_extensions": "true"}) as duck:
        duck.load_extension(str(extension))
        duck.execute(f"ATTACH '{database_url()}' AS care (TYPE postgres, READ_ONLY, SCHEMA 'analytics')")
        (reports,) = duck.execute("SELECT sum(count) FROM care.analytics.daily WHERE measure = 'report'").fetchone()
    assert reports == sum(Daily.objects.filter(measure="report").values_list("count", flat=True))
