//! Correcting a comment of one's own party, and taking it back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde_json::{Value, json};

use super::commenting::{TypedComment, Writing, can_be_mended};
use super::consultation::AskedConsultation;
use super::said::words;
use super::subject::Subject;
use crate::http::comments::commenting::{correct_comment, withdraw_comment};
use crate::http::comments::input::NewComment;
use crate::http::comments::one;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::trying::trial::last_year;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::rights::consultation::{CommentVisibility, visible_comment};
use crate::http::schemas::Nothing;
use domain::{CommentId, ConsultationId, Lang};

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
