//! Makes drawn answers such that they can be submitted: they are checked, what a fault names is mended or drawn again, and what
//! cannot be mended in so many rounds is explained, missing or blank.

use serde_json::{Value, json};

use super::checks::{Check, Checks};
use super::comparison::Mend;
use super::drawing::missing_answer;
use super::sight::{Sight, Site, is_at};
use super::{Answers, Respondent};
use domain::fault::{self, Fault};
use domain::phrase::PlaceholderValue;
use domain::questionnaire::{Field, FieldPlace, FieldType, Requirement, check_submission};
use rules::Number;

/// So often is something mended or drawn again.
const ROUNDS: u32 = 16;
/// So often is what is left taken away.
const LAST_ROUNDS: u32 = 8;

/// How a round goes about a fault.
#[derive(Clone, Copy)]
struct Attempt {
    round: u32,
    is_last: bool,
}

impl Respondent<'_> {
    /// Makes them such that they can be submitted.
    pub(super) fn mend(&self, answers: &mut Answers) {
        let checks = Checks::of(self.form);
        for round in 0..ROUNDS + LAST_ROUNDS {
            let verdict = check_submission(self.form, &self.stored(answers), None);
            answers
                .retain(|address, _| !verdict.irrelevant.iter().any(|path| is_at(address, path)));
            if verdict.faults.is_empty() {
                return;
            }
            let sight = Sight::new(self.form, &verdict);
            if round == 0 {
                self.make_totals(&checks, &sight, answers);
            }
            let attempt = Attempt {
                round,
                is_last: round >= ROUNDS,
            };
            for fault in &verdict.faults {
                let Some(address) = fault.pointer.strip_prefix("/answers/") else {
                    continue;
                };
                match check_code(fault).and_then(|code| checks.find(address, code)) {
                    Some(check) => self.mend_check(check, fault, &sight, attempt, answers),
                    None => self.mend_field(address, attempt, answers),
                }
            }
        }
    }

    /// Makes totals of what stands in all tables, whether their checks hold or not: where a part is missing, nobody would see that
    /// a total is less than the rest.
    fn make_totals(&self, checks: &Checks, sight: &Sight<'_>, answers: &mut Answers) {
        for field in self.form.fields() {
            if let FieldPlace::Check(code) = &field.place
                && let Some(check) = checks.find(&field.address, code)
                && !field.is_of_entries()
            {
                let within = within(&field.address);
                let mends = sight.mends(&Site { check, within }, &check.rule, answers);
                for mend in mends {
                    self.apply(mend, answers);
                }
            }
        }
    }

    fn mend_check(
        &self,
        check: &Check,
        fault: &Fault,
        sight: &Sight<'_>,
        attempt: Attempt,
        answers: &mut Answers,
    ) {
        let address = fault.pointer.trim_start_matches("/answers/");
        let site = Site {
            check,
            within: within(address),
        };
        if !attempt.is_last {
            let mends = sight.mends(&site, &check.rule, answers);
            let is_mended = !mends.is_empty();
            for mend in mends {
                self.apply(mend, answers);
            }
            if is_mended {
                return;
            }
        }
        if fault.code == fault::EXPLANATION_MISSING.code {
            let mut random = self.random(address, "explanation");
            let code = check_code(fault).unwrap_or_default();
            let words = self.writer.words;
            let words = words.explain(code, self.writer.lang, &mut random);
            answers.extend(words.map(|words| (address.to_owned(), json!({"value": words}))));
            return;
        }
        let named = sight.names(&site, &check.rule);
        match named.iter().find(|named| *named == address) {
            // What it stands on is tried first, and then whatever it names.
            Some(this) if attempt.round == 0 => self.mend_field(this, attempt, answers),
            _ => {
                for named in named {
                    self.mend_field(&named, attempt, answers);
                }
            }
        }
    }

    fn apply(&self, mend: Mend, answers: &mut Answers) {
        match mend {
            Mend::Becomes(address, number) => self.put(&address, number, answers),
            Mend::Swap(first, last) => {
                let value = |address: &str| answers.get(address)?.get("value").cloned();
                let (one, other) = (value(&first), value(&last));
                for (address, value) in [(first, other), (last, one)] {
                    if let Some((answer, value)) = answers.get_mut(&address).zip(value) {
                        answer["value"] = value;
                    }
                }
            }
            Mend::ShareOut(cells, total) => self.share_out(&cells, total, answers),
        }
    }

    /// Gives a field a figure, as far as it takes such.
    fn put(&self, address: &str, number: Number, answers: &mut Answers) {
        let kind = self.form.field(address);
        let value = match kind.and_then(|located| located.field.value_type()) {
            Some(FieldType::WholeNumber(_)) => number.to_i64().map(Value::from),
            Some(FieldType::Decimal(_) | FieldType::Percentage(_)) => {
                Some(Value::from(number.to_string()))
            }
            _ => None,
        };
        // Where it says why there is none, it goes on to.
        let answer = answers.get_mut(address);
        let answer = answer.filter(|answer| answer.get("value").is_some());
        if let Some((answer, value)) = answer.zip(value) {
            answer["value"] = value;
        }
    }

    /// Makes figures add up to a total, each in the proportion in which it was drawn: in tenths.
    fn share_out(&self, cells: &[String], total: Number, answers: &mut Answers) {
        let tenths = |number: Number| number.times(10.into()).ok()?.rounded(0).to_i64();
        let drawn = |address: &String| {
            let value = answers.get(address)?.get("value")?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            tenths(text.parse().ok()?)
        };
        let Some(weights) = cells.iter().map(drawn).collect::<Option<Vec<i64>>>() else {
            return;
        };
        let (Some(total), sum) = (tenths(total), weights.iter().sum::<i64>().max(1)) else {
            return;
        };
        let mut left = total;
        for (place, (address, weight)) in cells.iter().zip(weights).enumerate() {
            let is_last = place + 1 == cells.len();
            let share = if is_last { left } else { total * weight / sum };
            left -= share;
            let share = format!("{}.{}", share / 10, share % 10);
            if let Ok(number) = share.parse() {
                self.put(address, number, answers);
            }
        }
    }

    /// Draws a field again, so that it has a value; in the last rounds it is missing or blank.
    fn mend_field(&self, address: &str, attempt: Attempt, answers: &mut Answers) {
        let Some(located) = self.form.field(address) else {
            return;
        };
        let field = located.field;
        if field.place == FieldPlace::List {
            return self.add_entry(located.index, field, 1, answers);
        }
        let mut random = self.random(address, &format!("round {}", attempt.round));
        let drawn = self.value(field, &mut random).filter(|_| !attempt.is_last);
        match drawn.or_else(|| missing_answer(field, &mut random)) {
            Some(answer) => {
                answers.insert(address.to_owned(), answer);
            }
            None => self.take_away(field, address, located.entry, answers),
        }
    }

    /// Leaves a field blank; where that cannot be, and it is of an entry, the entry goes.
    fn take_away(&self, field: &Field, address: &str, entry: Option<&str>, answers: &mut Answers) {
        let list = address.split('.').next().unwrap_or(address);
        match entry {
            Some(entry) if field.required != Requirement::Never => {
                let entry = format!("{list}.{entry}");
                answers.retain(|address, _| !is_at(address, &entry));
            }
            _ => {
                answers.remove(address);
            }
        }
    }
}

/// The row or the entry of a check that does not hold: `checks.<code>.<row>` where it is explained, `<table>.<row>.<column>` where
/// it is refused.
fn within(address: &str) -> Option<&str> {
    let mut parts = address.split('.');
    match parts.next() {
        Some("checks") => parts.nth(1),
        _ => parts.next(),
    }
}

/// The code of the check that does not hold.
fn check_code(fault: &Fault) -> Option<&str> {
    let mut args = fault.args.iter();
    args.find_map(|(name, value)| match value {
        PlaceholderValue::Same(code) if *name == "check" => Some(code.as_str()),
        _ => None,
    })
}
