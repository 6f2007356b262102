"""Proof that each comparison can fail: one number is altered in a file of each format, and each program's reading must differ."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas
import pyarrow
import pyarrow.parquet

import package
from programs import READERS, xlsx_by_libreoffice
from service import Reader
from table import Table


def alter_csv(file: Path, row: int) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        cells = list(csv.reader(lines))
    place = cells[0].index("value")
    cells[row + 1][place] = str(float(cells[row + 1][place]) + 1)
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(cells)


def alter_lines(file: Path, row: int) -> None:
    lines = file.read_text("utf-8").splitlines()
    told = json.loads(lines[row])
    lines[row] = json.dumps(told | {"value": told["value"] + 1})
    file.write_text("\n".join(lines) + "\n", "utf-8")


def alter_parquet(file: Path, row: int) -> None:
    told = pyarrow.parquet.read_table(file)
    values = told["value"].to_pylist()
    values[row] += 1
    place = told.column_names.index("value")
    told = told.set_column(place, "value", pyarrow.array(values, pyarrow.float64()))
    pyarrow.parquet.write_table(told, file)


def alter_xlsx(file: Path, row: int) -> None:
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    place = [cell.value for cell in sheet[1]].index("value") + 1
    sheet.cell(row + 2, place).value += 1
    book.save(file)


def alter_stat(file: Path, _: int) -> None:
    told = json.loads(file.read_text("utf-8"))
    values = told["value"]
    # Any number will do, and where most are missing they are not a list.
    places = values if isinstance(values, dict) else range(len(values))
    values[next(place for place in places if values[place])] += 1
    file.write_text(json.dumps(told), "utf-8")


ALTERATIONS: dict[str, Callable[[Path, int], None]] = {
    "csv": alter_csv,
    "jsonl": alter_lines,
    "parquet": alter_parquet,
    "xlsx": alter_xlsx,
    "json-stat": alter_stat,
}


def prove(reader: Reader, path: str, table: Table, collection: str) -> None:
    row = next(place for place, row in enumerate(table.rows) if row["value"])
    for kind, alter in ALTERATIONS.items():
        file = reader.download(path, kind, **table.pin())
        checks = READERS[kind] + ([xlsx_by_libreoffice] if kind == "xlsx" else [])
        assert [check(table, file) for check in checks] == [[]] * len(checks)
        altered = file.with_name(f"altered-{file.name}")
        altered.write_bytes(file.read_bytes())
        alter(altered, row)
        for check in checks:
            found = check(table, altered)
            # One that looks at the digits too says it twice.
            assert 1 <= len(found) <= 2, f"{check.__name__} found {found} where one number of {kind} was altered"
    prove_package(reader, collection)
    print(f"an altered number is found in {', '.join(ALTERATIONS)} by every program, and in a data package")


def prove_package(reader: Reader, collection: str) -> None:
    descriptor = next(reader.folder.glob(f"package-{reader.name}-{collection}/datapackage.json"))
    file = descriptor.parent / "replies.csv"
    frame = pandas.read_csv(file, dtype="string", keep_default_na=False)
    frame.loc[0, "version"] = "one"
    frame.to_csv(file, index=False)
    found = package.report(descriptor).flatten(["fieldName", "type"])
    assert found == [["version", "type-error"]], found
