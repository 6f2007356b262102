//! A draft is its party's alone: what others are told of it, by every operation that reads, as of every position.

use access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Call, World, each, said};

/// What is in a draft, and nowhere else.
const MARKER: &str = "zibeline";

/// Finland's reply, and everybody who is not its focal point.
struct Draft {
    world: World,
    collection: String,
    finland: String,
    /// Who answers section D.
    drafter: String,
    reply: String,
    /// The head before it was begun.
    before: u64,
    /// Each with a name for messages, and a token; none for nobody in particular.
    others: Vec<(&'static str, Option<String>)>,
    document: Value,
}

impl Draft {
    async fn begun() -> Self {
        let world = World::new().await;
        let invited = json!({"parties": ["FIN", "SWE"]});
        let collection = world.collection(invited).await.collection;
        let (focal_point, finland) = world.person_as(Role::FocalPoint, "FIN").await;
        let office = format!("/v1/collections/{collection}/parties/FIN/focal-point");
        let name = world.put(&office).token(&world.officer);
        name.json(&json!({ "person": focal_point }))
            .expect(200)
            .await;
        let (colleague, contributor) = world.person_as(Role::Contributor, "FIN").await;
        world.admit(&collection, "FIN", &colleague, &["A"]).await;
        let (drafter, drafting) = world.person_as(Role::Contributor, "FIN").await;
        world.admit(&collection, "FIN", &drafter, &["D"]).await;
        let token = async |role, party| Some(world.token(role, party).await);
        let others = vec![
            ("officer", Some(world.officer.clone())),
            ("administrator", token(Role::Administrator, None).await),
            ("mission", token(Role::Mission, Some("FIN")).await),
            ("contributor of another section", Some(contributor)),
            (
                "focal point not named",
                token(Role::FocalPoint, Some("FIN")).await,
            ),
            (
                "contributor not admitted",
                token(Role::Contributor, Some("FIN")).await,
            ),
            ("another State", token(Role::FocalPoint, Some("SWE")).await),
            ("donor", token(Role::Donor, Some("SWE")).await),
            ("nobody", None),
        ];
        let before = world.head().await;
        let reply = world.reply(&collection, &finland).await;
        let document = world.get("/openapi.json").expect(200).await;
        Self {
            world,
            collection,
            finland,
            drafter: drafting,
            reply: format!("/v1/replies/{reply}"),
            before,
            others,
            document,
        }
    }

    fn id(&self) -> &str {
        self.reply.rsplit('/').next().unwrap()
    }

    fn post(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.post(&path).token(&self.finland)
    }

    fn officer(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.get(&path).token(&self.world.officer)
    }

    async fn save(&self, answers: Value) {
        let path = format!("{}/answers", self.reply);
        let call = self.world.patch(&path).token(&self.finland);
        call.json(&json!({ "answers": answers })).expect(200).await;
    }

