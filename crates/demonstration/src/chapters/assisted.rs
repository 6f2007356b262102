//! Paragraphs 4 and 10 to 13: what was given to the meeting of March 2004 and to the Office; needs of States and requests, and
//! what becomes of each; projects and a manual that answer them; how all that stands with its resources. All of it is made up.

pub mod given;
pub mod needs;

use serde_json::{Value, json};

use super::{Stage, both, said};
use needs::Need;

/// Plays it.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let meeting = format!("/v1/meetings/{}", stage.category_one()?.meeting);
    let key = "demo/meeting/march-2004";
    resources(stage, key, &meeting, ["2003-09-01", "2004-01-15"]).await?;
    given::play(stage).await?;

    let of_kenya = &stage.collected()?.needs;
    let law = Need::of_reply("KEN", 1, &of_kenya[0]);
    let courts = Need::of_reply("KEN", 2, &of_kenya[1]);
    let text = "[Made up] Training of judges.";
    let judges = Need::indicate(stage, "THA", "training_and_seminars", text).await?;
    for (need, with) in [(&law, "all"), (&judges, "donors")] {
        need.confirm(stage).await?;
        need.share(stage, with).await?;
    }
    courts.confirm(stage).await?;
    needs::given_up(stage, &courts).await?;

    let request = law.request(stage, "2006-05-15").await?;
    let why = "[Made up] A donor was found.";
    request.decide(stage, "acceptance", why).await?;
    manual(stage, &judges).await?;
    projects(stage, &request.id, &law, &judges).await?;
    library(stage).await
}

/// Money was sought, and then there.
async fn resources(
    stage: &Stage<'_>,
    key: &str,
    path: &str,
    days: [&str; 2],
) -> anyhow::Result<()> {
    let [sought, secured] = days;
    for (state, on) in [("sought", sought), ("secured", secured)] {
        resource(stage, key, path, state, on).await?;
    }
    Ok(())
}

/// Records how something stands with the resources that it is subject to.
pub async fn resource(
    stage: &Stage<'_>,
    key: &str,
    path: &str,
    state: &str,
    on: &str,
) -> anyhow::Result<()> {
    let key = format!("{key}/resources/{state}");
    let body = json!({"resources": state, "on": on});
    stage.put(&key, &format!("{path}/resources"), &body).await
}

/// One answers the request and is under way; one is for a country after a conflict, is completed, and has met a need.
async fn projects(
    stage: &Stage<'_>,
    request: &str,
    law: &Need,
    judges: &Need,
) -> anyhow::Result<()> {
    let courts = json!({"title": both("Sample project: mobile courts (made up)",
                                      "Exemple de projet : tribunaux itinérants (inventé)"),
                        "requests": [request], "needs": [law.id], "starts_on": "2006-10-01",
                        "budget": [{"amount": "250000", "currency": "EUR"}]});
    let courts = propose(stage, "courts", &courts, "2006-06-01").await?;
    let mut plan = json!({"title": both("Sample project after a conflict: training of judges (made up)",
                                        "Exemple de projet d’après conflit : formation de juges (inventé)"),
                          "requests": [], "replies": stage.collected()?.replies[..2], "needs": [judges.id],
                          "post_conflict": true, "partners": ["SAMPLE-ENTITY"],
                          "budget": [{"amount": "100000", "currency": "USD"}]});
    let after = propose(stage, "training", &plan, "2006-06-01").await?;
    plan["budget"][0]["amount"] = json!("120000");
    let path = format!("/v1/projects/{after}");
    stage
        .put("demo/project/training/plan", &path, &plan)
        .await?;
    for (key, from, project, amount, currency) in [
        ("courts", "SAMPLE-IGO", &courts, "250000", "EUR"),
        ("training", "SAMPLE-NGO", &after, "120000", "USD"),
    ] {
        let what = json!({"money": {"amount": amount, "currency": currency}});
        let (to, on) = (json!({"project": project}), "2006-07-01");
        let path = format!("/v1/projects/{project}");
        let project_key = format!("demo/project/{key}");
        let pledged = given::pledge(stage, key, from, &to, &what, on).await?;
        given::receive(stage, key, &pledged, on).await?;
        resources(stage, &project_key, &path, ["2006-06-01", on]).await?;
    }
    for (key, id, steps) in [
        ("courts", &courts, &STEPS[..2]),
        ("training", &after, &STEPS[..]),
    ] {
        for (step, on) in steps {
            let key = format!("demo/project/{key}/{step}");
            let path = format!("/v1/projects/{id}/{step}");
            stage.post(&key, &path, &json!({"on": on})).await?;
        }
    }
    let note = said("[Made up] Every court has a judge who was trained.", "en");
    let met = json!({"on": "2007-11-01", "project": after, "note": note});
    judges.officer(stage, "fulfilment", met).await
}

