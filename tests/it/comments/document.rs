//! The document of all comments: translations, paper, lateness, and what was taken up.

use serde_json::{Value, json};

use crate::support::{World, forwarding, questionnaire};

#[tokio::test]
async fn the_document_shows_translations_paper_lateness_and_what_is_taken_up() {
    let world = World::new().await;
    world.register("PRI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    let id = instrument.rsplit('/').next().unwrap();
    let mut new = forwarding(id, 1, &json!(["FIN", "KEN", "PRI"]));
    new["deadline"] = json!({"at": "2004-07-31", "time_zone": "Europe/Vienna"});
    let opened = world.post("/v1/consultations").token(&world.officer);
    let opened = opened.json(&new).expect(201).await;
    let path = format!("/v1/consultations/{}", opened["id"].as_str().unwrap());
    let on_paper = json!({"on": {"question": "A1"}, "lang": "ru", "text": "Это закон?", "wording": "Есть ли закон?",
                          "source": "Note verbale 17/2004", "received_on": "2004-06-15"});
    let entered = world.post(&format!("{path}/parties/FIN/comments"));
    let entered = entered
        .token(&world.officer)
        .json(&on_paper)
        .expect(201)
        .await;
    let comment = format!("/v1/comments/{}", entered["id"].as_str().unwrap());
    let kenya = world.focal_point("KEN").await;
    let late = world
        .comment(&path, &kenya, json!({"instrument": true}), "Too late.")
        .await;
    for (lang, text, by) in [
        ("fr", "Est-ce la loi ?", "secretariat"),
        ("es", "¿Es ley?", "machine"),
    ] {
        let content = entered["comment"]["content"].as_str().unwrap();
        let translate = world.put(&format!("/v1/contents/{content}/translations/{lang}"));
        let translate = translate.token(&world.officer);
        translate
            .json(&json!({"text": text, "by": by}))
            .expect(200)
            .await;
    }
    world.dispose(&comment, "accepted").await;
    world.dispose(&late, "noted").await;
    let mut changed = questionnaire();
    changed["sections"][0]["questions"][0]["text"]["en"] = json!("Is there a law?");
    let taken_up = json!({"takes_up": [entered["id"]]});
    world.close_consultation(&path).await;
    world.revise(&instrument, &changed, taken_up).await;
    let seen = world.get(&comment).token(&world.officer).expect(200).await;
    assert_eq!(seen["taken_up_in"], 2);
    let publish = world.post(&format!("{path}/publication"));
    let publish = publish
        .token(&world.officer)
        .json(&json!({"on": "2004-09-01"}));
    publish.expect(201).await;

    let shown = async |query: &str| {
        let shown = world.get(&format!("{instrument}/comments-document?{query}"));
        shown.send().await.text
    };
    let data: Value = serde_json::from_str(&shown("format=json&lang=fr").await).unwrap();
    let round = &data["consultations"][0];
    let kinds = json!([{"kind": "member_state", "asked": 2, "answered": 2, "late": 1},
                       {"kind": "ngo", "asked": 1, "answered": 0, "late": 0}]);
    assert_eq!(round["asked"], kinds);
    let group = &round["groups"][1];
    assert_eq!(
        (&group["text"], &group["lang"]),
        (&json!("Is it law? (fr)"), &json!("fr"))
    );
    assert_eq!(
        group["comments"][0]["comment"]["translations"]["fr"]["by"],
        "secretariat"
    );

    for form in ["html", "markdown"] {
        let page = shown(&format!("format={form}&lang=fr")).await;
        let find = |text: &str| {
            let plain = page.replace('\\', "");
            plain
                .find(text)
                .unwrap_or_else(|| panic!("no {text} in {page}"))
        };
        // The original first, then the reader's language, then the others; each marked.
        let order = [
            "Reçu hors délai",
            "Это закон?",
            "Traduction (fr) par le Secrétariat",
            "Est-ce la loi ?",
            "Traduction (es) par une machine",
            "¿Es ley?",
            "Есть ли закон?",
            "Reçu sur papier : Note verbale 17/2004, 2004-06-15",
            "Pris en compte dans la révision 2",
        ];
        let places = order.map(find);
        assert!(places.is_sorted(), "{places:?} in {page}");
        find("2 destinataires, 2 réponses, dont 1 hors délai");
    }
    // A reader of a language that the questionnaire lacks is told which one stands in for it.
    let page = shown("format=html&lang=ru").await;
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"), "{page}");
    let page = shown("format=markdown&lang=ru").await;
    let plain = page.replace('\\', "");
    assert!(
        plain.contains("Question A1: Is it law?\n\nLanguage: en"),
        "{page}"
    );

    // A later translation is another document.
    let tag = world
        .get(&format!("{instrument}/comments-document"))
        .send()
        .await;
    let tag = tag.header("etag").to_owned();
    let content = entered["comment"]["content"].as_str().unwrap();
    let translate = world.put(&format!("/v1/contents/{content}/translations/en"));
    let translate = translate.token(&world.officer);
    translate
        .json(&json!({"text": "Is it law?", "by": "secretariat"}))
        .expect(200)
        .await;
    let again = world.get(&format!("{instrument}/comments-document"));
    let again = again.header("if-none-match", &tag).send().await;
    assert_eq!(again.status, 200);
    let tag = again.header("etag").to_owned();
    let same = world.get(&format!("{instrument}/comments-document"));
    let same = same.header("if-none-match", &tag).send().await;
    assert_eq!(same.status, 304);
}
