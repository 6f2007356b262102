//! Numbers, texts and patterns as rules write them.

use crate::writer::Writer;

const TEXTS: [&str; 14] = [
    "Schöffen",
    "",
    "a",
    "ab",
    "Act",
    "ö",
    "x_1",
    "EUR",
    "USD",
    "𝒜",
    "a.b\\d\"'",
    "line\nbreak",
    "\t",
    "\u{7f}",
];

const PATTERNS: [&str; 23] = [
    "^[A-Z].+n$",
    "^\\d+$",
    "^\\w+$",
    "^\\pL+$",
    "\\s",
    "\\bAct\\b",
    "^.$",
    "(?i)^act",
    "a\\.b",
    "^[\\w ]+$",
    "^[^\\s]+$",
    "^$",
    "[[:alpha:]]+",
    "(a|b)+$",
    "a{1,2}b?",
    "^\\p{Greek}*$",
    "\\x{1D49C}",
    "\\D",
    "[^\\d]",
    "(?s)line.break",
    "line.break",
    "(?m)^break$",
    "\\W$",
];

impl Writer<'_> {
    pub(crate) fn whole_literal(&mut self) -> String {
        let digits = match self.random.below(100) {
            0..20 => return "0".to_owned(),
            20..90 => 1 + self.random.below(3),
            90..97 => 1 + self.random.below(20),
            _ => 1 + self.random.below(38),
        };
        self.random.digits(digits)
    }

    pub(crate) fn decimal_literal(&mut self) -> String {
        let places = match self.random.below(100) {
            0..85 => 1 + self.random.below(2),
            85..95 => 1 + self.random.below(8),
            _ => 1 + self.random.below(29),
        };
        let whole = self.random.below(20);
        let places = self.random.digits(places);
        let nought = self.random.one(&["", "", "0"], "");
        format!("{whole}.{nought}{places}")
    }

    /// A number that is about as long as one may be, whose results are as long or longer.
    pub(crate) fn long_literal(&mut self) -> String {
        let count = 1 + self.random.below(3);
        let digits = self.random.digits(count);
        match self.random.below(4) {
            0 => format!("{digits}{}", "0".repeat(33 + self.random.below(3))),
            1 => format!("0.{}{digits}", "0".repeat(self.random.below(28))),
            2 => {
                let digits = 36 + self.random.below(3);
                self.random.digits(digits)
            }
            _ => {
                let (before, after) = (1 + self.random.below(20), 1 + self.random.below(18));
                format!(
                    "{}.{}",
                    self.random.digits(before),
                    self.random.digits(after)
                )
            }
        }
    }

    /// A text in quotation marks of one kind or the other, raw or not.
    pub(crate) fn text_literal(&mut self) -> String {
        let text = self.random.one(&TEXTS, "");
        self.quoted(text)
    }

    pub(crate) fn pattern_literal(&mut self) -> String {
        if self.random.percent(70) {
            let pattern = self.random.one(&PATTERNS, "a");
            return self.quoted(pattern);
        }
        let atoms = [
            "a", "b", ".", "\\d", "\\w", "\\S", "[a-c]", "[^a]", "(a|b)", "ö", "\\pL", "\\s",
            "[\\n\\t]", "\\.",
        ];
        let after = ["", "", "", "*", "+", "?", "{1,3}", "+?"];
        let count = 1 + self.random.below(4);
        let mut pattern = String::from(self.random.one(&["", "^"], ""));
        for _ in 0..count {
            pattern.push_str(self.random.one(&atoms, "a"));
            pattern.push_str(self.random.one(&after, ""));
        }
        pattern.push_str(self.random.one(&["", "$"], ""));
        self.quoted(&pattern)
    }

    fn quoted(&mut self, text: &str) -> String {
        let is_plain = !text.contains(['"', '\'', '\n']);
        match self.random.below(6) {
            0 if is_plain => return format!("r\"{text}\""),
            1 if is_plain => return format!("r'{text}'"),
            _ => {}
        }
        let mark = if self.random.percent(20) { '\'' } else { '"' };
        let is_coded = self.random.percent(10);
        let mut written = String::from(mark);
        for letter in text.chars() {
            match letter {
                '\\' | '"' | '\'' => written.extend(['\\', letter]),
                '\n' => written.push_str("\\n"),
                '\t' => written.push_str("\\t"),
                letter if is_coded && u32::from(letter) > 0xffff => {
                    written.push_str(&format!("\\U{:08x}", u32::from(letter)));
                }
                letter if is_coded => written.push_str(&format!("\\u{:04X}", u32::from(letter))),
                letter => written.push(letter),
            }
        }
        written.push(mark);
        written
    }
}
