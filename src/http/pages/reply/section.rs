//! A section: its questions with what is answered, and the form that saves them.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::block::Block;
use super::conflict::Conflict;
use super::field::{FieldMaker, FieldView, PreviousView};
use super::filled::{FilledForm, SummaryLine, calculated_inputs, summary, unoffered};
use super::handing_back::{HandBackLine, hand_back_lines, may_hand_back};
use super::html::Way;
use super::input::FieldInput;
use super::sheet::ReplySheet;
use super::telling::Teller;
use crate::http::handling::caller;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::replies::answer_output::shown_answers;
use crate::http::replies::files::words_of;
use crate::reference;
use access::colleagues::names;
use domain::questionnaire::{AnswerMap, Section};
use domain::reply::Reply;
use domain::{Lang, ReplyId};

#[derive(Template)]
#[template(path = "reply/section.html")]
struct SectionTemplate {
    frame: Frame,
    way: Way,
    reply: ReplyId,
    section: String,
    /// Whose browser keeps what it could not send, told by nothing that means anything elsewhere.
    person: Uuid,
    title: Passage,
    help: Option<Passage>,
    position: u64,
    blocks: Vec<Block>,
    /// What explains checks of the whole section.
    explanations: Vec<FieldView>,
    notice: Option<String>,
    /// Why nothing can be written; none where it can.
    obstacle: Option<String>,
    summary: Vec<SummaryLine>,
    conflicts: Vec<Conflict>,
    text_languages: Vec<(Lang, &'static str, bool)>,
    has_previous: bool,
    carried: usize,
    next: Option<String>,
    handed_back: Vec<HandBackLine>,
    may_hand_back: bool,
    is_checked: bool,
    /// What is hidden as the page is shown.
    hidden: String,
    currencies: Vec<String>,
}

/// How a section is shown beside what is saved.
#[derive(Default)]
pub struct Showing {
    /// What was typed and is not saved.
    pub typed: BTreeMap<String, FieldInput>,
    /// What was wrong with it.
    pub faults: BTreeMap<String, Vec<String>>,
    /// What a colleague changed meanwhile.
    pub conflicts: Vec<Conflict>,
    /// What was done.
    pub notice: Option<String>,
    /// Whether what is blank is told.
    pub is_checked: bool,
}

/// A section of a reply, to answer or to read.
pub async fn section_page(
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    let query = crate::http::pages::form::Form::read(visitor.http.query_string().as_bytes())?;
    let w = visitor.words;
    let showing = Showing {
        is_checked: query.given("check").is_some(),
        notice: match query.text("done") {
            "saved" => Some(w.section_saved().to_owned()),
            "more" => Some(w.section_more().to_owned()),
            "removed" => Some(w.list_entry_removed().to_owned()),
            _ => None,
        },
        ..Showing::default()
    };
    show(&visitor, &sheet, &path.1, showing, StatusCode::OK).await
}

/// A section as it is shown.
pub async fn show(
    visitor: &Visitor,
    sheet: &ReplySheet,
    code: &str,
    showing: Showing,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let section = sheet.section(code)?;
    let obstacle = sheet.obstacle(visitor, code).await?;
    let handed_back = handed_back(visitor, sheet, code).await?;
    let inputs = inputs(visitor, sheet, &sheet.seen, section).await?;
    let has_typed = !showing.typed.is_empty();
    let mut faults = sheet.faults(visitor, showing.is_checked);
    for (address, told) in showing.faults {
        faults.insert(address, told);
    }
    let maker = maker(
        visitor,
        sheet,
        section,
        merged(inputs, showing.typed),
        faults,
    )
    .await?;
    let blocks = maker.blocks(section);
    let explanations: Vec<FieldView> = sheet
        .filled()
        .section_checks(section)
        .iter()
        .filter_map(|address| maker.explanation(address))
        .collect();
    let title = maker.passage(&section.title);
    let frame = visitor.frame(title.text.clone()).await?;
    let template = SectionTemplate {
        frame: match obstacle {
            None => frame.with_script(),
            Some(_) => frame,
        },
        way: Way {
            w: visitor.words,
            off: obstacle.is_some(),
        },
        reply: sheet.id,
        section: section.code.clone(),
        person: Uuid::new_v5(&visitor.caller.principal.id, b"kept"),
        help: section.help.as_ref().map(|help| maker.passage(help)),
        title,
        position: sheet.seen.position,
        summary: summary(&maker, &blocks, &explanations),
        blocks,
        explanations,
        notice: showing.notice.filter(|_| !has_typed),
        obstacle: obstacle.map(|problem| problem.words_for(visitor.languages()).0),
        conflicts: showing.conflicts,
        text_languages: text_languages(visitor.lang()),
        has_previous: !maker.previous.is_empty(),
        carried: carried(sheet, section),
        next: sheet.section_after(code).map(|next| next.code.clone()),
        handed_back,
        may_hand_back: may_hand_back(visitor, sheet, code),
        is_checked: showing.is_checked,
        hidden: sheet.filled().hidden_questions(section),
        currencies: currencies(),
    };
    page(status, visitor.lang(), &template)
}

/// By whom the section was handed back, and returned to whom.
async fn handed_back(
    visitor: &Visitor,
    sheet: &ReplySheet,
    code: &str,
) -> Result<Vec<HandBackLine>, Problem> {
    if sheet.seen.hand_backs.is_empty() {
        return Ok(Vec::new());
    }
    let names = names(visitor.pool(), (sheet.seen.collection, sheet.seen.party)).await?;
    let mut lines = hand_back_lines(visitor, sheet, &names).await?;
    Ok(lines.remove(code).unwrap_or_default())
}

/// What stands in the controls of a section of a reply, now or as it was.
pub async fn inputs(
    visitor: &Visitor,
    sheet: &ReplySheet,
    reply: &Reply,
    section: &Section,
) -> Result<BTreeMap<String, FieldInput>, Problem> {
    let lang = visitor.lang();
    let of_section = addresses(sheet, reply, section);
    let held: Vec<&str> = of_section.iter().map(String::as_str).collect();
    let answers = sheet.shown(visitor, reply, &held).await?;
    let form = &sheet.form;
    let mut inputs: BTreeMap<String, FieldInput> = answers
        .iter()
        .filter_map(|(address, answer)| {
            let field = form.field(address)?.field;
            Some((
                address.clone(),
                FieldInput::from_answer(field, lang, Some(answer)),
            ))
        })
        .collect();
    inputs.extend(calculated_inputs(&sheet.verdict, lang));
    Ok(inputs)
}

/// The addresses of all fields of a section that can be answered, of entries that the reply has.
pub fn addresses(sheet: &ReplySheet, reply: &Reply, section: &Section) -> Vec<String> {
    let filled = FilledForm {
        answers: &reply.answers,
        ..sheet.filled()
    };
    filled.addresses(section)
}

fn merged(
    mut inputs: BTreeMap<String, FieldInput>,
    typed: BTreeMap<String, FieldInput>,
) -> BTreeMap<String, FieldInput> {
    inputs.extend(typed);
    inputs
}

/// What makes the fields of a section.
pub async fn maker<'a>(
    visitor: &'a Visitor,
    sheet: &'a ReplySheet,
    section: &Section,
    inputs: BTreeMap<String, FieldInput>,
    faults: BTreeMap<String, Vec<String>>,
) -> Result<FieldMaker<'a>, Problem> {
    Ok(FieldMaker {
        sheet: sheet.filled(),
        words: visitor.words,
        languages: visitor.languages(),
        inputs,
        faults,
        unoffered: unoffered(&sheet.verdict),
        previous: previous(visitor, sheet, section).await?,
        files: files(visitor, sheet).await?,
    })
}

/// What was answered in the last round to the questions of a section, as people read it.
async fn previous(
    visitor: &Visitor,
    sheet: &ReplySheet,
    section: &Section,
) -> Result<BTreeMap<String, PreviousView>, Problem> {
    let of_section = |address: &str| {
        let held = sheet.form.section_of(address);
        held.is_some_and(|held| held.code == section.code)
    };
    let told: Vec<_> = sheet
        .previous
        .iter()
        .filter(|(address, _)| of_section(address))
        .collect();
    if told.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut beside = Reply::clone(&sheet.seen);
    beside.answers = told
        .iter()
        .map(|(address, answer)| ((*address).to_owned(), answer.value.clone()))
        .collect();
    beside.flags = AnswerMap::default();
    beside.comments = AnswerMap::default();
    let addresses: Vec<&str> = told.iter().map(|(address, _)| *address).collect();
    let shown = shown_answers(&visitor.services, &visitor.caller, &beside, &addresses);
    let (shown, _) = shown.await?;
    let teller = Teller {
        words: visitor.words,
        languages: visitor.languages(),
    };
    let told = shown.iter().filter_map(|(address, answer)| {
        let field = sheet.form.field(address)?.field;
        let is_carried = sheet.seen.carried.contains(address);
        let held = sheet.previous.get(address);
        let previous = PreviousView {
            text: teller.answer(field, answer),
            is_carried,
            can_be_carried: !is_carried && held.is_some_and(|held| held.can_be_carried),
        };
        Some((address.clone(), previous))
    });
    Ok(told.collect())
}

/// The names of the files that are seen, by the address that they belong to.
async fn files(
    visitor: &Visitor,
    sheet: &ReplySheet,
) -> Result<BTreeMap<String, Vec<String>>, Problem> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let attached = sheet.seen.files.values();
    if attached.len() == 0 {
        return Ok(names);
    }
    let words = words_of(&visitor.services, &visitor.caller, attached.clone()).await?;
    for file in attached {
        if let Some(question) = &file.question {
            let name = words.body(&file.name).map(String::from_utf8_lossy);
            let name = name.map_or_else(|| visitor.words.answer_redacted().to_owned(), Into::into);
            names.entry(question.clone()).or_default().push(name);
        }
    }
    Ok(names)
}

/// How many answers of a section are carried over and not confirmed.
pub fn carried(sheet: &ReplySheet, section: &Section) -> usize {
    let of_section = |address: &&String| {
        let held = sheet.form.section_of(address);
        held.is_some_and(|held| held.code == section.code)
    };
    sheet.seen.carried.iter().filter(of_section).count()
}

/// The codes of the currencies in which money can be given.
pub fn currencies() -> Vec<String> {
    let known = reference::currencies::known_currencies();
    known.map_or_else(|_| Vec::new(), |known| known.0.keys().cloned().collect())
}

/// The six languages, and in which of them the texts of this page are typed.
fn text_languages(lang: Lang) -> Vec<(Lang, &'static str, bool)> {
    let names = Frame::language_names();
    names.map(|(of, name)| (of, name, of == lang)).to_vec()
}
