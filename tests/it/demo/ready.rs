//! What a demonstration that is ready answers.

use reqwest::Method;
use serde_json::Value;

use crate::support::Call;

/// A demonstration that is ready.
pub struct Demo {
    client: reqwest::Client,
    ready: Value,
}

impl Demo {
    /// By the line that it prints.
    pub fn from_line(line: &str) -> Self {
        Self {
            client: crate::support::http(),
            ready: serde_json::from_str(line).unwrap(),
        }
    }

    pub fn text(&self, pointer: &str) -> &str {
        self.ready.pointer(pointer).unwrap().as_str().unwrap()
    }

    pub fn officer(&self) -> &str {
        self.text("/tokens/secretariat")
    }

    fn call(&self, method: Method, path: &str) -> Call {
        Call::new(
            &self.client,
            method,
            &format!("{}{path}", self.text("/url")),
        )
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub fn participation(&self, query: &str) -> Call {
        let collection = self.text("/collection");
        self.get(&format!(
            "/v1/collections/{collection}/participation?{query}"
        ))
    }

    pub async fn tally(&self, question: &str) -> Value {
        let collection = self.text("/collection");
        let path = format!("/v1/collections/{collection}/tallies?question={question}");
        self.get(&path).token(self.officer()).expect(200).await
    }

    /// Every event, in order.
    pub async fn events(&self) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let path = format!("/v1/events?limit=1000&after={}", events.len());
            let page = self.get(&path).token(self.officer()).expect(200).await;
            events.extend(page["events"].as_array().unwrap().iter().cloned());
            if page["head"] == events.len() {
                return events;
            }
        }
    }
}
