//! What a submission of any answers to any questionnaire comes to.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::rule_set::Sheet;
use crate::questionnaire::{AnswerMap, Form, check_submission};
use crate::testing::draw::draws;
use crate::testing::{drawn_answers, drawn_questionnaire};

proptest! {
    #[test]
    fn what_is_checked_and_what_is_submitted_are_the_same(mut draw in draws(600), mut given in draws(400)) {
        let questionnaire = drawn_questionnaire::questionnaire(&mut draw);
        let year = draw.chance(50).then_some(2024);
        let form = Arc::new(Form::new(Arc::new(questionnaire), year));
        let context = Context { form, ..super::stating::untouched() };
        let form = &context.form;
        let answers = drawn_answers::answers(&mut given, form, true).into_iter();
        let answers: Vec<Answer> = answers.map(|(code, value)| answer(&code, value)).collect();
        let begun = evolved::<Reply>([started()]);
        let saved = Reply::decide(&begun, &context, save(&answers, &[])).unwrap();
        let draft = saved.iter().fold(begun, Reply::evolve);
        let mut held = draft.as_ref().unwrap().answers.clone();
        // What stands in the way is answered otherwise, or taken away, so that some are submitted.
        for _ in 0..4 {
            let faults = check_submission(form, &held, None).faults;
            for address in faults.iter().filter_map(|fault| fault.pointer.strip_prefix("/answers/")) {
                held.remove_mut(address);
                let field = form.field(address).map(|located| located.field);
                if let Some(value) = field.and_then(|field| drawn_answers::value(&mut given, field)) {
                    held.insert_mut(address.to_owned(), value);
                }
            }
        }
        let verdict = check_submission(form, &held, None);
        let mut state = draft;
        state.as_mut().unwrap().answers = held.clone();
        match Reply::decide(&state, &context, submit(None)) {
            Err(refusal) => {
                prop_assert_eq!(refusal, Refusal::ReplyIncomplete(verdict.faults.clone()));
                prop_assert!(!verdict.faults.is_empty());
            }
            Ok(events) => {
                prop_assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);
                let submitted = events.iter().fold(state, Reply::evolve).unwrap();
                version_is_what_was_asked(form, &held, &submitted);
            }
        }
    }
}

/// A version has what was asked and answered, and what was calculated; nothing else.
fn version_is_what_was_asked(form: &Form, held: &AnswerMap<AnswerValue>, submitted: &Reply) {
    let version = submitted.as_submitted();
    let derivation = submitted.derivation();
    let rules = form.rules().unwrap();
    let given = held
        .iter()
        .map(|(address, value)| (address.as_str(), value));
    let sheet = Sheet::new(form, rules, given, None);
    for address in version.answers.keys() {
        assert!(!derivation.leaves_out(address), "{address}");
    }
    let verdict = check_submission(form, held, None);
    for (address, value) in held {
        let located = form.field(address).unwrap();
        let is_asked = !sheet.is_hidden(located.index)
            && located.entry.is_none_or(|entry| {
                let list = form.list_of(located.index).unwrap();
                let entries = sheet.entries(list);
                let number = entries.iter().position(|id| id == entry).unwrap();
                !sheet.is_hidden_in(located.index, number)
            });
        let is_explanation = located.field.is_check();
        if is_explanation {
            let is_told = verdict.irrelevant.contains(address);
            assert!(
                is_asked || !version.answers.contains_key(address),
                "{address}"
            );
            assert_eq!(version.answers.contains_key(address), !is_told, "{address}");
            continue;
        }
        assert_eq!(
            version.answers.get(address),
            is_asked.then_some(value),
            "{address}"
        );
    }
    // What was not asked states no need, and what states one states one.
    let stated: Vec<&str> = submitted
        .stated_needs()
        .map(|(_, held)| held.at.as_str())
        .collect();
    assert!(
        stated.iter().all(|at| !derivation.leaves_out(at)),
        "{stated:?}"
    );
    let unique: std::collections::BTreeSet<_> = stated.iter().collect();
    assert_eq!(
        (unique.len(), stated.len()),
        (stated.len(), verdict.needs.len())
    );
    for calculated in &verdict.calculated {
        assert_eq!(
            version.answers.get(&calculated.code),
            Some(&calculated.value)
        );
    }
    assert!(version.answers.keys().all(|address| {
        held.contains_key(address)
            || verdict
                .calculated
                .iter()
                .any(|found| found.code == *address)
    }));
}
