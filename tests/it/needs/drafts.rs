//! Needs beside a reply: drafted with its answers, and indicated by its submission.

use futures_util::future::join_all;

use super::*;

/// Finland's reply, with its required answer.
struct Finland {
    world: World,
    collection: String,
    reply: String,
    token: String,
}

impl Finland {
    async fn answered() -> Self {
        let world = World::new().await;
        let invited = json!({"parties": ["FIN", "SWE"]});
        let collection = world.collection(invited).await.collection;
        let token = world.focal_point("FIN").await;
        let reply = world.answered(&collection, &token).await;
        Self {
            world,
            collection,
            reply,
            token,
        }
    }

    fn path(&self) -> String {
        format!("/v1/replies/{}/needs", self.reply)
    }

    fn call(&self, method: Method, path: &str) -> Call {
        self.world.call(method, path).token(&self.token)
    }

    async fn draft(&self, text: &str) -> String {
        let mut new = need(text);
        new["obstacle"] = json!({"question": "D1"});
        let made = self.call(Method::POST, &self.path()).json(&new);
        let made = made.expect(201).await;
        assert_eq!(made["status"], "drafted");
        format!("/v1/needs/{}", made["id"].as_str().unwrap())
    }

    async fn submit(&self) {
        let path = format!("/v1/replies/{}/submission", self.reply);
        self.call(Method::POST, &path).expect(201).await;
    }
}

#[tokio::test]
async fn one_append_submits_the_answers_and_indicates_the_needs_beside_them() {
    let finland = Finland::answered().await;
    let world = &finland.world;
    let [one, two, three] = [
        finland.draft("One").await,
        finland.draft("Two").await,
        finland.draft("Three").await,
    ];
    let edit =
        json!({"urgency": "low", "obstacle": null, "description": {"text": "Deux", "lang": "fr"}});
    let edited = finland.call(Method::PATCH, &two).json(&edit);
    let edited = edited.expect(200).await;
    assert_eq!(edited["urgency"], "low");
    assert_eq!(edited["obstacle"], json!(null));
    assert_eq!(edited["description"], json!({"text": "Deux", "lang": "fr"}));
    assert_eq!(edited["category"], "I", "what is left out stays");
    finland.call(Method::DELETE, &three).expect(200).await;
    finland
        .call(Method::GET, &three)
        .problem(404, "not_found")
        .await;

    let before = world.head().await;
    finland.submit().await;
    let events = world.events_after(before).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["kind"], "reply_submitted");
    let id = |path: &str| json!(path.rsplit('/').next().unwrap());
    assert_eq!(events[0]["data"]["needs"], json!([id(&one), id(&two)]));
    for need in [&one, &two] {
        let now = finland.call(Method::GET, need).expect(200).await;
        assert_eq!(now["status"], "indicated");
        let then = format!("{need}?as_of={before}");
        let then = finland.call(Method::GET, &then).expect(200).await;
        assert_eq!(then["status"], "drafted");
        finland
            .call(Method::PATCH, need)
            .json(&json!({"urgency": "high"}))
            .problem(409, "need_not_drafted")
            .await;
        finland
            .call(Method::DELETE, need)
            .problem(409, "need_not_drafted")
            .await;
    }
    let listed = finland.call(Method::GET, &finland.path()).expect(200).await;
    let statuses = each(&listed["items"], "status");
    assert_eq!(statuses, ["indicated", "indicated"]);
    finland
        .call(Method::POST, &finland.path())
        .json(&need("Late"))
        .problem(409, "reply_submitted")
        .await;
    // From here on it lives as any other.
    let confirm = world.post(&format!("{one}/confirmation"));
    confirm.token(&world.officer).expect(200).await;
    assert_eq!(world.status_of(&one).await, "confirmed");
}

