//! Sections that a contributor hands back to the focal point, and that it returns.

use access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Call, World, each, said};

/// Finland's reply, its focal point, a contributor of section D, and one of A to whom the rest is opened.
struct Finland {
    world: World,
    focal_point: String,
    contributor: String,
    person: String,
    reader: String,
    collection: String,
    reply: String,
}

impl Finland {
    async fn begun() -> Self {
        let world = World::new().await;
        let collection = world.collection(json!({"parties": ["FIN"]})).await;
        let collection = collection.collection;
        let known = async |role, email: &str| {
            let person = world.known_person(role, Some("FIN"), "Somebody", email);
            person.await
        };
        let (person, focal_point) = known(Role::FocalPoint, "focal@example.org").await;
        let path = format!("/v1/collections/{collection}/parties/FIN");
        let name = world.put(&format!("{path}/focal-point"));
        let name = name.token(&world.officer).json(&json!({"person": person}));
        name.expect(200).await;
        let reply = world.reply(&collection, &focal_point).await;
        let (person, contributor) = known(Role::Contributor, "bo@example.org").await;
        world.admit(&collection, "FIN", &person, &["D"]).await;
        let (other, reader) = known(Role::Contributor, "cai@example.org").await;
        let open = world.put(&format!("{path}/contributors/{other}"));
        let open = open.token(&focal_point);
        let all = json!({"sections": ["A"], "reads": {"all": true}});
        open.json(&all).expect(200).await;
        Self {
            reply: format!("/v1/replies/{reply}"),
            world,
            focal_point,
            contributor,
            person,
            reader,
            collection,
        }
    }

    fn post(&self, what: &str, token: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.post(&path).token(token)
    }

    fn hand_back(&self) -> Call {
        self.post("/sections/D/hand-back", &self.contributor)
    }

    fn give_back(&self) -> Call {
        self.post("/sections/D/return", &self.focal_point)
    }

    async fn listed(&self, token: &str) -> Value {
        let path = format!("{}/hand-backs", self.reply);
        let listed = self.world.get(&path).token(token).expect(200).await;
        listed["items"].clone()
    }

    /// How many events of a timeline tell that a section was passed on.
    async fn told(&self, token: &str) -> usize {
        let id = self.reply.rsplit('/').next().unwrap();
        let path = format!("/v1/timelines/{id}");
        let told = self.world.get(&path).token(token).expect(200).await;
        let kinds = each(&told["items"], "kind");
        let passed = kinds.iter().filter(|kind| kind.starts_with("section_"));
        passed.count()
    }

    async fn letters(&self, email: &str) -> Vec<Value> {
        let letters = self.world.letters_to(email).await.into_iter();
        let of =
            |letter: &Value| ["hand_back", "section_return"].map(|kind| letter["kind"] == kind);
        letters
            .filter(|letter| of(letter).contains(&true))
            .collect()
    }

    async fn save(&self) -> Answer {
        let path = format!("{}/answers/D1", self.reply);
        let save = self.world.put(&path).token(&self.contributor);
        save.json(&json!({"value": said("Funds.")})).send().await
    }
}

#[tokio::test]
async fn a_section_is_handed_back_and_returned_with_remarks_that_its_two_sides_read_alone() {
    let finland = Finland::begun().await;
    let finished = json!({"remark": said("I have finished; please check the 2023 figures.")});
    let before = finland.world.head().await;
    let call = finland.hand_back().header("idempotency-key", "one");
    let back = call.json(&finished).send().await;
    let back = back.expect(201);
    assert_eq!(back["items"][0]["state"], "handed_back");
    // The same request again is answered alike, whatever happened since.
    let again = finland.hand_back().header("idempotency-key", "one");
    assert_eq!(again.json(&finished).expect(201).await, back);
    finland
        .hand_back()
        .problem(409, "section_already_handed_back")
        .await;

    let listed = finland.listed(&finland.focal_point).await;
    assert_eq!(listed[0]["section"], "D");
    let path = format!(
        "/v1/collections/{}/parties/FIN/delegation",
        finland.collection
    );
    let delegation = finland.world.get(&path).token(&finland.focal_point);
    let delegation = delegation.expect(200).await;
    let ids = each(&delegation["contributors"], "person");
    assert!(ids.contains(&listed[0]["person"].as_str().unwrap()));
    assert_ne!(listed[0]["person"], json!(finland.person));
    assert_eq!(listed[0]["remark"]["text"], finished["remark"]["text"]);
    assert_eq!(listed[0]["returned"], Value::Null);
    // Whoever it is knows themselves.
    let own = finland.listed(&finland.contributor).await;
    assert_eq!(own[0]["person"], json!(finland.person));
    assert_eq!(own[0]["remark"], listed[0]["remark"]);
    // To whom the rest of the reply is opened the remark is not, nor that there is one.
    assert_eq!(finland.listed(&finland.reader).await, json!([]));
    for (token, count) in [
        (&finland.focal_point, 1),
        (&finland.contributor, 1),
        (&finland.reader, 0),
        (&finland.world.officer, 0),
    ] {
        assert_eq!(finland.told(token).await, count);
    }
    let path = format!("{}/hand-backs", finland.reply);
    let officer = finland.world.get(&path).token(&finland.world.officer);
    officer.problem(404, "not_found").await;

    // Saving ends nothing.
    finland.save().await.expect(200);
    let listed = finland.listed(&finland.focal_point).await;
    assert_eq!(listed[0]["state"], "handed_back");

    let more = json!({"remark": said("Which year is D1 of?")});
    let returned = finland.give_back().json(&more).expect(201).await;
    assert_eq!(returned["items"][0]["state"], "returned");
    finland
        .give_back()
        .problem(409, "section_not_handed_back")
        .await;
    let listed = finland.listed(&finland.contributor).await;
    assert_eq!(listed[0]["return_remark"]["text"], "Which year is D1 of?");
    // As of before it was returned, and before it was handed back.
    let at = listed[0]["handed_back"]["position"].as_u64().unwrap();
    for (position, state) in [(at, json!("handed_back")), (before, Value::Null)] {
        let path = format!("{path}?as_of={position}");
        let then = finland.world.get(&path).token(&finland.contributor);
        let then = then.expect(200).await;
        assert_eq!(then["items"][0]["state"], state, "{position}");
    }
    finland.hand_back().expect(201).await;
    let listed = finland.listed(&finland.focal_point).await;
    assert_eq!(listed[0]["remark"], Value::Null);
    assert_eq!(listed[0]["state"], "handed_back");

    // A submission ends it.
    let submit = finland.post("/submission", &finland.focal_point);
    let yes = finland.world.patch(&format!("{}/answers", finland.reply));
    let yes = yes.token(&finland.focal_point);
    let answers = json!({"answers": {"A1": {"value": "yes"}}});
    yes.json(&answers).expect(200).await;
    submit.json(&json!({"publication": null})).expect(201).await;
    assert_eq!(finland.listed(&finland.focal_point).await, json!([]));
    finland.hand_back().problem(409, "reply_submitted").await;
    finland.give_back().problem(409, "reply_submitted").await;
}

