//! Colleagues: invited by section, and shown no more than theirs.

use serde_json::json;

use super::{Answering, hidden_field};

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
