use serde_json::json;

use super::*;
use crate::questionnaire::Questionnaire;

/// A list, of whose entries one part is explained where it is doubtful.
fn projects() -> Context {
    let text = json!({"en": "Projects", "fr": "Projets"});
    let number = |code: &str| json!({"code": code, "type": "whole_number", "text": text});
    let mut last = number("last");
    last["checks"] =
        json!([{"code": "order", "kind": "explain", "rule": "entry.first <= this", "text": text}]);
    let questionnaire = json!({"title": text, "sections": [{"code": "L", "title": text, "questions": [
        {"code": "L1", "type": "list", "heading": "assistance", "text": text, "parts": [number("first"), last]}]}]});
    let questionnaire = Questionnaire::read(&questionnaire).unwrap();
    Context {
        form: Arc::new(questionnaire.into()),
        ..open()
    }
}

fn explanation() -> Answer {
    Answer {
        code: "checks.order.one".into(),
        ..words(5)
    }
}

#[test]
fn an_explanation_comes_with_the_entry_that_it_is_of_and_adds_none() {
    let first = answer("L1.one.first", number(3));
    given::<Reply>([started()])
        .when(&projects(), save(&[explanation()], &[]))
        .refused(
            "answers_faulty",
            &[("no_such_entry", "/answers/checks.order.one")],
        );
    let entry = answer("L1.one", AnswerValue::Entry(Decimal::from(1)));
    given::<Reply>([started()])
        .when(&projects(), save(&[explanation(), first.clone()], &[]))
        .then([answered(&[entry.clone(), first.clone(), explanation()])]);
    given::<Reply>([started(), answered(&[entry, first])])
        .when(&projects(), save(&[explanation()], &[]))
        .then([answered(&[explanation()])]);
}
