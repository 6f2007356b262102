//! /v1/replies/{id}/files

use access::Role;
use serde_json::json;

use crate::support::{Call, World, faults};

/// A draft of Finland's.
struct Draft {
    world: World,
    token: String,
    reply: String,
}

impl Draft {
    async fn new() -> Self {
        let world = World::new().await;
        let opened = world.collection(json!({"parties": ["FIN"]})).await;
        let token = world.focal_point("FIN").await;
        let reply = world.answered(&opened.collection, &token).await;
        Self {
            world,
            token,
            reply: format!("/v1/replies/{reply}"),
        }
    }

    fn attach(&self, query: &str) -> Call {
        let path = format!("{}/files{query}", self.reply);
        self.world.post(&path).token(&self.token)
    }

    async fn attached(&self, name: &str, bytes: impl Into<reqwest::Body>) -> String {
        let call = self.attach("").file("application/pdf", name, bytes);
        let attached = call.expect(201).await;
        attached["file"].as_str().unwrap().to_owned()
    }

    fn get(&self, what: &str) -> Call {
        let path = format!("{}/files{what}", self.reply);
        self.world.get(&path).token(&self.token)
    }
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent_and_is_never_run() {
    let draft = Draft::new().await;
    let rest = (0..=255).cycle();
    let bytes: Vec<u8> = b"%PDF-1.7\n"
        .iter()
        .copied()
        .chain(rest)
        .take(3 << 20)
        .collect();
    let call = draft.attach("?question=D1");
    let sent = call.file("application/pdf", "Loi pénale.pdf", bytes.clone());
    let sent = sent.send().await;
    let file = sent.expect(201)["file"].as_str().unwrap().to_owned();
    let path = format!("{}/files/{file}", draft.reply);
    assert_eq!(sent.header("location"), path);

    let listed = draft.get("").expect(200).await;
    let expected = json!([{"file": file, "question": "D1", "name": {"text": "Loi pénale.pdf"}, "size": 3 << 20,
                           "media_type": "application/pdf", "redacted": false, "reason": null}]);
    assert_eq!(listed["files"], expected);

    let answer = crate::support::http()
        .get(draft.world.url(&path))
        .bearer_auth(&draft.token)
        .send()
        .await
        .unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"Loi p_nale.pdf\"; filename*=UTF-8''Loi%20p%C3%A9nale.pdf"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(
        header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    assert_eq!(header("cache-control"), "private, no-store");
    assert!(answer.bytes().await.unwrap() == bytes, "byte by byte");
}

#[tokio::test]
async fn no_event_holds_a_files_name_or_its_bytes() {
    let draft = Draft::new().await;
    let before = draft.world.head().await;
    draft.attached("Aino.pdf", "%PDF-Aino asked.").await;
    let events = draft.world.events_after(before).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["kind"], "reply_file_attached");
    assert!(!events[0].to_string().contains("Aino"));
    assert_eq!(events[0]["data"]["size"], 16);
}

#[tokio::test]
async fn what_is_no_file_that_is_taken_is_refused_and_leaves_nothing() {
    let draft = Draft::new().await;
    let before = draft.world.head().await;
    let pdf = "application/pdf";
    for media_type in [
        "text/html",
        "image/svg+xml",
        "application/zip",
        "application/x-msdownload",
        "",
    ] {
        let call = draft.attach("").file(media_type, "a", "A file.");
        call.problem(415, "file_type_not_allowed").await;
    }
    for (name, code) in [
        ("", "blank"),
        (" ", "blank"),
        ("\u{200b}", "blank"),
        ("a/b.pdf", "file_name_is_path"),
        ("..\\b.pdf", "file_name_is_path"),
        ("..", "file_name_is_path"),
        ("a\0.pdf", "stray_in_file_name"),
        ("annex\u{202e}fdp.exe", "stray_in_file_name"),
        ("a:b.pdf", "file_name_reserved"),
        ("a?.pdf", "file_name_reserved"),
        ("law.pdf.", "file_name_end"),
        ("NUL.pdf", "file_name_of_device"),
        ("law.exe", "file_extension"),
        ("law", "file_extension"),
        (&format!("{}.pdf", "ж".repeat(126)), "file_name_too_long"),
    ] {
        let call = draft.attach("").file(pdf, name, "%PDF-A file.");
        let problem = call.problem(400, "bad_file_name").await;
        assert_eq!(faults(&problem), [(code, "")], "{name:?}");
    }
    let unnamed = draft.attach("").body(pdf, "A file.");
    unnamed.problem(400, "bad_file_name").await;
    for (media_type, name, bytes, code) in [
        (pdf, "a.pdf", "A file.", "file_is_not_of_its_type"),
        (pdf, "a.pdf", "\u{89}PNG", "file_is_not_of_its_type"),
        (pdf, "a.pdf", "MZ\0\0%PDF-1.7", "file_is_not_of_its_type"),
        ("text/plain", "a.txt", "%PDF-1.7", "file_is_of_another_type"),
        ("text/plain", "a.txt", "MZ\0\0", "file_is_not_of_its_type"),
        ("image/png", "a.png", "%PDF-1.7", "file_is_of_another_type"),
    ] {
        let call = draft.attach("").file(media_type, name, bytes);
        let problem = call.problem(422, "file_type_differs").await;
        assert_eq!(problem["faults"][0]["code"], code, "{media_type} {bytes}");
    }
    draft
        .attach("")
        .file(pdf, "a.pdf", "")
        .problem(422, "file_empty")
        .await;
    let packed = draft.attach("").header("content-encoding", "gzip");
    packed
        .file(pdf, "a.pdf", "%PDF-A file.")
        .problem(415, "packed_body")
        .await;
    let unknown = draft
        .attach("?question=Z9")
        .file(pdf, "a.pdf", "%PDF-A file.");
    unknown.problem(422, "unknown_question").await;
    let most = vec![b'a'; 10 << 20];
    let large = draft
        .attach("")
        .file(pdf, "a.pdf", [&most[..], b"b"].concat());
    large.problem(413, "file_too_large").await;
    assert_eq!(draft.world.head().await, before);
    assert_eq!(draft.world.stored_uploads().await, (0, 0));

    draft
        .attach("")
        .file(
            "Text/Plain; charset=utf-8",
            &format!("{}.txt", "ж".repeat(125)),
            most,
        )
        .expect(201)
        .await;
    let table = "MZ;Mozambique;12";
    let table = draft.attach("").file("text/csv", "mz.csv", table);
    table.expect(201).await;
    assert_eq!(
        draft.world.stored_uploads().await,
        (1, 0),
        "stored, and no upload any more"
    );
}

#[tokio::test]
async fn a_submitted_reply_keeps_its_files_and_takes_no_others() {
    let draft = Draft::new().await;
    let (kept, removed) = (
        draft.attached("a.pdf", "%PDF-A").await,
        draft.attached("b.pdf", "%PDF-B").await,
    );
    let remove = |file: &str| {
        let path = format!("{}/files/{file}", draft.reply);
        draft.world.delete(&path).token(&draft.token)
    };
    let then = draft.get("").expect(200).await["position"].clone();
    remove(&removed).expect(200).await;
    remove(&removed).problem(404, "unknown_file").await;
    draft
        .get(&format!("/{removed}"))
        .problem(404, "not_found")
        .await;
    // No version held it, so it is gone as of then too.
    let earlier = draft.get(&format!("/{removed}?as_of={then}"));
    earlier.problem(410, "file_deleted").await;

    let submission = format!("{}/submission", draft.reply);
    draft
        .world
        .post(&submission)
        .token(&draft.token)
        .expect(201)
        .await;
    let late = draft.attach("").file("application/pdf", "c.pdf", "%PDF-C");
    late.problem(409, "reply_submitted").await;
    remove(&kept).problem(409, "reply_submitted").await;
    assert_eq!(draft.get(&format!("/{kept}")).send().await.text, "%PDF-A");
    // What was refused is not kept, nor what no version held.
    assert_eq!(draft.world.stored_uploads().await, (1, 0));
}

#[tokio::test]
async fn a_file_sent_again_with_its_key_is_one_file() {
    let draft = Draft::new().await;
    let send = |name: &str, bytes: &'static str| {
        let call = draft.attach("").header("idempotency-key", "one");
        call.file("application/pdf", name, bytes)
    };
    let first = send("a.pdf", "%PDF-A").expect(201).await;
    assert_eq!(send("a.pdf", "%PDF-A").expect(201).await, first);
    send("a.pdf", "%PDF-B").problem(422, "key_reused").await;
    send("b.pdf", "%PDF-A").problem(422, "key_reused").await;
    let listed = draft.get("").expect(200).await;
    assert_eq!(listed["files"].as_array().unwrap().len(), 1);
    assert_eq!(draft.world.stored_uploads().await, (1, 0));
}

