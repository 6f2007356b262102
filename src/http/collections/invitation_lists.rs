//! Who is invited: by which letter, until when, and whether an answer came.

use actix_web::{HttpResponse, web};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional::Tag;
use crate::http::handling::caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::problem::Problem;
use crate::http::schemas::{DeadlineView, NoticeView, Sources, basis_notice, rfc3339};
use crate::reading::Part;
use crate::reading::invitations::{self as reading, InvitationFilter, InvitationRow};
use domain::collection::{Basis, Deadline};
use domain::{CollectionId, Lang};

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    /// The party.
    party: Uuid,
    /// Its code.
    code: String,
    /// Its kind on the day of the invitation: figures count by it.
    kind: domain::party::PartyKind,
    /// Its regional group on that day: figures count by it.
    regional_group: Option<domain::party::RegionalGroup>,
    /// Its region on that day.
    region: Option<String>,
    /// The position of the invitation.
    position: i64,
    /// When it was recorded, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    invited_at: String,
    /// The letter that invites it.
    letter: InvitingLetter,
    /// Until when its reply is expected.
    deadline: DeadlineView,
    /// Whether it has replied: submitted and not withdrawn.
    replied: bool,
    /// Whether what it submitted first came after its deadline; null where it has not replied.
    late: Option<bool>,
    /// Whether it has not replied, and its deadline is over: as of the position asked for, or else now.
    overdue: bool,
    /// How often it was reminded.
    reminders: u32,
    /// When it was reminded last, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    reminded_at: Option<String>,
    /// On whom the collection's public figures stand: `consenting` or `all`.
    basis: domain::collection::Basis,
    /// That, for people.
    notices: Vec<NoticeView>,
}

/// A note verbale or letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitingLetter {
    /// Its symbol.
    reference: String,
    /// Its date.
    dated: jiff::civil::Date,
}

impl InvitationView {
    fn from_row(row: InvitationRow, basis: Basis, languages: &[Lang]) -> Result<Self, Problem> {
        let at = row.deadline.parse::<Timestamp>();
        let deadline = Deadline {
            at: at.map_err(|_| Problem::new("internal"))?,
            time_zone: row.time_zone,
        };
        Ok(Self {
            party: row.party,
            code: row.code,
            kind: row.kind,
            regional_group: row.regional_group,
            region: row.region,
            position: row.since,
            invited_at: row.invited_at,
            letter: InvitingLetter {
                reference: row.reference,
                dated: row.dated,
            },
            deadline: DeadlineView::from_deadline(&deadline),
            replied: row.replied,
            late: row.late,
            overdue: row.overdue,
            reminders: row.reminders,
            reminded_at: row.reminded_at,
            basis,
            notices: vec![basis_notice(basis, languages)],
        })
    }
}

/// Which invitations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListInvitations {
    /// member_states; other_sources: observers, organizations, institutes and UN entities, which figures never count as Member
    /// States. All, if left out.
    #[param(value_type = Option<Sources>, inline)]
    of: Option<Sources>,
    /// true: only parties whose deadline is over and that have not replied; false: only the others.
    #[param(value_type = Option<bool>)]
    overdue: Option<bool>,
}

/// Who is invited to a collection, in the order of codes.
#[utoipa::path(get, path = "/v1/collections/{collection}/invitations", tag = "collections", params(ListInvitations, Paging, At), responses((status = 200, body = Page<InvitationView>)))]
pub async fn list_invitations(
    list: ListLookup<ListInvitations>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let basis = list
        .services
        .collection(id, list.as_of.as_ref())
        .await?
        .basis;
    let wanted = InvitationFilter {
        of: list.query.of.map(Sources::as_str),
        overdue: list.query.overdue,
        party: None,
    };
    let now = rfc3339(clock::now());
    let (read, passed) = reading::list(list.pool(), &list.part()?, id.0, wanted, &now).await?;
    let code = |row: &InvitationRow| row.code.clone();
    let page = list.page(read.rows, read.position, code, |row| row);
    let rows = page.items.into_iter();
    let rows = rows.map(|row| InvitationView::from_row(row, basis, list.languages()));
    let page = Page {
        items: rows.collect::<Result<Vec<_>, _>>()?,
        next: page.next,
        position: page.position,
    };
    // Time alone makes a party overdue: the tag says how many deadlines are over.
    let reader = list.reader().after_deadlines(passed);
    Ok(list.answer(&Tag::Figure(read.changed, reader), &page))
}

/// The invitation of a party: by which letter, until when, and whether an answer came. A party finds here whether it is invited,
/// and its own deadline.
#[utoipa::path(get, path = "/v1/collections/{collection}/parties/{party}/invitation", tag = "collections", params(At), responses((status = 200, body = InvitationView)))]
pub async fn get_invitation(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&path.0, "collection")?;
    let party = party_id(&path.1);
    lookup.caller.authorise_party(party, "invitation")?;
    let wanted = InvitationFilter {
        party: Some(party.0),
        ..InvitationFilter::default()
    };
    let part = Part::first(lookup.position(), 1);
    let now = rfc3339(clock::now());
    let (mut read, passed) = reading::list(lookup.pool(), &part, id.0, wanted, &now).await?;
    let row = read.rows.pop().ok_or(Problem::not_found("invitation"))?;
    let reader = lookup.reader().after_deadlines(passed);
    let basis = lookup.services.collection(id, None).await?.basis;
    let view = InvitationView::from_row(row, basis, lookup.languages())?;
    Ok(lookup.answer(&Tag::Figure(read.changed, reader), &view))
}
