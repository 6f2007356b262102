//! A meeting that is convened and not held, to which not all the experts that it should have are coming.

use jiff::ToSpan;
use serde_json::json;

use super::super::meetings::Meeting;
use super::super::{Stage, both};

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let title = both(
        "Sample meeting of experts on category IV (made up)",
        "Exemple de réunion d’experts sur la catégorie IV (inventée)",
    );
    let first = stage.began.checked_add(90.days())?;
    let days = [first, first.checked_add(2.days())?];
    let about = json!({"categories": ["IV"], "place": both("Vienna", "Vienne")});
    let key = "open/meeting";
    let meeting = Meeting::convene(stage, key, "expert_group", title, days, about).await?;
    meeting.seats(stage).await?;
    // Of forty: the African and the Eastern European States have yet to name theirs.
    let experts = [("KEN", 3), ("THA", 9), ("BRA", 8), ("FIN", 7)];
    meeting
        .participants(stage, &experts, &[("SAMPLE-NGO", 1)])
        .await
}
