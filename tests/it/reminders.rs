//! Reminders: to whom a letter goes, to whom not, and why.

use std::time::Duration;

use access::Role;
use directory::NewPerson;
use domain::{Lang, PersonId};
use serde_json::{Value, json};

use crate::support::smtp::{DeliveryOutcome, PUBLIC_URL, Smtp};
use crate::support::{Answer, Call, Database, World, each, eventually, faults};

/// A collection to which Finland, France and Sweden are invited.
struct ReminderFixture {
    world: World,
    collection: String,
}

impl ReminderFixture {
    async fn new() -> Self {
        Self::in_world(World::new().await).await
    }

    async fn in_world(world: World) -> Self {
        let invited = json!({"parties": ["FIN", "FRA", "SWE"]});
        let opened = world.collection(invited).await;
        Self {
            world,
            collection: opened.collection,
        }
    }

    /// Names somebody focal point of a party; answers their id and a token of theirs.
    async fn named(&self, party: &str, email: &str, language: Lang) -> (PersonId, String) {
        let new = NewPerson {
            name: format!("The focal point of {party}"),
            email: email.to_owned(),
            language,
        };
        let person = self.world.server.services.directory.find_or_add(&new).await;
        let person = person.unwrap();
        self.name(party, &person.to_string()).await;
        let token = self
            .world
            .token_of(person.0, Role::FocalPoint, Some(party), "a test");
        (person, token.await)
    }

    async fn name(&self, party: &str, person: &str) {
        let collection = &self.collection;
        let path = format!("/v1/collections/{collection}/parties/{party}/focal-point");
        let name = self.world.put(&path).token(&self.world.officer);
        name.json(&json!({ "person": person })).expect(200).await;
    }

    fn reminders(&self) -> Call {
        let path = format!("/v1/collections/{}/reminders", self.collection);
        self.world.post(&path).token(&self.world.officer)
    }

    async fn submit(&self, token: &str) {
        let yes = json!({"A1": {"value": "yes"}});
        self.world.submitted(&self.collection, token, yes).await;
    }

    /// The letters in the outbox but for receipts: of each its kind and whom it is for.
    async fn letters(&self) -> Vec<(String, String)> {
        self.world.letters_follow().await;
        let listed = self.world.get("/v1/letters").token(&self.world.officer);
        let listed = listed.expect(200).await;
        let letters = listed["items"].as_array().unwrap().iter();
        let told = |value: &Value| value.as_str().unwrap().to_owned();
        letters
            .filter(|letter| letter["kind"] != "receipt")
            .map(|letter| (told(&letter["kind"]), told(&letter["to"]["email"])))
            .collect()
    }
}

/// The parties that were not reminded, each with the reason.
fn reasons(answer: &Value) -> Vec<(&str, &str)> {
    let parties = each(&answer["not_reminded"], "code").into_iter();
    parties
        .zip(each(&answer["not_reminded"], "reason"))
        .collect()
}

fn reminder(email: &str) -> (String, String) {
    ("reminder".to_owned(), email.to_owned())
}

#[tokio::test]
async fn a_reminder_goes_to_who_has_not_replied_and_to_nobody_else() {
    let asked = ReminderFixture::new().await;
    asked.named("FIN", "fin@example.org", Lang::En).await;
    let (_, sweden) = asked.named("SWE", "swe@example.org", Lang::En).await;
    asked.submit(&sweden).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(each(&sent["reminded"], "code"), ["FIN"]);
    assert_eq!(
        reasons(&sent),
        [("FRA", "no_focal_point"), ("SWE", "replied")]
    );
    assert_eq!(asked.letters().await, [reminder("fin@example.org")]);
}

#[tokio::test]
async fn a_reply_that_is_begun_is_reminded_of() {
    let asked = ReminderFixture::new().await;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.world.answered(&asked.collection, &finland).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(each(&sent["reminded"], "code"), ["FIN"]);
}

#[tokio::test]
async fn the_letter_says_what_is_due_and_when_in_the_readers_language() {
    let server = Smtp::start().await;
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.mail = server.settings();
    let asked = ReminderFixture::in_world(World::with(database, settings).await).await;
    asked.named("FRA", "fra@example.org", Lang::Fr).await;
    asked.reminders().expect(202).await;
    eventually("the letter arrives", async || !server.received().is_empty()).await;
    let received = server.received();
    assert_eq!(received[0].to, ["fra@example.org"]);
    let message = mail_parser::MessageParser::default().parse(received[0].message.as_bytes());
    let message = message.unwrap();
    assert_eq!(
        message.subject().unwrap(),
        "France\u{a0}: «\u{a0}A sample collection\u{a0}» a pour date limite le 2999-12-31, 23:59 (Europe/Vienna; UTC: \
         2999-12-31, 22:59)"
    );
    let body = message.body_text(0).unwrap();
    for said in [
        "Bonjour The focal point of FRA",
        "2999-12-31, 23:59 (Europe/Vienna; UTC: 2999-12-31, 22:59)",
        &format!("{PUBLIC_URL}/collections/{}", asked.collection),
    ] {
        assert!(body.contains(said), "{said} in {body}");
    }
}

