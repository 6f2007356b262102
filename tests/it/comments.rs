//! /v1/consultations/{consultation}/comments and /v1/comments

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults};

mod document;
mod paper;
mod rights;

fn words(text: &str) -> Value {
    json!({"on": {"question": "A1"}, "lang": "fr", "text": text, "wording": "Est-ce une loi ?"})
}

#[tokio::test]
async fn parties_comment_in_their_languages_and_see_their_own() {
    let world = World::new().await;
    world.register("PRI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN", "PRI", "KEN"]).await;
    let comments = format!("{path}/comments");
    let state = world.focal_point("FIN").await;
    let ngo = world.focal_point("PRI").await;
    let mission = world.token(Role::Mission, Some("KEN")).await;
    let donor = world.token(Role::Donor, Some("FIN")).await;
    let contributor = world.token(Role::Contributor, Some("FIN")).await;
    let stranger = world.focal_point("SWE").await;

    let made = world.post(&comments).token(&state).json(&words("La loi ?"));
    let made = made.send().await;
    let comment = made.expect(201);
    let finland = made.header("location").to_owned();
    assert_eq!(comment["party"]["code"], "FIN");
    assert_eq!(comment["on"], json!({"question": "A1"}));
    assert_eq!(
        comment["comment"],
        json!({"text": "La loi ?", "lang": "fr"})
    );
    assert_eq!(comment["wording"]["text"], "Est-ce une loi ?");
    assert_eq!(comment["disposition"], json!(null));
    let general = json!({"instrument": true});
    world
        .comment(&path, &ngo, general.clone(), "More on juveniles.")
        .await;
    let kenya = world.comment(&path, &mission, json!({"section": "D"}), "Add costs.");
    let kenya = kenya.await;

    // Who may not: whoever was not asked, acts for nobody, or only drafts or gives.
    let make = |token: &str| world.post(&comments).token(token).json(&words("Non."));
    make(&stranger).problem(409, "party_not_asked").await;
    for token in [&donor, &contributor, &world.officer] {
        make(token).problem(403, "not_allowed").await;
    }
    world
        .post(&comments)
        .json(&words("Non."))
        .problem(401, "missing_token")
        .await;

    // What one says is of something that is there, and says something.
    let wrong = |body: Value| {
        let call = world.post(&comments).token(&state).json(&body);
        call.problem(422, "comment_faulty")
    };
    let nowhere = wrong(json!({"on": {"question": "Z9"}, "lang": "fr", "text": "Où ?"})).await;
    assert_eq!(faults(&nowhere), [("no_such_question", "/on/question")]);
    let nowhere = wrong(json!({"on": {"section": "Z"}, "lang": "fr", "text": "Où ?"})).await;
    assert_eq!(faults(&nowhere), [("no_such_section", "/on/section")]);
    let silent = wrong(json!({"on": general, "lang": "fr", "text": " "})).await;
    assert_eq!(faults(&silent), [("blank", "/text")]);
    let endless = json!({"on": general, "lang": "fr", "text": "a", "wording": "a".repeat(20_001)});
    assert_eq!(
        faults(&wrong(endless).await),
        [("text_too_long", "/wording")]
    );
    let both = json!({"on": {"section": "A", "question": "A1"}, "lang": "fr", "text": "a"});
    let both = world.post(&comments).token(&state).json(&both);
    both.problem(422, "wrong_body").await;

    // Each sees its own, the Secretariat all, and outsiders nothing.
    let codes = async |token: &str| {
        let listed = world.get(&comments).token(token).expect(200).await;
        let items = listed["items"].as_array().unwrap().clone();
        let codes = items
            .iter()
            .map(|item| item["party"]["code"].as_str().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes(&world.officer).await, ["FIN", "PRI", "KEN"]);
    assert_eq!(codes(&state).await, ["FIN"]);
    assert_eq!(codes(&mission).await, ["KEN"]);
    assert_eq!(codes(&stranger).await, Vec::<String>::new());
    // A contributor is there for sections of a reply, and for no comments.
    for token in [&donor, &contributor] {
        let list = world.get(&comments).token(token);
        list.problem(404, "not_found").await;
    }
    world.get(&comments).problem(404, "not_found").await;
    world
        .get(&kenya)
        .token(&state)
        .problem(404, "not_found")
        .await;
    world
        .get(&kenya)
        .token(&donor)
        .problem(404, "not_found")
        .await;
    let seen = world.get(&finland).token(&state).expect(200).await;
    assert_eq!(seen, comment);
    let events = world.get("/v1/events?limit=1000").token(&world.officer);
    assert!(!events.send().await.text.contains("La loi ?"));
    let timeline = finland.replace("/v1/comments", "/v1/timelines");
    world.get(&timeline).token(&state).expect(200).await;
    world
        .get(&timeline)
        .token(&mission)
        .problem(404, "not_found")
        .await;
}

