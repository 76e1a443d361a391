import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from bot.claims.export import export_claims
from bot.claims.models import Claim, OutgoingEvent
from bot.members.models import Member
from bot.settings import ROOT
from tests.claims import open_one
from tests.web_server import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def exported(format_: str = "csv", **limits) -> list[dict]:
    out = io.StringIO()
    count = export_claims(out, format_, **limits)
    text = out.getvalue()
    rows = (
        [json.loads(line) for line in text.splitlines()]
        if format_ == "jsonl"
        else list(csv.DictReader(io.StringIO(text), delimiter=";"))
    )
    assert len(rows) == count
    return rows


def cybercare(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the command as an operator does."""
    environment = {**os.environ, "DATABASE_URL": database_url()}
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True, check=False, timeout=120
    )


def test_each_claim_is_a_line_with_its_answers_flags_and_missing_pieces(conversation):
    claim = open_one(conversation, amount_cents=85_000, police_report=False)
    (row,) = exported()
    assert (row["reference"], row["state"], row["amount_cents"], row["police_report"]) == (
        claim.reference,
        "open",
        "85000",
        "False",
    )
    assert row["flags"] == "identity_unverified"
    assert "attestation de dépôt de plainte" in row["documents_to_come"]
    (body,) = exported("jsonl")
    assert body["answers"]["amount_cents"] == 85_000
    assert body["answers"]["incident_date"] is None


@pytest.mark.parametrize("words", ["=1+1", "+32 470", "-2", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(conversation, words):
    open_one(conversation, ("failed_delivery", "not_delivered"), merchant=words, story=words)
    (row,) = exported()
    assert (row["merchant"], row["story"]) == (f"'{words}", f"'{words}")
    assert exported("jsonl")[0]["story"] == words


def test_days_are_those_of_brussels_and_both_included(conversation):
    claim = open_one(conversation)
    Claim.objects.filter(pk=claim.pk).update(opened_at=datetime(2026, 3, 9, 23, 30, tzinfo=UTC))  # 00:30 in Brussels
    assert len(exported(since=date(2026, 3, 10), until=date(2026, 3, 10))) == 1
    assert exported(until=date(2026, 3, 9)) == []
    assert exported(since=date(2026, 3, 11)) == []


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_many_claims_are_read_with_as_many_queries_as_one(conversation, format_, django_assert_num_queries):
    member = Member.objects.create(contract="C1", household="C1", first_name="A", imported_at=timezone.now())
    for _ in range(7):
        claim = open_one(conversation)
        Claim.objects.filter(pk=claim.pk).update(member=member.pk)
    with django_assert_num_queries(5):  # claims, answers, documents, flags, members
        rows = exported(format_)
    assert len(rows) == 7
    assert format_ != "jsonl" or all(row["member"]["contract"] == "C1" for row in rows)


def test_the_commands_export_and_list_the_dead_events(conversation):
    claim = open_one(conversation, story="à l'été")
    dead = OutgoingEvent.objects.create(
        claim=claim,
        name="claim_opened",
        payload={},
        created_at=timezone.now(),
        dead_at=timezone.now(),
        last_error="HTTP 500",
    )
    done = cybercare("export-claims", "--format", "jsonl", "--since", str(date.today() - timedelta(days=1)))
    assert (done.returncode, json.loads(done.stdout)["story"]) == (0, "à l'été"), done.stderr
    assert done.stderr == "1 claims\n"
    listed = cybercare("webhooks")
    assert str(dead.pk) in listed.stdout
    assert "HTTP 500" in listed.stdout
    assert cybercare("webhooks", "--retry", "--id", str(dead.pk)).stdout == "1 events will be sent again\n"
    assert cybercare("webhooks").stdout == ""


def test_without_a_database_the_command_says_what_to_do():
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x?connect_timeout=1"}
    command = [sys.executable, "-m", "bot.cli", "webhooks"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr
