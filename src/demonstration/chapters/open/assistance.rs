//! Assistance that waits: a need that nobody has confirmed, a request that nobody has decided, a project without money, a
//! pledge that has not come, a model law under review.

use serde_json::json;

use super::super::assisted::{need, pledge, propose, request};
use super::super::{Stage, both};

/// On which all this was recorded.
const DAY: &str = "2011-06-01";

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    need(
        stage,
        "EGY",
        "equipment",
        "[Made up] Computers for registers.",
    )
    .await?;
    let asked_for = need(
        stage,
        "BRA",
        "research_and_data",
        "[Made up] A common register.",
    )
    .await?;
    request(stage, "BRA", &asked_for, DAY).await?;

    let title = both(
        "Sample project without money: a common register (made up)",
        "Exemple de projet sans fonds : un registre commun (inventé)",
    );
    let plan = json!({"title": title, "needs": [asked_for], "budget": [{"amount": "90000", "currency": "CHF"}]});
    let project = propose(stage, "register", &plan, DAY).await?;
    let officer = stage.officer;
    officer
        .put(
            "demo/project/register/resources",
            &format!("/v1/projects/{project}/resources"),
            &json!({"resources": "sought", "on": DAY}),
        )
        .await?;
    let money = json!({"money": {"amount": "15000", "currency": "CHF"}});
    pledge(stage, "CHE", &json!({"office": true}), &money, DAY).await?;

    let title = both(
        "Sample model law on juvenile justice (made up)",
        "Exemple de loi type sur la justice pour mineurs (inventé)",
    );
    let law =
        json!({"kind": "model_law", "title": title, "standards": ["beijing-rules"], "on": DAY});
    officer
        .make("demo/material/model-law", "/v1/materials", &law)
        .await?;
    Ok(())
}
