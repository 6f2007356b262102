//! A mistake that is found when a questionnaire is out: its instrument is corrected, and the open collection moves on.

use access::Role;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{
    OpenedCollection, World, each, eventually, faults, item_where, questionnaire,
};

struct CorrectionFixture {
    world: World,
    opened: OpenedCollection,
}

impl CorrectionFixture {
    async fn new() -> Self {
        let world = World::new().await;
        let opened = world
            .collection(json!({"parties": ["FIN", "SWE", "THA", "KEN"]}))
            .await;
        Self { world, opened }
    }

    /// The draft is the sample with this change.
    async fn draft(&self, change: impl FnOnce(&mut Value)) {
        let mut json = questionnaire();
        change(&mut json);
        let path = format!("/v1/instruments/{}/draft", self.opened.instrument);
        let save = self.world.put(&path).token(&self.world.officer);
        save.json(&json).expect(200).await;
    }

    fn correct(&self) -> crate::support::Call {
        let path = format!("/v1/instruments/{}/corrections", self.opened.instrument);
        let call = self.world.post(&path).token(&self.world.officer);
        call.json(&json!({"reason": {"text": "An option was forgotten.", "lang": "en"}}))
    }

    fn move_to(&self, revision: u32) -> crate::support::Call {
        let call = self.world.post(&self.path("/correction"));
        call.token(&self.world.officer).json(&moving(revision))
    }

    fn path(&self, what: &str) -> String {
        format!("/v1/collections/{}{what}", self.opened.collection)
    }

    async fn get(&self, path: &str, token: &str) -> Value {
        self.world.get(path).token(token).expect(200).await
    }

    async fn save(&self, reply: &str, token: &str, answers: Value) -> crate::support::Answer {
        let call = self.world.patch(&format!("/v1/replies/{reply}/answers"));
        call.token(token)
            .json(&json!({"answers": answers}))
            .send()
            .await
    }
}

fn moving(revision: u32) -> Value {
    json!({"revision": revision, "reason": [
        {"text": "Question A2 lacked “partly”.", "lang": "en"}, {"text": "Il manquait « en partie » en A2.", "lang": "fr"}]})
}

/// Question A2 has a further option, and nothing need be answered any more.
fn with_option(json: &mut Value) {
    let label = json!({"en": "Partly", "fr": "En partie"});
    let a2 = &mut json["sections"][0]["questions"][1];
    let options = a2["options"].as_array_mut().unwrap();
    options.insert(1, json!({"value": "partly", "label": label}));
    json["sections"][0]["questions"][2]["max"] = json!(5000);
}