#[tokio::test]
async fn what_cannot_be_handed_back_or_returned_is_refused_with_its_reason() {
    let finland = Finland::begun().await;
    let (own, other) = (&finland.contributor, &finland.reader);
    let post = |what: &str, token: &str| finland.post(what, token);
    let of_others = post("/sections/A/hand-back", own);
    of_others.problem(403, "not_contributor").await;
    let only_read = post("/sections/D/hand-back", other);
    only_read.problem(403, "not_contributor").await;
    let focal = post("/sections/D/hand-back", &finland.focal_point);
    focal.problem(403, "not_allowed").await;
    let returns = post("/sections/D/return", own);
    returns.problem(403, "not_allowed").await;
    for (what, token) in [("hand-back", own), ("return", &finland.focal_point)] {
        let there_is_none = post(&format!("/sections/Z/{what}"), token);
        there_is_none.problem(404, "not_found").await;
    }
    finland
        .give_back()
        .problem(409, "section_not_handed_back")
        .await;
    let blank = finland.hand_back().json(&json!({"remark": said("  ")}));
    blank.problem(422, "remark_faulty").await;
    let long = finland
        .hand_back()
        .json(&json!({"remark": said(&"x".repeat(10_001))}));
    long.problem(422, "remark_faulty").await;

    // Nothing is returned to whoever answers the section no more.
    finland.hand_back().expect(201).await;
    let path = format!(
        "/v1/collections/{}/parties/FIN/contributors/{}",
        finland.collection, finland.person
    );
    let dismiss = finland.world.delete(&path).token(&finland.focal_point);
    dismiss.expect(200).await;
    finland
        .give_back()
        .problem(409, "section_not_handed_back")
        .await;
    assert_eq!(
        finland.listed(&finland.focal_point).await[0]["section"],
        "D"
    );
    // Nor does who was dismissed come in.
    assert_eq!(finland.hand_back().send().await.status, 401);
}

#[tokio::test]
async fn each_side_hears_of_it_by_a_letter_that_nobody_else_is_told_of() {
    let finland = Finland::begun().await;
    let remark = json!({"remark": said("Between us.")});
    finland.hand_back().json(&remark).expect(201).await;
    finland.give_back().json(&remark).expect(201).await;
    let [told] = &finland.letters("focal@example.org").await[..] else {
        panic!("one letter")
    };
    assert_eq!(told["section"]["en"], "Difficulties");
    assert!(told["path"].as_str().unwrap().ends_with("/colleagues"));
    let [returned] = &finland.letters("bo@example.org").await[..] else {
        panic!("one letter")
    };
    assert_eq!(returned["kind"], "section_return");
    assert!(returned["path"].as_str().unwrap().ends_with("/sections/D"));
    assert!(finland.letters("cai@example.org").await.is_empty());
    for letter in [told, returned] {
        assert!(!letter.to_string().contains("Between us"), "{letter:#}");
    }
    // Officers look after letters, and not after these: that a draft goes from hand to hand is its party's.
    let id = "select id::text from mail.letter where kind = 'hand_back'";
    let id = finland.world.sql(id).await;
    let officer = |path: &str| finland.world.get(path).token(&finland.world.officer);
    let listed = officer("/v1/letters?limit=100").expect(200).await;
    let kinds = each(&listed["items"], "kind");
    assert!(!kinds.contains(&"hand_back") && !kinds.contains(&"section_return"));
    officer(&format!("/v1/letters/{id}"))
        .problem(404, "not_found")
        .await;
    finland
        .world
        .sql(
            "update mail.letter set state = 'failed', why = 'unreachable' where kind = 'hand_back'",
        )
        .await;
    let retry = finland.world.post(&format!("/v1/letters/{id}/retry"));
    let retry = retry.token(&finland.world.officer);
    retry.problem(404, "not_found").await;
}

#[tokio::test]
async fn a_letter_that_waits_when_the_reply_is_submitted_has_nothing_to_say_any_more() {
    let finland = Finland::begun().await;
    finland.save().await.expect(200);
    finland.hand_back().expect(201).await;
    finland.give_back().expect(201).await;
    let yes = finland.world.patch(&format!("{}/answers", finland.reply));
    let yes = yes.token(&finland.focal_point);
    let answers = json!({"answers": {"A1": {"value": "yes"}}});
    yes.json(&answers).expect(200).await;
    let waiting = async || {
        finland.world.letters_follow().await;
        let waiting = "select count(*)::text from mail.letter
            where kind in ('hand_back', 'section_return') and why is null";
        finland.world.sql(waiting).await
    };
    assert_eq!(waiting().await, "2");
    let submit = finland.post("/submission", &finland.focal_point);
    submit.json(&json!({"publication": null})).expect(201).await;
    assert_eq!(waiting().await, "0");
}
