//! Who is invited: by which letter, until when, and whether an answer came.

use std::str::FromStr;

use actix_web::{HttpRequest, HttpResponse, get, web};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use uuid::Uuid;

use crate::http::collections::{DeadlineView, basis_notice};
use crate::http::handling::as_of;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::http::reference::parties::party_id;
use crate::http::replies::access::At;
use crate::http::schemas::written;
use crate::http::schemas::{NoticeView, rfc3339};
use crate::http::services::Services;
use crate::reading::invitations::{self as reading, InvitationRow, Wanted};
use domain::collection::{Basis, Deadline};
use domain::fault::Codes;
use domain::{CollectionId, Lang};

/// Whose replies: those of Member States, which figures count, or of other sources, which they list apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    /// Member States.
    MemberStates,
    /// Observers, organizations, institutes, UN entities.
    Others,
}

impl Sources {
    /// As it is asked for.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MemberStates => "member_states",
            Self::Others => "other_sources",
        }
    }

    /// `of=`.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn read(asked: Option<&str>) -> Result<Option<Self>, Problem> {
        query::parse("of", asked)
    }
}

impl Codes for Sources {
    const CODES: &'static [&'static str] = &["member_states", "other_sources"];
}

impl PartialSchema for Sources {
    fn schema() -> RefOr<Schema> {
        domain::schema::codes_of::<Self>("Whose replies.")
    }
}

impl ToSchema for Sources {}

impl FromStr for Sources {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let all = [Self::MemberStates, Self::Others];
        all.into_iter().find(|of| of.as_str() == text).ok_or(())
    }
}

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    /// The party.
    party: Uuid,
    /// Its code.
    code: String,
    /// Its kind on the day of the invitation: figures count by it.
    #[schema(value_type = domain::party::PartyKind)]
    kind: String,
    /// Its regional group on that day: figures count by it.
    #[schema(value_type = Option<domain::party::RegionalGroup>)]
    regional_group: Option<String>,
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
    #[schema(format = Date)]
    dated: String,
}

impl InvitationView {
    fn of(row: InvitationRow, basis: Basis, languages: &[Lang]) -> Result<Self, Problem> {
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
            deadline: DeadlineView::of(&deadline),
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
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInvitations {
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// member_states; other_sources: observers, organizations, institutes and UN entities, which figures never count as Member
    /// States. All, if left out.
    #[param(value_type = Option<Sources>, inline)]
    of: Option<String>,
    /// true: only parties whose deadline is over and that have not replied; false: only the others.
    #[param(value_type = Option<bool>)]
    overdue: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Who is invited to a collection, in the order of codes.
#[utoipa::path(tag = "collections", params(ListInvitations), responses((status = 200, body = Page<InvitationView>)))]
#[get("/v1/collections/{collection}/invitations")]
pub async fn list_invitations(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<CollectionId>,
    Query(asked): Query<ListInvitations>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let of = Sources::read(asked.of.as_deref())?;
    let overdue = query::parse("overdue", asked.overdue.as_deref())?;
    let basis = services.collection(id, as_of.as_ref()).await?.basis;
    let wanted = Wanted {
        after: slice.after.as_deref(),
        rows: slice.rows(),
        of: of.map(Sources::as_str),
        overdue,
        party: None,
    };
    let as_of = as_of.map(|head| head.position);
    let now = rfc3339(clock::now());
    let pool = services.log().pool();
    let (read, passed) = reading::list(pool, as_of, id.0, wanted, &now).await?;
    let page = slice.page(read.rows, read.position, |row| row.code.clone());
    let languages = &caller.languages;
    let rows = page.items.into_iter();
    let rows = rows.map(|row| InvitationView::of(row, basis, languages));
    let page = Page {
        items: rows.collect::<Result<Vec<_>, _>>()?,
        next: page.next,
        position: page.position,
    };
    // Time alone makes a party overdue: the tag says how many deadlines are over.
    let reader = Reader::of(languages).after_deadlines(passed);
    let tag = Tag::Figure(read.changed, reader);
    Ok(conditional::answer(&request, &tag, &page))
}

/// The invitation of a party: by which letter, until when, and whether an answer came. A party finds here whether it is invited,
/// and its own deadline.
#[utoipa::path(tag = "collections", params(At), responses((status = 200, body = InvitationView)))]
#[get("/v1/collections/{collection}/parties/{party}/invitation")]
pub async fn get_invitation(
    request: HttpRequest,
    caller: Caller,
    path: web::Path<(String, String)>,
    Query(asked): Query<At>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&path.0, "collection")?;
    let party = party_id(&path.1);
    caller.must_see(party, "invitation")?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let wanted = Wanted {
        after: None,
        rows: 1,
        of: None,
        overdue: None,
        party: Some(party.0),
    };
    let as_of = as_of.map(|head| head.position);
    let now = rfc3339(clock::now());
    let pool = services.log().pool();
    let (mut read, passed) = reading::list(pool, as_of, id.0, wanted, &now).await?;
    let row = read.rows.pop().ok_or(Problem::not_found("invitation"))?;
    let reader = Reader::of(&caller.languages).after_deadlines(passed);
    let tag = Tag::Figure(read.changed, reader);
    let basis = services.collection(id, None).await?.basis;
    let view = InvitationView::of(row, basis, &caller.languages)?;
    Ok(conditional::answer(&request, &tag, &view))
}
