"""A second computation of the figures, by DuckDB's SQL over the data set of answers."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb

from table import Table

Figures = dict[tuple[str, str, str], float]

SUMMARY = """
    min(number) AS min, quantile_cont(number, 0.25) AS first_quartile, median(number) AS median,
    quantile_cont(number, 0.75) AS third_quartile, max(number) AS max, avg(number) AS mean
"""
STATES = "FROM read_parquet($file) WHERE kind = 'member_state' AND entry IS NULL"


def computed(answers: Path) -> Figures:
    """By question, measure and category."""

    def rows(sql: str) -> list[tuple[object, ...]]:
        return duckdb.sql(sql, params={"file": str(answers)}).fetchall()

    found: Figures = {}
    for question, status, count in rows(f"SELECT field, status, count(DISTINCT reply) {STATES} GROUP BY ALL"):
        status = "answered" if status == "redacted" else status
        found[question, status, "all"] = found.get((question, status, "all"), 0) + count
    for question, option, count in rows(
        f"SELECT field, option, count(DISTINCT reply) {STATES} AND option IS NOT NULL GROUP BY ALL"
    ):
        found[question, "chosen", option] = count
    for question, year, count in rows(f"SELECT field, year(date), count(*) {STATES} AND date IS NOT NULL GROUP BY ALL"):
        found[question, "chosen", str(year)] = count
    measures = ("min", "first_quartile", "median", "third_quartile", "max", "mean")
    for question, currency, *summary in rows(
        f"SELECT field, coalesce(currency, 'all'), {SUMMARY} {STATES} AND number IS NOT NULL GROUP BY ALL"
    ):
        found |= {(question, measure, currency): number for measure, number in zip(measures, summary, strict=True)}
    return found


def differences(figures: Table, answers: Path) -> tuple[list[str], int]:
    """Where figures of all questions, not grouped, differ from what was computed; how many do not."""
    found, again = [], computed(answers)
    told = {(row["question"], row["measure"], row["category"]): row["value"] for row in figures.rows}
    measures = {measure for _, measure, _ in again}
    questions = {question for question, _, _ in told}
    count = 0
    for key, figure in told.items():
        if key[1] not in measures or figure is None:
            continue
        count += 1
        number = again.pop(key, 0)
        # A mean is told to ten places, and doubles are not exact.
        if not math.isclose(figure, number, rel_tol=1e-12, abs_tol=1e-10):
            found.append(f"{key}: {figure} was computed as {number}")
    found.extend(f"{key}: {number} is not told" for key, number in again.items() if key[0] in questions)
    return found, count