#[tokio::test]
async fn only_the_parties_that_are_named_are_reminded_each_once() {
    let asked = ReminderFixture::new().await;
    asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.named("FRA", "fra@example.org", Lang::En).await;
    let some = json!({"parties": ["FRA", "SWE", "fra"]});
    let sent = asked.reminders().json(&some).expect(202).await;
    assert_eq!(each(&sent["reminded"], "code"), ["FRA"]);
    assert_eq!(reasons(&sent), [("SWE", "no_focal_point")]);
    assert_eq!(asked.letters().await, [reminder("fra@example.org")]);
    let nobody = asked.reminders().json(&json!({"parties": []}));
    let nobody = nobody.expect(202).await;
    assert_eq!(nobody, json!({"reminded": [], "not_reminded": []}));
}

#[tokio::test]
async fn a_party_that_is_unknown_or_not_invited_is_told_by_its_place_and_nobody_is_reminded() {
    let asked = ReminderFixture::new().await;
    asked.named("FIN", "fin@example.org", Lang::En).await;
    let wrong = asked
        .reminders()
        .json(&json!({"parties": ["FIN", "XXX", "BRA"]}));
    let problem = wrong.problem(422, "reminder_faulty").await;
    assert_eq!(
        faults(&problem),
        [
            ("unknown_party", "/parties/1"),
            ("party_not_invited", "/parties/2")
        ]
    );
    assert_eq!(asked.letters().await, []);
}

#[tokio::test]
async fn a_request_sent_again_under_its_key_reminds_once_and_is_answered_alike() {
    let asked = ReminderFixture::new().await;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    let keyed = async || -> Answer {
        let call = asked.reminders().header("idempotency-key", "weekly");
        call.send().await
    };
    let first = keyed().await;
    // What has changed meanwhile changes nothing of what was done.
    asked.submit(&finland).await;
    asked.world.close(&asked.collection).await;
    let again = keyed().await;
    assert_eq!((first.status, &first.text), (202, &again.text));
    assert_eq!(again.status, 202);
    assert_eq!(asked.letters().await, [reminder("fin@example.org")]);
    let other = asked.reminders().header("idempotency-key", "weekly");
    let other = other.json(&json!({"parties": ["FIN"]}));
    other.problem(422, "key_reused").await;
}

#[tokio::test]
async fn nobody_is_reminded_of_a_collection_that_is_closed_or_not_there() {
    let asked = ReminderFixture::new().await;
    asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.world.close(&asked.collection).await;
    asked.reminders().problem(409, "collection_closed").await;
    assert_eq!(asked.letters().await, []);
    let unknown = "/v1/collections/0190b5f0-0000-7000-8000-000000000000/reminders";
    let unknown = asked.world.post(unknown).token(&asked.world.officer);
    unknown.problem(404, "not_found").await;
}

#[tokio::test]
async fn whoever_began_the_reply_where_nobody_was_named_is_reminded() {
    let asked = ReminderFixture::new().await;
    let email = "swe@example.org";
    let beginner = asked
        .world
        .known_person(Role::FocalPoint, Some("SWE"), "A person", email);
    let (_, token) = beginner.await;
    asked.world.answered(&asked.collection, &token).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(each(&sent["reminded"], "code"), ["SWE"]);
    assert_eq!(asked.letters().await, [reminder(email)]);
}

#[tokio::test]
async fn nobody_is_reminded_of_a_reply_that_is_begun_while_the_office_is_vacant() {
    let asked = ReminderFixture::new().await;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.world.answered(&asked.collection, &finland).await;
    let collection = &asked.collection;
    let office = format!("/v1/collections/{collection}/parties/FIN/focal-point");
    let ended = asked.world.delete(&office).token(&asked.world.officer);
    ended.expect(200).await;
    let only = json!({"parties": ["FIN"]});
    let sent = asked.reminders().json(&only).expect(202).await;
    assert_eq!(sent["reminded"], json!([]));
    assert_eq!(reasons(&sent), [("FIN", "no_focal_point")]);
    assert_eq!(asked.letters().await, []);
    // Whoever is named next is reminded.
    asked.named("FIN", "next@example.org", Lang::En).await;
    let sent = asked.reminders().json(&only).expect(202).await;
    assert_eq!(each(&sent["reminded"], "code"), ["FIN"]);
    assert_eq!(asked.letters().await, [reminder("next@example.org")]);
}

