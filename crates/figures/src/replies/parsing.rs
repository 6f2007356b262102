//! Reading the answers of a version, as the view of answers holds them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use domain::questionnaire::{Flag, MissingKind};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use uuid::Uuid;

use super::answers::{FlagSet, GivenAnswer, GivenValue, SubmittedAnswers};

/// Addresses, options and the like, each kept once however many answers have it.
#[derive(Debug, Default)]
pub struct Names(HashMap<Box<str>, Arc<str>>);

impl Names {
    /// The name, which is kept.
    pub fn keep(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let kept: Arc<str> = name.into();
        self.0.insert(name.into(), Arc::clone(&kept));
        kept
    }
}

/// Reads the answers of a version: an object by addresses, and one whose keys are the addresses of what was not asked.
///
/// # Errors
/// They are not as the view writes them.
pub fn read_answers(
    answers: &str,
    irrelevant: &str,
    names: &mut Names,
) -> Result<SubmittedAnswers, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(answers);
    let answers = AnswersSeed(names).deserialize(&mut json)?;
    json.end()?;
    let irrelevant: HashMap<Box<str>, IgnoredAny> = serde_json::from_str(irrelevant)?;
    let irrelevant: HashSet<Box<str>> = irrelevant.into_keys().collect();
    Ok(SubmittedAnswers::new(answers, irrelevant))
}

/// An answer as the view writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerText<'a> {
    at: u64,
    missing: Option<MissingKind>,
    #[serde(borrow)]
    choice: Option<Cow<'a, str>>,
    #[serde(borrow)]
    choices: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow)]
    number: Option<Cow<'a, str>>,
    #[serde(borrow)]
    currency: Option<Cow<'a, str>>,
    day: Option<Date>,
    content: Option<Uuid>,
    #[serde(borrow)]
    lang: Option<Cow<'a, str>>,
    flags: Option<Vec<Flag>>,
}

impl AnswerText<'_> {
    fn read(self, names: &mut Names) -> Result<GivenAnswer, rules::NotANumber> {
        let value = if let Some(kind) = self.missing {
            GivenValue::Missing(kind)
        } else if let Some(option) = self.choice {
            GivenValue::Choice(names.keep(&option))
        } else if let Some(options) = self.choices {
            let options = options.iter().map(|option| names.keep(option));
            GivenValue::Choices(options.collect())
        } else if let Some(number) = self.number {
            match (number.parse::<i64>(), self.currency) {
                (Ok(number), None) => GivenValue::Whole(number),
                (Err(_), None) => GivenValue::Number(Box::new(number.parse()?)),
                (_, Some(currency)) => {
                    GivenValue::Money(Box::new((number.parse()?, names.keep(&currency))))
                }
            }
        } else if let Some(day) = self.day {
            GivenValue::Day(day)
        } else if let Some(content) = self.content {
            let lang = self.lang.map(|lang| names.keep(&lang));
            GivenValue::Words(Box::new((content, lang)))
        } else {
            GivenValue::Present
        };
        Ok(GivenAnswer {
            at: self.at,
            value,
            flags: FlagSet::new(self.flags.into_iter().flatten()),
        })
    }
}

struct AnswersSeed<'n>(&'n mut Names);

impl<'de> DeserializeSeed<'de> for AnswersSeed<'_> {
    type Value = Vec<(Arc<str>, GivenAnswer)>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for AnswersSeed<'_> {
    type Value = Vec<(Arc<str>, GivenAnswer)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("answers by their addresses")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut answers = Vec::new();
        while let Some((address, answer)) = map.next_entry::<Cow<'de, str>, AnswerText<'de>>()? {
            let answer = answer.read(self.0).map_err(serde::de::Error::custom)?;
            answers.push((self.0.keep(&address), answer));
        }
        Ok(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_answer_is_read_as_the_view_writes_it() {
        let text = r#"{"A": {"at": 7, "choice": "yes"}, "B": {"at": 8, "choices": ["x", "y"], "flags": ["estimated"]},
            "C": {"at": 9, "number": "12"}, "D": {"at": 9, "number": "0.5"}, "E": {"at": 9, "number": "3", "currency": "EUR"},
            "F": {"at": 9, "day": "2024-05-01"}, "G": {"at": 9, "missing": "not_collected"}, "H.1": {"at": 9},
            "I": {"at": 9, "content": "00000000-0000-0000-0000-000000000001", "lang": "fr"}}"#;
        let answers =
            read_answers(text, r#"{"P": true, "Q.r": true}"#, &mut Names::default()).unwrap();
        let value = |address: &str| &answers.get(address).unwrap().value;
        assert_eq!(value("A").chosen(), [Arc::from("yes")]);
        assert_eq!(value("B").chosen().len(), 2);
        assert!(answers.get("B").unwrap().flags.estimated);
        assert_eq!(value("C"), &GivenValue::Whole(12));
        assert_eq!(value("D").number(), Some("0.5".parse().unwrap()));
        let money = GivenValue::Money(Box::new((3.into(), "EUR".into())));
        assert_eq!(value("E"), &money);
        assert_eq!(value("F"), &GivenValue::Day("2024-05-01".parse().unwrap()));
        assert_eq!(value("G"), &GivenValue::Missing(MissingKind::NotCollected));
        assert_eq!(value("H.1"), &GivenValue::Present);
        assert!(matches!(value("I"), GivenValue::Words(words) if words.1.as_deref() == Some("fr")));
        let irrelevant = ["P", "P.x.y", "Q.r", "Q.r.s", "Q", "A"];
        let irrelevant = irrelevant.map(|address| answers.is_irrelevant(address));
        assert_eq!(irrelevant, [true, true, true, true, false, false]);
        assert!(
            read_answers(
                r#"{"A": {"at": 7, "choise": "yes"}}"#,
                "{}",
                &mut Names::default()
            )
            .is_err()
        );
        assert!(
            read_answers(
                r#"{"A": {"at": 7, "number": "x"}}"#,
                "{}",
                &mut Names::default()
            )
            .is_err()
        );
    }
}
