//! Files on a reply.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::{DecisionError, DeskError};
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::new_content;
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::Query;
use crate::http::handling::read_record::DraftRead;
use crate::http::handling::stored_words::{StoredWords, redacted};
use crate::http::problem::Problem;
use crate::http::replies::file_input;
use crate::http::rights::reply::visible_at;
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::WordsShape;
use crate::http::services::Services;
use crate::written;
use access::intake::Kind;
use domain::reply::{Command, Event, FileType, ReplyFileAttached};
use domain::{FileId, ReplyId};
use event_log::{AppendError, NewContent, upload};

/// A file of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    /// Its id in the reply.
    file: Uuid,
    /// The code of the question that it belongs to; null where it belongs to the whole reply.
    question: Option<String>,
    /// Its name.
    #[schema(value_type = WordsShape)]
    name: Value,
    /// As its sender declared it, and its bytes are.
    media_type: String,
    /// In bytes.
    size: u64,
    /// Whether its bytes were redacted.
    redacted: bool,
    /// Why they were.
    reason: Option<domain::redaction::Reason>,
    /// Whether it was taken away again before it was submitted, and deleted with its name.
    #[serde(skip_serializing_if = "is_not")]
    deleted: bool,
    /// The id of its content, told to the Secretariat only.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Uuid>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_not(is: &bool) -> bool {
    !*is
}

impl FileView {
    /// A file as it is shown, where its words were read by [`words_of`].
    pub(in crate::http) fn from_file(file: &ReplyFileAttached, words: &StoredWords) -> Self {
        let reason = words.reason(&file.content);
        Self {
            file: file.file.0,
            question: file.question.clone(),
            name: words.show(&file.name, None),
            media_type: file.media_type.clone(),
            size: file.size,
            redacted: reason.is_some(),
            reason,
            deleted: words.is_deleted(&file.content),
            content: words.id(&file.content),
        }
    }
}

/// The names of files, and which of them are redacted.
pub(in crate::http) async fn words_of<'a>(
    services: &Services,
    caller: &Caller,
    files: impl Iterator<Item = &'a ReplyFileAttached> + Clone,
) -> Result<StoredWords, Problem> {
    let names = files.clone().map(|file| &file.name);
    let words = StoredWords::read(services, caller, names).await?;
    let contents = files.map(|file| &file.content);
    words.and_redactions_of(services, contents).await
}

/// The files of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilesView {
    /// The reply.
    reply: Uuid,
    /// The position of the last event that changed the reply.
    position: u64,
    /// Its files, the oldest first.
    files: Vec<FileView>,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileChanged {
    /// The reply.
    reply: Uuid,
    /// The file.
    file: Uuid,
    /// The position of the last event that changed the reply; it is the reply's ETag.
    position: u64,
}

/// To what a file is attached.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AttachFile {
    /// The code of the question that it belongs to; the whole reply if left out.
    #[param(value_type = Option<written::FieldAddress>, inline)]
    question: Option<String>,
}

/// The files of a reply.
#[utoipa::path(get, path = "/v1/replies/{reply}/files", tag = "replies", params(At), responses((status = 200, body = FilesView)))]
pub async fn list_files(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let held = visible_at(&lookup, id).await?;
    let files = || held.files.values();
    let words = words_of(&lookup.services, &lookup.caller, files()).await?;
    let shown = files().map(|file| FileView::from_file(file, &words));
    let view = FilesView {
        reply: id.0,
        position: held.position,
        files: shown.collect(),
    };
    let reader = held.sight.tagged(Reader::any().words(words.changed));
    Ok(lookup.answer(&Tag::Resource(held.position, reader), &view))
}

/// Attaches a file to a draft: the body is the file itself, at most 10 MiB; `Content-Type` says what it is,
/// `Content-Disposition: attachment; filename="…"` how it is called: at most 255 bytes, with the extension of the type. All files
/// of a reply have at most 100 MiB, and its party stores at most 200 MiB on a day. Taken are PDF, plain text and CSV (in UTF-8, or UTF-16 with its mark), PNG, JPEG, and
/// documents, tables and presentations of office programs without macros, whose bytes are what was said.
#[utoipa::path(post, path = "/v1/replies/{reply}/files", tag = "replies", params(AttachFile),
    request_body(content = String, content_type = "application/octet-stream", description = "the file's bytes"),
    responses((status = 201, body = FileChanged)))]
pub async fn attach_file(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<ReplyId>,
    Query(asked): Query<AttachFile>,
    payload: web::Payload,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    // Whoever may not attach any is not kept sending one.
    ReplyActor::on(&services, &caller, id).await?;
    let file_type = file_input::file_type(request.headers())?;
    let name = file_input::name(request.headers(), file_type)?;
    let bytes = file_input::bytes(payload).await?;
    let file = NewFile {
        file_type,
        name,
        bytes,
        question: asked.question,
    };
    let view = attach(&services, &caller, id, file).await?;
    let location = format!("/v1/replies/{}/files/{}", view.reply, view.file);
    Ok(conditional::write_answer(
        Some(location),
        view.position,
        &view,
    ))
}

