//! Paragraphs 4 and 10 to 13: what was given to the meeting of March 2004 and to the Office; needs of States, a request, the
//! projects and the manual that answer them. All of it is made up.

use serde_json::{Value, json};

use super::{Stage, both, said};

/// Plays it.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    given(stage).await?;
    let kenya = need(
        stage,
        "KEN",
        "legislation",
        "[Made up] A law on courts for juveniles.",
    )
    .await?;
    let thailand = need(
        stage,
        "THA",
        "training_and_seminars",
        "[Made up] Training of judges.",
    )
    .await?;
    confirm_and_share(stage, "KEN", &kenya, "all").await?;
    confirm_and_share(stage, "THA", &thailand, "donors").await?;
    let request = request(stage, "KEN", &kenya, "2006-05-15").await?;
    let reason = json!({"reason": said("[Made up] A donor was found.", "en")});
    let path = format!("/v1/requests/{request}/acceptance");
    let key = "demo/request/KEN/acceptance";
    stage.officer.post(key, &path, &reason).await?;
    projects(stage, &request, &kenya, &thailand).await?;
    manual(stage, &thailand).await
}

/// To the meeting of March 2004, and to the Office.
async fn given(stage: &Stage<'_>) -> anyhow::Result<()> {
    let meeting = json!({"meeting": stage.category_one()?.meeting});
    let office = || json!({"office": true});
    let money = |amount: &str| json!({"money": {"amount": amount, "currency": "EUR"}});
    let help = json!({"in_kind": {"purpose": "preparing_instruments"}});
    let staff = json!({"staff": {"person_months": "6.5"}});
    let pledges = [
        ("AUT", &meeting, money("25000"), "2004-01-15"),
        ("SAMPLE-INSTITUTE", &meeting, help, "2004-01-20"),
        ("ITA", &office(), staff, "2004-09-01"),
        ("CAN", &office(), money("40000"), "2004-10-01"),
    ];
    for (from, to, what, on) in pledges {
        let pledged = pledge(stage, from, to, &what, on).await?;
        receive(stage, from, &pledged, on).await?;
    }
    Ok(())
}

/// A party pledges; answers the contribution's id.
pub async fn pledge(
    stage: &Stage<'_>,
    from: &str,
    to: &Value,
    what: &Value,
    on: &str,
) -> anyhow::Result<String> {
    let body = json!({"from": from, "to": to, "what": what, "on": on});
    let key = format!("demo/contribution/{from}");
    let officer = stage.officer;
    Ok(officer.make(&key, "/v1/contributions", &body).await?)
}

async fn receive(stage: &Stage<'_>, from: &str, id: &str, on: &str) -> anyhow::Result<()> {
    let key = format!("demo/contribution/{from}/receipt");
    let path = format!("/v1/contributions/{id}/receipt");
    stage.officer.post(&key, &path, &json!({"on": on})).await?;
    Ok(())
}

/// A need on category I, as the API takes it.
pub fn new_need(kind: &str, text: &str) -> Value {
    json!({"category": "I", "type": kind, "urgency": "high", "description": said(text, "en")})
}

/// A State indicates a need, on its own; answers its id.
pub async fn need(stage: &Stage<'_>, code: &str, kind: &str, text: &str) -> anyhow::Result<String> {
    let state = stage.focal_point(code).await?;
    let key = format!("demo/need/{code}");
    Ok(state.make(&key, "/v1/needs", &new_need(kind, text)).await?)
}

async fn confirm_and_share(
    stage: &Stage<'_>,
    code: &str,
    need: &str,
    with: &str,
) -> anyhow::Result<()> {
    let (key, path) = (format!("demo/need/{code}"), format!("/v1/needs/{need}"));
    let confirmation = format!("{path}/confirmation");
    stage
        .officer
        .post(&format!("{key}/confirmation"), &confirmation, &json!({}))
        .await?;
    let state = stage.focal_point(code).await?;
    let (key, path) = (format!("{key}/sharing"), format!("{path}/sharing"));
    state.put(&key, &path, &json!({"with": with})).await?;
    Ok(())
}

/// A State asks for help with a need; answers the request's id.
pub async fn request(
    stage: &Stage<'_>,
    code: &str,
    need: &str,
    on: &str,
) -> anyhow::Result<String> {
    let state = stage.focal_point(code).await?;
    let text = said("[Made up] We ask for assistance.", "en");
    let body = json!({"needs": [need], "text": text, "on": on});
    let key = format!("demo/request/{code}");
    Ok(state.make(&key, "/v1/requests", &body).await?)
}

/// One answers the request and is under way; one is for a country after a conflict, and is completed.
async fn projects(
    stage: &Stage<'_>,
    request: &str,
    kenya: &str,
    thailand: &str,
) -> anyhow::Result<()> {
    let courts = json!({"title": both("Sample project: mobile courts (made up)",
                                      "Exemple de projet : tribunaux itinérants (inventé)"),
                        "requests": [request], "needs": [kenya], "starts_on": "2006-10-01",
                        "budget": [{"amount": "250000", "currency": "EUR"}]});
    let courts = propose(stage, "courts", &courts, "2006-06-01").await?;
    let after = json!({"title": both("Sample project after a conflict: training of judges (made up)",
                                     "Exemple de projet d’après conflit : formation de juges (inventé)"),
                       "replies": stage.collected()?.replies[..2], "needs": [thailand],
                       "post_conflict": true, "partners": ["SAMPLE-ENTITY"],
                       "budget": [{"amount": "120000", "currency": "USD"}]});
    let after = propose(stage, "training", &after, "2006-06-01").await?;
    for (from, project, amount, currency) in [
        ("NOR", &courts, "250000", "EUR"),
        ("JPN", &after, "120000", "USD"),
    ] {
        let what = json!({"money": {"amount": amount, "currency": currency}});
        let on = "2006-07-01";
        let pledged = pledge(stage, from, &json!({"project": project}), &what, on).await?;
        receive(stage, from, &pledged, on).await?;
    }
    for (key, id, steps) in [
        ("courts", &courts, &STEPS[..2]),
        ("training", &after, &STEPS[..]),
    ] {
        for (step, on) in steps {
            let key = format!("demo/project/{key}/{step}");
            let path = format!("/v1/projects/{id}/{step}");
            stage.officer.post(&key, &path, &json!({"on": on})).await?;
        }
    }
    Ok(())
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
    Ok(stage.officer.make(&key, "/v1/projects", &body).await?)
}

/// Under review, revised, issued.
async fn manual(stage: &Stage<'_>, need: &str) -> anyhow::Result<()> {
    let title = both(
        "Sample manual on juvenile justice (made up)",
        "Exemple de manuel sur la justice pour mineurs (inventé)",
    );
    let manual = json!({"kind": "manual", "title": title, "needs": [need], "standards": ["beijing-rules"],
                        "on": "2005-01-10"});
    let officer = stage.officer;
    let id = officer
        .make("demo/material/manual", "/v1/materials", &manual)
        .await?;
    for (step, on) in [("revision", "2006-09-01"), ("issue", "2006-12-01")] {
        let key = format!("demo/material/manual/{step}");
        let path = format!("/v1/materials/{id}/{step}");
        officer.post(&key, &path, &json!({"on": on})).await?;
    }
    Ok(())
}
