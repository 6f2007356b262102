//! What replies say of a person goes with the person: in versions, drafts and what was overwritten, and nothing else goes.

use access::Role;
use event_log::verify::verify;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::World;
use crate::support::dump::{dump, traces};

const NAME: &str = "Xænthippé Quuxwright-Þorn";
const EMAIL: &str = "xaenthippe.quuxwright@erase-me.example";

/// A collection whose questionnaire asks for contacts, once and in a list, and for something else.
struct Contacts {
    world: World,
    collection: String,
    administrator: String,
}

fn text(text: &str) -> Value {
    json!({"value": {"text": text, "lang": "en"}})
}

impl Contacts {
    async fn new() -> Self {
        let world = World::new().await;
        let both = json!({"en": "A text", "fr": "Un texte"});
        let part = |code: &str, kind: &str| json!({"code": code, "type": kind, "text": both});
        let group = json!({"code": "G1", "type": "group", "heading": "application", "text": both, "personal": true,
            "parts": [part("name", "text"), part("email", "text"), part("office", "text"), part("page", "link")]});
        let list = json!({"code": "L1", "type": "list", "heading": "application", "text": both, "personal": true,
            "parts": [part("name", "text"), part("email", "text")]});
        let other = json!({"code": "D1", "type": "text", "heading": "difficulties", "text": both});
        let questionnaire = json!({"title": both, "sections": [{"code": "A", "title": both, "questions": [group, list, other]}]});
        let instrument = world.instrument_that_asks(&questionnaire).await;
        let opening = json!({"instrument": instrument, "revision": 1, "title": {"en": "A sample"}, "reference": "CU/2024/1",
            "opened_on": "2025-01-08", "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"},
            "invited": {"parties": ["FIN", "SWE"]}});
        let opened = world
            .post("/v1/collections")
            .token(&world.officer)
            .json(&opening);
        let collection = opened.expect(201).await["id"].as_str().unwrap().to_owned();
        let administrator = world.token(Role::Administrator, None).await;
        Self {
            world,
            collection,
            administrator,
        }
    }

    async fn save(&self, reply: &str, token: &str, answers: Value) {
        let saved = self.world.patch(&format!("/v1/replies/{reply}/answers"));
        saved
            .token(token)
            .json(&json!({"answers": answers}))
            .expect(200)
            .await;
    }

    async fn submit(&self, reply: &str, token: &str) {
        let submitted = self.world.post(&format!("/v1/replies/{reply}/submission"));
        submitted.token(token).expect(201).await;
    }

    async fn version(&self, reply: &str, number: u32) -> Value {
        let path = format!("/v1/replies/{reply}/versions/{number}");
        let version = self.world.get(&path).token(&self.world.officer);
        version.expect(200).await["answers"].clone()
    }

    /// The addresses at which submitted replies are told to say who a person is, each with the version.
    async fn told(&self, person: &str) -> Vec<(u64, String)> {
        let listed = self.world.get(&format!("/v1/persons/{person}/answers"));
        let listed = listed.token(&self.world.officer).expect(200).await;
        let items = listed["items"].as_array().unwrap().iter();
        items
            .map(|item| {
                let address = item["address"].as_str().unwrap();
                (item["version"].as_u64().unwrap(), address.to_owned())
            })
            .collect()
    }
}

