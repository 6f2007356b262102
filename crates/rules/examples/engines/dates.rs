//! Rules that give days, months and texts.

use crate::sheet;
use crate::writer::{Of, Writer};

impl Writer<'_> {
    pub(crate) fn date(&mut self) -> String {
        match self.random.below(10) {
            0..3 => format!("date(\"{}\")", sheet::day(self.random)),
            3 => {
                let fold = self.random.one(&["min", "max"], "min");
                format!("{fold}({})", self.list(Of::Date, 0))
            }
            _ => self.name(Of::Date).unwrap_or_else(|| "B7".to_owned()),
        }
    }

    pub(crate) fn month(&mut self) -> String {
        let day = sheet::day(self.random);
        match self.random.below(5) {
            0 | 1 => format!("month(\"{}\")", day.get(..7).unwrap_or("2024-01")),
            _ => self.name(Of::Month).unwrap_or_else(|| "B8".to_owned()),
        }
    }

    /// A day or a month.
    pub(crate) fn day(&mut self, fuel: usize) -> String {
        match self.random.below(4) {
            0 if fuel > 0 => self.chosen(fuel - 1, |writer, _| writer.date()),
            1 => self.month(),
            _ => self.date(),
        }
    }

    pub(crate) fn text(&mut self, fuel: usize) -> String {
        match self.random.below(8) {
            0 | 1 => self.text_literal(),
            2 => format!("{}.currency", self.money_name()),
            3 if fuel > 1 => format!("({}).currency", self.money(fuel - 1)),
            3 if fuel > 0 => self.chosen(fuel - 1, Self::text),
            _ => self.name(Of::Text).unwrap_or_else(|| "B4".to_owned()),
        }
    }
}
