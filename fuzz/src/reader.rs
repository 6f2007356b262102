//! What is done with a questionnaire, and what must hold whatever it is.

use domain::Lang;
use domain::questionnaire::{AnswerMap, Form, Questionnaire, check_submission};
use serde_json::Value;

/// Reads a questionnaire, looks at it, and asks what a submission without answers comes to. What is read is read alike from what
/// is written of it.
pub fn questionnaire(input: &[u8]) {
    let Ok(json) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    let read = match Questionnaire::read(&json) {
        Ok(read) => read,
        Err(faults) => {
            assert!(!faults.is_empty(), "{json}");
            return;
        }
    };
    let again = serde_json::to_value(&read).map(|written| Questionnaire::read(&written));
    assert!(
        matches!(&again, Ok(Ok(again)) if *again == read),
        "{json}: {again:?}"
    );
    let faults = read.check(&[Lang::En, Lang::Fr], &|code| code.starts_with('b'));
    let questionnaire = std::sync::Arc::new(read);
    for year in [None, Some(2024)] {
        let form = Form::new(questionnaire.clone(), year);
        let rules = form.rules().map(|_| ());
        assert!(!faults.is_empty() || rules.is_ok(), "{json}: {rules:?}");
        let blank = check_submission(&form, &AnswerMap::default(), None);
        for address in &blank.irrelevant {
            assert!(form.names(address), "{json}: {address}");
        }
    }
}
