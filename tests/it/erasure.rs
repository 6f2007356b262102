//! What is left of a person who was erased: nothing, in no table and no log.

mod answers;

use std::time::Duration;

use access::Role;
use mail::{LetterKind, NewLetter};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::time::sleep;

use crate::support::dump::{dump, traces};
use crate::support::smtp::{DeliveryOutcome, Smtp};
use crate::support::{Call, Database, ServingProcess, World, superuser};

const NAME: &str = "Xænthippé Quuxwright-Þorn";
const OTHER_NAME: &str = "Zyqqyx Brandnewname";
const EMAIL: &str = "xaenthippe.quuxwright@erase-me.example";
const OTHER_EMAIL: &str = "zyqqyx@erase-me-too.example";
const TELEPHONE: &str = "+43 1 98765 43210";
const FUNCTION: &str = "Vice-Thaumaturge, Ministry of Quuxology";
const WORDS: [&str; 8] = [
    NAME,
    OTHER_NAME,
    EMAIL,
    OTHER_EMAIL,
    TELEPHONE,
    FUNCTION,
    "Quux",
    "a-secret-path",
];

/// The person in every place that keeps something of theirs: a token's name, a letter of each state.
struct PlantedPerson {
    token: String,
    id: String,
}

async fn plant(world: &World, served: &ServingProcess) -> PlantedPerson {
    let (id, token) = world
        .known_person(Role::FocalPoint, Some("FIN"), NAME, EMAIL)
        .await;
    let all = json!({"telephone": TELEPHONE, "function": FUNCTION});
    call(served, Method::PATCH, "/v1/me", &token)
        .json(&all)
        .expect(200)
        .await;
    // Somebody else is to have the same address, which is refused.
    let (other, _) = world
        .known_person(Role::FocalPoint, Some("SWE"), "Bo", "bo@example.org")
        .await;
    let taken = json!({"email": EMAIL});
    let administrator = world.token(Role::Administrator, None).await;
    let other = format!("/v1/persons/{other}");
    call(served, Method::PATCH, &other, &administrator)
        .json(&taken)
        .problem(409, "address_taken")
        .await;
    PlantedPerson { token, id }
}

fn call(served: &ServingProcess, method: Method, path: &str, token: &str) -> Call {
    Call::new(
        &crate::support::http(),
        method,
        &format!("{}{path}", served.url),
    )
    .token(token)
}

async fn write(world: &World, person: &str) -> String {
    let args = json!({"path": "/in/a-secret-path", "party": FUNCTION});
    let new = NewLetter {
        person: person.parse().unwrap(),
        kind: LetterKind::Invitation,
        about: None,
        args: args.as_object().unwrap().clone(),
        valid_for: None,
    };
    let services = &world.server.services;
    let id = services.outbox.enqueue(services.log().pool(), &new).await;
    id.unwrap().to_string()
}

async fn until_state(world: &World, letter: &str, state: &str) -> Value {
    for _ in 0..1000 {
        let path = format!("/v1/letters/{letter}");
        let read = world.get(&path).token(&world.officer).expect(200).await;
        if read["state"] == state {
            return read;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("{letter} is never {state}");
}

#[tokio::test]
async fn nothing_is_left_of_a_person_who_was_erased() {
    let server = Smtp::with(|to, times| match (to, times) {
        (EMAIL, 0) => DeliveryOutcome::Accepted,
        (EMAIL, 1) => DeliveryOutcome::Refused(
            550,
            "5.1.1 no Xænthippé Quuxwright-Þorn at xaenthippe.quuxwright@erase-me.example",
        ),
        (EMAIL, _) => {
            DeliveryOutcome::Refused(451, "4.2.1 xaenthippe.quuxwright@erase-me.example is busy")
        }
        _ => DeliveryOutcome::Refused(451, "4.2.1 zyqqyx@erase-me-too.example is busy"),
    })
    .await;
    let database = Database::new().await;
    let smtp = format!("smtp://{}", server.address);
    let settings = [
        ("RAPPORTEUR_SMTP_URL", smtp.as_str()),
        ("RAPPORTEUR_MAIL_FROM", "rapporteur@example.org"),
        ("RAPPORTEUR_PUBLIC_URL", "https://rapporteur.example.org"),
    ];
    let served = ServingProcess::start(&database, &settings);
    let world = World::on(database).await;
    let planted = plant(&world, &served).await;
    let mut letters = Vec::new();
    for state in ["sent", "failed"] {
        let letter = write(&world, &planted.id).await;
        until_state(&world, &letter, state).await;
        letters.push(letter);
    }
    letters.push(write(&world, &planted.id).await);
    // The planner's statistics are a table too, and hold samples of the columns that it keeps them of.
    let pool = PgPool::connect_with(superuser(&world.database.name).await);
    let pool = pool.await.unwrap();
    sqlx::raw_sql("analyze").execute(&pool).await.unwrap();
    let before = dump(&world.database).await;
    let planted_words = [NAME, EMAIL, TELEPHONE, FUNCTION, "Quux"];
    assert_eq!(traces(&before, &planted_words), planted_words);
    // Links are sealed while they wait.
    let has_link = |dump: &str| dump.contains("/in/sealed.");
    assert!(has_link(&before) && traces(&before, &["a-secret-path"]).is_empty());

    // A correction leaves nothing of what was there before; then everything goes.
    let other = json!({"name": OTHER_NAME, "email": OTHER_EMAIL});
    let administrator = world.token(Role::Administrator, None).await;
    let person = format!("/v1/persons/{}", planted.id);
    call(&served, Method::PATCH, &person, &administrator)
        .json(&other)
        .expect(200)
        .await;
    call(&served, Method::DELETE, "/v1/me", &planted.token)
        .expect(204)
        .await;

    let after = dump(&world.database).await;
    assert_eq!(traces(&after, &WORDS), [""; 0]);
    assert!(!has_link(&after));
    assert!(after.contains(&planted.id), "the id stays");
    let statistics = "select string_agg(s::text, ' ') from pg_statistic s";
    let statistics: String = sqlx::query_scalar(statistics)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(
        statistics.contains(&planted.id),
        "there are samples of these tables"
    );
    assert_eq!(traces(&statistics, &WORDS), [""; 0]);
    let log = served.said();
    assert!(
        log.contains(&letters[0]),
        "the log says of letters what became of them"
    );
    assert_eq!(traces(&log, &WORDS), [""; 0]);
    assert_eq!(traces(&postgres_log(), &WORDS), [""; 0]);

    assert_eq!(
        until_state(&world, &letters[0], "sent").await["to"]["email"],
        Value::Null
    );
    for letter in &letters[1..] {
        let letter = until_state(&world, letter, "failed").await;
        assert_eq!(letter["why"]["code"], "erased");
        let retry = world.post(&format!(
            "/v1/letters/{}/retry",
            letter["id"].as_str().unwrap()
        ));
        retry
            .token(&world.officer)
            .problem(409, "letter_not_retried")
            .await;
    }
}

/// What the tests' PostgreSQL has written into its own log.
fn postgres_log() -> String {
    let folder = std::env::temp_dir().join(format!("rapporteur-tests-{}", std::process::id()));
    let mut logs = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(path).unwrap();
            logs.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    assert!(
        logs.contains("ready to accept connections"),
        "the log is found"
    );
    logs
}
