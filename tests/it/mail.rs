//! Letters, from the outbox to a real SMTP server on this machine.

use std::collections::BTreeMap;
use std::time::Duration;

use directory::NewPerson;
use domain::{Lang, PersonId};
use mail::{LetterKind, MailSettings, NewLetter};
use mail_parser::MessageParser;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::time::sleep;

use crate::support::smtp::{self, DeliveryOutcome, PUBLIC_URL, ReceivedLetter, Smtp};
use crate::support::{Database, World, each};

async fn world(mail: MailSettings) -> World {
    on(Database::new().await, mail).await
}

async fn on(database: Database, mail: MailSettings) -> World {
    let mut settings = database.settings();
    settings.mail = mail;
    World::with(database, settings).await
}

async fn person(world: &World, name: &str, email: &str, language: Lang) -> PersonId {
    let directory = &world.server.services.directory;
    let new = NewPerson {
        name: name.to_owned(),
        email: email.to_owned(),
        language,
    };
    directory.find_or_add(&new).await.unwrap()
}

fn invitation(person: PersonId) -> NewLetter {
    let args = json!({"party": {"en": "Finland", "fr": "Finlande"}, "path": "/in/a-secret",
        "collection": {"en": "Treatment of prisoners", "fr": "Traitement des détenus"}});
    NewLetter {
        person,
        kind: LetterKind::Invitation,
        about: None,
        args: args.as_object().unwrap().clone(),
        valid_for: Some(Duration::from_secs(864_000)),
    }
}

async fn put(world: &World, letter: &NewLetter) -> String {
    let outbox = &world.server.services.outbox;
    let id = outbox.enqueue(world.server.services.log().pool(), letter);
    let id = id.await.unwrap();
    outbox.wake();
    id.to_string()
}

/// A letter to somebody new at this address.
async fn put_to(world: &World, email: &str) -> String {
    let person = person(world, "Åsa Example", email, Lang::En).await;
    put(world, &invitation(person)).await
}

async fn letter(world: &World, id: &str) -> Value {
    let letter = world.get(&format!("/v1/letters/{id}"));
    letter.token(&world.officer).expect(200).await
}

/// Waits until something is so of a letter, and answers it.
async fn until(world: &World, id: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..1000 {
        let letter = letter(world, id).await;
        if is_so(&letter) {
            return letter;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("it is not so: {:#}", letter(world, id).await);
}

async fn until_state(world: &World, id: &str, state: &str) -> Value {
    until(world, id, |letter| letter["state"] == state).await
}

/// What the database holds of a letter.
async fn stored(world: &World, id: &str) -> Value {
    let pool = PgPool::connect_with(world.database.owner.clone());
    let pool = pool.await.unwrap();
    let query = format!("select to_jsonb(l) from mail.letter l where id = '{id}'");
    let row = sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&pool);
    row.await.unwrap()
}

fn header<'a>(received: &'a ReceivedLetter, name: &str) -> Vec<&'a str> {
    let head = received.message.split("\r\n\r\n").next().unwrap();
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .filter(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}

/// Subject, recipient's name and body, decoded.
fn read(received: &ReceivedLetter) -> (String, String, String) {
    let message = MessageParser::default().parse(received.message.as_bytes());
    let message = message.unwrap();
    let to = message.to().unwrap().first().unwrap();
    (
        message.subject().unwrap().to_owned(),
        to.name.as_deref().unwrap().to_owned(),
        message.body_text(0).unwrap().into_owned(),
    )
}

