//! Documents (paragraphs 1 and 2) and the report to the fifteenth session (paragraph 9).

use super::State;
use super::finding::{Finding, Requirement};
use super::lives::Lives;
use crate::DocumentId;
use crate::document::Target;
use crate::report::{Heading, Purpose, Report};

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
    let id = DocumentId::from_symbol(symbol).0;
    let Some(life) = lives.documents.get(&id) else {
        return Finding::all([Requirement::default()]);
    };
    let document = life.state.as_ref();
    let mut links = document.iter().flat_map(|document| &document.links);
    let is_linked = links.any(|(to, _)| matches!(to, Target::Meeting(_) | Target::Report(_)));
    let recorded = Requirement::default().shown_by(id, life, &["document_recorded"]);
    let linked = Requirement::default().shown_by(id, life, &["document_linked"]);
    Finding::all([recorded.met(document.is_some()), linked.met(is_linked)])
}

/// Paragraph 9: the report to the fifteenth session is published and has its headings.
pub(super) fn fifteenth_session(lives: &Lives) -> Finding {
    let none = ITEMS.map(|(item, _)| (item, State::NotBegun));
    let none = Finding::all([Requirement::default()]).with_items(none.to_vec());
    let reports = lives.reports.iter().filter_map(|(id, life)| {
        let report = life.state.as_ref()?;
        let particulars = &report.particulars;
        let is_meant = particulars.purpose == Purpose::Findings && particulars.session == SESSION;
        is_meant.then_some(())?;
        let kinds = [
            "report_begun",
            "report_compiled",
            "narrative_drafted",
            "report_published",
        ];
        let shown = Requirement::default().shown_by(*id, life, &kinds);
        let items = ITEMS.map(|(item, heading)| (item, content(report, heading)));
        Some(Finding::all([shown.met(is_whole(report))]).with_items(items.to_vec()))
    });
    Finding::best(reports.chain([none]))
}

fn is_whole(report: &Report) -> bool {
    let published = report.published.as_ref();
    published.is_some_and(|published| {
        let mut needed = Purpose::Findings.needed().iter();
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

/// Reports for a purpose that are published to a session, or a Congress, with what shows it.
pub(super) fn published(
    lives: &Lives,
    purpose: Purpose,
    session: u16,
) -> impl Iterator<Item = (&Report, Requirement)> {
    lives.reports.iter().filter_map(move |(id, life)| {
        let report = life.state.as_ref()?;
        let particulars = &report.particulars;
        let is_meant = particulars.purpose == purpose && particulars.session == session;
        (is_meant && report.published.is_some()).then_some(())?;
        let shown = Requirement::default().shown_by(*id, life, &["report_published"]);
        Some((report, shown.met(true)))
    })
}