    /// Finland answers, attaches, writes needs down and passes a section on, all with the marker; answers a file and a need.
    async fn drafts(&self) -> DraftFixture {
        let text = |what: &str| said(&format!("{what} {MARKER}"));
        self.save(json!({"D1": {"value": text("One"), "comment": text("Two")}}))
            .await;
        self.save(json!({"D1": {"value": text("Three"), "comment": text("Four")}}))
            .await;
        let bytes = || format!("A file, {MARKER}.");
        let attach = |query: &str| {
            let call = self.post(&format!("/files{query}"));
            call.file("text/plain", &format!("{MARKER}.txt"), bytes())
        };
        let file = attach("").expect(201).await["file"].clone();
        let other = attach("?question=D1").expect(201).await["file"].clone();
        let dropped = attach("?question=D1").expect(201).await["file"].clone();
        let taken = format!("{}/files/{}", self.reply, dropped.as_str().unwrap());
        let remove = self.world.delete(&taken).token(&self.finland);
        remove.expect(200).await;
        let about = json!({"category": "I", "type": "legislation", "urgency": "high", "description": text("Five"),
                           "obstacle": {"question": "D1"}});
        let need = self.post("/needs").json(&about).expect(201).await["id"].clone();
        let path = format!("/v1/needs/{}", need.as_str().unwrap());
        let edit = self.world.patch(&path).token(&self.finland);
        edit.json(&json!({"description": text("Six")}))
            .expect(200)
            .await;
        let [file, other, need] = [file, other, need].map(|id| id.as_str().unwrap().to_owned());
        // A section goes from who answers it to the focal point and back.
        for (token, way, words) in [
            (&self.drafter, "hand-back", "Seven"),
            (&self.finland, "return", "Eight"),
        ] {
            let path = format!("{}/sections/D/{way}", self.reply);
            let pass = self.world.post(&path).token(token);
            let pass = pass.json(&json!({ "remark": text(words) }));
            pass.expect(201).await;
        }
        // What its own people read of it is recorded, and the audit does not tell that it is there.
        for own in [
            format!("/v1/needs/{need}"),
            format!("/v1/timelines/{need}"),
            format!("{}/files/{file}", self.reply),
        ] {
            let read = self.ask(&own, Some(&self.finland)).send().await;
            assert_eq!(read.status, 200, "{read:?}");
        }
        let contents =
            "select string_agg(id::text, ' ') from log.content where media_type like 'text/%'";
        let contents = self.world.sql(contents).await;
        DraftFixture {
            secrets: [MARKER, &file, &other, &need]
                .into_iter()
                .chain(contents.split(' '))
                .map(str::to_owned)
                .collect(),
            content: contents.split(' ').next().unwrap().to_owned(),
            file,
            need,
        }
    }

    /// Every request that reads, with what it names filled in.
    fn reads(&self, drafted: &DraftFixture) -> Vec<String> {
        let mut reads = Vec::new();
        for (path, operations) in self.document["paths"].as_object().unwrap() {
            if operations.get("get").is_none() {
                continue;
            }
            let objects = match path.contains("{object}") {
                true => vec![self.id(), &drafted.need, &drafted.content],
                false => vec![self.id()],
            };
            for object in objects {
                let filled = path
                    .replace("{object}", object)
                    .replace("{reply}", self.id())
                    .replace("{collection}", &self.collection)
                    .replace("{party}", "FIN")
                    .replace("{question}", "D1")
                    .replace("{version}", "1")
                    .replace("{file}", &drafted.file)
                    .replace("{need}", &drafted.need)
                    .replace("{content}", &drafted.content);
                let filled = filled
                    .split('{')
                    .next()
                    .unwrap()
                    .trim_end_matches('/')
                    .to_owned();
                let query = match path.as_str() {
                    "/v1/events" => format!("?after={}&limit=1000", self.before),
                    path if path.ends_with("/tallies") => "?question=D1".to_owned(),
                    _ => String::new(),
                };
                reads.push(filled + &query);
            }
        }
        assert!(reads.len() > 70, "{reads:?}");
        reads
    }

    fn ask(&self, path: &str, token: Option<&String>) -> Call {
        let call = self.world.get(path);
        token.iter().fold(call, |call, token| call.token(token))
    }

    /// Nobody else finds anything of the draft anywhere, now or as of any position since it was begun.
    async fn is_kept(&self, drafted: &DraftFixture, when: &str) {
        let head = self.world.head().await;
        for path in self.reads(drafted) {
            for (who, token) in &self.others {
                let answer = self.ask(&path, token.as_ref()).send().await;
                drafted.is_not_in(&answer, &format!("{when}: {path} as {who}"), &path);
            }
        }
        let about = [
            self.reply.clone(),
            format!("{}/answers", self.reply),
            format!("{}/answers/D1", self.reply),
            format!("{}/files", self.reply),
            format!("{}/files/{}", self.reply, drafted.file),
            format!("{}/needs", self.reply),
            format!("{}/versions", self.reply),
            format!("{}/clarifications", self.reply),
            format!("{}/hand-backs", self.reply),
            format!("/v1/collections/{}/replies", self.collection),
            "/v1/needs".to_owned(),
            format!("/v1/needs/{}", drafted.need),
            format!("/v1/timelines/{}", self.id()),
            format!("/v1/timelines/{}", drafted.need),
        ];
        for position in self.before..=head {
            for path in &about {
                let path = format!("{path}?as_of={position}");
                for (who, token) in &self.others[..4] {
                    let answer = self.ask(&path, token.as_ref()).send().await;
                    drafted.is_not_in(&answer, &format!("{when}: {path} as {who}"), &path);
                }
            }
        }
        self.feed_is_whole(head).await;
        self.dashboards_see_nothing(drafted).await;
    }

