//! A questionnaire as somebody reads it who does not answer it: every question, with all that it may ask.

use std::collections::{BTreeMap, HashMap, HashSet};

use askama::Template;

use super::said::Said;
use crate::http::pages::passage::Passage;
use crate::http::pages::reply::block::{Block, FrameView, GroupView, Item, TableView};
use crate::http::pages::reply::control::{Control, OptionItem};
use crate::http::pages::reply::field::{FieldMaker, FieldView};
use crate::http::pages::reply::filled::FilledForm;
use crate::http::pages::visitor::Visitor;
use domain::Decimal;
use domain::questionnaire::types::{CompoundType, RowSource};
use domain::questionnaire::{AnswerMap, AnswerValue, Form, Question, QuestionType, Section};
use texts::words::Words;

/// A section or a sub-section as it is read.
pub struct OutlineSection {
    /// Its code.
    pub code: String,
    /// What it is about.
    pub title: Passage,
    /// What one should know first.
    pub help: Option<Passage>,
    /// Whether it stands within another.
    pub is_inner: bool,
    /// Its questions.
    pub blocks: Vec<Block>,
}

/// A questionnaire, section by section.
pub fn sections(visitor: &Visitor, form: &Form) -> Vec<OutlineSection> {
    // So that what an entry asks is read too, each list has one.
    let mut answers = AnswerMap::default();
    for code in form.questions().filter_map(list) {
        answers.insert_mut(format!("{code}.e1"), AnswerValue::Entry(Decimal::from(1)));
    }
    // Nothing is left out, whatever conditions it has.
    let (irrelevant, checks) = (HashSet::new(), HashMap::new());
    let maker = FieldMaker {
        sheet: FilledForm {
            form,
            answers: &answers,
            irrelevant: &irrelevant,
            checks: &checks,
        },
        words: visitor.words,
        languages: visitor.languages(),
        inputs: BTreeMap::new(),
        faults: BTreeMap::new(),
        unoffered: HashSet::new(),
        previous: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    let read = |section: &Section, is_inner| OutlineSection {
        code: section.code.clone(),
        title: maker.passage(&section.title),
        help: section.help.as_ref().map(|help| maker.passage(help)),
        is_inner,
        blocks: maker.questions(section),
    };
    let mut sections = Vec::new();
    for section in &form.sections {
        sections.push(read(section, false));
        sections.extend(section.sections.iter().map(|inner| read(inner, true)));
    }
    sections
}

fn list(question: &Question) -> Option<&str> {
    let is_list = matches!(question.kind, QuestionType::Compound(CompoundType::List(_)));
    is_list.then_some(question.code.as_str())
}

/// How a questionnaire is read, and what is said of it.
pub struct Reading<'a> {
    w: Words,
    said: &'a Said,
    /// The addresses of what is asked under a condition only.
    conditional: HashSet<String>,
}

impl<'a> Reading<'a> {
    /// How this questionnaire is read.
    pub fn new(w: Words, form: &Form, said: &'a Said) -> Self {
        let mut conditional = HashSet::new();
        for question in form.questions() {
            if question.conditions.relevant.is_some() {
                conditional.insert(question.code.clone());
            }
            if let QuestionType::Compound(CompoundType::Table(table)) = &question.kind
                && let RowSource::Rows(rows) = &table.rows
            {
                let rows = rows.iter().filter(|row| row.relevant.is_some());
                conditional.extend(rows.map(|row| format!("{}.{}", question.code, row.code)));
            }
        }
        Self {
            w,
            said,
            conditional,
        }
    }

