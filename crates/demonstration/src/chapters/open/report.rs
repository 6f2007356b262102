//! A report that is begun and compiled, and not published. It is the last of the play.

use serde::Deserialize;
use serde_json::json;

use super::super::{Caller, Stage, both};
use crate::client::ClientError;
use crate::received::Page;

/// The session to which replies to the note verbale of 2011 go.
const SESSION: u16 = 21;

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let played = stage.note_verbale()?;
    let title = both(
        "Sample report on the treatment of prisoners (made up)",
        "Exemple de rapport sur le traitement des détenus (inventé)",
    );
    let new = json!({"title": title, "session": SESSION, "collections": [played.collection],
                     "instruments": [played.instrument]});
    let key = "demo/open/report";
    let id = stage.make(key, "/v1/reports", &new).await?;
    let path = format!("/v1/reports/{id}");
    let text =
        json!({"text": "[Made up] Most of the States that replied give effect to the rules."});
    stage
        .put(
            "demo/open/report/narrative",
            &format!("{path}/narratives/application/en"),
            &text,
        )
        .await?;
    stage
        .post(
            "demo/open/report/compilation",
            &format!("{path}/compilation"),
            &json!({}),
        )
        .await
}

#[derive(Deserialize)]
struct ReportItem {
    session: u16,
    compiled: Option<u64>,
}

/// Whether it is compiled. One that somebody else compiles for that session before all is played would be taken for it:
/// nobody can, for the demonstration serves nobody else until then.
pub async fn is_compiled(officer: &Caller<'_>) -> Result<bool, ClientError> {
    let mut path = "/v1/reports?limit=500".to_owned();
    loop {
        let page: Page<ReportItem> = officer.get(&path).await?;
        let mut items = page.items.iter();
        if items.any(|item| item.session == SESSION && item.compiled.is_some()) {
            return Ok(true);
        }
        match page.next {
            Some(cursor) => path = format!("/v1/reports?limit=500&cursor={cursor}"),
            None => return Ok(false),
        }
    }
}