const STEPS: [(&str, &str); 3] = [
    ("funding", "2006-08-01"),
    ("start", "2006-10-01"),
    ("completion", "2007-10-01"),
];

/// A project is proposed; answers its id.
pub async fn propose(
    stage: &Stage<'_>,
    key: &str,
    plan: &Value,
    on: &str,
) -> anyhow::Result<String> {
    let body = json!({"plan": plan, "on": on});
    let key = format!("demo/project/{key}");
    stage.make(&key, "/v1/projects", &body).await
}

/// One for which there was no money.
async fn library(stage: &Stage<'_>) -> anyhow::Result<()> {
    let title = both(
        "Sample project that was given up: a library of laws (made up)",
        "Exemple de projet abandonné : une bibliothèque de lois (inventé)",
    );
    let plan = json!({"title": title, "budget": [{"amount": "30000", "currency": "CHF"}]});
    let id = propose(stage, "library", &plan, "2006-06-01").await?;
    let (key, path) = ("demo/project/library", format!("/v1/projects/{id}"));
    resource(stage, key, &path, "sought", "2006-06-01").await?;
    resource(stage, key, &path, "not_available", "2007-02-01").await?;
    let reason = said("[Made up] Nobody gave.", "en");
    let body = json!({"on": "2007-03-01", "reason": reason});
    stage
        .post(
            "demo/project/library/cancellation",
            &format!("{path}/cancellation"),
            &body,
        )
        .await
}

/// Revised and issued; reviewed again, then about another standard as well, and issued again.
async fn manual(stage: &Stage<'_>, need: &Need) -> anyhow::Result<()> {
    let title = both(
        "Sample manual on juvenile justice (made up)",
        "Exemple de manuel sur la justice pour mineurs (inventé)",
    );
    let mut manual = json!({"title": title, "needs": [need.id], "standards": ["beijing-rules", "riyadh-guidelines"]});
    let wider = manual.clone();
    manual["kind"] = json!("manual");
    manual["standards"] = json!(["beijing-rules"]);
    manual["on"] = json!("2005-01-10");
    let id = take_up(stage, "manual", &manual).await?;
    let (key, path) = ("demo/material/manual", format!("/v1/materials/{id}"));
    resources(stage, key, &path, ["2005-01-10", "2005-06-01"]).await?;
    advance(stage, "manual", &id, "revision", "2006-09-01").await?;
    advance(stage, "manual", &id, "issue", "2006-12-01").await?;
    advance(stage, "manual", &id, "review", "2008-01-10").await?;
    let key = format!("{key}/wider");
    stage.put(&key, &path, &wider).await?;
    advance(stage, "manual", &id, "revision", "2008-06-01").await?;
    advance(stage, "manual", &id, "issue", "2008-09-01").await
}

/// A material is put under review; answers its id.
pub async fn take_up(stage: &Stage<'_>, key: &str, material: &Value) -> anyhow::Result<String> {
    let key = format!("demo/material/{key}");
    stage.make(&key, "/v1/materials", material).await
}

/// A material goes on to where it stands next.
pub async fn advance(
    stage: &Stage<'_>,
    key: &str,
    id: &str,
    step: &str,
    on: &str,
) -> anyhow::Result<()> {
    let key = format!("demo/material/{key}/{step}/{on}");
    let path = format!("/v1/materials/{id}/{step}");
    stage.post(&key, &path, &json!({ "on": on })).await
}
