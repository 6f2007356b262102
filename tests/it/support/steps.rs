//! What tests of the API do often, said shortly.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions};

use super::World;

impl World {
    /// The log's head position.
    pub async fn head(&self) -> u64 {
        let feed = self
            .get("/v1/events?limit=1")
            .token(&self.officer)
            .expect(200);
        feed.await["head"].as_u64().unwrap()
    }

    /// The events after a position, all of them, as the log has them: the feed withholds what is its party's alone.
    pub async fn events_after(&self, after: u64) -> Vec<Value> {
        let all = format!(
            "select coalesce(json_agg(envelope::json order by position), '[]')::text from log.event where position > {after}"
        );
        serde_json::from_str(&self.sql(&all).await).unwrap()
    }

    /// Participation in a collection; `asked` is the query.
    pub async fn participation(&self, collection: &str, asked: &str) -> Value {
        self.get(&format!(
            "/v1/collections/{collection}/participation?{asked}"
        ))
        .expect(200)
        .await
    }

    /// A tally, as an officer sees it; `asked` is the query.
    pub async fn tally(&self, collection: &str, asked: &str) -> Value {
        self.get(&format!("/v1/collections/{collection}/tallies?{asked}"))
            .token(&self.officer)
            .expect(200)
            .await
    }

    /// Registers a party of some kind that is no State.
    pub async fn register(&self, code: &str, kind: &str) {
        self.post("/v1/parties")
            .token(&self.officer)
            .json(&json!({"code": code, "kind": kind, "names": {"en": format!("Party {code}")}}))
            .expect(201)
            .await;
    }

    /// Opens a collection of an approved instrument until this deadline (a date in Vienna).
    pub async fn open(&self, instrument: &str, deadline: &str, invited: &Value) -> String {
        let opened = self
            .post("/v1/collections")
            .token(&self.officer)
            .json(&opening(instrument, deadline, invited))
            .expect(201)
            .await;
        opened["id"].as_str().unwrap().to_owned()
    }

    /// Admits a contributor to sections of its party's reply.
    pub async fn admit(&self, collection: &str, party: &str, person: &str, sections: &[&str]) {
        let path = format!("/v1/collections/{collection}/parties/{party}/contributors/{person}");
        let call = self.put(&path).token(&self.officer);
        call.json(&json!({ "sections": sections }))
            .expect(200)
            .await;
    }

    /// Closes a collection.
    pub async fn close(&self, collection: &str) {
        self.post(&format!("/v1/collections/{collection}/closure"))
            .token(&self.officer)
            .expect(200)
            .await;
    }

    /// Runs a statement as the owner of the schemas.
    pub async fn run(&self, statement: &str) {
        let mut owner = self.database.owner.connect().await.unwrap();
        let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut owner);
        done.await.unwrap();
    }

    /// How many files are stored, and how many of them are uploads that no event names.
    pub async fn stored_uploads(&self) -> (i64, i64) {
        let mut owner = self.database.owner.connect().await.unwrap();
        sqlx::query_as(
            "select count(*) filter (where media_type = 'application/pdf' or media_type = 'text/plain'),
                    (select count(*) from log.upload) from log.content",
        )
        .fetch_one(&mut owner)
        .await
        .unwrap()
    }

    /// Saves words as the answer to a question; answers their content's id.
    pub async fn words(&self, reply: &str, token: &str, question: &str, text: &str) -> String {
        let path = format!("/v1/replies/{reply}/answers");
        self.put(&format!("{path}/{question}"))
            .token(token)
            .json(&json!({"value": {"text": text, "lang": "en"}}))
            .expect(200)
            .await;
        // From the log: a draft is nobody's but its party's, who is not told of contents.
        let saved = format!(
            "select envelope from log.event where stream = '{reply}' and kind = 'reply_answered' order by position desc limit 1"
        );
        let saved: Value = serde_json::from_str(&self.sql(&saved).await).unwrap();
        let content = &saved["data"]["answers"][0]["text"]["content"];
        content.as_str().unwrap().to_owned()
    }

    /// A reply with the required answer, not yet submitted.
    pub async fn answered(&self, collection: &str, token: &str) -> String {
        let reply = self.reply(collection, token).await;
        self.put(&format!("/v1/replies/{reply}/answers/A1"))
            .token(token)
            .json(&json!({"value": "yes"}))
            .expect(200)
            .await;
        reply
    }
}

/// Waits until something holds, which is to come by itself; a test in which it never does has failed.
pub async fn eventually(what: &str, holds: impl AsyncFn() -> bool) {
    let patience = std::time::Duration::from_secs(60);
    let wait = async {
        while !holds().await {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(patience, wait).await;
    assert!(waited.is_ok(), "it never came about that {what}");
}

/// A collection to open, as the API takes it.
pub fn opening(instrument: &str, deadline: &str, invited: &Value) -> Value {
    json!({"instrument": instrument, "revision": 1, "title": {"en": "A sample collection"}, "reference": "CU/2011/26",
           "opened_on": "2011-03-08", "deadline": {"at": deadline, "time_zone": "Europe/Vienna"}, "invited": invited})
}

/// The element of a list that has this value under this key.
pub fn item_where<'a>(list: &'a Value, key: &str, value: &str) -> &'a Value {
    let list = list.as_array().unwrap();
    list.iter()
        .find(|item| item[key] == value)
        .unwrap_or_else(|| panic!("no {key} {value} in {list:#?}"))
}

/// The codes of a problem's faults, each with its pointer.
pub fn faults(problem: &Value) -> Vec<(&str, &str)> {
    let faults = problem["faults"].as_array().unwrap();
    faults
        .iter()
        .map(|fault| {
            (
                fault["code"].as_str().unwrap(),
                fault["pointer"].as_str().unwrap(),
            )
        })
        .collect()
}

/// The values under a key of each element of a list.
pub fn each<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    let list = list.as_array().unwrap();
    list.iter()
        .map(|item| item[key].as_str().unwrap())
        .collect()
}
