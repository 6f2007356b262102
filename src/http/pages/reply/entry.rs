//! Entries of a list: added, and taken away after one has seen what goes with it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde_json::{Value, json};

use super::section::addresses;
use super::sheet::ReplySheet;
use super::telling::Teller;
use crate::http::handling::caller;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::replies::answers::save_parts;
use domain::ReplyId;
use domain::questionnaire::Form;

#[derive(Template)]
#[template(path = "reply/entry.html")]
struct EntryTemplate {
    frame: Frame,
    reply: ReplyId,
    section: String,
    entry: String,
    lost: Vec<(Passage, Passage)>,
}

/// Adds an entry to a list, after the others; answers its address.
///
/// # Errors
/// Those of a save.
pub async fn add(visitor: &Visitor, sheet: &ReplySheet, list: &str) -> Result<String, Problem> {
    // Whoever adds one at once with a colleague has another.
    let id = clock::new_id().simple().to_string();
    let address = format!("{list}.e{}", &id[id.len() - 10..]);
    let entry = json!({"value": {}});
    change(visitor, sheet, &address, &entry).await?;
    Ok(address)
}

async fn change(
    visitor: &Visitor,
    sheet: &ReplySheet,
    address: &str,
    value: &Value,
) -> Result<(), Problem> {
    let given = [(address, value, format!("/answers/{address}"))];
    let position = sheet.seen.position;
    let saving = save_parts(
        &visitor.services,
        &visitor.caller,
        sheet.id,
        position,
        &given,
    );
    match saving.await {
        Err(problem) if problem.code() == "stale_if_match" => {
            let sheet = ReplySheet::read(visitor, sheet.id).await?;
            let position = sheet.seen.position;
            let again = save_parts(
                &visitor.services,
                &visitor.caller,
                sheet.id,
                position,
                &given,
            );
            again.await.map(drop)
        }
        saved => saved.map(drop),
    }
}

/// Says what goes with an entry, and asks.
pub async fn removal_page(
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    let section = sheet.section(&path.1)?;
    let entry = &path.2;
    let prefix = format!("{entry}.");
    let held: Vec<String> = addresses(&sheet, &sheet.seen, section)
        .into_iter()
        .filter(|address| address.starts_with(&prefix))
        .collect();
    let number = number(&sheet, entry).ok_or(Problem::not_found("entry"))?;
    let held: Vec<&str> = held.iter().map(String::as_str).collect();
    let answers = sheet.shown(&visitor, &sheet.seen, &held).await?;
    let teller = Teller {
        words: visitor.words,
        languages: visitor.languages(),
    };
    let lost = answers.iter().filter_map(|(address, answer)| {
        let field = sheet.form.field(address)?.field;
        let label =
            super::wording::of_field(&sheet.form, address, visitor.languages(), visitor.lang());
        Some((label, teller.answer(field, answer)))
    });
    let frame = visitor
        .frame(visitor.words.list_entry_remove_title(number))
        .await?;
    let template = EntryTemplate {
        lost: lost.collect(),
        frame,
        reply: id,
        section: path.1.clone(),
        entry: entry.clone(),
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

/// Takes an entry away.
pub async fn remove(
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    sheet.section(&path.1)?;
    if number(&sheet, &path.2).is_some() {
        change(&visitor, &sheet, &path.2, &Value::Null).await?;
    }
    Ok(go_to(format!(
        "/replies/{id}/sections/{}?done=removed",
        path.1
    )))
}

/// Which of its list's entries one is, from 1.
fn number(sheet: &ReplySheet, entry: &str) -> Option<usize> {
    let (list, id) = entry.split_once('.')?;
    let entries = Form::entries(list, &sheet.seen.answers);
    let place = entries.iter().position(|(_, held)| *held == id)?;
    Some(place + 1)
}
