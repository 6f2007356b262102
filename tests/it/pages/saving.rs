//! Saving by forms: only what was changed on the page, beside what a colleague changed meanwhile.

use serde_json::json;

use super::Answering;

#[tokio::test]
async fn only_what_was_changed_on_the_page_is_saved_and_both_answers_are_shown_where_a_colleague_was_faster()
 {
    let answering = Answering::new().await;
    answering
        .colleague_saves(json!({"A1": {"value": "no"}, "A3": {"value": 5}}))
        .await;
    let position = answering.shown_at("/sections/A").await;
    // Meanwhile a colleague changes one answer that the page leaves, and one that it changes too.
    answering
        .colleague_saves(json!({"A1": {"value": "in_part"}, "A3": {"value": 6}}))
        .await;
    let page = [
        ("position", position.as_str()),
        ("a.A1", "no"),
        ("a.A3", "7"),
        ("a.A6", "1998"),
    ];
    let conflict = answering.send("/sections/A", &page).await;
    assert_eq!(conflict.status, 409, "{conflict:#?}");
    for said in [
        "A colleague changed this meanwhile",
        "<dd>6</dd>",
        "<dd>7</dd>",
        "value=\"7\"",
    ] {
        assert!(conflict.text.contains(said), "{said} in {conflict:#?}");
    }
    // What was touched by nobody else is saved, and the colleague's answers stand.
    let held = json!({"A1": {"value": "in_part"}, "A3": {"value": 6}, "A6": {"value": 1998}});
    assert_eq!(answering.answers().await, held);
    // Saved again, with both seen, it replaces the colleague's.
    let position = super::hidden_field(&conflict, "position");
    let again = [
        ("position", position.as_str()),
        ("a.A1", "in_part"),
        ("a.A3", "7"),
        ("a.A6", "1998"),
    ];
    assert_eq!(answering.send("/sections/A", &again).await.status, 303);
    assert_eq!(answering.answers().await["A3"], json!({"value": 7}));
}

#[tokio::test]
async fn who_takes_the_colleagues_answer_leaves_it() {
    let answering = Answering::new().await;
    let position = answering.shown_at("/sections/A").await;
    answering.colleague_saves(json!({"A3": {"value": 6}})).await;
    let page = [("position", position.as_str()), ("a.A3", "7")];
    assert_eq!(answering.send("/sections/A", &page).await.status, 409);
    let taken = [
        ("position", position.as_str()),
        ("a.A3", "7"),
        ("take", "A3"),
        ("go", "stay"),
    ];
    assert_eq!(answering.send("/sections/A", &taken).await.status, 303);
    assert_eq!(answering.answers().await, json!({"A3": {"value": 6}}));
}

#[tokio::test]
async fn what_cannot_be_read_stays_as_it_was_typed_and_the_rest_is_saved() {
    let answering = Answering::new().await;
    let position = answering.shown_at("/sections/A").await;
    let page = [
        ("position", position.as_str()),
        ("a.A1", "yes"),
        ("a.A3", "a dozen"),
        ("a.A5", "8 March"),
        ("go", "next"),
    ];
    let refused = answering.send("/sections/A", &page).await;
    assert_eq!(refused.status, 422);
    for said in [
        "value=\"a dozen\"",
        "value=\"8 March\"",
        "“a dozen” is not a number",
        "href=\"#f-A3\"",
    ] {
        assert!(refused.text.contains(said), "{said} in {refused:#?}");
    }
    assert_eq!(answering.answers().await, json!({"A1": {"value": "yes"}}));
    // A figure that reads in two ways is asked about, never guessed.
    let french = [
        ("position", position.as_str()),
        ("a.A1", "yes"),
        ("a.A4", "1.234"),
    ];
    let refused = answering.send("/sections/A?lang=fr", &french).await;
    assert_eq!(refused.status, 422);
    assert_eq!(answering.answers().await, json!({"A1": {"value": "yes"}}));
    let comma = [
        ("position", position.as_str()),
        ("a.A1", "yes"),
        ("a.A4", "12,5"),
    ];
    assert_eq!(
        answering.send("/sections/A?lang=fr", &comma).await.status,
        303
    );
    assert_eq!(answering.answers().await["A4"], json!({"value": "12.5"}));
}

