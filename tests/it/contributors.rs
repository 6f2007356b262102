//! What a contributor reads: its sections, and what the focal point opens to it.

use access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Call, World, each, faults, said};

/// Finland's reply, with something in each section and some for the whole, and a contributor of section D.
struct Finland {
    world: World,
    collection: String,
    token: String,
    reply: String,
    colleague: String,
    contributor: String,
    /// A file of section A, one of section D, one of the whole reply.
    files: [String; 3],
    need: String,
}

impl Finland {
    async fn new() -> Self {
        let world = World::new().await;
        let collection = world
            .collection(json!({"parties": ["FIN"]}))
            .await
            .collection;
        let token = world.focal_point("FIN").await;
        let reply = format!("/v1/replies/{}", world.reply(&collection, &token).await);
        let save = world.patch(&format!("{reply}/answers")).token(&token);
        let answers = json!({"A1": {"value": "yes", "comment": said("Of A.")}, "A3": {"value": 7}, "D1": {"value": said("Of D.")}});
        save.json(&json!({ "answers": answers })).expect(200).await;
        let mut files = Vec::new();
        for query in ["?question=A1", "?question=D1", ""] {
            let path = format!("{reply}/files{query}");
            let attach = world.post(&path).token(&token);
            let attached = attach.file("text/plain", "a.txt", format!("A file {query}."));
            files.push(
                attached.expect(201).await["file"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
            );
        }
        let about = json!({"category": "I", "type": "legislation", "urgency": "high", "description": said("Training.")});
        let need = world.post(&format!("{reply}/needs")).token(&token);
        let need = need.json(&about).expect(201).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let (colleague, contributor) = world.person_as(Role::Contributor, "FIN").await;
        let finland = Self {
            world,
            collection,
            token,
            reply,
            colleague,
            contributor,
            files: files.try_into().unwrap(),
            need: format!("/v1/needs/{need}"),
        };
        finland.open(&json!({"sections": ["D"]})).await.expect(200);
        finland
    }

    /// Admits the contributor to so much.
    async fn open(&self, admitted: &Value) -> Answer {
        let path = format!(
            "/v1/collections/{}/parties/FIN/contributors/{}",
            self.collection, self.colleague
        );
        self.world
            .put(&path)
            .token(&self.token)
            .json(admitted)
            .send()
            .await
    }

    fn own(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.post(&path).token(&self.token)
    }

    fn officer(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.post(&path).token(&self.world.officer)
    }

    fn get(&self, what: &str) -> Call {
        let path = if what.starts_with("/v1/") {
            what.to_owned()
        } else {
            format!("{}{what}", self.reply)
        };
        self.world.get(&path).token(&self.contributor)
    }

    /// What the contributor finds: the codes of answers, the files by their places, how many needs, the numbers of the reply.
    async fn found(&self) -> Value {
        let answers = self.get("/answers").expect(200).await["answers"].clone();
        let codes: Vec<&String> = answers.as_object().unwrap().keys().collect();
        let listed = self.get("/files").expect(200).await;
        let listed = each(&listed["files"], "file");
        let mut files = Vec::new();
        for (place, file) in self.files.iter().enumerate() {
            let status = self.get(&format!("/files/{file}")).send().await.status;
            assert_eq!(
                status == 200,
                listed.contains(&file.as_str()),
                "{place}: {status}"
            );
            if status == 200 {
                files.push(place);
            }
        }
        let needs = self.get("/needs").expect(200).await["items"]
            .as_array()
            .unwrap()
            .len();
        let all = self.get("/v1/needs").expect(200).await["items"]
            .as_array()
            .unwrap()
            .len();
        let one = self.get(&self.need).send().await.status == 200;
        assert_eq!((needs, all), (usize::from(one), usize::from(one)));
        let shown = self.get("").expect(200).await;
        json!({"answers": codes, "files": files, "needs": needs,
               "counts": [shown["questions"], shown["answered"], shown["missing"].as_array().unwrap().len()]})
    }
}

#[tokio::test]
async fn a_contributor_reads_its_sections_and_what_is_opened_to_it_and_nothing_else() {
    let finland = Finland::new().await;
    let own = json!({"answers": ["D1"], "files": [1], "needs": 0, "counts": [1, 1, 0]});
    assert_eq!(finland.found().await, own);
    finland.get("/answers/A1").problem(404, "not_found").await;
    let tag = finland
        .get("/answers")
        .send()
        .await
        .header("etag")
        .to_owned();

    let sections = json!({"sections": ["D"], "reads": {"sections": ["A"]}});
    finland.open(&sections).await.expect(200);
    let both =
        json!({"answers": ["A1", "A3", "D1"], "files": [0, 1], "needs": 0, "counts": [7, 3, 0]});
    assert_eq!(finland.found().await, both);
    let again = finland
        .get("/answers")
        .header("if-none-match", &tag)
        .send()
        .await;
    assert_eq!(again.status, 200, "what is opened is in the tag");
    // To read is not to write.
    let save = finland.world.put(&format!("{}/answers/A1", finland.reply));
    let save = save
        .token(&finland.contributor)
        .json(&json!({"value": "no"}));
    save.problem(403, "section_not_assigned").await;
    let path = format!(
        "/v1/collections/{}/parties/FIN/delegation",
        finland.collection
    );
    let delegation = finland
        .world
        .get(&path)
        .token(&finland.token)
        .expect(200)
        .await;
    assert_eq!(
        delegation["contributors"][0]["reads"],
        json!({"sections": ["A"]})
    );

    finland
        .open(&json!({"sections": ["D"], "reads": {"all": true}}))
        .await
        .expect(200);
    let whole =
        json!({"answers": ["A1", "A3", "D1"], "files": [0, 1, 2], "needs": 1, "counts": [7, 3, 0]});
    assert_eq!(finland.found().await, whole);
    let mut wrong = sections.clone();
    wrong["reads"] = json!({"sections": ["Z", "A", "Q"]});
    let refused = finland.open(&wrong).await.problem(422, "delegation_faulty");
    assert_eq!(
        faults(&refused),
        [
            ("no_such_section", "/reads/sections/2"),
            ("no_such_section", "/reads/sections/0")
        ]
    );
    // What is left out is closed again.
    finland.open(&json!({"sections": ["D"]})).await.expect(200);
    assert_eq!(finland.found().await, own);
    // Nor does the tag of an answer that is not read tell whether and when it changed.
    let save = finland.world.put(&format!("{}/answers/A1", finland.reply));
    let save = save.token(&finland.contributor).header("if-match", "\"1\"");
    save.json(&json!({"value": "no"}))
        .problem(403, "section_not_assigned")
        .await;
}

#[tokio::test]
async fn versions_differences_clarifications_publication_and_timelines_are_told_by_section_too() {
    let finland = Finland::new().await;
    let consent = json!({"publication": {"sections": ["A", "D"]}});
    finland.own("/submission").json(&consent).expect(201).await;
    for question in [json!("A1"), json!("D1"), Value::Null] {
        let mut asked = said("What is meant?");
        asked["question"] = question;
        finland
            .officer("/clarifications")
            .json(&asked)
            .expect(201)
            .await;
    }
    let save = finland.world.patch(&format!("{}/answers", finland.reply));
    let answers = json!({"A1": {"value": "no"}, "D1": {"value": said("Otherwise.")}});
    let save = save
        .token(&finland.token)
        .json(&json!({ "answers": answers }));
    save.expect(200).await;
    finland.own("/submission").json(&consent).expect(201).await;
    let reason = said("By mistake.");
    finland
        .own("/withdrawal")
        .json(&json!({ "reason": reason }))
        .expect(201)
        .await;

    let told = async || {
        let get = async |what: &str| finland.get(what).expect(200).await;
        let first = get("/versions/1").await;
        let versions = get("/versions").await;
        let differences = get("/versions/2/differences").await;
        let timeline = get(&format!(
            "/v1/timelines/{}",
            finland.reply.rsplit('/').next().unwrap()
        ))
        .await;
        let kinds = each(&timeline["items"], "kind");
        let count = |kind: &str| kinds.iter().filter(|found| **found == kind).count();
        json!({
            "answers": first["answers"].as_object().unwrap().keys().collect::<Vec<_>>(),
            "files": first["files"].as_array().unwrap().len(),
            "counts": [versions["items"][0]["answered"], versions["items"][0]["attached"]],
            "consent": versions["items"][0]["publication"],
            "reason": versions["items"][1]["withdrawn"]["reason"]["text"],
            "differences": each(&differences["questions"], "question"),
            "clarifications": get("/clarifications").await["items"].as_array().unwrap().len(),
            "told": [count("reply_answered"), count("reply_file_attached"), count("clarification_requested"),
                     count("reply_submitted")],
        })
    };
    let own = json!({
        "answers": ["D1"], "files": 1, "counts": [1, 1], "consent": {"sections": ["D"]}, "reason": null,
        "differences": ["D1"], "clarifications": 1, "told": [0, 1, 1, 2],
    });
    assert_eq!(told().await, own);
    finland
        .open(&json!({"sections": ["D"], "reads": {"all": true}}))
        .await
        .expect(200);
    let whole = json!({
        "answers": ["A1", "A3", "D1"], "files": 3, "counts": [3, 3], "consent": {"sections": ["A", "D"]},
        "reason": "By mistake.", "differences": ["A1", "D1"], "clarifications": 3, "told": [2, 3, 3, 2],
    });
    assert_eq!(told().await, whole);
}

#[tokio::test]
async fn of_consent_a_contributor_is_told_what_concerns_its_sections() {
    let finland = Finland::new().await;
    let only = |sections: &[&str]| json!({"publication": {"sections": sections}});
    finland
        .own("/submission")
        .json(&only(&["A"]))
        .expect(201)
        .await;
    let said = finland.get("/publication").expect(200).await;
    assert_eq!(said["publication"], Value::Null);
    let decide = finland.world.put(&format!("{}/publication", finland.reply));
    let decide = decide.token(&finland.token).json(&only(&["A", "D"]));
    decide.expect(200).await;
    let said = finland.get("/publication").expect(200).await;
    assert_eq!(said["publication"], json!({"sections": ["D"]}));
}

#[tokio::test]
async fn a_timeline_is_told_anew_once_more_of_it_is_opened_and_its_pages_go_on_where_they_were() {
    let finland = Finland::new().await;
    let id = finland.reply.rsplit('/').next().unwrap();
    let path = format!("/v1/timelines/{id}");
    let before = finland.get(&path).send().await;
    let kinds = |timeline: &Value| each(&timeline["items"], "kind").len();
    // Saved together, the answers concern sections that are not opened.
    let first = finland.get(&format!("{path}?limit=1")).expect(200).await;
    let opened = finland.open(&json!({"sections": ["A", "D"]})).await;
    opened.expect(200);
    let again = finland.get(&path);
    let again = again.header("if-none-match", before.header("etag"));
    let after = again.expect(200).await;
    assert!(kinds(&after) > kinds(&before.json()), "{after:#}");
    // Of what is told now, the next page has what comes after the first one's last.
    let next = first["next"].as_str().unwrap();
    let next = finland.get(&format!("{path}?cursor={next}"));
    let next = next.expect(200).await;
    let positions = |timeline: &Value| {
        let items = timeline["items"].as_array().unwrap().iter();
        let positions = items.map(|item| item["position"].as_u64().unwrap());
        positions.collect::<Vec<u64>>()
    };
    let last = *positions(&first).last().unwrap();
    let mut rest = positions(&after);
    rest.retain(|position| *position > last);
    assert_eq!(positions(&next), rest);
}
