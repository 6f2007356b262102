"""Takes the same figures and data sets in every format, has other people's programs read them, and compares all numbers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import alteration
import basis_all
import package
import second
from programs import READERS, xlsx_by_libreoffice
from service import Reader, Refused
from table import Table

# What differs; none where the program does not read the file.
Check = Callable[[Table, Path], list[str] | None]

# What the public is refused, where nothing is released.
NOT_RELEASED = "not_released"


class Comparison:
    """All that was compared."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def compare(self, table: Table, file: Path, check: Check, what: str) -> None:
        found = check(table, file)
        if found is None:
            return
        if found:
            shown = "\n  ".join(found[:10])
            sys.exit(f"{what}: {check.__name__} differs in {len(found)} places\n  {shown}")
        self.counts[check.__name__] += table.numbers()

    def compare_formats(self, reader: Reader, path: str, formats: tuple[str, ...], **parameters: str) -> Table:
        """Compares what a path gives in all formats, as of the same position."""
        table = Table.read(reader.download(path, "json", **parameters))
        for kind in formats:
            file = reader.download(path, kind, **parameters, **table.pin())
            is_labelled = parameters.get("labels") == "both" and kind != "json-stat"
            for check in READERS[kind]:
                what = f"{reader.name} {path} {parameters} {kind}"
                self.compare(table.labelled() if is_labelled else table, file, check, what)
        return table


ALL_FORMATS = tuple(READERS)
FORMATS_OF_DATASETS = tuple(kind for kind in READERS if kind != "json-stat")


def inquiries(collection: str, figures: Table) -> Iterator[tuple[str, dict[str, str]]]:
    """Figures of a collection, each another shape of table."""
    path = f"/v1/collections/{collection}"
    chosen = {row["question"]: None for row in figures.rows if row["measure"] == "chosen"}
    first, second = list(chosen)[0], list(chosen)[-1]
    yield f"{path}/figures", {"group_by": "regional_group", "questions": f"{first},{second}"}
    yield f"{path}/figures", {"group_by": "party", "questions": second}
    yield f"{path}/figures", {"labels": "both", "lang": "ar"}
    yield f"{path}/figures", {"classes": "5", "kinds": "member_state,observer_state,igo,ngo"}
    yield f"{path}/figures", {"filter": f"regional_group:african|weog,{first}:answered"}
    yield f"{path}/cross-tables", {"rows": first, "columns": second, "group_by": "region"}
    yield f"{path}/figures-over-time", {"questions": first, "interval": "month"}


def compare_figures(comparison: Comparison, reader: Reader, collections: list[str]) -> list[tuple[str, Table]]:
    """All figures of all collections, and change between each two. Those of all questions of a collection are given back."""
    found = []
    for collection in collections:
        path = f"/v1/collections/{collection}/figures"
        try:
            figures = comparison.compare_formats(reader, path, ALL_FORMATS)
        except Refused as refused:
            if reader.token or refused.code != NOT_RELEASED:
                raise
            continue
        assert figures.numbers() > 50, path
        found.append((path, figures))
        for path, parameters in inquiries(collection, figures):
            comparison.compare_formats(reader, path, ALL_FORMATS, **parameters)
    for later in collections:
        for earlier in collections:
            try:
                path = f"/v1/collections/{later}/changes"
                comparison.compare_formats(reader, path, ALL_FORMATS, since=earlier)
            except Refused as refused:
                if refused.code not in ("no_common_question", NOT_RELEASED):
                    raise
    return found


def compare_datasets(comparison: Comparison, reader: Reader) -> int:
    """All data sets of all collections."""
    catalogue = reader.get("/v1/datasets").json()["items"]
    for item in catalogue:
        table = comparison.compare_formats(reader, item["address"], FORMATS_OF_DATASETS)
        assert [column.code for column in table.columns] == item["columns"], item
        keys = Counter(tuple(row[code] for code in item["key"]) for row in table.rows)
        assert not table.rows or max(keys.values()) == 1, item["dataset"]
    return len(catalogue)


def compare_second_computation(comparison: Comparison, reader: Reader, figures: list[tuple[str, Table]]) -> None:
    """Figures against what is computed of the answers; and that one that is wrong would be found."""
    for path, table in figures:
        answers = reader.download(path.replace("/figures", "/datasets/answers"), "parquet", **table.pin())
        found, count = second.differences(table, answers)
        if found:
            sys.exit(f"{path}: a second computation differs\n  " + "\n  ".join(found[:10]))
        assert count > 5, path
        wrong = [row | {"value": row["value"] + 1} if row["measure"] == "median" and row["value"] else row for row in table.rows]
        assert second.differences(replace(table, rows=tuple(wrong)), answers)[0] or wrong == list(table.rows)
        comparison.counts["computed again by duckdb"] += count


def compare_tags(officer: Reader, anybody: Reader, path: str) -> None:
    """What is known is not sent again, and what one reader knows is not what another is told."""
    tags = [reader.get(path).headers["ETag"] for reader in (officer, anybody)]
    for reader, tag, other in zip((officer, anybody), tags, reversed(tags), strict=True):
        assert reader.ask(path, {"If-None-Match": tag}).status_code == 304, tag
        assert reader.ask(path, {"If-None-Match": other}).status_code == 200, tags


def compare_basis_all(comparison: Comparison, officer: Reader, anybody: Reader, collection: str) -> None:
    """Of a collection whose public figures stand on all replies, the public is told counts, in every format."""
    path = f"/v1/collections/{collection}/figures"
    for reader in (officer, anybody):
        for parameters in ({}, {"group_by": "regional_group"}):
            table = comparison.compare_formats(reader, path, ALL_FORMATS, **parameters)
            measures = {row["measure"] for row in table.rows}
            assert {"replied", "counted", "answered", "chosen", "share"} <= measures, measures
            assert ("median" in measures) == (reader is officer), measures
            counted = {row["value"] for row in table.rows if row["measure"] == "counted" and row.get("regional_group", "all") == "all"}
            assert counted == {len(basis_all.STATES)}, counted
    basis_all.check_refusals(anybody, officer, collection)
    print(f"on all replies: {len(basis_all.REFUSED)} things are refused to the public, and counts are not")


def main(url: str, token: str, secretariat: str, collection: str, folder: Path) -> None:
    comparison = Comparison()
    officer, anybody = Reader("officer", url, token, folder), Reader("public", url, None, folder)
    collections = officer.collections()
    for reader in (officer, anybody):
        figures = compare_figures(comparison, reader, collections)
        assert len(figures) == len(collections) if reader is officer else figures, "nothing is released"
        datasets = compare_datasets(comparison, reader)
        assert datasets >= 3 * len(figures), datasets
        rows = sum(package.validate(reader, collection) for collection in collections)
        assert rows > 0
        print(f"{reader.name}: figures of {len(figures)} collections, {datasets} data sets, packages of {rows} rows")

        path, table = max(figures, key=lambda found: found[1].numbers())
        book = reader.download(path, "xlsx", **table.pin())
        comparison.compare(table, book, xlsx_by_libreoffice, f"{reader.name} {path}")
        if reader is officer:
            compare_second_computation(comparison, reader, figures)
            path, table = figures[0]
            alteration.prove(reader, path, table, collections[0])
    compare_basis_all(comparison, officer, anybody, basis_all.play(url, secretariat, collection))
    for path, _ in figures:
        compare_tags(officer, anybody, path)
    for name, count in sorted(comparison.counts.items()):
        assert count > 0, name
        print(f"  {name}: {count} numbers")


if __name__ == "__main__":
    main(*sys.argv[1:5], Path(sys.argv[5]))
