//! Writes rules that are well typed, with every operator and function, and every way to spell them.

use rules::Kind;

use crate::frames::Stand;
use crate::random::Random;

/// What a generated value is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Of {
    Number,
    Money,
    Text,
    Date,
    Month,
    Truth,
    /// A choice of `law` and `decree`.
    Law,
    /// A choice of `yes`, `no` and `in_part`.
    Agreement,
    /// One of what was chosen of several: `prison`, `probation`, `fine`.
    Sanction,
}

impl Of {
    /// The types of the fields that hold it.
    pub(crate) fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Number => &[Kind::Whole, Kind::Decimal, Kind::Year],
            Self::Money => &[Kind::Money],
            Self::Text => &[Kind::Text],
            Self::Date => &[Kind::Date],
            Self::Month => &[Kind::Month],
            Self::Truth => &[Kind::Bool],
            Self::Law | Self::Agreement | Self::Sanction => &[],
        }
    }

    /// The codes of a choice.
    pub(crate) fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Law => &["law", "decree"],
            Self::Agreement => &["yes", "no", "in_part"],
            Self::Sanction => &["prison", "probation", "fine"],
            _ => &[],
        }
    }
}

/// A name that `all` or `exists` gives, and what it stands for.
pub(crate) struct Local {
    pub(crate) name: &'static str,
    pub(crate) of: Of,
}

pub(crate) struct Writer<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) stand: &'a Stand,
    pub(crate) locals: Vec<Local>,
    pub(crate) patterns: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(random: &'a mut Random, stand: &'a Stand) -> Self {
        Self {
            random,
            stand,
            locals: Vec::new(),
            patterns: 0,
        }
    }

    /// A rule: most often a condition, as most are.
    pub(crate) fn rule(&mut self) -> String {
        let fuel = self.random.below(5);
        match self.random.below(20) {
            0..11 => self.truth(fuel),
            11..16 => self.number(fuel),
            16 | 17 => self.money(fuel),
            18 => self.text(fuel),
            _ => self.day(fuel),
        }
    }

    /// `condition ? one : other`, in brackets.
    pub(crate) fn chosen(&mut self, fuel: usize, of: fn(&mut Self, usize) -> String) -> String {
        let condition = self.truth(fuel);
        let (one, other) = (of(self, fuel), of(self, fuel));
        format!("({condition} ? {one} : {other})")
    }

    /// Operands with operators between them, with spaces, newlines and comments as people write them.
    pub(crate) fn chain(&mut self, operands: Vec<String>, operators: &[&'static str]) -> String {
        let mut written = String::new();
        for operand in operands {
            if !written.is_empty() {
                let space = match self.random.below(20) {
                    0 => "\n",
                    1 => " // and\n",
                    2 if !written.ends_with('/') => "",
                    _ => " ",
                };
                let operator = self.random.one(operators, "");
                written.push_str(&format!("{space}{operator} "));
            }
            written.push_str(&operand);
        }
        written
    }
}
