"""A collection's data package, as frictionless reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frictionless

from service import Reader


def download(reader: Reader, collection: str) -> Path:
    """The descriptor, with its data beside it."""
    folder = reader.folder / f"package-{reader.name}-{collection}"
    folder.mkdir()
    package = reader.get(f"/v1/collections/{collection}/datapackage").json()
    for resource in package["resources"]:
        file = f"{resource['name']}.csv"
        (folder / file).write_bytes(reader.get(resource["path"]).content)
        resource["path"] = file
    descriptor = folder / "datapackage.json"
    descriptor.write_text(json.dumps(package), "utf-8")
    return descriptor


def report(descriptor: Path) -> Any:
    # Without a bound frictionless stops at a thousand faults, and it trusts no path that is not below the folder.
    return frictionless.validate(str(descriptor))


def validate(reader: Reader, collection: str) -> int:
    """How many rows of the package are what its descriptor says; anything else ends the run."""
    descriptor = download(reader, collection)
    found = report(descriptor)
    if not found.valid:
        raise SystemExit(f"{reader.name} {collection}: {found.flatten(['title', 'rowNumber', 'fieldName', 'note'])[:10]}")
    assert not found.warnings, found.warnings
    assert len(found.tasks) == len(json.loads(descriptor.read_text('utf-8'))["resources"]), found
    return sum(task.stats.get("rows", 0) for task in found.tasks)
