//! Replies that the Secretariat enters from paper, and those of other sources.

use serde_json::{Value, json};

use crate::support::{Call, World, each, faults, item_where};

struct PaperFixture {
    world: World,
    collection: String,
}

impl PaperFixture {
    /// A collection until 30 June 2011, to which these are invited.
    async fn until_june(invited: Value) -> Self {
        let world = World::new().await;
        let instrument = world.approved_instrument().await;
        let collection = world.open(&instrument, "2011-06-30", &invited).await;
        Self { world, collection }
    }

    fn enter(&self, party: &str, received_on: &str) -> Call {
        let source =
            json!({"kind": "paper", "reference": "NV/2011/114", "received_on": received_on});
        let entry = json!({"collection": self.collection, "party": party, "source": source});
        let call = self.world.post("/v1/replies").token(&self.world.officer);
        call.json(&entry)
    }

    /// Enters a reply with its required answer, and submits it; answers its path and its receipt.
    async fn filed(&self, party: &str, received_on: &str) -> (String, Value) {
        let entered = self.enter(party, received_on).expect(201).await;
        let path = format!("/v1/replies/{}", entered["id"].as_str().unwrap());
        let save = self.world.put(&format!("{path}/answers/A1"));
        let save = save.token(&self.world.officer);
        save.json(&json!({"value": "yes"})).expect(200).await;
        let submit = self.world.post(&format!("{path}/submission"));
        let receipt = submit.token(&self.world.officer).expect(201).await;
        (path, receipt)
    }

    async fn listed(&self, what: &str) -> Value {
        let path = format!("/v1/collections/{}/{what}", self.collection);
        let call = self.world.get(&path).token(&self.world.officer);
        call.expect(200).await["items"].clone()
    }
}

#[tokio::test]
async fn what_came_on_paper_is_entered_with_its_source_and_is_late_by_the_day_it_came() {
    let paper = PaperFixture::until_june(json!({"parties": ["FIN", "SWE", "NOR"]})).await;
    paper.world.close(&paper.collection).await;
    let (finland, receipt) = paper.filed("FIN", "2011-06-30").await;
    assert_eq!(receipt["late"], false, "it came on the last day");
    let source = json!({"kind": "paper", "reference": "NV/2011/114", "received_on": "2011-06-30"});
    assert_eq!(receipt["source"], source);
    let (_, receipt) = paper.filed("SWE", "2011-07-01").await;
    assert_eq!(receipt["late"], true);

    let counted = paper.world.participation(&paper.collection, "").await;
    assert_eq!(
        (&counted["replied"], &counted["late"]),
        (&json!(2), &json!(1))
    );
    let notice = item_where(&counted["notices"], "code", "replies_entered");
    assert!(notice["text"].as_str().unwrap().contains('2'), "{notice}");
    let by_june = paper
        .world
        .participation(&paper.collection, "received_by=2011-06-30");
    assert_eq!(by_june.await["replied"], 1);
    let tally = paper.world.tally(&paper.collection, "question=A1").await;
    assert_eq!(tally["options"][0]["count"], 2, "it counts as any other");

    let shown = paper.world.get(&finland).token(&paper.world.officer);
    assert_eq!(shown.expect(200).await["source"], source);
    let replies = paper.listed("replies").await;
    let row = item_where(&replies, "code", "FIN");
    assert_eq!(
        (&row["source"], &row["received_on"]),
        (&json!("paper"), &json!("2011-06-30"))
    );
    assert_eq!(
        (&row["late"], &item_where(&replies, "code", "SWE")["late"]),
        (&json!(false), &json!(true))
    );
    let submitted = &paper.world.events_after(paper.world.head().await - 1).await[0];
    assert_eq!(submitted["data"]["source"]["received_on"], "2011-07-01");
    let focal_point = paper.world.focal_point("NOR").await;
    let begin = format!("/v1/collections/{}/replies", paper.collection);
    let begin = paper.world.post(&begin).token(&focal_point);
    begin.problem(409, "collection_closed").await;
}

#[tokio::test]
async fn two_never_write_at_once_and_the_party_amends_what_was_entered() {
    let paper = PaperFixture::until_june(json!({"parties": ["FIN", "SWE"]})).await;
    let world = &paper.world;
    let sweden = world.focal_point("SWE").await;
    let own = world.answered(&paper.collection, &sweden).await;
    let save = |path: &str, token: &str| {
        let call = world.put(&format!("{path}/answers/A1")).token(token);
        call.json(&json!({"value": "no"}))
    };
    save(&format!("/v1/replies/{own}"), &world.officer)
        .problem(403, "reply_not_entered")
        .await;

    let entered = paper.enter("FIN", "2011-06-30").expect(201).await;
    paper
        .enter("FIN", "2011-06-30")
        .problem(409, "reply_already_started")
        .await;
    let path = format!("/v1/replies/{}", entered["id"].as_str().unwrap());
    let finland = world.focal_point("FIN").await;
    save(&path, &finland).problem(409, "reply_entered").await;
    let submit = |token: &str| world.post(&format!("{path}/submission")).token(token);
    submit(&finland).problem(409, "reply_entered").await;
    save(&path, &world.officer).expect(200).await;
    submit(&world.officer).expect(201).await;

    let amendment = format!("{path}/amendment");
    let begun = world.post(&amendment).token(&finland).expect(201).await;
    assert!(
        begun.get("source").is_none(),
        "it is the party's own from here on"
    );
    save(&path, &world.officer)
        .problem(403, "reply_not_entered")
        .await;
    let yes = world.put(&format!("{path}/answers/A1")).token(&finland);
    yes.json(&json!({"value": "yes"})).expect(200).await;
    assert_eq!(submit(&finland).expect(201).await["version"], 2);

    // What it sends on paper to correct that is entered as an amendment, which names it.
    let begin = |body: Value| world.post(&amendment).token(&world.officer).json(&body);
    let problem = begin(json!({})).problem(422, "source_faulty").await;
    assert_eq!(faults(&problem), [("missing_field", "/source")]);
    let source = json!({"kind": "email", "reference": "M/7", "received_on": "2011-07-02"});
    begin(json!({"source": source})).expect(201).await;
    save(&path, &finland).problem(409, "reply_entered").await;
    save(&path, &world.officer).expect(200).await;
    let receipt = submit(&world.officer).expect(201).await;
    assert_eq!(
        (&receipt["version"], &receipt["source"]),
        (&json!(3), &source)
    );
    let as_party = world.post(&amendment).token(&finland);
    let as_party = as_party.json(&json!({"source": source}));
    as_party.problem(403, "only_secretariat").await;
}

#[tokio::test]
async fn a_version_after_the_deadline_makes_no_reply_late_that_came_in_time() {
    let paper = PaperFixture::until_june(json!({"parties": ["FIN"]})).await;
    let (path, _) = paper.filed("FIN", "2011-06-30").await;
    let officer = |what: &str| {
        let call = paper.world.post(&format!("{path}/{what}"));
        call.token(&paper.world.officer)
    };
    let source = json!({"kind": "paper", "reference": "NV/2011/115", "received_on": "2011-07-01"});
    let begin = officer("amendment").json(&json!({ "source": source }));
    begin.expect(201).await;
    let receipt = officer("submission").expect(201).await;
    assert_eq!(receipt["late"], false);
    let versions = paper.world.get(&format!("{path}/versions"));
    let versions = versions.token(&paper.world.officer).expect(200).await;
    let told = |of: &str| {
        let versions = versions["items"].as_array().unwrap().iter();
        versions
            .map(|version| version[of] == true)
            .collect::<Vec<_>>()
    };
    assert_eq!(told("late"), [false, false]);
    assert_eq!(told("after_deadline"), [false, true]);
    assert_eq!(
        item_where(&paper.listed("replies").await, "code", "FIN")["late"],
        false
    );
}

#[tokio::test]
async fn what_a_party_only_drafted_is_set_aside_for_what_it_sent_on_paper() {
    let paper = PaperFixture::until_june(json!({"parties": ["FIN", "SWE"]})).await;
    let world = &paper.world;
    let sweden = world.focal_point("SWE").await;
    let path = format!(
        "/v1/replies/{}",
        world.answered(&paper.collection, &sweden).await
    );
    let need = json!({"category": "I", "type": "other", "urgency": "low",
        "description": {"text": "Sweden's draft", "lang": "en"}});
    let draft = |token: &str| {
        let call = world.post(&format!("{path}/needs")).token(token);
        call.json(&need)
    };
    let own = draft(&sweden).expect(201).await;
    let own = format!("/v1/needs/{}", own["id"].as_str().unwrap());
    let answers = async |token: &str| {
        let call = world.get(&format!("{path}/answers")).token(token);
        call.expect(200).await["answers"].clone()
    };
    let before = answers(&sweden).await;
    paper.world.close(&paper.collection).await;

    paper.enter("SWE", "2011-06-30").expect(201).await;
    paper
        .enter("SWE", "2011-06-30")
        .problem(409, "reply_already_started")
        .await;
    assert_eq!(answers(&world.officer).await, json!({}), "it begins blank");
    let seen = world.get(&own).token(&world.officer);
    seen.problem(404, "not_found").await;
    let typed = draft(&world.officer).expect(201).await;
    let typed = format!("/v1/needs/{}", typed["id"].as_str().unwrap());

    let amendment = format!("{path}/amendment");
    let discard = world.delete(&amendment).token(&world.officer);
    discard.expect(200).await;
    assert_eq!(
        answers(&sweden).await,
        before,
        "what was drafted comes back"
    );
    let status = async |need: &str| {
        let seen = world.get(need).token(&sweden).send().await;
        (seen.status == 200).then(|| seen.expect(200)["status"].clone())
    };
    assert_eq!(status(&own).await, Some(json!("drafted")));
    assert_eq!(status(&typed).await, None);

    // Entered again, with a source that is put right, and submitted.
    let source = |reference: &str| json!({"source": {"kind": "paper", "reference": reference, "received_on": "2011-06-30"}});
    let begin = |reference: &str| {
        let call = world.post(&amendment).token(&world.officer);
        call.json(&source(reference))
    };
    begin("NV/2011/11").expect(201).await;
    let named = begin("NV/2011/114").expect(201).await;
    assert_eq!(named["source"]["reference"], "NV/2011/114");
    let save = world.put(&format!("{path}/answers/A1"));
    let save = save.token(&world.officer).json(&json!({"value": "no"}));
    save.expect(200).await;
    let submit = world.post(&format!("{path}/submission"));
    let filed = submit.token(&world.officer).expect(201).await;
    assert_eq!(filed["source"]["reference"], "NV/2011/114");
    assert_eq!(
        status(&own).await,
        None,
        "nobody indicates what the other drafted"
    );
    assert_eq!(answers(&world.officer).await["A1"]["value"], "no");
    assert_eq!(
        item_where(&paper.listed("replies").await, "code", "SWE")["status"],
        "submitted",
        "what was entered from a draft is no amendment any more"
    );
}

#[tokio::test]
async fn a_source_that_cannot_be_is_refused_with_its_place() {
    let paper = PaperFixture::until_june(json!({"parties": ["FIN"]})).await;
    for (received_on, fault) in [
        ("2011-03-07", "received_before_opening"),
        ("2999-01-01", "received_in_future"),
    ] {
        let problem = paper.enter("FIN", received_on);
        let problem = problem.problem(422, "source_faulty").await;
        assert_eq!(faults(&problem), [(fault, "/source/received_on")]);
    }
    paper
        .enter("THA", "2011-06-30")
        .problem(409, "party_not_invited")
        .await;
    let wrong = paper
        .enter("FIN", "30 June")
        .problem(422, "wrong_body")
        .await;
    assert_eq!(wrong["pointer"], "/source/received_on");
    let finland = paper.world.focal_point("FIN").await;
    let source = json!({"kind": "paper", "reference": "NV/1", "received_on": "2011-06-30"});
    let entry = json!({"collection": paper.collection, "party": "FIN", "source": source});
    let entry = paper.world.post("/v1/replies").token(&finland).json(&entry);
    entry.problem(403, "not_allowed").await;
}

#[tokio::test]
async fn what_was_entered_by_mistake_is_discarded_and_its_partys_to_write() {
    let world = World::new().await;
    let collection = world
        .collection(json!({"parties": ["FIN"]}))
        .await
        .collection;
    let paper = PaperFixture { world, collection };
    let world = &paper.world;
    let today = "2011-06-30";
    let entered = paper.enter("FIN", today).expect(201).await;
    let path = format!("/v1/replies/{}", entered["id"].as_str().unwrap());
    let discard = || world.delete(&format!("{path}/amendment"));
    let finland = world.focal_point("FIN").await;
    discard()
        .token(&finland)
        .problem(409, "reply_entered")
        .await;
    discard().token(&world.officer).expect(200).await;
    let save = world.put(&format!("{path}/answers/A1")).token(&finland);
    save.json(&json!({"value": "yes"})).expect(200).await;
    let submit = world.post(&format!("{path}/submission")).token(&finland);
    submit.expect(201).await;
}

#[tokio::test]
async fn other_sources_reply_apart_and_are_never_counted_as_states() {
    let world = World::new().await;
    for (code, kind) in [
        ("AMNESTY", "ngo"),
        ("HEUNI", "programme_institute"),
        ("WHO", "un_entity"),
    ] {
        world.register(code, kind).await;
    }
    let kinds = ["observer_state", "ngo", "programme_institute", "un_entity"];
    let invited = json!({"parties": ["FIN"], "kinds": kinds});
    let collection = world.collection(invited).await.collection;
    let paper = PaperFixture { world, collection };
    let finland = paper.world.focal_point("FIN").await;
    let yes = json!({"A1": {"value": "yes"}});
    paper
        .world
        .submitted(&paper.collection, &finland, yes)
        .await;
    paper.filed("VAT", "2011-06-30").await;
    paper.filed("AMNESTY", "2011-06-30").await;

    let all = paper.listed("replies").await;
    assert_eq!(each(&all, "code"), ["AMNESTY", "FIN", "VAT"]);
    let states = paper.listed("replies?of=member_states").await;
    assert_eq!(each(&states, "code"), ["FIN"]);
    let others = paper.listed("replies?of=other_sources").await;
    assert_eq!(each(&others, "code"), ["AMNESTY", "VAT"]);
    assert_eq!(each(&others, "kind"), ["ngo", "observer_state"]);
    let invited = paper.listed("invitations?of=other_sources").await;
    assert_eq!(
        each(&invited, "code"),
        ["AMNESTY", "HEUNI", "PSE", "VAT", "WHO"]
    );
    let counted = paper.world.participation(&paper.collection, "").await;
    assert_eq!(
        (&counted["replied"], &counted["denominator"]["invited"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(item_where(&counted["others"], "kind", "ngo")["replied"], 1);
    let path = format!("/v1/collections/{}/replies?of=states", paper.collection);
    let wrong = paper.world.get(&path).token(&paper.world.officer);
    wrong.problem(400, "bad_parameter").await;
}
