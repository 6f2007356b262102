//! Events in plain words, in English and French: data/events.json, a sentence for every kind.
//!
//! A sentence's placeholders are fields of its event's data. A text in several languages shows in the reader's; a code
//! shows as `term.<code>` of data/texts.json says it; an id shows as the name that the caller found for it; a day as people
//! write it, a deadline as its day with its zone, and `parties` as how many they are, or as all where none are listed.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use crate::fill;
use domain::collection::Deadline;
use domain::{self, Lang, Texts};

const DATA: &str = include_str!("../../../data/events.json");

static SENTENCES: LazyLock<HashMap<String, Texts>> = LazyLock::new(|| {
    // A test reads the file too: a malformed one never leaves the developer's machine.
    serde_json::from_str(DATA).unwrap_or_default()
});

/// The ids that an event's sentence names, each with its field: `("party", …)`.
pub fn referenced_ids<'a>(kind: &str, data: &'a Value) -> Vec<(&'a str, Uuid)> {
    let sentence = SENTENCES.get(kind).and_then(|texts| texts.get(Lang::En));
    let fields = data.as_object().into_iter().flatten();
    let told = fields.filter(|(field, _)| {
        sentence.is_some_and(|sentence| sentence.contains(&format!("{{{field}}}")))
    });
    told.filter_map(|(field, value)| Some((field.as_str(), id(value)?)))
        .collect()
}

/// An event as a sentence for a reader of these languages. `names` are those of the ids in it.
pub fn tell(kind: &str, data: &Value, wanted: &[Lang], names: &HashMap<Uuid, String>) -> String {
    let Some((lang, sentence)) = SENTENCES.get(kind).and_then(|texts| texts.pick(wanted)) else {
        return kind.replace('_', " ");
    };
    let fields = data.as_object().into_iter().flatten();
    let shown = fields.filter_map(|(field, value)| {
        let shown = match id(value) {
            Some(id) => names.get(&id).cloned()?,
            None => show(value, lang, &[&[lang], wanted].concat())?,
        };
        Some((field.as_str(), shown))
    });
    let parties = ("parties", parties(&data["parties"], lang));
    fill(
        sentence,
        &[parties].into_iter().chain(shown).collect::<Vec<_>>(),
    )
}

/// How many parties are listed.
fn parties(listed: &Value, lang: Lang) -> String {
    let count = listed.as_array().map(Vec::len);
    let key = match count {
        None => "sentence.all_parties",
        Some(1) => "sentence.one_party",
        Some(_) => "sentence.parties",
    };
    let count = [("count", count.unwrap_or_default().to_string())];
    crate::text(key, &[lang], &count)
}

/// A day as people write it: 24 April 2006, 24 avril 2006, 1er mai 2006.
fn day(date: Date, lang: Lang) -> String {
    let month = crate::text::<&str>(&format!("month.{}", date.month()), &[lang], &[]);
    let day = match (lang, date.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{day} {month} {}", date.year())
}

/// A deadline: its last day there where its zone is. That of a whole day ends with it.
fn deadline(value: &Value, lang: Lang) -> Option<String> {
    let deadline: Deadline = serde_json::from_value(value.clone()).ok()?;
    let last = deadline.at.checked_sub(1.nanosecond()).ok()?;
    let there = last.in_tz(&deadline.time_zone).ok()?;
    Some(format!(
        "{} ({})",
        day(there.date(), lang),
        deadline.time_zone
    ))
}

fn id(value: &Value) -> Option<Uuid> {
    value.as_str().and_then(|text| Uuid::parse_str(text).ok())
}

fn show(value: &Value, lang: Lang, wanted: &[Lang]) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(code) => Some(match crate::texts(&format!("term.{code}")) {
            Some(term) => term.pick(wanted)?.1.to_owned(),
            None => match code.parse::<Date>() {
                Ok(date) if date.to_string() == *code => day(date, lang),
                // The sentence has its own full stop.
                _ => code.strip_suffix('.').unwrap_or(code).to_owned(),
            },
        }),
        Value::Object(_) => {
            if let Some(deadline) = deadline(value, lang) {
                return Some(deadline);
            }
            let texts = serde_json::from_value::<Texts>(value.clone()).ok()?;
            Some(texts.pick(wanted)?.1.to_owned())
        }
        _ => None,
    }
}

