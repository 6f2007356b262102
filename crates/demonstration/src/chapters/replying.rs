//! Replies that a State writes itself.

use serde_json::{Value, json};

use super::{Caller, Stage};

/// A reply, and whoever writes it.
pub struct Reply<'a> {
    key: String,
    /// Where it is.
    pub path: String,
    writer: Caller<'a>,
}

impl<'a> Reply<'a> {
    /// A party begins its reply to a collection. The keys of all that becomes of it begin with `key`.
    pub async fn begin(
        stage: &Stage<'a>,
        key: &str,
        collection: &str,
        code: &str,
    ) -> anyhow::Result<Self> {
        let writer = stage.focal_point(code).await?;
        let key = format!("{key}/{code}");
        let path = format!("/v1/collections/{collection}/replies");
        let id = writer.make(&key, &path, &json!({})).await?;
        Ok(Self {
            key,
            path: format!("/v1/replies/{id}"),
            writer,
        })
    }

    /// Saves answers; `what` tells the save from others.
    pub async fn save(&self, what: &str, answers: &Value) -> anyhow::Result<()> {
        let (key, path) = self.step("answers");
        let body = json!({ "answers": answers });
        self.writer
            .patch(&format!("{key}/{what}"), &path, &body)
            .await?;
        Ok(())
    }

    /// Its writer takes a step.
    pub async fn post(&self, what: &str, body: &Value) -> anyhow::Result<()> {
        let (key, path) = self.step(what);
        self.writer.post(&key, &path, body).await?;
        Ok(())
    }

    /// Its writer submits it once more.
    pub async fn resubmit(&self) -> anyhow::Result<()> {
        let (key, path) = self.step("submission");
        let key = format!("{key}/2");
        self.writer.post(&key, &path, &json!({})).await?;
        Ok(())
    }

    /// The officer takes a step.
    pub async fn officer(&self, stage: &Stage<'_>, what: &str, body: &Value) -> anyhow::Result<()> {
        let (key, path) = self.step(what);
        stage.post(&key, &path, body).await
    }

    fn step(&self, what: &str) -> (String, String) {
        (
            format!("{}/{what}", self.key),
            format!("{}/{what}", self.path),
        )
    }
}
