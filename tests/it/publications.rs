//! /v1/replies/{id}/publication, and what is seen of a reply by whom

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults};

fn all() -> Value {
    json!({"publication": {"all": true}})
}

fn only(sections: &[&str]) -> Value {
    json!({"publication": {"sections": sections}})
}

fn nothing() -> Value {
    json!({"publication": null})
}

/// Finland's reply, submitted, with answers in both sections.
struct Finland {
    world: World,
    collection: String,
    reply: String,
    token: String,
}

impl Finland {
    async fn submitted() -> Self {
        let world = World::new().await;
        let invited = json!({"parties": ["FIN", "SWE"]});
        let collection = world.collection(invited).await.collection;
        let token = world.focal_point("FIN").await;
        let words = json!({"text": "Too few staff.", "lang": "en"});
        let said = |what: &str| json!({"text": what, "lang": "en"});
        let answers = json!({
            "A1": {"value": "yes", "comment": said("Since 2009.")}, "A3": {"value": 7},
            "D1": {"value": words, "comment": said("Of all ranks.")}
        });
        let reply = world.submitted(&collection, &token, answers).await;
        Self {
            world,
            collection,
            reply,
            token,
        }
    }

    fn path(&self, more: &str) -> String {
        format!("/v1/replies/{}{more}", self.reply)
    }

    async fn decide(&self, publication: &Value) -> Value {
        let put = self.world.put(&self.path("/publication"));
        put.token(&self.token).json(publication).expect(200).await
    }

    /// Everybody who is neither Finland's nor the Secretariat's.
    async fn others(&self) -> Vec<Option<String>> {
        let mut others = vec![None];
        for (role, party) in [
            (Role::Donor, "FIN"),
            (Role::Donor, "SWE"),
            (Role::FocalPoint, "SWE"),
            (Role::Contributor, "SWE"),
            (Role::Mission, "SWE"),
        ] {
            others.push(Some(self.world.token(role, Some(party)).await));
        }
        others
    }

    fn get(&self, path: &str, token: Option<&String>) -> crate::support::Call {
        let call = self.world.get(path);
        token.iter().fold(call, |call, token| call.token(token))
    }

    /// The codes of the answers that somebody sees; none where the reply is not there for them.
    async fn seen(&self, token: Option<&String>, as_of: &str) -> Option<Vec<String>> {
        let answer = self.get(&self.path(&format!("/answers{as_of}")), token);
        let answer = answer.send().await;
        let reply = self.get(&self.path(as_of), token).send().await;
        let list = format!("/v1/collections/{}/replies{as_of}", self.collection);
        let list = self.get(&list, token).expect(200).await;
        if answer.status == 404 {
            answer.problem(404, "not_found");
            reply.problem(404, "not_found");
            assert_eq!(list["items"], json!([]));
            return None;
        }
        reply.expect(200);
        assert_eq!(each(&list["items"], "code"), ["FIN"]);
        let answers = answer.expect(200)["answers"].clone();
        Some(answers.as_object().unwrap().keys().cloned().collect())
    }
}

fn codes(codes: &[&str]) -> Option<Vec<String>> {
    Some(codes.iter().map(|code| (*code).to_owned()).collect())
}

#[tokio::test]
async fn a_reply_is_seen_by_others_as_far_as_its_party_consents_and_no_longer() {
    let finland = Finland::submitted().await;
    let others = finland.others().await;
    for (decision, seen) in [
        (None, None),
        (Some(only(&["A"])), codes(&["A1", "A3"])),
        (Some(all()), codes(&["A1", "A3", "D1"])),
        (Some(nothing()), None),
    ] {
        if let Some(decision) = decision {
            finland.decide(&decision).await;
        }
        for other in &others {
            assert_eq!(finland.seen(other.as_ref(), "").await, seen, "{other:?}");
        }
    }
    for whole in [&finland.token, &finland.world.officer] {
        let seen = finland.seen(Some(whole), "").await;
        assert_eq!(seen, codes(&["A1", "A3", "D1"]));
    }
}

#[tokio::test]
async fn consent_of_now_decides_on_past_positions_too() {
    let finland = Finland::submitted().await;
    let submitted = finland.world.head().await;
    let then = format!("?as_of={submitted}");
    assert_eq!(finland.seen(None, &then).await, None);
    finland.decide(&all()).await;
    let consented = finland.world.head().await;
    assert_eq!(finland.seen(None, &then).await, codes(&["A1", "A3", "D1"]));
    finland.decide(&only(&["D"])).await;
    let at_consent = format!("?as_of={consented}");
    for asked in ["", &then, &at_consent] {
        assert_eq!(finland.seen(None, asked).await, codes(&["D1"]), "{asked}");
    }
    finland.decide(&nothing()).await;
    for asked in ["", &then, &at_consent] {
        assert_eq!(finland.seen(None, asked).await, None, "{asked}");
    }
}

