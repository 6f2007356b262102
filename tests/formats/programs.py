"""What other people's programs read in the files, and where it is not what the API's JSON says."""

from __future__ import annotations

import csv
import json
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
from pyjstat import pyjstat

from table import NUMBERS, WORDS, Column, Row, Table, differences, nearly

# The digits of a number that Excel keeps, and the characters of a cell.
MOST_DIGITS = 15
MOST_CHARACTERS = 32_767
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
    frame = pandas.read_json(
        file, lines=True, dtype=dict.fromkeys(words_of(table), "string"), convert_dates=False, precise_float=True
    )
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
    # Without rows the heads are all there is.
    return differences(table, read, as_xlsx)


def stat_by_pyjstat(table: Table, file: Path) -> list[str]:
    """Figures by their dimensions; several measures are one more."""
    text = file.read_text("utf-8")
    frame = pyjstat.Dataset.read(text).write("dataframe", naming="id")
    frame = frame[frame["value"].notna()]
    dimensions = [column.code for column in table.columns if column.role == "dimension"]
    measures = [column.code for column in table.columns if column.role == "measure"]
    several = [name for name in frame if name not in (*dimensions, "value")]
    assert len(several) == (len(measures) > 1), list(frame)
    read = {
        tuple(key): number
        for *key, number in frame[[*dimensions, *several, "value"]].itertuples(index=False)
    }
    found = []
    for row in table.rows:
        for measure in measures:
            key = (*(row[code] for code in dimensions), *([measure] if several else []))
            wanted, number = row[measure], read.pop(key, None)
            is_same = number is None if wanted is None else number is not None and float(wanted) == float(number)
            if not is_same:
                found.append(f"{key}: {wanted} was read as {number}")
    found.extend(f"{key}: {number} is not there" for key, number in read.items())
    return found + stat_statuses(table, json.loads(text), dimensions, measures)


def stat_statuses(table: Table, told: dict[str, Any], dimensions: list[str], measures: list[str]) -> list[str]:
    """pyjstat reads no status: what its place says."""
    status = next((column.code for column in table.columns if column.role == "status"), None)
    if status is None:
        return []
    assert len(measures) == 1 and told["id"] == dimensions, told["id"]
    places = [
        {code: place for place, code in enumerate(told["dimension"][dimension]["category"]["index"])}
        for dimension in dimensions
    ]
    wanted = {}
    for row in table.rows:
        offset = 0
        for dimension, known, size in zip(dimensions, places, told["size"], strict=True):
            offset = offset * size + known[row[dimension]]
        if row[status] is not None:
            wanted[str(offset)] = row[status]
    read = told.get("status", {})
    return [] if read == wanted else [f"the statuses {wanted} were read as {read}"]


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


# By format, whoever reads it, and whether figures alone can be read.
READERS = {
    "csv": [csv_by_pandas, csv_by_pandas_plainly, csv_by_duckdb, csv_by_duckdb_plainly],
    "jsonl": [lines_by_pandas, lines_by_duckdb],
    "parquet": [parquet_by_pandas, parquet_by_duckdb],
    "xlsx": [xlsx_by_openpyxl],
    "json-stat": [stat_by_pyjstat],
}