#[tokio::test]
async fn after_the_deadline_and_before_the_close_a_reminder_says_what_is_still_true() {
    let mut asked = ReminderFixture::new().await;
    let instrument = asked.world.approved_instrument().await;
    let invited = json!({"parties": ["FIN"]});
    let opened = asked.world.open(&instrument, "2011-04-30", &invited).await;
    asked.collection = opened;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(each(&sent["reminded"], "code"), ["FIN"]);
    let listed = asked.world.get("/v1/letters").token(&asked.world.officer);
    let letter = listed.expect(200).await["items"][0]["id"].clone();
    let path = format!("/v1/letters/{}", letter.as_str().unwrap());
    let letter = asked.world.get(&path).token(&asked.world.officer);
    let text = letter.expect(200).await["text"]["body"].clone();
    let text = text.as_str().unwrap();
    for said in [
        "The deadline is 2011-04-30",
        "is accepted, and marked as late",
        "Europe/Vienna; UTC: 2011-04-30, 21:59",
        "Reference: CU/2011/26\n",
        &format!("/collections/{}\n", asked.collection),
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    // Who is reminded a moment later is not written to a second time.
    let again = asked.reminders().expect(202).await;
    assert_eq!(reasons(&again), [("FIN", "reminded_lately")]);
    // It is as the letter says; then there is nothing to remind of.
    asked.submit(&finland).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(reasons(&sent), [("FIN", "replied")]);
    asked.world.close(&asked.collection).await;
    asked.reminders().problem(409, "collection_closed").await;
}

#[tokio::test]
async fn nobody_is_written_to_who_was_erased_or_has_no_address() {
    let asked = ReminderFixture::new().await;
    let (erased, _) = asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.world.erase(&erased.to_string()).await;
    // Sweden's reply is begun by a program, which the directory does not know.
    let program = asked.world.focal_point("SWE").await;
    asked.world.answered(&asked.collection, &program).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(sent["reminded"], json!([]));
    assert_eq!(
        reasons(&sent),
        [
            ("FIN", "no_focal_point"),
            ("FRA", "no_focal_point"),
            ("SWE", "no_address")
        ]
    );
    assert_eq!(asked.letters().await, []);
}

fn about(kind: &str, email: &str) -> (String, String) {
    (kind.to_owned(), email.to_owned())
}

#[tokio::test]
async fn a_focal_point_is_told_of_a_clarification_and_reminded_of_it() {
    let asked = ReminderFixture::new().await;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    let yes = json!({"A1": {"value": "yes"}});
    let reply = asked
        .world
        .submitted(&asked.collection, &finland, yes)
        .await;
    let path = format!("/v1/replies/{reply}/clarifications");
    let ask = || {
        let call = asked.world.post(&path).token(&asked.world.officer);
        let call = call.header("idempotency-key", "the same");
        call.json(&json!({"text": "Which law?", "lang": "en"}))
    };
    ask().expect(201).await;
    ask().expect(201).await;
    let told = about("clarification", "fin@example.org");
    assert_eq!(
        asked.letters().await,
        std::slice::from_ref(&told),
        "once for each command"
    );

    let sent = asked.reminders().expect(202).await;
    assert_eq!(each(&sent["reminded"], "code"), ["FIN"]);
    assert_eq!(each(&sent["reminded"], "about"), ["clarification"]);
    assert_eq!(asked.letters().await, [told.clone(), told]);
    let of = |query: &str| {
        let path = format!("/v1/letters?{query}");
        asked
            .world
            .get(&path)
            .token(&asked.world.officer)
            .expect(200)
    };
    let both = of(&format!(
        "kind=clarification&collection={}",
        asked.collection
    ));
    assert_eq!(both.await["items"].as_array().unwrap().len(), 2);
    assert_eq!(of("kind=reminder").await["items"], json!([]));

    let answer = asked
        .world
        .post(&format!("{path}/1/answer"))
        .token(&finland);
    let answer = answer.json(&json!({"text": "None.", "lang": "en"}));
    answer.expect(201).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(reasons(&sent)[0], ("FIN", "replied"));
}

#[tokio::test]
async fn who_has_more_time_and_has_not_replied_is_told() {
    let asked = ReminderFixture::new().await;
    asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.named("FRA", "fra@example.org", Lang::Fr).await;
    let (_, sweden) = asked.named("SWE", "swe@example.org", Lang::En).await;
    asked.submit(&sweden).await;
    let extend = async |year: u32, parties: Value| {
        let path = format!("/v1/collections/{}/extension", asked.collection);
        let at = format!("{year}-12-31");
        let new = json!({"deadline": {"at": at, "time_zone": "Europe/Vienna"},
            "parties": parties, "reason": {"text": "They asked.", "lang": "en"}});
        let call = asked.world.post(&path).token(&asked.world.officer);
        call.json(&new).expect(200).await;
    };
    extend(3002, json!(["FIN", "SWE"])).await;
    let finland = about("extension", "fin@example.org");
    assert_eq!(asked.letters().await, std::slice::from_ref(&finland));
    extend(3001, Value::Null).await;
    let france = about("extension", "fra@example.org");
    assert_eq!(
        asked.letters().await,
        [finland, france],
        "who has more keeps it"
    );
}

#[tokio::test]
async fn a_reminder_that_waited_is_not_sent_once_the_party_has_replied() {
    let asked = ReminderFixture::new().await;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.reminders().expect(202).await;
    asked.submit(&finland).await;
    let server = Smtp::start().await;
    let mut settings = asked.world.database.settings();
    settings.mail = server.settings();
    let sender = World::with(asked.world.database.clone(), settings).await;
    let why = async || {
        let listed = sender.get("/v1/letters").token(&sender.officer);
        listed.expect(200).await["items"][0]["why"]["code"].clone()
    };
    eventually("the letter is ended", async || why().await == "replied").await;
    assert!(server.received().is_empty());
}

/// What the server has was sent, whatever became true while it was handed over.
#[tokio::test]
async fn a_reminder_that_arrives_while_its_party_replies_was_sent() {
    let late = DeliveryOutcome::Late(Duration::from_secs(2));
    let server = Smtp::with(move |_, _| late).await;
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.mail = server.settings();
    let asked = ReminderFixture::in_world(World::with(database, settings).await).await;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.reminders().expect(202).await;
    let taken = "select attempts::text from mail.letter";
    eventually("it is handed over", async || {
        asked.world.sql(taken).await == "1"
    })
    .await;
    asked.submit(&finland).await;
    assert_eq!(states(&asked).await, [over("replied")]);
    eventually("it is known to be sent", async || {
        states(&asked).await == [("sent".to_owned(), Value::Null)]
    })
    .await;
    let sent = "select attempts::text from mail.letter where kind = 'reminder'";
    assert_eq!(asked.world.sql(sent).await, "1");
}

/// The states of the letters in the outbox but for receipts, each with why it is over.
async fn states(asked: &ReminderFixture) -> Vec<(String, Value)> {
    let listed = asked.world.get("/v1/letters").token(&asked.world.officer);
    let listed = listed.expect(200).await;
    let letters = listed["items"].as_array().unwrap().iter();
    let letters = letters.filter(|letter| letter["kind"] != "receipt");
    let told = letters.map(|letter| {
        let state = letter["state"].as_str().unwrap().to_owned();
        (state, letter["why"]["code"].clone())
    });
    told.collect()
}

fn queued() -> (String, Value) {
    ("queued".to_owned(), Value::Null)
}

fn over(why: &str) -> (String, Value) {
    ("failed".to_owned(), json!(why))
}

#[tokio::test]
async fn letters_that_have_nothing_more_to_say_leave_the_queue_where_there_is_no_mail_server() {
    let asked = ReminderFixture::new().await;
    let (_, finland) = asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.named("FRA", "fra@example.org", Lang::Fr).await;
    asked.reminders().expect(202).await;
    assert_eq!(states(&asked).await, [queued(), queued()]);
    // More time makes what the reminders say untrue, and is what the next letter says.
    let path = format!("/v1/collections/{}/extension", asked.collection);
    let new = json!({"deadline": {"at": "3001-12-31", "time_zone": "Europe/Vienna"},
                     "reason": {"text": "They asked.", "lang": "en"}});
    let extend = asked.world.post(&path).token(&asked.world.officer);
    extend.json(&new).expect(200).await;
    let superseded = || over("superseded");
    let told = [superseded(), superseded(), queued(), queued()];
    assert_eq!(states(&asked).await, told);
    // One that was replaced may be sent again at once.
    let sent = asked.reminders().json(&json!({"parties": ["FIN"]}));
    assert_eq!(each(&sent.expect(202).await["reminded"], "code"), ["FIN"]);

    // Its own reminder is over once a party has replied; the others stay.
    let yes = json!({"A1": {"value": "yes"}});
    let reply = asked.world.submitted(&asked.collection, &finland, yes);
    let reply = reply.await;
    let states_now = states(&asked).await;
    assert_eq!(states_now[3], queued(), "France has not replied");
    assert_eq!(states_now[4], over("replied"));
    let waiting = "/v1/letters?state=queued";
    let waiting = asked.world.get(waiting).token(&asked.world.officer);
    let waiting = waiting.expect(200).await;
    let kinds = each(&waiting["items"], "kind");
    assert_eq!(kinds.iter().filter(|kind| **kind != "receipt").count(), 1);

    // What is asked about its reply is over once that is answered, or not asked any more.
    let path = format!("/v1/replies/{reply}/clarifications");
    let ask = async || {
        let call = asked.world.post(&path).token(&asked.world.officer);
        let call = call.json(&json!({"text": "Which law?", "lang": "en"}));
        call.expect(201).await["clarification"].clone()
    };
    let first = ask().await;
    assert_eq!(states(&asked).await[5], queued());
    let answer = asked.world.post(&format!("{path}/{first}/answer"));
    let answer = answer.token(&finland);
    answer
        .json(&json!({"text": "None.", "lang": "en"}))
        .expect(201)
        .await;
    assert_eq!(states(&asked).await[5], over("answered"));
    let second = ask().await;
    let withdraw = asked.world.delete(&format!("{path}/{second}"));
    withdraw.token(&asked.world.officer).expect(200).await;
    assert_eq!(states(&asked).await[6], over("answered"));
    // One letter is asked for by itself, and says what is over without its text; it is not tried again.
    let listed = asked.world.get("/v1/letters").token(&asked.world.officer);
    let id = listed.expect(200).await["items"][6]["id"].clone();
    let letter = format!("/v1/letters/{}", id.as_str().unwrap());
    let shown = asked.world.get(&letter).token(&asked.world.officer);
    assert_eq!(shown.expect(200).await.get("text"), None);
    let retry = asked.world.post(&format!("{letter}/retry"));
    let retry = retry.token(&asked.world.officer);
    retry.problem(409, "letter_not_retried").await;
}

#[tokio::test]
async fn each_is_written_to_in_the_language_that_they_read() {
    let asked = ReminderFixture::new().await;
    asked.named("FIN", "fin@example.org", Lang::Ar).await;
    asked.named("FRA", "fra@example.org", Lang::Zh).await;
    let sent = asked.reminders().expect(202).await;
    assert_eq!(each(&sent["reminded"], "language"), ["ar", "zh"]);
    let listed = asked.world.get("/v1/letters").token(&asked.world.officer);
    let listed = listed.expect(200).await;
    assert_eq!(each(&listed["items"], "language"), ["ar", "zh"]);
    for (letter, said) in each(&listed["items"], "id")
        .into_iter()
        .zip(["الموعد النهائي", "截止日期"])
    {
        let letter = asked.world.get(&format!("/v1/letters/{letter}"));
        let letter = letter.token(&asked.world.officer).expect(200).await;
        let body = letter["text"]["body"].as_str().unwrap();
        assert!(body.contains(said), "{body}");
    }
}

#[tokio::test]
async fn of_reminders_that_are_sent_at_the_same_moment_one_is_recorded() {
    let asked = ReminderFixture::new().await;
    asked.named("FIN", "fin@example.org", Lang::En).await;
    asked.named("FRA", "fra@example.org", Lang::En).await;
    let before = asked.world.head().await;
    let sent = (0..8).map(|_| asked.reminders().expect(202));
    let sent = futures_util::future::join_all(sent).await;
    let reminded = sent.iter().filter(|sent| sent["reminded"] != json!([]));
    assert_eq!(reminded.count(), 1, "{sent:#?}");
    let lately = |sent: &&Value| {
        let reasons = reasons(sent);
        reasons.contains(&("FIN", "reminded_lately"))
            && reasons.contains(&("FRA", "reminded_lately"))
    };
    assert_eq!(sent.iter().filter(lately).count(), 7, "{sent:#?}");
    let recorded = asked.world.events_after(before).await;
    let recorded = recorded.iter().map(|event| event["kind"].as_str().unwrap());
    assert_eq!(recorded.collect::<Vec<&str>>(), ["reminders_sent"]);
    assert_eq!(asked.letters().await.len(), 2);
}
