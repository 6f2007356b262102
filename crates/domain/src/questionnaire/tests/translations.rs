use std::collections::BTreeMap;

use crate::Lang;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::translations::{
    KeyedTexts, TextState, TranslationChanges, TranslationRecord,
};
use crate::testing::{questionnaire, questionnaire_json};

const KEY: &str = "questions.P1.text";

fn texts(fr: Option<&str>, en: &str) -> KeyedTexts {
    let mut json = questionnaire_json();
    let text = &mut json["sections"][0]["questions"][0]["text"];
    *text = serde_json::json!({ "en": en });
    if let Some(fr) = fr {
        text["fr"] = fr.into();
    }
    Questionnaire::read(&json).unwrap().keyed_texts()
}

fn changes(text: &str) -> TranslationChanges {
    BTreeMap::from([(KEY.to_owned(), Some(text.to_owned()))])
}

fn state(texts: &KeyedTexts, record: &TranslationRecord) -> TextState {
    let standing = texts.standing(Lang::En, Lang::Fr, record);
    let mut found = standing.iter().filter(|text| text.key == KEY);
    found.next().unwrap().state
}

#[test]
fn a_key_stays_where_its_question_moves() {
    let mut json = questionnaire_json();
    let before = questionnaire().keyed_texts();
    assert_eq!(before.original(KEY, Lang::En), Some("Is it law?"));
    let moved = json["sections"][0]["questions"]
        .as_array_mut()
        .unwrap()
        .remove(0);
    json["sections"][1]["questions"]
        .as_array_mut()
        .unwrap()
        .push(moved);
    let after = Questionnaire::read(&json).unwrap().keyed_texts();
    assert_eq!(after.original(KEY, Lang::En), Some("Is it law?"));
    for key in [
        "title",
        "sections.B.title",
        "questions.P2.options.money.label",
        "questions.N1.unit",
    ] {
        assert!(after.original(key, Lang::Fr).is_some(), "{key}");
    }
}

#[test]
fn what_a_form_leaves_out_is_filled_from_what_was_given() {
    let empty = texts(None, "Is it law?");
    let record = TranslationRecord::default().with(&empty, Lang::En, &changes("Loi ?"));
    let before = texts(Some("Loi ?"), "Is it law?");
    let (after, fills) = record.after_form(&empty, Some(&before), Lang::En, Lang::Fr);
    assert_eq!((&after, fills), (&record, changes("Loi ?")));
    // And where nobody gave any, it is gone, as the form says.
    let none = TranslationRecord::default();
    let (after, fills) = none.after_form(&empty, Some(&before), Lang::En, Lang::Fr);
    assert!(after.is_empty() && fills.is_empty());
}

#[test]
fn an_edited_original_leaves_its_translation_behind_whoever_brought_it() {
    let before = texts(Some("Loi ?"), "Is it law?");
    let edited = texts(Some("Loi ?"), "Is it a law?");
    let of_form = TranslationRecord::default();
    let of_command = of_form.clone().with(&before, Lang::En, &changes("Loi ?"));
    for record in [of_form, of_command] {
        assert_eq!(state(&before, &record), TextState::Current);
        let (after, _) = record.after_form(&edited, Some(&before), Lang::En, Lang::Fr);
        assert_eq!(state(&edited, &after), TextState::Behind);
        assert_eq!(edited.behind(Lang::En, Lang::Fr, &after), 1);
        // Saved once more, it is still behind.
        let (again, _) = after.after_form(&edited, Some(&edited), Lang::En, Lang::Fr);
        assert_eq!(again, after);
        // As the original was, it is current.
        let (back, _) = after.after_form(&before, Some(&edited), Lang::En, Lang::Fr);
        assert_eq!(state(&before, &back), TextState::Current);
        // So it is once it is given again, or edited with the form.
        let given = after.clone().with(&edited, Lang::En, &changes("Loi ?"));
        assert_eq!(state(&edited, &given), TextState::Current);
        let reworded = texts(Some("Une loi ?"), "Is it a law?");
        let (after, _) = after.after_form(&reworded, Some(&edited), Lang::En, Lang::Fr);
        assert_eq!(state(&reworded, &after), TextState::Current);
    }
}

#[test]
fn both_edited_at_once_are_of_each_other() {
    let before = texts(Some("Loi ?"), "Is it law?");
    let edited = texts(Some("Une loi ?"), "Is it a law?");
    let (after, fills) =
        TranslationRecord::default().after_form(&edited, Some(&before), Lang::En, Lang::Fr);
    assert!(after.is_empty() && fills.is_empty());
}

#[test]
fn a_translation_changes_its_text_alone() {
    let before = questionnaire();
    let after = before.translated(Lang::Fr, &changes("Loi ?")).unwrap();
    let texts = after.keyed_texts();
    assert_eq!(texts.original(KEY, Lang::Fr), Some("Loi ?"));
    let back = after.translated(Lang::Fr, &changes("Est-ce la loi ?"));
    assert_eq!(back.unwrap(), before);
    let none = BTreeMap::from([(KEY.to_owned(), None)]);
    let without = after.translated(Lang::Fr, &none).unwrap().keyed_texts();
    assert_eq!(without.original(KEY, Lang::Fr), None);
    assert!(!without.is_complete(Lang::Fr) && texts.is_complete(Lang::Fr));
}
