//! The functions that there are, and how each is written.

/// Names and forms, as a fault tells them.
pub(crate) const FUNCTIONS: [(&str, &str); 24] = [
    ("abs", "abs(number)"),
    ("all", "cells(\"pattern\").all(x, condition)"),
    ("answered", "answered(field)"),
    ("cells", super::cells::CELLS),
    ("contains", "text.contains(\"part\")"),
    ("count", "count(list)"),
    ("date", "date(\"2024-01-31\")"),
    ("days", "days(from, to)"),
    ("distinct", "distinct(list)"),
    ("endsWith", "text.endsWith(\"end\")"),
    ("exists", "cells(\"pattern\").exists(x, condition)"),
    ("field", super::cells::FIELD),
    ("has", "has(field)"),
    ("matches", "text.matches(\"regular expression\")"),
    ("max", "max(list)"),
    ("min", "min(list)"),
    (
        "missing",
        "missing(field) or missing(field, \"not_available\")",
    ),
    ("month", "month(\"2024-01\")"),
    ("round", "round(number) or round(number, places)"),
    ("size", "size(text or list)"),
    ("startsWith", "text.startsWith(\"beginning\")"),
    ("sum", "sum(list)"),
    ("sum_known", "sum_known(list)"),
    ("year", "year(date or month)"),
];

/// How a function is written.
pub(super) fn form(name: &str) -> &'static str {
    let found = FUNCTIONS.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, form)| form)
}
