//! What is said of categories, standards and versions must be so.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Texts;
use super::super::fault::{self, Fault, pointer};
use super::{CategoryAdded, Classification, NewVersion, StandardAdded};

const TITLE_CHARS: usize = 500;
const ADOPTED_BY_CHARS: usize = 300;

/// Of categories and standards to add, where these categories are given up at once.
pub(super) fn additions(
    state: &Classification,
    categories: &[CategoryAdded],
    standards: &[StandardAdded],
    retired: &[String],
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let known = state.categories.keys().chain(&state.retired);
    let mut codes: BTreeSet<&str> = known.map(String::as_str).collect();
    for (index, category) in categories.iter().enumerate() {
        let at = format!("/categories/{index}");
        faults.extend(code_fault(&category.code, &at));
        if !codes.insert(&category.code) {
            let exists = fault::CATEGORY_EXISTS.at(pointer(&at, "code"));
            faults.push(exists.arg("code", &category.code));
        }
        faults.extend(title_faults(&category.title, &at));
    }
    for gone in state.retired.iter().chain(retired) {
        codes.remove(gone.as_str());
    }
    let mut known: BTreeSet<&str> = state.standards.keys().map(String::as_str).collect();
    for (index, standard) in standards.iter().enumerate() {
        let at = format!("/standards/{index}");
        if !known.insert(&standard.code) {
            let exists = fault::STANDARD_EXISTS.at(pointer(&at, "code"));
            faults.push(exists.arg("code", &standard.code));
        }
        faults.extend(standard_faults(standard, &codes, &at));
    }
    faults
}

/// Of a version to publish.
pub(super) fn version(state: &Classification, new: &NewVersion) -> Vec<Fault> {
    let mut faults = title_faults(&new.title, "");
    faults.extend(fault::of_day(new.on, new.today, "/on"));
    let last = state.on.filter(|last| new.on < *last);
    faults.extend(last.map(|last| fault::BEFORE_LAST_VERSION.at("/on").arg("on", last)));
    faults.extend(additions(
        state,
        &new.categories,
        &new.standards,
        &new.retired,
    ));
    faults.extend(renaming(state, &new.renamed));
    faults.extend(regrouping(state, new));
    faults.extend(retiring(state, new));
    let changes = [
        new.categories.len(),
        new.standards.len(),
        new.renamed.len(),
        new.regrouped.len(),
        new.retired.len(),
    ];
    if changes == [0; 5] {
        faults.push(fault::VERSION_CHANGES_NOTHING.at(""));
    }
    faults
}

fn renaming(state: &Classification, renamed: &[(String, Texts)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, (code, title)) in renamed.iter().enumerate() {
        let at = format!("/renamed/{index}");
        faults.extend(category_fault(
            state,
            code,
            &mut seen,
            &pointer(&at, "code"),
        ));
        faults.extend(title_faults(title, &at));
    }
    faults
}

fn regrouping(state: &Classification, new: &NewVersion) -> Vec<Fault> {
    let mut faults = Vec::new();
    let added = new.categories.iter().map(|category| &category.code);
    let mut codes: BTreeSet<&String> = state.categories.keys().chain(added).collect();
    for gone in &new.retired {
        codes.remove(gone);
    }
    let mut seen = BTreeSet::new();
    for (index, (standard, category)) in new.regrouped.iter().enumerate() {
        let at = format!("/regrouped/{index}");
        let place = pointer(&at, "standard");
        match state.standards.get(standard) {
            None => faults.push(fault::UNKNOWN_STANDARD.at(place).arg("code", standard)),
            Some(_) if !seen.insert(standard) => {
                faults.push(fault::STANDARD_LISTED_TWICE.at(place).arg("code", standard));
            }
            Some(known) if known.category == *category => {
                let there = fault::STANDARD_THERE_ALREADY
                    .at(place)
                    .arg("code", standard);
                faults.push(there.arg("category", category));
            }
            Some(_) => {}
        }
        if !codes.contains(category) {
            let unknown = fault::UNKNOWN_CATEGORY.at(pointer(&at, "category"));
            faults.push(unknown.arg("code", category));
        }
    }
    faults
}

/// A category is given up only when no standard is left in it.
fn retiring(state: &Classification, new: &NewVersion) -> Vec<Fault> {
    let mut faults = Vec::new();
    let moved: BTreeMap<&str, &str> = new
        .regrouped
        .iter()
        .map(|(standard, category)| (standard.as_str(), category.as_str()))
        .collect();
    let mut seen = BTreeSet::new();
    for (index, code) in new.retired.iter().enumerate() {
        let at = format!("/retired/{index}");
        let left = state.standards.values().filter(|standard| {
            let now = moved.get(standard.code.as_str()).copied();
            now.unwrap_or(&standard.category) == code
        });
        let left = left.count();
        faults.extend(category_fault(state, code, &mut seen, &at));
        if left > 0 {
            let full = fault::CATEGORY_NOT_EMPTY.at(&at).arg("code", code);
            faults.push(full.arg("standards", left));
        }
    }
    faults
}

fn category_fault<'a>(
    state: &Classification,
    code: &'a str,
    seen: &mut BTreeSet<&'a str>,
    at: &str,
) -> Option<Fault> {
    if !state.categories.contains_key(code) {
        Some(fault::UNKNOWN_CATEGORY.at(at).arg("code", code))
    } else if !seen.insert(code) {
        Some(fault::CATEGORY_LISTED_TWICE.at(at).arg("code", code))
    } else {
        None
    }
}

fn standard_faults(standard: &StandardAdded, categories: &BTreeSet<&str>, at: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(code_fault(&standard.code, at));
    if !categories.contains(standard.category.as_str()) {
        faults.push(
            fault::UNKNOWN_CATEGORY
                .at(pointer(at, "category"))
                .arg("code", &standard.category),
        );
    }
    faults.extend(title_faults(&standard.title, at));
    faults.extend(fault::of_text(
        &standard.adopted_by,
        &pointer(at, "adopted_by"),
        ADOPTED_BY_CHARS,
    ));
    let years = pointer(at, "years");
    for (index, year) in standard
        .years
        .iter()
        .enumerate()
        .filter(|(_, year)| !(1000..=9999).contains(*year))
    {
        faults.push(
            fault::BAD_YEAR
                .at(pointer(&years, index))
                .arg("value", year),
        );
    }
    faults
}

fn code_fault(code: &str, at: &str) -> Option<Fault> {
    let good = fault::is_code(code, 1..=40, |byte| {
        byte.is_ascii_alphanumeric() || byte == b'-'
    });
    (!good).then(|| fault::BAD_CODE.at(pointer(at, "code")).arg("code", code))
}

fn title_faults(title: &Texts, at: &str) -> Vec<Fault> {
    title.faults(&pointer(at, "title"), &[], TITLE_CHARS)
}
