//! What a save tells the page's script: what is saved and when, what is asked now, what is wrong, what others changed.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;

use super::cell;
use super::input::FieldInput;
use super::saving::Saved;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;

/// What a save tells the page's script.
#[derive(Debug, Serialize)]
struct LiveAnswer {
    /// What was saved.
    saved: Vec<String>,
    /// What could not be saved as it was sent.
    refused: Vec<String>,
    /// When.
    time: String,
    /// What the page shows from now on.
    position: u64,
    /// What is not asked.
    hidden: Vec<String>,
    /// The options that are not offered: address and option.
    unoffered: Vec<(String, String)>,
    /// What is calculated, as it is shown.
    calculated: BTreeMap<String, String>,
    /// What is wrong, by address.
    faults: BTreeMap<String, Vec<String>>,
    /// What asks for an explanation.
    explanations: Vec<String>,
    /// What a colleague changed too: theirs is told, and nothing is saved of it.
    conflicts: Vec<LiveConflict>,
    /// What colleagues changed of what was not touched here.
    others: BTreeMap<String, LiveInput>,
}

#[derive(Debug, Serialize)]
struct LiveConflict {
    address: String,
    theirs: String,
    input: LiveInput,
}

/// What stands in the controls of a field.
#[derive(Debug, Serialize)]
struct LiveInput {
    values: Vec<String>,
    currency: String,
    missing: Option<&'static str>,
    flags: Vec<&'static str>,
    comment: String,
}

impl LiveInput {
    fn new(input: &FieldInput, is_cell: bool) -> Self {
        let shown = cell::show(input);
        Self {
            values: match is_cell {
                true => vec![shown],
                false => input.values.clone(),
            },
            currency: input.currency.clone(),
            missing: input.missing.map(|kind| kind.as_str()),
            flags: input.flags.iter().map(|flag| flag.as_str()).collect(),
            comment: input.comment.clone(),
        }
    }
}

/// The answer to a save by the page's script.
pub fn answer(
    visitor: &Visitor,
    saved: &Saved,
    section: &str,
    is_checked: bool,
) -> Result<HttpResponse, Problem> {
    let sheet = &saved.sheet;
    let is_here = |address: &str| {
        let held = sheet.form.section_of(address);
        held.is_some_and(|held| held.code == section)
    };
    let is_cell = |address: &str| {
        let located = sheet.form.field(address);
        located.is_some_and(|located| cell::is_cell(located.field))
    };
    let mut faults = sheet.faults(visitor, is_checked);
    faults.retain(|address, _| is_here(address) || address.starts_with("checks."));
    faults.extend(saved.faults.clone());
    let explanations = faults
        .keys()
        .filter(|address| address.starts_with("checks."));
    let calculated = sheet.verdict.calculated.iter();
    let calculated = calculated
        .filter(|answer| is_here(&answer.code))
        .map(|answer| {
            let number = answer.value.number().map(ToString::to_string);
            let shown = locale::decimal(visitor.lang(), &number.unwrap_or_default());
            (answer.code.clone(), shown)
        });
    let unoffered = sheet.verdict.unoffered.iter();
    let live = LiveAnswer {
        saved: saved.addresses.clone(),
        refused: saved.faults.keys().cloned().collect(),
        time: clock::now().to_string(),
        position: sheet.seen.position,
        hidden: sheet
            .irrelevant
            .iter()
            .filter(|address| is_here(address))
            .cloned()
            .collect(),
        unoffered: unoffered
            .filter(|(address, _)| is_here(address))
            .cloned()
            .collect(),
        calculated: calculated.collect(),
        explanations: explanations.cloned().collect(),
        faults,
        conflicts: saved
            .conflicts
            .iter()
            .map(|conflict| LiveConflict {
                address: conflict.address.clone(),
                theirs: conflict.theirs.clone(),
                input: LiveInput::new(&conflict.held, is_cell(&conflict.address)),
            })
            .collect(),
        others: saved
            .others
            .iter()
            .map(|(address, input)| (address.clone(), LiveInput::new(input, is_cell(address))))
            .collect(),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(live))
}
