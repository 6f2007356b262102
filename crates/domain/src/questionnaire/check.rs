//! Whether a questionnaire makes sense. Every fault is listed at once.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::super::decimal::MAX_DIGITS;
use super::super::fault::{self, Fault, FaultCode, pointer};
use super::{
    Choice, Lang, MAX_ANSWER_CHARS, MAX_OPTIONS, MAX_QUESTIONS, MAX_TEXT_CHARS, OptionSource,
    Question, QuestionType, Questionnaire, Section, Texts,
};

impl Questionnaire {
    /// Every fault of the questionnaire of an instrument in these languages. `standards` says whether there is a
    /// standard with a code. Pointers are into the questionnaire's own JSON.
    pub fn check(&self, languages: &[Lang], standards: &dyn Fn(&str) -> bool) -> Vec<Fault> {
        let mut check = Check {
            languages,
            standards,
            sections: BTreeSet::new(),
            questions: BTreeSet::new(),
        };
        let mut faults = check.texts(&self.title, "/title");
        faults.extend(
            self.introduction
                .iter()
                .flat_map(|texts| check.texts(texts, "/introduction")),
        );
        if self.sections.is_empty() {
            faults.push(fault::NO_SECTION.at("/sections"));
        }
        if self.questions().count() > MAX_QUESTIONS {
            // Nor is each of them looked at: there may be tens of thousands.
            let fault = fault::TOO_MANY_QUESTIONS.at("/sections");
            faults.push(fault.arg("max", MAX_QUESTIONS));
            return faults;
        }
        for (index, section) in self.sections.iter().enumerate() {
            faults.extend(check.section(section, &format!("/sections/{index}")));
        }
        faults
    }
}

struct Check<'a> {
    languages: &'a [Lang],
    standards: &'a dyn Fn(&str) -> bool,
    /// The codes seen so far.
    sections: BTreeSet<&'a str>,
    questions: BTreeSet<&'a str>,
}

impl<'a> Check<'a> {
    fn section(&mut self, section: &'a Section, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(code_fault(&section.code, at));
        if !self.sections.insert(&section.code) {
            faults.push(
                fault::DUPLICATE_SECTION
                    .at(pointer(at, "code"))
                    .arg("code", &section.code),
            );
        }
        faults.extend(self.texts(&section.title, &pointer(at, "title")));
        let questions = pointer(at, "questions");
        if section.questions.is_empty() {
            faults.push(fault::NO_QUESTION.at(questions.as_str()));
        }
        for (index, question) in section.questions.iter().enumerate() {
            let found = self.question(question, &pointer(&questions, index));
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| fault.of_question(&question.code)),
            );
        }
        faults
    }

    fn question(&mut self, question: &'a Question, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(code_fault(&question.code, at));
        if !self.questions.insert(&question.code) {
            faults.push(
                fault::DUPLICATE_QUESTION
                    .at(pointer(at, "code"))
                    .arg("code", &question.code),
            );
        }
        faults.extend(self.texts(&question.text, &pointer(at, "text")));
        faults.extend(
            question
                .help
                .iter()
                .flat_map(|help| self.texts(help, &pointer(at, "help"))),
        );
        let standards = pointer(at, "standards");
        for (index, code) in question
            .standards
            .iter()
            .enumerate()
            .filter(|(_, code)| !(self.standards)(code))
        {
            faults.push(
                fault::UNKNOWN_STANDARD
                    .at(pointer(&standards, index))
                    .arg("code", code),
            );
        }
        faults.extend(self.kind(&question.kind, at));
        faults
    }

    fn kind(&self, kind: &QuestionType, at: &str) -> Vec<Fault> {
        match kind {
            QuestionType::OneChoice(OptionSource::Scale(_)) => Vec::new(),
            QuestionType::OneChoice(OptionSource::Options(options)) => self.options(options, at),
            QuestionType::SeveralChoices { options, exclusive } => {
                let mut faults = self.options(options, at);
                faults.extend(exclusive_faults(options, exclusive, at));
                faults
            }
            QuestionType::Text { max_length } => {
                limit(*max_length, 1, MAX_ANSWER_CHARS, &pointer(at, "max_length"))
                    .into_iter()
                    .collect()
            }
            QuestionType::WholeNumber { min, max, unit } => order(min.as_ref(), max.as_ref(), at)
                .into_iter()
                .chain(self.unit(unit.as_ref(), at))
                .collect(),
            QuestionType::Decimal {
                min,
                max,
                places,
                unit,
            } => {
                let mut faults = self.unit(unit.as_ref(), at);
                faults.extend(order(min.as_ref(), max.as_ref(), at));
                faults.extend(limit(*places, 0, MAX_DIGITS, &pointer(at, "places")));
                faults
            }
            QuestionType::Date { min, max } => {
                order(min.as_ref(), max.as_ref(), at).into_iter().collect()
            }
            QuestionType::Year { min, max } => {
                let years = [(min, "min"), (max, "max")].into_iter();
                let bad = years
                    .filter_map(|(year, field)| Some(((*year)?, field)))
                    .filter(|(year, _)| !is_year(*year));
                let bad = bad.map(|(year, field)| bad_year(&pointer(at, field), year));
                bad.chain(order(min.as_ref(), max.as_ref(), at)).collect()
            }
        }
    }

    fn options(&self, options: &[Choice], at: &str) -> Vec<Fault> {
        let at = pointer(at, "options");
        let mut faults = Vec::new();
        if options.len() < 2 {
            faults.push(fault::TOO_FEW_OPTIONS.at(at.as_str()));
        }
        if options.len() > MAX_OPTIONS {
            let fault = fault::TOO_MANY_OPTIONS.at(at.as_str());
            return vec![fault.arg("max", MAX_OPTIONS)];
        }
        let mut values = BTreeSet::new();
        for (index, option) in options.iter().enumerate() {
            let at = pointer(&at, index);
            let value =
                |kind: FaultCode| kind.at(pointer(&at, "value")).arg("value", &option.value);
            if !is_option_value(&option.value) {
                faults.push(value(fault::BAD_OPTION_VALUE));
            }
            if !values.insert(&option.value) {
                faults.push(value(fault::DUPLICATE_OPTION));
            }
            faults.extend(self.texts(&option.label, &pointer(&at, "label")));
        }
        faults
    }

    fn unit(&self, unit: Option<&Texts>, at: &str) -> Vec<Fault> {
        unit.map(|unit| self.texts(unit, &pointer(at, "unit")))
            .unwrap_or_default()
    }

    fn texts(&self, texts: &Texts, at: &str) -> Vec<Fault> {
        texts.faults(at, self.languages, MAX_TEXT_CHARS)
    }
}

