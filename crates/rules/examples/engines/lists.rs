//! Lists: in brackets, and cells of this round and the last.

use crate::frames::Stand;
use crate::writer::{Of, Writer};

impl Writer<'_> {
    /// A value that a list of these can have.
    fn part(&mut self, of: Of, fuel: usize) -> String {
        match of {
            Of::Number => self.number(fuel),
            Of::Money => self.money(fuel),
            Of::Text => self.text(fuel),
            Of::Date => self.date(),
            Of::Month => self.month(),
            Of::Truth => self.truth(fuel),
            Of::Law | Of::Agreement | Of::Sanction => match self.name(of) {
                Some(name) if self.random.percent(40) => name,
                _ => format!("\"{}\"", self.random.one(of.codes(), "")),
            },
        }
    }

    fn in_brackets(&mut self, of: Of, fuel: usize) -> String {
        let mut parts: Vec<_> = (0..1 + self.random.below(3))
            .map(|_| self.part(of, fuel))
            .collect();
        if of == Of::Agreement {
            // Codes alone would be texts, which no choice is compared with.
            parts.push("B2".to_owned());
        }
        format!("[{}]", parts.join(", "))
    }

    pub(crate) fn list(&mut self, of: Of, fuel: usize) -> String {
        match self.cells(of) {
            Some(cells) if of == Of::Law || self.random.percent(60) => cells,
            _ => self.in_brackets(of, fuel),
        }
    }

    /// A list for `sum_known` and `count`, which look past what is not there, and not past what cannot be computed: in brackets no
    /// part can be both, since which reason is told first is not the same in every engine.
    pub(crate) fn known_list(&mut self, of: Of) -> String {
        match self.cells(of) {
            Some(cells) if of == Of::Law || self.random.percent(50) => return cells,
            _ => {}
        }
        let part = |writer: &mut Self| match (of, writer.random.below(6)) {
            (Of::Number, 0) => format!("{} - {}", writer.part(of, 0), writer.random.below(100)),
            (Of::Number, 1) => "1 / 0".to_owned(),
            (Of::Number, 2) => format!(
                "({} ? {} : N4)",
                writer.name(Of::Truth).unwrap_or_else(|| "B1".to_owned()),
                writer.part(of, 0)
            ),
            (Of::Number, 3) => writer.whole_literal(),
            _ => writer.part(of, 0),
        };
        let parts: Vec<_> = (0..1 + self.random.below(4)).map(|_| part(self)).collect();
        format!("[{}]", parts.join(", "))
    }

    /// A list of whatever, and of what.
    pub(crate) fn any_list(&mut self, fuel: usize) -> (String, Of) {
        let kinds = [
            Of::Number,
            Of::Number,
            Of::Money,
            Of::Text,
            Of::Date,
            Of::Truth,
            Of::Law,
            Of::Agreement,
        ];
        let of = kinds
            .get(self.random.below(kinds.len()))
            .copied()
            .unwrap_or(Of::Number);
        (self.list(of, fuel), of)
    }

    fn cells(&mut self, of: Of) -> Option<String> {
        self.patterns += 1;
        if self.patterns > 30 && of != Of::Law {
            return None;
        }
        if let (Some(cells), true) = (self.cells_here(of), self.random.percent(50)) {
            return Some(cells);
        }
        let patterns: &[&str] = match of {
            Of::Number => &[
                "\"P1.*.y2023\"",
                "\"P1.*.y2024\", \"P1.all.*\"",
                "\"P1.theft.*\"",
                "\"P1.*.*\"",
                "\"L1.*.cost\"",
                "\"P3.*.share\"",
                "\"P1.*.*\", \"P1.*.y2023\"",
                "\"N1\"",
                "\"D1\"",
            ],
            Of::Money => &["\"P3.*.fee\"", "\"L2.*.amount\"", "\"P3.police.fee\""],
            Of::Text => &["\"L1.*.title\"", "\"P2.*.definition\""],
            Of::Date => &["\"L2.*.day\""],
            Of::Law => &["\"L1.*.kind\""],
            Of::Agreement => &["\"P2.*.agrees\"", "\"P2.*.agrees\", \"P2.fraud.*\""],
            Of::Truth => &["\"B1\""],
            Of::Month | Of::Sanction => return None,
        };
        let pattern = self.random.one(patterns, "");
        let last = if self.random.percent(20) { "last." } else { "" };
        Some(format!("{last}cells({pattern})"))
    }

    /// Cells of the row or the entry.
    fn cells_here(&mut self, of: Of) -> Option<String> {
        let name = match (self.stand, of) {
            (Stand::Cell { this, .. }, Of::Number) if this.starts_with("P1") => self.random.one(
                &["row.cells(\"*\")", "row.cells(\"*\", \"y2023\")"],
                "row.cells(\"*\")",
            ),
            (Stand::Cell { this, .. }, Of::Number) if this.starts_with("P3") => {
                "row.cells(\"share\")"
            }
            (Stand::Cell { this, .. }, Of::Money) if this.starts_with("P3") => {
                "row.cells(\"*\", \"share\")"
            }
            (Stand::Part { list: "L1", .. }, Of::Number) => "entry.cells(\"cost\")",
            (Stand::Part { list: "L1", .. }, Of::Text) => "entry.cells(\"title\")",
            (Stand::Part { list: "L2", .. }, Of::Money) => "entry.cells(\"*\", \"day\")",
            _ => return None,
        };
        Some(name.to_owned())
    }
}