#[tokio::test]
async fn a_letter_that_is_accepted_is_sent_and_its_secret_forgotten() {
    let server = Smtp::start().await;
    let world = world(server.settings()).await;
    let id = put_to(&world, "asa@example.org").await;
    let sent = until_state(&world, &id, "sent").await;
    assert_eq!(sent["to"]["email"], "asa@example.org");
    assert_eq!(
        (&sent["attempts"], &sent["language"]),
        (&json!(1), &json!("en"))
    );
    assert!(
        sent.get("text").is_none() && sent["sent"].is_string() && sent["why"].is_null(),
        "{sent:#}"
    );
    assert!(stored(&world, &id).await["args"].get("path").is_none());

    let [received] = &server.received()[..] else {
        panic!("{:#?}", server.received())
    };
    assert_eq!(received.from, "rapporteur@example.org");
    assert_eq!(received.to, ["asa@example.org"]);
    assert_eq!(
        header(received, "Message-ID"),
        [format!("<{id}@example.org>")]
    );
    assert_eq!(header(received, "Auto-Submitted"), ["auto-generated"]);
    let (subject, name, body) = read(received);
    assert_eq!(
        subject,
        "Finland: invitation to reply to “Treatment of prisoners”"
    );
    assert_eq!(name, "Åsa Example");
    assert!(body.contains("Dear Åsa Example,"), "{body}");
    assert!(
        body.contains(&format!("{PUBLIC_URL}/in/a-secret")),
        "{body}"
    );
}

#[tokio::test]
async fn a_letter_is_written_in_the_persons_language() {
    let server = Smtp::start().await;
    let world = world(server.settings()).await;
    for (language, written, subject) in [
        (
            Lang::Fr,
            "fr",
            "Finlande\u{a0}: invitation à répondre à «\u{a0}Traitement des détenus\u{a0}»",
        ),
        (
            // What was given in no Russian is told in English.
            Lang::Ru,
            "ru",
            "Finland: предложение ответить на «Treatment of prisoners»",
        ),
    ] {
        let person = person(&world, "É", &format!("{written}@example.org"), language).await;
        let id = put(&world, &invitation(person)).await;
        assert_eq!(until_state(&world, &id, "sent").await["language"], written);
        let received = server.received().pop().unwrap();
        assert_eq!(read(&received).0, subject);
        assert_eq!(header(&received, "Content-Language"), [written]);
    }
}