    /// Nor is it in what dashboards read as SQL.
    async fn dashboards_see_nothing(&self, drafted: &DraftFixture) {
        let public =
            "select string_agg(distinct table_name, ' ') from information_schema.role_table_grants
                       where grantee = 'rapporteur_bi' and table_schema = 'views'";
        let public = self.world.sql(public).await;
        assert!(public.contains("replies"), "{public}");
        for view in public.split(' ') {
            let rows = format!("select string_agg(v::text, ' ') from views.{view} v");
            let rows = self.world.sql(&rows).await;
            let found = drafted
                .secrets
                .iter()
                .find(|secret| rows.contains(secret.as_str()));
            assert_eq!(found, None, "{view}");
        }
    }

    /// What the feed withholds it says to withhold: no position is simply missing.
    async fn feed_is_whole(&self, head: u64) {
        let path = format!("/v1/events?after={}&limit=1000", self.before);
        let page = self.world.get(&path).token(&self.world.officer);
        let page = page.expect(200).await;
        let told = page["events"].as_array().unwrap().iter();
        let mut positions: Vec<u64> = told
            .map(|event| event["position"].as_u64().unwrap())
            .collect();
        for range in page["withheld"].as_array().unwrap() {
            positions.extend(range[0].as_u64().unwrap()..=range[1].as_u64().unwrap());
        }
        positions.sort_unstable();
        assert_eq!(positions, Vec::from_iter(self.before + 1..=head));
        assert_eq!(page["next"], head);
    }

