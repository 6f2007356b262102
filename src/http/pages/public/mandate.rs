//! How far each operative paragraph of the resolution is.

use actix_web::HttpResponse;
use askama::Template;

use super::{Figure, as_of, notices, terms};
use crate::http::log::mandates::{self, ADDRESS, MandateView};
use crate::http::pages::frame::{Frame, public_page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use domain::mandate::State;
use texts::words::Words;

#[derive(Template)]
#[template(path = "public/mandate.html")]
struct MandateTemplate {
    frame: Frame,
    as_of: Option<String>,
    notices: Vec<Passage>,
    counts: Vec<Count>,
    paragraphs: Vec<ParagraphLine>,
}

/// How many paragraphs are in a state.
pub struct Count {
    /// The state's code.
    pub code: &'static str,
    /// The state.
    pub state: &'static str,
    /// How many.
    pub number: Figure,
}

struct ParagraphLine {
    number: u8,
    asks: &'static str,
    of: &'static str,
    code: &'static str,
    state: &'static str,
    items: Vec<String>,
    evidence: Option<Figure>,
}

/// How many paragraphs are in each state that any is in.
pub fn counts(w: Words, view: &MandateView) -> Vec<Count> {
    let states = State::ALL.iter().map(|state| {
        let of = view.paragraphs.iter().filter(|of| of.state == *state);
        (*state, of.count())
    });
    let counts = states.filter(|(_, number)| *number > 0);
    counts
        .map(|(state, number)| Count {
            code: state.as_str(),
            state: terms::state(w, state),
            number: Figure::new(
                locale::integer(w.lang, number),
                ADDRESS,
                view.as_of.position,
            ),
        })
        .collect()
}

/// How far each operative paragraph is, and what shows it.
pub async fn mandate_page(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let (view, _) = mandates::read(&visitor.for_anybody()).await?;
    let w = visitor.words;
    let position = view.as_of.position;
    let paragraphs = view.paragraphs.iter().map(|paragraph| {
        let (asks, of) = terms::paragraph(w, paragraph.paragraph);
        let items = paragraph.items.iter();
        let shown = paragraph.evidence.len();
        ParagraphLine {
            number: paragraph.paragraph,
            asks,
            of,
            code: paragraph.state.as_str(),
            state: terms::state(w, paragraph.state),
            items: items
                .map(|item| w.mandate_item(item.item, terms::state(w, item.state)))
                .collect(),
            evidence: (shown > 0)
                .then(|| Figure::new(w.mandate_evidence(shown), ADDRESS, position)),
        }
    });
    let template = MandateTemplate {
        frame: visitor.frame(w.mandate_title()).await?,
        as_of: as_of(&visitor, &view.as_of),
        // Its words are those of the page.
        notices: notices(
            &visitor,
            view.notices
                .iter()
                .filter(|of| of.code != "translation_missing")
                .cloned(),
        ),
        counts: counts(w, &view),
        paragraphs: paragraphs.collect(),
    };
    public_page(&visitor.http, visitor.lang(), &template)
}
