//! Documents by symbol: recorded, amended, listed, shown.

pub mod links;

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::desk::RecordedDecision;
use crate::http::conditional::{self, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::dates;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::reading::documents::{self as reading, DocumentRow, Filter};
use domain::document::{Command, Document, DocumentKind, DocumentRecorded, Particulars};
use domain::phrase::expected;
use domain::{DocumentId, Lang, Texts};

/// A document.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentView {
    /// Its id, made from its symbol.
    id: Uuid,
    /// Its symbol.
    #[schema(example = "E/CN.15/2004/9/Add.1")]
    symbol: String,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<Lang>,
    /// The day that it bears.
    date: Date,
    /// report, note, note_verbale, resolution, working_paper, conference_room_paper, other
    kind: Option<domain::document::DocumentKind>,
    /// Where it can be read.
    url: Option<String>,
    /// What it is linked to, and how.
    links: Vec<DocumentLinkView>,
}

/// A link.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentLinkView {
    /// meeting, instrument, consultation, collection, report
    target: &'static str,
    /// The object's id.
    object: Uuid,
    /// before_the_meeting, outcome, report_of, progress_report, text_of, about
    #[serde(rename = "as")]
    how: domain::document::DocumentRelation,
}

impl DocumentView {
    fn from_document(id: Uuid, document: &Document, languages: &[Lang]) -> Self {
        let known = &document.particulars;
        let (lang, title) = chosen(&known.title, languages);
        let links = document.links.iter().map(|(to, how)| DocumentLinkView {
            target: to.kind(),
            object: to.stream(),
            how: *how,
        });
        Self {
            id,
            symbol: document.symbol.clone(),
            title,
            lang,
            date: known.date,
            kind: known.kind,
            url: known.url.clone(),
            links: links.collect(),
        }
    }
}

/// Which documents.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListDocuments {
    /// Only the one with this symbol.
    symbol: Option<String>,
    /// Only of this kind.
    #[param(value_type = Option<domain::document::DocumentKind>, inline)]
    kind: Option<DocumentKind>,
    /// Only those linked to this meeting. One of the five at most.
    #[param(value_type = Option<uuid::Uuid>)]
    meeting: Option<Uuid>,
    /// Only those linked to this instrument.
    #[param(value_type = Option<uuid::Uuid>)]
    instrument: Option<Uuid>,
    /// Only those linked to this consultation.
    #[param(value_type = Option<uuid::Uuid>)]
    consultation: Option<Uuid>,
    /// Only those linked to this collection.
    #[param(value_type = Option<uuid::Uuid>)]
    collection: Option<Uuid>,
    /// Only those linked to this report.
    #[param(value_type = Option<uuid::Uuid>)]
    report: Option<Uuid>,
}

impl ListDocuments {
    /// What they are to be linked to.
    fn target(&self) -> Result<Option<(&'static str, Uuid)>, Problem> {
        let targets = [
            ("meeting", self.meeting),
            ("instrument", self.instrument),
            ("consultation", self.consultation),
            ("collection", self.collection),
            ("report", self.report),
        ];
        let mut named = targets
            .iter()
            .filter_map(|(kind, id)| Some((*kind, (*id)?)));
        let first = named.next();
        match named.next() {
            Some((kind, id)) => {
                let expected = expected::ONE_NAMED.codes(targets.map(|(kind, _)| kind));
                Err(Problem::bad_parameter(kind, expected, id))
            }
            None => Ok(first),
        }
    }
}

/// Documents, in the order of their symbols.
#[utoipa::path(get, path = "/v1/documents", tag = "documents", params(ListDocuments, Paging, At), responses((status = 200, body = Page<DocumentRow>)))]
pub async fn list_documents(list: ListLookup<ListDocuments>) -> Result<HttpResponse, Problem> {
    let asked = &list.query;
    let target = asked.target()?;
    let filter = Filter {
        symbol: asked.symbol.as_deref(),
        kind: asked.kind,
        target: target.map(|(kind, _)| kind),
        object: target.map(|(_, id)| id),
    };
    let read = async || Ok(reading::list(list.pool(), &list.part()?, &filter).await?);
    let symbol = |row: &DocumentRow| row.symbol.clone();
    let show = |row: DocumentRow| row.told(list.languages());
    list.answer_page(read, symbol, show).await
}

/// A document to record.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RecordDocument {
    /// Its symbol.
    #[schema(example = "E/CN.15/2004/9/Add.1")]
    symbol: String,
    /// Its title.
    title: Texts,
    /// The day that it bears.
    #[serde(deserialize_with = "dates::read_day")]
    date: Date,
    /// report, note, note_verbale, resolution, working_paper, conference_room_paper, other
    kind: Option<DocumentKind>,
    /// Where it can be read.
    url: Option<String>,
}

/// Records a document. Its id is made from its symbol, so a symbol can be recorded only once.
#[utoipa::path(post, path = "/v1/documents", tag = "documents", request_body = RecordDocument, responses((status = 201, body = DocumentView)))]
pub async fn record_document(write: Write<RecordDocument>) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let record = Command::Record(DocumentRecorded {
        symbol: new.symbol.clone(),
        particulars: Particulars {
            title: new.title.clone(),
            date: new.date,
            kind: new.kind,
            url: new.url.clone(),
        },
    });
    let id = DocumentId::from_symbol(&new.symbol);
    let decided = write.decide::<Document>(id, record).await?;
    answer(&write.caller, &decided, true)
}

/// A document.
#[utoipa::path(get, path = "/v1/documents/{document}", tag = "documents", responses((status = 200, body = DocumentView)))]
pub async fn get_document(
    lookup: Lookup,
    PathId(id): PathId<DocumentId>,
) -> Result<HttpResponse, Problem> {
    let loaded = lookup.services.desk.load::<Document>(id.0, true).await?;
    let document = PresentResource::from_loaded(&loaded).ok_or(Problem::not_found("document"))?;
    let view = DocumentView::from_document(id.0, &document, lookup.languages());
    let tag = Tag::Resource(document.position, lookup.reader());
    Ok(lookup.answer_in(view.lang.map(Lang::as_str), &tag, &view))
}

/// Corrects what is known of a document. Its symbol stays.
#[utoipa::path(put, path = "/v1/documents/{document}", tag = "documents", request_body = Particulars, responses((status = 200, body = DocumentView)))]
pub async fn amend_document(
    write: Write<Particulars>,
    PathId(id): PathId<DocumentId>,
) -> Result<HttpResponse, Problem> {
    let amend = Command::Amend(write.body.clone());
    let decided = write.decide::<Document>(id, amend).await?;
    answer(&write.caller, &decided, false)
}

/// The answer to a write.
pub(in crate::http) fn answer(
    caller: &Caller,
    decided: &RecordedDecision<Document>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let id = decided.stream;
    let document =
        PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("document"))?;
    let view = DocumentView::from_document(id, &document, &caller.languages);
    let location = is_new.then(|| format!("/v1/documents/{id}"));
    Ok(conditional::write_answer(
        location,
        document.position,
        &view,
    ))
}
