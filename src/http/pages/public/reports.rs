//! What was reported.

use actix_web::HttpResponse;
use askama::Template;
use uuid::Uuid;

use super::{Figure, all, shown, title};
use crate::http::pages::frame::{Frame, public_page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::reading::reports::{self as reading, ReportRow};
use domain::report::Purpose;

/// How many are on a page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "public/reports.html")]
struct ReportsTemplate {
    frame: Frame,
    count: Figure,
    reports: Vec<ReportLine>,
    next: Option<Uuid>,
}

/// A published report.
pub struct ReportLine {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub title: Passage,
    /// Of what it reports, and to whom.
    pub about: String,
    /// When it was published.
    pub published: Option<String>,
}

/// Every report that is published, the newest first, and the position that they were read at.
///
/// # Errors
/// The database does not answer.
pub async fn newest(visitor: &Visitor) -> Result<(Vec<ReportRow>, u64), Problem> {
    let read = async |part| reading::list(visitor.pool(), &part, true).await;
    let (mut rows, position) = all(|row: &ReportRow| row.id, read).await?;
    rows.reverse();
    Ok((rows, position))
}

/// A report as a line.
pub fn line(visitor: &Visitor, row: &ReportRow) -> ReportLine {
    let w = visitor.words;
    let session = locale::integer(w.lang, row.session);
    let day = row.published_on.map(|day| locale::date(w.lang, day));
    ReportLine {
        id: row.id,
        title: title(visitor, &row.title),
        about: match row.purpose {
            Purpose::Findings => w.report_findings(session),
            Purpose::Progress => w.report_progress(session),
            Purpose::Congress => w.report_congress(session),
        },
        published: day.map(|day| w.report_published(day)),
    }
}

/// What was reported, the newest first.
pub async fn reports_page(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let w = visitor.words;
    let (rows, position) = newest(&visitor).await?;
    let count = Figure::new(w.reports_count(rows.len()), "/v1/reports", position);
    let part = shown(&visitor, rows, SHOWN, |row| row.id)?;
    let template = ReportsTemplate {
        frame: visitor.frame(w.reports_title()).await?,
        count,
        reports: part.rows.iter().map(|row| line(&visitor, row)).collect(),
        next: part.next,
    };
    public_page(&visitor.http, visitor.lang(), &template)
}
