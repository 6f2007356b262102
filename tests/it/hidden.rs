//! What is restricted is not found by whoever may not see it: neither by its id, nor by what it takes to refuse it.

use std::collections::BTreeSet;

use access::Role;
use domain::reply::{Event, ReplyStarted};
use domain::{CollectionId, DomainEvent, Ids, PartyId};
use event_log::{Actor, Append, CommandId, NewEvent};
use rapporteur::server;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Call, Database, ServingProcess, World, http};

/// The namespace of the ids that anybody can compute; it is in the source, which is public.
const NAMESPACE: Uuid = Uuid::from_u128(0x7d1c_5b0e_92a4_5f3d_8e67_2004_0028_1503);

/// The id that the reply of a party would have if it could be computed.
fn guessed(collection: &str, party: &str) -> Uuid {
    let name = format!("reply/{collection}/{}", PartyId::from_code(party));
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

fn ids(world: &World) -> &Ids {
    world.server.services.desk.ids()
}

#[tokio::test]
async fn ids_of_replies_are_computed_by_nobody_and_differ_between_installations() {
    let world = World::new().await;
    let collection = world
        .collection(json!({"parties": ["FIN"]}))
        .await
        .collection;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&collection, &finland).await;
    let parsed: Uuid = reply.parse().unwrap();
    assert_eq!(parsed.get_version_num(), 8);
    assert_ne!(parsed, guessed(&collection, "FIN"));
    let guess = format!("/v1/replies/{}", guessed(&collection, "FIN"));
    world
        .get(&guess)
        .token(&finland)
        .problem(404, "not_found")
        .await;
    // A party still has one reply, whoever begins it, in whichever process.
    let other = World::on(world.database.clone()).await;
    let again = other.post(&format!("/v1/collections/{collection}/replies"));
    again
        .token(&finland)
        .problem(409, "reply_already_started")
        .await;

    let of = |world: &World| {
        let id = CollectionId(collection.parse().unwrap());
        ids(world).reply(id, PartyId::from_code("FIN")).0
    };
    assert_eq!((of(&world), of(&other)), (parsed, parsed));
    let elsewhere = World::on(Database::empty().await).await;
    assert_ne!(of(&elsewhere), parsed);

    // The secret is in a table that BI tools cannot read.
    for table in ["access.installation", "access.plain_stream"] {
        let may = format!("select has_table_privilege('rapporteur_bi', '{table}', 'select')::text");
        assert_eq!(world.sql(&may).await, "false");
    }
}

/// As an installation of before there was a secret had it.
async fn begin_plainly(world: &World, collection: &str, party: &str, person: Uuid) -> String {
    let asked = world
        .get(&format!("/v1/collections/{collection}"))
        .expect(200)
        .await;
    let event = Event::from(ReplyStarted {
        collection: collection.parse().unwrap(),
        party: PartyId::from_code(party),
        instrument: asked["instrument"].as_str().unwrap().parse().unwrap(),
        revision: 1,
        reference_year: None,
        begun_by: Some(person.into()),
        source: None,
        previous: Vec::new(),
    });
    let stream = guessed(collection, party);
    let append = Append {
        command: CommandId {
            id: clock::new_id(),
            request: None,
        },
        actor: Actor {
            principal: person,
            role: "focal_point".to_owned(),
            party: Some(PartyId::from_code(party).0),
        },
        stream,
        expected: 0,
        guards: Vec::new(),
        events: vec![NewEvent {
            id: clock::new_id(),
            kind: event.kind(),
            data: event.to_data(),
        }],
        contents: Vec::new(),
    };
    world.server.services.log().append(append).await.unwrap();
    stream.to_string()
}

