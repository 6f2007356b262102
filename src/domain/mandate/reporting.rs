//! Documents (paragraphs 1 and 2) and the report to the fifteenth session (paragraph 9).

use super::State;
use super::finding::{Asked, Finding};
use super::lives::Lives;
use crate::domain::DocumentId;
use crate::domain::document::Target;
use crate::domain::report::{Heading, Report};

/// The session to which the report on category I goes.
const SESSION: u16 = 15;
/// The items of paragraph 9, each with its heading.
const ITEMS: [(char, Heading); 3] = [
    ('a', Heading::Difficulties),
    ('b', Heading::Assistance),
    ('c', Heading::Practices),
];

/// The document with this symbol is recorded, and its meeting or report linked.
pub(super) fn document(lives: &Lives, symbol: &str) -> Finding {
    let id = DocumentId::of(symbol).0;
    let Some(life) = lives.documents.get(&id) else {
        return Finding::all([Asked::default()]);
    };
    let document = life.state.as_ref();
    let mut links = document.iter().flat_map(|document| &document.links);
    let is_linked = links.any(|(to, _)| matches!(to, Target::Meeting(_) | Target::Report(_)));
    let recorded = Asked::default().shown_by(id, life, &["document_recorded"]);
    let linked = Asked::default().shown_by(id, life, &["document_linked"]);
    Finding::all([recorded.met(document.is_some()), linked.met(is_linked)])
}

/// Paragraph 9: the report to the fifteenth session is published and has its headings.
pub(super) fn fifteenth_session(lives: &Lives) -> Finding {
    let mut asked = Asked::default();
    let mut items = ITEMS.map(|(item, _)| (item, State::NotBegun));
    for (id, life) in &lives.reports {
        let Some(report) = life
            .state
            .as_ref()
            .filter(|report| report.session == SESSION)
        else {
            continue;
        };
        let kinds = [
            "report_begun",
            "report_compiled",
            "narrative_drafted",
            "report_published",
        ];
        let shown = Asked::default().shown_by(*id, life, &kinds);
        asked = asked.or(shown.met(is_whole(report)));
        for ((_, state), (_, heading)) in items.iter_mut().zip(ITEMS) {
            *state = (*state).max(content(report, heading));
        }
    }
    Finding::all([asked]).with_items(items.to_vec())
}

fn is_whole(report: &Report) -> bool {
    let published = report.published.as_ref();
    published.is_some_and(|published| {
        let mut needed = Heading::NEEDED.iter();
        needed.all(|heading| published.headings.contains(heading))
    })
}

/// How far an item is: its heading has content, and is published.
fn content(report: &Report, heading: Heading) -> State {
    let mut narratives = report.narratives.keys();
    match narratives.any(|(known, _)| *known == heading) {
        true if report.published.is_some() => State::Done,
        true => State::UnderWay,
        false => State::NotBegun,
    }
}
