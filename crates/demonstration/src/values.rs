//! Made-up values: one for a question, by its type and within its limits.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::date;
use serde_json::{Value, json};

use super::random::Random;
use domain::questionnaire::{Choice, Question, QuestionType};
use domain::{Decimal, Lang, WholeNumber};

/// Texts to choose from: by question and language.
pub type TextsByQuestion = BTreeMap<String, BTreeMap<Lang, Vec<String>>>;

/// What a State would plausibly answer to questions of the sample instrument whose own limits are wider.
const PLAUSIBLE: &[(&str, &str, &str)] = &[
    ("A3", "1950", "2011"),
    ("B1", "2009-12-31", "2011-03-01"),
    ("B2", "400", "180000"),
    ("B5", "4", "55"),
    ("B6", "1", "6"),
    ("E4", "10", "1500"),
    ("F3", "1985-01-01", "2010-12-31"),
];

/// A value for the question as the API takes it; `None` where no text is at hand that fits.
pub fn value(
    question: &Question,
    lang: Lang,
    words: &TextsByQuestion,
    random: &mut Random,
) -> Option<Value> {
    let code = question.code.as_str();
    Some(match &question.kind {
        QuestionType::OneChoice(_) => json!(one_of(question, random)?),
        QuestionType::SeveralChoices { options, exclusive } => {
            json!(several_of(options, exclusive, random))
        }
        QuestionType::Text { max_length } => {
            let most = max_length.map_or(usize::MAX, |most| most as usize);
            let texts = words.get(code)?.get(&lang)?;
            let fitting: Vec<&String> = texts
                .iter()
                .filter(|text| text.chars().count() <= most)
                .collect();
            json!({"text": random.one_of(&fitting)?, "lang": lang})
        }
        QuestionType::WholeNumber { min, max, .. } => {
            let usual = (WholeNumber(0), WholeNumber(1_000));
            let (low, high) = limits(code, *min, *max, usual);
            json!(WholeNumber(random.within(low.0, high.0)))
        }
        QuestionType::Decimal {
            min, max, places, ..
        } => {
            let usual = ("0".parse().ok()?, "100".parse().ok()?);
            let (low, high) = limits(code, min.clone(), max.clone(), usual);
            let places = places.unwrap_or(2).min(6) as usize;
            let drawn = random.within(scaled(&low, places)?, scaled(&high, places)?);
            json!(unscaled(drawn, places))
        }
        QuestionType::Date { min, max } => {
            let usual = (date(2000, 1, 1), date(2010, 12, 31));
            let (low, high) = limits(code, *min, *max, usual);
            let days = low.until(high).ok()?.get_days();
            let after = random.within(0, i64::from(days));
            json!(low.checked_add(after.days()).unwrap_or(low))
        }
        QuestionType::Year { min, max } => {
            let (low, high) = limits(code, *min, *max, (1950, 2010));
            json!(random.within(low.into(), high.into()))
        }
    })
}

/// One option; the first ones oftener than the last.
fn one_of(question: &Question, random: &mut Random) -> Option<String> {
    let options = question.options();
    let tickets: Vec<&str> = options
        .iter()
        .enumerate()
        .flat_map(|(place, option)| std::iter::repeat_n(option.value, options.len() - place))
        .collect();
    random.one_of(&tickets).map(|value| (*value).to_owned())
}

/// Any of the options, but at least one; one that excludes every other stands alone.
fn several_of(options: &[Choice], exclusive: &[String], random: &mut Random) -> Vec<String> {
    let (alone, others): (Vec<&str>, Vec<&str>) = options
        .iter()
        .map(|option| option.value.as_str())
        .partition(|value| exclusive.iter().any(|exclusive| exclusive == value));
    if others.is_empty() || random.chance(8) {
        return one(&alone, random);
    }
    let chosen: Vec<String> = others
        .iter()
        .filter(|_| random.chance(40))
        .map(|value| (*value).to_owned())
        .collect();
    if chosen.is_empty() {
        one(&others, random)
    } else {
        chosen
    }
}

fn one(values: &[&str], random: &mut Random) -> Vec<String> {
    let chosen = random.one_of(values);
    chosen
        .map(|value| (*value).to_owned())
        .into_iter()
        .collect()
}

/// From where to where: what is plausible, or the question's limits, or else what is usual, never outside the limits.
fn limits<T: Clone + FromStr + Ord>(
    code: &str,
    min: Option<T>,
    max: Option<T>,
    usual: (T, T),
) -> (T, T) {
    let plausible = PLAUSIBLE.iter().find(|(of, _, _)| *of == code);
    let plausible =
        plausible.and_then(|(_, low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
    let (low, high): (T, T) = plausible.unwrap_or_else(|| {
        (
            min.clone().unwrap_or(usual.0),
            max.clone().unwrap_or(usual.1),
        )
    });
    let inside = |value: T| {
        let value = min.clone().map_or(value.clone(), |min| value.max(min));
        max.clone().map_or(value.clone(), |max| value.min(max))
    };
    (inside(low), inside(high))
}

/// As a count of the smallest steps: 12.5 with two places is 1250.
fn scaled(decimal: &Decimal, places: usize) -> Option<i64> {
    let (whole, fraction) = decimal
        .as_str()
        .split_once('.')
        .unwrap_or((decimal.as_str(), ""));
    format!("{whole}{fraction:0<places$.places$}").parse().ok()
}

fn unscaled(count: i64, places: usize) -> String {
    let sign = if count < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", count.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_counted_in_their_smallest_steps() {
        for (text, places, count) in [
            ("12.5", 2, 1_250),
            ("0", 0, 0),
            ("-0.05", 2, -5),
            ("100", 1, 1_000),
        ] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(scaled(&decimal, places), Some(count), "{text}");
            assert_eq!(unscaled(count, places).parse(), Ok(decimal), "{text}");
        }
    }

    #[test]
    fn what_is_plausible_never_leaves_the_questions_limits() {
        let usual = (WholeNumber(0), WholeNumber(9));
        let limits = |code, min: Option<i64>, max: Option<i64>| {
            let (low, high) = limits(code, min.map(WholeNumber), max.map(WholeNumber), usual);
            (low.0, high.0)
        };
        assert_eq!(limits("B2", Some(0), None), (400, 180_000));
        assert_eq!(limits("B2", Some(0), Some(100)), (100, 100));
        assert_eq!(limits("Z1", Some(3), None), (3, 9));
        assert_eq!(limits("Z1", Some(30), None), (30, 30));
    }
}
