//! All that a database holds, as text, and what of some words is in it.

use std::process::Command;

use postgres::Programs;

use super::{Database, superuser};

/// Everything in the database as pg_dump writes it: every table of every schema, by its superuser.
pub async fn dump(database: &Database) -> String {
    let options = superuser(&database.name).await;
    let program = Programs::find(None, None).unwrap().bin().join("pg_dump");
    let dumped = Command::new(program)
        .arg("--host")
        .arg(options.get_socket().unwrap())
        .args(["--port", &options.get_port().to_string()])
        .args(["--username", options.get_username()])
        .arg(&database.name)
        .output()
        .unwrap();
    assert!(dumped.status.success(), "{dumped:#?}");
    let dump = String::from_utf8(dumped.stdout).unwrap();
    assert!(
        dump.contains("COPY log.event") && dump.contains("COPY directory.person"),
        "the dump holds the tables"
    );
    dump
}

/// Which of the words are in a text: as they are, in whatever case, in hexadecimal, or escaped as in JSON.
pub fn traces<'a>(text: &str, words: &[&'a str]) -> Vec<&'a str> {
    let lower = text.to_lowercase();
    let is_there = |word: &&&str| {
        spellings(word)
            .iter()
            .any(|spelling| lower.contains(spelling))
    };
    words.iter().filter(is_there).copied().collect()
}

fn spellings(word: &str) -> Vec<String> {
    let mut escaped = String::new();
    for character in word.chars() {
        if character.is_ascii() {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            escaped.push_str(&format!("\\u{unit:04x}"));
        }
    }
    let upper = hex::encode(word.to_uppercase());
    let as_it_is = hex::encode(word);
    let lower = hex::encode(word.to_lowercase());
    vec![
        word.to_lowercase(),
        escaped.to_lowercase(),
        as_it_is,
        upper,
        lower,
    ]
}

#[test]
fn a_word_is_found_however_it_is_spelt() {
    for text in [
        "… ÅSA ÞÓRS …",
        "\\xc3857361206fc3bec3b372 c385736120c39ec3b37273",
        "{\"name\": \"\\u00c5sa \\u00de\\u00f3rs\"}",
    ] {
        assert_eq!(
            traces(text, &["Åsa Þórs", "Zyqqyx"]),
            ["Åsa Þórs"],
            "{text}"
        );
    }
}
