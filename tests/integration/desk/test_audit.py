"""The audit: what is noted by itself, that the database keeps it as it is, and its page."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from bot.audit.models import Entry
from bot.audit.reading import acts
from bot.audit.services import KEPT, forget_old, note
from bot.conversations import evidence, handling
from bot.conversations.files import receive_file
from bot.conversations.models import Evidence
from bot.conversations.receiving import Inbound
from bot.conversations.services import hand_off
from bot.desk.models import Role
from tests.claims import open_one
from tests.desk import PASSWORD, new_adviser, signed_in
from tests.integration.desk.test_desk_access import address, desk_patterns
from tests.integration.desk.test_desk_pages import PNG
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)


def noted(**where: Any) -> list[tuple[str, Any]]:
    return list(Entry.objects.filter(**where).order_by("id").values_list("act", "who"))


def truncate(_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")


@pytest.mark.parametrize("change", [lambda rows: rows.update(act="nothing"), lambda rows: rows.delete(), truncate])
def test_the_database_refuses_to_change_or_delete_a_row(sophie, change):
    note("signed_in", sophie.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Entry.objects.all())
    assert noted() == [("signed_in", sophie.pk)]


def test_what_is_older_than_it_is_kept_goes_and_nothing_else(sophie):
    Entry.objects.create(act="signed_in", who=sophie.pk, at=timezone.now() - KEPT - timedelta(hours=1))
    Entry.objects.create(act="signed_out", who=sophie.pk, at=timezone.now() - KEPT + timedelta(hours=1))
    assert forget_old() == 1
    assert noted() == [("signed_out", sophie.pk)]


def test_opening_a_conversation_is_noted_once_and_costs_one_query(
    desk, sophie, conversation, django_assert_num_queries
):
    desk.get(f"/desk/c/{conversation.pk}")
    desk.get(f"/desk/c/{conversation.pk}/messages?after=0")
    desk.get(f"/desk/c/{conversation.pk}/panel")
    assert noted(conversation=conversation.pk) == [("desk:talk", sophie.pk)]
    with django_assert_num_queries(1):
        note("desk:talk", sophie.pk, conversation=conversation.pk)


def test_who_took_transferred_and_closed_it_is_noted_with_ids_only(desk, sophie, marc, conversation):
    desk.post(f"/desk/c/{conversation.pk}/take")
    desk.post(f"/desk/c/{conversation.pk}/reply", {"text": "Bonjour Madame", "key": "k"})
    desk.post(f"/desk/c/{conversation.pk}/typing")
    desk.post(f"/desk/c/{conversation.pk}/close", {"reason": "solved"})
    desk.post(f"/desk/c/{conversation.pk}/transfer", {"to": f"adviser:{marc.pk}", "note": "Rappeler ce soir"})
    rows = Entry.objects.filter(conversation=conversation.pk).order_by("id")
    assert [each.act for each in rows] == ["desk:take", "desk:reply", "desk:close", "desk:transfer"]
    assert [each.details for each in rows] == [{}, {}, {"reason": "solved"}, {"to": f"adviser:{marc.pk}"}]


def test_what_is_refused_is_not_noted_as_done(desk, marc, conversation):
    handling.take(conversation.pk, marc.pk)
    assert desk.post(f"/desk/c/{conversation.pk}/reply", {"text": "Bonjour", "key": "k"}).status_code == 409
    assert noted(conversation=conversation.pk) == []


def test_a_change_and_its_row_are_stored_together_or_not_at_all(desk, conversation, monkeypatch):
    hand_off(conversation, "asked")
    monkeypatch.setattr("bot.desk.noting.note", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.post(f"/desk/c/{conversation.pk}/take")
    conversation.refresh_from_db()
    assert conversation.owner == "waiting"


def test_a_corrected_answer_names_its_question_and_not_the_answer(desk, conversation):
    claim = open_one(conversation, amount_cents=85_000)
    desk.post(f"/desk/c/{conversation.pk}/claims/{claim.pk}/amount_cents", {"value": "1250"})
    (row,) = Entry.objects.filter(act="desk:edit")
    assert (row.object, row.details) == (str(claim.pk), {"field": "amount_cents"})


def test_a_file_is_noted_when_it_is_opened_and_not_for_its_little_picture(desk, conversation):
    receive_file(Inbound(conversation.pk, "f", "facture.png", "attachment"), "facture.png", PNG)
    kept = Evidence.objects.get()
    assert evidence.read(kept)
    for query in ("?small", ""):
        assert desk.get(f"/desk/c/{conversation.pk}/files/{kept.pk}{query}").status_code == 200
    assert [each.object for each in Entry.objects.filter(act="desk:file")] == [str(kept.pk)]


def test_a_pdf_has_no_little_picture_by_which_it_could_be_read_unnoted(desk, conversation):
    receive_file(Inbound(conversation.pk, "f", "facture.pdf", "attachment"), "facture.pdf", PDF)
    where = f"/desk/c/{conversation.pk}/files/{Evidence.objects.get().pk}"
    assert desk.get(f"{where}?small").status_code == 404
    assert desk.get(where).status_code == 200
    assert len(noted(act="desk:file")) == 1


@pytest.mark.parametrize("part", ["messages?before=99", "messages?after=0", "head", "panel", "picks"])
def test_who_reads_parts_of_a_page_that_was_not_opened_is_noted_once_as_opening_it(
    desk, sophie, marc, conversation, part
):
    signed_in(marc).get(f"/desk/c/{conversation.pk}")
    Entry.objects.create(
        act="desk:talk", who=sophie.pk, conversation=conversation.pk, at=timezone.now() - timedelta(days=2)
    )
    for _ in range(2):
        assert desk.get(f"/desk/c/{conversation.pk}/{part}").status_code == 200
    assert noted(conversation=conversation.pk, who=sophie.pk) == [("desk:talk", sophie.pk)] * 2


def test_a_panel_shown_by_a_change_that_is_refused_is_noted_as_opened(desk, sophie, conversation):
    claim = open_one(conversation)
    for place in ("amount_cents", "state"):
        assert (
            desk.post(f"/desk/c/{conversation.pk}/claims/{claim.pk}/{place}", {"value": "beaucoup"}).status_code == 422
        )
    assert noted(conversation=conversation.pk) == [("desk:talk", sophie.pk)]


def test_signing_in_out_and_failing_to_is_noted(client):
    who = new_adviser("Sophie Exemple", password=PASSWORD)
    for address_, password in ((who.email, "faux"), ("inconnue@example.be", "faux"), (who.email.upper(), PASSWORD)):
        client.post("/desk/login", {"username": address_, "password": password})
    client.post("/desk/logout")
    assert noted() == [("sign_in_refused", None), ("signed_in", who.pk), ("signed_out", who.pk)]
    assert Entry.objects.get(act="sign_in_refused").object == str(who.pk)


def test_guessing_a_password_fills_no_table(client):
    who = new_adviser("Sophie Exemple", password=PASSWORD)
    for _ in range(8):
        client.post("/desk/login", {"username": who.email, "password": "faux"})
    assert Entry.objects.filter(act="sign_in_refused").count() == 5
    assert Entry.objects.latest("id").details == {"locked": True}


def test_what_administrators_do_to_accounts_is_noted(browser_of):
    admin, who = browser_of(Role.ADMINISTRATOR), new_adviser("Marc Exemple")
    page = f"/desk/admin/desk/adviser/{who.pk}/change/"
    answer = admin.post(page, {"name": who.name, "email": who.email, "role": "supervisor", "is_active": "on"})
    assert answer.status_code == 302
    row = Entry.objects.get(act="adviser_changed")
    assert (row.object, row.details["role"], len(row.details["fields"])) == (str(who.pk), "supervisor", 1)


def test_an_export_of_figures_is_noted(browser_of):
    assert browser_of(Role.ANALYST).get("/desk/analytics/incidents/export.csv").status_code == 200
    assert Entry.objects.get(act="analytics:export").object == "incidents"


def test_every_change_that_the_desk_can_make_has_words(browser_of):
    """An act without words is still kept; it would show by its address."""
    administrator = browser_of(Role.ADMINISTRATOR)
    for pattern in desk_patterns():
        if getattr(pattern.callback, "is_noted", False):
            changes = administrator.post(address(pattern)).status_code != 405
            assert not changes or f"desk:{pattern.name}" in acts(), f"{pattern.name}: name it in bot/audit/acts.yml"


@pytest.fixture
def administrator(browser_of) -> Client:
    return browser_of(Role.ADMINISTRATOR)


def test_the_page_filters_by_person_act_claim_and_day(administrator, desk, sophie, conversation):
    claim = open_one(conversation)
    desk.get(f"/desk/c/{conversation.pk}")
    note("signed_in", sophie.pk)
    Entry.objects.create(act="signed_out", who=sophie.pk, at=timezone.now() - timedelta(days=3))
    rows = {
        "": 3,
        f"who={sophie.pk}&act=signed_in": 1,
        "who=command": 0,
        f"object={claim.reference}": 1,
        f"object={conversation.pk}": 1,
        "object=CC-0000": 0,
        "who=personne": 0,
        f"since={timezone.localdate()}&who={sophie.pk}": 2,
    }
    for query, count in rows.items():
        html = administrator.get(f"/desk/audit?{query}").content.decode()
        shown = html.split("<tbody>")[-1].split("</tbody>")[0].count("<tr>") if "<tbody>" in html else 0
        looked = html.count("a consulté le journal</td>")
        assert shown - looked == count, query


def test_pages_of_the_audit_follow_each_other(administrator, sophie):
    for _ in range(130):
        note("signed_in", sophie.pk)
    html = administrator.get(f"/desk/audit?who={sophie.pk}").content.decode()
    assert html.count("<tr>") == 101
    query = html.split('href="?')[-1].split('"')[0].replace("&amp;", "&")
    assert administrator.get(f"/desk/audit?{query}").content.decode().count("<tr>") == 31


def test_the_file_has_the_same_rows_and_runs_nothing(administrator):
    note("signed_in", new_adviser("=HYPERLINK(1)").pk)
    answer = administrator.get("/desk/audit.csv?act=signed_in")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0].split(";")[1]) == (2, "qui")
    assert ";'=HYPERLINK(1);s'est connecté;" in lines[1]
    assert Entry.objects.filter(act="desk:audit_csv").count() == 1


def test_an_id_that_nobody_knows_is_shown_as_it_is(administrator):
    note("desk:reply", uuid4(), conversation=uuid4())
    assert "compte supprimé" in administrator.get("/desk/audit?act=desk:reply").content.decode()
