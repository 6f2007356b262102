//! Instruments that wait for something: one that is before the parties, with comments that have no disposition; one that a
//! meeting gave back with remarks; one that is a draft.

use jiff::ToSpan;
use serde_json::json;

use super::super::consulting::{COMMENTS, Consultation};
use super::super::meetings::Meeting;
use super::super::sample::Sample;
use super::super::{Stage, both, said};

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    consulted(stage).await?;
    returned(stage).await?;
    let draft = Sample::for_category("III")?;
    draft
        .draft(stage, "open/draft", "III", "presentation")
        .await?;
    Ok(())
}

/// Forwarded; three have commented, and nothing is decided.
async fn consulted(stage: &Stage<'_>) -> anyhow::Result<()> {
    let sample = Sample::for_category("IV")?;
    let key = "open/consulted";
    let instrument = sample.revise(stage, key, "IV", "presentation").await?;
    let days = [stage.began, stage.began.checked_add(60.days())?];
    let consultation = Consultation::open(stage, key, &instrument, "SAMPLE/OPEN/1", days).await?;
    for comment in &COMMENTS[..3] {
        consultation.comment(stage, comment, &sample).await?;
    }
    Ok(())
}

/// Put before a meeting, which gave it back.
async fn returned(stage: &Stage<'_>) -> anyhow::Result<()> {
    let sample = Sample::for_category("II")?;
    let key = "open/returned";
    let instrument = sample.revise(stage, key, "II", "intersessional").await?;
    let title = both(
        "Sample intersessional meeting that gave an instrument back (made up)",
        "Exemple de réunion intersessions ayant renvoyé un instrument (inventée)",
    );
    let day = stage.began.checked_sub(30.days())?;
    let about = json!({"categories": ["II"]});
    let convened = "open/returned/meeting";
    let kind = "intersessional";
    let meeting = Meeting::convene(stage, convened, kind, title, [day, day], about).await?;
    let path = format!("/v1/instruments/{instrument}/revisions/1");
    let presented = json!({"meeting": meeting.id, "on": day});
    stage
        .post(
            "demo/open/returned/presentation",
            &format!("{path}/presentation"),
            &presented,
        )
        .await?;
    meeting.held(stage).await?;
    let remarks = said(
        "[Made up] The section on difficulties is to be worked out further.",
        "en",
    );
    stage
        .post(
            "demo/open/returned/return",
            &format!("{path}/return"),
            &json!({"on": day, "remarks": remarks}),
        )
        .await
}
