//! Needs for assistance that a table's rows state: indicated by the submission, updated by the next, and staff's from there on.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Asked, USE_OF_STANDARDS};
use crate::support::{Call, each, faults, item_where};

/// A reply in which two rows of the table of needs are filled in.
struct Stating(Asked);

impl Stating {
    async fn new() -> Self {
        let asked = Asked::of(USE_OF_STANDARDS, None).await;
        asked
            .save(json!({
                "L1": {"value": "no"}, "L1.no": {"value": {"text": "A draft is before parliament.", "lang": "en"}},
                "T2.training.needed": {"value": "yes"}, "T2.training.priority": {"value": "high"},
                "T2.training.remark": {"value": {"text": "For judges in the north", "lang": "en"}},
                "T2.equipment.needed": {"value": "yes"},
                "T2.funds.needed": {"value": "no"},
            }))
            .await;
        Self(asked)
    }

    fn call(&self, method: Method, path: &str) -> Call {
        self.0.world.call(method, path).token(&self.0.finland)
    }

    fn officer(&self, method: Method, path: &str) -> Call {
        self.0.world.call(method, path).token(&self.0.world.officer)
    }

    async fn amend(&self) {
        let path = format!("/v1/replies/{}/amendment", self.0.reply);
        self.call(Method::POST, &path).expect(201).await;
    }

    /// What a submission would make of needs: the rows, each with what it would.
    async fn told(&self) -> Vec<(String, String)> {
        let check = self.0.check().await;
        let needs = check["needs"].as_array().unwrap();
        let text = |need: &Value, member: &str| need[member].as_str().unwrap().to_owned();
        let told = needs.iter();
        told.map(|need| (text(need, "address"), text(need, "change")))
            .collect()
    }

    /// The needs beside the reply, as the officer sees them.
    async fn listed(&self) -> Value {
        let path = format!("/v1/replies/{}/needs", self.0.reply);
        self.officer(Method::GET, &path).expect(200).await["items"].clone()
    }

    async fn of_row(&self, row: &str) -> Value {
        let listed = self.listed().await;
        let address = format!("T2.{row}");
        let mut items = listed.as_array().unwrap().iter();
        let found = items.find(|need| need["stated_at"]["address"] == *address);
        found
            .unwrap_or_else(|| panic!("{address} in {listed}"))
            .clone()
    }

    async fn path_of(&self, row: &str) -> String {
        format!(
            "/v1/needs/{}",
            self.of_row(row).await["id"].as_str().unwrap()
        )
    }

    async fn version_needs(&self, number: u32) -> Vec<String> {
        let path = format!("/v1/replies/{}/versions/{number}", self.0.reply);
        let version = self.call(Method::GET, &path).expect(200).await;
        let needs = version["needs"].as_array().unwrap().iter();
        let at = needs.map(|need| need["stated_at"]["address"].as_str().unwrap().to_owned());
        let mut at: Vec<String> = at.collect();
        at.sort();
        at
    }
}

fn changes(told: &[(&str, &str)]) -> Vec<(String, String)> {
    let told = told.iter();
    told.map(|(row, change)| (format!("T2.{row}"), (*change).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_submission_indicates_what_rows_state_and_says_so_before() {
    let stating = Stating::new().await;
    let world = &stating.0.world;
    let both = [("training", "indicated"), ("equipment", "indicated")];
    assert_eq!(stating.told().await, changes(&both));
    let check = stating.0.check().await;
    let training = item_where(&check["needs"], "address", "T2.training");
    assert_eq!(
        (
            &training["type"],
            &training["urgency"],
            &training["category"]
        ),
        (&json!("training_and_seminars"), &json!("high"), &json!("I"))
    );
    // Nothing of it is there before: it is what a submission will indicate.
    assert_eq!(stating.listed().await, json!([]));
    let need = format!("/v1/needs/{}", training["need"].as_str().unwrap());
    stating
        .call(Method::GET, &need)
        .problem(404, "not_found")
        .await;
    stating
        .officer(Method::POST, &format!("{need}/confirmation"))
        .problem(404, "not_found")
        .await;

    let before = world.head().await;
    stating.0.submit().await;
    let events = world.events_after(before).await;
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["reply_evaluated", "reply_needs_stated", "reply_submitted"]
    );
    let held = stating.of_row("training").await;
    assert_eq!(held["id"], training["need"]);
    assert_eq!(held["status"], "indicated");
    assert_eq!(held["type"]["label"], "Training and seminars");
    assert_eq!(held["description"]["text"], "For judges in the north");
    assert_eq!(held["stated_at"]["reply"], *stating.0.reply);
    let equipment = stating.of_row("equipment").await;
    assert_eq!(
        (&equipment["urgency"], &equipment["description"]),
        (&json!("medium"), &json!(null))
    );
    assert_eq!(
        stating.version_needs(1).await,
        ["T2.equipment", "T2.training"]
    );
    // As of before there is none.
    let path = format!("{need}?as_of={before}");
    stating
        .call(Method::GET, &path)
        .problem(404, "before_it_existed")
        .await;
    // It lives as any other does: shared, it is seen, without where it comes from.
    let donor = world.token(access::Role::Donor, Some("SWE")).await;
    world
        .get(&need)
        .token(&donor)
        .problem(404, "not_found")
        .await;
    let share = stating.call(Method::PUT, &format!("{need}/sharing"));
    share.json(&json!({"with": "donors"})).expect(200).await;
    let seen = world.get(&need).token(&donor).expect(200).await;
    assert_eq!(seen["description"]["text"], "For judges in the north");
    assert_eq!((seen.get("reply"), seen.get("stated_at")), (None, None));
    let listed = world
        .get("/v1/needs?type=training_and_seminars")
        .token(&donor)
        .expect(200)
        .await;
    assert_eq!(each(&listed["items"], "status"), ["indicated"]);
    // A draft is what is written beside a reply; this is stated in it.
    stating
        .call(Method::DELETE, &need)
        .problem(409, "need_not_drafted")
        .await;
    let timeline = world.get(&format!(
        "/v1/timelines/{}",
        training["need"].as_str().unwrap()
    ));
    let timeline = timeline.token(&world.officer).expect(200).await;
    assert_eq!(
        each(&timeline["items"], "kind"),
        ["need_stated", "need_shared"]
    );
}

#[tokio::test]
async fn a_later_version_updates_what_is_stated_and_what_staff_did_with_it_stays() {
    let stating = Stating::new().await;
    stating
        .0
        .save(json!({"T2.mentoring.needed": {"value": "yes"}}))
        .await;
    stating.0.submit().await;
    let [training, equipment, mentoring] = [
        stating.path_of("training").await,
        stating.path_of("equipment").await,
        stating.path_of("mentoring").await,
    ];
    let shown = stating.officer(Method::GET, &training).send().await;
    let tag = shown.header("etag").to_owned();
    stating
        .officer(Method::POST, &format!("{training}/confirmation"))
        .header("if-match", &tag)
        .expect(200)
        .await;
    stating
        .officer(Method::POST, &format!("{training}/confirmation"))
        .header("if-match", &tag)
        .problem(412, "stale_if_match")
        .await;
    let into = json!({"into": training.rsplit('/').next().unwrap()});
    let merger = stating.officer(Method::POST, &format!("{mentoring}/merger"));
    merger.json(&into).expect(200).await;

    // An amendment that is discarded changes nothing.
    stating.amend().await;
    stating
        .0
        .save(json!({"T2.training.needed": {"value": "no"}}))
        .await;
    assert_eq!(
        stating.told().await,
        changes(&[
            ("equipment", "unchanged"),
            ("mentoring", "unchanged"),
            ("training", "ended")
        ])
    );
    let discard = format!("/v1/replies/{}/amendment", stating.0.reply);
    stating.call(Method::DELETE, &discard).expect(200).await;
    assert_eq!(stating.of_row("training").await["status"], "confirmed");

    stating.amend().await;
    stating
        .0
        .save(json!({
            "T2.training.priority": {"value": "low"},
            "T2.training.remark": {"value": {"text": "For prosecutors", "lang": "en"}},
            "T2.equipment.needed": {"value": "no"},
            "T2.mentoring.priority": {"value": "high"},
            "T2.funds.needed": {"value": "yes"},
        }))
        .await;
    let told = [
        ("training", "changed"),
        ("mentoring", "changed"),
        ("funds", "indicated"),
        ("equipment", "ended"),
    ];
    assert_eq!(stating.told().await, changes(&told));
    let before = stating.0.world.head().await;
    stating.0.submit().await;
    let now = stating.of_row("training").await;
    assert_eq!(
        (&now["status"], &now["urgency"]),
        (&json!("confirmed"), &json!("low"))
    );
    assert_eq!(now["description"]["text"], "For prosecutors");
    assert_eq!(stating.of_row("equipment").await["status"], "lapsed");
    assert_eq!(
        stating.of_row("mentoring").await["status"],
        "merged",
        "what was merged stays so"
    );
    assert_eq!(
        stating.listed().await.as_array().unwrap().len(),
        4,
        "one for each row"
    );
    assert_eq!(
        stating.version_needs(2).await,
        ["T2.funds", "T2.mentoring", "T2.training"]
    );
    let then = stating.officer(Method::GET, &format!("{training}?as_of={before}"));
    let then = then.expect(200).await;
    assert_eq!(then["description"]["text"], "For judges in the north");
    let confirm = stating.officer(Method::POST, &format!("{equipment}/confirmation"));
    confirm.problem(409, "need_over").await;

    // Stated again, what lapsed is indicated again; it is still one.
    stating.amend().await;
    stating.0.save(json!({"T2.equipment.needed": {"value": "yes"}, "T2.mentoring.needed": {"value": "no"}})).await;
    stating.0.submit().await;
    assert_eq!(stating.path_of("equipment").await, equipment);
    assert_eq!(stating.of_row("equipment").await["status"], "indicated");
    assert_eq!(stating.of_row("mentoring").await["status"], "merged");
    let path = format!("/v1/replies/{}/versions/3/differences", stating.0.reply);
    let differences = stating.call(Method::GET, &path).expect(200).await;
    let needs = differences["needs"].as_array().unwrap().iter();
    let needs: Vec<_> = needs
        .map(|found| (&found["change"], &found["need"]["stated_at"]["address"]))
        .collect();
    assert_eq!(
        needs,
        [
            (&json!("removed"), &json!("T2.mentoring")),
            (&json!("added"), &json!("T2.equipment"))
        ]
    );
}

#[tokio::test]
async fn a_redaction_of_the_replys_words_reaches_the_need_and_what_is_wrong_is_told_at_its_place() {
    let stating = Stating::new().await;
    let world = &stating.0.world;
    stating.0.submit().await;
    let need = stating.path_of("training").await;
    // The need's words are the answer's.
    let version = format!("/v1/replies/{}/versions/1", stating.0.reply);
    let version = stating.officer(Method::GET, &version).expect(200).await;
    let content = version["answers"]["T2.training.remark"]["value"]["content"]
        .as_str()
        .unwrap();
    let administrator = world.token(access::Role::Administrator, None).await;
    let redaction = world.post(&format!("/v1/contents/{content}/redaction"));
    redaction
        .token(&administrator)
        .json(&json!({"reason": "names_a_person"}))
        .expect(200)
        .await;
    let shown = stating.officer(Method::GET, &need).expect(200).await;
    assert_eq!(shown["description"]["reason"], "names_a_person");

    let mut draft: Value = serde_json::from_str(USE_OF_STANDARDS).unwrap();
    let questions = draft
        .pointer_mut("/sections")
        .unwrap()
        .as_array_mut()
        .unwrap();
    let at = questions
        .iter()
        .position(|section| section["code"] == "T")
        .unwrap();
    let table = questions[at]["questions"].as_array_mut().unwrap();
    let place = table
        .iter()
        .position(|question| question["code"] == "T2")
        .unwrap();
    table[place]["need"]["type"]["as"]["funds"] = json!("money");
    table[place]["need"]["urgency"] = json!({"of": "priority"});
    let created = world.post("/v1/instruments").token(&world.officer).json(
        &json!({"title": {"en": "A", "fr": "A"}, "category": "I", "route": "presentation", "languages": ["en", "fr"]}),
    );
    let id = created.expect(201).await["id"].as_str().unwrap().to_owned();
    let saved = world
        .put(&format!("/v1/instruments/{id}/draft"))
        .token(&world.officer)
        .json(&draft);
    let saved = saved.expect(200).await;
    let told = faults(&saved);
    let at = format!("/sections/{at}/questions/{place}/need");
    assert_eq!(
        told,
        [
            ("need_without_urgency", format!("{at}/urgency").as_str()),
            ("unknown_need_type", format!("{at}/type/as/funds").as_str()),
        ]
    );
}
