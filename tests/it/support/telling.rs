//! Every problem that any test is answered, looked through in each of its languages; and every text that anybody is told
//! without what should fill it.

use std::sync::{LazyLock, Mutex};

use domain::Lang;
use rapporteur::http::problem::{Problem, WATCH};
use serde_json::Value;

/// What was wrong with how problems were told.
static AMISS: LazyLock<Mutex<Vec<String>>> = LazyLock::new(Mutex::default);

/// Words that are frequent in English sentences, and none in French: not "date", "or" or "type".
const ENGLISH: &[&str] = &[
    "the", "of", "is", "are", "was", "were", "be", "been", "not", "no", "it", "its", "this",
    "that", "these", "those", "and", "with", "without", "from", "to", "in", "by", "at", "has",
    "have", "must", "may", "can", "cannot", "expected", "unknown", "missing", "whole", "number",
    "string", "map", "sequence", "integer", "boolean", "time", "there", "which", "what", "such",
    "than", "then", "send", "use", "give", "value", "values", "field", "given", "body", "line",
    "column", "member", "members", "object", "array", "one", "two", "more", "less", "least",
    "most", "as", "for", "each", "every", "already", "yet", "still", "only", "here", "invalid",
];

/// Watches from now on.
pub fn watch() {
    let _ = WATCH.set(look_through);
    let _ = texts::WATCH.set(|lacking| AMISS.lock().unwrap().push(format!("unfilled: {lacking}")));
}

/// Fails where a problem was told in a way that nobody should read.
#[track_caller]
pub fn nothing_is_amiss() {
    // Taken, so that one fault fails the tests that meet it and not all that follow.
    let amiss = std::mem::take(&mut *AMISS.lock().unwrap());
    assert!(amiss.is_empty(), "{amiss:#?}");
}

fn look_through(problem: &Problem) {
    let told = |lang| serde_json::to_value(problem.body(&[lang], None)).unwrap();
    let (english, french) = (told(Lang::En), told(Lang::Fr));
    let mut found = Vec::new();
    for (english, french) in sentences(&english).zip(sentences(&french)) {
        found.extend(unfilled(english).map(|found| format!("{found} in {english:?}")));
        found.extend(unfilled(french).map(|found| format!("{found} in {french:?}")));
        found.extend(raw_codes(english).map(|code| format!("the code {code:?} in {english:?}")));
        found.extend(raw_codes(french).map(|code| format!("the code {code:?} in {french:?}")));
        found.extend(foreign(french).map(|word| format!("the English {word:?} in {french:?}")));
        if english == french {
            found.push(format!("{english:?} is told alike in both languages"));
        }
    }
    if !found.is_empty() {
        let code = problem.code();
        let found = found.into_iter().map(|found| format!("{code}: {found}"));
        AMISS.lock().unwrap().extend(found);
    }
}

fn sentences(told: &Value) -> impl Iterator<Item = &str> {
    let faults = told["faults"].as_array().into_iter().flatten();
    let details = [told].into_iter().chain(faults);
    let details = details.map(|told| told["detail"].as_str().unwrap());
    details.chain(told["title"].as_str())
}

/// What stands in a sentence because something was not filled, or has no text.
fn unfilled(sentence: &str) -> impl Iterator<Item = &'static str> {
    let own = unquoted(sentence);
    let keys = [
        "problem.",
        "expected.",
        "thing.",
        "refused.",
        "json.",
        "status.",
        "term.",
        "need.",
        "listed.",
    ];
    let marks = ["{", "}", "undefined", "None", "Some("];
    let found = marks.into_iter().filter({
        let own = own.clone();
        move |mark| own.contains(mark)
    });
    let lacking = keys.into_iter().filter(move |key| {
        let follows = own.split(key).nth(1).and_then(|rest| rest.chars().next());
        follows.is_some_and(|letter| letter.is_ascii_alphanumeric())
    });
    found.chain(lacking)
}

/// Codes that stand in a sentence as if they were words of it, in no quotation marks.
fn raw_codes(sentence: &str) -> impl Iterator<Item = String> {
    let own = unquoted(sentence);
    let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let words = own.split(move |letter| !is_of_word(letter));
    let codes: Vec<String> = words
        .filter(|word| word.trim_matches('_').contains('_'))
        .map(str::to_owned)
        .collect();
    codes.into_iter()
}

/// English words in a sentence that is French.
fn foreign(sentence: &str) -> impl Iterator<Item = String> {
    let own = unquoted(sentence);
    let words: Vec<String> = own
        .split(|letter: char| letter.is_whitespace() || "(),;:!?".contains(letter))
        .map(|word| word.trim_end_matches('.').to_lowercase())
        .collect();
    words
        .into_iter()
        .filter(|word| ENGLISH.contains(&word.as_str()))
}

/// The sentence without what it quotes: the caller's own words, codes, headers.
fn unquoted(sentence: &str) -> String {
    let mut own = String::new();
    let mut rest = sentence;
    while let Some(at) = rest.find(['«', '“', '"', '`']) {
        own.push_str(&rest[..at]);
        let mut quoted = rest[at..].chars();
        let end = match quoted.next() {
            Some('«') => '»',
            Some('“') => '”',
            Some(same) => same,
            None => break,
        };
        let quoted = quoted.as_str();
        rest = quoted.split_once(end).map_or("", |(_, rest)| rest);
    }
    own + rest
}

#[test]
fn what_is_amiss_in_a_sentence_is_seen() {
    for (sentence, word) in [
        ("Valeur attendue : a whole number from 1 to 500.", "whole"),
        ("Le corps n’est pas bon : no date: 2011-03-08.", "no"),
        ("Introuvable : the reply.", "the"),
    ] {
        assert!(foreign(sentence).any(|found| found == word), "{sentence}");
    }
    for sentence in [
        "Le paramètre « the limit » ne peut pas valoir « not a number ». Valeur attendue : un nombre entier de 1 à 500.",
        "L’en-tête « Content-Disposition: attachment; filename=\"nom.pdf\" » manque, à cette date, or on le veut.",
    ] {
        assert_eq!(foreign(sentence).next(), None, "{sentence}");
    }
    for (sentence, mark) in [
        ("Le champ {field} manque.", "{"),
        ("Valeur attendue : expected.day.", "expected."),
        ("problem.bad_date", "problem."),
        ("La valeur undefined.", "undefined"),
    ] {
        assert!(unfilled(sentence).any(|found| found == mark), "{sentence}");
    }
    assert_eq!(unfilled("Le champ « {x} » n’a pas de sens.").next(), None);
    for sentence in [
        "Motif indiqué : names_a_person.",
        "Le besoin ne peut plus être cité (not_available).",
    ] {
        assert!(raw_codes(sentence).next().is_some(), "{sentence}");
    }
    for sentence in [
        "Le paramètre « as_of » ne vaut pas “group_by”, ni `regional_group`.",
        "La réponse {x} n’a rien __ de tel.",
    ] {
        assert_eq!(raw_codes(sentence).next(), None, "{sentence}");
    }
}
