//! Pages for people: a reply is answered, checked, submitted and amended by forms, without a script.

mod colleagues;
mod life;
mod saving;
mod walk;

use serde_json::{Value, json};

use crate::support::{Answer, World};

/// A collection that asks a questionnaire, and Finland's reply to it.
struct Answering {
    world: World,
    reply: String,
    finland: String,
}

impl Answering {
    /// A reply that is begun by its page.
    async fn new() -> Self {
        let world = World::new().await;
        let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
        Self::of(world, opened.collection).await
    }

    /// The same, of a questionnaire whose texts are in English.
    async fn asking(questionnaire: &Value) -> Self {
        let world = World::new().await;
        let instrument = world
            .instrument_that_asks(&in_french_too(questionnaire))
            .await;
        let opening = json!({"instrument": instrument, "revision": 1, "title": {"en": "A sample"}, "reference": "CU/2024/1",
            "opened_on": "2025-01-08", "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"},
            "reference_year": 2024, "invited": {"parties": ["FIN", "SWE"]}});
        let opened = world.post("/v1/collections").token(&world.officer);
        let opened = opened.json(&opening).expect(201).await;
        let collection = opened["id"].as_str().unwrap().to_owned();
        Self::of(world, collection).await
    }

    async fn of(world: World, collection: String) -> Self {
        let finland = world.focal_point("FIN").await;
        let begin = world.post(&format!("/collections/{collection}/reply"));
        let begun = form(begin.token(&finland), &[("key", "begin")]).await;
        assert_eq!(begun.status, 303, "{begun:#?}");
        let location = begun.header("location");
        let reply = location.strip_prefix("/replies/").unwrap().to_owned();
        Self {
            world,
            reply,
            finland,
        }
    }

    fn path(&self, below: &str) -> String {
        format!("/replies/{}{below}", self.reply)
    }

    async fn page(&self, below: &str) -> Answer {
        let page = self.world.get(&self.path(below)).token(&self.finland);
        page.send().await
    }

    /// Sends the form of a page of the reply.
    async fn send(&self, below: &str, fields: &[(&str, &str)]) -> Answer {
        let post = self.world.post(&self.path(below)).token(&self.finland);
        form(post, fields).await
    }

    /// The position at which a page shows the reply.
    async fn shown_at(&self, below: &str) -> String {
        let page = self.page(below).await;
        hidden_field(&page, "position")
    }

    async fn answers(&self) -> Value {
        let path = format!("/v1/replies/{}/answers", self.reply);
        let answers = self.world.get(&path).token(&self.finland).expect(200).await;
        answers["answers"].clone()
    }

    /// A colleague's save, by the API.
    async fn colleague_saves(&self, answers: Value) {
        let path = format!("/v1/replies/{}/answers", self.reply);
        let save = self.world.patch(&path).token(&self.finland);
        save.json(&json!({"answers": answers})).expect(200).await;
    }

    async fn submits(&self, publication: &[(&str, &str)]) -> Answer {
        let page = self.page("/check").await;
        let key = hidden_field(&page, "key");
        let mut fields = vec![("key", key.as_str())];
        fields.extend(publication);
        self.send("/check", &fields).await
    }
}

/// A questionnaire with French texts beside the English ones.
fn in_french_too(part: &Value) -> Value {
    match part {
        Value::Object(members) => {
            let mut members: serde_json::Map<String, Value> = members
                .iter()
                .map(|(name, member)| (name.clone(), in_french_too(member)))
                .collect();
            if let Some(Value::String(text)) = members.get("en") {
                let french = json!(format!("{text} (fr)"));
                members.insert("fr".to_owned(), french);
            }
            Value::Object(members)
        }
        Value::Array(elements) => elements.iter().map(in_french_too).collect(),
        other => other.clone(),
    }
}

/// Sends a form.
async fn form(call: crate::support::Call, fields: &[(&str, &str)]) -> Answer {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    let body = body.finish();
    call.body("application/x-www-form-urlencoded", body)
        .send()
        .await
}

