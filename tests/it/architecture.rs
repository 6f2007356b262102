//! The invariants of the design that can be read off the source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of src/ or of a crate beside it, by its path from the root, without the tests that may stand at its end.
struct Source {
    path: String,
    text: String,
    lines: usize,
}

impl Source {
    /// Lines of code: number and text, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(number, line)| (number + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    /// Where a line of code contains one of `needles`, whatever its case.
    fn lines_with(&self, needles: &[&str]) -> Vec<String> {
        self.code()
            .filter(|(_, line)| {
                let line = line.to_lowercase();
                needles
                    .iter()
                    .any(|needle| line.contains(&needle.to_lowercase()))
            })
            .map(|(number, line)| format!("{}:{number}: {}", self.path, line.trim()))
            .collect()
    }
}

fn sources(endings: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for home in ["src", "crates"] {
        collect(&root.join(home), &mut paths);
    }
    paths.sort();
    let wanted = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| endings.contains(&extension))
    };
    let sources = paths.into_iter().filter(wanted).map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let code = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        Source {
            path: path.strip_prefix(root).unwrap().display().to_string(),
            lines: text.lines().count(),
            text: code.to_owned(),
        }
    });
    let sources: Vec<Source> = sources.collect();
    assert!(sources.len() >= 5, "the sources are found");
    sources
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Lines outside of `home` that contain one of `needles`.
fn strays(endings: &[&str], home: &[&str], needles: &[&str]) -> Vec<String> {
    let abroad = |source: &Source| !home.iter().any(|home| source.path.starts_with(home));
    sources(endings)
        .iter()
        .filter(|source| abroad(source))
        .flat_map(|source| source.lines_with(needles))
        .collect()
}

#[track_caller]
fn assert_none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// The crates of ours that a crate's manifest names.
fn arrows(from: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join(format!("crates/{from}/Cargo.toml"))).unwrap();
    let crates = fs::read_dir(root.join("crates")).unwrap();
    let names = crates.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let library = |name: &String| match name.as_str() {
        "log" => "event_log".to_owned(),
        other => other.to_owned(),
    };
    let is_named = |name: &String| manifest.contains(&format!("\n{}.workspace", library(name)));
    names.filter(is_named).collect()
}

/// What each crate may import. The root package, the service, may import all.
#[test]
fn arrows_between_crates_go_one_way() {
    let allowed: [(&str, &[&str]); 13] = [
        ("clock", &[]),
        ("domain", &["rules"]),
        ("figures", &["domain", "rules", "texts"]),
        ("otlp", &[]),
        ("postgres", &[]),
        ("rules", &[]),
        ("texts", &["domain", "locale"]),
        ("locale", &["domain"]),
        ("log", &["clock"]),
        ("directory", &["clock", "domain"]),
        ("mail", &["clock", "directory", "domain", "texts"]),
        ("access", &["clock", "directory", "domain", "log", "mail"]),
        ("demonstration", &["access", "domain", "rules", "texts"]),
    ];
    let crates = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("crates")).unwrap();
    assert_eq!(crates.count(), allowed.len());
    for (from, allowed) in allowed {
        let mut found = arrows(from);
        found.sort();
        assert_eq!(found, allowed, "crates/{from}");
    }
}

/// What each part of a folder names of the others: a part is a folder in it, or a file.
fn arrows_inside(folder: &str, root: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources(&["rs"]) {
        let Some(path) = source.path.strip_prefix(folder) else {
            continue;
        };
        if path.contains("tests") {
            continue;
        }
        let part = path.split('/').next().unwrap().trim_end_matches(".rs");
        if ["mod", "lib", "main"].contains(&part) {
            continue;
        }
        for (number, line) in source.code() {
            for (at, _) in line.match_indices(root) {
                let rest = &line[at + root.len()..];
                assert!(
                    !rest.starts_with('{'),
                    "{}:{number} names several parts at once",
                    source.path
                );
                let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
                let named = rest[..end.unwrap_or(rest.len())].to_owned();
                let of_part = arrows.entry(part.to_owned()).or_default();
                if named != part {
                    of_part.insert(named);
                }
            }
        }
    }
    arrows
}

#[test]
fn no_parts_of_the_service_import_each_other_in_a_circle() {
    for (folder, root) in [("src/", "crate::"), ("src/http/", "crate::http::")] {
        let mut arrows = arrows_inside(folder, root);
        assert!(arrows.len() > 5, "the parts of {folder} are found");
        // Whoever names nobody who is left is in no circle.
        loop {
            let left: BTreeSet<String> = arrows.keys().cloned().collect();
            arrows.retain(|_, named| named.iter().any(|part| left.contains(part)));
            if arrows.len() == left.len() {
                break;
            }
        }
        assert!(arrows.is_empty(), "a circle in {folder}: {arrows:#?}");
    }
}

