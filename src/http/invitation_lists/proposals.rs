//! Who is proposed to be invited, in the columns of a list that can be sent.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use utoipa::ToSchema;

use super::{GetList, table};
use crate::desk::Request;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::table_form::{TableForm, csv};
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::proposals::{self as reading, ProposedRow};
use access::Role;
use access::invitation_lists::{self, NewLine};
use domain::collection::Collection;
use domain::consultation::Consultation;
use domain::{CollectionId, ConsultationId, PartyId, PersonId};
use mail::AskedIn;
use uuid::Uuid;

/// Who is proposed.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationProposals {
    /// In the order of the parties' codes.
    items: Vec<InvitationProposal>,
}

/// Somebody who is proposed.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationProposal {
    /// The party's code.
    party: String,
    /// Their name.
    name: String,
    /// Their address.
    address: String,
    /// The language that they read.
    #[schema(value_type = domain::Lang)]
    language: String,
    /// In what capacity.
    #[schema(value_type = access::Role)]
    role: &'static str,
}

/// The focal points of the last collection of the same instrument, for the parties that are invited to this one and have none
/// yet: as JSON, or as a table (CSV) that can be sent as a list.
#[utoipa::path(get, path = "/v1/collections/{collection}/invitation-proposals", tag = "delegations", params(GetList),
    responses((status = 200, content((InvitationProposals = "application/json"), (String = "text/csv")))))]
pub async fn get_invitation_proposals(
    lookup: Lookup<GetList>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let services: &Services = &lookup.services;
    let held = services.desk.load::<Collection>(id.0, true).await?.state;
    if held.is_none() {
        return Err(Problem::not_found("collection"));
    }
    let rows = reading::focal_points(lookup.pool(), id.0).await?;
    Ok(answer(&lookup, rows, Role::FocalPoint))
}

/// Those who commented in the last consultation on the same instrument, for the parties that are asked in this one: as JSON, or as
/// a table (CSV) that can be sent as a list.
#[utoipa::path(get, path = "/v1/consultations/{consultation}/invitation-proposals", tag = "consultations", params(GetList),
    responses((status = 200, content((InvitationProposals = "application/json"), (String = "text/csv")))))]
pub async fn get_comment_invitation_proposals(
    lookup: Lookup<GetList>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let services: &Services = &lookup.services;
    let held = services.desk.load::<Consultation>(id.0, true).await?.state;
    if held.is_none() {
        return Err(Problem::not_found("consultation"));
    }
    let rows = reading::commenters(lookup.pool(), id.0).await?;
    Ok(answer(&lookup, rows, Role::Commenter))
}

fn answer(lookup: &Lookup<GetList>, rows: Vec<ProposedRow>, role: Role) -> HttpResponse {
    let items = rows.into_iter().map(|row| InvitationProposal {
        party: row.code,
        name: row.name,
        address: row.email,
        language: row.language,
        role: role.as_str(),
    });
    match TableForm::wanted(lookup.query.format.as_deref(), lookup.http.headers()) {
        TableForm::Json => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(InvitationProposals {
                items: items.collect(),
            }),
        TableForm::Csv => {
            let lines = items.map(|item| {
                let role = item.role.to_owned();
                [item.party, item.name, item.address, item.language, role]
            });
            csv("proposals", table::written(lines))
        }
    }
}

/// Invites whoever is proposed, by a list that is put in once for a command; answers its id, if anybody is proposed.
///
/// # Errors
/// The database does not answer.
pub async fn invite_known(
    services: &Services,
    caller: &Caller,
    request: &Request,
    to: AskedIn,
) -> Result<Option<Uuid>, Problem> {
    let pool = services.log().pool();
    // Of the command's own: sent again, it finds the list that it put in.
    let list = Uuid::new_v5(&request.command.id, b"letters");
    if services.lists.lines(list, to).await?.is_some() {
        return Ok(Some(list));
    }
    let (rows, role) = match to {
        AskedIn::Collection(id) => (reading::focal_points(pool, id.0).await?, Role::FocalPoint),
        AskedIn::Consultation(id) => (reading::commenters(pool, id.0).await?, Role::Commenter),
    };
    if rows.is_empty() {
        return Ok(None);
    }
    let lines = (2..).zip(rows).map(|(line, row)| NewLine {
        line,
        party: PartyId(row.party),
        person: PersonId(row.person),
        role,
        sections: Vec::new(),
    });
    let lines: Vec<NewLine> = lines.collect();
    let mut transaction = pool.begin().await?;
    let actor = caller.principal.actor();
    invitation_lists::begin(&mut transaction, list, to, &actor, &lines).await?;
    transaction.commit().await?;
    services.lists.wake();
    Ok(Some(list))
}