#[tokio::test]
async fn what_replies_say_of_a_person_goes_with_them_wherever_it_stands() {
    let contacts = Contacts::new().await;
    let world = &contacts.world;
    let (person, token) = world
        .known_person(Role::FocalPoint, Some("FIN"), NAME, EMAIL)
        .await;
    let swedish = world.focal_point("SWE").await;
    let finland = world.reply(&contacts.collection, &token).await;
    // What was typed before it was finished, and what stands in the first version: the name the other way round.
    contacts
        .save(&finland, &token, json!({"G1.name": text("Ms. Quuxwr")}))
        .await;
    contacts
        .save(&finland, &token, json!({
            "G1.name": {"value": {"text": "QUUXWRIGHT-ÞORN, Xænthippé", "lang": "en"}, "comment": {"text": "Zobrist line 4", "lang": "en"}},
            "G1.office": text("Bureau of Zzyzx"), "G1.page": {"value": "https://zzyzx.example/team"},
            "L1.one.name": text("Bo Ek"), "L1.one.email": text("bo.ek@example.org"),
            "D1": text("Nothing about anybody"),
        }))
        .await;
    contacts.submit(&finland, &token).await;
    let amendment = world.post(&format!("/v1/replies/{finland}/amendment"));
    amendment.token(&token).expect(201).await;
    contacts
        .save(&finland, &token, json!({
            "G1.name": {"value": {"text": "Bo Ek", "lang": "en"}, "comment": null}, "G1.office": text("Bureau of Aarhus"), "G1.page": null,
        }))
        .await;
    contacts.submit(&finland, &token).await;
    // Another State drafts the person by the address alone, under a name that the directory does not know.
    let sweden = world.reply(&contacts.collection, &swedish).await;
    contacts
        .save(&sweden, &swedish, json!({
            "L1.two.name": text("Dr. Zaphodine"), "L1.two.email": text("XAENTHIPPE.quuxwright@erase-me.example"),
            "L1.six.name": text("Aino Ek"),
        }))
        .await;

    let first = [(1, "G1.name"), (1, "G1.office"), (1, "G1.page")];
    let first = first.map(|(version, address)| (version, address.to_owned()));
    assert_eq!(contacts.told(&person).await, first, "and nothing of drafts");
    let theirs = [
        "Quux",
        "QUUX",
        "quux",
        "Zzyzx",
        "zzyzx",
        "Zobrist",
        "Zaphodine",
    ];
    let planted = dump(&world.database).await;
    assert_eq!(traces(&planted, &theirs), theirs);
    let before = contacts.version(&finland, 2).await;

    let erased = world.delete(&format!("/v1/persons/{person}"));
    erased.token(&contacts.administrator).expect(204).await;

    let after = dump(&world.database).await;
    assert_eq!(traces(&after, &theirs), [""; 0]);
    let others = [
        "Bo Ek",
        "bo.ek@example.org",
        "Bureau of Aarhus",
        "Aino Ek",
        "Nothing about anybody",
    ];
    assert_eq!(
        traces(&after, &others),
        others,
        "what is about others stays"
    );
    let redacted = contacts.version(&finland, 1).await;
    for address in ["G1.name", "G1.office", "G1.page"] {
        assert_eq!(
            redacted[address]["value"]["reason"], "names_a_person",
            "{address} in {redacted}"
        );
    }
    assert_eq!(redacted["L1.one.name"]["value"]["text"], "Bo Ek");
    assert_eq!(contacts.version(&finland, 2).await, before);
    let draft = world
        .get(&format!("/v1/replies/{sweden}/answers"))
        .token(&swedish);
    let draft = draft.expect(200).await["answers"].clone();
    assert_eq!(draft["L1.two.name"]["value"]["redacted"], true);
    assert_eq!(draft["L1.six.name"]["value"]["text"], "Aino Ek");
    // The log still holds, and says what is redacted.
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    let verified = verify(&pool, &[]).await.unwrap();
    assert_eq!(verified.findings, []);
    // Erased again, nothing more happens.
    let head = world.head().await;
    let again = world.delete(&format!("/v1/persons/{person}"));
    again.token(&contacts.administrator).expect(204).await;
    assert_eq!(world.head().await, head);
}

#[tokio::test]
async fn whoever_erases_themself_takes_what_has_their_address_and_what_they_wrote_and_no_more() {
    let contacts = Contacts::new().await;
    let world = &contacts.world;
    let (_, swedish) = world
        .known_person(Role::FocalPoint, Some("SWE"), "Bo Ek", "bo@example.org")
        .await;
    let sweden = world.reply(&contacts.collection, &swedish).await;
    contacts
        .save(&sweden, &swedish, json!({"G1.name": text(NAME), "G1.office": text("Bureau of Zzyzx"),
                                       "L1.one.name": text("The coordinator"), "L1.one.email": text(EMAIL)}))
        .await;
    contacts.submit(&sweden, &swedish).await;
    // Somebody takes another's name, writes it down, and goes.
    let (_, token) = world
        .known_person(Role::FocalPoint, Some("FIN"), "Somebody Else", EMAIL)
        .await;
    let renamed = world
        .patch("/v1/me")
        .token(&token)
        .json(&json!({"name": NAME}));
    renamed.expect(200).await;
    let finland = world.reply(&contacts.collection, &token).await;
    contacts
        .save(
            &finland,
            &token,
            json!({"G1.name": text(NAME), "G1.office": text("Bureau of Aarhus")}),
        )
        .await;
    contacts.submit(&finland, &token).await;
    world.delete("/v1/me").token(&token).expect(204).await;

    let swedens = contacts.version(&sweden, 1).await;
    assert_eq!(
        swedens["G1.name"]["value"]["text"], NAME,
        "a name that anybody can take proves nothing"
    );
    assert_eq!(swedens["G1.office"]["value"]["text"], "Bureau of Zzyzx");
    assert_eq!(swedens["L1.one.name"]["value"]["redacted"], true);
    assert_eq!(swedens["L1.one.email"]["value"]["redacted"], true);
    let finlands = contacts.version(&finland, 1).await;
    assert_eq!(finlands["G1.name"]["value"]["redacted"], true);
    assert_eq!(finlands["G1.office"]["value"]["redacted"], true);
}