#[tokio::test]
async fn what_a_reply_indicated_stays_when_it_is_withdrawn_and_says_so_to_those_whose_it_is() {
    let finland = Finland::answered().await;
    let world = &finland.world;
    let need = finland.draft("A need").await;
    let shown = finland.call(Method::GET, &need).expect(200).await;
    assert_eq!(shown["reply_withdrawn"], false);
    finland.submit().await;
    world.share(&need, &finland.token, "all").await;
    let path = format!("/v1/replies/{}/withdrawal", finland.reply);
    let withdraw = finland.call(Method::POST, &path);
    let withdraw = withdraw.json(&json!({"reason": words("Another ministry replies.")}));
    withdraw.expect(201).await;
    for token in [&finland.token, &world.officer] {
        let shown = world.get(&need).token(token).expect(200).await;
        assert_eq!(
            (&shown["status"], &shown["reply_withdrawn"]),
            (&json!("indicated"), &json!(true))
        );
    }
    let shown = world.get(&need).expect(200).await;
    assert_eq!(shown["status"], "indicated");
    assert!(shown.get("reply_withdrawn").is_none(), "{shown:#}");
    // Submitted anew, it indicates it still.
    finland.submit().await;
    let shown = finland.call(Method::GET, &need).expect(200).await;
    assert_eq!(shown["reply_withdrawn"], false);
}

#[tokio::test]
async fn the_tag_of_a_draft_changes_with_the_submission_that_indicates_it() {
    let finland = Finland::answered().await;
    let draft = finland.draft("A need").await;
    let get = || finland.call(Method::GET, &draft);
    let tag = get().send().await.header("etag").to_owned();
    let again = get().header("if-none-match", &tag).send().await;
    assert_eq!(again.status, 304);
    // And it is good for a change meanwhile.
    let edit = finland.call(Method::PATCH, &draft).header("if-match", &tag);
    edit.json(&json!({"urgency": "low"})).expect(200).await;
    let stale = finland.call(Method::PATCH, &draft).header("if-match", &tag);
    stale
        .json(&json!({"urgency": "high"}))
        .problem(412, "stale_if_match")
        .await;
    let tag = get().send().await.header("etag").to_owned();
    finland.submit().await;
    let again = get().header("if-none-match", &tag).send().await;
    assert_eq!(again.expect(200)["status"], "indicated");
}

#[tokio::test]
async fn drafts_are_for_the_focal_point_alone_and_what_is_indicated_for_those_who_see_all_of_the_reply()
 {
    let finland = Finland::answered().await;
    let world = &finland.world;
    let draft = finland.draft("A need").await;
    let (person, contributor) = world.person_as(Role::Contributor, "FIN").await;
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let successor = world.focal_point("FIN").await;
    let sweden = world.focal_point("SWE").await;
    let donor = world.token(Role::Donor, Some("FIN")).await;
    world
        .get(&draft)
        .token(&contributor)
        .problem(404, "not_found")
        .await;
    world
        .admit(&finland.collection, "FIN", &person, &["A"])
        .await;
    for token in [
        &contributor,
        &mission,
        &world.officer,
        &successor,
        &sweden,
        &donor,
    ] {
        world
            .get(&draft)
            .token(token)
            .problem(404, "not_found")
            .await;
        let listed = world.get("/v1/needs").token(token).expect(200).await;
        assert_eq!(listed["items"], json!([]));
    }
    world.get(&draft).problem(404, "not_found").await;
    for token in [&world.officer, &successor, &sweden] {
        let edit = world.patch(&draft).token(token);
        edit.json(&json!({"urgency": "low"}))
            .problem(404, "not_found")
            .await;
    }
    for token in [&contributor, &mission] {
        let edit = world.patch(&draft).token(token);
        edit.json(&json!({"urgency": "low"}))
            .problem(403, "not_allowed")
            .await;
    }
    // The Secretariat drafts beside what it enters from paper, and beside nothing else.
    let new = |token: &str| world.post(&finland.path()).token(token).json(&need("N"));
    new(&world.officer).problem(403, "reply_not_entered").await;
    for token in [&successor, &sweden] {
        new(token).problem(404, "not_found").await;
    }
    // A draft is not shared, and nobody decides on it.
    let share = finland.call(Method::PUT, &format!("{draft}/sharing"));
    share
        .json(&json!({"with": "all"}))
        .problem(409, "need_not_indicated")
        .await;
    let confirm = world.post(&format!("{draft}/confirmation"));
    confirm
        .token(&world.officer)
        .problem(404, "not_found")
        .await;

    finland.submit().await;
    for (token, sees) in [
        (&mission, true),
        (&world.officer, true),
        (&contributor, false),
    ] {
        let seen = world.get(&draft).token(token).send().await;
        assert_eq!(seen.status == 200, sees, "{seen:?}");
        let listed = world.get("/v1/needs").token(token).expect(200).await;
        let indicated: &[&str] = if sees { &["indicated"] } else { &[] };
        assert_eq!(each(&listed["items"], "status"), indicated);
    }
}