#[tokio::test]
async fn an_upload_that_was_left_is_cleared_away_by_the_next_one() {
    let draft = Draft::new().await;
    let left = "with upload as (insert into log.upload values (gen_random_uuid(), now() - $1::interval) returning content)
                insert into log.content select content, 0, '', 'application/pdf', 'left' from upload";
    for age in ["59 minutes", "61 minutes"] {
        draft
            .world
            .run(&left.replace("$1", &format!("'{age}'")))
            .await;
    }
    draft.attached("a.pdf", "%PDF-A").await;
    assert_eq!(
        draft.world.stored_uploads().await,
        (2, 1),
        "a young one may still be named"
    );
}

#[tokio::test]
async fn a_redacted_file_is_gone_for_everybody() {
    let draft = Draft::new().await;
    let file = draft.attached("Aino.pdf", "%PDF-Aino asked.").await;
    draft.post("/submission").expect(201).await;
    let path = format!("{}/files", draft.reply);
    let seen = draft
        .world
        .get(&path)
        .token(&draft.world.officer)
        .expect(200)
        .await;
    let administrator = draft.world.token(Role::Administrator, None).await;
    let redact = async |content: &serde_json::Value| {
        let path = format!("/v1/contents/{}/redaction", content.as_str().unwrap());
        let call = draft.world.post(&path).token(&administrator);
        call.json(&json!({"reason": "names_a_person"}))
            .expect(200)
            .await
    };
    redact(&seen["files"][0]["name"]["content"]).await;
    let nameless = draft.get(&format!("/{file}")).send().await;
    assert_eq!(nameless.text, "%PDF-Aino asked.");
    assert!(nameless.header("content-disposition").ends_with("''file"));

    let tag = draft.get("").send().await.header("etag").to_owned();
    redact(&seen["files"][0]["content"]).await;
    for (language, reason) in [
        ("en", "they name a person"),
        ("fr", "ils nomment une personne"),
    ] {
        let get = draft.get(&format!("/{file}"));
        let get = get.header("accept-language", language);
        let gone = get.problem(410, "redacted").await;
        assert!(gone["detail"].as_str().unwrap().contains(reason), "{gone}");
    }
    let listed = draft
        .get("")
        .header("if-none-match", &tag)
        .expect(200)
        .await;
    let told = &listed["files"][0];
    assert_eq!(
        told["name"],
        json!({"redacted": true, "reason": "names_a_person"})
    );
    assert_eq!(
        (&told["redacted"], &told["reason"]),
        (&json!(true), &json!("names_a_person"))
    );
}

