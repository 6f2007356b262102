use std::sync::Arc;

use super::*;
use crate::script::Script;
use domain::questionnaire::{Flags, MissingKind, Questionnaire, check_submission};
use serde_json::json;

const USE_OF_STANDARDS: &str = include_str!("../../../../data/demonstration/use_of_standards.json");
const CRIME_FIGURES: &str = include_str!("../../../../data/demonstration/crime_figures.json");

fn saves(script: &Script, code: &str) -> Vec<Map<String, Value>> {
    script.respondent(code).saves()
}

fn form(json: &str, reference_year: Option<i16>) -> Form {
    let questionnaire: Questionnaire = serde_json::from_str(json).unwrap();
    Form::new(Arc::new(questionnaire), reference_year)
}

/// What an answer says, as it is stored.
fn stored(form: &Form, address: &str, answer: &Value) -> (AnswerValue, Flags, bool) {
    let located = form.field(address).unwrap_or_else(|| panic!("{address}"));
    let read = parse(located.field, answer, Extent::Whole, "")
        .unwrap_or_else(|faults| panic!("{address} {answer}: {faults:?}"));
    let Change::Becomes(input) = read.value else {
        panic!("a whole answer becomes what it is: {answer}");
    };
    let value = input.into_value(&mut |words| ContentRef {
        content: ContentId(Uuid::nil()),
        commitment: words,
    });
    let flags = match read.flags {
        Change::Becomes(flags) => flags,
        Change::Stays | Change::Goes => Flags::default(),
    };
    (value, flags, matches!(read.comment, Change::Becomes(_)))
}

/// What was seen of saves.
#[derive(Default)]
struct Seen {
    second_thoughts: usize,
    cleared: usize,
    not_available: usize,
    other_reasons: usize,
    flags: usize,
    comments: usize,
    entries: usize,
    explanations: usize,
    details: usize,
}

/// Saves all; what stands in the end can be submitted.
fn assert_submitted(respondent: &Respondent<'_>, seen: &mut Seen) {
    let (form, seed) = (respondent.form, respondent.writer.seed);
    let mut held = BTreeMap::new();
    for save in respondent.saves() {
        assert!(!save.is_empty(), "{seed}");
        for (address, answer) in &save {
            if answer.is_null() {
                assert!(held.remove(address).is_some(), "{seed} {address}");
                seen.cleared += 1;
            } else {
                let said = stored(form, address, answer);
                let before = held.insert(address.clone(), said.clone());
                seen.second_thoughts += usize::from(before.is_some());
                assert_ne!(before, Some(said), "{seed} {address}");
            }
        }
    }
    let answers: AnswerMap<_> = held
        .iter()
        .map(|(address, (value, ..))| (address.clone(), value.clone()))
        .collect();
    let verdict = check_submission(form, &answers, None);
    assert!(verdict.faults.is_empty(), "{seed}: {:#?}", verdict.faults);
    // What is not asked is not answered.
    for address in held.keys() {
        let mut hidden = verdict.irrelevant.iter();
        let hidden = hidden.find(|path| sight::is_at(address, path));
        assert_eq!(hidden, None, "{seed} {address}");
    }
    for (address, (value, flags, has_comment)) in &held {
        let field = form.field(address).unwrap().field;
        match value.missing_kind() {
            Some(MissingKind::NotAvailable) => seen.not_available += 1,
            Some(_) => seen.other_reasons += 1,
            None => {}
        }
        seen.flags += flags.0.len();
        seen.comments += usize::from(*has_comment);
        seen.entries += usize::from(field.place == FieldPlace::Entry);
        seen.explanations += usize::from(field.is_check());
        seen.details += usize::from(matches!(field.place, FieldPlace::Detail { .. }));
    }
}

#[test]
fn every_reply_of_2011_can_be_saved_and_submitted() {
    let script = Script::read().unwrap();
    let mut seen = Seen::default();
    for code in &script.replying {
        assert_submitted(&script.respondent(code), &mut seen);
    }
    for (what, count, least) in [
        ("second thoughts", seen.second_thoughts, 10),
        ("cleared", seen.cleared, 10),
        ("not available", seen.not_available, 10),
        ("comments", seen.comments, 5),
        ("entries", seen.entries, 10),
        ("explanations", seen.explanations, 3),
        ("details", seen.details, 3),
    ] {
        assert!(count > least, "{what}: {count}");
    }
}

