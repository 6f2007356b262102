"""What other people's programs read in the files, and where it is not what the API's JSON says."""

from __future__ import annotations

import csv
import json
import math
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
from pyjstat import pyjstat

from table import NUMBERS, WORDS, Column, Row, Table, differences, nearly, within_milliseconds

# The digits of a number that Excel keeps, and the characters of a cell.
MOST_DIGITS = 15
MOST_CHARACTERS = 32_767
# Of how many combinations pyjstat makes a line each in a second or so.
MOST_COMBINATIONS = 60_000
FORMULA = tuple("=+-@\t\r＝＋－＠")


def records(frame: pandas.DataFrame) -> list[Row]:
    return frame.astype(object).to_dict("records")


def as_csv(cell: Any, column: Column) -> Any:
    """Words that programs for tables would take for a formula have an apostrophe before them."""
    is_formula = column.kind in WORDS and cell is not None and cell.lstrip("'").startswith(FORMULA)
    return f"'{cell}" if is_formula else cell


def as_xlsx(cell: Any, column: Column) -> Any:
    """Numbers that Excel would round stand as words; lines end as Excel has them."""
    if cell is None:
        return None
    if column.kind in NUMBERS:
        digits = "".join(map(str, cell.as_tuple().digits)) + "0" * max(cell.as_tuple().exponent, 0)
        return f"{cell:f}" if len(digits.strip("0")) > MOST_DIGITS else cell
    if column.kind in WORDS:
        assert len(cell) <= MOST_CHARACTERS, "the demonstration has no text that no cell holds"
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell


def words_of(table: Table) -> list[str]:
    return [column.code for column in table.columns if column.kind in WORDS]


def csv_by_pandas(table: Table, file: Path) -> list[str]:
    frame = pandas.read_csv(
        file,
        dtype=dict.fromkeys(words_of(table), "string"),
        keep_default_na=False,
        na_values=[""],
        float_precision="round_trip",
    )
    assert list(frame) == [column.code for column in table.columns], list(frame)
    return differences(table, records(frame), as_csv)


def csv_by_pandas_plainly(table: Table, file: Path) -> list[str]:
    """The numbers, by whoever says nothing of how to read it."""
    return differences(table.only(*NUMBERS), records(pandas.read_csv(file)), equal=nearly)


def fetched(relation: duckdb.DuckDBPyRelation) -> list[Row]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def csv_by_duckdb(table: Table, file: Path) -> list[str]:
    types = {code: "VARCHAR" for code in words_of(table)}
    read = duckdb.sql(
        "FROM read_csv($file, types = $types, sample_size = -1)",
        params={"file": str(file), "types": types},
    )
    return differences(table, fetched(read), as_csv)


def csv_by_duckdb_plainly(table: Table, file: Path) -> list[str]:
    read = duckdb.sql("FROM read_csv($file, sample_size = -1)", params={"file": str(file)})
    return differences(table.only(*NUMBERS), fetched(read))


def lines_by_pandas(table: Table, file: Path) -> list[str]:
    # Where it is not told otherwise, it reads yes and no beside nothing as 1.0 and 0.0.
    types = dict.fromkeys(words_of(table), "string")
    types |= {column.code: "boolean" for column in table.columns if column.kind == "boolean"}
    frame = pandas.read_json(file, lines=True, dtype=types, convert_dates=False, precise_float=True)
    return differences(table, records(frame))


def lines_by_duckdb(table: Table, file: Path) -> list[str]:
    read = duckdb.sql("FROM read_json($file, sample_size = -1)", params={"file": str(file)})
    return differences(table, fetched(read))


def parquet_by_pandas(table: Table, file: Path) -> list[str]:
    metadata = pyarrow.parquet.read_metadata(file).metadata
    assert int(metadata[b"as_of_position"]) == table.position, metadata
    return differences(table, records(pandas.read_parquet(file)))


def parquet_by_duckdb(table: Table, file: Path) -> list[str]:
    """And the numbers with all their digits."""
    rows = fetched(duckdb.sql("FROM read_parquet($file)", params={"file": str(file)}))
    found = differences(table, rows)
    for expected, row in zip(table.rows, rows):
        for column in table.columns:
            if column.kind != "decimal" or expected[column.code] is None:
                continue
            read, exact = row[column.code], row[f"{column.code}_exact"]
            if Decimal(exact if exact is not None else repr(read)) != expected[column.code]:
                found.append(f"{column.code}: {expected[column.code]} was read as {read} and {exact}")
    return found


