"""The demonstration, as an officer and as anybody sees it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

FORMATS = {
    "json": "json",
    "jsonl": "jsonl",
    "csv": "csv",
    "xlsx": "xlsx",
    "parquet": "parquet",
    "json-stat": "stat.json",
}


class Refused(Exception):
    """An answer that is none: `code` is the problem's."""

    def __init__(self, response: requests.Response) -> None:
        self.code = response.json()["code"]
        super().__init__(f"{response.status_code} {response.url}: {response.text}")


@dataclass
class Reader:
    """Somebody who reads: with a token, or without."""

    name: str
    url: str
    token: str | None
    folder: Path
    session: requests.Session = field(default_factory=requests.Session)
    files: int = 0

    def ask(self, path: str, headers: dict[str, str], **parameters: str) -> requests.Response:
        if self.token:
            headers = headers | {"Authorization": f"Bearer {self.token}"}
        while True:
            response = self.session.get(self.url + path, params=parameters, headers=headers, timeout=120)
            if response.status_code != 429:
                return response
            time.sleep(float(response.headers["Retry-After"]))

    def get(self, path: str, **parameters: str) -> requests.Response:
        response = self.ask(path, {}, **parameters)
        if response.status_code != 200:
            raise Refused(response)
        return response

    def collections(self) -> list[str]:
        found = self.get("/v1/collections", limit="500").json()
        assert found["next"] is None and found["items"], found
        return [item["id"] for item in found["items"]]

    def download(self, path: str, kind: str, **parameters: str) -> Path:
        """A file of what there is in this format."""
        content = self.get(path, format=kind, **parameters).content
        self.files += 1
        file = self.folder / f"{self.name}-{self.files}.{FORMATS[kind]}"
        file.write_bytes(content)
        return file