/// How many contents are stored, and their bytes.
async fn stored(world: &World) -> (i64, i64) {
    let all = "select count(*) || ' ' || coalesce(sum(length(body)), 0) from log.content where media_type not like '%json'";
    let all = world.sql(all).await;
    let (count, bytes) = all.split_once(' ').unwrap();
    (count.parse().unwrap(), bytes.parse().unwrap())
}

async fn holds(world: &World, deleted: u64) {
    let owner = sqlx::PgPool::connect_with(world.database.owner.clone());
    let owner = owner.await.unwrap();
    let verified = event_log::verify::verify(&owner, &[]).await.unwrap();
    assert_eq!(
        (verified.found, verified.deleted),
        (0, deleted),
        "{verified:?}"
    );
}

impl Draft {
    async fn removed(&self, file: &str) {
        let path = format!("{}/files/{file}", self.reply);
        self.world
            .delete(&path)
            .token(&self.token)
            .expect(200)
            .await;
    }

    fn post(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.post(&path).token(&self.token)
    }

    fn paper(&self) -> Call {
        let source = json!({"kind": "paper", "reference": "NV/1", "received_on": "2011-06-30"});
        let path = format!("{}/amendment", self.reply);
        let begin = self.world.post(&path).token(&self.world.officer);
        begin.json(&json!({ "source": source }))
    }
}

