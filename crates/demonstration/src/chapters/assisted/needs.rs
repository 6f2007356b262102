//! Needs and requests: what becomes of each.

use serde_json::{Value, json};

use super::super::{Stage, said};

/// A need, and who has it.
pub struct Need {
    /// The State's code.
    code: &'static str,
    /// What it is called in keys.
    key: String,
    /// Its id.
    pub id: String,
}

/// A need on category I, as the API takes it.
pub fn new_need(kind: &str, text: &str) -> Value {
    json!({"category": "I", "type": kind, "urgency": "high", "description": said(text, "en")})
}

impl Need {
    /// One that a reply indicated.
    pub fn of_reply(code: &'static str, number: usize, id: &str) -> Self {
        Self {
            code,
            key: format!("demo/need/{code}/of-reply/{number}"),
            id: id.to_owned(),
        }
    }

    /// A State indicates it, on its own.
    pub async fn indicate(
        stage: &Stage<'_>,
        code: &'static str,
        kind: &str,
        text: &str,
    ) -> anyhow::Result<Self> {
        let key = format!("demo/need/{code}");
        let state = stage.focal_point(code).await?;
        let id = state.make(&key, "/v1/needs", &new_need(kind, text)).await?;
        Ok(Self { code, key, id })
    }

    /// The Secretariat decides on it.
    pub async fn officer(&self, stage: &Stage<'_>, step: &str, body: Value) -> anyhow::Result<()> {
        let (key, path) = self.step(step);
        stage.post(&key, &path, &body).await
    }

    /// The Secretariat takes it up.
    pub async fn confirm(&self, stage: &Stage<'_>) -> anyhow::Result<()> {
        self.officer(stage, "confirmation", json!({})).await
    }

    /// Its State shares it.
    pub async fn share(&self, stage: &Stage<'_>, with: &str) -> anyhow::Result<()> {
        let (key, path) = self.step("sharing");
        let state = stage.focal_point(self.code).await?;
        state.put(&key, &path, &json!({ "with": with })).await?;
        Ok(())
    }

    /// Its State asks for help with it.
    pub async fn request(&self, stage: &Stage<'_>, on: &str) -> anyhow::Result<Request> {
        let text = said("[Made up] We ask for assistance.", "en");
        let body = json!({"needs": [self.id], "text": text, "on": on});
        let key = format!("demo/request/{}", self.code);
        let state = stage.focal_point(self.code).await?;
        let id = state.make(&key, "/v1/requests", &body).await?;
        Ok(Request { key, id })
    }

    fn step(&self, step: &str) -> (String, String) {
        let Self { key, id, .. } = self;
        (format!("{key}/{step}"), format!("/v1/needs/{id}/{step}"))
    }
}

/// A request.
pub struct Request {
    key: String,
    /// Its id.
    pub id: String,
}

impl Request {
    /// The Secretariat accepts or declines it.
    pub async fn decide(&self, stage: &Stage<'_>, how: &str, why: &str) -> anyhow::Result<()> {
        let (key, path) = self.step(how);
        let body = json!({"reason": said(why, "en")});
        stage.post(&key, &path, &body).await
    }

    fn step(&self, step: &str) -> (String, String) {
        let Self { key, id } = self;
        (format!("{key}/{step}"), format!("/v1/requests/{id}/{step}"))
    }
}

/// What is not taken up, and what comes to nothing: one need is merged into another, one declined with its request, one
/// lapses after its State has taken its request back.
pub async fn given_up(stage: &Stage<'_>, courts: &Need) -> anyhow::Result<()> {
    let text = "[Made up] Courts outside of the large towns, as in our reply.";
    let again = Need::indicate(stage, "KEN", "institution_building", text).await?;
    let merged = json!({"into": courts.id});
    again.officer(stage, "merger", merged).await?;

    let text = "[Made up] A building for the ministry.";
    let building = Need::indicate(stage, "PER", "equipment", text).await?;
    let request = building.request(stage, "2006-02-01").await?;
    let why = "[Made up] Buildings are for others to give.";
    request.decide(stage, "declination", why).await?;
    let why = json!({"reason": said(why, "en")});
    building.officer(stage, "declination", why).await?;

    let text = "[Made up] Training on statistics.";
    let training = Need::indicate(stage, "MEX", "research_and_data", text).await?;
    let request = training.request(stage, "2006-03-01").await?;
    let state = stage.focal_point("MEX").await?;
    let (key, path) = request.step("withdrawal");
    state.post(&key, &path, &json!({})).await?;
    let reason = said("[Made up] A university gives it now.", "en");
    let lapsed = json!({"on": "2006-09-01", "reason": reason});
    let (key, path) = training.step("lapse");
    state.post(&key, &path, &lapsed).await?;
    Ok(())
}