    async fn kinds(&self, token: &str) -> Vec<String> {
        let path = format!("/v1/timelines/{}", self.id());
        let told = self.world.get(&path).token(token).expect(200).await;
        let versions = told["items"].as_array().unwrap().iter();
        let versions: Vec<u64> = versions
            .map(|event| event["version"].as_u64().unwrap())
            .collect();
        assert_eq!(
            versions,
            Vec::from_iter(1..=versions.len() as u64),
            "no gap tells how many"
        );
        each(&told["items"], "kind")
            .into_iter()
            .map(str::to_owned)
            .collect()
    }
}

/// What Finland drafted.
struct DraftFixture {
    /// What must be nowhere: the marker, the ids of words, of files, of needs.
    secrets: Vec<String>,
    content: String,
    file: String,
    need: String,
}

impl DraftFixture {
    fn is_not_in(&self, answer: &Answer, what: &str, path: &str) {
        for secret in &self.secrets {
            // The audit names what this test itself has asked for by its id.
            let is_asked = path.contains(secret.as_str())
                || (path == "/v1/audit/reads" && *secret == self.content);
            assert!(
                is_asked || !answer.text.contains(secret.as_str()),
                "{what}: {secret} in {} {}",
                answer.status,
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn nothing_that_reads_tells_others_of_a_draft_more_than_that_it_is_begun_and_how_many_answers_it_has()
 {
    let draft = Draft::begun().await;
    let drafted = draft.drafts().await;
    draft.is_kept(&drafted, "a draft").await;
    for token in [&draft.world.officer, draft.others[2].1.as_ref().unwrap()] {
        let get = |what: &str| {
            draft
                .world
                .get(&format!("{}{what}", draft.reply))
                .token(token)
        };
        let shown = get("").expect(200).await;
        assert_eq!(
            [
                &shown["status"],
                &shown["answered"],
                &shown["missing"],
                &shown["questions"]
            ],
            [&json!("draft"), &json!(1), &Value::Null, &json!(7)]
        );
        assert_eq!(get("/answers").expect(200).await["answers"], json!({}));
        assert_eq!(get("/files").expect(200).await["files"], json!([]));
        assert_eq!(get("/needs").expect(200).await["items"], json!([]));
        assert_eq!(get("/versions").expect(200).await["items"], json!([]));
        // What is answered looks as what is not.
        let [answered, blank] = [
            get("/answers/D1").send().await,
            get("/answers/A3").send().await,
        ];
        assert_eq!(answered.nameless().replace("D1", "A3"), blank.nameless());
        assert_eq!(answered.header("etag"), blank.header("etag"));
        assert_eq!(draft.kinds(token).await, ["reply_started"]);
        let need = format!("/v1/needs/{}", drafted.need);
        draft
            .world
            .get(&need)
            .token(token)
            .problem(404, "not_found")
            .await;
    }
    // Nor do the refusals of writes.
    let officer = &draft.world.officer;
    let path = format!("{}/answers/D1", draft.reply);
    let save = || {
        let save = draft.world.put(&path).token(officer);
        save.json(&json!({"value": said("A guess.")}))
    };
    save()
        .header("if-match", "\"1\"")
        .problem(403, "reply_not_entered")
        .await;
    save().problem(403, "reply_not_entered").await;
    let confirm = format!("/v1/needs/{}/confirmation", drafted.need);
    draft
        .world
        .post(&confirm)
        .token(officer)
        .problem(404, "not_found")
        .await;
    // Its party sees it all.
    let own = draft
        .world
        .get(&format!("{}/answers", draft.reply))
        .token(&draft.finland);
    let own = own.expect(200).await;
    assert_eq!(
        own["answers"]["D1"]["value"]["text"],
        format!("Three {MARKER}")
    );
    assert_eq!(draft.kinds(&draft.finland).await.len(), 10);
}

#[tokio::test]
async fn what_is_submitted_is_told_and_what_was_drafted_on_the_way_is_not() {
    let draft = Draft::begun().await;
    let drafted = draft.drafts().await;
    // Everything that was drafted is put otherwise before it is handed in.
    draft
        .save(
            json!({"A1": {"value": "yes"}, "D1": {"value": said("Openly said."), "comment": null}}),
        )
        .await;
    for file in drafted.secrets[1..3].iter() {
        let path = format!("{}/files/{file}", draft.reply);
        draft
            .world
            .delete(&path)
            .token(&draft.finland)
            .expect(200)
            .await;
    }
    let need = format!("/v1/needs/{}", drafted.need);
    draft
        .world
        .delete(&need)
        .token(&draft.finland)
        .expect(200)
        .await;
    draft.post("/submission").expect(201).await;
    draft.is_kept(&drafted, "submitted").await;
    let submitted = draft.world.head().await;
    let answers = draft.officer("/answers").expect(200).await;
    assert_eq!(answers["answers"]["D1"]["value"]["text"], "Openly said.");
    for question in ["A1", "D1", "A3"] {
        let answer = draft
            .officer(&format!("/answers/{question}"))
            .expect(200)
            .await;
        assert_eq!(answer["position"], submitted, "for each alike");
    }
    assert_eq!(
        draft.kinds(&draft.world.officer).await,
        ["reply_started", "reply_submitted"]
    );
    let version = draft.officer("/versions/1").expect(200).await;
    assert_eq!(
        (&version["answered"], &version["attached"]),
        (&json!(2), &json!(0))
    );
}

#[tokio::test]
async fn of_a_reply_that_is_changed_again_others_see_what_was_submitted_last() {
    let draft = Draft::begun().await;
    draft
        .save(json!({"A1": {"value": "yes"}, "D1": {"value": said("Openly said.")}}))
        .await;
    draft.post("/submission").expect(201).await;
    let is_as_submitted = async |status: &str, who: &str| {
        let shown = draft.officer("").expect(200).await;
        assert_eq!(
            (&shown["status"], &shown["answered"]),
            (&json!(status), &json!(2)),
            "{who}"
        );
        let answers = draft.officer("/answers").expect(200).await;
        assert_eq!(
            answers["answers"]["D1"]["value"]["text"], "Openly said.",
            "{who}"
        );
        assert_eq!(answers["answers"]["D1"].get("comment"), None);
    };

    draft.post("/amendment").expect(201).await;
    let started = draft.world.head().await;
    let mut drafted = draft.drafts().await;
    // What was submitted openly may be read.
    let since = format!("select string_agg(id::text, ' ') from log.content where media_type like 'text/%' and position <= {started}
                          and position > 0");
    let open = draft.world.sql(&since).await;
    drafted
        .secrets
        .retain(|secret| !open.contains(secret.as_str()));
    is_as_submitted("amendment", "amended").await;
    draft.is_kept(&drafted, "amended").await;

    // Nor does acceptance show it, nor a clarification that ends.
    let accept = draft.world.post(&format!("{}/acceptance", draft.reply));
    let accepted = accept.token(&draft.world.officer).send().await;
    drafted.is_not_in(&accepted, "acceptance", "");
    assert_eq!(accepted.expect(201)["answered"], 2);

    let discard = draft.world.delete(&format!("{}/amendment", draft.reply));
    discard.token(&draft.finland).expect(200).await;
    draft.is_kept(&drafted, "discarded").await;
    draft
        .post("/withdrawal")
        .json(&json!({"reason": said("Not now.")}))
        .expect(201)
        .await;
    let again = draft.drafts().await;
    drafted
        .secrets
        .extend([again.file.clone(), again.need.clone()]);
    is_as_submitted("withdrawn", "withdrawn").await;
    draft.is_kept(&drafted, "withdrawn and being redone").await;
}

#[tokio::test]
async fn the_secretariat_that_takes_the_pen_reads_nothing_of_the_draft_that_it_sets_aside() {
    let draft = Draft::begun().await;
    let drafted = draft.drafts().await;
    let source = json!({"kind": "paper", "reference": "NV/1", "received_on": "2011-06-30"});
    let entry = json!({"collection": draft.collection, "party": "FIN", "source": source});
    let enter = draft.world.post("/v1/replies").token(&draft.world.officer);
    let entered = enter.json(&entry).send().await;
    drafted.is_not_in(&entered, "entry", "");
    let entered = entered.expect(201);
    assert_eq!(
        (&entered["answered"], &entered["missing"]),
        (&json!(0), &json!(["A1"]))
    );
    draft.is_kept(&drafted, "entered").await;
    // It cannot tell what had been answered from what had not.
    let get = async |question: &str| draft.officer(&format!("/answers/{question}")).send().await;
    let [answered, blank] = [get("D1").await, get("A3").await];
    assert_eq!(answered.nameless().replace("D1", "A3"), blank.nameless());
    // What it types itself it sees, and can guard by its tag.
    let path = format!("{}/answers/D1", draft.reply);
    let save = |text: &str| {
        let save = draft.world.put(&path).token(&draft.world.officer);
        save.json(&json!({"value": said(text)}))
    };
    let tag = answered.header("etag").to_owned();
    save("From paper.")
        .header("if-match", &tag)
        .expect(200)
        .await;
    save("Again.")
        .header("if-match", &tag)
        .problem(412, "stale_if_match")
        .await;
    let own = draft.officer("/answers").expect(200).await;
    assert_eq!(own["answers"]["D1"]["value"]["text"], "From paper.");
    draft.is_kept(&drafted, "typed").await;

    let discard = draft.world.delete(&format!("{}/amendment", draft.reply));
    let discarded = discard.token(&draft.world.officer).send().await;
    drafted.is_not_in(&discarded, "discard", "");
    assert_eq!(
        discarded.expect(200)["answered"],
        1,
        "as many as its party has"
    );
    draft.is_kept(&drafted, "given back").await;
    let back = draft
        .world
        .get(&format!("{}/answers", draft.reply))
        .token(&draft.finland);
    let back = back.expect(200).await;
    assert_eq!(
        back["answers"]["D1"]["value"]["text"],
        format!("Three {MARKER}")
    );
}