#[tokio::test]
async fn a_party_corrects_and_takes_back_until_it_is_decided_or_closed() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN", "KEN"]).await;
    let state = world.focal_point("FIN").await;
    let kenya = world.focal_point("KEN").await;
    let on = || json!({"question": "A1"});
    let comment = world.comment(&path, &state, on(), "Frist.").await;
    let correct = |comment: &str, token: &str, text: &str| {
        let call = world.put(comment).token(token);
        call.json(&json!({"on": {"section": "A"}, "lang": "en", "text": text}))
    };
    let before = world.head().await;
    let corrected = correct(&comment, &state, "First.").expect(200).await;
    assert_eq!(corrected["comment"]["text"], "First.");
    assert_eq!(corrected["on"], json!({"section": "A"}));
    let then = format!("{path}/comments?as_of={before}");
    let then = world.get(&then).token(&state).expect(200).await;
    assert_eq!(then["items"][0]["comment"]["text"], "Frist.");
    correct(&comment, &kenya, "No.")
        .problem(404, "not_found")
        .await;
    correct(&comment, &world.officer, "No.")
        .problem(403, "comment_of_the_party")
        .await;

    let withdraw =
        |comment: &str, token: &str| world.post(&format!("{comment}/withdrawal")).token(token);
    let other = world.comment(&path, &state, on(), "Second.").await;
    withdraw(&other, &kenya).problem(404, "not_found").await;
    withdraw(&other, &state).expect(200).await;
    withdraw(&other, &state)
        .problem(409, "comment_withdrawn")
        .await;
    correct(&other, &state, "Again.")
        .problem(409, "comment_withdrawn")
        .await;
    world
        .get(&other)
        .token(&state)
        .problem(404, "not_found")
        .await;

    let dispose = |token: &str, body: Value| {
        let call = world.post(&format!("{comment}/disposition")).token(token);
        call.json(&body)
    };
    let noted = json!({"disposition": "noted", "reason": {"text": "It is so.", "lang": "en"}});
    dispose(&state, noted.clone())
        .problem(403, "not_allowed")
        .await;
    let wrong = json!({"disposition": "noted", "reason": {"text": "", "lang": "en"}});
    let wrong = dispose(&world.officer, wrong);
    let wrong = wrong.problem(422, "disposition_faulty").await;
    assert_eq!(faults(&wrong), [("blank", "/reason/text")]);
    let wrong =
        json!({"disposition": "noted", "reason": {"text": "So.", "lang": "en"}, "revision": 2});
    let wrong = dispose(&world.officer, wrong);
    let wrong = wrong.problem(422, "disposition_faulty").await;
    assert_eq!(faults(&wrong), [("revision_takes_nothing_up", "/revision")]);
    let decided = dispose(&world.officer, noted).expect(201).await;
    assert_eq!(decided["disposition"]["disposition"], "noted");
    correct(&comment, &state, "Late.")
        .problem(409, "comment_has_disposition")
        .await;
    withdraw(&comment, &state)
        .problem(409, "comment_has_disposition")
        .await;
    let anew =
        json!({"disposition": "accepted", "reason": {"text": "Oui.", "lang": "fr"}, "revision": 2});
    let anew = dispose(&world.officer, anew).expect(201).await;
    assert_eq!(anew["disposition"]["revision"], 2);
    let seen = world.get(&comment).token(&state).expect(200).await;
    assert_eq!(
        seen["disposition"]["reason"],
        json!({"text": "Oui.", "lang": "fr"})
    );

    let third = world.comment(&path, &kenya, on(), "Third.").await;
    world.close_consultation(&path).await;
    correct(&third, &kenya, "Late.")
        .problem(409, "consultation_closed")
        .await;
    withdraw(&third, &kenya)
        .problem(409, "consultation_closed")
        .await;
    let late = world.post(&format!("{path}/comments")).token(&kenya);
    let late = late.json(&json!({"on": on(), "lang": "en", "text": "Late."}));
    late.problem(409, "consultation_closed").await;
}