#[tokio::test]
async fn nothing_is_published_of_the_time_before_the_submission() {
    let finland = Finland::submitted().await;
    finland.decide(&all()).await;
    let before = finland.world.head().await - 2;
    for path in ["", "/answers", "/answers/A1"] {
        let path = finland.path(&format!("{path}?as_of={before}"));
        let get = || finland.world.get(&path);
        get().problem(404, "before_it_existed").await;
        get().token(&finland.token).expect(200).await;
    }
    let list = format!(
        "/v1/collections/{}/replies?as_of={before}",
        finland.collection
    );
    assert_eq!(
        finland.world.get(&list).expect(200).await["items"],
        json!([])
    );
}

#[tokio::test]
async fn what_is_published_says_so_and_how_much_it_is() {
    let finland = Finland::submitted().await;
    finland.decide(&only(&["A"])).await;
    let world = &finland.world;
    let reply = world.get(&finland.path("")).expect(200).await;
    assert_eq!(reply["status"], "submitted");
    assert_eq!(reply["questions"], 6);
    assert_eq!(reply["answered"], 2);
    for path in ["", "/answers", "/answers/A1"] {
        let shown = world.get(&finland.path(path)).expect(200).await;
        assert_eq!(each(&shown["notices"], "code"), ["published_in_part"]);
        let text = shown["notices"][0]["text"].as_str().unwrap();
        assert!(text.contains(": A."), "{text}");
    }
    let answers = world.get(&finland.path("/answers")).send().await;
    assert!(answers.text.contains("Since 2009.") && !answers.text.contains("Of all ranks."));
    world
        .get(&finland.path("/answers/D1"))
        .problem(404, "not_found")
        .await;
    finland.decide(&all()).await;
    let answers = world.get(&finland.path("/answers")).expect(200).await;
    assert_eq!(each(&answers["notices"], "code"), ["published"]);
    assert_eq!(answers["answers"]["D1"]["value"]["text"], "Too few staff.");
    let own = world.get(&finland.path("")).token(&finland.token);
    assert!(own.expect(200).await.get("notices").is_none());
}

#[tokio::test]
async fn a_decision_changes_the_entity_tags_of_what_others_see() {
    let finland = Finland::submitted().await;
    finland.decide(&all()).await;
    let list = format!("/v1/collections/{}/replies", finland.collection);
    for path in [
        &list,
        &finland.path(""),
        &finland.path("/answers"),
        &finland.path("/answers/A1"),
    ] {
        let get = || finland.world.get(path);
        let tag = get().send().await.header("etag").to_owned();
        let again = get().header("if-none-match", &tag).send().await;
        assert_eq!(again.status, 304, "{path}");
        finland.decide(&only(&["A"])).await;
        let again = get().header("if-none-match", &tag).send().await;
        assert_eq!(again.status, 200, "{path}");
        finland.decide(&all()).await;
    }
}

#[tokio::test]
async fn consent_is_given_with_the_submission_or_not_at_all() {
    let world = World::new().await;
    let invited = json!({"parties": ["FIN", "SWE", "NOR", "DNK"]});
    let collection = world.collection(invited).await.collection;
    for (party, body, shown) in [
        ("FIN", Some(all()), true),
        ("SWE", Some(only(&["D"])), true),
        ("NOR", Some(nothing()), false),
        ("DNK", None, false),
    ] {
        let token = world.focal_point(party).await;
        let reply = world.answered(&collection, &token).await;
        let path = format!("/v1/replies/{reply}");
        let submit = world.post(&format!("{path}/submission")).token(&token);
        match &body {
            Some(body) => submit.json(body).expect(201).await,
            None => submit.expect(201).await,
        };
        let said = world.get(&format!("{path}/publication")).token(&token);
        let said = said.expect(200).await;
        let expected = body.map_or(Value::Null, |body| body["publication"].clone());
        assert_eq!(said["reply"], reply.as_str());
        assert_eq!(
            (&said["publication"], &said["source"]),
            (&expected, &Value::Null)
        );
        let seen = world.get(&path).send().await;
        assert_eq!(seen.status, if shown { 200 } else { 404 }, "{party}");
    }
    let list = world.get(&format!("/v1/collections/{collection}/replies"));
    assert_eq!(
        each(&list.expect(200).await["items"], "code"),
        ["FIN", "SWE"]
    );
}

