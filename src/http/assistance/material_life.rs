//! What happens to a material: put under review, revised, issued, reviewed again; what is known of it; its resources.

use actix_web::{HttpResponse, post, put, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::assistance::materials::{MaterialView, view};
use crate::http::assistance::naming;
use crate::http::assistance::project_life::StepOn;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional;
use crate::http::handling::dates;
use crate::http::handling::there::There;
use crate::http::meetings::life::RecordResources;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::classification::Classification;
use domain::material::{
    Command, Context, Material, MaterialKind, MaterialResourcesRecorded, MaterialTakenUp, Status,
    Subject,
};
use domain::naming::MOST_NAMED;
use domain::{MaterialId, NeedId, Texts, classification_id};

/// A material to put under review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeUpMaterial {
    /// manual, model_law
    #[schema(value_type = String)]
    kind: MaterialKind,
    /// What it is called.
    title: Texts,
    /// The needs that it meets.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    needs: Vec<NeedId>,
    /// The codes of the standards that it is about.
    #[serde(default)]
    standards: Vec<String>,
    /// Since which day it is under review; not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// Puts a manual or model law under review for the first time.
#[utoipa::path(tag = "materials", request_body = TakeUpMaterial, responses((status = 201, body = MaterialView)))]
#[post("/v1/materials")]
pub async fn take_up_material(
    caller: Caller,
    body: Body<TakeUpMaterial>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = MaterialId(clock::new_id());
    let new = &body.value;
    let subject = Subject {
        title: new.title.clone(),
        needs: new.needs.clone(),
        standards: new.standards.clone(),
    };
    let take_up = || Command::TakeUp {
        material: MaterialTakenUp {
            kind: new.kind,
            subject: subject.clone(),
            on: new.on,
        },
        today: dates::today(),
    };
    let decided = decide(&services, &caller, id, &body.bytes, &new.needs, take_up).await?;
    answer(&services, &caller, &decided, true).await
}

/// What is known of a material, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMaterial {
    /// What it is called.
    title: Texts,
    /// The needs that it meets.
    #[schema(value_type = Vec<String>)]
    needs: Vec<NeedId>,
    /// The codes of the standards that it is about.
    standards: Vec<String>,
}

/// Says otherwise what is known of a material, as long as it is not issued.
#[utoipa::path(tag = "materials", request_body = EditMaterial, responses((status = 200, body = MaterialView)))]
#[put("/v1/materials/{material}")]
pub async fn edit_material(
    caller: Caller,
    material: web::Path<String>,
    body: Body<EditMaterial>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&material, "material")?;
    let new = &body.value;
    let edit = || {
        Command::Edit(Subject {
            title: new.title.clone(),
            needs: new.needs.clone(),
            standards: new.standards.clone(),
        })
    };
    let decided = decide(&services, &caller, id, &body.bytes, &new.needs, edit).await?;
    answer(&services, &caller, &decided, false).await
}

/// Records that a material was revised.
#[utoipa::path(tag = "materials", request_body = StepOn, responses((status = 200, body = MaterialView)))]
#[post("/v1/materials/{material}/revision")]
pub async fn revise_material(
    caller: Caller,
    material: web::Path<String>,
    body: Body<StepOn>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    advance(&services, &caller, &material, &body, Status::Revised).await
}

/// Records that a revised material was issued.
#[utoipa::path(tag = "materials", request_body = StepOn, responses((status = 200, body = MaterialView)))]
#[post("/v1/materials/{material}/issue")]
pub async fn issue_material(
    caller: Caller,
    material: web::Path<String>,
    body: Body<StepOn>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    advance(&services, &caller, &material, &body, Status::Issued).await
}

/// Puts an issued material under review again.
#[utoipa::path(tag = "materials", request_body = StepOn, responses((status = 200, body = MaterialView)))]
#[post("/v1/materials/{material}/review")]
pub async fn review_material(
    caller: Caller,
    material: web::Path<String>,
    body: Body<StepOn>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    advance(&services, &caller, &material, &body, Status::UnderReview).await
}

async fn advance(
    services: &Services,
    caller: &Caller,
    material: &str,
    body: &Body<StepOn>,
    to: Status,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(material, "material")?;
    let step = || Command::Advance {
        to,
        on: body.value.on,
        today: dates::today(),
    };
    let decided = decide(services, caller, id, &body.bytes, &[], step).await?;
    answer(services, caller, &decided, false).await
}

/// Records how it stands with the extrabudgetary resources that a material is subject to.
#[utoipa::path(tag = "materials", request_body = RecordResources, responses((status = 200, body = MaterialView)))]
#[put("/v1/materials/{material}/resources")]
pub async fn record_material_resources(
    caller: Caller,
    material: web::Path<String>,
    body: Body<RecordResources>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&material, "material")?;
    let (resources, on) = (body.value.resources, body.value.on);
    let record = || Command::RecordResources {
        resources: MaterialResourcesRecorded { resources, on },
        today: dates::today(),
    };
    let decided = decide(&services, &caller, id, &body.bytes, &[], record).await?;
    answer(&services, &caller, &decided, false).await
}

/// What a decision reads: the classification, and the needs that are named. Everything is guarded.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn context(reads: &mut Reads<'_>, needs: &[NeedId]) -> Result<Context, DeskError> {
    let mut context = Context {
        classification: reads.state::<Classification>(classification_id()).await?,
        ..Context::default()
    };
    for id in needs.iter().take(MOST_NAMED) {
        if let Some((_, status)) = naming::need(reads, *id).await? {
            context.needs.insert(*id, status);
        }
    }
    Ok(context)
}

async fn decide(
    services: &Services,
    caller: &Caller,
    id: MaterialId,
    bytes: &[u8],
    needs: &[NeedId],
    command: impl Fn() -> Command,
) -> Result<Decided<Material>, Problem> {
    let request = caller.request(bytes);
    let context = async |reads: &mut Reads<'_>| context(reads, needs).await;
    let desk = &services.desk;
    let decided = desk.decide_with::<Material>(&request, id.0, &[], context, command);
    Ok(decided.await?)
}

async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &Decided<Material>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let id = MaterialId(decided.stream);
    let there = There::is(&decided.now).ok_or(Problem::not_found("material"))?;
    let (view, _) = view(services, caller, id, &there).await?;
    let location = is_new.then(|| format!("/v1/materials/{id}"));
    Ok(conditional::written(location, there.position, &view))
}
