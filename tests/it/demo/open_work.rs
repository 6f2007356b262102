//! How the demonstration ends: what of the resolution is done, and work of every kind that is open.

use serde_json::{Value, json};

use crate::support::{each, item_where};

/// The paragraphs that ask for what has no end.
const CONTINUING: [u64; 4] = [10, 11, 12, 13];

/// `get` reads a path as the Secretariat's officer.
pub async fn check(get: impl AsyncFn(&str) -> Value) {
    mandate(&get).await;
    meetings_and_instruments(&get).await;
    let collection = collection(&get).await;
    replies(&get, &collection).await;
    assistance(&get).await;
    let reports = items(&get, "/v1/reports").await;
    let published = reports
        .iter()
        .filter(|report| !report["published_on"].is_null());
    assert_eq!((published.count(), reports.len()), (1, 2));
}

async fn items(get: &impl AsyncFn(&str) -> Value, path: &str) -> Vec<Value> {
    get(path).await["items"].as_array().unwrap().clone()
}

async fn mandate(get: &impl AsyncFn(&str) -> Value) {
    let told = get("/v1/mandates/2004-28").await;
    let paragraphs = told["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs.len(), 17);
    for paragraph in paragraphs {
        let number = paragraph["paragraph"].as_u64().unwrap();
        let goes_on = CONTINUING.contains(&number);
        let state = if goes_on { "continuing" } else { "done" };
        assert_eq!(paragraph["state"], state, "{paragraph:#}");
    }
}

async fn meetings_and_instruments(get: &impl AsyncFn(&str) -> Value) {
    let convened = items(get, "/v1/meetings?kind=expert_group&status=convened").await;
    assert_eq!(convened.len(), 1);
    let meeting = format!("/v1/meetings/{}", convened[0]["id"].as_str().unwrap());
    let groups = get(&meeting).await["seats"]["groups"].clone();
    let short = groups.as_array().unwrap().iter();
    let short: Vec<_> = short
        .map(|group| group["shortfall"].as_u64().unwrap())
        .collect();
    assert_eq!(short, [9, 0, 4, 0, 0], "{groups:#}");

    let instruments = json!(items(get, "/v1/instruments").await);
    for (status, count) in [
        ("drafting", 1),
        ("forwarded", 1),
        ("returned", 1),
        ("presented", 2),
        ("approved", 4),
    ] {
        let standing = each(&instruments, "status");
        let such = standing.iter().filter(|standing| **standing == status);
        assert_eq!(such.count(), count, "{status}: {instruments:#}");
    }
    let consultations = json!(items(get, "/v1/consultations").await);
    let all = consultations.as_array().unwrap().iter();
    let published = all.filter(|round| round["comments_published_on"].is_string());
    assert_eq!(published.count(), 3, "{consultations:#}");
    let open = item_where(&consultations, "reference", "SAMPLE/OPEN/1");
    assert_eq!(open["status"], "open");
    let path = format!(
        "/v1/consultations/{}/comments",
        open["id"].as_str().unwrap()
    );
    let comments = items(get, &path).await;
    assert_eq!(comments.len(), 3);
    assert!(
        comments
            .iter()
            .all(|comment| comment["disposition"].is_null())
    );
}

/// The path of the collection that is open past its deadline.
async fn collection(get: &impl AsyncFn(&str) -> Value) -> String {
    let collections = json!(items(get, "/v1/collections").await);
    let open = item_where(&collections, "reference", "SAMPLE/OPEN/2");
    assert_eq!(open["status"], "open");
    let path = format!("/v1/collections/{}", open["id"].as_str().unwrap());
    let overdue = json!(items(get, &format!("{path}/invitations?overdue=true")).await);
    assert_eq!(each(&overdue, "code"), ["MEX", "NOR", "PER", "ROU"]);
    assert_eq!(items(get, &format!("{path}/extensions")).await.len(), 1);
    let reminded = items(get, &format!("{path}/reminders")).await;
    assert_eq!(reminded[0]["parties"].as_array().unwrap().len(), 3);
    path
}

async fn replies(get: &impl AsyncFn(&str) -> Value, collection: &str) {
    let states = json!(items(get, &format!("{collection}/replies")).await);
    for (code, status) in [
        ("NOR", "draft"),
        ("KEN", "clarification"),
        ("BRA", "accepted"),
        ("JPN", "amendment"),
        ("ROU", "withdrawn"),
        ("EGY", "submitted"),
        ("SAMPLE-NGO", "submitted"),
    ] {
        assert_eq!(
            item_where(&states, "code", code)["status"],
            status,
            "{code}"
        );
    }
    assert_eq!(item_where(&states, "code", "EGY")["source"], "paper");
    let kenya = item_where(&states, "code", "KEN")["id"].as_str().unwrap();
    let answers = get(&format!("/v1/replies/{kenya}/answers")).await;
    let translations = &answers["answers"]["D1"]["value"]["translations"];
    assert_eq!(translations["fr"]["by"], "secretariat", "{answers:#}");
}

async fn assistance(get: &impl AsyncFn(&str) -> Value) {
    for (path, count) in [
        // What a State only drafts is its own.
        ("/v1/needs?status=drafted", 0),
        ("/v1/needs?status=indicated", 2),
        ("/v1/needs?status=confirmed", 1),
        ("/v1/needs?status=matched", 2),
        ("/v1/needs?status=merged", 1),
        ("/v1/needs?status=declined", 1),
        ("/v1/needs?status=met", 1),
        ("/v1/needs?status=lapsed", 1),
        ("/v1/needs?without_project=true", 3),
        ("/v1/requests?status=made", 1),
        ("/v1/requests?status=accepted", 1),
        ("/v1/requests?status=answered", 1),
        ("/v1/requests?status=declined", 1),
        ("/v1/requests?status=withdrawn", 1),
        ("/v1/requests?without_project=true", 2),
        ("/v1/projects?without_funds=true", 1),
        ("/v1/projects?status=under_way", 1),
        ("/v1/projects?status=completed", 1),
        ("/v1/projects?status=cancelled", 1),
        ("/v1/contributions?status=pledged", 1),
        ("/v1/contributions?status=cancelled", 1),
        ("/v1/materials?status=under_review", 1),
        ("/v1/materials?status=revised", 1),
        ("/v1/materials?status=issued", 1),
    ] {
        let found = items(get, path).await;
        let told = found.iter().filter(|item| item.get("stated_at").is_none());
        assert_eq!(told.count(), count, "{path}");
    }
    // Beside those there are the ones that rows of the sample's replies state.
    let needs = items(get, "/v1/needs?status=indicated").await;
    let mut stated = needs.iter().filter_map(|need| need.get("stated_at"));
    let is_row = |at: &Value| at["address"].as_str().unwrap().starts_with("T2.");
    assert!(stated.clone().count() > 5 && stated.all(is_row));
    let met = &items(get, "/v1/needs?status=met").await[0];
    let met = get(&format!("/v1/needs/{}", met["id"].as_str().unwrap())).await;
    assert!(met["end"]["project"].is_string(), "{met:#}");
    // No State gave what is made up: whoever gives says in its name that it is a sample, and what it gives as well.
    for given in items(get, "/v1/contributions").await {
        let name = given["from"]["name"].as_str().unwrap();
        assert!(name.starts_with("Sample "), "{given:#}");
        let earmarked = given["earmarked"]["text"].as_str().unwrap();
        assert!(earmarked.starts_with("[Made up]"), "{given:#}");
    }
    // How things stood with their resources has a history: of a project, a manual and a meeting.
    let projects = items(get, "/v1/projects?status=completed").await;
    let materials = items(get, "/v1/materials?status=issued").await;
    let meetings = items(get, "/v1/meetings?kind=expert_group").await;
    for (kind, listed) in [
        ("projects", projects),
        ("materials", materials),
        ("meetings", meetings),
    ] {
        let mut histories = Vec::new();
        for item in listed {
            let path = format!("/v1/{kind}/{}", item["id"].as_str().unwrap());
            let resources = get(&path).await["resources"].clone();
            histories.push(each(&resources, "resources").join(" "));
        }
        let sought = "sought secured".to_owned();
        assert!(histories.contains(&sought), "{kind}: {histories:?}");
    }
}
