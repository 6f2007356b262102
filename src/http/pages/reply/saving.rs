//! What becomes of the form of a section: what was changed on the page is saved, and only that; what a colleague changed meanwhile
//! is shown beside it, and what cannot be read stays as it was typed.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::Value;

use super::conflict::Conflict;
use super::filled::in_words;
use super::input::FieldInput;
use super::section::{Showing, addresses, inputs, show};
use super::sheet::ReplySheet;
use super::telling::Teller;
use super::{entry, live, wording};
use crate::http::handling::caller;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::{FaultBody, Problem};
use crate::http::replies::answers::save_parts;
use crate::http::replies::previous::{carry_over, confirm};
use domain::questionnaire::types::FieldType;
use domain::questionnaire::{Field, Section};
use domain::reply::{Reply, Selection};
use domain::{Lang, ReplyId};

/// How often it is tried again where a colleague was faster.
const ATTEMPTS: usize = 16;

/// What became of a form.
pub struct Saved {
    /// The reply as it is now.
    pub sheet: ReplySheet,
    /// What was changed.
    pub addresses: Vec<String>,
    /// What could not be saved, as it was typed.
    pub typed: BTreeMap<String, FieldInput>,
    /// What is wrong with it.
    pub faults: BTreeMap<String, Vec<String>>,
    /// What a colleague changed too.
    pub conflicts: Vec<Conflict>,
    /// What colleagues changed of what was not touched here.
    pub others: BTreeMap<String, FieldInput>,
}