def xlsx_by_openpyxl(table: Table, file: Path) -> list[str]:
    book = openpyxl.load_workbook(file, read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    names = next(rows)
    notes = [[cell for cell in row if cell is not None] for row in book.worksheets[1].iter_rows(values_only=True)]
    assert any(table.source in row for row in notes), notes[:10]
    assert any(str(table.position) in row for row in notes), notes[:10]
    read = (dict(zip(names, row, strict=True)) for row in rows)
    return differences(table, read, as_xlsx, within_milliseconds)


def roles(table: Table) -> tuple[list[str], list[str], str | None]:
    """The codes of its dimensions, measures, and status."""
    of_role: dict[str, list[str]] = {"dimension": [], "measure": [], "status": [], "attribute": []}
    for column in table.columns:
        of_role[column.role].append(column.code)
    return of_role["dimension"], of_role["measure"], next(iter(of_role["status"]), None)


def stat_by_pyjstat(table: Table, file: Path) -> list[str] | None:
    """Figures by their dimensions; several measures are one more. It makes a line of every combination that could be, so those of which
    there are too many are left to `stat_by_offset`."""
    text = file.read_text("utf-8")
    if math.prod(json.loads(text)["size"]) > MOST_COMBINATIONS:
        return None
    frame = pyjstat.Dataset.read(text).write("dataframe", naming="id")
    frame = frame[frame["value"].notna()]
    dimensions, measures, _ = roles(table)
    several = [name for name in frame if name not in (*dimensions, "value")]
    assert len(several) == (len(measures) > 1), list(frame)
    lines = frame[[*dimensions, *several, "value"]].itertuples(index=False)
    return figures_differ(table, {tuple(key): number for *key, number in lines})


def stat_by_offset(table: Table, file: Path) -> list[str]:
    """The same, and why there is no figure, by the places that the standard gives them: pyjstat reads no status."""
    told = json.loads(file.read_text("utf-8"))
    dimensions, measures, status = roles(table)
    categories = [list(told["dimension"][dimension]["category"]["index"]) for dimension in told["id"]]
    assert [len(codes) for codes in categories] == told["size"] and told["id"][: len(dimensions)] == dimensions

    def key_of(offset: int) -> tuple[str, ...]:
        key = []
        for codes in reversed(categories):
            offset, place = divmod(offset, len(codes))
            key.append(codes[place])
        return tuple(reversed(key))

    values = told["value"]
    placed = values.items() if isinstance(values, dict) else enumerate(values)
    read = {key_of(int(place)): number for place, number in placed if number is not None}
    found = figures_differ(table, read)
    if status is not None:
        assert len(measures) == 1
        wanted = {tuple(row[code] for code in dimensions): row[status] for row in table.rows if row[status]}
        read = {key_of(int(place)): why for place, why in told.get("status", {}).items()}
        if read != wanted:
            found.append(f"the statuses {wanted} were read as {read}")
    return found


def figures_differ(table: Table, read: dict[tuple[str, ...], Any]) -> list[str]:
    dimensions, measures, _ = roles(table)
    found = []
    for row in table.rows:
        for measure in measures:
            key = (*(row[code] for code in dimensions), *([measure] if len(measures) > 1 else []))
            wanted, number = row[measure], read.pop(key, None)
            if number != (None if wanted is None else float(wanted)):
                found.append(f"{key}: {wanted} was read as {number}")
    return found + [f"{key}: {number} is not there" for key, number in read.items()]


def xlsx_by_libreoffice(table: Table, file: Path) -> list[str]:
    """Opens the workbook, saves its first sheet as CSV with numbers as they are, and compares all numbers."""
    folder = file.parent / "libreoffice"
    # Commas, quotes, UTF-8, cells as they are and not as they are shown, the first sheet.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", options]
        + ["--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (converted,) = folder.glob(f"{file.stem}*.csv")
    with converted.open(encoding="utf-8", newline="") as lines:
        rows = [
            {code: cell if cell != "" else None for code, cell in row.items()} for row in csv.DictReader(lines)
        ]
    numbers = table.only(*NUMBERS)
    codes = [column.code for column in numbers.columns]
    read = [{code: row[code] and Decimal(row[code]) for code in codes} for row in rows]
    return differences(numbers, read)


# By format, whoever reads it.
READERS = {
    "csv": [csv_by_pandas, csv_by_pandas_plainly, csv_by_duckdb, csv_by_duckdb_plainly],
    "jsonl": [lines_by_pandas, lines_by_duckdb],
    "parquet": [parquet_by_pandas, parquet_by_duckdb],
    "xlsx": [xlsx_by_openpyxl],
    "json-stat": [stat_by_pyjstat, stat_by_offset],
}
