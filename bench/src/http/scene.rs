//! What there is to read and write: Member States that are invited to collections of a questionnaire of sixty questions.

use std::net::SocketAddr;

use access::{NewToken, Principal, Role};
use anyhow::Context;
use domain::PartyId;
use hyper::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;

use crate::http::client::{Asked, Connection};

/// A long questionnaire.
pub const QUESTIONS: usize = 60;

/// A Member State's focal point.
#[derive(Clone, Debug)]
pub struct FocalPoint {
    pub token: String,
}

/// A server with reference data, an approved questionnaire, and a focal point for each Member State.
pub struct Scene {
    pub address: SocketAddr,
    pub officer: String,
    pub instrument: String,
    pub focal_points: Vec<FocalPoint>,
}

impl Scene {
    /// Sets it on a server whose database these options reach as its owner.
    pub async fn set(address: SocketAddr, owner: PgConnectOptions) -> anyhow::Result<Self> {
        Self::asking(address, owner, &sixty_questions()).await
    }

    /// The same, of another questionnaire.
    pub async fn asking(
        address: SocketAddr,
        owner: PgConnectOptions,
        questionnaire: &Value,
    ) -> anyhow::Result<Self> {
        let pool = PgPool::connect_with(owner).await?;
        let officer = token(&pool, Role::Officer, None).await?;
        let mut connection = Connection::open(address).await?;
        let states = Asked::get("/v1/parties?kind=member_state&limit=500");
        let states = connection.json(&states).await?;
        let states = states["items"].as_array().context("there are no parties")?;
        let mut focal_points = Vec::new();
        for state in states {
            let code = state["code"].as_str().context("a party has no code")?;
            let token = token(&pool, Role::FocalPoint, Some(code)).await?;
            focal_points.push(FocalPoint { token });
        }
        pool.close().await;
        let instrument = instrument(&mut connection, &officer, questionnaire).await?;
        Ok(Self {
            address,
            officer,
            instrument,
            focal_points,
        })
    }

    /// Opens a collection to which every Member State is invited.
    pub async fn collection(&self) -> anyhow::Result<String> {
        let opening = json!({
            "instrument": self.instrument, "revision": 1, "title": {"en": "A measured collection"},
            "reference": "CU/2011/26", "opened_on": "2011-03-08",
            "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"},
            "invited": {"kinds": ["member_state"]}, "basis": "all",
        });
        let mut connection = Connection::open(self.address).await?;
        let open = Asked::write(Method::POST, "/v1/collections", &opening, 201);
        id(&connection.json(&open.with(&self.officer)).await?)
    }
}

/// Begins a reply: answers its id.
pub async fn begin(
    connection: &mut Connection,
    collection: &str,
    token: &str,
) -> anyhow::Result<String> {
    let path = format!("/v1/collections/{collection}/replies");
    let begin = Asked::write(Method::POST, path, &Value::Null, 201);
    id(&connection.json(&begin.with(token)).await?)
}

/// A reply by its collection's page, which begins it where nobody did: answers its id.
pub async fn begun(
    connection: &mut Connection,
    collection: &str,
    token: &str,
) -> anyhow::Result<String> {
    let begin = Asked::form(format!("/collections/{collection}/reply"), "key=begin", 303);
    let location = connection.location(&begin.with(token)).await?;
    let reply = location.strip_prefix("/replies/");
    Ok(reply.context("no reply is begun")?.to_owned())
}

/// The request that answers all questions at once.
pub fn all_answers(reply: &str, token: &str, turn: usize) -> Asked {
    let answers =
        (0..QUESTIONS).map(|number| (code(number), json!({"value": value(number + turn)})));
    let answers: serde_json::Map<String, Value> = answers.collect();
    let path = format!("/v1/replies/{reply}/answers");
    Asked::write(Method::PATCH, path, &json!({ "answers": answers }), 200).with(token)
}

/// The request that changes one answer, as a form does that saves while it is being filled in.
pub fn one_answer(reply: &str, token: &str, turn: usize) -> Asked {
    let path = format!("/v1/replies/{reply}/answers/{}", code(turn % QUESTIONS));
    // Another value than the last one, from the first turn on.
    let answer = json!({"value": value(turn / QUESTIONS + turn + 1)});
    Asked::write(Method::PUT, path, &answer, 200).with(token)
}

/// The request that submits.
pub fn submission(reply: &str, token: &str) -> Asked {
    let path = format!("/v1/replies/{reply}/submission");
    Asked::write(Method::POST, path, &Value::Null, 201).with(token)
}

/// A question's code.
pub fn code(number: usize) -> String {
    format!("Q{number}")
}

/// An answer, another one each turn.
pub fn value(turn: usize) -> &'static str {
    ["yes", "in_part", "no"][turn % 3]
}

fn id(answer: &Value) -> anyhow::Result<String> {
    let id = answer["id"].as_str();
    Ok(id.context("the answer has no id")?.to_owned())
}

async fn token(pool: &PgPool, role: Role, party: Option<&str>) -> anyhow::Result<String> {
    let principal = Principal {
        id: clock::new_id(),
        role,
        party: party.map(PartyId::from_code),
    };
    let name = "a measurement".to_owned();
    let minted = access::mint(pool, &NewToken { principal, name }).await?;
    Ok(minted.token)
}

/// Sixty questions of one choice.
fn sixty_questions() -> Value {
    let questions = (0..QUESTIONS).map(|number| {
        json!({"code": code(number), "heading": "application", "type": "one_choice", "scale": "yes_in_part_no",
               "text": {"en": format!("Question {number}")}})
    });
    let questions: Vec<Value> = questions.collect();
    json!({"title": {"en": "A measured sample"},
        "sections": [{"code": "A", "title": {"en": "Application"}, "questions": questions}]})
}

/// An instrument of which nothing is drafted yet.
pub async fn drafted(connection: &mut Connection, officer: &str) -> anyhow::Result<String> {
    let draft = json!({"title": {"en": "A measured sample"}, "category": "I", "route": "intersessional", "languages": ["en"]});
    let draft = Asked::write(Method::POST, "/v1/instruments", &draft, 201);
    id(&connection.json(&draft.with(officer)).await?)
}

/// An instrument whose first revision, with this questionnaire, is approved.
pub async fn instrument(
    connection: &mut Connection,
    officer: &str,
    content: &Value,
) -> anyhow::Result<String> {
    let instrument = drafted(connection, officer).await?;
    let path = format!("/v1/instruments/{instrument}");
    let approval = json!({"meeting": "Intersessional meeting", "decision": "A decision", "date": "2011-02-01"});
    for step in [
        Asked::write(Method::PUT, format!("{path}/draft"), content, 200),
        Asked::write(Method::POST, format!("{path}/revisions"), &Value::Null, 201),
        Asked::write(
            Method::POST,
            format!("{path}/revisions/1/approval"),
            &approval,
            201,
        ),
    ] {
        connection.send(&step.with(officer)).await?;
    }
    Ok(instrument)
}
