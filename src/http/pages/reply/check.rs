//! All answers before they are submitted: what is wrong, what may be published, and the button that submits.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use serde_json::{Value, json};

use super::explaining::explanations;
use super::field::FieldView;
use super::html::Way;
use super::section_state::Standing;
use super::sheet::ReplySheet;
use super::telling::Teller;
use super::wording;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::replies::submissions::{SubmitReply, submit_reply};
use domain::collection::Basis;
use domain::questionnaire::Section;
use domain::reply::Consent;
use domain::{Lang, ReplyId};

#[derive(Template)]
#[template(path = "reply/check.html")]
struct CheckTemplate {
    frame: Frame,
    reply: ReplyId,
    key: String,
    problem: Option<String>,
    faults: Vec<FaultLine>,
    sections: Vec<SectionAnswers>,
    /// What explains checks of the whole questionnaire.
    explanations: Vec<FieldView>,
    way: Way,
    languages: [(Lang, &'static str); 6],
    unconfirmed: usize,
    /// How many questions have no answer.
    unanswered: usize,
    basis: &'static str,
    consent: ConsentChoice,
    needs: usize,
    may_submit: bool,
}

/// A fault, and where it is mended.
struct FaultLine {
    address: String,
    section: Option<String>,
    label: Passage,
    fault: String,
}

/// The answers of a section, as people read them.
pub struct SectionAnswers {
    /// Its code.
    pub code: String,
    /// What it is about.
    pub title: Passage,
    /// What is asked, and what is answered.
    pub answers: Vec<(String, Passage, Passage)>,
}

/// What may be published.
struct ConsentChoice {
    /// `none`, `all` or `sections`; empty where nothing is chosen yet.
    chosen: &'static str,
    sections: Vec<String>,
}

impl ConsentChoice {
    fn of(consent: Option<&Consent>, is_first: bool) -> Self {
        let (chosen, sections) = match consent {
            Some(Consent::All(_)) => ("all", Vec::new()),
            Some(Consent::Sections(sections)) => ("sections", sections.iter().cloned().collect()),
            None if is_first => ("", Vec::new()),
            None => ("none", Vec::new()),
        };
        Self { chosen, sections }
    }
}

/// All answers, what is wrong with them, and what a submission says.
pub async fn check_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    show(&visitor, &sheet, None, StatusCode::OK).await
}

async fn show(
    visitor: &Visitor,
    sheet: &ReplySheet,
    problem: Option<String>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let w = visitor.words;
    let seen = &sheet.seen;
    let mut faults = Vec::new();
    for (address, told) in ordered(sheet, sheet.faults(visitor, true)) {
        let section = sheet.form.section_of(&address);
        for fault in told {
            faults.push(FaultLine {
                section: section.map(|section| section.code.clone()),
                label: label(visitor, sheet, &address),
                address: address.clone(),
                fault,
            });
        }
    }
    let mut sections = answers(visitor, sheet, seen).await?;
    for section in &mut sections {
        // What is not asked any more is kept, and not submitted.
        let answers = &mut section.answers;
        answers.retain(|(address, ..)| !sheet.irrelevant.contains(address));
    }
    let template = CheckTemplate {
        frame: visitor.frame(w.check_title()).await?,
        reply: sheet.id,
        key: clock::new_id().to_string(),
        problem,
        sections,
        explanations: explanations(visitor, sheet).await?,
        way: Way { w, off: false },
        languages: Frame::language_names(),
        unconfirmed: seen.carried.size(),
        unanswered: sheet
            .sections()
            .map(|section| unanswered(sheet, section))
            .sum(),
        basis: match sheet.collection.basis {
            Basis::Consenting => w.basis_consenting(),
            Basis::All => w.basis_all(),
        },
        consent: ConsentChoice::of(seen.publication.as_ref(), seen.version == 0),
        needs: sheet.verdict.needs.len(),
        may_submit: visitor.may("submit_reply") && faults.is_empty() && seen.can_change(),
        faults,
    };
    page(status, visitor.lang(), &template)
}

fn unanswered(sheet: &ReplySheet, section: &Section) -> usize {
    let standing = Standing::of(sheet, section);
    standing.asked - standing.answered
}

/// What is asked at an address; of a check that asks for an explanation, its own words.
fn label(visitor: &Visitor, sheet: &ReplySheet, address: &str) -> Passage {
    let (languages, lang) = (visitor.languages(), visitor.lang());
    let located = sheet.form.field(address);
    let check = located.and_then(|located| sheet.filled().checks.get(&located.index));
    match check {
        Some(check) => Passage::pick(&check.text, languages, lang),
        None => wording::of_field(&sheet.form, address, languages, lang),
    }
}

/// Faults in the order in which they are asked.
fn ordered(
    sheet: &ReplySheet,
    mut faults: BTreeMap<String, Vec<String>>,
) -> Vec<(String, Vec<String>)> {
    let addresses: Vec<String> = faults.keys().cloned().collect();
    let ordered = sheet.form.in_order_of(addresses.iter());
    let told = ordered.into_iter();
    told.filter_map(|address| Some((address.clone(), faults.remove(&address)?)))
        .collect()
}

/// The answers of a reply by section, as people read them.
pub async fn answers(
    visitor: &Visitor,
    sheet: &ReplySheet,
    reply: &domain::reply::Reply,
) -> Result<Vec<SectionAnswers>, Problem> {
    let teller = Teller {
        words: visitor.words,
        languages: visitor.languages(),
    };
    let held: Vec<&str> = sheet.form.in_order(&reply.answers);
    let shown = sheet.shown(visitor, reply, &held).await?;
    let told = |section: &Section| -> Vec<(String, Passage, Passage)> {
        let here = held.iter().filter(|address| {
            let of = sheet.form.section_of(address);
            of.is_some_and(|of| of.code == section.code)
        });
        let told = here.filter_map(|address| {
            let field = sheet.form.field(address)?.field;
            field.value_type()?;
            let label = wording::of_answer(
                &sheet.form,
                &reply.answers,
                address,
                visitor.languages(),
                visitor.words,
            );
            let answer = teller.answer(field, shown.get(*address)?);
            Some(((*address).to_owned(), label, answer))
        });
        told.collect()
    };
    let sections = sheet.sections().map(|section| SectionAnswers {
        code: section.code.clone(),
        title: Passage::pick(&section.title, visitor.languages(), visitor.lang()),
        answers: told(section),
    });
    Ok(sections.collect())
}

/// Submits, and goes on to the receipt.
pub async fn submit(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    let publication = match form.text("publication") {
        "all" => json!({"all": true}),
        "sections" => {
            let sections: Vec<&str> = form.all("section").collect();
            if sections.is_empty() {
                let said = visitor.words.check_choose_sections().to_owned();
                return show(
                    &visitor,
                    &sheet,
                    Some(said),
                    StatusCode::UNPROCESSABLE_ENTITY,
                )
                .await;
            }
            json!({"sections": sections})
        }
        "none" => Value::Null,
        _ => {
            let said = visitor.words.check_choose_consent().to_owned();
            return show(
                &visitor,
                &sheet,
                Some(said),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await;
        }
    };
    let version = sheet.seen.version + 1;
    let write = visitor.write::<SubmitReply>(&form, json!({"publication": publication}))?;
    match submit_reply(write, PathId(id)).await {
        Ok(_) => Ok(go_to(format!(
            "/replies/{id}/versions/{version}?done=submitted"
        ))),
        Err(problem) if problem.status_code().is_client_error() => {
            let sheet = ReplySheet::read(&visitor, id).await?;
            let (said, _) = problem.words_for(visitor.languages());
            show(&visitor, &sheet, Some(said), problem.status_code()).await
        }
        Err(problem) => Err(problem),
    }
}
