//! What whoever runs the server goes by: the figures of /metrics, and the rules and the dashboard that are made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};
use yaml_rust2::{Yaml, YamlLoader};

use crate::support::{Call, Database, World, eventually, http};

fn file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("docs").join(path)).unwrap()
}

/// A server whose figures are read.
async fn counted() -> World {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.metrics = Some(([127, 0, 0, 1], 0).into());
    World::with(database, settings).await
}

async fn figures(world: &World) -> String {
    let address = format!("http://{}/metrics", world.server.metrics.unwrap());
    let answer = Call::new(&http(), Method::GET, &address).send().await;
    answer.text
}

/// The value of a line, by all that stands before it.
fn value(figures: &str, name: &str) -> Option<f64> {
    let line = figures.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().parse().ok()
}

#[tokio::test]
async fn figures_tell_durations_batches_waits_lags_and_connections() {
    let world = counted().await;
    world.get("/v1/parties/FIN").expect(200).await;
    world.get("/v1/parties/XXX").problem(404, "not_found").await;
    for code in ["ICPO", "WCO", "OSCE"] {
        world.register(code, "igo").await;
    }
    let told = figures(&world).await;
    for (line, expected) in [
        (
            r#"rapporteur_http_request_duration_seconds_count{operation="get_party",status_class="2xx"}"#,
            1.0,
        ),
        (
            r#"rapporteur_http_request_duration_seconds_count{operation="get_party",status_class="4xx"}"#,
            1.0,
        ),
        (
            r#"rapporteur_http_request_duration_seconds_count{operation="register_party",status_class="2xx"}"#,
            3.0,
        ),
        ("rapporteur_log_batch_appends_count", 3.0),
        ("rapporteur_log_batch_appends_sum", 3.0),
        ("rapporteur_log_batch_duration_seconds_count", 3.0),
        ("rapporteur_log_append_wait_seconds_count", 3.0),
        ("rapporteur_log_waiting_appends", 0.0),
        ("rapporteur_database_connections_limit", 12.0),
        ("rapporteur_letters_waiting", 0.0),
    ] {
        assert_eq!(value(&told, line), Some(expected), "{line} in {told}");
    }
    for line in [
        "rapporteur_log_batch_duration_seconds_sum",
        r#"rapporteur_http_request_duration_seconds_sum{operation="register_party",status_class="2xx"}"#,
        r#"rapporteur_database_connections{state="idle"}"#,
    ] {
        assert!(
            value(&told, line).is_some_and(|value| value > 0.0),
            "{line} in {told}"
        );
    }
    // Followers come after: first behind, then not.
    eventually("the followers catch up", async || {
        let told = figures(&world).await;
        ["tree", "announcement", "letters", "answer_checkpoints"]
            .iter()
            .all(|follower| {
                let line = format!("rapporteur_follower_lag_positions{{follower=\"{follower}\"}}");
                value(&told, &line) == Some(0.0)
            })
    })
    .await;
    // What waits in the outbox.
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    world
        .invited(&opened.collection, "FIN", "aino@example.org")
        .await;
    eventually("a letter waits", async || {
        value(&figures(&world).await, "rapporteur_letters_waiting") == Some(1.0)
    })
    .await;
}

/// The names under which figures are told, with their labels.
fn names(told: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut names = BTreeSet::new();
    for line in told.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let (name, kind) = line.split_once(' ').unwrap();
        let endings: &[&str] = match kind {
            "histogram" => &["_bucket", "_sum", "_count"],
            "counter" => &["_total"],
            "gauge" => &[""],
            other => panic!("{other}"),
        };
        names.extend(endings.iter().map(|ending| format!("{name}{ending}")));
    }
    let sets = told.lines().filter_map(|line| line.split_once('{'));
    let sets = sets.filter_map(|(_, rest)| rest.split_once('}'));
    let labels = sets.flat_map(|(labels, _)| labels.split(','));
    let labels = labels.filter_map(|label| label.split_once('='));
    (names, labels.map(|(name, _)| name.to_owned()).collect())
}

/// The words of an expression that are not in quotes.
fn words(expression: &str) -> Vec<&str> {
    let unquoted = expression.split('"').step_by(2);
    let words = unquoted.flat_map(|part| {
        part.split(|letter: char| {
            !(letter.is_ascii_alphanumeric() || letter == '_' || letter == '$')
        })
    });
    words.filter(|word| !word.is_empty()).collect()
}

/// The names of labels in an expression: what stands before `=` in braces, and what is grouped by.
fn labels(expression: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for set in expression.split('{').skip(1) {
        let set = set.split('}').next().unwrap();
        let names = set.split('"').step_by(2);
        found.extend(names.map(|name| name.trim_matches([',', '=', '~', '!', ' ']).to_owned()));
    }
    for word in ["by (", "on ("] {
        for group in expression.split(word).skip(1) {
            let group = group.split(')').next().unwrap();
            found.extend(group.split(',').map(|name| name.trim().to_owned()));
        }
    }
    found.remove("");
    found
}