/// Saves what the form of a section changes, and goes on where its button leads.
pub async fn save_section(
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let code = &path.1;
    let saved = save(&visitor, id, code, &form).await?;
    let is_checked = form.given("check").is_some();
    if form.text("answer") == "json" {
        return live::answer(&visitor, &saved, code, is_checked);
    }
    if !saved.faults.is_empty() || !saved.conflicts.is_empty() {
        let status = match saved.faults.is_empty() {
            true => StatusCode::CONFLICT,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let showing = Showing {
            typed: saved.typed,
            faults: saved.faults,
            conflicts: saved.conflicts,
            notice: None,
            is_checked,
        };
        return show(&visitor, &saved.sheet, code, showing, status).await;
    }
    go_on(&visitor, id, code, &form, &saved).await
}

/// Where the button leads.
async fn go_on(
    visitor: &Visitor,
    id: ReplyId,
    code: &str,
    form: &PostedForm,
    saved: &Saved,
) -> Result<HttpResponse, Problem> {
    let here = format!("/replies/{id}/sections/{code}");
    if let Some(list) = form.given("add") {
        let added = entry::add(visitor, &saved.sheet, list).await?;
        return Ok(go_to(format!("{here}#f-{added}")));
    }
    if let Some(entry) = form.given("remove") {
        return Ok(go_to(format!("{here}/entries/{entry}")));
    }
    if let Some(address) = form.given("carry") {
        let request = visitor.caller.request(&[]);
        let chosen = selection(address, code);
        carry_over(&visitor.services, &visitor.caller, request, id, chosen).await?;
        return Ok(go_to(here));
    }
    if let Some(address) = form.given("confirm") {
        let request = visitor.caller.request(&[]);
        let chosen = selection(address, code);
        confirm(&visitor.services, &visitor.caller, request, id, chosen).await?;
        return Ok(go_to(here));
    }
    if let Some(address) = form.given("clear") {
        return Ok(go_to(format!("{here}?done=saved#f-{address}")));
    }
    if let Some(address) = form.given("files") {
        return Ok(go_to(format!("/replies/{id}/files?question={address}")));
    }
    Ok(go_to(match form.text("go") {
        "stay" => format!("{here}?done=saved"),
        "hub" => format!("/replies/{id}"),
        "hand_back" => format!("{here}/hand-back"),
        // What the answers ask for now, and did not before, is asked before one goes on.
        _ if has_more(saved, form, code) => format!("{here}?done=more"),
        _ => match saved.sheet.section_after(code) {
            Some(next) => format!("/replies/{id}/sections/{}", next.code),
            None => format!("/replies/{id}"),
        },
    }))
}

/// All of a section, or what is at an address.
fn selection(address: &str, code: &str) -> Selection {
    match address {
        "" | "all" => Selection {
            addresses: None,
            sections: Some(vec![code.to_owned()]),
        },
        address => Selection {
            addresses: Some(vec![address.to_owned()]),
            sections: None,
        },
    }
}

/// Whether questions of the section are asked now that were hidden when the page was shown.
fn has_more(saved: &Saved, form: &PostedForm, code: &str) -> bool {
    let section = saved.sheet.section(code);
    section.is_ok_and(|section| {
        let filled = saved.sheet.filled();
        filled.has_more(section, form.text("hidden"))
    })
}

async fn save(
    visitor: &Visitor,
    id: ReplyId,
    code: &str,
    form: &PostedForm,
) -> Result<Saved, Problem> {
    let shown_at = form.text("position").parse::<u64>();
    let shown_at = shown_at.map_err(|_| Problem::new("form_outdated"))?;
    let words: Lang = form.text("text_lang").parse().unwrap_or(visitor.lang());
    let mut refused: BTreeMap<String, (FieldInput, Vec<String>)> = BTreeMap::new();
    for _ in 0..ATTEMPTS {
        let sheet = ReplySheet::read(visitor, id).await?;
        if let Some(problem) = sheet.obstacle(visitor, code).await? {
            return Err(problem);
        }
        let section = sheet.section(code)?;
        let compared = Comparison::read(visitor, &sheet, section, form, shown_at).await?;
        refused.extend(compared.unreadable(visitor));
        let given = compared.given(&refused, visitor.lang(), words);
        if given.is_empty() {
            return Ok(compared.saved(sheet, Vec::new(), refused));
        }
        let changes: Vec<(&str, &Value, String)> = given
            .iter()
            .map(|(address, value)| (address.as_str(), value, format!("/answers/{address}")))
            .collect();
        let position = sheet.seen.position;
        let saving = save_parts(&visitor.services, &visitor.caller, id, position, &changes);
        match saving.await {
            Ok(addresses) => {
                let sheet_now = ReplySheet::read(visitor, id).await?;
                return Ok(compared.saved(sheet_now, addresses, refused));
            }
            Err(problem) if problem.code() == "stale_if_match" => {}
            Err(problem) => {
                let found = compared.refused(visitor, &problem);
                if found.is_empty() {
                    return Err(problem);
                }
                refused.extend(found);
            }
        }
    }
    Err(Problem::new("too_many_retries"))
}

/// A field of the form, with what was shown, what is typed, and what is saved.
struct ComparedField {
    address: String,
    field: Field,
    shown: FieldInput,
    typed: FieldInput,
    held: FieldInput,
}

impl ComparedField {
    fn is_touched(&self) -> bool {
        self.typed != self.shown && self.typed != self.held
    }

    fn is_others(&self) -> bool {
        self.held != self.shown
    }
}

/// The form of a section beside what was shown and what is saved.
struct Comparison {
    fields: Vec<ComparedField>,
    conflicts: Vec<Conflict>,
}

impl Comparison {
    async fn read(
        visitor: &Visitor,
        sheet: &ReplySheet,
        section: &Section,
        form: &PostedForm,
        shown_at: u64,
    ) -> Result<Self, Problem> {
        let then = shown_then(visitor, sheet, shown_at).await?;
        let shown = inputs(visitor, sheet, &then, section).await?;
        let held = inputs(visitor, sheet, &sheet.seen, section).await?;
        let only: BTreeSet<&str> = form.all("only").collect();
        let cleared: BTreeSet<&str> = form.all("clear").collect();
        let given_up: BTreeSet<&str> = form.all("take").collect();
        let there: BTreeSet<String> = addresses(sheet, &sheet.seen, section).into_iter().collect();
        let mut fields = Vec::new();
        for address in addresses(sheet, &then, section) {
            let Some(located) = sheet.form.field(&address) else {
                continue;
            };
            let is_typed = !located
                .field
                .value_type()
                .is_some_and(|kind| matches!(kind, FieldType::File(_)));
            if !is_typed || !there.contains(&address) {
                continue;
            }
            let of = |inputs: &BTreeMap<String, FieldInput>| {
                inputs.get(&address).cloned().unwrap_or_default()
            };
            let shown = of(&shown);
            let is_sent = only.is_empty() || only.contains(address.as_str());
            let mut typed = match is_sent && !given_up.contains(address.as_str()) {
                true => FieldInput::from_form(form, located.field, &address, visitor.lang())
                    .settled(&shown),
                false => shown.clone(),
            };
            if cleared.contains(address.as_str()) {
                typed.values.clear();
            }
            fields.push(ComparedField {
                held: of(&held),
                shown,
                typed,
                field: located.field.clone(),
                address,
            });
        }
        let conflicts = fields.iter().filter(|of| of.is_touched() && of.is_others());
        let conflicts = conflicts.map(|of| conflict(visitor, sheet, of)).collect();
        Ok(Self { fields, conflicts })
    }

    /// What the API is given to save.
    fn given(
        &self,
        refused: &BTreeMap<String, (FieldInput, Vec<String>)>,
        page: Lang,
        words: Lang,
    ) -> Vec<(String, Value)> {
        let touched = self
            .fields
            .iter()
            .filter(|of| of.is_touched() && !of.is_others());
        let touched = touched.filter(|of| !refused.contains_key(&of.address));
        let given = touched.filter_map(|of| {
            let change = of.typed.change(&of.held, &of.field, page, words)?;
            Some((of.address.clone(), change))
        });
        given.collect()
    }

    /// The figures that cannot be read as they are typed.
    fn unreadable(&self, visitor: &Visitor) -> BTreeMap<String, (FieldInput, Vec<String>)> {
        let touched = self.fields.iter().filter(|of| of.is_touched());
        let faults = touched.filter_map(|of| {
            let fault = of.typed.figure_fault(&of.field, visitor.words)?;
            Some((of.address.clone(), (of.typed.clone(), vec![fault])))
        });
        faults.collect()
    }

    /// What of the form a problem refuses.
    fn refused(
        &self,
        visitor: &Visitor,
        problem: &Problem,
    ) -> BTreeMap<String, (FieldInput, Vec<String>)> {
        let mut refused: BTreeMap<String, (FieldInput, Vec<String>)> = BTreeMap::new();
        for fault in problem.all_faults() {
            let at = fault.pointer.strip_prefix("/answers/").unwrap_or_default();
            let address = at.split('/').next().unwrap_or_default();
            let Some(of) = self.fields.iter().find(|of| of.address == address) else {
                continue;
            };
            let entry = refused.entry(address.to_owned());
            let (_, told) = entry.or_insert_with(|| (of.typed.clone(), Vec::new()));
            let fault = in_words(fault, &of.field);
            told.push(FaultBody::from_fault(&fault, visitor.languages()).into_detail());
        }
        refused
    }

    fn saved(
        self,
        sheet: ReplySheet,
        addresses: Vec<String>,
        refused: BTreeMap<String, (FieldInput, Vec<String>)>,
    ) -> Saved {
        let mut typed = BTreeMap::new();
        let mut faults = BTreeMap::new();
        for (address, (input, told)) in refused {
            typed.insert(address.clone(), input);
            faults.insert(address, told);
        }
        let mut others = BTreeMap::new();
        for of in self.fields {
            if !of.is_others() {
                continue;
            }
            if of.is_touched() {
                typed.insert(of.address, of.typed);
            } else {
                others.insert(of.address, of.held);
            }
        }
        Saved {
            sheet,
            addresses,
            typed,
            faults,
            conflicts: self.conflicts,
            others,
        }
    }
}

/// The reply as the page showed it.
async fn shown_then(
    visitor: &Visitor,
    sheet: &ReplySheet,
    position: u64,
) -> Result<Reply, Problem> {
    if position == sheet.seen.position {
        return Ok(Reply::clone(&sheet.seen));
    }
    let desk = &visitor.services.desk;
    let then = desk.load_settled::<Reply>(sheet.id.0, position).await?;
    let then = then.state.as_ref().as_ref();
    let then = then.ok_or(Problem::new("form_outdated"))?;
    Ok(sheet.seen.sight.show(then, &sheet.form))
}

fn conflict(visitor: &Visitor, sheet: &ReplySheet, of: &ComparedField) -> Conflict {
    let teller = Teller {
        words: visitor.words,
        languages: visitor.languages(),
    };
    let told = |input: &FieldInput| match input.is_blank() {
        true => visitor.words.answer_blank().to_owned(),
        false => teller.input(&of.field, input),
    };
    Conflict {
        address: of.address.clone(),
        label: wording::of_field(
            &sheet.form,
            &of.address,
            visitor.languages(),
            visitor.lang(),
        ),
        theirs: told(&of.held),
        mine: told(&of.typed),
        held: of.held.clone(),
    }
}
