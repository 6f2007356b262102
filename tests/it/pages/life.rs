//! After the submission: clarifications, amendments, withdrawal, and files.

use serde_json::json;

use super::Answering;

impl Answering {
    async fn is_submitted() -> Self {
        let answering = Self::new().await;
        answering
            .colleague_saves(json!({"A1": {"value": "yes"}, "A3": {"value": 5}}))
            .await;
        let submitted = answering.submits(&[("publication", "none")]).await;
        assert_eq!(submitted.status, 303, "{submitted:#?}");
        answering
    }

    pub(super) async fn is_asked(&self, question: &str, text: &str) {
        let path = format!("/v1/replies/{}/clarifications", self.reply);
        let ask = self.world.post(&path).token(&self.world.officer);
        let asked = json!({"question": question, "text": text, "lang": "en"});
        ask.json(&asked).expect(201).await;
    }
}

#[tokio::test]
async fn a_clarification_is_answered_where_it_is_asked_in_words_or_by_another_answer() {
    let answering = Answering::is_submitted().await;
    answering.is_asked("A3", "Is five right?").await;
    answering.is_asked("A1", "Which law?").await;
    let hub = answering.page("").await;
    assert!(
        hub.text.contains("The Secretariat asks about 2 matters"),
        "{hub:#?}"
    );
    assert!(
        hub.text.contains("Has a question of the Secretariat"),
        "{hub:#?}"
    );
    let page = answering.page("/clarifications").await;
    for said in [
        "Is five right?",
        "Which law?",
        "How many?",
        "/sections/A#f-A3",
    ] {
        assert!(page.text.contains(said), "{said} in {page:#?}");
    }
    let empty = [("text", " "), ("text_lang", "en"), ("key", "a")];
    let refused = answering.send("/clarifications/2/answer", &empty).await;
    assert_eq!(refused.status, 422, "{refused:#?}");
    let answer = [
        ("text", "The Act of 1998."),
        ("text_lang", "en"),
        ("key", "b"),
    ];
    assert_eq!(
        answering
            .send("/clarifications/2/answer", &answer)
            .await
            .status,
        303
    );
    // The other by another answer, submitted anew.
    let position = answering.shown_at("/sections/A").await;
    let changed = [
        ("position", position.as_str()),
        ("only", "A3"),
        ("a.A3", "6"),
    ];
    answering.send("/sections/A", &changed).await;
    let submitted = answering.submits(&[("publication", "none")]).await;
    assert_eq!(
        submitted.header("location"),
        answering.path("/versions/2?done=submitted")
    );
    let page = answering.page("/clarifications").await;
    for said in ["The Act of 1998.", "Answered by version 2"] {
        assert!(page.text.contains(said), "{said} in {page:#?}");
    }
    let differences = answering.page("/versions/2/differences").await;
    assert!(
        differences.text.contains(">5</del> <ins>6</ins>"),
        "{differences:#?}"
    );
}

#[tokio::test]
async fn an_amendment_is_discarded_after_one_has_seen_what_is_lost_and_a_reply_withdrawn_with_a_reason()
 {
    let answering = Answering::is_submitted().await;
    assert_eq!(
        answering.send("/amendment", &[("key", "a")]).await.status,
        303
    );
    let position = answering.shown_at("/sections/A").await;
    let changed = [
        ("position", position.as_str()),
        ("only", "A3"),
        ("a.A3", "8"),
    ];
    answering.send("/sections/A", &changed).await;
    let lost = answering.page("/discard").await;
    assert!(lost.text.contains(">5</del> <ins>8</ins>"), "{lost:#?}");
    assert_eq!(answering.send("/discard", &[]).await.status, 303);
    assert_eq!(answering.answers().await["A3"], json!({"value": 5}));
    let without = answering
        .send(
            "/withdraw",
            &[("text", ""), ("text_lang", "en"), ("key", "b")],
        )
        .await;
    assert_eq!(without.status, 422, "{without:#?}");
    let reason = [
        ("text", "The figures are wrong."),
        ("text_lang", "en"),
        ("key", "c"),
    ];
    assert_eq!(answering.send("/withdraw", &reason).await.status, 303);
    let hub = answering.page("").await;
    assert!(hub.text.contains("Withdrawn."), "{hub:#?}");
}

#[tokio::test]
async fn a_file_is_attached_and_removed_by_a_form() {
    let answering = Answering::new().await;
    let multipart = |name: &str, content: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n--b--\r\n"
        )
    };
    let send = async |body: String| {
        let path = answering.path("/files?question=A1");
        let post = answering.world.post(&path).token(&answering.finland);
        post.body("multipart/form-data; boundary=b", body)
            .send()
            .await
    };
    let refused = send(multipart("law.exe", "MZ")).await;
    assert_eq!(refused.status, 415, "{refused:#?}");
    let empty = send(multipart("law.txt", "")).await;
    assert_eq!(empty.status, 422, "{empty:#?}");
    assert_eq!(
        send(multipart("loi pénale.txt", "Article 1")).await.status,
        303
    );
    let page = answering.page("/files?question=A1").await;
    assert!(page.text.contains("loi pénale.txt"), "{page:#?}");
    let path = format!("/v1/replies/{}/files", answering.reply);
    let files = answering
        .world
        .get(&path)
        .token(&answering.finland)
        .expect(200)
        .await;
    assert_eq!(files["files"][0]["question"], json!("A1"));
    let file = files["files"][0]["file"].as_str().unwrap();
    let removed = answering
        .send(&format!("/files/{file}/remove"), &[("question", "A1")])
        .await;
    assert_eq!(removed.status, 303);
    let page = answering.page("/files").await;
    assert!(page.text.contains("No file is attached"), "{page:#?}");
}
