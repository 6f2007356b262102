//! Rules that give numbers and amounts of money.

use crate::writer::{Of, Writer};

impl Writer<'_> {
    /// A number; what needs brackets in every place has them.
    pub(crate) fn number(&mut self, fuel: usize) -> String {
        if fuel == 0 {
            return self.plain_number();
        }
        let fuel = fuel - 1;
        match self.random.below(15) {
            14 => {
                let (one, other) = (self.long_literal(), self.long_literal());
                format!(
                    "({one} {} {other})",
                    self.random.one(&["+", "-", "*", "/"], "*")
                )
            }
            0..5 => {
                let operands = (0..2 + self.random.below(2))
                    .map(|_| self.number(fuel))
                    .collect();
                self.chain(operands, &["+", "-", "*", "/"])
            }
            5 => format!("({})", self.number(fuel)),
            6 => format!("-{}", self.bracketed(fuel)),
            7 => format!("abs({})", self.number(fuel)),
            8 => match self.random.below(3) {
                0 => format!("round({})", self.number(fuel)),
                _ => format!("round({}, {})", self.number(fuel), self.random.below(5)),
            },
            9 => {
                let (one, other) = (self.bracketed(fuel), self.bracketed(fuel));
                format!("(round({one}) % round({other}))")
            }
            10 => self.chosen(fuel, Self::number),
            11 => {
                let fold = self.random.one(&["sum", "min", "max"], "sum");
                format!("{fold}({})", self.list(Of::Number, fuel))
            }
            12 => format!("sum_known({})", self.known_list(Of::Number)),
            _ => self.counted(fuel),
        }
    }

    fn bracketed(&mut self, fuel: usize) -> String {
        format!("({})", self.number(fuel))
    }

    fn plain_number(&mut self) -> String {
        match self.random.below(10) {
            0 | 1 => self.whole_literal(),
            2 | 3 => self.decimal_literal(),
            4 => {
                if self.random.percent(20) {
                    let fuel = self.random.below(2);
                    return format!("({}).amount", self.money(fuel));
                }
                format!("{}.amount", self.money_name())
            }
            5 => self.counted(0),
            _ => self.name(Of::Number).unwrap_or_else(|| "N1".to_owned()),
        }
    }

    /// How many there are, and what days and months say.
    fn counted(&mut self, fuel: usize) -> String {
        match self.random.below(9) {
            0 => format!("size({})", self.text(fuel)),
            1 => format!("({}).size()", self.text(fuel)),
            2 => self
                .random
                .one(
                    &[
                        "size(B5)",
                        "B5.size()",
                        "size(L1)",
                        "size(L2)",
                        "size(last.L1)",
                    ],
                    "size(B5)",
                )
                .to_owned(),
            3 => {
                let (list, _) = self.any_list(fuel);
                format!("size({list})")
            }
            4 => {
                let of = [Of::Number, Of::Money, Of::Text, Of::Date, Of::Law];
                let of = of
                    .get(self.random.below(of.len()))
                    .copied()
                    .unwrap_or(Of::Number);
                format!("count({})", self.known_list(of))
            }
            5 => format!("year({})", self.date()),
            6 => format!("year({})", self.month()),
            _ => format!("days({}, {})", self.date(), self.date()),
        }
    }

    pub(crate) fn money_name(&mut self) -> String {
        self.name(Of::Money).unwrap_or_else(|| "B3".to_owned())
    }

    pub(crate) fn money(&mut self, fuel: usize) -> String {
        if fuel == 0 {
            return self.money_name();
        }
        let fuel = fuel - 1;
        match self.random.below(11) {
            0..3 => {
                let operands = (0..2 + self.random.below(2))
                    .map(|_| format!("({})", self.money(fuel)))
                    .collect();
                self.chain(operands, &["+", "-"])
            }
            3 | 4 => format!(
                "({}) {} ({})",
                self.money(fuel),
                self.random.one(&["*", "/"], "*"),
                self.number(fuel)
            ),
            5 => format!("({}) * ({})", self.number(fuel), self.money(fuel)),
            6 => format!("-({})", self.money(fuel)),
            7 => match self.random.below(2) {
                0 => format!("abs({})", self.money(fuel)),
                _ => format!("round({}, {})", self.money(fuel), self.random.below(3)),
            },
            8 => self.chosen(fuel, Self::money),
            9 => {
                let fold = self.random.one(&["sum", "min", "max"], "sum");
                format!("{fold}({})", self.list(Of::Money, fuel))
            }
            _ => format!("sum_known({})", self.known_list(Of::Money)),
        }
    }
}
