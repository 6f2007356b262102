//! Contributions: who gives is a sample organization, since no State gave what is made up here.

use serde_json::{Value, json};

use super::super::{Stage, said};

/// To the meeting of March 2004, and to the Office; what was pledged and did not come.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let meeting = json!({"meeting": stage.category_one()?.meeting});
    let office = || json!({"office": true});
    let money = |amount: &str| json!({"money": {"amount": amount, "currency": "EUR"}});
    let help = json!({"in_kind": {"purpose": "preparing_instruments"}});
    let staff = json!({"staff": {"person_months": "6.5"}});
    let (donor, institute) = ("SAMPLE-IGO", "SAMPLE-INSTITUTE");
    let pledges = [
        ("meeting", donor, &meeting, money("25000"), "2004-01-15"),
        ("instruments", institute, &meeting, help, "2004-01-20"),
        ("staff", donor, &office(), staff, "2004-09-01"),
        (
            "office",
            "SAMPLE-NGO",
            &office(),
            money("40000"),
            "2004-10-01",
        ),
    ];
    for (key, from, to, what, on) in pledges {
        let pledged = pledge(stage, key, from, to, &what, on).await?;
        receive(stage, key, &pledged, on).await?;
    }
    let key = "taken-back";
    let pledged = pledge(stage, key, donor, &office(), &money("10000"), "2005-02-01").await?;
    let reason = said("[Made up] The budget was cut.", "en");
    step(
        stage,
        key,
        &pledged,
        "cancellation",
        &json!({"on": "2005-06-01", "reason": reason}),
    )
    .await
}

/// A party pledges; answers the contribution's id.
pub async fn pledge(
    stage: &Stage<'_>,
    key: &str,
    from: &str,
    to: &Value,
    what: &Value,
    on: &str,
) -> anyhow::Result<String> {
    let earmarked = said("[Made up] For what this sample shows.", "en");
    let body = json!({"from": from, "to": to, "what": what, "earmarked": earmarked, "on": on});
    let key = format!("demo/contribution/{key}");
    stage.make(&key, "/v1/contributions", &body).await
}

/// What was pledged is there.
pub async fn receive(stage: &Stage<'_>, key: &str, id: &str, on: &str) -> anyhow::Result<()> {
    step(stage, key, id, "receipt", &json!({ "on": on })).await
}

async fn step(
    stage: &Stage<'_>,
    key: &str,
    id: &str,
    step: &str,
    body: &Value,
) -> anyhow::Result<()> {
    let key = format!("demo/contribution/{key}/{step}");
    let path = format!("/v1/contributions/{id}/{step}");
    stage.post(&key, &path, body).await
}
