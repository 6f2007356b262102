//! The bodies of the fuzz targets (`fuzz/`), run as ordinary tests: over the inputs that were kept, and changes of them.
//!
//! A fuzzer needs a nightly compiler and has no end. `fuzz/README.md` says how to look for as long as one likes.
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect has failed"
)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;

#[path = "../../../fuzz/src/questionnaire.rs"]
mod questionnaire;
#[path = "../../../fuzz/src/targets.rs"]
mod targets;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz");

/// The inputs of a target that were kept.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(FOLDER).join("corpus").join(target);
    let files = fs::read_dir(&folder).unwrap();
    let mut inputs: Vec<_> = files
        .map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "{}", folder.display());
    inputs
}

/// The words of rules, as libFuzzer is given them.
fn words() -> Vec<Vec<u8>> {
    let dictionary = fs::read_to_string(Path::new(FOLDER).join("dictionary")).unwrap();
    let lines = dictionary.lines().filter(|line| line.starts_with('"'));
    lines
        .map(|line| {
            let word = line.trim_matches('"');
            word.replace("\\\"", "\"")
                .replace("\\\\", "\\")
                .into_bytes()
        })
        .collect()
}

/// How an input is changed: where, how much of it goes, and what comes there.
#[derive(Clone, Debug)]
enum Change {
    Byte(Index, u8),
    Cut(Index, Index),
    Word(Index, Index),
    Splice(Index, Index, Index),
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), 0x20_u8..0x7f).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Cut(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(at, word)| Change::Word(at, word)),
        (any::<Index>(), any::<Index>(), any::<Index>())
            .prop_map(|(at, other, from)| Change::Splice(at, other, from)),
    ]
}

fn changed(mut input: Vec<u8>, change: &Change, corpus: &[Vec<u8>], words: &[Vec<u8>]) -> Vec<u8> {
    let place = |at: &Index, input: &[u8]| at.index(input.len() + 1);
    match change {
        Change::Byte(at, byte) => {
            let at = at.index(input.len().max(1));
            if let Some(place) = input.get_mut(at) {
                *place = *byte;
            }
        }
        Change::Cut(from, to) => {
            let (from, to) = (place(from, &input), place(to, &input));
            input.drain(from.min(to)..from.max(to));
        }
        Change::Word(at, word) => {
            let at = place(at, &input);
            input.splice(at..at, word.get(words).iter().copied());
        }
        Change::Splice(at, other, from) => {
            let other = other.get(corpus);
            input.truncate(place(at, &input));
            input.extend_from_slice(&other[place(from, other)..]);
        }
    }
    input
}

/// Runs a target with what was kept, then with changes of it, which are others each time.
fn run(target: &str, body: fn(&[u8])) {
    let (corpus, words) = (corpus(target), words());
    for input in &corpus {
        body(input);
    }
    let changes = prop::collection::vec(any_change(), 1..6);
    let config = ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(input in prop::sample::select(corpus.clone()), changes in changes)| {
        let input = changes.iter().fold(input, |input, change| changed(input, change, &corpus, &words));
        body(&input);
    });
}

#[test]
fn the_parser_takes_any_text() {
    run("parser", targets::parser);
}

#[test]
fn the_checker_takes_any_text() {
    run("checker", targets::checker);
}

#[test]
fn the_evaluator_takes_any_rule_and_answers() {
    run("evaluator", targets::evaluator);
}