/// Fails where an expression is of figures or labels that nobody tells, or of no form.
fn is_told(expression: &str, told: &(BTreeSet<String>, BTreeSet<String>)) {
    let (names, known) = told;
    let words = words(expression);
    let figures: Vec<_> = words
        .iter()
        .filter(|word| word.starts_with("rapporteur_"))
        .collect();
    assert!(!figures.is_empty() || words.contains(&"up"), "{expression}");
    for figure in figures {
        assert!(
            names.contains(*figure),
            "{figure} is told by nobody: {expression}"
        );
    }
    for label in labels(expression) {
        let is_scraped = ["instance", "job", "le"].contains(&label.as_str());
        assert!(
            is_scraped || known.contains(&label),
            "{label} in {expression}"
        );
    }
    for [open, close] in ["()", "{}", "[]"].map(|pair| [&pair[..1], &pair[1..]]) {
        let count = |mark| expression.matches(mark).count();
        assert_eq!(count(open), count(close), "{expression}");
    }
    assert!(
        expression.matches('"').count().is_multiple_of(2),
        "{expression}"
    );
}

/// All that is told by a server that has done something of each kind.
async fn all_figures() -> (BTreeSet<String>, BTreeSet<String>) {
    let world = counted().await;
    world.register("ICPO", "igo").await;
    let told = figures(&world).await;
    let found = names(&told);
    assert!(found.0.len() > 20, "{told}");
    found
}

#[tokio::test]
async fn rules_are_of_figures_that_are_told_and_lead_to_what_to_do() {
    let told = all_figures().await;
    let page = file("operating.md");
    let rules = YamlLoader::load_from_str(&file("operating/rules.yml")).unwrap();
    let text = |rule: &Yaml, key: &str| rule[key].as_str().unwrap_or_default().to_owned();
    let mut names = BTreeSet::new();
    for group in rules[0]["groups"].as_vec().unwrap() {
        assert!(!text(group, "name").is_empty());
        for rule in group["rules"].as_vec().unwrap() {
            let name = text(rule, "alert");
            is_told(&text(rule, "expr"), &told);
            let known = ["alert", "expr", "for", "labels", "annotations"];
            for key in rule.as_hash().unwrap().keys() {
                assert!(known.contains(&key.as_str().unwrap()), "{key:?} of {name}");
            }
            let severity = rule["labels"]["severity"].as_str().unwrap();
            assert!(["page", "ticket"].contains(&severity), "{name}");
            assert!(!text(&rule["annotations"], "summary").is_empty(), "{name}");
            let description = text(&rule["annotations"], "description");
            let place = description.split(['“', '”']).nth(1).unwrap();
            assert!(
                page.contains(&format!("### {place}\n")),
                "{place} of {name}"
            );
            assert!(names.insert(name.clone()), "{name} is there twice");
        }
    }
    assert!(names.len() >= 10, "{names:?}");
}

#[tokio::test]
async fn the_dashboard_loads_and_is_of_figures_that_are_told() {
    let told = all_figures().await;
    let dashboard: Value = serde_json::from_str(&file("operating/dashboard.json")).unwrap();
    assert!(dashboard["schemaVersion"].as_u64().unwrap() >= 36);
    for member in ["uid", "title"] {
        assert!(dashboard[member].is_string(), "{member}");
    }
    let variables = dashboard["templating"]["list"].as_array().unwrap();
    let variables: BTreeSet<&str> = variables
        .iter()
        .map(|variable| variable["name"].as_str().unwrap())
        .collect();
    let mut taken: BTreeMap<u64, ()> = BTreeMap::new();
    let mut places = BTreeSet::new();
    let panels = dashboard["panels"].as_array().unwrap();
    for panel in panels {
        let id = panel["id"].as_u64().unwrap();
        assert!(taken.insert(id, ()).is_none(), "{id} is there twice");
        assert!(
            panel["title"].is_string() && panel["type"].is_string(),
            "{panel}"
        );
        let side = |side: &str| panel["gridPos"][side].as_u64().unwrap();
        assert!(side("x") + side("w") <= 24 && side("h") > 0, "{panel}");
        for x in side("x")..side("x") + side("w") {
            for y in side("y")..side("y") + side("h") {
                assert!(places.insert((x, y)), "{} lies on another", panel["title"]);
            }
        }
        let targets = panel["targets"].as_array().unwrap();
        assert_eq!(targets.is_empty(), panel["type"] == "row", "{panel}");
        let mut references = BTreeSet::new();
        for target in targets {
            assert!(
                references.insert(target["refId"].as_str().unwrap()),
                "{panel}"
            );
            let expression = target["expr"].as_str().unwrap();
            is_told(&expression.replace("$__rate_interval", "5m"), &told);
            let source = target["datasource"]["uid"].as_str().unwrap();
            assert_eq!(source, "${source}", "{panel}");
            for variable in expression.split('$').skip(1) {
                let name =
                    variable.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
                let name = name.into_iter().next().unwrap();
                assert!(
                    variables.contains(name) || name == "__rate_interval",
                    "{name}"
                );
            }
        }
    }
    assert!(variables.contains("source") && panels.len() > 10);
}

#[tokio::test]
async fn every_figure_is_explained() {
    let page = file("operating.md");
    for name in all_figures().await.0 {
        let plain = ["_bucket", "_sum", "_count"]
            .iter()
            .find_map(|ending| name.strip_suffix(ending));
        let plain = plain.unwrap_or(&name);
        assert!(
            page.contains(&format!("`{plain}`")),
            "{plain} is not explained"
        );
    }
}
