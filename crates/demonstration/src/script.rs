//! What the demonstration plays: the sample instrument, who replied, and words to answer with. All of it is data.

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;
use serde_json::Value;

use super::answers::Respondent;
use super::words::MadeUpTexts;
use domain::questionnaire::{Form, Questionnaire};

const INSTRUMENT: &str = include_str!("../../../data/demonstration/instrument.json");
const REPLIES: &str = include_str!("../../../data/demonstration/replies_note_verbale_2011.csv");

/// What is played.
pub struct Script {
    /// The sample instrument, as it is sent to the API.
    pub instrument: Value,
    /// The same, as it is asked.
    pub form: Form,
    /// The codes of the States that replied to the note verbale.
    pub replying: Vec<String>,
    /// Made-up texts.
    pub words: MadeUpTexts,
}

#[derive(Deserialize)]
struct ReplyRow {
    iso3: String,
}

/// The year before the note verbale: years and days that are answered are usually up to its end.
const LAST_YEAR: i16 = 2010;

/// The first day on which a reply comes: two weeks after the note verbale of 8 March 2011.
const FIRST: Date = date(2011, 3, 22);

impl Script {
    /// Reads the data.
    pub fn read() -> anyhow::Result<Self> {
        let instrument: Value = serde_json::from_str(INSTRUMENT).context("instrument.json")?;
        let questionnaire: Questionnaire =
            serde_json::from_value(instrument.clone()).context("instrument.json")?;
        let replying = csv::Reader::from_reader(REPLIES.as_bytes())
            .deserialize()
            .map(|row| row.map(|row: ReplyRow| row.iso3))
            .collect::<Result<_, _>>()
            .context("replies_note_verbale_2011.csv")?;
        Ok(Self {
            instrument,
            form: questionnaire.into(),
            replying,
            words: MadeUpTexts::read()?,
        })
    }

    /// A State that answers.
    pub fn respondent<'a>(&'a self, code: &'a str) -> Respondent<'a> {
        Respondent::new(code, code, &self.form, &self.words, LAST_YEAR)
    }

    /// Whether this State consents to the publication of what it replies: made up, by its place in the list. Finland and
    /// Thailand, whose tokens are shown, are among the third that does not, so that it can be seen what restricted means.
    pub fn consents(&self, code: &str) -> bool {
        let place = self.replying.iter().position(|replying| replying == code);
        place.is_some_and(|place| place % 3 != 2)
    }

    /// On which day a State's reply was received: made up, by its place in the list, since the real days are not known. Many
    /// come in the first weeks, the last one three months after the first.
    ///
    /// # Errors
    /// The State did not reply.
    pub fn received_on(&self, code: &str) -> anyhow::Result<Date> {
        let place = self.replying.iter().position(|replying| replying == code);
        let place = place.with_context(|| format!("{code} did not reply"))?;
        // As in a shuffled list, each place is another rank.
        let rank = place * 13 % self.replying.len();
        let days = i64::try_from(rank * rank / 12)?;
        Ok(FIRST.checked_add(days.days())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_field_has_words_of_its_own_in_english_and_french() {
        use domain::Lang;
        use domain::questionnaire::FieldType;
        let script = Script::read().unwrap();
        assert_eq!(script.replying.len(), 34);
        assert!(!script.consents("FIN") && !script.consents("THA"));
        let replying = script.replying.iter();
        let mut days: Vec<Date> = replying
            .map(|code| script.received_on(code).unwrap())
            .collect();
        days.sort_unstable();
        assert_eq!((days[0], days[33]), (FIRST, date(2011, 6, 20)));
        days.dedup();
        assert!(days.len() > 20, "{days:?}");
        for field in script.form.fields() {
            let is_of_check = field.is_check();
            if let (false, Some(FieldType::Text(_))) = (is_of_check, field.value_type()) {
                let words = script.words.at(&field.address).unwrap();
                let any = script.words.at("none").unwrap();
                for lang in [Lang::En, Lang::Fr] {
                    assert!(!words[&lang].is_empty(), "{}", field.address);
                    assert_ne!(words[&lang], any[&lang], "{}", field.address);
                }
            }
        }
    }
}