#[tokio::test]
async fn comments_are_published_once_each_has_its_disposition_and_then_everybody_reads_them() {
    let world = World::new().await;
    world.register("PRI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN", "PRI"]).await;
    let comments = format!("{path}/comments");
    let document = format!("{instrument}/comments-document");
    let state = world.focal_point("FIN").await;
    let ngo = world.focal_point("PRI").await;
    let donor = world.token(Role::Donor, Some("SWE")).await;
    let evil = "<script>alert(1)</script>\n# Not a title";
    let first = world
        .comment(&path, &ngo, json!({"question": "D1"}), evil)
        .await;
    let second = world
        .comment(&path, &state, json!({"question": "A1"}), "Is it?")
        .await;
    let third = world
        .comment(&path, &state, json!({"instrument": true}), "Good.")
        .await;
    let publish = || {
        let call = world.post(&format!("{path}/publication"));
        call.token(&world.officer)
            .json(&json!({"on": "2004-09-01"}))
    };
    publish().problem(409, "consultation_open").await;
    world.close_consultation(&path).await;
    world.dispose(&second, "accepted").await;
    let waiting = publish().problem(409, "comments_undisposed").await;
    let place = |comment: &str| comment.strip_prefix("/v1").unwrap().to_owned();
    assert_eq!(
        faults(&waiting),
        [
            ("comment_without_disposition", place(&first).as_str()),
            ("comment_without_disposition", place(&third).as_str()),
        ]
    );
    let drafted = world.get(&document).token(&world.officer).expect(200).await;
    assert_eq!(drafted["consultations"][0]["published_on"], json!(null));
    for token in [&state, &donor] {
        world
            .get(&document)
            .token(token)
            .problem(404, "not_found")
            .await;
    }
    world.get(&document).problem(404, "not_found").await;
    for comment in [&first, &third] {
        world.dispose(comment, "not_accepted").await;
    }
    publish().expect(201).await;
    publish().problem(409, "comments_already_published").await;

    let listed = world.get(&comments).expect(200).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    world.get(&comments).token(&donor).expect(200).await;
    world.get(&first).token(&state).expect(200).await;
    let theirs = world.put(&first).token(&state);
    let theirs = theirs.json(&json!({"on": {"instrument": true}, "lang": "en", "text": "Mine."}));
    theirs.problem(404, "not_found").await;

    let shown = world.get(&document).expect(200).await;
    let groups = &shown["consultations"][0]["groups"];
    let about: Vec<&Value> = groups
        .as_array()
        .unwrap()
        .iter()
        .map(|group| &group["on"])
        .collect();
    assert_eq!(
        about,
        [
            &json!({"instrument": true}),
            &json!({"question": "A1"}),
            &json!({"question": "D1"})
        ]
    );
    assert_eq!(groups[1]["text"], "Is it law?");
    assert_eq!(
        groups[1]["comments"][0]["disposition"]["disposition"],
        "accepted"
    );
    let page = world
        .get(&document)
        .header("accept", "text/html")
        .send()
        .await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert!(page.header("vary").starts_with("Accept,"));
    assert!(
        page.text
            .contains("&#60;script&#62;alert(1)&#60;/script&#62;"),
        "{page:#?}"
    );
    assert!(!page.text.contains("<script"), "{page:#?}");
    assert!(page.text.contains("Not accepted") || page.text.contains("not accepted"));
    let tag = page.header("etag").to_owned();
    let again = world.get(&document).header("accept", "text/html");
    let again = again.header("if-none-match", &tag).send().await;
    assert_eq!(again.status, 304);
    let other = world
        .get(&document)
        .header("if-none-match", &tag)
        .send()
        .await;
    assert_eq!(other.status, 200, "another form is another representation");
    let text = world
        .get(&format!("{document}?format=markdown&lang=fr"))
        .send()
        .await;
    assert!(text.header("content-type").starts_with("text/markdown"));
    assert!(
        text.text.contains(r"> \<script\>alert\(1\)\<\/script\>"),
        "{text:#?}"
    );
    assert!(text.text.contains(r"> \# Not a title"), "{text:#?}");
    assert!(text.text.starts_with("# Un exemple\n"), "{text:#?}");
    let wrong = world.get(&format!("{document}?format=pdf"));
    wrong.problem(400, "bad_parameter").await;
    let only = path.rsplit('/').next().unwrap();
    let only = world
        .get(&format!("{document}?consultation={only}"))
        .expect(200)
        .await;
    assert_eq!(only, shown);
    let unknown = clock::new_id();
    let unknown = world.get(&format!("{document}?consultation={unknown}"));
    unknown.problem(404, "not_found").await;
}

#[tokio::test]
async fn redacted_words_are_gone_from_lists_and_documents() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    let state = world.focal_point("FIN").await;
    let comment = world
        .comment(&path, &state, json!({"instrument": true}), "Ask Ms X.")
        .await;
    world.dispose(&comment, "noted").await;
    world.publish_comments(&path).await;
    let seen = world.get(&comment).token(&world.officer).expect(200).await;
    let content = seen["comment"]["content"].as_str().unwrap();
    let admin = world.token(Role::Administrator, None).await;
    let redact = world
        .post(&format!("/v1/contents/{content}/redaction"))
        .token(&admin);
    redact
        .json(&json!({"reason": "names_a_person"}))
        .expect(200)
        .await;
    for form in ["json", "html", "markdown"] {
        let document = format!("{instrument}/comments-document?format={form}");
        let shown = world.get(&document).send().await;
        assert_eq!(shown.status, 200);
        assert!(!shown.text.contains("Ms X"), "{shown:#?}");
    }
    let listed = world.get(&format!("{path}/comments")).expect(200).await;
    assert_eq!(listed["items"][0]["comment"]["redacted"], true);
    assert_eq!(each(&listed["items"], "id").len(), 1);
}
