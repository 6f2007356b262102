//! A consultation: the revision that was forwarded, on one page, and beside each part of it what one's party said.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::civil::Date;

use super::outline::{OutlineSection, Reading, sections};
use super::said::Said;
use super::waiting::instrument_title;
use crate::desk::PresentResource;
use crate::http::handling::caller;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::trying::trial::last_year;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::rights::consultation::{CommentVisibility, visible};
use crate::http::rights::need::alone;
use access::Role;
use domain::collection::ReceiptTime;
use domain::consultation::{Consultation, Status};
use domain::{ConsultationId, InstrumentId};

#[derive(Template)]
#[template(path = "comments/consultation.html")]
struct ConsultationTemplate<'a> {
    frame: Frame,
    title: Passage,
    instrument: Passage,
    instrument_id: InstrumentId,
    revision: u32,
    reference: String,
    opened_on: String,
    deadline: String,
    status: Standing,
    /// The day on which the comments of all were published.
    published: Option<String>,
    introduction: Option<Passage>,
    notice: Option<&'static str>,
    /// Whether the questionnaire is not complete in the language of the page.
    is_lacking: bool,
    is_secretariat: bool,
    sections: &'a [OutlineSection],
    said: &'a Said,
    reading: &'a Reading<'a>,
}

/// Where a consultation stands, as people are told.
enum Standing {
    Open,
    Overdue,
    Closed,
}

/// A consultation that somebody may read the comments of: their own party's, or as the Secretariat everybody's.
pub struct AskedConsultation {
    /// Its id.
    pub id: ConsultationId,
    /// The consultation.
    pub consultation: PresentResource<Consultation>,
    /// Whose comments they read.
    pub sees: CommentVisibility,
}

impl AskedConsultation {
    /// A consultation in which the visitor's party is asked, or any for the Secretariat.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn read(visitor: &Visitor, id: &str) -> Result<Self, Problem> {
        let (services, caller) = (&visitor.services, &visitor.caller);
        if caller.principal.role == Role::Anonymous {
            // Whoever signs in may be asked.
            return Err(Problem::new("missing_token"));
        }
        let id: ConsultationId = caller::id(id, "consultation")?;
        let consultation = visible(services, caller, id).await?;
        let sees = match caller.principal.role.is_secretariat() {
            true => CommentVisibility::All,
            false => {
                let party = alone(services, caller).await?;
                let party = party.filter(|party| consultation.asked.contains_key(party));
                CommentVisibility::Own(party.ok_or(Problem::not_found("consultation"))?)
            }
        };
        Ok(Self {
            id,
            consultation,
            sees,
        })
    }
}

/// A consultation, for whoever is asked.
pub async fn consultation_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let asked = AskedConsultation::read(&visitor, &path).await?;
    let consultation = &asked.consultation;
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    let w = visitor.words;
    let (instrument, revision) = (consultation.instrument, consultation.revision);
    let desk = &visitor.services.desk;
    let form = desk.form(instrument, revision, Some(last_year())).await?;
    let said = Said::read(&visitor, asked.id, consultation, asked.sees, &form).await?;
    let sections = sections(&visitor, &form);
    let reading = Reading::new(w, &form, &said);
    let instrument_title = instrument_title(&visitor, instrument).await?;
    let own = consultation.title.as_ref();
    let passage = |texts| Passage::pick(texts, visitor.languages(), visitor.lang());
    let title = own.map_or_else(|| instrument_title.clone(), passage);
    let date = |day: Date| locale::date(visitor.lang(), day);
    let template = ConsultationTemplate {
        frame: visitor.frame(title.text.clone()).await?,
        title,
        instrument: instrument_title,
        instrument_id: instrument,
        revision,
        reference: consultation.reference.clone(),
        opened_on: date(consultation.opened_on),
        deadline: moment::deadline(visitor.lang(), &consultation.until),
        status: match consultation.status {
            Status::Closed => Standing::Closed,
            Status::Open if consultation.until.is_over(ReceiptTime::At(clock::now())) => {
                Standing::Overdue
            }
            Status::Open => Standing::Open,
        },
        published: consultation.published.map(date),
        introduction: form.introduction.as_ref().map(passage),
        notice: match query.text("done") {
            "made" => Some(w.comment_made()),
            "corrected" => Some(w.comment_corrected()),
            "withdrawn" => Some(w.comment_withdrawn()),
            _ => None,
        },
        is_lacking: !asked_in(&visitor, instrument, revision).await?,
        is_secretariat: asked.sees == CommentVisibility::All,
        sections: &sections,
        said: &said,
        reading: &reading,
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

/// Whether a revision is complete in the language of the page.
async fn asked_in(
    visitor: &Visitor,
    instrument: InstrumentId,
    number: u32,
) -> Result<bool, Problem> {
    let loaded = crate::http::instruments::load(&visitor.services, instrument).await?;
    let held = loaded.state.as_ref().as_ref();
    let revision = held.and_then(|held| held.revision(number));
    Ok(revision.is_some_and(|revision| revision.languages.contains(&visitor.lang())))
}
