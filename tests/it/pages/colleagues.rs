//! Colleagues: invited by section, and shown no more than theirs.

use serde_json::json;

use super::{Answering, hidden_field};
use crate::support::Answer;

#[tokio::test]
async fn a_colleague_is_invited_to_a_section_by_its_title_and_sees_no_other() {
    let answering = Answering::new().await;
    answering
        .colleague_saves(
            json!({"A1": {"value": "yes", "comment": {"text": "Of A.", "lang": "en"}}}),
        )
        .await;
    let page = answering.page("/colleagues").await;
    let key = hidden_field(&page, "key");
    let none = [
        ("key", key.as_str()),
        ("name", "Bo Ek"),
        ("email", "bo@example.org"),
        ("language", "en"),
    ];
    let refused = answering.send("/colleagues", &none).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains("at least one section") && refused.text.contains("Bo Ek"),
        "{refused:#?}"
    );
    let mut fields = none.to_vec();
    fields.push(("section", "D"));
    let invited = answering.send("/colleagues", &fields).await;
    assert_eq!(invited.status, 303, "{invited:#?}");
    let hub = answering.page("").await;
    assert!(hub.text.contains("Colleagues: Bo Ek."), "{hub:#?}");
    let link = answering.world.link_to("bo@example.org").await.unwrap();
    let opened = answering.world.get(&format!("/join/{link}")).send().await;
    for said in ["Difficulties", "The focal point of Finland invites you"] {
        assert!(opened.text.contains(said), "{said} in {opened:#?}");
    }
    let cookie = answering.world.signed_in(&link).await;
    let see = async |below: &str| {
        let page = answering.world.get(&answering.path(below));
        page.header("cookie", &cookie).send().await
    };
    let hub = see("").await;
    assert!(
        hub.text.contains("Difficulties") && !hub.text.contains("Application"),
        "{hub:#?}"
    );
    assert_eq!(see("/sections/A").await.status, 404);
    let section = see("/sections/D").await;
    let position = hidden_field(&section, "position");
    let save = answering.world.post(&answering.path("/sections/D"));
    let save = save
        .header("cookie", &cookie)
        .header("sec-fetch-site", "same-origin");
    let typed = [
        ("position", position.as_str()),
        ("a.D1", "Funds."),
        ("text_lang", "en"),
    ];
    assert_eq!(super::form(save, &typed).await.status, 303);
    // From another site's page the same form does nothing.
    let foreign = answering.world.post(&answering.path("/sections/D"));
    let foreign = foreign
        .header("cookie", &cookie)
        .header("sec-fetch-site", "cross-site");
    assert_eq!(super::form(foreign, &typed).await.status, 403);
    let check = see("/check").await;
    assert!(
        check.text.contains("Funds.") && !check.text.contains("Of A."),
        "{check:#?}"
    );
    assert_eq!(see("/colleagues").await.status, 404);
    // Of what the Secretariat asks they are told what is about their section.
    let submitted = answering.submits(&[("publication", "none")]).await;
    assert_eq!(submitted.status, 303, "{submitted:#?}");
    answering.is_asked("A1", "Which law?").await;
    for page in [see("").await, see("/clarifications").await] {
        assert!(!page.text.contains("Which law?"), "{page:#?}");
        assert!(
            !page.text.contains("The Secretariat asks about"),
            "{page:#?}"
        );
    }
    let home = answering.world.get("/home").header("cookie", &cookie);
    let home = home.send().await;
    assert!(!home.text.contains("asks about"), "{home:#?}");
    answering.is_asked("D1", "Which funds?").await;
    let hub = see("").await;
    assert!(hub.text.contains("asks about 1 matter"), "{hub:#?}");
    // The focal point ends their part.
    let page = answering.page("/colleagues").await;
    let (_, rest) = page
        .text
        .split_once(&answering.path("/colleagues/"))
        .unwrap();
    let person = rest.split('"').next().unwrap();
    let ended = answering
        .send(&format!("/colleagues/{person}"), &[("dismiss", "1")])
        .await;
    assert_eq!(ended.status, 303, "{ended:#?}");
    assert_eq!(see("/sections/D").await.status, 303);
}

/// A contributor of section D who is signed in, and what they ask for.
struct Colleague {
    answering: Answering,
    cookie: String,
}

impl Colleague {
    async fn invited() -> Self {
        let answering = Answering::new().await;
        let key = hidden_field(&answering.page("/colleagues").await, "key");
        let fields = [
            ("key", key.as_str()),
            ("name", "Bo Ek"),
            ("email", "bo@example.org"),
            ("language", "en"),
            ("section", "D"),
        ];
        let invited = answering.send("/colleagues", &fields).await;
        assert_eq!(invited.status, 303, "{invited:#?}");
        let link = answering.world.link_to("bo@example.org").await.unwrap();
        let cookie = answering.world.signed_in(&link).await;
        Self { answering, cookie }
    }