#[tokio::test]
async fn a_draft_is_never_published() {
    let world = World::new().await;
    let collection = world
        .collection(json!({"parties": ["FIN"]}))
        .await
        .collection;
    let token = world.focal_point("FIN").await;
    let reply = world.answered(&collection, &token).await;
    let path = format!("/v1/replies/{reply}");
    let decide = world.put(&format!("{path}/publication")).token(&token);
    decide
        .json(&all())
        .problem(409, "reply_not_submitted")
        .await;
    world.get(&path).problem(404, "not_found").await;
    let list = world.get(&format!("/v1/collections/{collection}/replies"));
    assert_eq!(list.expect(200).await["items"], json!([]));
}

#[tokio::test]
async fn a_party_changes_its_mind_after_the_close_and_saying_the_same_again_is_no_event() {
    let finland = Finland::submitted().await;
    finland.world.close(&finland.collection).await;
    finland.decide(&only(&["D", "A"])).await;
    let head = finland.world.head().await;
    let said = finland.decide(&only(&["A", "D"])).await;
    assert_eq!(said["publication"], json!({"sections": ["A", "D"]}));
    assert_eq!(finland.world.head().await, head);
}

#[tokio::test]
async fn only_the_focal_point_decides() {
    let finland = Finland::submitted().await;
    let world = &finland.world;
    let path = finland.path("/publication");
    let (person, contributor) = world.person_as(Role::Contributor, "FIN").await;
    world
        .admit(&finland.collection, "FIN", &person, &["A"])
        .await;
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let sweden = world.focal_point("SWE").await;
    let successor = world.focal_point("FIN").await;
    for (token, status, code) in [
        (&contributor, 403, "not_allowed"),
        (&mission, 403, "not_allowed"),
        // The Secretariat records what the party says by letter, and names that.
        (&world.officer, 422, "source_faulty"),
        (&sweden, 404, "not_found"),
        (&successor, 404, "not_found"),
    ] {
        let put = world.put(&path).token(token).json(&all());
        put.problem(status, code).await;
    }
    world
        .put(&path)
        .json(&all())
        .problem(401, "missing_token")
        .await;
    for token in [&contributor, &mission, &world.officer, &finland.token] {
        let said = world.get(&path).token(token).expect(200).await;
        assert_eq!(said["publication"], Value::Null);
    }
    world.get(&path).problem(401, "missing_token").await;
}

#[tokio::test]
async fn a_decision_that_says_nothing_clear_is_refused() {
    let finland = Finland::submitted().await;
    let world = &finland.world;
    let put = |body: &Value| {
        let put = world.put(&finland.path("/publication"));
        put.token(&finland.token).json(body)
    };
    let unknown = put(&only(&["A", "Z"]))
        .problem(422, "unknown_section")
        .await;
    assert_eq!(
        faults(&unknown),
        [("no_such_section", "/publication/sections/1")]
    );
    for body in [
        json!({}),
        json!({"publication": {}}),
        json!({"publication": true}),
        json!({"publication": {"all": false}}),
        json!({"publication": {"all": true, "sections": ["A"]}}),
        json!({"publication": {"sections": "A"}}),
        json!({"publication": {"some": ["A"]}}),
        json!({"all": true}),
    ] {
        let refused = put(&body).send().await;
        refused.problem(422, "wrong_body");
    }
    assert_eq!(finland.seen(None, "").await, None);
}

#[tokio::test]
async fn consent_to_a_version_opens_none_that_it_replaced() {
    let finland = Finland::submitted().await;
    let first = format!("?as_of={}", finland.world.head().await);
    finland.decide(&only(&["A"])).await;
    let post = |what: &str, body: &Value| {
        let call = finland
            .world
            .post(&finland.path(what))
            .token(&finland.token);
        call.json(body)
    };
    post("/amendment", &json!({})).expect(201).await;
    // A consent that holds is not withdrawn by leaving it out.
    let left_out = post("/submission", &json!({}));
    left_out.problem(422, "consent_not_said").await;
    let receipt = post("/submission", &all()).expect(201).await;
    assert_eq!(receipt["publication"], json!({"all": true}));
    let whole = codes(&["A1", "A3", "D1"]);
    assert_eq!(finland.seen(None, "").await, whole);
    assert_eq!(finland.seen(None, &first).await, codes(&["A1", "A3"]));
    let second = format!("?as_of={}", finland.world.head().await);

    post("/amendment", &json!({})).expect(201).await;
    post("/submission", &nothing()).expect(201).await;
    let third = format!("?as_of={}", finland.world.head().await);
    post("/amendment", &json!({})).expect(201).await;
    post("/submission", &all()).expect(201).await;
    assert_eq!(finland.seen(None, &third).await, None);
    // What was withdrawn with the third is not given again with the fourth.
    assert_eq!(finland.seen(None, &second).await, None);
    assert_eq!(finland.seen(None, &first).await, None);
}