#[tokio::test]
async fn what_was_stored_before_there_was_a_secret_is_found_under_its_old_id() {
    let world = World::new().await;
    let collection = world
        .collection(json!({"parties": ["FIN", "SWE"]}))
        .await
        .collection;
    let person = clock::new_id();
    let finland = world
        .token_of(person, Role::FocalPoint, Some("FIN"), "a test")
        .await;
    let old = begin_plainly(&world, &collection, "FIN", person).await;
    world
        .run("delete from access.installation; delete from access.plain_stream")
        .await;
    let database = world.database.clone();
    world.server.stop().await;

    let world = World::on(database.clone()).await;
    let found = world.get(&format!("/v1/replies/{old}")).token(&finland);
    assert_eq!(found.expect(200).await["id"], old);
    let begin = async |token: &str| {
        let begin = world.post(&format!("/v1/collections/{collection}/replies"));
        begin.token(token).send().await
    };
    begin(&finland).await.problem(409, "reply_already_started");
    let saved = world
        .put(&format!("/v1/replies/{old}/answers/A1"))
        .token(&finland);
    saved.json(&json!({"value": "yes"})).expect(200).await;
    let listed = world.get(&format!("/v1/collections/{collection}/replies"));
    let listed = listed.token(&finland).expect(200).await;
    assert_eq!(listed["items"][0]["id"], old);
    let sweden = world.focal_point("SWE").await;
    let new = begin(&sweden).await.expect(201);
    let new: Uuid = new["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(new.get_version_num(), 8);

    // What was made with a secret is not made again with another.
    world.run("delete from access.installation").await;
    world.server.stop().await;
    let error = server::start(database.settings()).await.err().unwrap();
    assert!(error.to_string().contains("access.installation"), "{error}");
}

/// Something that is there, and the same paths to it.
struct HiddenObject {
    id: String,
    paths: Vec<String>,
}

fn hidden(path: &str, further: &[&str]) -> HiddenObject {
    let (places, id) = path.rsplit_once('/').unwrap();
    let paths = further
        .iter()
        .map(|further| format!("{places}/ID{further}"));
    HiddenObject {
        id: id.to_owned(),
        paths: paths.chain(["/v1/timelines/ID".to_owned()]).collect(),
    }
}

/// The statements of a request, in their order, as the program's log has them; but for those that come in their own time.
async fn statements(served: &ServingProcess, call: Call) -> (Answer, Vec<String>) {
    let before = served.said().len();
    let answer = call.send().await;
    let said = served.said();
    let of_their_own = [
        "access.token",
        "mail.letter",
        "following.follower",
        "following.answer_checkpoint",
        "audit.read",
        "pg_notify",
        "LISTEN",
    ];
    let lines = said[before..]
        .lines()
        .filter(|line| line.contains("sqlx::query"));
    let statements = lines
        .filter(|line| !of_their_own.iter().any(|own| line.contains(own)))
        .filter_map(|line| {
            Some(
                line.split_once("summary=")?
                    .1
                    .split("rows_affected")
                    .next()?
                    .to_owned(),
            )
        });
    let statements = statements.collect();
    (answer, statements)
}

/// What some may read all the same: a party that is asked for comments, the consultation and comments on it; everybody who is
/// somebody, when an instrument changed; a party's people, who acts for it.
const OPEN: [&str; 13] = [
    "a colleague: GET /v1/consultations/ID of /v1/consultations/ID",
    "a colleague: GET /v1/timelines/ID of /v1/consultations/ID",
    "a colleague: GET /v1/timelines/ID of /v1/instruments/ID/comments-document",
    "a colleague: GET /v1/timelines/ID of /v1/timelines/ID",
    "a donor: GET /v1/timelines/ID of /v1/instruments/ID/comments-document",
    "a focal point: GET /v1/consultations/ID of /v1/consultations/ID",
    "a focal point: GET /v1/consultations/ID/comments of /v1/consultations/ID",
    "a focal point: GET /v1/timelines/ID of /v1/consultations/ID",
    "a focal point: GET /v1/timelines/ID of /v1/instruments/ID/comments-document",
    "a mission: GET /v1/consultations/ID of /v1/consultations/ID",
    "a mission: GET /v1/consultations/ID/comments of /v1/consultations/ID",
    "a mission: GET /v1/timelines/ID of /v1/consultations/ID",
    "a mission: GET /v1/timelines/ID of /v1/instruments/ID/comments-document",
];

#[tokio::test]
async fn what_is_not_there_and_what_is_not_ones_own_take_the_same_statements() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let finland = world.focal_point("FIN").await;
    let answers = json!({"A1": {"value": "yes"}});
    let reply = world.submitted(&opened.collection, &finland, answers).await;
    let made = async |path: &str, token: &str, body: Value| {
        let made = world.post(path).token(token).json(&body).expect(201).await;
        format!("{path}/{}", made["id"].as_str().unwrap())
    };
    let text = json!({"text": "A need", "lang": "en"});
    let need =
        json!({"category": "I", "type": "legislation", "urgency": "high", "description": text});
    let need = made("/v1/needs", &finland, need).await;
    let need_id = need.rsplit('/').next().unwrap();
    let request = json!({"needs": [need_id], "text": text});
    let request = made("/v1/requests", &finland, request).await;
    let instrument = world.revised_instrument("intersessional").await;
    let consultation = world.forward(&instrument, 1, &["FIN", "SWE"]).await;
    let comment = world
        .comment(
            &consultation,
            &finland,
            json!({"instrument": true}),
            "Long.",
        )
        .await;
    let report = world.report(&[], &[&opened.instrument]).await;
    let delegation = ids(&world).delegation(
        opened.collection.parse().unwrap(),
        PartyId::from_code("FIN"),
    );
    world
        .admit(&opened.collection, "FIN", &world.person().await, &["A"])
        .await;
    let all = [
        hidden(
            &format!("/v1/replies/{reply}"),
            &[
                "",
                "/answers",
                "/answers/A1",
                "/versions",
                "/versions/1",
                "/clarifications",
                "/files",
                "/needs",
                "/publication",
            ],
        ),
        hidden(&need, &[""]),
        hidden(&request, &[""]),
        hidden(&consultation, &["", "/comments"]),
        hidden(&comment, &[""]),
        hidden(&report, &["", "/body", "/page"]),
        hidden(&format!("/v1/timelines/{delegation}"), &[]),
        hidden(&instrument, &["/comments-document"]),
    ];
    let colleague = world.person_as(Role::Contributor, "FIN").await.1;
    let strangers = [
        ("nobody", String::new()),
        ("a focal point", world.focal_point("SWE").await),
        ("a mission", world.token(Role::Mission, Some("SWE")).await),
        ("a donor", world.token(Role::Donor, Some("SWE")).await),
        // One of Finland's, whom nobody admitted: to him the reply is as little there.
        ("a colleague", colleague.clone()),
    ];

    let served = ServingProcess::start(&world.database, &[("RAPPORTEUR_LOG", "sqlx=debug")]);
    let client = http();
    let call = |method: &reqwest::Method, path: &str, token: &str| {
        let call = Call::new(&client, method.clone(), &format!("{}{path}", served.url));
        if token.is_empty() {
            call
        } else {
            call.token(token)
        }
    };
    // The process knows what is there by heart.
    for hidden in &all {
        for path in &hidden.paths {
            let path = path.replace("ID", &hidden.id);
            call(&reqwest::Method::GET, &path, &world.officer)
                .send()
                .await;
        }
    }
    let mut refused = BTreeSet::new();
    let mut compared = 0;
    let mut open = BTreeSet::new();
    for hidden in &all {
        let amendment = format!("/v1/replies/{}/amendment", hidden.id);
        let amendment = amendment.replace(&hidden.id, "ID");
        let gets = hidden
            .paths
            .iter()
            .map(|path| (reqwest::Method::GET, path.clone()));
        let deletes = (hidden.id == reply).then_some((reqwest::Method::DELETE, amendment));
        for (method, path) in gets.chain(deletes) {
            for (who, token) in &strangers {
                let asked = async |id: &str| {
                    let path = path.replace("ID", id);
                    let (answer, done) = statements(&served, call(&method, &path, token)).await;
                    (answer.status, answer.nameless().replace(id, "ID"), done)
                };
                let what = format!("{who}: {method} {path} of {}", hidden.paths[0]);
                // What goes on by itself meanwhile may fall into one of them.
                for round in 0.. {
                    let forbidden = asked(&hidden.id).await;
                    if forbidden.0 == 200 {
                        open.insert(what);
                        break;
                    }
                    let absent = asked(&clock::new_id().to_string()).await;
                    if forbidden == absent {
                        compared += 1;
                        assert!([401, 403, 404].contains(&absent.0), "{what}: {absent:?}");
                        if absent.0 == 404 && !absent.2.is_empty() {
                            refused.insert(path.clone());
                        }
                        break;
                    }
                    assert!(round < 20, "{what}: {forbidden:#?} {absent:#?}");
                }
            }
        }
    }
    assert_eq!(open, BTreeSet::from(OPEN.map(str::to_owned)));
    assert!(compared > 80, "{compared}");
    for path in [
        "/v1/replies/ID",
        "/v1/replies/ID/amendment",
        "/v1/needs/ID",
        "/v1/timelines/ID",
        "/v1/comments/ID",
    ] {
        assert!(refused.contains(path), "{path} in {refused:?}");
    }
}

