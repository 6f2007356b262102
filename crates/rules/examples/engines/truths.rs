//! Rules that are conditions.

use crate::writer::{Local, Of, Writer};

const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];
const EQUALITIES: [&str; 2] = ["==", "!="];

impl Writer<'_> {
    /// A condition, which can stand between `&&` and `||` as it is.
    pub(crate) fn truth(&mut self, fuel: usize) -> String {
        if fuel == 0 || self.random.percent(35) {
            return self.relation(fuel.saturating_sub(1));
        }
        let fuel = fuel - 1;
        match self.random.below(9) {
            0..4 => {
                let operands = (0..2 + self.random.below(2))
                    .map(|_| self.truth(fuel))
                    .collect();
                self.chain(operands, &["&&", "||"])
            }
            4 => format!("!{}", self.bracketed_truth(fuel)),
            5 => self.bracketed_truth(fuel),
            6 => self.chosen(fuel, Self::truth),
            7 => {
                let (one, other) = (self.bracketed_truth(fuel), self.bracketed_truth(fuel));
                format!("{one} {} {other}", self.random.one(&EQUALITIES, "=="))
            }
            _ => self.each(fuel),
        }
    }

    fn bracketed_truth(&mut self, fuel: usize) -> String {
        format!("({})", self.truth(fuel))
    }

    fn relation(&mut self, fuel: usize) -> String {
        match self.random.below(24) {
            0..5 => {
                let (one, other) = (self.number(fuel), self.number(fuel));
                let comparison = self.random.one(&COMPARISONS, "==");
                let more = self
                    .random
                    .one(&["", "", "", "", "", " == true", " != false"], "");
                format!("{one} {comparison} {other}{more}")
            }
            // What floats get wrong.
            5 => {
                let (one, other) = (self.decimal_literal(), self.decimal_literal());
                format!("{one} + {other} == {one} + {other} && D1 + {one} - {one} == D1")
            }
            // Which amounts are in one currency shows only if all are looked at.
            6 if self.random.percent(40) => {
                let (value, list) = (self.money_name(), self.list(Of::Money, 0));
                format!("{value} in {list}")
            }
            6 => format!(
                "{} {} {}",
                self.money(fuel),
                self.random.one(&COMPARISONS, "=="),
                self.money(fuel)
            ),
            7 | 8 => format!(
                "{} {} {}",
                self.date(),
                self.random.one(&COMPARISONS, "=="),
                self.date()
            ),
            9 => format!(
                "{} {} {}",
                self.month(),
                self.random.one(&COMPARISONS, "=="),
                self.month()
            ),
            10 => format!(
                "{} {} {}",
                self.text(fuel),
                self.random.one(&EQUALITIES, "=="),
                self.text(fuel)
            ),
            11 | 12 => self.on_text(fuel),
            13 => self.on_choice(),
            14..17 => self.presence(),
            17 => self.random.one(&["true", "false"], "true").to_owned(),
            18 => {
                let (list, of) = self.any_list(fuel);
                let value = self.one_of(of, fuel);
                format!("{value} in {list}")
            }
            19 => {
                let (list, _) = self.any_list(fuel);
                format!("distinct({list})")
            }
            20 | 21 => self.each(fuel),
            _ => self.name(Of::Truth).unwrap_or_else(|| "B1".to_owned()),
        }
    }

    fn one_of(&mut self, of: Of, fuel: usize) -> String {
        match of {
            Of::Number => self.number(fuel),
            Of::Money => self.money(fuel),
            Of::Text => self.text(fuel),
            Of::Date => self.date(),
            Of::Month => self.month(),
            Of::Truth => self.bracketed_truth(fuel),
            Of::Law | Of::Agreement | Of::Sanction => {
                let name = self.name(of).filter(|_| self.random.percent(50));
                name.unwrap_or_else(|| format!("\"{}\"", self.random.one(of.codes(), "")))
            }
        }
    }

    fn on_text(&mut self, fuel: usize) -> String {
        let text = format!("({})", self.text(fuel));
        match self.random.below(6) {
            0 => format!("{text}.contains({})", self.text(0)),
            1 => format!("{text}.startsWith({})", self.text(0)),
            2 => format!("{text}.endsWith({})", self.text(0)),
            3 => format!("matches({text}, {})", self.pattern_literal()),
            _ => format!("{text}.matches({})", self.pattern_literal()),
        }
    }

    fn on_choice(&mut self) -> String {
        match self.random.below(6) {
            0 => format!(
                "\"{}\" in B5",
                self.random.one(Of::Sanction.codes(), "fine")
            ),
            1 => format!("B9 {} \"first\"", self.random.one(&EQUALITIES, "==")),
            2 => "B2 == P2.theft.agrees".to_owned(),
            3 => "B2 in [\"yes\", 'in_part', P2.theft.agrees]".to_owned(),
            _ => {
                let code = self.random.one(Of::Agreement.codes(), "yes");
                let name = self.name(Of::Agreement).unwrap_or_else(|| "B2".to_owned());
                format!("{name} {} \"{code}\"", self.random.one(&EQUALITIES, "=="))
            }
        }
    }

    fn presence(&mut self) -> String {
        let name = self.any_name();
        let reason = self.random.one(
            &[
                "not_available",
                "not_applicable",
                "not_collected",
                "confidential",
            ],
            "confidential",
        );
        match self.random.below(5) {
            0 | 1 => format!("has({name})"),
            2 => format!("answered({name})"),
            3 => format!("missing({name})"),
            _ => format!("missing({name}, \"{reason}\")"),
        }
    }

    /// `list.all(x, …)`, `list.exists(x, …)`.
    fn each(&mut self, fuel: usize) -> String {
        let (list, of) = match self.random.below(8) {
            0 => ("B5".to_owned(), Of::Sanction),
            _ => self.any_list(0),
        };
        let Some(name) = ["x", "y", "entry_", "now"].get(self.locals.len()).copied() else {
            return "B1".to_owned();
        };
        let quantifier = self.random.one(&["all", "exists"], "all");
        self.locals.push(Local { name, of });
        let about = match self.random.below(4) {
            0 => format!("has({name})"),
            1 => format!("!has({name})"),
            2 => self.truth(fuel),
            _ => {
                let comparison = match of {
                    Of::Number | Of::Money | Of::Date | Of::Month => {
                        self.random.one(&COMPARISONS, "==")
                    }
                    _ => self.random.one(&EQUALITIES, "=="),
                };
                format!("{name} {comparison} {}", self.one_of(of, 0))
            }
        };
        let more = match self.random.below(3) {
            0 => format!(
                " {} {}",
                self.random.one(&["&&", "||"], "||"),
                self.truth(fuel)
            ),
            _ => String::new(),
        };
        self.locals.pop();
        format!("{list}.{quantifier}({name}, {about}{more})")
    }
}