#[tokio::test]
async fn names_and_titles_in_every_script_arrive_as_they_are() {
    let server = Smtp::start().await;
    let world = world(server.settings()).await;
    for (number, (name, title)) in [
        ("عبد الرحمن بن خلدون", "معاملة السجناء"),
        ("王小明", "囚犯待遇"),
        ("Фёдор Михайлович Достоевский", "Обращение с заключёнными"),
        (
            "José Ñandú de la Peña y Güemes",
            "¿Tratamiento de los reclusos?",
        ),
        (
            "Anne-Élise \"Zoé\" O’Brien, <PhD>",
            "Traitement, œuvre & « équité »",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let person = person(&world, name, &format!("p{number}@example.org"), Lang::Fr).await;
        let mut new = invitation(person);
        new.args.insert("collection".to_owned(), json!(title));
        let id = put(&world, &new).await;
        until_state(&world, &id, "sent").await;
        let received = server.received().pop().unwrap();
        let head = received.message.split("\r\n\r\n").next().unwrap();
        assert!(head.is_ascii(), "{head}");
        let (subject, read_name, body) = read(&received);
        assert_eq!(read_name, name);
        assert!(
            subject.contains(title) && body.contains(title) && body.contains(name),
            "{received:#?}"
        );
    }
}

#[tokio::test]
async fn what_could_begin_another_header_does_not() {
    let server = Smtp::start().await;
    let world = world(server.settings()).await;
    let person = person(&world, "Åsa", "asa@example.org", Lang::En).await;
    // The API refuses such a name; should one get in otherwise, it does no harm either.
    let pool = PgPool::connect_with(world.database.owner.clone());
    let evil =
        "update directory.person set name = E'Åsa\\r\\nBcc: all@example.org\\r\\n\\r\\nA body'";
    sqlx::raw_sql(evil)
        .execute(&pool.await.unwrap())
        .await
        .unwrap();
    let mut new = invitation(person);
    new.args.insert(
        "party".to_owned(),
        json!("F\r\nBcc: all@example.org\r\n\r\nA body"),
    );
    let id = put(&world, &new).await;
    until_state(&world, &id, "sent").await;
    let received = server.received().pop().unwrap();
    assert_eq!(received.to, ["asa@example.org"]);
    assert!(header(&received, "Bcc").is_empty(), "{received:#?}");
    let (subject, name, body) = read(&received);
    assert!(
        subject.starts_with("F Bcc: all@example.org A body: invitation"),
        "{subject}"
    );
    assert_eq!(name, "Åsa Bcc: all@example.org A body");
    assert!(body.starts_with("Dear "), "{body}");
}

#[tokio::test]
async fn a_letter_that_is_deferred_is_tried_again() {
    let server = Smtp::with(|_, times| match times {
        0 | 1 => DeliveryOutcome::Refused(451, "4.7.1 Greylisted asa@example.org, come back"),
        _ => DeliveryOutcome::Accepted,
    })
    .await;
    let world = world(server.settings()).await;
    let id = put_to(&world, "asa@example.org").await;
    let sent = until_state(&world, &id, "sent").await;
    assert_eq!(sent["attempts"], 3);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_letter_that_is_deferred_too_often_has_failed_and_can_be_tried_again() {
    let server = Smtp::with(|_, times| match times {
        0..4 => DeliveryOutcome::Refused(451, "4.7.1 Not now"),
        _ => DeliveryOutcome::Accepted,
    })
    .await;
    let world = world(server.settings()).await;
    let id = put_to(&world, "asa@example.org").await;
    let failed = until_state(&world, &id, "failed").await;
    assert_eq!(failed["attempts"], 4);
    assert_eq!(failed["why"]["code"], "deferred");
    assert_eq!(failed["why"]["answer"], "451 4.7.1");
    // It is unsent, so an officer can still read what it says, but for the link: that is for whom the letter is for.
    let body = failed["text"]["body"].as_str().unwrap();
    assert!(body.contains(&format!("{PUBLIC_URL}/in/[withheld]\n")));
    assert!(!failed.to_string().contains("a-secret"), "{failed:#}");
    assert_eq!(failed["text"]["link_withheld"], true);
    let retry = world.post(&format!("/v1/letters/{id}/retry"));
    let retried = retry.token(&world.officer).expect(200).await;
    assert_eq!(retried["state"], "queued");
    assert!(retried.get("text").is_none(), "{retried:#}");
    assert_eq!(until_state(&world, &id, "sent").await["attempts"], 1);
    let again = world.post(&format!("/v1/letters/{id}/retry"));
    again
        .token(&world.officer)
        .problem(409, "letter_not_retried")
        .await;
}

#[tokio::test]
async fn a_letter_that_is_refused_for_good_is_not_tried_again_and_the_servers_words_are_kept_nowhere()
 {
    let server = Smtp::with(|to, _| match to {
        "gone@example.org" => {
            DeliveryOutcome::Refused(550, "5.1.1 <gone@example.org>: unknown, says Zyqqyx")
        }
        "bare@example.org" => DeliveryOutcome::Refused(550, "gone@example.org"),
        _ => DeliveryOutcome::Accepted,
    })
    .await;
    let world = world(server.settings()).await;
    for (email, answer) in [
        ("gone@example.org", "550 5.1.1"),
        ("bare@example.org", "550"),
    ] {
        let id = put_to(&world, email).await;
        let failed = until_state(&world, &id, "failed").await;
        assert_eq!(failed["attempts"], 1);
        assert_eq!(
            (&failed["why"]["code"], &failed["why"]["answer"]),
            (&json!("refused"), &json!(answer))
        );
        assert!(failed["why"]["text"].as_str().unwrap().contains(' '));
        let stored = stored(&world, &id).await.to_string();
        assert!(
            !stored.contains("example.org") && !stored.contains("Zyqqyx"),
            "{stored}"
        );
    }
    // One that is refused keeps no other waiting.
    let id = put_to(&world, "good@example.org").await;
    until_state(&world, &id, "sent").await;
}

#[tokio::test]
async fn letters_wait_for_a_server_that_is_away() {
    let away = Smtp::start().await;
    let address = away.address;
    let mut settings = away.settings();
    drop(away);
    settings.pauses = vec![Duration::from_millis(20); 100_000];
    let world = world(settings).await;
    let id = put_to(&world, "asa@example.org").await;
    let waiting = until(&world, &id, |letter| !letter["why"].is_null()).await;
    assert_eq!(
        (&waiting["state"], &waiting["why"]["code"]),
        (&json!("queued"), &json!("unreachable"))
    );
    let back = Smtp::on(address, |_, _| DeliveryOutcome::Accepted).await;
    until_state(&world, &id, "sent").await;
    assert_eq!(back.received().len(), 1);
    // And again, now that a connection had been kept.
    drop(back);
    let id = put_to(&world, "bo@example.org").await;
    until(&world, &id, |letter| letter["why"]["code"] == "unreachable").await;
    let back = Smtp::on(address, |_, _| DeliveryOutcome::Accepted).await;
    until_state(&world, &id, "sent").await;
    assert_eq!(back.received().len(), 1);
}

#[tokio::test]
async fn a_letter_whose_acceptance_was_not_heard_is_sent_again_under_the_same_message_id() {
    let server = Smtp::with(|_, times| match times {
        0 => DeliveryOutcome::Unanswered,
        _ => DeliveryOutcome::Accepted,
    })
    .await;
    let world = world(server.settings()).await;
    let id = put_to(&world, "asa@example.org").await;
    until_state(&world, &id, "sent").await;
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert_eq!(
        header(&received[0], "Message-ID"),
        header(&received[1], "Message-ID")
    );
}

#[tokio::test]
async fn of_two_servers_each_letter_is_sent_by_one() {
    let server = Smtp::start().await;
    let one = world(server.settings()).await;
    let other = on(one.database.clone(), server.settings()).await;
    let mut ids = Vec::new();
    for number in 0..40 {
        let world = if number % 2 == 0 { &one } else { &other };
        ids.push(put_to(world, &format!("p{number}@example.org")).await);
    }
    for id in &ids {
        assert_eq!(until_state(&one, id, "sent").await["attempts"], 1);
    }
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for received in server.received() {
        *times.entry(received.to[0].clone()).or_default() += 1;
    }
    assert_eq!(times.len(), 40);
    assert!(times.values().all(|times| *times == 1), "{times:?}");
}

#[tokio::test]
async fn a_letter_that_another_process_took_and_never_came_back_with_is_sent_in_the_end() {
    let world = world(MailSettings::default()).await;
    let id = put_to(&world, "asa@example.org").await;
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    // As a process leaves it that ends while it sends.
    let taken = "update mail.letter set attempts = 1, next_attempt = now() + interval '1 hour'";
    sqlx::raw_sql(taken).execute(&pool).await.unwrap();
    let server = Smtp::start().await;
    let sending = on(world.database.clone(), server.settings()).await;
    let other = put_to(&sending, "bo@example.org").await;
    until_state(&sending, &other, "sent").await;
    assert_eq!(
        letter(&sending, &id).await["state"],
        "queued",
        "it is left alone while it may be under way"
    );
    let later = "update mail.letter set next_attempt = now() where state = 'queued'";
    sqlx::raw_sql(later).execute(&pool).await.unwrap();
    assert_eq!(until_state(&sending, &id, "sent").await["attempts"], 2);
}

#[tokio::test]
async fn a_name_and_password_are_shown_to_the_server() {
    let server = Smtp::behind("right/p@ss").await;
    let right = format!("smtp://rapporteur:right%2Fp%40ss@{}", server.address);
    let right = world(smtp::settings(&right)).await;
    let id = put_to(&right, "asa@example.org").await;
    until_state(&right, &id, "sent").await;
    let wrong = format!("smtp://rapporteur:wrong@{}", server.address);
    let wrong = world(smtp::settings(&wrong)).await;
    let id = put_to(&wrong, "asa@example.org").await;
    let waiting = until(&wrong, &id, |letter| !letter["why"].is_null()).await;
    assert_eq!(waiting["why"]["code"], "not_signed_in");
    assert_eq!(waiting["why"]["answer"], "535");
}

#[tokio::test]
async fn a_server_that_offers_no_tls_gets_nothing_where_tls_is_required() {
    let server = Smtp::start().await;
    let settings = smtp::settings(&format!("smtp://{}?tls=required", server.address));
    let world = world(settings).await;
    let id = put_to(&world, "asa@example.org").await;
    let waiting = until(&world, &id, |letter| !letter["why"].is_null()).await;
    assert_ne!(waiting["state"], "sent");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn without_a_server_letters_are_listed_for_the_officer_to_pass_on() {
    let world = world(MailSettings::default()).await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(put_to(&world, &format!("p{number}@example.org")).await);
    }
    let list = |query: String| {
        let list = world.get(&format!("/v1/letters?{query}"));
        list.token(&world.officer).expect(200)
    };
    let page = list("state=queued&limit=2".into()).await;
    assert_eq!(each(&page["items"], "id"), ids[..2]);
    assert!(page["items"][0].get("text").is_none(), "{page:#}");
    let next = page["next"].as_str().unwrap();
    let page = list(format!("state=queued&limit=2&cursor={next}")).await;
    assert_eq!(each(&page["items"], "id"), ids[2..]);
    assert!(page["next"].is_null());
    assert_eq!(list("state=sent".into()).await["items"], json!([]));
    let text = &letter(&world, &ids[0]).await["text"];
    let link = format!("http://{}/in/a-secret\n", world.server.address);
    assert!(text["body"].as_str().unwrap().contains(&link), "{text:#}");
    assert_eq!(text["link_withheld"], false);
    world
        .get("/v1/letters?state=lost")
        .token(&world.officer)
        .problem(400, "bad_parameter")
        .await;
    world
        .get("/v1/letters/nonsense")
        .token(&world.officer)
        .problem(404, "not_found")
        .await;
}

#[tokio::test]
async fn a_letter_that_is_no_longer_true_is_not_sent_and_its_secret_forgotten() {
    let server = Smtp::start().await;
    let world = world(server.settings()).await;
    let person = person(&world, "Åsa", "asa@example.org", Lang::En).await;
    let mut new = invitation(person);
    new.valid_for = Some(Duration::ZERO);
    let id = put(&world, &new).await;
    let failed = until_state(&world, &id, "failed").await;
    assert_eq!(failed["why"]["code"], "expired");
    assert!(failed.get("text").is_none());
    assert!(stored(&world, &id).await["args"].get("path").is_none());
    let retry = world.post(&format!("/v1/letters/{id}/retry"));
    retry
        .token(&world.officer)
        .problem(409, "letter_not_retried")
        .await;
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_letter_leaves_only_once_its_transaction_is_committed() {
    let server = Smtp::start().await;
    let world = world(server.settings()).await;
    let person = person(&world, "Åsa", "asa@example.org", Lang::En).await;
    let pool = world.server.services.log().pool();
    let mut transaction = pool.begin().await.unwrap();
    let outbox = &world.server.services.outbox;
    let letter = invitation(person);
    let id = outbox.enqueue(&mut *transaction, &letter).await;
    let id = id.unwrap().to_string();
    transaction.rollback().await.unwrap();
    let other = put(&world, &invitation(person)).await;
    until_state(&world, &other, "sent").await;
    let gone = world.get(&format!("/v1/letters/{id}"));
    gone.token(&world.officer).problem(404, "not_found").await;
    assert_eq!(server.received().len(), 1);
}
