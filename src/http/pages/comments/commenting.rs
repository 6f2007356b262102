//! Saying something of a revision.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use serde_json::{Value, json};

use super::consultation::AskedConsultation;
use super::subject::Subject;
use crate::http::comments::commenting::make_comment;
use crate::http::comments::input::NewComment;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::trying::trial::last_year;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::{FaultBody, Problem};
use domain::fault::Codes;
use domain::phrase::expected;
use domain::{CommentId, ConsultationId, Lang};

#[derive(Template)]
#[template(path = "comments/comment.html")]
struct CommentTemplate {
    frame: Frame,
    consultation: ConsultationId,
    /// Where the form is sent.
    action: String,
    key: String,
    subject: Subject,
    about: Passage,
    typed: TypedComment,
    languages: Vec<(Lang, &'static str)>,
    problem: Option<String>,
    text_faults: Vec<String>,
    wording_faults: Vec<String>,
    is_correction: bool,
}

/// What a form says of a comment.
pub struct TypedComment {
    /// The language of its words.
    pub lang: Lang,
    /// The comment.
    pub text: String,
    /// The wording that it proposes; empty where it proposes none.
    pub wording: String,
}

impl TypedComment {
    /// As it is sent.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn from_form(visitor: &Visitor, form: &PostedForm) -> Result<Self, Problem> {
        let lang = match form.given("lang") {
            None => visitor.lang(),
            Some(code) => code.parse().map_err(|_| {
                let expected = expected::ONE_OF.codes(Lang::CODES.iter().copied());
                Problem::bad_parameter("lang", expected, code)
            })?,
        };
        Ok(Self {
            lang,
            text: form.text("text").trim_end().to_owned(),
            wording: form.text("wording").trim_end().to_owned(),
        })
    }

    /// As the API takes it.
    pub fn json(&self, subject: &Subject) -> Value {
        let wording = Some(&self.wording).filter(|wording| !wording.trim().is_empty());
        json!({"on": subject.json(), "lang": self.lang, "text": self.text, "wording": wording})
    }
}

/// A comment that is being written: where, of what, and what stands in the way.
pub struct Writing {
    /// In which consultation.
    pub consultation: ConsultationId,
    /// The comment that is corrected; none where it is a new one.
    pub comment: Option<CommentId>,
    /// What it is about.
    pub subject: Subject,
    /// What it says.
    pub typed: TypedComment,
    /// Why an operation refused it; none where it was not sent yet.
    pub refused: Option<(Problem, &'static str)>,
}

impl Writing {
    /// The form.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn show(self, visitor: &Visitor) -> Result<HttpResponse, Problem> {
        let asked = AskedConsultation::read(visitor, &self.consultation.to_string()).await?;
        let held = &asked.consultation;
        let desk = &visitor.services.desk;
        let form = desk.form(held.instrument, held.revision, Some(last_year()));
        let form = form.await?;
        let w = visitor.words;
        let about = self.subject.told(visitor, &form);
        let mut template = CommentTemplate {
            frame: visitor
                .frame(match self.comment {
                    Some(_) => w.comment_correct_title(),
                    None => w.comment_title(),
                })
                .await?,
            consultation: self.consultation,
            action: match self.comment {
                Some(comment) => format!("/comments/{comment}"),
                None => format!("/consultations/{}/comment", self.consultation),
            },
            key: clock::new_id().to_string(),
            subject: self.subject,
            about,
            typed: self.typed,
            languages: Frame::language_names().to_vec(),
            problem: None,
            text_faults: Vec::new(),
            wording_faults: Vec::new(),
            is_correction: self.comment.is_some(),
        };
        let mut status = StatusCode::OK;
        if let Some((problem, operation)) = self.refused {
            status = problem.status_code();
            for fault in problem.all_faults() {
                let told = FaultBody::from_fault(fault, visitor.languages()).into_detail();
                match fault.pointer.as_str() {
                    "/wording" => template.wording_faults.push(told),
                    _ => template.text_faults.push(told),
                }
            }
            let problem = problem.of_operation(Some(operation));
            template.problem = Some(problem.words_for(visitor.languages()).0);
        }
        page(status, visitor.lang(), &template)
    }
}

/// Whether somebody can do something about a refusal: then what they typed stays before them.
pub fn can_be_mended(problem: &Problem) -> bool {
    [
        StatusCode::FORBIDDEN,
        StatusCode::CONFLICT,
        StatusCode::UNPROCESSABLE_ENTITY,
    ]
    .contains(&problem.status_code())
}

/// The form of a new comment, on what the query names.
pub async fn comment_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let asked = AskedConsultation::read(&visitor, &path).await?;
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    let subject = Subject::from_form(&query);
    let held = &asked.consultation;
    let desk = &visitor.services.desk;
    // As comments name it, which know of no reference year.
    let form = desk.form(held.instrument, held.revision, None).await?;
    if !subject.is_in(&form) {
        return Err(Problem::not_found("question"));
    }
    let writing = Writing {
        consultation: asked.id,
        comment: None,
        subject,
        typed: TypedComment {
            lang: visitor.lang(),
            text: String::new(),
            wording: String::new(),
        },
        refused: None,
    };
    writing.show(&visitor).await
}

/// Makes a comment.
pub async fn comment(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ConsultationId = caller::id(&path, "consultation")?;
    let typed = TypedComment::from_form(&visitor, &form)?;
    let subject = Subject::from_form(&form);
    let write = visitor.write::<NewComment>(&form, typed.json(&subject))?;
    match make_comment(write, PathId(id)).await {
        Ok(made) => {
            let at = made.headers().get(header::LOCATION);
            let at = at.and_then(|at| at.to_str().ok()).unwrap_or_default();
            let comment = at.rsplit('/').next().unwrap_or_default();
            Ok(go_to(format!("/consultations/{id}?done=made#c-{comment}")))
        }
        Err(problem) if can_be_mended(&problem) => {
            let writing = Writing {
                consultation: id,
                comment: None,
                subject,
                typed,
                refused: Some((problem, "make_comment")),
            };
            writing.show(&visitor).await
        }
        Err(problem) => Err(problem),
    }
}