    /// A part of a section as it is read.
    pub fn block(&'a self, block: &'a Block) -> impl Template + 'a {
        BlockTemplate {
            block,
            reading: self,
        }
    }

    fn frame(&'a self, frame: &'a FrameView) -> impl Template + 'a {
        HeadTemplate {
            label: &frame.label,
            number: &frame.number,
            help: &frame.help,
            guidance: &frame.guidance,
            is_required: false,
            is_conditional: self.is_conditional(&frame.address),
            w: self.w,
        }
    }

    fn field(&'a self, field: &'a FieldView) -> impl Template + 'a {
        FieldTemplate {
            field,
            head: HeadTemplate {
                label: &field.label,
                number: &field.number,
                help: &field.help,
                guidance: &field.guidance,
                is_required: field.is_required,
                is_conditional: self.is_conditional(&field.address),
                w: self.w,
            },
            reading: self,
        }
    }

    fn group(&'a self, group: &'a GroupView) -> impl Template + 'a {
        GroupTemplate {
            group,
            reading: self,
        }
    }

    fn is_conditional(&self, address: &str) -> bool {
        self.conditional.contains(address)
    }

    /// The first cell of a column, which is answered as the others are. (Templates pass what they pass by reference.)
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as templates call it")]
    fn first<'t>(&self, table: &'t TableView, column: &usize) -> Option<&'t FieldView> {
        table.rows.first()?.cells.get(*column)
    }

    /// How a field is answered, in words.
    fn way(&self, field: &FieldView) -> String {
        let w = self.w;
        match &field.control {
            Control::Radios(_) | Control::Select(_) => w.reads_one().to_owned(),
            Control::Checkboxes(_) => w.reads_several().to_owned(),
            Control::Ranking(places) => w.reads_ranking(places.len()),
            Control::Words { max, .. } => self.words(*max),
            Control::Money { .. } => w.reads_money().to_owned(),
            Control::Files => w.reads_files().to_owned(),
            Control::Output(_) => w.reads_calculated().to_owned(),
            Control::Nothing => String::new(),
            Control::Line(line) => {
                let kind = match (line.width, line.kind) {
                    ("words", "text") => return self.words(line.max),
                    ("figure", _) => w.reads_figure(),
                    ("year", _) => w.reads_year(),
                    ("day", "month") => w.reads_month(),
                    ("day", _) => w.reads_day(),
                    (_, "url") => w.reads_link(),
                    (_, "email") => w.reads_email(),
                    _ => w.reads_words(),
                };
                match &line.unit {
                    Some(unit) => format!("{kind} ({})", unit.text),
                    None => kind.to_owned(),
                }
            }
        }
    }

    fn words(&self, max: Option<u32>) -> String {
        let w = self.w;
        match max {
            Some(max) => w.reads_words_up_to(locale::integer(w.lang, max)),
            None => w.reads_words().to_owned(),
        }
    }

    /// The options of a field.
    fn options<'f>(&self, field: &'f FieldView) -> &'f [OptionItem] {
        match &field.control {
            Control::Radios(options) | Control::Select(options) | Control::Checkboxes(options) => {
                options
            }
            Control::Ranking(places) => places.first().map_or(&[][..], Vec::as_slice),
            Control::Words { .. }
            | Control::Line(_)
            | Control::Money { .. }
            | Control::Files
            | Control::Output(_)
            | Control::Nothing => &[],
        }
    }

    /// What may be said where there is no value, or of a value: in words, empty where nothing may.
    fn marks(&self, field: &FieldView) -> String {
        let marks = field.missing.iter().chain(&field.flags);
        let marks: Vec<&str> = marks.map(|mark| mark.label).collect();
        self.marks_of(&marks)
    }

    /// The same, of the signs of a table.
    fn signs(&self, signs: &[(String, &'static str)]) -> String {
        let marks: Vec<&str> = signs.iter().map(|(_, says)| *says).collect();
        self.marks_of(&marks)
    }

    fn marks_of(&self, marks: &[&str]) -> String {
        match marks.is_empty() {
            true => String::new(),
            false => self.w.reads_marks(locale::list_or(self.w.lang, marks)),
        }
    }
}

#[derive(Template)]
#[template(path = "comments/block.html")]
struct BlockTemplate<'a> {
    block: &'a Block,
    reading: &'a Reading<'a>,
}

#[derive(Template)]
#[template(path = "comments/head.html")]
struct HeadTemplate<'a> {
    label: &'a Passage,
    number: &'a Option<String>,
    help: &'a Option<Passage>,
    guidance: &'a Option<Passage>,
    is_required: bool,
    is_conditional: bool,
    w: Words,
}

#[derive(Template)]
#[template(path = "comments/field.html")]
struct FieldTemplate<'a> {
    field: &'a FieldView,
    head: HeadTemplate<'a>,
    reading: &'a Reading<'a>,
}

#[derive(Template)]
#[template(path = "comments/group.html")]
struct GroupTemplate<'a> {
    group: &'a GroupView,
    reading: &'a Reading<'a>,
}