/// Years that questions can take and answers can be.
pub(super) fn is_year(year: i16) -> bool {
    (1000..=9999).contains(&year)
}

fn code_fault(code: &str, at: &str) -> Option<Fault> {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let good = fault::is_code(code, 1..=16, allowed)
        && code.starts_with(|first: char| first.is_ascii_uppercase());
    (!good).then(|| {
        fault::BAD_QUESTION_CODE
            .at(pointer(at, "code"))
            .arg("code", code)
    })
}

fn is_option_value(value: &str) -> bool {
    let allowed = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
    };
    fault::is_code(value, 1..=40, allowed)
        && value.starts_with(|first: char| first.is_ascii_lowercase())
}

fn exclusive_faults(options: &[Choice], exclusive: &[String], at: &str) -> Vec<Fault> {
    let at = pointer(at, "exclusive");
    let unknown = exclusive
        .iter()
        .enumerate()
        .filter(|(_, value)| options.iter().all(|option| option.value != **value));
    unknown
        .map(|(index, value)| {
            fault::EXCLUSIVE_NOT_AN_OPTION
                .at(pointer(&at, index))
                .arg("value", value)
        })
        .collect()
}

fn order<T: Ord + Display>(min: Option<&T>, max: Option<&T>, at: &str) -> Option<Fault> {
    let (min, max) = min.zip(max).filter(|(min, max)| min > max)?;
    Some(
        fault::MIN_ABOVE_MAX
            .at(pointer(at, "min"))
            .arg("min", min)
            .arg("max", max),
    )
}

fn limit(limit: Option<u32>, min: usize, max: usize, at: &str) -> Option<Fault> {
    let bad = limit.is_some_and(|limit| !(min..=max).contains(&(limit as usize)));
    bad.then(|| bad_limit(min, max, at))
}

pub(super) fn bad_limit(min: usize, max: usize, at: &str) -> Fault {
    fault::BAD_LIMIT.at(at).arg("min", min).arg("max", max)
}

pub(super) fn bad_year(at: &str, year: impl Display) -> Fault {
    fault::BAD_YEAR.at(at).arg("value", year)
}
