//! The hub and the sections of a revision that is tried.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::trial::Trial;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::reply::block::Block;
use crate::http::pages::reply::field::FieldView;
use crate::http::pages::reply::filled::{SummaryLine, summary};
use crate::http::pages::reply::html::Way;
use crate::http::pages::reply::section::currencies;
use crate::http::pages::reply::section_state::Standing;
use crate::http::pages::reply::wording;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use domain::Lang;

#[derive(Template)]
#[template(path = "trying/hub.html")]
struct HubTemplate {
    frame: Frame,
    tried: Tried,
    title: Passage,
    introduction: Option<Passage>,
    sections: Vec<(String, Passage, Standing)>,
    is_checked: bool,
    /// What stands in the way of a submission: what is asked, and what is wrong.
    faults: Vec<(Passage, String)>,
}

#[derive(Template)]
#[template(path = "trying/section.html")]
struct SectionTemplate {
    frame: Frame,
    tried: Tried,
    way: Way,
    section: String,
    title: Passage,
    help: Option<Passage>,
    blocks: Vec<Block>,
    explanations: Vec<FieldView>,
    summary: Vec<SummaryLine>,
    notice: Option<&'static str>,
    /// The questions that are not asked as the page is shown.
    hidden: String,
    currencies: Vec<String>,
}

/// What the pages of a trial have alike.
struct Tried {
    base: String,
    revision: u32,
    year: Option<i16>,
    /// The six languages, each by its own name, and whether the questionnaire is complete in it.
    languages: Vec<(Lang, &'static str, bool)>,
    /// Whether it is not complete in the language of the page.
    is_lacking: bool,
    /// What travels in the form.
    pairs: Vec<(String, String)>,
}

impl Tried {
    fn new(trial: &Trial, visitor: &Visitor, pairs: Vec<(String, String)>) -> Self {
        let languages = Frame::language_names();
        let languages = languages.map(|(lang, name)| (lang, name, !trial.lacks(lang)));
        Self {
            base: trial.base.clone(),
            revision: trial.revision,
            year: trial.year(),
            languages: languages.to_vec(),
            is_lacking: trial.lacks(visitor.lang()),
            pairs,
        }
    }
}

type Path = web::Path<(String, String)>;
type SectionPath = web::Path<(String, String, String)>;

/// Begins to try a revision.
pub async fn hub_page(visitor: Visitor, path: Path) -> Result<HttpResponse, Problem> {
    let trial = Trial::read(&visitor, (&path.0, &path.1), None).await?;
    hub(&visitor, &trial, false).await
}

/// The hub, with what was typed so far.
pub async fn hub_again(
    visitor: Visitor,
    path: Path,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let trial = Trial::read(&visitor, (&path.0, &path.1), Some(&form)).await?;
    hub(&visitor, &trial, form.given("check").is_some()).await
}

async fn hub(visitor: &Visitor, trial: &Trial, is_checked: bool) -> Result<HttpResponse, Problem> {
    let passage = |texts| Passage::pick(texts, visitor.languages(), visitor.lang());
    let filled = trial.filled();
    let sections = trial.form.sections.iter().map(|section| {
        let standing = Standing::of_filled(&filled, &trial.verdict, section, 0);
        (section.code.clone(), passage(&section.title), standing)
    });
    let title = trial.title(visitor);
    let template = HubTemplate {
        frame: visitor
            .frame(title.text.clone())
            .await?
            .typed_at(trial.base.clone()),
        tried: Tried::new(trial, visitor, trial.hidden(visitor, None)),
        introduction: trial.form.introduction.as_ref().map(passage),
        title,
        sections: sections.collect(),
        is_checked,
        faults: match is_checked {
            true => fault_lines(visitor, trial),
            false => Vec::new(),
        },
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

fn fault_lines(visitor: &Visitor, trial: &Trial) -> Vec<(Passage, String)> {
    let mut faults = trial.faults(visitor, true);
    let ordered = trial.form.in_order_of(faults.keys());
    let mut lines = Vec::new();
    for address in ordered {
        let (languages, lang) = (visitor.languages(), visitor.lang());
        let label = wording::of_field(&trial.form, &address, languages, lang);
        for fault in faults.remove(&address).unwrap_or_default() {
            lines.push((label.clone(), fault));
        }
    }
    lines
}

/// A section, with nothing typed yet.
pub async fn section_page(visitor: Visitor, path: SectionPath) -> Result<HttpResponse, Problem> {
    let trial = Trial::read(&visitor, (&path.0, &path.1), None).await?;
    section(&visitor, &trial, &path.2, Showing::default()).await
}

/// How a section is shown.
#[derive(Default)]
struct Showing {
    notice: Option<&'static str>,
    /// Whether what is blank is told.
    is_checked: bool,
    /// Whether it cannot be left, since something cannot be read as it is typed.
    is_kept: bool,
}

/// What follows from what was typed in a section, and where its button leads.
pub async fn section_again(
    visitor: Visitor,
    path: SectionPath,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let trial = Trial::read(&visitor, (&path.0, &path.1), Some(&form)).await?;
    let (w, code) = (visitor.words, &path.2);
    let here = trial.section(code)?;
    let mut showing = Showing::default();
    let stays = ["add", "remove", "files"]
        .iter()
        .any(|name| form.given(name).is_some());
    let go = if stays { "stay" } else { form.text("go") };
    if form.given("files").is_some() {
        showing.notice = Some(w.try_files());
    }
    if ["next", "hub"].contains(&go) && trial.is_unreadable(here) {
        showing.is_kept = true;
        return section(&visitor, &trial, code, showing).await;
    }
    match go {
        "next" if trial.filled().has_more(here, form.text("hidden")) => {
            showing.notice = Some(w.section_more());
            section(&visitor, &trial, code, showing).await
        }
        "next" => match trial.section_after(code) {
            Some(next) => section(&visitor, &trial, &next.code, showing).await,
            None => hub(&visitor, &trial, false).await,
        },
        "hub" => hub(&visitor, &trial, false).await,
        go => {
            showing.is_checked = go == "check";
            section(&visitor, &trial, code, showing).await
        }
    }
}

async fn section(
    visitor: &Visitor,
    trial: &Trial,
    code: &str,
    showing: Showing,
) -> Result<HttpResponse, Problem> {
    let section = trial.section(code)?;
    let maker = trial.maker(visitor, showing.is_checked);
    let blocks = maker.blocks(section);
    let filled = trial.filled();
    let explanations: Vec<FieldView> = filled
        .section_checks(section)
        .iter()
        .filter_map(|address| maker.explanation(address))
        .collect();
    let title = maker.passage(&section.title);
    let template = SectionTemplate {
        frame: visitor
            .frame(title.text.clone())
            .await?
            .typed_at(format!("{}/{}", trial.base, section.code)),
        tried: Tried::new(trial, visitor, trial.hidden(visitor, Some(section))),
        way: Way {
            w: visitor.words,
            off: false,
        },
        section: section.code.clone(),
        help: section.help.as_ref().map(|help| maker.passage(help)),
        title,
        summary: summary(&maker, &blocks, &explanations),
        blocks,
        explanations,
        notice: showing.notice,
        hidden: filled.hidden_questions(section),
        currencies: currencies(),
    };
    let status = match showing.is_kept {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    page(status, visitor.lang(), &template)
}
