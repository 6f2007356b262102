//! A server on a database of its own, and what tests usually do first.

use access::{self, NewToken, Principal, Role};
use directory::NewPerson;
use domain::{Lang, PartyId};
use rapporteur::http::middleware::client_address::TrustedProxies;
use rapporteur::server::{self, RunningServer, Settings};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Call, Database};

/// A server on a database of its own.
pub struct World {
    pub database: Database,
    pub server: RunningServer,
    /// A token of a Secretariat officer.
    pub officer: String,
    client: reqwest::Client,
}

/// A collection that is open, and what it asks.
pub struct OpenedCollection {
    pub instrument: String,
    pub collection: String,
}

impl World {
    pub async fn new() -> Self {
        Self::on(Database::new().await).await
    }

    /// Another server on a database.
    pub async fn on(database: Database) -> Self {
        let settings = database.settings();
        Self::with(database, settings).await
    }

    /// A server that takes this machine for a proxy whose word on its callers is believed.
    pub async fn behind_a_proxy() -> Self {
        let database = Database::new().await;
        let mut settings = database.settings();
        settings.edge.proxies = TrustedProxies::read(&["127.0.0.1".to_owned()]).unwrap();
        Self::with(database, settings).await
    }

    /// Another server on a database, started otherwise.
    pub async fn with(database: Database, settings: Settings) -> Self {
        super::telling::watch();
        let server = server::start(settings).await.unwrap();
        let mut world = Self {
            database,
            server,
            officer: String::new(),
            client: super::http(),
        };
        world.officer = world.token(Role::Officer, None).await;
        world
    }

    /// A fresh token.
    pub async fn token(&self, role: Role, party: Option<&str>) -> String {
        self.token_of(clock::new_id(), role, party, "a test").await
    }

    /// A person whom the directory knows, by id.
    pub async fn person(&self) -> String {
        let new = NewPerson {
            name: "A person".to_owned(),
            email: format!("{}@example.org", clock::new_id()),
            language: Lang::En,
        };
        let person = self.server.services.directory.find_or_add(&new).await;
        person.unwrap().to_string()
    }

    /// A person whom the directory knows, by id, and their token in a role for a party.
    pub async fn person_as(&self, role: Role, party: &str) -> (String, String) {
        let person = self.person().await;
        let token = self.token_of(person.parse().unwrap(), role, Some(party), "a test");
        let token = token.await;
        (person, token)
    }

    /// Somebody in the directory, by id, and a token of theirs.
    pub async fn known_person(
        &self,
        role: Role,
        party: Option<&str>,
        name: &str,
        email: &str,
    ) -> (String, String) {
        let new = NewPerson {
            name: name.to_owned(),
            email: email.to_owned(),
            language: Lang::En,
        };
        let person = self.server.services.directory.find_or_add(&new).await;
        let person = person.unwrap();
        let token = self.token_of(person.0, role, party, name).await;
        (person.to_string(), token)
    }

    pub async fn token_of(&self, id: Uuid, role: Role, party: Option<&str>, name: &str) -> String {
        let pool = PgPool::connect_with(self.database.owner.clone())
            .await
            .unwrap();
        let principal = Principal {
            id,
            role,
            party: party.map(PartyId::from_code),
        };
        let new = NewToken {
            principal,
            name: name.to_owned(),
        };
        let minted = access::mint(&pool, &new).await.unwrap();
        pool.close().await;
        minted.token
    }