/// Every kind of event by aggregate, in plain words: docs/events.md.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Events\n\nEverything that can happen, as the log records it, by aggregate. Generated from the code: \
         `scripts/generate`.\n`{…}` is a field of the event's data. What else the data hold stands in \
         `crates/domain`, beside each event; their stored JSON is pinned by the tests there.\n",
    );
    for (aggregate, kinds) in domain::AGGREGATES {
        page += &format!(
            "\n## {aggregate}\n\n| kind | in plain words | en français |\n| --- | --- | --- |\n"
        );
        for kind in *kinds {
            let told = |lang| {
                let texts = SENTENCES.get(*kind);
                texts.and_then(|texts| texts.get(lang)).unwrap_or_default()
            };
            page += &format!("| `{kind}` | {} | {} |\n", told(Lang::En), told(Lang::Fr));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::json;

    use super::*;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        let parts = text.split('{').skip(1);
        parts
            .filter_map(|part| Some(part.split_once('}')?.0))
            .collect()
    }

    #[test]
    fn every_kind_of_event_has_a_sentence_in_english_and_french_and_there_are_no_others() {
        let sentences: BTreeMap<String, Texts> = serde_json::from_str(DATA).unwrap();
        let told: BTreeSet<&str> = sentences.keys().map(String::as_str).collect();
        assert_eq!(told, domain::kinds().into_iter().collect());
        for (kind, texts) in &sentences {
            let [en, fr] = [Lang::En, Lang::Fr].map(|lang| texts.get(lang).unwrap_or_default());
            for sentence in [en, fr] {
                assert!(
                    sentence.ends_with('.') && sentence.len() > 10,
                    "{kind}: {sentence}"
                );
            }
            assert_eq!(placeholders(en), placeholders(fr), "{kind}");
        }
    }

    #[test]
    fn the_committed_page_is_the_one_that_the_code_makes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == markdown(),
            "docs/events.md is stale: run scripts/generate"
        );
    }

    #[test]
    fn a_sentence_says_whom_and_until_when() {
        let until = json!({"at": "2006-04-30T21:59:59Z", "time_zone": "Europe/Vienna"});
        let some = json!({"deadline": until, "parties": [Uuid::nil(), Uuid::nil()], "reason": {}});
        let told = |data, lang| tell("deadline_extended", data, &[lang], &HashMap::new());
        assert_eq!(
            told(&some, Lang::En),
            "The deadline was extended to 30 April 2006 (Europe/Vienna), for 2 parties."
        );
        let all = json!({"deadline": {"at": "2006-05-01T21:59:59Z", "time_zone": "Europe/Vienna"}});
        assert_eq!(
            told(&all, Lang::Fr),
            "La date limite a été reportée au 1er mai 2006 (Europe/Vienna), pour toutes les parties."
        );
    }

    #[test]
    fn a_sentence_shows_names_terms_and_texts_in_the_readers_language() {
        let party = Uuid::from_u128(1);
        let data =
            json!({"collection": Uuid::from_u128(2), "party": party, "person": Uuid::from_u128(3)});
        assert_eq!(
            referenced_ids("focal_point_named", &data),
            [("party", party)]
        );
        let names = HashMap::from([(party, "Finlande".to_owned())]);
        assert_eq!(
            tell("focal_point_named", &data, &[Lang::Fr], &names),
            "Finlande : le point focal a été désigné."
        );
        assert_eq!(
            tell("focal_point_named", &data, &[Lang::Ru], &HashMap::new()),
            "The focal point of … was named."
        );
        let added = json!({"code": "I", "title": {"en": "Custody", "fr": "Détention"}});
        assert_eq!(
            tell("category_added", &added, &[Lang::Fr], &HashMap::new()),
            "La catégorie I a été ajoutée : Détention."
        );
        let redacted = json!({"content": party, "reason": "sent_by_mistake"});
        assert_eq!(
            tell("content_redacted", &redacted, &[Lang::En], &HashMap::new()),
            "Words or a file were deleted: sent by mistake."
        );
    }
}
