//! A collection that is open past its deadline: parties that are overdue, one that was given more time, reminders.

use jiff::ToSpan;
use serde_json::json;

use super::super::category_one::APPROVED;
use super::super::collected::made_up;
use super::super::{Stage, both, said, until};

/// Who is asked: States, and another source.
const ASKED: [&str; 10] = [
    "NOR",
    "KEN",
    "BRA",
    "JPN",
    "ROU",
    "EGY",
    "CAN",
    "MEX",
    "PER",
    "SAMPLE-NGO",
];
/// Whose focal points are named, so that they can be reminded: code and language.
const NAMED: [(&str, &str); 3] = [("CAN", "fr"), ("MEX", "es"), ("PER", "es")];

/// Opens it; answers its id.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<String> {
    let title = both(
        "Sample: a second round on category I, open past its deadline (made-up answers)",
        "Exemple : un second tour sur la catégorie I, ouvert après son échéance (réponses inventées)",
    );
    let days = |days: i64| stage.began.checked_add(days.days());
    let opening = json!({"instrument": stage.category_one()?.instrument, "revision": APPROVED, "title": title,
                         "reference": "SAMPLE/OPEN/2", "opened_on": days(-90)?, "deadline": until(days(-1)?),
                         "basis": "consenting", "notices": [made_up()], "invited": {"parties": ASKED}});
    let key = "demo/open/collection";
    let id = stage.make(key, "/v1/collections", &opening).await?;
    let path = format!("/v1/collections/{id}");
    let reason = said("[Made up] It asked for more time.", "en");
    let extension = json!({"deadline": until(days(30)?), "parties": ["CAN"], "reason": reason});
    stage
        .post(
            "demo/open/collection/extension",
            &format!("{path}/extension"),
            &extension,
        )
        .await?;
    for (code, language) in NAMED {
        // An address at which nobody ever reads: no letter of the demonstration reaches anybody.
        let person = json!({"name": format!("Sample focal point of {code} (made up)"),
                            "email": format!("{}@demonstration.invalid", code.to_lowercase()), "language": language});
        let key = format!("demo/open/person/{code}");
        let person = stage.make(&key, "/v1/persons", &person).await?;
        let office = format!("{path}/parties/{code}/focal-point");
        stage
            .put(&format!("{key}/named"), &office, &json!({"person": person}))
            .await?;
    }
    Ok(id)
}

/// Reminds whoever has not replied.
pub async fn remind(stage: &Stage<'_>, collection: &str) -> anyhow::Result<()> {
    let path = format!("/v1/collections/{collection}/reminders");
    stage
        .post("demo/open/collection/reminders", &path, &json!({}))
        .await
}
