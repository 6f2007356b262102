"""A collection whose public figures stand on all replies: what the public is told of it, and what it is refused."""

from __future__ import annotations

import uuid
from typing import Any

import requests

from service import Reader, Refused

STATES = ("FIN", "SWE", "NOR", "KEN")
ANSWERS = {
    "A1": {"value": "yes"},
    "A3": {"value": 1998},
    "B1": {"value": "2010-12-31"},
    "D1": {"value": ["funds"]},
    "E1": {"value": "continued"},
    "F1": {"value": "yes"},
}
# What would tell more than States were told: the path, and the parameters.
REFUSED: tuple[tuple[str, dict[str, str]], ...] = (
    ("figures", {"group_by": "region"}),
    ("figures", {"group_by": "party"}),
    ("figures", {"filter": "A1:yes"}),
    ("figures", {"kinds": "member_state,observer_state"}),
    ("figures", {"classes": "5"}),
    ("cross-tables", {"rows": "A1", "columns": "F1"}),
    ("figures-over-time", {}),
    ("texts", {"question": "A6"}),
    ("datasets/answers", {}),
    ("datapackage", {}),
)


def play(url: str, token: str, like: str) -> str:
    """Opens one that asks what another does, enters replies, and releases its figures."""

    def call(method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
        response = requests.request(method, url + path, json=body, headers=headers, timeout=60)
        assert response.ok, f"{method} {path}: {response.text}"
        return response.json()

    shown = call("GET", f"/v1/collections/{like}")
    collection = call(
        "POST",
        "/v1/collections",
        {
            "instrument": shown["instrument"],
            "revision": shown["revision"],
            "title": {"en": "Figures that stand on all replies"},
            "reference": "CU/2026/1",
            "opened_on": "2026-01-01",
            "deadline": {"at": "2999-12-31", "time_zone": "UTC"},
            "basis": "all",
            "invited": {"parties": STATES},
        },
    )["id"]
    for number, state in enumerate(STATES):
        source = {"kind": "paper", "reference": f"NV/{number}", "received_on": "2026-02-01"}
        reply = call("POST", "/v1/replies", {"collection": collection, "party": state, "source": source})["id"]
        answers = ANSWERS | {"B2": {"value": 1000 * number}}
        call("PATCH", f"/v1/replies/{reply}/answers", {"answers": answers})
        call("POST", f"/v1/replies/{reply}/submission", {})
    call("POST", f"/v1/collections/{collection}/releases", {})
    return str(collection)


def check_refusals(anybody: Reader, officer: Reader, collection: str) -> None:
    for path, parameters in REFUSED:
        path = f"/v1/collections/{collection}/{path}"
        officer.get(path, **parameters)
        try:
            anybody.get(path, **parameters)
        except Refused as refused:
            assert refused.code == "breakdown_not_released", refused
        else:
            raise AssertionError(f"the public was told {path} {parameters}")
    listed = anybody.get("/v1/datasets").json()["items"]
    assert collection not in {item["collection"] for item in listed}