#[tokio::test]
async fn whoever_invites_is_not_told_whether_somebody_was_known() {
    let world = World::new().await;
    let collection = world
        .collection(json!({"parties": ["FIN", "SWE"]}))
        .await
        .collection;
    let known = "known@example.org";
    let (foreign, _) = world
        .known_person(Role::FocalPoint, Some("SWE"), "Åsa Öberg", known)
        .await;
    let (focal_point, token) = world.person_as(Role::FocalPoint, "FIN").await;
    let path = format!("/v1/collections/{collection}/parties/FIN");
    let name = world
        .put(&format!("{path}/focal-point"))
        .token(&world.officer);
    name.json(&json!({ "person": focal_point }))
        .expect(200)
        .await;
    let mut answers = Vec::new();
    for email in [known, "unknown@example.org"] {
        let invite = world.post(&format!("{path}/contributors")).token(&token);
        let body = json!({"name": "A colleague", "email": email, "sections": ["A"]});
        answers.push(invite.json(&body).send().await);
    }
    let [one, other] = answers.as_slice() else {
        panic!()
    };
    assert_eq!((one.status, &one.text), (other.status, &other.text));
    let mut names: Vec<&str> = one
        .headers
        .keys()
        .map(reqwest::header::HeaderName::as_str)
        .collect();
    names.sort_unstable();
    let mut others: Vec<&str> = other
        .headers
        .keys()
        .map(reqwest::header::HeaderName::as_str)
        .collect();
    others.sort_unstable();
    assert_eq!(names, others);

    // Nor by what is told of the delegation: ids there are of this delegation alone, and hold no time.
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let nominate = world.post(&format!("{path}/nomination")).token(&mission);
    let somebody = json!({"somebody": {"name": "Somebody", "email": known}});
    let nominated = nominate.json(&somebody).expect(200).await["nominated"].clone();
    let seen = world
        .get(&format!("{path}/delegation"))
        .token(&token)
        .expect(200)
        .await;
    assert_eq!(seen["focal_point"], focal_point, "one's own");
    let contributors = seen["contributors"].as_array().unwrap();
    let told = contributors
        .iter()
        .map(|contributor| &contributor["person"])
        .chain([&nominated]);
    for id in told {
        assert_ne!(*id, foreign);
        let id: Uuid = id.as_str().unwrap().parse().unwrap();
        assert_eq!(id.get_version_num(), 8);
    }
    // The Secretariat, which looks after the directory, is told who it is; and who is new has an id without a time.
    let seen = world
        .get(&format!("{path}/delegation"))
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(seen["nominated"], foreign);
    let persons = seen["contributors"].as_array().unwrap().iter();
    let persons: Vec<Uuid> = persons
        .map(|known| known["person"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(persons.contains(&foreign.parse().unwrap()), "{persons:?}");
    assert!(
        persons.iter().all(|person| person.get_version_num() == 8),
        "{persons:?}"
    );
}