/// What a hidden field of a page's form holds.
fn hidden_field(page: &Answer, name: &str) -> String {
    let (_, rest) = page
        .text
        .split_once(&format!("type=\"hidden\" name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name} in {page:#?}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_reply_is_begun_answered_submitted_and_its_receipt_kept_by_pages_alone() {
    let answering = Answering::new().await;
    let home = answering
        .world
        .get("/home")
        .token(&answering.finland)
        .send()
        .await;
    assert_eq!(home.status, 200);
    let hub = answering.page("").await;
    for said in [
        "Application",
        "Difficulties",
        "Not begun",
        "0 of 6 questions answered",
    ] {
        assert!(hub.text.contains(said), "{said} in {hub:#?}");
    }
    let position = answering.shown_at("/sections/A").await;
    let saved = answering
        .send(
            "/sections/A",
            &[
                ("position", &position),
                ("text_lang", "en"),
                ("a.A1", "yes"),
                ("a.A2", "a"),
                ("a.A2", "b"),
                ("a.A3", "1,000"),
                ("a.A4", "12.5"),
                ("a.A5", "2011-03-08"),
                ("m.A6", "not_available"),
                ("c.A1", "It is of 1998."),
                ("go", "next"),
            ],
        )
        .await;
    assert_eq!(
        (saved.status, saved.header("location")),
        (303, answering.path("/sections/D").as_str())
    );
    assert_eq!(
        answering.answers().await,
        json!({
            "A1": {"value": "yes", "comment": {"text": "It is of 1998.", "lang": "en"}},
            "A2": {"value": ["a", "b"]}, "A3": {"value": 1000}, "A4": {"value": "12.5"}, "A5": {"value": "2011-03-08"},
            "A6": {"missing": "not_available", "not_available": true}
        })
    );
    let check = answering.page("/check").await;
    for said in [
        "Nothing stands in the way",
        "Yes",
        "1,000",
        "8 March 2011",
        "not available",
    ] {
        assert!(check.text.contains(said), "{said} in {check:#?}");
    }
    let unsaid = answering.submits(&[]).await;
    assert_eq!(unsaid.status, 422);
    assert!(unsaid.text.contains("choose what may be published"));
    let submitted = answering
        .submits(&[("publication", "sections"), ("section", "A")])
        .await;
    assert_eq!(
        submitted.header("location"),
        answering.path("/versions/1?done=submitted")
    );
    let receipt = answering.page("/versions/1?done=submitted").await;
    let version = format!("/v1/replies/{}/versions/1", answering.reply);
    let version = answering
        .world
        .get(&version)
        .token(&answering.finland)
        .expect(200)
        .await;
    assert_eq!(version["publication"], json!({"sections": ["A"]}));
    for said in [
        version["leaf"].as_str().unwrap(),
        &version["submitted"]["position"].to_string(),
        answering.reply.as_str(),
        "Receipt",
    ] {
        assert!(receipt.text.contains(said), "{said} in {receipt:#?}");
    }
    // What stands submitted is shown, and not to be changed.
    let section = answering.page("/sections/A").await;
    assert!(!section.text.contains("Save and continue"), "{section:#?}");
    let refused = answering
        .send("/sections/A", &[("position", &position), ("a.A1", "no")])
        .await;
    assert_eq!(refused.status, 409);
}

#[tokio::test]
async fn pages_are_in_the_language_that_is_asked_for_and_say_what_is_in_another() {
    let answering = Answering::new().await;
    let page = answering.page("/sections/A?lang=ar").await;
    assert!(
        page.text.contains("<html lang=\"ar\" dir=\"rtl\">"),
        "{page:#?}"
    );
    assert!(
        page.text.contains("lang=\"en\" dir=\"ltr\">Application"),
        "{page:#?}"
    );
    assert_eq!(page.header("content-language"), "ar");
    // The browser keeps what was chosen.
    let kept = page
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let next = answering
        .world
        .get(&answering.path(""))
        .token(&answering.finland);
    let next = next
        .header("cookie", &kept)
        .header("accept-language", "fr")
        .send()
        .await;
    assert!(next.text.contains("<html lang=\"ar\""), "{next:#?}");
    let french = answering.page("/sections/A?lang=fr").await;
    assert!(french.text.contains("Is it law? (fr)"), "{french:#?}");
}

#[tokio::test]
async fn what_went_wrong_is_told_by_a_page_and_who_is_not_signed_in_is_led_to_sign_in_and_back() {
    let answering = Answering::new().await;
    let world = &answering.world;
    let stranger = world.get(&answering.path("/sections/A")).send().await;
    assert_eq!(stranger.status, 303);
    let to = format!(
        "/sign-in?to=%2Freplies%2F{}%2Fsections%2FA",
        answering.reply
    );
    assert_eq!(stranger.header("location"), to);
    let asked = world.get(&to).send().await;
    assert!(asked.text.contains("You need to sign in"), "{asked:#?}");
    let nothing = answering.page("/sections/Q").await;
    assert_eq!(
        (nothing.status, nothing.header("content-type")),
        (404, "text/html; charset=utf-8")
    );
    let sweden = world.focal_point("SWE").await;
    let others = world.get(&answering.path("")).token(&sweden).send().await;
    assert_eq!(others.status, 404);
    // A browser that shows what nobody knows is told so by a page too.
    let unknown = world
        .get("/nowhere")
        .header("accept", "text/html")
        .send()
        .await;
    assert_eq!(
        (unknown.status, unknown.header("content-type")),
        (404, "text/html; charset=utf-8")
    );
}
