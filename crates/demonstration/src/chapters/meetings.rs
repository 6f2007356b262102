//! Meetings and documents, as several chapters have them.

use serde_json::{Value, json};

use super::{Stage, both};

/// Experts on forty seats, in proportion to the Commission: a State of each regional group sends those of its group. Who came
/// is made up.
const EXPERTS: [(&str, u16); 5] = [("KEN", 12), ("THA", 9), ("BRA", 8), ("ROU", 4), ("FIN", 7)];

/// A meeting.
pub struct Meeting {
    /// What it is called in keys.
    pub key: String,
    /// Its id.
    pub id: String,
    days: [String; 2],
}

impl Meeting {
    /// Convenes it: `more` is what else there is to say of it.
    pub async fn convene(
        stage: &Stage<'_>,
        key: &str,
        kind: &str,
        title: Value,
        days: [impl ToString; 2],
        more: Value,
    ) -> anyhow::Result<Self> {
        let days = days.map(|day| day.to_string());
        let mut new =
            json!({"kind": kind, "title": title, "starts_on": days[0], "ends_on": days[1]});
        if let (Value::Object(new), Value::Object(more)) = (&mut new, more) {
            new.extend(more);
        }
        let convened = format!("demo/{key}/convened");
        let id = stage.make(&convened, "/v1/meetings", &new).await?;
        Ok(Self {
            id,
            key: key.to_owned(),
            days,
        })
    }

    /// Shares forty seats out.
    pub async fn seats(&self, stage: &Stage<'_>) -> anyhow::Result<()> {
        let (key, path) = self.step("seats");
        stage.put(&key, &path, &json!({"seats": 40})).await
    }

    /// Records who takes part: experts of States, and observers.
    pub async fn participants(
        &self,
        stage: &Stage<'_>,
        experts: &[(&str, u16)],
        observers: &[(&str, u16)],
    ) -> anyhow::Result<()> {
        let (key, path) = self.step("participants");
        let listed = |list: &[(&str, u16)], capacity: &str| -> Vec<Value> {
            let each = list.iter();
            each.map(|(party, persons)| json!({"party": party, "capacity": capacity, "persons": persons}))
                .collect()
        };
        let all = [listed(experts, "expert"), listed(observers, "observer")].concat();
        let body = json!({"participants": all});
        stage.put(&key, &path, &body).await
    }

    /// Experts come in proportion to the Commission, and observers; it is held.
    pub async fn held_with_experts(&self, stage: &Stage<'_>) -> anyhow::Result<()> {
        self.seats(stage).await?;
        let observers = [("SAMPLE-INSTITUTE", 2), ("SAMPLE-NGO", 1)];
        self.participants(stage, &EXPERTS, &observers).await?;
        self.held(stage).await
    }

    /// It took place, on the days for which it was convened.
    pub async fn held(&self, stage: &Stage<'_>) -> anyhow::Result<()> {
        let body = json!({"starts_on": self.days[0], "ends_on": self.days[1]});
        self.post(stage, "holding", &body).await
    }

    /// Records something of it.
    pub async fn post(&self, stage: &Stage<'_>, what: &str, body: &Value) -> anyhow::Result<()> {
        let (key, path) = self.step(what);
        stage.post(&key, &path, body).await
    }

    /// Records a document of it, and how it is linked.
    pub async fn document(
        &self,
        stage: &Stage<'_>,
        document: Document<'_>,
        how: &str,
    ) -> anyhow::Result<()> {
        let Document {
            symbol,
            date,
            en,
            fr,
        } = document;
        let new = json!({"symbol": symbol, "title": both(en, fr), "kind": "report", "date": date});
        let key = format!("demo/document/{symbol}");
        let id = stage.make(&key, "/v1/documents", &new).await?;
        let link = json!({"to": {"meeting": self.id}, "as": how});
        let (key, path) = (format!("{key}/link"), format!("/v1/documents/{id}/links"));
        stage.post(&key, &path, &link).await
    }

    fn step(&self, what: &str) -> (String, String) {
        let key = format!("demo/{}/{what}", self.key);
        (key, format!("/v1/meetings/{}/{what}", self.id))
    }
}

/// A document to record.
pub struct Document<'a> {
    /// Its symbol.
    pub symbol: &'a str,
    /// The day that it bears.
    pub date: &'a str,
    /// Its title in English.
    pub en: &'a str,
    /// And in French.
    pub fr: &'a str,
}