#[tokio::test]
async fn needs_that_are_drafted_at_once_all_find_a_place_and_no_submission_forgets_one() {
    let finland = Finland::answered().await;
    let world = &finland.world;
    let path = finland.path();
    let draft = |n: usize| {
        finland
            .call(Method::POST, &path)
            .json(&need(&format!("{n}")))
            .send()
    };
    let drafted = join_all((0..6).map(draft)).await;
    assert!(drafted.iter().all(|answer| answer.status == 201));
    let submission = format!("/v1/replies/{}/submission", finland.reply);
    let (late, submitted) = tokio::join!(
        join_all((6..10).map(draft)),
        finland.call(Method::POST, &submission).send()
    );
    submitted.expect(201);
    for answer in &late {
        assert!([201, 409].contains(&answer.status), "{answer:#?}");
    }
    let made = drafted
        .iter()
        .chain(&late)
        .filter(|answer| answer.status == 201);
    let made = made.count();
    let listed = world.get(&path).token(&world.officer).expect(200).await;
    assert_eq!(each(&listed["items"], "status"), vec!["indicated"; made]);
}

#[tokio::test]
async fn the_same_draft_sent_twice_is_one() {
    let finland = Finland::answered().await;
    let send = || {
        let call = finland.call(Method::POST, &finland.path());
        call.header("idempotency-key", "a-key").json(&need("Once"))
    };
    let first = send().expect(201).await;
    assert_eq!(send().expect(201).await, first);
    let listed = finland.call(Method::GET, &finland.path()).expect(200).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_discarded_with_an_amendment_is_never_indicated() {
    let finland = Finland::answered().await;
    finland.submit().await;
    let amendment = format!("/v1/replies/{}/amendment", finland.reply);
    let begin = || finland.call(Method::POST, &amendment).expect(201);
    begin().await;
    let gone = finland.draft("Gone").await;
    let drafted = finland.world.head().await;
    finland.call(Method::DELETE, &amendment).expect(200).await;
    for method in [Method::GET, Method::DELETE] {
        finland.call(method, &gone).problem(404, "not_found").await;
    }
    let listed = finland.call(Method::GET, &finland.path()).expect(200).await;
    assert_eq!(listed["items"], json!([]));
    let then = format!("{}?as_of={drafted}", finland.path());
    let then = finland.call(Method::GET, &then).expect(200).await;
    assert_eq!(each(&then["items"], "status"), ["drafted"]);

    begin().await;
    let kept = finland.draft("Kept").await;
    let before = finland.world.head().await;
    finland.submit().await;
    let submitted = &finland.world.events_after(before).await[0];
    let id = kept.rsplit('/').next().unwrap();
    assert_eq!(submitted["data"]["needs"], json!([id]));
}

#[tokio::test]
async fn what_is_drafted_during_a_clarification_that_words_answer_can_still_be_indicated() {
    let finland = Finland::answered().await;
    finland.submit().await;
    let asked = format!("/v1/replies/{}/clarifications", finland.reply);
    let ask = finland.world.post(&asked).token(&finland.world.officer);
    ask.json(&words("Which law?")).expect(201).await;
    let draft = finland.draft("A law").await;
    let answer = finland.call(Method::POST, &format!("{asked}/1/answer"));
    answer.json(&words("None.")).expect(201).await;
    let reply = format!("/v1/replies/{}", finland.reply);
    let shown = finland.call(Method::GET, &reply).expect(200).await;
    assert_eq!(shown["status"], "amendment");
    finland.submit().await;
    assert_eq!(finland.world.status_of(&draft).await, "indicated");
}