    /// A token of a party's focal point.
    pub async fn focal_point(&self, party: &str) -> String {
        self.token(Role::FocalPoint, Some(party)).await
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address)
    }

    pub fn call(&self, method: Method, path: &str) -> Call {
        Call::new(&self.client, method, &self.url(path))
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    pub fn put(&self, path: &str) -> Call {
        self.call(Method::PUT, path)
    }

    pub fn patch(&self, path: &str) -> Call {
        self.call(Method::PATCH, path)
    }

    pub fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }

    /// An instrument with one approved revision, whose questionnaire is [`questionnaire`].
    pub async fn approved_instrument(&self) -> String {
        self.instrument_that_asks(&questionnaire()).await
    }

    /// An instrument with one approved revision, whose questionnaire is this one.
    pub async fn instrument_that_asks(&self, questionnaire: &Value) -> String {
        let instrument = self
            .post("/v1/instruments")
            .token(&self.officer)
            .json(
                &json!({"title": {"en": "A sample", "fr": "Un exemple"}, "category": "I",
                          "route": "intersessional", "languages": ["en", "fr"]}),
            )
            .expect(201)
            .await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = format!("/v1/instruments/{instrument}");
        self.put(&format!("{path}/draft"))
            .token(&self.officer)
            .json(questionnaire)
            .expect(200)
            .await;
        self.freeze(&instrument).await;
        instrument
    }

    /// Freezes an instrument's draft as its first revision, which is approved.
    pub async fn freeze(&self, instrument: &str) {
        let path = format!("/v1/instruments/{instrument}");
        self.post(&format!("{path}/revisions"))
            .token(&self.officer)
            .expect(201)
            .await;
        self.post(&format!("{path}/revisions/1/approval"))
            .token(&self.officer)
            .json(&json!({"meeting": "Intersessional meeting", "decision": "A sample decision", "date": "2011-02-01"}))
            .expect(201)
            .await;
    }

    /// A collection that is open until far in the future, with these parties invited: `invited` as the API takes it.
    pub async fn collection(&self, invited: Value) -> OpenedCollection {
        let instrument = self.approved_instrument().await;
        let collection = self
            .post("/v1/collections")
            .token(&self.officer)
            .json(&json!({"instrument": instrument, "revision": 1, "title": {"en": "A sample collection"},
                          "reference": "CU/2011/26", "opened_on": "2011-03-08",
                          "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}, "invited": invited}))
            .expect(201)
            .await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        OpenedCollection {
            instrument,
            collection,
        }
    }

    /// Begins a reply; answers its id.
    pub async fn reply(&self, collection: &str, token: &str) -> String {
        let reply = self
            .post(&format!("/v1/collections/{collection}/replies"))
            .token(token)
            .expect(201)
            .await;
        reply["id"].as_str().unwrap().to_owned()
    }

    /// A reply with its required answers, submitted; answers its id.
    pub async fn submitted(&self, collection: &str, token: &str, answers: Value) -> String {
        let reply = self.reply(collection, token).await;
        self.patch(&format!("/v1/replies/{reply}/answers"))
            .token(token)
            .json(&json!({"answers": answers}))
            .expect(200)
            .await;
        self.post(&format!("/v1/replies/{reply}/submission"))
            .token(token)
            .expect(201)
            .await;
        reply
    }
}

/// A small questionnaire with a question of each type. A1 is required.
pub fn questionnaire() -> Value {
    let both = |text: &str| json!({"en": text, "fr": format!("{text} (fr)")});
    json!({"title": both("A sample"), "sections": [
        {"code": "A", "title": both("Application"), "questions": [
            {"code": "A1", "heading": "application", "type": "one_choice", "scale": "yes_in_part_no", "text": both("Is it law?"),
             "required": true, "standards": ["bangkok-rules"]},
            {"code": "A2", "heading": "application", "type": "several_choices", "text": both("Which?"),
             "options": [{"value": "a", "label": both("A")}, {"value": "b", "label": both("B")}, {"value": "none", "label": both("None")}],
             "exclusive": ["none"]},
            {"code": "A3", "heading": "application", "type": "whole_number", "text": both("How many?"), "min": 0, "max": 1000},
            {"code": "A4", "heading": "application", "type": "decimal", "text": both("How much?"), "min": "0", "max": "100", "places": 1},
            {"code": "A5", "heading": "application", "type": "date", "text": both("Since when?")},
            {"code": "A6", "heading": "application", "type": "year", "text": both("In which year?")}]},
        {"code": "D", "title": both("Difficulties"), "questions": [
            {"code": "D1", "heading": "difficulties", "type": "text", "text": both("What is difficult?"), "max_length": 200}]}]})
}
