"""Takes the same figures and data sets in every format, has other people's programs read them, and compares all numbers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import alteration
import package
from programs import READERS, xlsx_by_libreoffice
from service import Reader, Refused
from table import Table

Check = Callable[[Table, Path], list[str]]

# What the public is refused, where nothing is released.
NOT_RELEASED = "not_released"


class Comparison:
    """All that was compared."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def compare(self, table: Table, file: Path, check: Check, what: str) -> None:
        found = check(table, file)
        if found:
            shown = "\n  ".join(found[:10])
            sys.exit(f"{what}: {check.__name__} differs in {len(found)} places\n  {shown}")
        self.counts[check.__name__] += table.numbers()

    def compare_formats(self, reader: Reader, path: str, formats: tuple[str, ...], **parameters: str) -> Table:
        """Compares what a path gives in all formats, as of the same position."""
        table = Table.read(reader.download(path, "json", **parameters))
        pinned = parameters if "release" in parameters else parameters | {"as_of": str(table.position)}
        for kind in formats:
            file = reader.download(path, kind, **pinned)
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


def main(url: str, token: str, folder: Path) -> None:
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

        path, table = figures[0]
        pinned = {} if reader is anybody else {"as_of": str(table.position)}
        book = reader.download(path, "xlsx", **pinned)
        comparison.compare(table, book, xlsx_by_libreoffice, f"{reader.name} {path}")
        if reader is officer:
            alteration.prove(reader, path, table, collections[0])
    for name, count in sorted(comparison.counts.items()):
        assert count > 0, name
        print(f"  {name}: {count} numbers")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
