//! What letters say: what is asked, until when, whom to ask, where it is answered, and what was received.

use access::Role;
use directory::NewPerson;
use domain::Lang;
use mail_parser::MessageParser;
use serde_json::json;
use tokio::time::{Duration, sleep};

use crate::support::smtp::{PUBLIC_URL, ReceivedLetter, Smtp};
use crate::support::{Database, World, faults, opening};

/// A collection with a contact, to which Finland is invited, and Finland's focal point.
struct Written {
    server: Smtp,
    world: World,
    collection: String,
    token: String,
}

impl Written {
    async fn begin(language: Lang) -> Self {
        let server = Smtp::start().await;
        let database = Database::new().await;
        let mut settings = database.settings();
        settings.mail = server.settings();
        settings.mail.reply_to = Some("answers@example.org".parse().unwrap());
        let world = World::with(database, settings).await;
        let instrument = world.approved_instrument().await;
        let mut new = opening(&instrument, "2999-12-31", &json!({"parties": ["FIN"]}));
        new["contact"] = json!({"office": "Justice Section", "email": "justice@example.org"});
        let opened = world.post("/v1/collections").token(&world.officer);
        let opened = opened.json(&new).expect(201).await;
        assert_eq!(opened["contact"], new["contact"]);
        let collection = opened["id"].as_str().unwrap().to_owned();
        let new = NewPerson {
            name: "Aino Esimerkki".to_owned(),
            email: "aino@example.org".to_owned(),
            language,
        };
        let person = world.server.services.directory.find_or_add(&new).await;
        let person = person.unwrap();
        let path = format!("/v1/collections/{collection}/parties/FIN/focal-point");
        let name = world.put(&path).token(&world.officer);
        let named = json!({ "person": person.to_string() });
        name.json(&named).expect(200).await;
        let token = world
            .token_of(person.0, Role::FocalPoint, Some("FIN"), "a test")
            .await;
        Self {
            server,
            world,
            collection,
            token,
        }
    }

    /// Waits for so many letters; answers the last one.
    async fn letter(&self, count: usize) -> ReceivedLetter {
        self.world.letters_follow().await;
        for _ in 0..500 {
            let mut received = self.server.received();
            if received.len() >= count {
                assert_eq!(received.len(), count, "{received:#?}");
                return received.pop().unwrap();
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("{:#?}", self.server.received());
    }
}

fn body(letter: &ReceivedLetter) -> String {
    let message = MessageParser::default().parse(letter.message.as_bytes());
    message.unwrap().body_text(0).unwrap().into_owned()
}

#[tokio::test]
async fn whoever_submits_gets_a_receipt_once_and_a_clarification_says_what_is_asked() {
    let asked = Written::begin(Lang::Fr).await;
    let (world, token) = (&asked.world, &asked.token);
    let reply = world.answered(&asked.collection, token).await;
    let submit = world.post(&format!("/v1/replies/{reply}/submission"));
    let submit = submit.token(token).header("idempotency-key", "once");
    let receipt = submit.expect(201).await;
    let again = world.post(&format!("/v1/replies/{reply}/submission"));
    let again = again.token(token).header("idempotency-key", "once");
    assert_eq!(again.expect(201).await, receipt);

    let letter = asked.letter(1).await;
    let said = body(&letter);
    let leaf = receipt["leaf"].as_str().unwrap();
    let number = reply.replace('-', "")[..12].to_owned();
    let nb = '\u{a0}';
    for part in [
        format!("Numéro{nb}: {number}"),
        format!("Version{nb}: 1"),
        format!("Réponses{nb}: {}", receipt["answers"]),
        format!("Position dans le journal{nb}: {}", receipt["position"]),
        format!("(SHA-256){nb}: {leaf}"),
        format!("{PUBLIC_URL}/replies/{reply}/versions/1"),
        "CU/2011/26".to_owned(),
        "Justice Section, justice@example.org".to_owned(),
    ] {
        assert!(said.contains(&part), "{part} in {said}");
    }
    // Answers to it go to whom the collection names.
    assert!(
        letter.message.contains("Reply-To: justice@example.org\r\n"),
        "{}",
        letter.message
    );

    let question = json!({"text": "Since when? 自何时起？", "lang": "en"});
    let ask = world.post(&format!("/v1/replies/{reply}/clarifications"));
    ask.token(&world.officer).json(&question).expect(201).await;
    let said = body(&asked.letter(2).await);
    let page = format!("{PUBLIC_URL}/replies/{reply}/clarifications#1");
    for part in ["Since when? 自何时起？", &page] {
        assert!(said.contains(part), "{part} in {said}");
    }
    // What is redacted is told no more, be the letter sent or not.
    let kept = "select args::text from mail.letter where kind = 'clarification'";
    assert!(world.sql(kept).await.contains("Since when?"));
    let asked_about = world.get(&format!("/v1/replies/{reply}/clarifications"));
    let asked_about = asked_about.token(&world.officer).expect(200).await;
    let content = asked_about["items"][0]["text"]["content"].as_str();
    let administrator = world.token(Role::Administrator, None).await;
    let redact = format!("/v1/contents/{}/redaction", content.unwrap());
    let redact = world.post(&redact).token(&administrator);
    let because = json!({"reason": "names_a_person"});
    redact.json(&because).expect(200).await;
    world.letters_follow().await;
    assert!(!world.sql(kept).await.contains("Since when?"));
}

#[tokio::test]
async fn answers_go_where_the_settings_say_if_nothing_names_an_office() {
    let asked = Written::begin(Lang::Ar).await;
    let world = &asked.world;
    let ask = world.post("/v1/sign-in-links");
    let address = json!({"email": "aino@example.org"});
    world
        .another_account(
            &world
                .sql("select id::text from directory.person where email = 'aino@example.org'")
                .await,
            "mission",
            "FIN",
        )
        .await;
    ask.json(&address).expect(202).await;
    let letter = asked.letter(1).await;
    assert!(
        letter.message.contains("Reply-To: answers@example.org\r\n"),
        "{}",
        letter.message
    );
    assert!(body(&letter).contains("الأمانة"));
}

#[tokio::test]
async fn a_contact_is_an_office_that_can_be_written_to() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let mut new = opening(&instrument, "2999-12-31", &json!({"parties": ["FIN"]}));
    new["contact"] = json!({"office": " ", "email": "nobody"});
    let open = world.post("/v1/collections").token(&world.officer);
    let problem = open.json(&new).problem(422, "collection_faulty").await;
    assert_eq!(
        faults(&problem),
        [
            ("blank", "/contact/office"),
            ("bad_email", "/contact/email")
        ]
    );
}
