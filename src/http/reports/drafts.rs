//! What a report is made of: its compilation, and the narratives under its headings.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::DeskError;
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::keep;
use crate::http::handling::write::Write;
use crate::http::handling::{as_of, new_content};
use crate::http::problem::Problem;
use crate::http::reports::life::change;
use crate::http::reports::{ReportView, visible};
use crate::http::schemas::Nothing;
use crate::http::services::Services;
use crate::report::{Compilation, Compiler};
use crate::written;
use domain::phrase::expected;
use domain::report::{AnswerLink, Command, Heading, NarrativeDrafted, ReportCompiled};
use domain::{ContentRef, Lang, ReplyId, ReportId, fault};
use event_log::content;

/// The most characters of a narrative.
const MAX_CHARS: usize = 100_000;

/// As of when to compile.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CompileReport {
    /// A position, a time, or a day to its end in UTC; now, if left out.
    #[schema(value_type = Option<written::PositionOrTimeInput>, example = "2006-03-01T00:00:00Z")]
    as_of: Option<Value>,
}

/// Compiles a report's figures and annexes as of a position, in place of what was compiled before. The same position gives
/// the same bytes.
#[utoipa::path(post, path = "/v1/reports/{report}/compilation", tag = "reports", request_body(content = CompileReport, description = "may be left out"),
    responses((status = 200, body = ReportView)))]
pub async fn compile_report(
    mut write: Write<CompileReport>,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    let services = &write.services;
    let report = visible(services, &write.caller, id).await?;
    let position = as_of::of_body(services.log(), write.body.as_of.as_ref()).await?;
    let compiler = Compiler {
        desk: &services.desk,
        position,
    };
    let compilation = compiler.compile(&report).await.map_err(then_missing)?;
    let compile = Command::Compile(ReportCompiled {
        position,
        compilation: new_content::json(&compilation, &mut write.contents)?,
    });
    change(&write, id, compile).await
}

/// What the report names did not exist yet, as of then.
fn then_missing(error: DeskError) -> Problem {
    match error {
        DeskError::NotFound(_) => Problem::new("before_it_existed"),
        error => error.into(),
    }
}

/// The bytes of a content that a report refers to.
pub(in crate::http) async fn bytes(
    services: &Services,
    reference: &ContentRef,
) -> Result<Vec<u8>, Problem> {
    let id = reference.content.0;
    let mut bodies = content::bodies(services.log().pool(), &[id]).await?;
    bodies.remove(&id).ok_or(Problem::new("internal"))
}

/// What was compiled, as it is stored. The Secretariat's: it has all figures, released or not.
#[utoipa::path(get, path = "/v1/reports/{report}/compilation", tag = "reports", responses((status = 200, description = "figures and annexes", body = Compilation)))]
pub async fn get_compilation(
    lookup: Lookup,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    let services = &lookup.services;
    let report = visible(services, &lookup.caller, id).await?;
    let compiled = report
        .compiled
        .as_ref()
        .ok_or(Problem::new("report_not_compiled"))?;
    let body = bytes(services, &compiled.compilation).await?;
    let tag = Tag::Resource(report.position, Reader::any());
    let text = String::from_utf8(body).map_err(|_| Problem::new("internal"))?;
    Ok(conditional::answer_text(&lookup.http, &tag, None, || text))
}

/// A narrative.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DraftNarrative {
    /// Its words; an empty line begins a paragraph.
    text: String,
    /// The answers that it rests on.
    #[serde(default)]
    rests_on: Vec<LinkInput>,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct LinkInput {
    /// The reply.
    reply: Uuid,
    /// The question's code.
    question: String,
}

/// Drafts the narrative under a heading in a language, in place of the one before.
#[utoipa::path(put, path = "/v1/reports/{report}/narratives/{heading}/{language}", tag = "reports", request_body = DraftNarrative, responses((status = 200, body = ReportView)))]
pub async fn draft_narrative(
    mut write: Write<DraftNarrative>,
    PathId(id): PathId<ReportId>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    visible(&write.services, &write.caller, id).await?;
    let (heading, lang) = heading_and_language(&path.1, &path.2)?;
    let new = &write.body;
    let rests_on = new.rests_on.iter().map(|link| AnswerLink {
        reply: ReplyId(link.reply),
        question: link.question.clone(),
    });
    let draft = Command::Draft(NarrativeDrafted {
        heading,
        lang,
        text: keep(
            &new.text,
            "/text",
            MAX_CHARS,
            "report_faulty",
            &mut write.contents,
        )?,
        rests_on: rests_on.collect(),
    });
    change(&write, id, draft).await
}

/// Takes out the narrative under a heading in a language.
#[utoipa::path(delete, path = "/v1/reports/{report}/narratives/{heading}/{language}", tag = "reports", responses((status = 200, body = ReportView)))]
pub async fn drop_narrative(
    write: Write<Nothing>,
    PathId(id): PathId<ReportId>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    visible(&write.services, &write.caller, id).await?;
    let (heading, lang) = heading_and_language(&path.1, &path.2)?;
    change(&write, id, Command::Drop { heading, lang }).await
}

/// A heading and a language in a path.
fn heading_and_language(heading: &str, lang: &str) -> Result<(Heading, Lang), Problem> {
    let wrong = |parameter: &'static str, known: &[&str], got: &str| {
        let expected = expected::ONE_OF.codes(known.iter().copied());
        Problem::bad_parameter(parameter, expected, got)
    };
    let known = heading.parse();
    let heading =
        known.map_err(|error: fault::UnknownCode| wrong("heading", error.known, heading))?;
    let known = lang.parse();
    let lang = known.map_err(|error: fault::UnknownCode| wrong("language", error.known, lang))?;
    Ok((heading, lang))
}
