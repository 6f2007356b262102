//! Saying something of a revision, correcting it, and taking it back.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use serde_json::{Value, json};

use super::consultation::AskedConsultation;
use super::said::words;
use super::subject::Subject;
use crate::http::comments::commenting::{correct_comment, make_comment, withdraw_comment};
use crate::http::comments::input::NewComment;
use crate::http::comments::one;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::trying::trial::last_year;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::{FaultBody, Problem};
use crate::http::rights::consultation::{CommentVisibility, visible_comment};
use crate::http::schemas::Nothing;
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

#[derive(Template)]
#[template(path = "comments/withdrawal.html")]
struct WithdrawalTemplate {
    frame: Frame,
    consultation: ConsultationId,
    comment: CommentId,
    key: String,
    about: Passage,
    text: Passage,
}

/// What a form says of a comment.
struct TypedComment {
    lang: Lang,
    text: String,
    wording: String,
}

impl TypedComment {
    fn from_form(visitor: &Visitor, form: &PostedForm) -> Result<Self, Problem> {
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
    fn json(&self, subject: &Subject) -> Value {
        let wording = Some(&self.wording).filter(|wording| !wording.trim().is_empty());
        json!({"on": subject.json(), "lang": self.lang, "text": self.text, "wording": wording})
    }
}

/// A comment that is being written: where, of what, and what stands in the way.
struct Writing {
    consultation: ConsultationId,
    /// The comment that is corrected; none where it is a new one.
    comment: Option<CommentId>,
    subject: Subject,
    typed: TypedComment,
    refused: Option<(Problem, &'static str)>,
}

impl Writing {
    async fn show(self, visitor: &Visitor) -> Result<HttpResponse, Problem> {
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
fn can_be_mended(problem: &Problem) -> bool {
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

/// A comment of the visitor's own party, with its words.
struct OwnComment {
    consultation: ConsultationId,
    subject: Subject,
    lang: Lang,
    text: Passage,
    wording: Option<Passage>,
}

impl OwnComment {
    async fn read(visitor: &Visitor, id: CommentId) -> Result<Self, Problem> {
        let (services, caller) = (&visitor.services, &visitor.caller);
        let (held, _) = visible_comment(services, caller, id).await?;
        let consultation = held.consultation;
        let asked = AskedConsultation::read(visitor, &consultation.to_string()).await?;
        if asked.sees != CommentVisibility::Own(held.party) {
            return Err(Problem::not_found("comment"));
        }
        let (view, ..) = one(services, caller, id, consultation, None).await?;
        Ok(Self {
            consultation,
            subject: Subject::from_json(&view.on),
            lang: held.said.lang,
            text: original(visitor, &view.comment),
            wording: view
                .wording
                .as_ref()
                .map(|wording| original(visitor, wording)),
        })
    }
}

/// Words as they were typed, not translated.
fn original(visitor: &Visitor, shown: &Value) -> Passage {
    let mut shown = shown.clone();
    if let Some(shown) = shown.as_object_mut() {
        shown.remove("translations");
    }
    words(visitor, &shown)
}

/// The form by which a comment is corrected.
pub async fn correction_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: CommentId = caller::id(&path, "comment")?;
    let own = OwnComment::read(&visitor, id).await?;
    let writing = Writing {
        consultation: own.consultation,
        comment: Some(id),
        subject: own.subject,
        typed: TypedComment {
            lang: own.lang,
            text: own.text.text,
            wording: own.wording.map_or_else(String::new, |wording| wording.text),
        },
        refused: None,
    };
    writing.show(&visitor).await
}

/// Corrects a comment: what it is about stays.
pub async fn correction(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: CommentId = caller::id(&path, "comment")?;
    let own = OwnComment::read(&visitor, id).await?;
    let typed = TypedComment::from_form(&visitor, &form)?;
    let write = visitor.write::<NewComment>(&form, typed.json(&own.subject))?;
    match correct_comment(write, PathId(id)).await {
        Ok(_) => Ok(go_to(format!(
            "/consultations/{}?done=corrected#c-{id}",
            own.consultation
        ))),
        Err(problem) if can_be_mended(&problem) => {
            let writing = Writing {
                consultation: own.consultation,
                comment: Some(id),
                subject: own.subject,
                typed,
                refused: Some((problem, "correct_comment")),
            };
            writing.show(&visitor).await
        }
        Err(problem) => Err(problem),
    }
}

/// Asks whether a comment is to be taken back.
pub async fn withdrawal_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: CommentId = caller::id(&path, "comment")?;
    let own = OwnComment::read(&visitor, id).await?;
    let asked = AskedConsultation::read(&visitor, &own.consultation.to_string()).await?;
    let held = &asked.consultation;
    let desk = &visitor.services.desk;
    let form = desk.form(held.instrument, held.revision, Some(last_year()));
    let template = WithdrawalTemplate {
        frame: visitor
            .frame(visitor.words.comment_withdraw_title())
            .await?,
        consultation: own.consultation,
        comment: id,
        key: clock::new_id().to_string(),
        about: own.subject.told(&visitor, &*form.await?),
        text: own.text,
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

/// Takes a comment back.
pub async fn withdrawal(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: CommentId = caller::id(&path, "comment")?;
    let own = OwnComment::read(&visitor, id).await?;
    let write = visitor.write::<Nothing>(&form, json!({}))?;
    withdraw_comment(write, PathId(id)).await?;
    Ok(go_to(format!(
        "/consultations/{}?done=withdrawn",
        own.consultation
    )))
}
