//! Replies in every state: a draft, one of which something is asked, one accepted, one that is being amended, one taken
//! back, one entered from paper, one of another source. And a translation of what somebody typed.

use anyhow::Context;
use jiff::ToSpan;
use serde_json::{Value, json};

use super::super::assisted::needs::new_need;
use super::super::replying::Reply;
use super::super::{Stage, said};

pub async fn play(stage: &Stage<'_>, collection: &str) -> anyhow::Result<()> {
    let draft = begun(stage, collection, "NOR").await?;
    save(&draft, "in_part").await?;
    let need = new_need(
        "training_and_seminars",
        "[Made up] Training of probation officers.",
    );
    draft.post("needs", &need).await?;

    let asked = submitted(stage, collection, "KEN").await?;
    let question =
        json!({"question": "D1", "text": "[Made up] Which provinces are meant?", "lang": "en"});
    asked.officer(stage, "clarifications", &question).await?;
    translate(stage, &asked).await?;

    let accepted = submitted(stage, collection, "BRA").await?;
    // Asked about, corrected, submitted anew, and so accepted.
    let question = json!({"question": "A1", "text": "[Made up] In all provinces?", "lang": "en"});
    accepted.officer(stage, "clarifications", &question).await?;
    save(&accepted, "in_part").await?;
    accepted.resubmit().await?;
    accepted.officer(stage, "acceptance", &json!({})).await?;

    let amended = submitted(stage, collection, "JPN").await?;
    amended.post("amendment", &json!({})).await?;
    save(&amended, "no").await?;

    let withdrawn = submitted(stage, collection, "ROU").await?;
    let reason = said("[Made up] Another ministry is to reply.", "en");
    withdrawn
        .post("withdrawal", &json!({"reason": reason}))
        .await?;

    entered(stage, collection).await?;
    submitted(stage, collection, "SAMPLE-NGO").await?;
    Ok(())
}

async fn begun<'a>(stage: &Stage<'a>, collection: &str, code: &str) -> anyhow::Result<Reply<'a>> {
    Reply::begin(stage, "demo/open", collection, code).await
}

async fn submitted<'a>(
    stage: &Stage<'a>,
    collection: &str,
    code: &str,
) -> anyhow::Result<Reply<'a>> {
    let reply = begun(stage, collection, code).await?;
    save(&reply, "yes").await?;
    reply.post("submission", &json!({})).await?;
    Ok(reply)
}

async fn save(reply: &Reply<'_>, law: &str) -> anyhow::Result<()> {
    reply.save(law, &answers(law)).await
}

fn answers(law: &str) -> Value {
    json!({"A1": {"value": law}, "T1": {"value": ["training", "legislation"]},
           "D1": {"value": said("[Made up] There are courts in some provinces only.", "en")}})
}

/// What Kenya typed, in French, by the Secretariat.
async fn translate(stage: &Stage<'_>, reply: &Reply<'_>) -> anyhow::Result<()> {
    let officer = stage.officer;
    let held: Value = officer.get(&format!("{}/answers", reply.path)).await?;
    let content = held["answers"]["D1"]["value"]["content"].as_str();
    let content = content.context("the answer to D1 names no content")?;
    let path = format!("/v1/contents/{content}/translations/fr");
    let body = json!({"text": "[Inventé] Il n’y a de tribunaux que dans certaines provinces.", "by": "secretariat"});
    stage.put("demo/open/translation", &path, &body).await
}

/// What Egypt sent on paper, entered by the Secretariat.
async fn entered(stage: &Stage<'_>, collection: &str) -> anyhow::Result<()> {
    let received_on = stage.began.checked_sub(2.days())?;
    let source = json!({"kind": "paper", "reference": "SAMPLE/NV/1", "received_on": received_on});
    let entry = json!({"collection": collection, "party": "EGY", "source": source});
    let id = stage.make("demo/open/EGY", "/v1/replies", &entry).await?;
    let path = format!("/v1/replies/{id}");
    let body = json!({"answers": answers("in_part")});
    stage
        .officer
        .patch("demo/open/EGY/answers", &format!("{path}/answers"), &body)
        .await?;
    stage
        .post(
            "demo/open/EGY/submission",
            &format!("{path}/submission"),
            &json!({}),
        )
        .await
}