/// A file to attach.
pub(in crate::http) struct NewFile {
    /// What it is.
    pub file_type: FileType,
    /// What it is called.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The question that it belongs to; none: the whole reply.
    pub question: Option<String>,
}

/// Attaches a file to a draft.
///
/// # Errors
/// `file_type_differs`, `day_used_up`, and the refusals of the decision.
pub(in crate::http) async fn attach(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    new: NewFile,
) -> Result<FileChanged, Problem> {
    let acting = ReplyActor::on(services, caller, id).await?;
    let NewFile {
        file_type,
        name,
        bytes,
        question,
    } = new;
    file_input::check(&bytes, file_type)?;
    let media_type = file_type.media_type();
    // By which a repeated request is known.
    let request = Sha256::digest(&bytes);
    let request = [&request, media_type.as_bytes(), b"\n", name.as_bytes()].concat();

    let size = bytes.len() as u64;
    let content = NewContent::new(media_type, bytes).map_err(|_| Problem::new("internal"))?;
    let mut contents = Vec::new();
    let file = ReplyFileAttached {
        file: FileId(clock::new_id()),
        content: new_content::reference(&content),
        name: new_content::words(name, &mut contents)?,
        media_type: media_type.to_owned(),
        size,
        question,
    };
    let pool = services.log().pool();
    let intake = services.desk.intake();
    if let Some(party) = caller.principal.party {
        intake.take(party.0, Kind::Files, size).await??;
    }
    upload::store(pool, &content).await?;
    let file_id = file.file;
    let decided = acting
        .decide(caller.request(&request), &contents, Command::Attach(file))
        .await;
    let attached = decided.as_ref().ok().and_then(|decided| {
        decided.events.iter().find_map(|event| match event {
            Event::ReplyFileAttached(event) => Some(event.file),
            _ => None,
        })
    });
    // Refused, or done before by the same command: then nobody will ever name what was uploaded. Where it is not known
    // whether it was recorded, it is left; if it was not, it goes in an hour.
    let is_unknown = matches!(
        decided,
        Err(DecisionError::Desk(DeskError::Append(
            AppendError::Unknown(_)
        )))
    );
    if attached != Some(file_id) && !is_unknown {
        upload::discard(pool, content.id).await?;
        if let Some(party) = caller.principal.party {
            intake.give_back(party.0, Kind::Files, size).await?;
        }
    }
    Ok(FileChanged {
        reply: acting.id.0,
        position: decided?.now.position,
        file: attached.ok_or(Problem::new("internal"))?.0,
    })
}

/// A file, as it was sent. It is never shown in place, and never run.
#[utoipa::path(get, path = "/v1/replies/{reply}/files/{file}", tag = "replies", params(At),
    responses((status = 200, content_type = "*/*", body = String, description = "the file's bytes, of the type that it has")))]
pub async fn get_file(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let (reply, file) = path.into_inner();
    let id: ReplyId = caller::id(&reply, "reply")?;
    let file: FileId = caller::id(&file, "file")?;
    let held = visible_at(&lookup, id).await?;
    if !held.has_submitted(file) && !caller.principal.role.is_secretariat() {
        let operation = "list_files";
        DraftRead {
            operation,
            reply: id,
        }
        .note(&lookup.http);
    }
    let file = held.files.get(&file).ok_or(Problem::not_found("file"))?;
    let words =
        StoredWords::read(services, caller, [&file.name, &file.content].into_iter()).await?;
    if let Some(reason) = words.reason(&file.content) {
        return Err(redacted(reason));
    }
    if words.is_deleted(&file.content) {
        return Err(Problem::new("file_deleted"));
    }
    let bytes = words.body(&file.content).ok_or(Problem::new("internal"))?;
    let name = String::from_utf8_lossy(words.body(&file.name).unwrap_or(b"file"));
    Ok(HttpResponse::Ok()
        .content_type(file.media_type.as_str())
        .insert_header(file_input::disposition(&name))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ))
        // Once redacted, no cache may have kept it.
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes.to_vec()))
}

/// Takes a file away from a draft. One that no submitted version held is deleted.
#[utoipa::path(delete, path = "/v1/replies/{reply}/files/{file}", tag = "replies", responses((status = 200, body = FileChanged)))]
pub async fn remove_file(
    caller: Caller,
    PathId(id): PathId<ReplyId>,
    PathId(file): PathId<FileId>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&services, &caller, id).await?;
    let remove = Command::RemoveFile { file };
    let decided = acting.decide(caller.request(&[]), &[], remove).await?;
    let view = FileChanged {
        reply: acting.id.0,
        file: file.0,
        position: decided.now.position,
    };
    Ok(conditional::write_answer(None, view.position, &view))
}
