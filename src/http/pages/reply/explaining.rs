//! What explains checks of the whole questionnaire, which stand in no section: typed where the reply is checked.

use std::collections::{BTreeMap, HashSet};

use actix_web::{HttpResponse, web};
use serde_json::Value;

use super::field::{FieldMaker, FieldView};
use super::input::FieldInput;
use super::sheet::ReplySheet;
use crate::http::handling::caller;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::replies::answers::save_parts;
use domain::{Lang, ReplyId};

/// The addresses at which checks of the whole questionnaire are explained.
fn addresses(sheet: &ReplySheet) -> Vec<String> {
    let fields = sheet.form.fields().iter();
    let of_whole = fields.filter(|field| {
        field.is_check() && field.section.is_none() && field.value_type().is_some()
    });
    of_whole.map(|field| field.address.to_string()).collect()
}

async fn inputs(
    visitor: &Visitor,
    sheet: &ReplySheet,
) -> Result<BTreeMap<String, FieldInput>, Problem> {
    let addresses = addresses(sheet);
    let held: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let shown = sheet.shown(visitor, &sheet.seen, &held).await?;
    let inputs = shown.into_iter().filter_map(|(address, answer)| {
        let field = sheet.form.field(&address)?.field;
        let input = FieldInput::from_answer(field, visitor.lang(), Some(&answer));
        Some((address, input))
    });
    Ok(inputs.collect())
}

/// The explanations that are asked for, or held.
///
/// # Errors
/// The database does not answer.
pub async fn explanations(
    visitor: &Visitor,
    sheet: &ReplySheet,
) -> Result<Vec<FieldView>, Problem> {
    let maker = FieldMaker {
        sheet: sheet.filled(),
        words: visitor.words,
        languages: visitor.languages(),
        inputs: inputs(visitor, sheet).await?,
        faults: sheet.faults(visitor, true),
        unoffered: HashSet::new(),
        previous: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    let asked = addresses(sheet);
    let asked = asked
        .iter()
        .filter_map(|address| maker.explanation(address));
    Ok(asked.filter(|view| !view.is_hidden).collect())
}

/// Saves explanations, and checks again.
pub async fn explain(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    let held = inputs(&visitor, &sheet).await?;
    let words: Lang = form.text("text_lang").parse().unwrap_or(visitor.lang());
    let mut changes: Vec<(String, Value)> = Vec::new();
    for address in addresses(&sheet) {
        let Some(located) = sheet.form.field(&address) else {
            continue;
        };
        if form.given(&format!("a.{address}")).is_none() {
            continue;
        }
        let typed = FieldInput::from_form(&form, located.field, &address, visitor.lang());
        let shown = held.get(&address).cloned().unwrap_or_default();
        let change = typed.change(&shown, located.field, visitor.lang(), words);
        changes.extend(change.map(|change| (address, change)));
    }
    if !changes.is_empty() {
        let given: Vec<(&str, &Value, String)> = changes
            .iter()
            .map(|(address, change)| (address.as_str(), change, format!("/answers/{address}")))
            .collect();
        let position = sheet.seen.position;
        save_parts(&visitor.services, &visitor.caller, id, position, &given).await?;
    }
    Ok(go_to(format!("/replies/{id}/check")))
}