    async fn see(&self, below: &str) -> Answer {
        let page = self.answering.world.get(&self.answering.path(below));
        page.header("cookie", &self.cookie).send().await
    }

    async fn send(&self, below: &str, fields: &[(&str, &str)]) -> Answer {
        let post = self.answering.world.post(&self.answering.path(below));
        let post = post.header("cookie", &self.cookie);
        super::form(post.header("sec-fetch-site", "same-origin"), fields).await
    }
}

#[tokio::test]
async fn a_section_is_handed_back_and_returned_by_forms_and_each_side_sees_it() {
    let bo = Colleague::invited().await;
    // What was typed is saved before one goes on to hand back.
    let section = bo.see("/sections/D").await;
    let position = hidden_field(&section, "position");
    let typed = [
        ("position", position.as_str()),
        ("a.D1", "Funds."),
        ("text_lang", "en"),
        ("go", "hand_back"),
    ];
    let saved = bo.send("/sections/D", &typed).await;
    let to = bo.answering.path("/sections/D/hand-back");
    assert_eq!((saved.status, saved.header("location")), (303, to.as_str()));
    assert_eq!(
        bo.answering.answers().await["D1"]["value"]["text"],
        "Funds."
    );
    let page = bo.see("/sections/D/hand-back").await;
    assert!(page.text.contains("Difficulties"), "{page:#?}");
    let key = hidden_field(&page, "key");
    let long = "x".repeat(10_001);
    let fields = |text| [("key", key.as_str()), ("text", text), ("text_lang", "en")];
    let refused = bo.send("/sections/D/hand-back", &fields(&long)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains(&long), "it stays as it was typed");
    let remark = "Finished <b>; please check the 2023 figures.";
    let back = bo.send("/sections/D/hand-back", &fields(remark)).await;
    let hub = bo.answering.path("?done=handed_back");
    assert_eq!((back.status, back.header("location")), (303, hub.as_str()));
    let hub = bo.see("?done=handed_back").await;
    for said in [
        "The section is handed back to the focal point.",
        "You handed this section back",
        "please check the 2023 figures",
    ] {
        assert!(hub.text.contains(said), "{said} in {hub:#?}");
    }
    let section = bo.see("/sections/D").await;
    assert!(
        !section.text.contains("Save, then hand back"),
        "once is enough"
    );
    let again = bo
        .send("/sections/D/hand-back", &[("key", "another")])
        .await;
    assert_eq!(again.status, 409);
    assert!(again.text.contains("handed this section back already"));

    // The focal point sees by whom, when, and what they remark, on both pages, with the form that returns it.
    for below in ["", "/colleagues"] {
        let page = bo.answering.page(below).await;
        for said in [
            "Handed back by Bo Ek",
            "Finished &#60;b&#62;; please check",
            "/sections/D/return\"",
        ] {
            assert!(page.text.contains(said), "{said} in {page:#?}");
        }
    }
    let section = bo.answering.page("/sections/D").await;
    assert!(
        section.text.contains("Handed back by Bo Ek"),
        "{section:#?}"
    );
    let returned = [
        ("key", "return"),
        ("text", "Which year?"),
        ("text_lang", "en"),
    ];
    let returned = bo.answering.send("/sections/D/return", &returned).await;
    let to = bo.answering.path("/colleagues?done=returned");
    assert_eq!(
        (returned.status, returned.header("location")),
        (303, to.as_str())
    );
    let page = bo.answering.page("/colleagues?done=returned").await;
    assert!(
        page.text.contains("Returned to Bo Ek") && !page.text.contains("/sections/D/return\""),
        "{page:#?}"
    );
    for below in ["", "/sections/D"] {
        let page = bo.see(below).await;
        assert!(
            page.text
                .contains("The focal point returned this section to you")
                && page.text.contains("Which year?"),
            "{page:#?}"
        );
    }
    let refused = bo
        .answering
        .send("/sections/D/return", &[("key", "r2")])
        .await;
    assert_eq!(refused.status, 409, "{refused:#?}");
    assert!(refused.text.contains("has handed it back"), "{refused:#?}");
    // In every language, from right to left too.
    for lang in ["ar", "zh", "fr", "ru", "es"] {
        let page = bo.see(&format!("?lang={lang}")).await;
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("The focal point returned"), "{lang}");
    }
    // It is not a page for others.
    assert_eq!(bo.see("/sections/A/hand-back").await.status, 404);
}
