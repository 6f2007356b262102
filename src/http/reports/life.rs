//! A report is begun, corrected, given up.

use actix_web::{HttpResponse, delete, post, put, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional;
use crate::http::handling::there::There;
use crate::http::problem::Problem;
use crate::http::reports::{ReportView, visible};
use crate::http::services::Services;
use domain::collection::Collection;
use domain::instrument::Instrument;
use domain::report::{Command, Context, Particulars, Purpose, Report};
use domain::{CollectionId, InstrumentId, ReportId, Texts};

/// What a report is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportInput {
    /// Its title.
    title: Texts,
    /// What it is for, which says the headings that it needs: `findings`, on what was gathered, to a session of the
    /// Commission (application, difficulties, assistance, practices); `progress`, in preparing instruments, to a session
    /// (progress); `congress`, to a Congress (application). findings, if left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "findings")]
    purpose: Purpose,
    /// The session of the Commission, or the Congress, that it is for, by number.
    #[schema(example = 15)]
    session: u16,
    /// The collections whose figures it reports.
    #[serde(default)]
    collections: Vec<Uuid>,
    /// The instruments whose preparation it reports.
    #[serde(default)]
    instruments: Vec<Uuid>,
}

impl ReportInput {
    fn particulars(&self) -> Particulars {
        let ids = self.collections.iter().copied();
        let collections = ids.map(CollectionId).collect();
        let ids = self.instruments.iter().copied();
        let instruments = ids.map(InstrumentId).collect();
        Particulars {
            title: self.title.clone(),
            purpose: self.purpose,
            session: self.session,
            collections,
            instruments,
        }
    }

    /// What there is of what it names. What is there stays there, so it needs no guard beyond that of its stream.
    async fn context(&self, reads: &mut Reads<'_>) -> Result<Context, DeskError> {
        let mut context = Context::default();
        for id in &self.collections {
            if reads.state::<Collection>(*id).await?.is_some() {
                context.collections.insert(CollectionId(*id));
            }
        }
        for id in &self.instruments {
            if reads.state::<Instrument>(*id).await?.is_some() {
                context.instruments.insert(InstrumentId(*id));
            }
        }
        Ok(context)
    }
}

/// Begins a report.
#[utoipa::path(tag = "reports", request_body = ReportInput, responses((status = 201, body = ReportView)))]
#[post("/v1/reports")]
pub async fn begin_report(
    caller: Caller,
    body: Body<ReportInput>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let input = &body.value;
    let request = caller.request(&body.bytes);
    let decided = services.desk.decide_with::<Report>(
        &request,
        clock::new_id(),
        &[],
        async |reads| input.context(reads).await,
        || Command::Begin(input.particulars()),
    );
    let decided = decided.await?;
    let location = format!("/v1/reports/{}", decided.stream);
    written(&services, &caller, Some(location), &decided).await
}

/// Changes what a report is to be, as a whole, until it is published. Its figures are compiled anew.
#[utoipa::path(tag = "reports", request_body = ReportInput, responses((status = 200, body = ReportView)))]
#[put("/v1/reports/{report}")]
pub async fn revise_report(
    caller: Caller,
    report: web::Path<String>,
    body: Body<ReportInput>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, _) = visible(&services, &caller, &report).await?;
    let input = &body.value;
    let request = caller.request(&body.bytes);
    let decided = services.desk.decide_with::<Report>(
        &request,
        id.0,
        &[],
        async |reads| input.context(reads).await,
        || Command::Revise(input.particulars()),
    );
    written(&services, &caller, None, &decided.await?).await
}

/// Gives a report up that is not published. It stays on record, to the Secretariat.
#[utoipa::path(tag = "reports", responses((status = 200, body = ReportView)))]
#[delete("/v1/reports/{report}")]
pub async fn abandon_report(
    caller: Caller,
    report: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, _) = visible(&services, &caller, &report).await?;
    let request = caller.request(&[]);
    let decided = services.desk.decide_with::<Report>(
        &request,
        id.0,
        &[],
        async |_| Ok(Context::default()),
        || Command::Abandon,
    );
    written(&services, &caller, None, &decided.await?).await
}

async fn written(
    services: &Services,
    caller: &Caller,
    created: Option<String>,
    decided: &Decided<Report>,
) -> Result<HttpResponse, Problem> {
    let report = There::is(&decided.now).ok_or(Problem::not_found("report"))?;
    let view = ReportView::of(services, caller, ReportId(decided.stream), &report).await?;
    let position = decided.now.position;
    Ok(conditional::written(created, position, &view))
}
