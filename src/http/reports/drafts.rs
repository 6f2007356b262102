//! What a report is made of: its compilation, and the narratives under its headings.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::handling::as_of;
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::new_content;
use crate::http::handling::there::There;
use crate::http::handling::word_input::keep;
use crate::http::problem::Problem;
use crate::http::reports::{ReportView, visible};
use crate::http::services::Services;
use crate::report::{Compilation, Compiler};
use domain::fault;
use domain::reply::Reply;
use domain::report::{
    AnswerLink, Command, Context, Heading, NarrativeDrafted, Report, ReportCompiled,
};
use domain::said::expected;
use domain::{ContentRef, Lang, ReplyId, ReportId};
use event_log::content;

/// The most characters of a narrative.
const MAX_CHARS: usize = 100_000;

/// As of when to compile.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompileReport {
    /// A position, a time, or a day to its end in UTC; now, if left out.
    #[schema(value_type = Option<String>, example = "2006-03-01T00:00:00Z")]
    as_of: Option<Value>,
}

/// Compiles a report's figures and annexes as of a position, in place of what was compiled before. The same position gives
/// the same bytes.
#[utoipa::path(tag = "reports", request_body(content = CompileReport, description = "may be left out"),
    responses((status = 200, body = ReportView)))]
#[post("/v1/reports/{report}/compilation")]
pub async fn compile_report(
    caller: Caller,
    report: web::Path<String>,
    body: Body<CompileReport>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, report) = visible(&services, &caller, &report).await?;
    let position = as_of::of_body(services.log(), body.value.as_of.as_ref()).await?;
    let compiler = Compiler {
        desk: &services.desk,
        position,
    };
    let compilation = compiler.compile(&report).await.map_err(then_missing)?;
    let mut contents = Vec::new();
    let compilation = new_content::json(&compilation, &mut contents)?;
    let command = || {
        Command::Compile(ReportCompiled {
            position,
            compilation: compilation.clone(),
        })
    };
    let nothing = async |_: &mut Reads<'_>| Ok(Context::default());
    let request = caller.request(&body.bytes);
    let decided = services
        .desk
        .decide_with::<Report>(&request, id.0, &contents, nothing, command);
    written(&services, &caller, id, decided.await?).await
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

async fn written(
    services: &Services,
    caller: &Caller,
    id: ReportId,
    decided: Decided<Report>,
) -> Result<HttpResponse, Problem> {
    let report = There::is(&decided.now).ok_or(Problem::not_found("report"))?;
    let view = ReportView::of(services, caller, id, &report).await?;
    let position = decided.now.position;
    Ok(conditional::written(None, position, &view))
}

/// What was compiled, as it is stored. The Secretariat's: it has all figures, released or not.
#[utoipa::path(tag = "reports", responses((status = 200, description = "figures and annexes", body = Compilation)))]
#[get("/v1/reports/{report}/compilation")]
pub async fn get_compilation(
    request: HttpRequest,
    caller: Caller,
    report: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (_, report) = visible(&services, &caller, &report).await?;
    let compiled = report
        .compiled
        .as_ref()
        .ok_or(Problem::new("report_not_compiled"))?;
    let body = bytes(&services, &compiled.compilation).await?;
    let tag = Tag::Resource(report.position, Reader::any());
    let text = String::from_utf8(body).map_err(|_| Problem::new("internal"))?;
    Ok(conditional::answer_text(&request, &tag, None, || text))
}

/// A narrative.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftNarrative {
    /// Its words; an empty line begins a paragraph.
    text: String,
    /// The answers that it rests on.
    #[serde(default)]
    rests_on: Vec<LinkInput>,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkInput {
    /// The reply.
    reply: Uuid,
    /// The question's code.
    question: String,
}

/// Drafts the narrative under a heading in a language, in place of the one before.
#[utoipa::path(tag = "reports", request_body = DraftNarrative, responses((status = 200, body = ReportView)))]
#[put("/v1/reports/{report}/narratives/{heading}/{language}")]
pub async fn draft_narrative(
    caller: Caller,
    path: web::Path<(String, String, String)>,
    body: Body<DraftNarrative>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, report) = visible(&services, &caller, &path.0).await?;
    let (heading, lang) = place(&path.1, &path.2)?;
    let rests_on: Vec<AnswerLink> = body
        .value
        .rests_on
        .iter()
        .map(|link| AnswerLink {
            reply: ReplyId(link.reply),
            question: link.question.clone(),
        })
        .collect();
    let mut contents = Vec::new();
    let text = &body.value.text;
    let text = keep(text, "/text", MAX_CHARS, "report_faulty", &mut contents)?;
    let command = || {
        Command::Draft(NarrativeDrafted {
            heading,
            lang,
            text: text.clone(),
            rests_on: rests_on.clone(),
        })
    };
    let context = async |reads: &mut Reads<'_>| context(reads, &report, &rests_on).await;
    let request = caller.request(&body.bytes);
    let decided = services
        .desk
        .decide_with::<Report>(&request, id.0, &contents, context, command);
    written(&services, &caller, id, decided.await?).await
}

/// The answers among `links` that submitted replies in the report's collections hold.
async fn context(
    reads: &mut Reads<'_>,
    report: &Report,
    links: &[AnswerLink],
) -> Result<Context, DeskError> {
    let mut context = Context::default();
    for link in links {
        let reply = reads.state::<Reply>(link.reply.0).await?;
        let held = reply.as_ref().as_ref();
        let held = held.filter(|reply| report.particulars.collections.contains(&reply.collection));
        let answers = held.and_then(Reply::submitted_answers);
        if answers.is_some_and(|answers| answers.contains_key(&link.question)) {
            context.answers.insert(link.clone());
        }
    }
    Ok(context)
}

/// Takes out the narrative under a heading in a language.
#[utoipa::path(tag = "reports", responses((status = 200, body = ReportView)))]
#[delete("/v1/reports/{report}/narratives/{heading}/{language}")]
pub async fn drop_narrative(
    caller: Caller,
    path: web::Path<(String, String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, _) = visible(&services, &caller, &path.0).await?;
    let (heading, lang) = place(&path.1, &path.2)?;
    let nothing = async |_: &mut Reads<'_>| Ok(Context::default());
    let command = || Command::Drop { heading, lang };
    let request = caller.request(&[]);
    let decided = services
        .desk
        .decide_with::<Report>(&request, id.0, &[], nothing, command);
    written(&services, &caller, id, decided.await?).await
}

/// A heading and a language in a path.
fn place(heading: &str, lang: &str) -> Result<(Heading, Lang), Problem> {
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
