//! What holds of questionnaires of any shape, and of answers to them.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::rule_set::Sheet;
use crate::testing::draw::{Draw, draws};
use crate::testing::{drawn_answers, drawn_questionnaire};

/// A questionnaire as it is asked, in a collection of a year or in a draft.
fn drawn_form(draw: &mut Draw) -> Form {
    let questionnaire = drawn_questionnaire::questionnaire(draw);
    let year = draw.chance(50).then_some(2024);
    Form::new(Arc::new(questionnaire), year)
}

/// All that a sheet tells.
fn told(form: &Form, sheet: &Sheet<'_>) -> Vec<String> {
    let mut told = Vec::new();
    for (index, field) in form.fields().iter().enumerate() {
        told.push(format!(
            "{} hidden {}",
            field.address,
            sheet.is_hidden(index)
        ));
        let Some(list) = form.list_of(index) else {
            continue;
        };
        for (number, entry) in sheet.entries(list).iter().enumerate() {
            let is_hidden = sheet.is_hidden_in(index, number);
            told.push(format!("{} of {entry} hidden {is_hidden}", field.address));
        }
    }
    for (effect, entry, outcome) in sheet.outcomes() {
        told.push(format!("{effect:?} of {entry:?}: {outcome:?}"));
    }
    told
}

proptest! {
    #[test]
    fn a_questionnaire_is_read_as_it_was_written(mut draw in draws(600)) {
        let questionnaire = drawn_questionnaire::questionnaire(&mut draw);
        let written = serde_json::to_value(&questionnaire).unwrap();
        prop_assert_eq!(Questionnaire::read(&written).unwrap(), questionnaire);
    }

    #[test]
    fn a_field_is_found_at_its_address_and_nowhere_else(mut draw in draws(600)) {
        let form = drawn_form(&mut draw);
        for (index, field) in form.fields().iter().enumerate() {
            let entry = field.is_of_entries().then_some("e1");
            let address = field.address_of(entry);
            let found = form.field(&address).unwrap();
            prop_assert_eq!((found.index, found.entry), (index, entry), "{}", address);
            let cut = address.len() - 1;
            for other in [
                format!("{address}."), format!(".{address}"), format!("{address}.x"), format!("{address}.*"),
                address[..cut].to_owned(), address.replacen('.', "..", 1), address.replacen('.', ".*.", 1),
                address.replacen("e1", "*", 1), address.replacen("e1", "E1", 1), address.replacen("e1", "", 1),
                address.replacen("e1", "e1.e2", 1), address.to_lowercase(), field.address.to_string(),
                address.trim_start_matches("checks.").to_owned(), format!("checks.{address}"),
            ] {
                if let Some(found) = form.field(&other) {
                    prop_assert_eq!(found.field.address_of(found.entry), other);
                }
            }
        }
    }

    #[test]
    fn one_answer_after_another_comes_to_the_same_as_all_at_once(
        mut draw in draws(600),
        mut steps in draws(900),
    ) {
        let form = drawn_form(&mut draw);
        let rules = form.rules().unwrap();
        let begun = drawn_answers::answers(&mut steps, &form, false);
        let last = drawn_answers::answers(&mut steps, &form, false);
        let given = |answers: &'_ std::collections::BTreeMap<String, AnswerValue>| {
            let answers = answers.iter();
            answers.map(|(address, value)| (address.clone(), value.clone())).collect::<Vec<_>>()
        };
        let gone = begun.keys().filter(|address| !last.contains_key(*address));
        let mut changes: Vec<(String, Option<AnswerValue>)> =
            given(&last).into_iter().map(|(address, value)| (address, Some(value))).collect();
        changes.extend(gone.map(|address| (address.clone(), None)));
        let changes = steps.shuffled(changes);
        let held = given(&begun);
        let mut sheet = Sheet::new(&form, rules, held.iter().map(|(address, value)| (address.as_str(), value)), None);
        let mut now = begun;
        for (address, value) in changes {
            sheet.set(&address, value.as_ref());
            match value {
                Some(value) => drop(now.insert(address.clone(), value)),
                None => drop(now.remove(&address)),
            }
            let all = Sheet::new(&form, rules, now.iter().map(|(address, value)| (address.as_str(), value)), None);
            let (one, other) = (told(&form, &sheet), told(&form, &all));
            let differs = one.iter().zip(&other).filter(|(one, other)| one != other).collect::<Vec<_>>();
            prop_assert!(one == other, "after {address}: {differs:#?} {}", serde_json::to_string(form.questionnaire()).unwrap());
        }
    }
}
