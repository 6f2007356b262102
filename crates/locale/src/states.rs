//! States' names in a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::Lang;
use serde::Deserialize;

static GRAMMAR: &str = include_str!("../../../data/reference/party_grammar.csv");

#[derive(Deserialize)]
struct Phrases {
    code: String,
    of_en: String,
    of_fr: String,
    of_es: String,
    of_ru: String,
}

fn rows() -> Result<Vec<Phrases>, csv::Error> {
    let mut reader = csv::Reader::from_reader(GRAMMAR.as_bytes());
    reader.deserialize().collect()
}

/// A State's name after a noun, with the article and the case that it takes: `of the Netherlands`, `du Brésil`, `del Perú`,
/// `Франции`. Arabic and Chinese put the name there as it stands: for them there is none, nor for who is no State.
pub fn of(lang: Lang, code: &str) -> Option<&'static str> {
    static ALL: LazyLock<BTreeMap<String, Phrases>> = LazyLock::new(|| {
        // A test reads the file too.
        let rows = rows().unwrap_or_default().into_iter();
        rows.map(|row| (row.code.clone(), row)).collect()
    });
    let phrases = ALL.get(code)?;
    match lang {
        Lang::En => Some(&phrases.of_en),
        Lang::Fr => Some(&phrases.of_fr),
        Lang::Es => Some(&phrases.of_es),
        Lang::Ru => Some(&phrases.of_ru),
        Lang::Ar | Lang::Zh => None,
    }
}

#[cfg(test)]
mod tests;
