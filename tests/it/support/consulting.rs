//! Instruments that are consulted on, and the meetings that decide on them.

use domain::InstrumentId;
use serde_json::{Value, json};

use super::{World, item_where, questionnaire};

impl World {
    /// An instrument with one revision that nobody approved; answers its path.
    pub async fn revised_instrument(&self, route: &str) -> String {
        let new = json!({"title": {"en": "A sample", "fr": "Un exemple"}, "category": "I", "route": route,
                         "languages": ["en", "fr"]});
        let drafted = self.post("/v1/instruments").token(&self.officer).json(&new);
        let id = drafted.expect(201).await["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/instruments/{id}");
        self.revise(&path, &questionnaire(), json!({})).await;
        path
    }

    /// Saves a draft and freezes it as the next revision; answers its number.
    pub async fn revise(&self, instrument: &str, draft: &Value, body: Value) -> u64 {
        let saved = self.put(&format!("{instrument}/draft"));
        saved.token(&self.officer).json(draft).expect(200).await;
        let revised = self.post(&format!("{instrument}/revisions"));
        let revised = revised.token(&self.officer).json(&body).expect(201).await;
        revised["revision"].as_u64().unwrap()
    }

    /// Forwards the latest revision of an instrument to parties by name; answers the consultation's path.
    pub async fn forward(&self, instrument: &str, revision: u64, parties: &[&str]) -> String {
        let id = instrument.rsplit('/').next().unwrap();
        let opened = self
            .post("/v1/consultations")
            .token(&self.officer)
            .json(&forwarding(id, revision, &json!(parties)))
            .expect(201)
            .await;
        format!("/v1/consultations/{}", opened["id"].as_str().unwrap())
    }

    /// Makes a comment; answers its path.
    pub async fn comment(&self, consultation: &str, token: &str, on: Value, text: &str) -> String {
        let made = self
            .post(&format!("{consultation}/comments"))
            .token(token)
            .json(&json!({"on": on, "lang": "en", "text": text}))
            .expect(201)
            .await;
        format!("/v1/comments/{}", made["id"].as_str().unwrap())
    }

    /// Says what becomes of a comment.
    pub async fn dispose(&self, comment: &str, disposition: &str) -> Value {
        self.post(&format!("{comment}/disposition"))
            .token(&self.officer)
            .json(
                &json!({"disposition": disposition, "reason": {"text": "It is so.", "lang": "en"}}),
            )
            .expect(201)
            .await
    }

    /// An instrument as it is shown to an officer; in the list it stands where it stands by itself.
    pub async fn shown_instrument(&self, instrument: &str) -> Value {
        let shown = self.get(instrument).token(&self.officer).expect(200).await;
        let listed = self.get("/v1/instruments").token(&self.officer);
        let listed = listed.expect(200).await;
        let entry = item_where(&listed["items"], "id", shown["id"].as_str().unwrap());
        assert_eq!(entry["status"], shown["status"]);
        shown
    }

    /// Closes a consultation.
    pub async fn close_consultation(&self, consultation: &str) {
        let closed = self.post(&format!("{consultation}/closure"));
        closed.token(&self.officer).expect(200).await;
    }

    /// Closes a consultation and publishes its comments.
    pub async fn publish_comments(&self, consultation: &str) {
        self.close_consultation(consultation).await;
        let published = self.post(&format!("{consultation}/publication"));
        let published = published.token(&self.officer);
        published
            .json(&json!({"on": "2004-09-01"}))
            .expect(201)
            .await;
    }

    /// A meeting of a kind, by id.
    pub async fn meeting(&self, kind: &str) -> String {
        let numbered = ["commission_session", "congress"].contains(&kind);
        let session = numbered.then_some(16);
        let new = json!({"kind": kind, "title": {"en": "A meeting"}, "starts_on": "2004-10-01",
                         "ends_on": "2004-10-02", "session": session});
        let convened = self.post("/v1/meetings").token(&self.officer).json(&new);
        convened.expect(201).await["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Records a document with this symbol; answers its path.
    pub async fn document(&self, symbol: &str) -> String {
        let new = json!({"symbol": symbol, "title": {"en": "Progress"}, "kind": "report", "date": "2007-02-01"});
        let recorded = self.post("/v1/documents").token(&self.officer).json(&new);
        let id = recorded.expect(201).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        format!("/v1/documents/{id}")
    }
}

impl World {
    /// The path of an instrument's consultation of this round.
    pub fn round(&self, instrument: &str, round: u32) -> String {
        let id: InstrumentId = instrument.rsplit('/').next().unwrap().parse().unwrap();
        let ids = self.server.services.desk.ids();
        format!("/v1/consultations/{}", ids.consultation(id, round))
    }
}

/// A revision to forward, as the API takes it.
pub fn forwarding(instrument: &str, revision: u64, parties: &Value) -> Value {
    json!({"instrument": instrument, "revision": revision, "reference": "CU/2004/52", "opened_on": "2004-05-03",
           "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}, "parties": parties})
}