#[tokio::test]
async fn conditions_are_followed_as_one_answers_and_the_script_is_told_what_changed() {
    let questionnaire = json!({"title": {"en": "Q"}, "sections": [{"code": "A", "title": {"en": "A"}, "questions": [
        {"code": "A1", "heading": "application", "type": "one_choice", "scale": "yes_in_part_no", "text": {"en": "Is it law?"}},
        {"code": "A2", "heading": "application", "type": "year", "text": {"en": "Since when?"}, "relevant": "A1 == \"yes\"", "max": 2024},
        {"code": "T1", "heading": "application", "type": "table", "text": {"en": "How many?"},
         "missing": ["not_available", "confidential"], "flags": ["provisional", "estimated"],
         "rows": [{"code": "women", "text": {"en": "Women"}}, {"code": "men", "text": {"en": "Men"}}],
         "columns": [{"year": -1, "type": "whole_number"}, {"year": 0, "type": "whole_number"},
                     {"code": "both", "type": "calculated", "text": {"en": "Both years"}, "rule": "row.y0 + row.y1"}]}]}]});
    let answering = Answering::asking(&questionnaire).await;
    let page = answering.page("/sections/A").await;
    assert!(
        page.text.contains("data-q=\"A2\" data-a=\"A2\" hidden"),
        "{page:#?}"
    );
    let position = super::hidden_field(&page, "position");
    let live = answering
        .send(
            "/sections/A",
            &[
                ("position", &position),
                ("answer", "json"),
                ("only", "A1"),
                ("only", "T1.women.y2024"),
                ("only", "T1.women.y2023"),
                ("only", "T1.men.y2024"),
                ("a.A1", "yes"),
                ("a.T1.women.y2024", "1,204 e"),
                ("a.T1.women.y2023", "96"),
                ("a.T1.men.y2024", ":c"),
            ],
        )
        .await;
    let told = live.expect(200);
    assert_eq!(told["hidden"], json!([]));
    assert_eq!(told["calculated"], json!({"T1.women.both": "1,300"}));
    assert_eq!(told["faults"], json!({}));
    assert_eq!(
        answering.answers().await,
        json!({"A1": {"value": "yes"}, "T1.women.y2024": {"value": 1204, "flags": ["estimated"]},
               "T1.women.y2023": {"value": 96}, "T1.men.y2024": {"missing": "confidential"}})
    );
    // Without the script, what is asked now is shown before one goes on.
    let back = answering.shown_at("/sections/A").await;
    let closed = [
        ("position", back.as_str()),
        ("only", "A1"),
        ("a.A1", "no"),
        ("go", "hub"),
    ];
    answering.send("/sections/A", &closed).await;
    let page = answering.page("/sections/A").await;
    let (position, hidden) = (
        super::hidden_field(&page, "position"),
        super::hidden_field(&page, "hidden"),
    );
    assert_eq!(hidden, "A2");
    let opened = [
        ("position", position.as_str()),
        ("hidden", hidden.as_str()),
        ("only", "A1"),
        ("a.A1", "yes"),
        ("go", "next"),
    ];
    let opened = answering.send("/sections/A", &opened).await;
    assert_eq!(
        opened.header("location"),
        answering.path("/sections/A?done=more")
    );
}

