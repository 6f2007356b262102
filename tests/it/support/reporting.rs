//! Reports, as tests need them.

use serde_json::{Value, json};

use super::World;

/// The headings without which no report is published.
const NEEDED: [&str; 4] = ["application", "difficulties", "assistance", "practices"];

impl World {
    /// Convenes a session of the Commission; answers its id.
    pub async fn session(&self, number: u16) -> String {
        let title = json!({"en": format!("Session {number}")});
        let new = json!({"kind": "commission_session", "title": title, "session": number,
                         "starts_on": "2006-04-24", "ends_on": "2006-04-28"});
        let convened = self.post("/v1/meetings").token(&self.officer).json(&new);
        let convened = convened.expect(201).await;
        convened["id"].as_str().unwrap().to_owned()
    }

    /// Begins a report to session 15; answers its path.
    pub async fn report(&self, collections: &[&str], instruments: &[&str]) -> String {
        let new = json!({"title": {"en": "Report", "fr": "Rapport"}, "session": 15,
                         "collections": collections, "instruments": instruments});
        let begun = self.post("/v1/reports").token(&self.officer).json(&new);
        begun.send().await.header("location").to_owned()
    }

    /// Drafts a narrative of a report.
    pub async fn narrative(&self, report: &str, heading: &str, lang: &str, body: &Value) -> Value {
        let path = format!("{report}/narratives/{heading}/{lang}");
        self.put(&path)
            .token(&self.officer)
            .json(body)
            .expect(200)
            .await
    }

    /// A report on an instrument with all that it needs to be published; answers its path.
    pub async fn ready_report(&self, instrument: &str) -> String {
        let report = self.report(&[], &[instrument]).await;
        self.post(&format!("{report}/compilation"))
            .token(&self.officer)
            .expect(200)
            .await;
        for heading in NEEDED {
            self.narrative(&report, heading, "en", &json!({"text": "Words."}))
                .await;
        }
        report
    }

    /// Publishes a report to its session.
    pub async fn publish(&self, report: &str, meeting: &str) -> Value {
        let path = format!("{report}/publication");
        let body = json!({"meeting": meeting, "on": "2006-04-24"});
        self.post(&path)
            .token(&self.officer)
            .json(&body)
            .expect(201)
            .await
    }
}