#[test]
fn whatever_is_drawn_for_any_instrument_can_be_submitted() {
    let script = Script::read().unwrap();
    let words = &script.words;
    let use_of_standards = form(USE_OF_STANDARDS, None);
    let crime_figures = form(CRIME_FIGURES, Some(2024));
    for (form, last_year) in [
        (&script.form, 2010),
        (&use_of_standards, 2024),
        (&crime_figures, 2024),
    ] {
        let mut seen = Seen::default();
        for number in 0..30 {
            let (seed, code) = (
                format!("seed {number}"),
                if number % 3 == 0 { "CHE" } else { "FIN" },
            );
            let respondent = Respondent::new(code, &seed, form, words, last_year);
            assert_submitted(&respondent, &mut seen);
        }
        assert!(seen.entries > 10 && seen.explanations > 5 && seen.details > 5);
        if form.reference_year().is_some() {
            assert!(seen.flags > 100 && seen.other_reasons > 100);
            // Most checks are satisfied rather than explained.
            assert!(seen.explanations < 30 * 12, "{}", seen.explanations);
        }
    }
}

#[test]
fn answers_are_the_same_at_every_run_and_differ_between_states() {
    let script = Script::read().unwrap();
    assert_eq!(saves(&script, "FIN"), saves(&script, "FIN"));
    assert_ne!(saves(&script, "FIN"), saves(&script, "THA"));
}

#[test]
fn texts_are_labelled_and_in_the_respondents_language() {
    let script = Script::read().unwrap();
    for (code, lang, label) in [("FIN", "en", "[Made up]"), ("COG", "fr", "[Inventé]")] {
        let texts: Vec<Value> = saves(&script, code)
            .into_iter()
            .flatten()
            .flat_map(|(_, answer)| [answer["value"].clone(), answer["comment"].clone()])
            .filter(|value| value.get("lang").is_some())
            .collect();
        assert!(!texts.is_empty(), "{code}");
        for text in texts {
            assert_eq!(text["lang"], lang);
            assert!(text["text"].as_str().unwrap().starts_with(label), "{text}");
        }
    }
}

#[test]
fn the_figures_of_a_reply_go_together() {
    let script = Script::read().unwrap();
    for code in &script.replying {
        let answers = script.respondent(code).answers();
        let number = |address: &str| answers.get(address)?["value"].as_i64();
        if let Some(women) = number("B3") {
            assert!(Some(women) <= number("B2"), "{code}");
        }
        let is_asked = |question: &str| answers.contains_key(question);
        if answers["F1"]["value"] == "no" {
            assert!(!is_asked("F2") && !is_asked("F4"), "{code}");
        }
        if answers["D1"]["value"] == json!(["none"]) {
            assert!(!is_asked("D2") && !is_asked("D4"), "{code}");
        }
    }
}

#[test]
fn totals_are_the_sums_of_their_parts() {
    let words = MadeUpTexts::read().unwrap();
    let form = form(CRIME_FIGURES, Some(2024));
    let mut count = 0;
    for number in 0..30 {
        let seed = format!("seed {number}");
        let answers = Respondent::new("FIN", &seed, &form, &words, 2024).answers();
        let figure = |address: &str| answers.get(address)?["value"].as_i64();
        let is_explained = answers.contains_key("checks.x5_total_row.y2024");
        let rows = ["illness", "suicide", "violence", "other"];
        let parts = rows.map(|row| figure(&format!("X5.{row}.y2024")));
        let sum = parts.into_iter().sum::<Option<i64>>();
        if let Some((sum, total)) = sum.zip(figure("X5.total.y2024"))
            && !is_explained
        {
            let all_are_there = answers.keys().filter(|address| address.starts_with("X5."));
            if all_are_there.count() == 15 {
                assert_eq!(sum, total, "{seed}");
                count += 1;
            }
        }
    }
    assert!(count > 0);
}
