"""What the pages show, to whom, and as which files."""

import csv
import io

import duckdb
import pytest

from bot.analytics.boards import BOARDS
from bot.analytics.metrics import FIGURES
from bot.events.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("board", BOARDS)
def test_every_board_is_shown_with_data_and_without(sign_in, weeks, board):
    client = sign_in("analyst")
    page = client.get(f"/desk/analytics/{board}").content.decode()
    assert page.count("<canvas") >= 2
    empty = client.get(f"/desk/analytics/{board}?first=2020-01-01&last=2020-01-31")
    assert empty.status_code == 200


@pytest.mark.parametrize("address", ["", "incidents", "cases?measure=report", "today", "incidents/export.csv"])
def test_advisers_and_strangers_are_kept_out(sign_in, client, address):
    assert sign_in("adviser").get(f"/desk/analytics/{address}").status_code == 403
    assert client.get(f"/desk/analytics/{address}").status_code in (302, 401)


def test_the_number_of_reports_is_that_of_the_events(sign_in, weeks):
    told = Event.objects.filter(name="incident_understood").count()
    page = sign_in("supervisor").get("/desk/analytics/incidents?days=90").content.decode()
    assert f">{told}</a>" in page


def test_filters_narrow_down_and_nonsense_is_ignored(sign_in, weeks):
    client = sign_in("supervisor")
    board = client.get("/desk/analytics/incidents?days=90&family=fraud").context["board"]
    assert {series.name for series in board.charts[0].series} == {"Fraude"}
    assert (
        client.get("/desk/analytics/incidents?days=x&first=no&family=%27&safety=9&last=9999-99-99").status_code == 200
    )


def test_cases_lead_to_conversations_for_those_who_may_read_them(sign_in, weeks):
    address = "/desk/analytics/cases?measure=report&days=90"
    assert "/desk/c/" in sign_in("supervisor").get(address).content.decode()
    page = sign_in("analyst").get(address).content.decode()
    assert "/desk/c/" not in page
    assert "réservée aux conseillers" in page


@pytest.mark.parametrize("measure", ["open", "pending&key=amount_cents", "handed_off", "first_reply", "satisfaction"])
def test_other_figures_have_cases_too(sign_in, weeks, measure):
    found = sign_in("supervisor").get(f"/desk/analytics/cases?days=90&measure={measure}").context["found"]
    assert found.cases


def test_a_measure_without_cases_is_not_found(sign_in):
    assert sign_in("supervisor").get("/desk/analytics/cases?measure=message").status_code == 404
    assert sign_in("administrator").get("/desk/analytics/nonsense").status_code == 404


def test_a_board_as_csv_holds_every_value_of_the_page(sign_in, weeks):
    client = sign_in("supervisor")
    board = client.get("/desk/analytics/incidents?days=90").context["board"]
    answer = client.get("/desk/analytics/incidents/export.csv?days=90")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(board.tiles) + sum(len(c.labels) * len(c.series) for c in board.charts)
    reports = next(row for row in rows if row["series"] == "reports")
    assert float(reports["value"]) == board.tiles[0].value


def test_small_numbers_are_hidden_from_analysts_in_files(sign_in, weeks):
    address = "/desk/analytics/incidents/export.csv?days=30"
    values = [
        row["value"]
        for row in csv.DictReader(
            io.StringIO(sign_in("analyst").get(address).content.decode("utf-8-sig")), delimiter=";"
        )
        if row["unit"] == "count"
    ]
    assert "<5" in values
    assert not {"1", "2", "3", "4"} & set(values)
    open_values = sign_in("supervisor").get(address).content.decode()
    assert "<5" not in open_values


def test_a_board_as_parquet_is_read_by_duckdb(sign_in, weeks, tmp_path):
    for role, hidden in (("supervisor", 0), ("analyst", 1)):
        file = tmp_path / f"{role}.parquet"
        file.write_bytes(sign_in(role).get("/desk/analytics/path/export.parquet?days=30").content)
        found = duckdb.sql(f"SELECT count(*), sum(hidden::int) FROM '{file}' WHERE board = 'path'").fetchone()
        assert found[0] > 20
        assert (found[1] > 0) == bool(hidden)


def test_an_unknown_format_is_not_found(sign_in):
    assert sign_in("supervisor").get("/desk/analytics/path/export.exe").status_code == 404


def test_today_is_counted(sign_in, weeks):
    page = sign_in("analyst").get("/desk/analytics/today").content.decode()
    assert "en attente d’un conseiller" in page


def test_every_figure_is_on_a_board():
    from bot.analytics.boards import claims, humans, incidents, path, understanding

    shown = {*claims.FIGURES, *humans.FIGURES, *incidents.FIGURES, *path.FIGURES, *understanding.FIGURES}
    assert shown == set(FIGURES)