#[test]
fn the_domain_imports_nothing_of_ours_but_rules_and_does_no_io() {
    for source in sources(&["rs"]) {
        if !source.path.starts_with("crates/domain/src/") {
            continue;
        }
        let outside = [
            "sqlx", "tokio", "actix", "std::fs", "std::net", "std::env", "reqwest", "tracing",
            "async fn",
        ];
        assert_none(source.lines_with(&outside), "crates/domain does no I/O");
    }
    let ours = arrows("domain");
    assert_eq!(ours, ["rules"], "crates/domain imports {ours:?}");
}

#[test]
fn only_the_log_writes_the_log() {
    let writes = [
        "insert into log.",
        "update log.",
        "delete from log.",
        "log.append(",
    ];
    let found = strays(&["rs", "sql"], &["crates/log/"], &writes);
    assert_none(found, "only crates/log appends to the log");
}

#[test]
fn only_views_write_views() {
    let tables: Vec<&str> = rapporteur::views::DEFINITIONS
        .views
        .iter()
        .flat_map(|view| view.sql.split("create table ").skip(1))
        .map(|rest| rest.split([' ', '(']).next().unwrap())
        .collect();
    assert!(
        tables.contains(&"answer") && tables.len() >= 10,
        "{tables:?}"
    );
    let writes: Vec<String> = tables
        .iter()
        .flat_map(|table| {
            ["insert into", "update", "delete from"]
                .map(|write| [format!("{write} {table} "), format!("{write} views.")])
        })
        .flatten()
        .collect();
    let writes: Vec<&str> = writes.iter().map(String::as_str).collect();
    let found = strays(
        &["rs", "sql"],
        &["src/views/", "crates/log/src/views"],
        &writes,
    );
    assert_none(found, "only src/views writes views");
}

#[test]
fn handlers_hold_no_sql() {
    let sql = [
        "sqlx::query",
        "query!(",
        "query_as",
        "query_scalar",
        "raw_sql",
        "select ",
        "insert into ",
        "delete from ",
    ];
    for source in sources(&["rs"]) {
        if source.path.starts_with("src/http/") {
            let mut found = source.lines_with(&sql);
            found.retain(|line| !line.contains("tokio::select"));
            assert_none(
                found,
                "src/http asks src/reading and src/desk, never the database",
            );
        }
    }
    let sql_files = sources(&["sql"]).into_iter().map(|source| source.path);
    let misplaced = sql_files.filter(|path| {
        !["src/views/", "src/reading/", "src/following/"]
            .iter()
            .any(|home| path.starts_with(home))
    });
    assert_none(
        misplaced.collect(),
        "SQL lives with the views, their readers, and what follows behind them",
    );
}

#[test]
fn what_decisions_read_is_said_apart_from_http_and_without_sql() {
    let banned = [
        "crate::http",
        "sqlx",
        "select ",
        "insert into ",
        "delete from ",
    ];
    for source in sources(&["rs"]) {
        if source.path.starts_with("src/deciding/") {
            assert_none(
                source.lines_with(&banned),
                "src/deciding asks src/reading and src/desk",
            );
        }
    }
    let chosen = strays(&["rs"], &["src/desk"], &["decide_with"]);
    assert_none(chosen, "what a decision reads follows from its command");
}

#[test]
fn no_decision_starts_from_a_context_that_nobody_read() {
    for source in sources(&["rs"]) {
        if !source.path.starts_with("crates/domain/src/") {
            continue;
        }
        let code: Vec<(usize, &str)> = source.code().collect();
        let derived = code.windows(2).filter(|lines| {
            let is_context = ["pub struct Context", "pub enum Context"]
                .iter()
                .any(|start| lines[1].1.starts_with(start));
            is_context && lines[0].1.contains("Default")
        });
        let derived = derived.map(|lines| format!("{}:{}", source.path, lines[0].0));
        let written = source.lines_with(&["Default for Context"]);
        assert_none(
            derived.chain(written).collect(),
            "a Context has no Default: what was not read must not let pass",
        );
    }
}

#[test]
fn files_stay_small_enough_to_be_read_whole() {
    const MOST: usize = 400;
    let large = sources(&["rs", "sql"])
        .into_iter()
        .filter(|source| source.lines > MOST);
    let large = large.map(|source| format!("{} has {} lines", source.path, source.lines));
    assert_none(
        large.collect(),
        &format!("split a file of more than {MOST} lines by what it is about"),
    );
}

#[test]
fn the_clock_and_randomness_are_read_in_one_place() {
    let banned =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("clippy.toml")).unwrap();
    let banned: Vec<&str> = banned
        .split("path = \"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(banned.contains(&"std::time::Instant::now"), "{banned:?}");
    for source in sources(&["rs"]) {
        if source.path == "crates/clock/src/lib.rs" {
            continue;
        }
        for path in &banned {
            let (module, function) = path.rsplit_once("::").unwrap();
            let kind = module.rsplit("::").next().unwrap();
            let found = source.lines_with(&[&format!("{kind}::{function}")]);
            // tokio's own clock, which tests can hold still, measures waits.
            let waits = source.text.contains("use tokio::time::{Instant") && kind == "Instant";
            let found = found
                .into_iter()
                .filter(|line| !waits || line.contains(path));
            assert_none(
                found.collect(),
                &format!("{path} is called in crates/clock only"),
            );
        }
    }
}