#[tokio::test]
async fn entries_of_a_list_are_added_and_taken_away_after_one_has_seen_what_goes() {
    let questionnaire = json!({"title": {"en": "Q"}, "sections": [{"code": "A", "title": {"en": "A"}, "questions": [
        {"code": "L1", "heading": "application", "type": "list", "text": {"en": "Which laws?"}, "most": 3, "parts": [
            {"code": "title", "type": "text", "text": {"en": "Title"}, "required": true},
            {"code": "year", "type": "year", "text": {"en": "Year"}}]}]}]});
    let answering = Answering::asking(&questionnaire).await;
    let position = answering.shown_at("/sections/A").await;
    let added = answering
        .send("/sections/A", &[("position", &position), ("add", "L1")])
        .await;
    let (_, entry) = added.header("location").split_once("#f-").unwrap();
    assert!(entry.starts_with("L1.e"), "{entry}");
    let position = answering.shown_at("/sections/A").await;
    let (title, year) = (format!("a.{entry}.title"), format!("a.{entry}.year"));
    let typed = [
        ("position", position.as_str()),
        (title.as_str(), "Prisons Act"),
        (year.as_str(), "1998"),
        ("text_lang", "en"),
    ];
    answering.send("/sections/A", &typed).await;
    let answers = answering.answers().await;
    assert_eq!(answers[format!("{entry}.year")], json!({"value": 1998}));
    let asked = answering
        .page(&format!("/sections/A/entries/{entry}"))
        .await;
    assert!(
        asked.text.contains("Prisons Act") && asked.text.contains("1998"),
        "{asked:#?}"
    );
    let removed = answering
        .send(&format!("/sections/A/entries/{entry}"), &[])
        .await;
    assert_eq!(removed.status, 303);
    assert_eq!(answering.answers().await, json!({}));
}

#[tokio::test]
async fn what_people_type_is_taken_as_they_mean_it_and_told_in_words() {
    let both = |value: &str| json!({"value": value, "label": {"en": value.to_uppercase()}});
    let questionnaire = json!({"title": {"en": "Q"}, "sections": [{"code": "A", "title": {"en": "A"}, "questions": [
        {"code": "A1", "heading": "application", "type": "percentage", "text": {"en": "Which share?"}},
        {"code": "A2", "heading": "application", "type": "link", "text": {"en": "Where?"}},
        {"code": "A3", "heading": "application", "type": "month", "text": {"en": "Since when?"}},
        {"code": "A4", "heading": "application", "type": "rank", "top": 2, "text": {"en": "Which first?"}, "options": [both("money"), both("staff")]},
        {"code": "T1", "heading": "application", "type": "table", "text": {"en": "Which rights?"}, "missing": ["not_available"],
         "rows": [{"code": "counsel", "text": {"en": "Counsel"}}],
         "columns": [{"code": "in_law", "type": "one_choice", "scale": "yes_in_part_no", "text": {"en": "In law"}}]}]}]});
    let answering = Answering::asking(&questionnaire).await;
    let page = answering.page("/sections/A").await;
    // A choice in a table has no box beside it in which one could say that it is not known.
    assert!(
        page.text
            .contains("<option value=\":\">not available</option>"),
        "{page:#?}"
    );
    assert!(!page.text.contains("In place of a figure"), "{page:#?}");
    let position = super::hidden_field(&page, "position");
    let typed = [
        ("position", position.as_str()),
        ("a.A1", "60 %"),
        ("a.A2", "www.example.org/law"),
        ("a.A3", "2024-05"),
        ("a.A4", "money"),
        ("a.A4", "money"),
        ("a.T1.counsel.in_law", ":"),
    ];
    let refused = answering.send("/sections/A", &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("“MONEY”"), "{refused:#?}");
    assert!(!refused.text.contains("“money”"), "{refused:#?}");
    let held = json!({"A1": {"value": "60"}, "A2": {"value": "https://www.example.org/law"}, "A3": {"value": "2024-05"},
        "T1.counsel.in_law": {"missing": "not_available", "not_available": true}});
    assert_eq!(answering.answers().await, held);
    let check = answering.page("/check").await;
    assert!(check.text.contains("<dd>May 2024</dd>"), "{check:#?}");
    let hub = answering.page("").await;
    assert!(
        hub.text.contains("In all: 4 of 5 questions answered."),
        "{hub:#?}"
    );
}
