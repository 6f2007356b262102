"""A table as the API's JSON has it, against which what other programs read is compared, cell by cell."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

NUMBERS = ("integer", "decimal")
WORDS = ("code", "text")

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    code: str
    kind: str
    role: str
    labels: dict[str, str]


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    position: int
    source: str

    @classmethod
    def read(cls, file: Path) -> Table:
        told = json.loads(file.read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
        columns = tuple(
            Column(
                column["code"],
                column["type"],
                column["role"],
                {category["code"]: category["label"] for category in column.get("categories", [])},
            )
            for column in told["columns"]
        )
        kinds = {column.code: column.kind for column in columns}
        rows = tuple({code: value(cell, kinds[code]) for code, cell in row.items()} for row in told["rows"])
        return cls(columns, rows, int(told["as_of"]["position"]), told["source"])

    def only(self, *kinds: str) -> Table:
        """Of its columns those of these kinds."""
        return replace(self, columns=tuple(column for column in self.columns if column.kind in kinds))

    def labelled(self) -> Table:
        """With a column of labels behind each of codes that has any, as `labels=both` has it."""
        columns: list[Column] = []
        for column in self.columns:
            columns.append(column)
            if column.kind == "code" and column.labels:
                columns.append(Column(f"{column.code}_label", "text", "attribute", {}))
        labelled = [column for column in self.columns if column.kind == "code" and column.labels]
        rows = tuple(
            row | {f"{column.code}_label": column.labels.get(row[column.code], row[column.code]) for column in labelled}
            for row in self.rows
        )
        return replace(self, columns=tuple(columns), rows=rows)

    def pin(self) -> dict[str, str]:
        """What gives the same again, whatever happens: its release, or its position."""
        asked = dict(parse_qsl(urlsplit(self.source).query))
        return {name: asked[name] for name in ("release", "as_of") if name in asked}

    def numbers(self) -> int:
        """How many numbers it has."""
        codes = [column.code for column in self.columns if column.kind in NUMBERS]
        return sum(row[code] is not None for row in self.rows for code in codes)


def value(cell: Any, kind: str) -> Any:
    """What a program read in a column of this kind, in Python's own type. An empty text is as good as none: not every program knows
    one from the other."""
    if cell is None or cell == "" or (not isinstance(cell, str) and cell != cell):
        return None
    if kind in WORDS:
        return str(cell)
    if kind in NUMBERS:
        return cell if isinstance(cell, (Decimal, str)) else Decimal(repr(float(cell)))
    if kind == "boolean":
        assert isinstance(cell, bool) or str(cell) in ("True", "False"), repr(cell)
        return str(cell) == "True"
    if kind == "date":
        if isinstance(cell, datetime.datetime):
            assert cell.time() == datetime.time(), cell
            return cell.date()
        return cell if isinstance(cell, datetime.date) else datetime.date.fromisoformat(cell)
    assert kind == "time", kind
    # Some are of a class of pandas' own.
    moment = datetime.datetime.fromisoformat(cell if isinstance(cell, str) else cell.isoformat())
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def same(expected: Any, actual: Any) -> bool:
    """Whether a cell was read as it is. A double is the number that is nearest to it."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return float(expected) == float(actual)
    return type(expected) is type(actual) and expected == actual


def within_milliseconds(expected: Any, actual: Any) -> bool:
    """The same, where instants are days and parts of days in a double."""
    if isinstance(expected, datetime.datetime) and isinstance(actual, datetime.datetime):
        return abs(expected - actual) <= datetime.timedelta(milliseconds=1)
    return same(expected, actual)


def nearly(expected: Any, actual: Any) -> bool:
    """The same, of what a program reads with the last digit of a double left to chance."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return math.isclose(expected, actual, rel_tol=1e-14)
    return same(expected, actual)


def differences(
    expected: Table,
    actual: Iterable[Row],
    write: Callable[[Any, Column], Any] = lambda cell, _: cell,
    equal: Callable[[Any, Any], bool] = same,
) -> list[str]:
    """Where what was read is not what is there; `write` is what the format makes of a cell."""
    found: list[str] = []
    count = 0
    for number, row in enumerate(actual):
        count += 1
        if number >= len(expected.rows):
            continue
        for column in expected.columns:
            if column.code not in row:
                return [f"there is no column {column.code}, but {', '.join(row)}"]
            wanted = value(write(expected.rows[number][column.code], column), column.kind)
            read = value(row[column.code], column.kind)
            if not equal(wanted, read):
                found.append(f"row {number + 1}, {column.code}: {wanted!r} was read as {read!r}")
    if count != len(expected.rows):
        found.append(f"of {len(expected.rows)} rows {count} were read")
    return found
