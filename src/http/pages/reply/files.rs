//! The files of a reply, or of one question: attached and removed on a page of their own.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use futures_util::StreamExt;

use super::sheet::ReplySheet;
use super::wording;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::replies::files::{NewFile, attach, remove_file, words_of};
use domain::fault::FILE_IS_NOT_OF_ITS_TYPE;
use domain::reply::{FileType, MAX_FILE_BYTES, file_name};
use domain::{FileId, ReplyId};

#[derive(Template)]
#[template(path = "reply/files.html")]
struct FilesTemplate {
    frame: Frame,
    reply: ReplyId,
    /// The address of the question; empty for the whole reply.
    question: String,
    asked: Option<Passage>,
    files: Vec<FileLine>,
    problem: Vec<String>,
    /// What was done.
    notice: Option<&'static str>,
    obstacle: Option<String>,
    back: String,
}

/// A file in the list.
struct FileLine {
    id: FileId,
    name: String,
    size: String,
    of: Option<Passage>,
}

/// The files of a reply, or of the question that `question` names.
pub async fn files_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    show(
        &visitor,
        id,
        query.text("question"),
        Vec::new(),
        StatusCode::OK,
    )
    .await
}

async fn show(
    visitor: &Visitor,
    id: ReplyId,
    question: &str,
    problem: Vec<String>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let sheet = ReplySheet::read(visitor, id).await?;
    let of = |address: &str| {
        wording::of_field(&sheet.form, address, visitor.languages(), visitor.lang())
    };
    let attached = sheet.seen.files.values();
    let attached =
        attached.filter(|file| question.is_empty() || file.question.as_deref() == Some(question));
    let words = words_of(&visitor.services, &visitor.caller, attached.clone()).await?;
    let files = attached.map(|file| {
        let name = words.body(&file.name).map(String::from_utf8_lossy);
        FileLine {
            id: file.file,
            name: name.map_or_else(|| visitor.words.answer_redacted().to_owned(), Into::into),
            size: visitor
                .words
                .file_size(locale::integer(visitor.lang(), file.size.div_ceil(1024))),
            of: file
                .question
                .as_deref()
                .filter(|_| question.is_empty())
                .map(of),
        }
    });
    let section = sheet
        .form
        .section_of(question)
        .filter(|_| !question.is_empty());
    let obstacle = match section {
        Some(section) => sheet.obstacle(visitor, &section.code).await?,
        None => None,
    };
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    let notice = match query.text("done") {
        "attached" => Some(visitor.words.files_attached()),
        "removed" => Some(visitor.words.files_removed()),
        _ => None,
    };
    let template = FilesTemplate {
        notice: notice.filter(|_| problem.is_empty()),
        frame: visitor.frame(visitor.words.files_title()).await?,
        reply: id,
        asked: (!question.is_empty()).then(|| of(question)),
        files: files.collect(),
        problem,
        obstacle: obstacle.map(|problem| problem.words_for(visitor.languages()).0),
        back: match section {
            Some(section) => format!("/replies/{id}/sections/{}#f-{question}", section.code),
            None => format!("/replies/{id}"),
        },
        question: question.to_owned(),
    };
    page(status, visitor.lang(), &template)
}

/// Attaches a file that a form sends.
pub async fn attach_page(
    visitor: Visitor,
    path: web::Path<String>,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    let question = query.text("question");
    let attached = match sent(form, question).await {
        Ok(file) => attach(&visitor.services, &visitor.caller, id, file)
            .await
            .map(drop),
        Err(problem) => Err(problem),
    };
    match attached {
        Ok(()) => Ok(go_to(format!(
            "/replies/{id}/files?question={question}&done=attached"
        ))),
        Err(problem) if problem.status_code().is_client_error() => {
            let (said, faults) = problem.words_for(visitor.languages());
            let told = std::iter::once(said).chain(faults).collect();
            show(&visitor, id, question, told, problem.status_code()).await
        }
        Err(problem) => Err(problem),
    }
}

/// The file that a form sends. Its type goes by its name: what browsers say of it differs from machine to machine.
async fn sent(mut form: Multipart, question: &str) -> Result<NewFile, Problem> {
    let cut_off = || Problem::new("body_cut_off");
    while let Some(part) = form.next().await {
        let mut part = part.map_err(|_| cut_off())?;
        if part.name() != Some("file") {
            continue;
        }
        let disposition = part.content_disposition();
        let named = disposition.and_then(|given| given.get_filename());
        let named = named.unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| cut_off())?;
            if bytes.len() + chunk.len() > MAX_FILE_BYTES {
                return Err(Problem::new("file_too_large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        let file_type = FileType::from_name(&named).ok_or(Problem::new("file_type_not_allowed"))?;
        let name = file_name(&named, file_type)
            .map_err(|fault| Problem::new("bad_file_name").faults(vec![fault]))?;
        if bytes.is_empty() {
            let fault = FILE_IS_NOT_OF_ITS_TYPE.at("").arg("media_type", file_type);
            return Err(Problem::new("file_type_differs").faults(vec![fault]));
        }
        return Ok(NewFile {
            file_type,
            name,
            bytes,
            question: (!question.is_empty()).then(|| question.to_owned()),
        });
    }
    Err(Problem::new("bad_file_name"))
}

/// Removes a file.
pub async fn remove_page(
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let file: FileId = caller::id(&path.1, "file")?;
    let services = visitor.services.clone();
    remove_file(visitor.caller.clone(), PathId(id), PathId(file), services).await?;
    Ok(go_to(format!(
        "/replies/{id}/files?question={}&done=removed",
        form.text("question")
    )))
}