#[tokio::test]
async fn a_reply_goes_on_with_its_answers_and_what_was_submitted_stays_as_it_is() {
    let asked = CorrectionFixture::new().await;
    let world = &asked.world;
    let (finland, sweden) = (
        world.focal_point("FIN").await,
        world.focal_point("SWE").await,
    );
    let begun = world.reply(&asked.opened.collection, &finland).await;
    let half = json!({"A1": {"value": "yes"}, "A2": {"value": ["a", "b"]}});
    asked.save(&begun, &finland, half).await.expect(200);
    let yes = json!({"A1": {"value": "yes"}, "A2": {"value": ["b"]}});
    let submitted = world
        .submitted(&asked.opened.collection, &sweden, yes)
        .await;
    let too_early = json!({"A2": {"value": ["a", "partly", "b"]}, "A3": {"value": 3000}});
    asked
        .save(&begun, &finland, too_early.clone())
        .await
        .problem(422, "answers_faulty");
    let release = world.post(&asked.path("/releases")).token(&world.officer);
    release.expect(201).await;
    let before = world.head().await;
    let tag = |path: String, token: String| async move {
        let answer = world.get(&path).token(&token).send().await;
        answer.header("etag").to_owned()
    };
    let first = tag(format!("/v1/replies/{begun}"), finland.clone()).await;

    asked.draft(with_option).await;
    let revised = asked.correct().expect(201).await;
    assert_eq!(revised["revision"], 2);
    let instrument = format!("/v1/instruments/{}", asked.opened.instrument);
    let revision = asked
        .get(&format!("{instrument}/revisions/2"), &world.officer)
        .await;
    assert_eq!(revision["approval"]["decision"], "A sample decision");
    assert_eq!(revision["correction"]["corrects"], 1);
    assert_eq!(
        revision["correction"]["reason"]["text"],
        "An option was forgotten."
    );
    let listed = asked.get("/v1/instruments", &world.officer).await;
    let listed = item_where(&listed["items"], "id", &asked.opened.instrument);
    assert_eq!(
        (&listed["approved_revision"], &listed["status"]),
        (&json!(2), &json!("approved"))
    );

    let now = asked.move_to(2).expect(200).await;
    assert_eq!(
        (&now["revision"], &now["corrected"]),
        (&json!(2), &json!([1]))
    );

    // Half-way: the answers are there, and the added option can be chosen.
    let reply = format!("/v1/replies/{begun}");
    assert_ne!(tag(reply.clone(), finland.clone()).await, first);
    let seen = asked.get(&reply, &finland).await;
    assert_eq!(
        (&seen["revision"], &seen["answered"]),
        (&json!(2), &json!(2))
    );
    let then = asked
        .get(&format!("{reply}?as_of={before}"), &finland)
        .await;
    assert_eq!(then["revision"], 1, "as of then, as it was asked then");
    let held = asked.get(&format!("{reply}/answers"), &finland).await;
    assert_eq!(held["answers"]["A2"]["value"], json!(["a", "b"]));
    asked.save(&begun, &finland, too_early).await.expect(200);
    let check = world.post(&format!("{reply}/check")).token(&finland);
    assert_eq!(check.expect(200).await["ready"], true);
    let submission = world.post(&format!("{reply}/submission")).token(&finland);
    assert_eq!(submission.expect(201).await["revision"], 2);

    // What was submitted before is of the revision that it answers, also once it is open for changes again.
    let path = format!("/v1/replies/{submitted}");
    let versions = asked.get(&format!("{path}/versions"), &sweden).await;
    assert_eq!(versions["items"][0]["revision"], 1);
    let one = asked.get(&format!("{path}/versions/1"), &sweden).await;
    assert_eq!(
        (&one["revision"], &one["answers"]["A2"]["value"]),
        (&json!(1), &json!(["b"]))
    );
    assert_eq!(asked.get(&path, &sweden).await["revision"], 1);
    let amend = world.post(&format!("{path}/amendment")).token(&sweden);
    amend.expect(201).await;
    assert_eq!(asked.get(&path, &sweden).await["revision"], 2);
    assert_eq!(
        asked.get(&path, &world.officer).await["revision"],
        1,
        "as it was submitted"
    );
    let partly = json!({"A2": {"value": ["partly"]}});
    asked.save(&submitted, &sweden, partly).await.expect(200);
    let again = world.post(&format!("{path}/submission")).token(&sweden);
    assert_eq!(again.expect(201).await["revision"], 2);
    let versions = asked.get(&format!("{path}/versions"), &sweden).await;
    assert_eq!(versions["items"][0]["revision"], 1);
    assert_eq!(versions["items"][1]["revision"], 2);
    let differences = asked
        .get(&format!("{path}/versions/2/differences"), &sweden)
        .await;
    assert_eq!(each(&differences["questions"], "question"), ["A2"]);

    // Figures say which revision was asked, and those of the past say the same as then.
    let tally = world.tally(&asked.opened.collection, "question=A2").await;
    assert_eq!(tally["revision"], 2);
    assert_eq!(item_where(&tally["options"], "value", "partly")["count"], 2);
    item_where(&tally["notices"], "code", "questionnaire_corrected");
    for path in [
        asked.path(&format!("/tallies?question=A2&as_of={before}")),
        asked.path("/tallies?question=A2&release=1"),
    ] {
        let past = asked.get(&path, &world.officer).await;
        assert_eq!(
            (&past["revision"], past["options"].as_array().unwrap().len()),
            (&json!(1), 3)
        );
        assert!(
            each(&past["notices"], "code")
                .iter()
                .all(|code| *code != "questionnaire_corrected")
        );
    }
    let list = |query: &str| {
        asked
            .path("")
            .replace(&format!("/{}", asked.opened.collection), query)
    };
    for (query, revision) in [(String::new(), 2), (format!("?as_of={before}"), 1)] {
        let listed = asked.get(&list(&query), &world.officer).await;
        assert_eq!(
            item_where(&listed["items"], "id", &asked.opened.collection)["revision"],
            revision
        );
    }
    // The timeline tells of it, and why is told to anybody.
    let told = world.get(&asked.path("/corrections")).expect(200).await;
    assert_eq!(
        (&told["items"][0]["from"], &told["items"][0]["revision"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(told["items"][0]["reason"][1]["lang"], "fr");
    let timeline = format!("/v1/timelines/{}", asked.opened.collection);
    let timeline = asked.get(&timeline, &world.officer).await;
    let said = item_where(&timeline["items"], "kind", "questionnaire_corrected");
    assert!(
        said["text"].as_str().unwrap().contains("revision 2"),
        "{said}"
    );
}

#[tokio::test]
async fn what_an_answer_could_contradict_is_refused_with_its_places() {
    let asked = CorrectionFixture::new().await;
    let world = &asked.world;
    asked.correct().problem(409, "nothing_to_revise").await;
    asked
        .draft(|json| {
            let questions = &mut json["sections"][0]["questions"];
            questions[1]["options"].as_array_mut().unwrap().remove(0);
            questions[2]["max"] = json!(10);
            questions[4]["required"] = json!(true);
        })
        .await;
    let places = [
        ("correction_takes_away", "/sections/0/questions/1/options"),
        ("correction_narrows", "/sections/0/questions/2/max"),
        ("correction_requires", "/sections/0/questions/4"),
    ];
    let problem = asked.correct().problem(409, "correction_contradicts").await;
    assert_eq!(faults(&problem), places);
    // As a revision of its own it can be approved, and the collection moves to it as little.
    let instrument = format!("/v1/instruments/{}", asked.opened.instrument);
    let revise = world
        .post(&format!("{instrument}/revisions"))
        .token(&world.officer);
    revise.expect(201).await;
    asked.move_to(2).problem(409, "revision_not_approved").await;
    asked.draft(with_option).await;
    asked.correct().problem(409, "revision_not_approved").await;
    let approve = world
        .post(&format!("{instrument}/revisions/2/approval"))
        .token(&world.officer);
    let approval = json!({"meeting": "A meeting", "decision": "A decision", "date": "2011-03-01"});
    approve.json(&approval).expect(201).await;
    let problem = asked
        .move_to(2)
        .problem(409, "correction_contradicts")
        .await;
    assert_eq!(faults(&problem), places);
    asked
        .move_to(1)
        .problem(409, "revision_already_asked")
        .await;
    asked.move_to(9).problem(404, "unknown_revision").await;
    let mut silent = moving(2);
    silent["reason"] = json!([]);
    let call = world.post(&asked.path("/correction")).token(&world.officer);
    let problem = call.json(&silent).problem(422, "collection_faulty").await;
    assert_eq!(faults(&problem), [("list_empty", "/reason")]);
    world.close(&asked.opened.collection).await;
    asked.move_to(2).problem(409, "collection_closed").await;
}

#[tokio::test]
async fn whoever_speaks_for_a_party_is_told_what_was_corrected_in_their_language() {
    let asked = CorrectionFixture::new().await;
    let world = &asked.world;
    // Named, begun, and nobody.
    let mut persons = Vec::new();
    for (party, lang) in [("FIN", "fr"), ("SWE", "es")] {
        let name =
            json!({"name": party, "email": format!("{party}@example.org"), "language": lang});
        let person = world.post("/v1/persons").token(&world.officer).json(&name);
        let person = person.expect(201).await["id"].as_str().unwrap().to_owned();
        let office = world.put(&asked.path(&format!("/parties/{party}/focal-point")));
        let office = office
            .token(&world.officer)
            .json(&json!({"person": person}));
        office.expect(200).await;
        persons.push(person);
    }
    asked.draft(with_option).await;
    asked.correct().expect(201).await;
    asked.move_to(2).expect(200).await;
    eventually("letters follow", async || {
        let letters = asked.get("/v1/letters", &world.officer).await;
        letters["items"].as_array().unwrap().len() == 2
    })
    .await;
    let letters = asked.get("/v1/letters", &world.officer).await;
    let mut bodies = Vec::new();
    for letter in letters["items"].as_array().unwrap() {
        assert_eq!(letter["kind"], "correction");
        let path = format!("/v1/letters/{}", letter["id"].as_str().unwrap());
        let text = asked.get(&path, &world.officer).await["text"]["body"].clone();
        bodies.push(text.as_str().unwrap().to_owned());
    }
    bodies.sort();
    // Where the reason is not in the reader's language, it is in English.
    assert!(
        bodies[0].contains("Bonjour FIN") && bodies[0].contains("Il manquait « en partie » en A2."),
        "{bodies:?}"
    );
    assert!(
        bodies[1].contains("El plazo no cambia")
            && bodies[1].contains("Question A2 lacked “partly”."),
        "{bodies:?}"
    );
    // What is redacted is in no letter any more.
    let told = asked.get(&asked.path("/corrections"), &world.officer).await;
    let content = told["items"][0]["reason"][1]["content"].as_str().unwrap();
    let administrator = world.token(Role::Administrator, None).await;
    let redact = world.post(&format!("/v1/contents/{content}/redaction"));
    let redact = redact.token(&administrator);
    let redact = redact
        .json(&json!({"reason": "names_a_person"}))
        .send()
        .await;
    assert!(redact.status < 300, "{}", redact.json());
    eventually("letters forget", async || {
        let mut said = String::new();
        for letter in letters["items"].as_array().unwrap() {
            let path = format!("/v1/letters/{}", letter["id"].as_str().unwrap());
            said += &asked.get(&path, &world.officer).await["text"]["body"].to_string();
        }
        !said.contains("Il manquait") && said.contains("Question A2 lacked")
    })
    .await;
}

/// One server moves the collection while the other, which knows of it only from the log, takes submissions and saves.
#[tokio::test]
async fn a_submission_that_races_a_correction_says_the_revision_that_holds() {
    let asked = CorrectionFixture::new().await;
    let (world, other) = (&asked.world, World::on(asked.world.database.clone()).await);
    let parties = ["FIN", "SWE", "THA", "KEN"];
    let tokens = join_all(parties.map(|party| world.focal_point(party))).await;
    let mut replies = Vec::new();
    for token in &tokens {
        replies.push(world.answered(&asked.opened.collection, token).await);
    }
    asked.draft(with_option).await;
    asked.correct().expect(201).await;
    let began = world.head().await;
    let submissions = replies.iter().zip(&tokens).take(3).map(|(reply, token)| {
        let submission = world.post(&format!("/v1/replies/{reply}/submission"));
        submission.token(token).expect(201)
    });
    let path = asked.path("/correction");
    let moved = other
        .post(&path)
        .token(&other.officer)
        .json(&moving(2))
        .expect(200);
    let (receipts, _) = tokio::join!(join_all(submissions), moved);
    let mut revision = 1;
    let mut told = Vec::new();
    for event in world.events_after(began).await {
        match event["kind"].as_str().unwrap() {
            "questionnaire_corrected" => revision = 2,
            "reply_submitted" => {
                let position = event["position"].as_u64().unwrap();
                told.push((position, revision));
                let said = event["data"]["revision"].as_u64().unwrap_or(1);
                assert_eq!(said, revision, "{event}");
            }
            other => panic!("{other}"),
        }
    }
    for receipt in receipts {
        let position = receipt["position"].as_u64().unwrap();
        let revision = receipt["revision"].as_u64().unwrap();
        assert!(told.contains(&(position, revision)), "{receipt}");
    }
    // What this server's cache does not know of yet is read again.
    let partly = json!({"A2": {"value": ["partly"]}});
    asked
        .save(&replies[3], &tokens[3], partly)
        .await
        .expect(200);
    let seen = asked
        .get(&format!("/v1/replies/{}", replies[3]), &tokens[3])
        .await;
    assert_eq!(seen["revision"], 2);
}
