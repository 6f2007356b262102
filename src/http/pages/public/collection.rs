//! A collection: who has replied, and what is published of it.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::Timestamp;
use uuid::Uuid;

use super::participation::{self, Line, OverTime};
use super::{Figure, as_of, notices};
use crate::http::figures::participation::{self as figures, GetParticipation};
use crate::http::handling::caller;
use crate::http::pages::frame::{Frame, public_page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::schemas::basis_notice;
use crate::reading::parties;
use crate::reading::replies::{self as reading, ReplyFilter, ReplyRow, ReplyVisibility};
use crate::reading::{Part, PositionedRows};
use domain::CollectionId;
use domain::collection::{Collection, Status};
use domain::party::PartyKind;

/// How many replies are read at a time.
const READ: usize = 500;

#[derive(Template)]
#[template(path = "public/collection.html")]
struct CollectionTemplate {
    frame: Frame,
    title: Passage,
    letter: String,
    deadline: String,
    status: &'static str,
    session: Option<String>,
    basis: Option<Passage>,
    notices: Vec<Passage>,
    /// What a reader of its figures must know besides.
    counted: Vec<Passage>,
    as_of: Option<String>,
    replied: Figure,
    late: Option<Figure>,
    groups: Vec<Line>,
    all: Line,
    over_time: Option<OverTime>,
    others: Vec<Line>,
    published: Published,
}

/// What is published of a collection's replies.
struct Published {
    count: Figure,
    states: Vec<PublishedLine>,
    others: Vec<PublishedLine>,
}

/// A reply of which something is published.
struct PublishedLine {
    reply: Uuid,
    party: Passage,
    received: Option<String>,
}

/// A collection, for everybody.
pub async fn collection_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&path, "collection")?;
    let w = visitor.words;
    let collection = visitor.services.fresh_collection(id).await?;
    let asked = GetParticipation::default();
    let (view, _) = figures::read(&visitor.for_anybody(), id, &asked).await?;
    let (groups, all) = participation::groups(w, &view);
    let title = Passage::pick(&collection.title, visitor.languages(), visitor.lang());
    let basis = basis_notice(collection.basis, visitor.languages());
    let (told, counted) = view
        .notices
        .iter()
        .cloned()
        .partition::<Vec<_>, _>(|notice| {
            let mut of_collection = collection.notices.iter();
            of_collection.any(|of| of.code == notice.code)
        });
    let template = CollectionTemplate {
        frame: visitor.frame(title.text.clone()).await?,
        title,
        letter: letter(&visitor, &collection),
        deadline: moment::deadline(w.lang, &collection.deadline),
        status: match collection.status {
            Status::Open => w.collection_status_open(),
            Status::Closed => w.collection_status_closed(),
        },
        session: collection
            .session
            .map(|session| locale::integer(w.lang, session)),
        basis: notices(&visitor, [basis]).pop(),
        as_of: as_of(&visitor, &view.as_of),
        replied: participation::replied(w, &view),
        late: participation::late(w, &view),
        groups,
        all,
        over_time: participation::over_time(&visitor, &collection, &view).await?,
        others: participation::others(w, &view),
        published: published(&visitor, id).await?,
        notices: notices(&visitor, told),
        counted: notices(&visitor, counted),
    };
    public_page(&visitor.http, visitor.lang(), &template)
}

fn letter(visitor: &Visitor, collection: &Collection) -> String {
    let day = locale::date(visitor.lang(), collection.opened_on);
    visitor.words.collection_letter(&collection.reference, day)
}

/// The replies of which something is published now, by the names of whose they are.
async fn published(visitor: &Visitor, id: CollectionId) -> Result<Published, Problem> {
    let (rows, position) = read(visitor, id).await?;
    let whose: Vec<Uuid> = rows.iter().map(|row| row.party).collect();
    let names = parties::names_of(visitor.pool(), &whose).await?;
    let mut states = Vec::new();
    let mut others = Vec::new();
    let path = format!("/v1/collections/{id}/replies");
    let count = Figure::new(visitor.words.published_count(rows.len()), path, position);
    for row in rows {
        let name = names.get(&row.party);
        let name = name.map(|names| Passage::pick(names, visitor.languages(), visitor.lang()));
        let of = match row.kind {
            PartyKind::MemberState => &mut states,
            _ => &mut others,
        };
        of.push(PublishedLine {
            reply: row.id,
            received: received(visitor, &row),
            party: name.unwrap_or_else(|| Passage::plain(row.code)),
        });
    }
    for of in [&mut states, &mut others] {
        of.sort_by(|one, other| one.party.text.cmp(&other.party.text));
    }
    Ok(Published {
        count,
        states,
        others,
    })
}

/// The replies that anybody may see, and the position that they were read at.
async fn read(visitor: &Visitor, id: CollectionId) -> Result<(Vec<ReplyRow>, u64), Problem> {
    let sees = ReplyVisibility::Published { besides: None };
    let wanted = ReplyFilter {
        of: None,
        status: None,
    };
    let mut rows: Vec<ReplyRow> = Vec::new();
    loop {
        let part = Part {
            as_of: None,
            after: rows.last().map(|row| row.code.clone()),
            rows: i64::try_from(READ).unwrap_or(i64::MAX),
        };
        let read = reading::list(visitor.pool(), &part, id.0, sees, wanted).await?;
        let PositionedRows {
            rows: found,
            position,
            ..
        } = read;
        let is_last = found.len() < READ;
        rows.extend(found);
        if is_last {
            return Ok((rows, position));
        }
    }
}

fn received(visitor: &Visitor, row: &ReplyRow) -> Option<String> {
    let recorded = row.received_at.as_deref();
    let recorded = recorded.and_then(|time| time.parse::<Timestamp>().ok());
    let recorded = recorded.map(|time| jiff::tz::TimeZone::UTC.to_datetime(time).date());
    let day = row.received_on.or(recorded)?;
    let day = locale::date(visitor.lang(), day);
    Some(visitor.words.published_received(day))
}