#[tokio::test]
async fn a_file_that_was_never_submitted_leaves_nothing_behind_when_it_is_taken_away() {
    let draft = Draft::new().await;
    let before = stored(&draft.world).await;
    let mut positions = Vec::new();
    for _ in 0..12 {
        let file = draft.attached("a.pdf", pdf(100_000)).await;
        positions.push((draft.world.head().await, file.clone()));
        draft.removed(&file).await;
        assert_eq!(stored(&draft.world).await, before);
    }
    holds(&draft.world, 24).await;
    // Of then it is still told that there was a file, and that it is gone.
    let (position, file) = &positions[3];
    let then = draft.get(&format!("?as_of={position}")).expect(200).await;
    assert_eq!(then["files"][0]["deleted"], true);
    assert_eq!(then["files"][0]["name"], json!({"deleted": true}));
    let bytes = draft.get(&format!("/{file}?as_of={position}"));
    bytes.problem(410, "file_deleted").await;
    // Nothing goes that no event says goes.
    for statement in [
        "delete from log.content",
        "insert into log.deletion (content, position) select id, 1 from log.content",
        "delete from log.deletion",
    ] {
        assert!(draft.world.try_sql(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn what_a_version_held_stays_and_what_was_only_beside_it_goes_with_the_changes() {
    let draft = Draft::new().await;
    let submitted = draft.attached("kept.pdf", "%PDF-Kept.").await;
    draft.post("/submission").expect(201).await;
    let before = stored(&draft.world).await;

    // A version's file that is taken away stays with the version.
    draft.post("/amendment").expect(201).await;
    draft.removed(&submitted).await;
    assert_eq!(stored(&draft.world).await, before);
    draft.attached("changed.pdf", "%PDF-Changed.").await;
    let amendment = format!("{}/amendment", draft.reply);
    let discard = |token: &str| draft.world.delete(&amendment).token(token);
    discard(&draft.token).expect(200).await;
    assert_eq!(stored(&draft.world).await, before, "discarded");
    assert_eq!(
        draft.get("").expect(200).await["files"][0]["file"],
        submitted
    );

    // What is set aside may come back, and stays until it cannot.
    draft.post("/amendment").expect(201).await;
    let aside = draft.attached("aside.pdf", "%PDF-Aside.").await;
    let with_aside = stored(&draft.world).await;
    draft.paper().expect(201).await;
    let paper = format!("{}/files", draft.reply);
    let attach = draft.world.post(&paper).token(&draft.world.officer);
    attach
        .file("application/pdf", "paper.pdf", "%PDF-Paper.")
        .expect(201)
        .await;
    discard(&draft.world.officer).expect(200).await;
    assert_eq!(stored(&draft.world).await, with_aside, "given back");
    let listed = draft.get("").expect(200).await;
    assert_eq!(listed["files"][1]["file"], aside);
    draft.paper().expect(201).await;
    let submit = format!("{}/submission", draft.reply);
    let submit = draft.world.post(&submit).token(&draft.world.officer);
    let receipt = submit.expect(201).await;
    assert_eq!(receipt["position"], draft.world.head().await);
    assert_eq!(
        stored(&draft.world).await,
        before,
        "nobody can come back to it"
    );
    let version = draft
        .world
        .get(&format!("{}/versions/2", draft.reply))
        .token(&draft.token);
    assert_eq!(version.expect(200).await["attached"], 1);
    let kept = draft.get(&format!("/{submitted}")).send().await;
    assert_eq!((kept.status, kept.text.as_str()), (200, "%PDF-Kept."));
    holds(&draft.world, 6).await;
}

#[tokio::test]
async fn what_a_party_stores_on_a_day_is_bounded_and_what_it_took_away_counts() {
    let draft = Draft::new().await;
    draft.world.run(&used("files", 100, 200 << 20)).await;
    let attach = |bytes: usize| {
        draft
            .attach("")
            .file("application/pdf", "a.pdf", pdf(bytes))
    };
    // A refused one counts for nothing.
    let refused = draft
        .attach("?question=Z9")
        .file("application/pdf", "a.pdf", pdf(60));
    refused.problem(422, "unknown_question").await;
    let file = attach(60).expect(201).await["file"]
        .as_str()
        .unwrap()
        .to_owned();
    draft.removed(&file).await;
    let refused = attach(41).send().await;
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=86_400).contains(&seconds));
    let problem = refused.problem(429, "day_used_up");
    assert!(
        problem["detail"].as_str().unwrap().contains("40 are left"),
        "{problem}"
    );
    attach(40).expect(201).await;
    assert_eq!(draft.world.stored_uploads().await.1, 0);
}

#[tokio::test]
async fn what_a_party_saves_on_a_day_is_bounded_and_the_secretariat_is_not() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let token = world.focal_point("FIN").await;
    world.run(&used("saved", 3_000, 100 << 20)).await;
    let reply = world.answered(&opened.collection, &token).await;
    let draft = Draft {
        world,
        token,
        reply: format!("/v1/replies/{reply}"),
    };
    let save = |letter: &str, token: &str| {
        let call = draft.world.put(&format!("{}/answers/D1", draft.reply));
        let text = letter.repeat(150);
        call.token(token)
            .json(&json!({"value": {"text": text, "lang": "en"}}))
    };
    let mut saved = 0;
    let refused = loop {
        let answer = save(["a", "b"][saved % 2], &draft.token).send().await;
        if answer.status != 200 {
            break answer;
        }
        saved += 1;
    };
    refused.problem(429, "day_used_up");
    assert!((2..15).contains(&saved), "{saved}");
    // What is there already is no save.
    save(["b", "a"][saved % 2], &draft.token).expect(200).await;
    draft.paper().expect(201).await;
    for letter in ["a", "b", "a", "b"] {
        save(letter, &draft.world.officer).expect(200).await;
    }
}

#[tokio::test]
async fn what_was_not_saved_is_not_counted_as_saved() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let token = world.focal_point("FIN").await;
    world.run(&used("saved", 12_000, 100 << 20)).await;
    let reply = world.answered(&opened.collection, &token).await;
    let draft = Draft {
        world,
        token,
        reply: format!("/v1/replies/{reply}"),
    };
    let other = World::on(draft.world.database.clone()).await;
    let path = format!("{}/answers/D1", draft.reply);
    let words = |letters: usize| json!({"value": {"text": "a".repeat(letters), "lang": "en"}});
    for round in 0..12 {
        let answers = path.trim_end_matches("/D1");
        let read = draft.world.get(answers).token(&draft.token).send().await;
        let save = other
            .put(&path)
            .token(&draft.token)
            .json(&words(50 + round));
        save.expect(200).await;
        // This process knows nothing of that when it decides, counts, and finds that it comes too late.
        let late = draft.world.put(&path).token(&draft.token);
        let late = late.header("if-match", read.header("etag"));
        let late = late.json(&words(1_500));
        late.problem(412, "stale_if_match").await;
    }
}

/// So many bytes of a PDF.
fn pdf(bytes: usize) -> Vec<u8> {
    let mut file = b"%PDF-".to_vec();
    file.resize(bytes, 7);
    file
}

/// A day of Finland's of which so many bytes are left.
fn used(kind: &str, left: u64, most: u64) -> String {
    let bytes = most - left;
    let party = domain::PartyId::from_code("FIN");
    format!(
        "insert into access.intake (party, day, kind, bytes)
         values ('{party}', (now() at time zone 'UTC')::date, '{kind}', {bytes})"
    )
}
