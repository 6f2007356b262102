//! Needs for assistance that States share with everybody.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use serde_json::Value;
use uuid::Uuid;

use super::{Figure, all, passage, shown, terms};
use crate::http::handling::read_record::PublicAnswer;
use crate::http::needs::view::{NeedView, ShownNeeds};
use crate::http::pages::frame::{Frame, public_page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::rights::need as need_access;
use crate::reading::needs::{self as reading, Filter, NeedRow};
use crate::reading::parties;
use domain::Texts;

/// How many are on a page.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "public/needs.html")]
struct NeedsTemplate {
    frame: Frame,
    count: Figure,
    needs: Vec<NeedLine>,
    next: Option<Uuid>,
}

/// A need.
struct NeedLine {
    id: Uuid,
    party: Passage,
    kind: Passage,
    description: Passage,
    about: Vec<String>,
    projects: Option<Figure>,
}

/// The needs that are shared with everybody, whoever looks.
pub async fn needs_page(visitor: Visitor) -> Result<HttpResponse, Problem> {
    PublicAnswer::note(&visitor.http);
    let anybody = visitor.for_anybody();
    let sees = need_access::sees(&visitor.services, &anybody.caller).await?;
    let filter = Filter::default();
    let read = async |part| reading::list(visitor.pool(), &part, &sees, &filter).await;
    let (rows, position) = all(|row: &NeedRow| row.id, read).await?;
    let w = visitor.words;
    let count = Figure::new(w.needs_count(rows.len()), "/v1/needs", position);
    let part = shown(&visitor, rows, SHOWN, |row| row.id)?;
    let whose: Vec<Uuid> = part.rows.iter().map(|row| row.party).collect();
    let names = parties::names_of(visitor.pool(), &whose).await?;
    let told = ShownNeeds::read(&visitor.services, &anybody.caller, &part.rows, None).await?;
    let rows = part.rows.into_iter().map(|row| {
        let id = row.id;
        let view = told.view(&anybody.caller, row, None);
        line(&visitor, &names, id, view, position)
    });
    let template = NeedsTemplate {
        frame: visitor.frame(w.needs_title()).await?,
        count,
        needs: rows.collect(),
        next: part.next,
    };
    public_page(&visitor.http, visitor.lang(), &template)
}

fn line(
    visitor: &Visitor,
    names: &HashMap<Uuid, Texts>,
    id: Uuid,
    view: NeedView,
    position: u64,
) -> NeedLine {
    let w = visitor.words;
    let party = names.get(&view.party);
    let party = party.map(|names| Passage::pick(names, visitor.languages(), visitor.lang()));
    let category = view.category.map(|category| w.need_category(category));
    let standard = view.standard.map(|standard| w.need_standard(standard));
    let urgency = w.need_urgency(terms::urgency(w, view.urgency));
    let status = w.need_status(terms::need_status(w, view.status));
    let about = category.into_iter().chain(standard);
    let path = format!("/v1/needs/{id}");
    let projects = view.projects.len();
    NeedLine {
        id,
        party: party.unwrap_or_else(|| Passage::plain(view.code)),
        kind: passage(view.kind.label, view.kind.lang, visitor.lang()),
        description: description(visitor, view.description.as_ref()),
        about: about.chain([urgency, status]).collect(),
        projects: (projects > 0).then(|| Figure::new(w.need_projects(projects), path, position)),
    }
}

/// What is needed, in the State's own words.
fn description(visitor: &Visitor, words: Option<&Value>) -> Passage {
    let w = visitor.words;
    let Some(words) = words else {
        return Passage::plain(w.need_no_words());
    };
    let member = |name: &str| words.get(name).and_then(Value::as_str);
    match member("text") {
        Some(text) => {
            let lang = member("lang").and_then(|lang| lang.parse().ok());
            passage(text, lang, visitor.lang())
        }
        None => Passage::plain(w.need_redacted()),
    }
}
