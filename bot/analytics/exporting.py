"""A board as a table of one line per value, as CSV or Parquet."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.analytics.boards.model import Board

SMALL = 5  # counts below this could point to a person
HIDDEN = f"<{SMALL}"
COLUMNS = ("board", "table", "label", "series", "value", "unit")
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}

Row = tuple[str, str, str, str, str | float | None, str]


def table(board: Board, is_protected: bool) -> list[Row]:
    """Return all values of a board; with `is_protected`, counts from 1 to 4 read "<5".

    So do then the tiles that a single person's amount or duration could be read from: those of a board whose count of
    the same table is small.
    """
    rows: list[Row] = [(board.id, "tiles", tile.title, tile.id, tile.value, tile.unit) for tile in board.tiles]
    for chart in board.charts:
        for series in chart.series:
            for label, value in zip(chart.labels, series.values, strict=True):
                rows.append((board.id, chart.id, label, series.name, value, chart.unit))
    return [_protected(row, board) for row in rows] if is_protected else rows


def as_csv(rows: list[Row]) -> bytes:
    """Return the rows as CSV with a header, UTF-8 with the mark that spreadsheets look for."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_parquet(rows: list[Row]) -> bytes:
    """Return the rows as Parquet; `value` is a number, and null with `hidden` true where it is protected."""
    import duckdb  # 35 MB, for a file that few ask for

    with TemporaryDirectory() as folder, duckdb.connect() as database:
        database.execute(
            "CREATE TABLE rows (board text, tbl text, label text, series text, value double, hidden boolean, unit text)"
        )
        values = [[*row[:4], None if row[4] == HIDDEN else row[4], row[4] == HIDDEN, row[5]] for row in rows]
        if values:
            database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        file = Path(folder) / "rows.parquet"
        database.execute(f"COPY (SELECT * RENAME (tbl AS \"table\") FROM rows) TO '{file}' (FORMAT parquet)")  # noqa: S608
        return file.read_bytes()


FORMATS: Mapping[str, Callable[[list[Row]], bytes]] = {"csv": as_csv, "parquet": as_parquet}


def _protected(row: Row, board: Board) -> Row:
    value, unit = row[4], row[5]
    is_small = unit == "count" and isinstance(value, int | float) and 0 < value < SMALL
    if is_small or (unit != "count" and row[1] == "tiles" and _is_of_few(board)):
        return (*row[:4], HIDDEN, unit)
    return row


def _is_of_few(board: Board) -> bool:
    """Tell whether the board's first count is small: its sums and medians then show single cases."""
    counts = [tile.value or 0 for tile in board.tiles if tile.unit == "count"]
    return bool(counts) and counts[0] < SMALL


def _harmless(cell: str | float | None) -> str | float | None:
    """Keep spreadsheets from taking a text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell
