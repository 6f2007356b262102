//! What positions and entity tags tell others of what a party drafts: nothing.

use access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Call, World, each, said};

/// Finland's reply, and those who see of it what was submitted.
struct Finland {
    world: World,
    token: String,
    mission: String,
    reply: String,
}

impl Finland {
    /// A reply that Finland begins.
    async fn begun() -> Self {
        let (world, collection, token) = Self::invited().await;
        let reply = world.reply(&collection, &token).await;
        Self::of(world, token, reply).await
    }

    /// A reply that the Secretariat entered and submitted.
    async fn entered() -> Self {
        let (world, collection, token) = Self::invited().await;
        let source = json!({"kind": "paper", "reference": "NV/1", "received_on": "2011-06-30"});
        let entry = json!({"collection": collection, "party": "FIN", "source": source});
        let entered = world.post("/v1/replies").token(&world.officer).json(&entry);
        let reply = entered.expect(201).await["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/replies/{reply}");
        let save = world.put(&format!("{path}/answers/A1"));
        let save = save.token(&world.officer).json(&json!({"value": "yes"}));
        save.expect(200).await;
        let submit = world.post(&format!("{path}/submission"));
        submit.token(&world.officer).expect(201).await;
        Self::of(world, token, reply).await
    }

    async fn invited() -> (World, String, String) {
        let world = World::new().await;
        let invited = json!({"parties": ["FIN"]});
        let collection = world.collection(invited).await.collection;
        let token = world.focal_point("FIN").await;
        (world, collection, token)
    }

    async fn of(world: World, token: String, reply: String) -> Self {
        Self {
            mission: world.token(Role::Mission, Some("FIN")).await,
            world,
            token,
            reply,
        }
    }

    fn path(&self, what: &str) -> String {
        format!("/v1/replies/{}{what}", self.reply)
    }

    fn post(&self, what: &str) -> Call {
        self.world.post(&self.path(what)).token(&self.token)
    }

    async fn save(&self, question: &str, answer: Value) {
        let path = self.path(&format!("/answers/{question}"));
        let put = self.world.put(&path).token(&self.token);
        put.json(&answer).expect(200).await;
    }

    async fn discard(&self) {
        let delete = self.world.delete(&self.path("/amendment"));
        delete.token(&self.token).expect(200).await;
    }

    async fn officer(&self, what: &str) -> Answer {
        let get = self.world.get(&self.path(what));
        get.token(&self.world.officer).send().await
    }

    /// What others are answered by whatever reads the reply: bodies and tags.
    async fn told(&self, as_of: &str) -> Vec<String> {
        let mut told = Vec::new();
        for token in [&self.world.officer, &self.mission] {
            for what in [
                "",
                "/answers",
                "/answers/A1",
                "/answers/A3",
                "/files",
                "/needs",
                "/versions",
                "/clarifications",
                "/publication",
            ] {
                let path = match what {
                    "/publication" => self.path(what),
                    _ => format!("{}{as_of}", self.path(what)),
                };
                let answer = self.world.get(&path).token(token).send().await;
                let tag = answer.headers.get("etag").map(|tag| tag.to_str().unwrap());
                // A list names the position that it was read at.
                let text = match what {
                    "/needs" => answer.json()["items"].to_string(),
                    _ => answer.text.clone(),
                };
                told.push(format!("{what} {} {tag:?} {text}", answer.status));
            }
        }
        told
    }
}

#[tokio::test]
async fn the_secretariat_does_not_learn_which_question_a_party_drafted_and_discarded() {
    let finland = Finland::entered().await;
    let answers = async || {
        let [drafted, blank] = [
            finland.officer("/answers/A3").await,
            finland.officer("/answers/D1").await,
        ];
        assert_eq!(drafted.text.replace("A3", "D1"), blank.text);
        assert_eq!(drafted.header("etag"), blank.header("etag"));
        drafted.json()["position"].as_u64().unwrap()
    };
    answers().await;
    finland.post("/amendment").expect(201).await;
    finland.save("A3", json!({"value": 7})).await;
    answers().await;
    finland.discard().await;
    let shown = finland.officer("").await.expect(200);
    assert_eq!(shown["source"]["kind"], "paper", "it sees all of it again");
    answers().await;

    // Nor after it took the pen meanwhile, and gave it back.
    finland.post("/amendment").expect(201).await;
    finland.save("A3", json!({"value": 8})).await;
    let source = json!({"kind": "paper", "reference": "NV/2", "received_on": "2011-07-01"});
    let take = finland.world.post(&finland.path("/amendment"));
    let take = take.token(&finland.world.officer);
    take.json(&json!({"source": source})).expect(201).await;
    let taken = answers().await;
    // What it types itself it can guard.
    let path = finland.path("/answers/A1");
    let type_again = |tag: u64| {
        let put = finland.world.put(&path).token(&finland.world.officer);
        let put = put.header("if-match", &format!("\"{tag}\""));
        put.json(&json!({"value": "no"}))
    };
    type_again(taken).expect(200).await;
    type_again(taken).problem(412, "stale_if_match").await;
    let give_back = finland.world.delete(&finland.path("/amendment"));
    give_back.token(&finland.world.officer).expect(200).await;
    answers().await;
    finland.discard().await;
    answers().await;
}

#[tokio::test]
async fn what_is_saved_in_a_draft_moves_no_position_and_no_tag_but_with_the_count_of_answers() {
    let finland = Finland::begun().await;
    finland.save("A1", json!({"value": "yes"})).await;
    let (told, first) = (finland.told("").await, finland.world.head().await);
    finland.save("A1", json!({"value": "no"})).await;
    let attach = finland
        .post("/files")
        .file("text/plain", "a.txt", "A file.".to_owned());
    attach.expect(201).await;
    assert_eq!(finland.told("").await, told);
    for position in first..=finland.world.head().await {
        let stepped = finland.told(&format!("?as_of={position}")).await;
        assert_eq!(stepped, told, "as of {position}");
    }
    finland.save("A3", json!({"value": 7})).await;
    let counted = finland.told("").await;
    assert_ne!(counted[0], told[0]);
    let tag = |told: &str| told.split(' ').nth(2).map(str::to_owned);
    assert_ne!(
        tag(&counted[0]),
        tag(&told[0]),
        "whoever keeps it asks for it anew"
    );
}

#[tokio::test]
async fn a_save_in_an_amendment_is_not_told_and_stands_in_nobodys_way() {
    let finland = Finland::begun().await;
    finland.save("A1", json!({"value": "yes"})).await;
    finland.post("/submission").expect(201).await;
    finland.post("/amendment").expect(201).await;
    let (told, first) = (finland.told("").await, finland.world.head().await);
    let tag = finland.officer("").await.header("etag").to_owned();
    finland.save("A1", json!({"value": "no"})).await;
    finland.save("A3", json!({"value": 7})).await;
    assert_eq!(finland.told("").await, told);
    for position in first..=finland.world.head().await {
        let stepped = finland.told(&format!("?as_of={position}")).await;
        assert_eq!(stepped, told, "as of {position}");
    }
    let ask = |tag: &str| {
        let post = finland.world.post(&finland.path("/clarifications"));
        let post = post.token(&finland.world.officer).header("if-match", tag);
        post.json(&said("Which year?"))
    };
    ask(&tag).expect(201).await;
    let problem = ask(&tag).problem(412, "stale_if_match").await;
    let now = finland.officer("").await;
    let now = now.header("etag").trim_matches('"').to_owned();
    assert!(problem.to_string().contains(&now), "{problem}: {now}");
}

#[tokio::test]
async fn the_feed_tells_of_no_pen_that_changes_hands_whether_needs_were_drafted_or_not() {
    let finland = Finland::entered().await;
    for with_need in [false, true] {
        let before = finland.world.head().await;
        finland.post("/amendment").expect(201).await;
        if with_need {
            let about = json!({"category": "I", "type": "legislation", "urgency": "high", "description": said("Training.")});
            finland.post("/needs").json(&about).expect(201).await;
        }
        finland.discard().await;
        let feed = format!("/v1/events?after={before}");
        let feed = finland.world.get(&feed).token(&finland.world.officer);
        assert_eq!(each(&feed.expect(200).await["events"], "kind"), [""; 0]);
    }
}

#[tokio::test]
async fn a_need_that_is_drafted_changes_no_tag_of_what_others_are_told_of_needs() {
    let finland = Finland::begun().await;
    let about = |what: &str| json!({"category": "I", "type": "legislation", "urgency": "high", "description": said(what)});
    let shared = finland.world.post("/v1/needs").token(&finland.token);
    let shared = shared.json(&about("Judges.")).expect(201).await;
    let shared = format!("/v1/needs/{}", shared["id"].as_str().unwrap());
    let share = finland.world.put(&format!("{shared}/sharing"));
    let share = share.token(&finland.token).json(&json!({"with": "all"}));
    share.expect(200).await;
    let donor = finland.world.token(Role::Donor, Some("SWE")).await;
    let tags = async || {
        let mut tags = Vec::new();
        for path in ["/v1/needs", &shared] {
            for token in [
                None,
                Some(&donor),
                Some(&finland.mission),
                Some(&finland.world.officer),
            ] {
                let call = finland.world.get(path);
                let call = token.iter().fold(call, |call, token| call.token(token));
                let answer = call.send().await;
                assert_eq!(answer.status, 200, "{answer:?}");
                tags.push(answer.header("etag").to_owned());
            }
        }
        tags
    };
    let before = tags().await;
    let draft = finland.post("/needs").json(&about("Prosecutors."));
    let draft = draft.expect(201).await["id"].as_str().unwrap().to_owned();
    let edit = finland.world.patch(&format!("/v1/needs/{draft}"));
    let edit = edit.token(&finland.token);
    edit.json(&json!({"description": said("Police.")}))
        .expect(200)
        .await;
    assert_eq!(tags().await, before);
    // What is indicated and not shared is told the Secretariat and the mission alone.
    finland.save("A1", json!({"value": "yes"})).await;
    finland.post("/submission").expect(201).await;
    let after = tags().await;
    assert_eq!((&after[..2], &after[4..6]), (&before[..2], &before[4..6]));
    assert!(after[2] != before[2] && after[3] != before[3], "{after:?}");
}