impl Finland {
    /// A further version, with this answer to A1 and this consent; answers the query that asks for it.
    async fn version(&self, answer: &str, publication: &Value) -> String {
        let post = |what: &str| self.world.post(&self.path(what)).token(&self.token);
        post("/amendment").expect(201).await;
        let save = self.world.put(&self.path("/answers/A1")).token(&self.token);
        save.json(&json!({ "value": answer })).expect(200).await;
        post("/submission").json(publication).expect(201).await;
        format!("?as_of={}", self.world.head().await)
    }

    /// What nobody in particular reads of A1 and of D1.
    async fn read(&self, as_of: &str) -> [Value; 2] {
        let answers = self
            .world
            .get(&self.path(&format!("/answers{as_of}")))
            .send()
            .await;
        let answers = match answers.status {
            200 => answers.json()["answers"].clone(),
            _ => Value::Null,
        };
        let listed = format!("/v1/collections/{}/replies{as_of}", self.collection);
        let listed = self.world.get(&listed).expect(200).await;
        assert_eq!(
            listed["items"].as_array().unwrap().len() == 1,
            answers != Value::Null,
            "{as_of}"
        );
        [
            answers["A1"]["value"].clone(),
            answers["D1"]["value"]["text"].clone(),
        ]
    }
}

#[tokio::test]
async fn consent_to_a_later_version_opens_no_earlier_one_by_version_and_by_section_however_often_it_is_given()
 {
    let finland = Finland::submitted().await;
    let nothing_read = [Value::Null, Value::Null];
    // The first version says "yes" and is never consented to, nor is the second in section D.
    let first = format!("?as_of={}", finland.world.head().await);
    let second = finland.version("no", &only(&["A"])).await;
    assert_eq!(finland.read("").await, [json!("no"), Value::Null]);
    assert_eq!(finland.read(&second).await, [json!("no"), Value::Null]);
    assert_eq!(finland.read(&first).await, nothing_read);

    let third = finland.version("in_part", &all()).await;
    for _ in 0..2 {
        assert_eq!(
            finland.read(&first).await,
            nothing_read,
            "never consented to"
        );
        assert_eq!(finland.read(&third).await[0], json!("in_part"));
        finland.decide(&nothing()).await;
        for as_of in ["", &first, &second, &third] {
            assert_eq!(finland.read(as_of).await, nothing_read, "{as_of}");
        }
        finland.decide(&all()).await;
        assert_eq!(
            finland.read("").await,
            [json!("in_part"), json!("Too few staff.")]
        );
        // Given again is given to the version that stands.
        assert_eq!(finland.read(&second).await, nothing_read);
    }
    // A section that is taken out of consent is taken out of what was replaced, for good.
    let fourth = finland.version("yes", &all()).await;
    assert_eq!(
        finland.read(&third).await,
        [json!("in_part"), json!("Too few staff.")]
    );
    finland.decide(&only(&["D"])).await;
    finland.decide(&all()).await;
    assert_eq!(
        finland.read(&third).await,
        [Value::Null, json!("Too few staff.")]
    );
    assert_eq!(
        finland.read(&fourth).await,
        [json!("yes"), json!("Too few staff.")]
    );

    // A withdrawal of the reply takes all of it back; submitted anew, it is the new version that is consented to.
    let withdraw = finland
        .world
        .post(&finland.path("/withdrawal"))
        .token(&finland.token);
    let reason = json!({"reason": {"text": "By mistake.", "lang": "en"}});
    withdraw.json(&reason).expect(201).await;
    let submit = finland
        .world
        .post(&finland.path("/submission"))
        .token(&finland.token);
    submit.json(&all()).expect(201).await;
    assert_eq!(
        finland.read("").await,
        [json!("yes"), json!("Too few staff.")]
    );
    for as_of in [&first, &second, &third, &fourth] {
        assert_eq!(finland.read(as_of).await, nothing_read, "{as_of}");
    }
}

#[tokio::test]
async fn what_a_party_says_of_publication_by_letter_is_recorded_with_its_source() {
    let finland = Finland::submitted().await;
    let source = json!({"kind": "email", "reference": "M/7", "received_on": "2011-07-02"});
    let put = |body: &Value| {
        let call = finland.world.put(&finland.path("/publication"));
        call.token(&finland.world.officer).json(body)
    };
    put(&all()).problem(422, "source_faulty").await;
    let mut said = all();
    said["source"] = source.clone();
    let recorded = put(&said).expect(200).await;
    assert_eq!(recorded["source"], source);
    assert_eq!(finland.seen(None, "").await, codes(&["A1", "A3", "D1"]));
    let own = finland.decide(&nothing()).await;
    assert_eq!(own["source"], Value::Null);
}
