//! A section as it is shown: its questions, one after the other, each with its fields.

use super::control::Control;
use super::field::{FieldMaker, FieldView};
use crate::http::pages::passage::Passage;
use domain::questionnaire::types::{
    Column, CompoundType, Group, LegalReference, List, Part, PartType, RowSource, Table,
};
use domain::questionnaire::{Asked, Form, Question, QuestionType, Section};

/// A part of a section as it is shown.
#[derive(Debug)]
pub enum Block {
    /// A sub-section's title, and what one should know first.
    Heading(Passage, Option<Passage>),
    /// Words to whoever answers.
    Note(Passage),
    /// A question that is one field.
    Question(Box<FieldView>),
    /// Several fields in a frame.
    Group(Box<GroupView>),
    /// Rows by columns.
    Table(Box<TableView>),
    /// Entries.
    List(Box<ListView>),
}

/// What frames have alike.
#[derive(Debug)]
pub struct FrameView {
    /// The address of the question, the part or the entry.
    pub address: String,
    /// What is asked.
    pub label: Passage,
    /// The number that people cite it by.
    pub number: Option<String>,
    /// How to answer it.
    pub help: Option<Passage>,
    /// What is printed beside it.
    pub guidance: Option<Passage>,
    /// Whether it is not asked as the answers stand.
    pub is_hidden: bool,
    /// What is wrong with it as a whole.
    pub faults: Vec<String>,
    /// The explanations that its checks ask for.
    pub explanations: Vec<FieldView>,
}

/// Several fields in a frame.
#[derive(Debug)]
pub struct GroupView {
    /// The frame.
    pub frame: FrameView,
    /// What stands in it.
    pub parts: Vec<Item>,
}

/// What stands in a group or an entry.
#[derive(Debug)]
pub enum Item {
    /// A field.
    Field(Box<FieldView>),
    /// A legal reference, which has fields of its own.
    Group(Box<GroupView>),
    /// Words.
    Note(Passage),
}

/// Rows by columns.
#[derive(Debug)]
pub struct TableView {
    /// The frame.
    pub frame: FrameView,
    /// Its currency, where it asks for one.
    pub currency: Option<FieldView>,
    /// What stands at the heads of its columns.
    pub columns: Vec<ColumnView>,
    /// Its rows.
    pub rows: Vec<RowView>,
    /// The signs that its boxes take, each with what it says.
    pub signs: Vec<(String, &'static str)>,
}

/// A column's head.
#[derive(Debug)]
pub struct ColumnView {
    /// What stands there.
    pub label: Passage,
    /// How to answer it.
    pub help: Option<Passage>,
}

/// A row.
#[derive(Debug)]
pub struct RowView {
    /// Its address.
    pub address: String,
    /// What stands at its head.
    pub label: Passage,
    /// The number that people cite it by.
    pub number: Option<String>,
    /// Whether it is not asked as the answers stand.
    pub is_hidden: bool,
    /// Its cells.
    pub cells: Vec<FieldView>,
}

/// Entries.
#[derive(Debug)]
pub struct ListView {
    /// The frame.
    pub frame: FrameView,
    /// Its entries, in order.
    pub entries: Vec<GroupView>,
    /// Whether another can be added.
    pub has_room: bool,
}

impl FieldMaker<'_> {
    /// A section as it is shown.
    pub fn blocks(&self, section: &Section) -> Vec<Block> {
        let mut blocks = self.questions(section);
        for inner in &section.sections {
            let help = inner.help.as_ref().map(|help| self.passage(help));
            blocks.push(Block::Heading(self.passage(&inner.title), help));
            blocks.extend(self.questions(inner));
        }
        blocks
    }

    /// The questions of a section itself, as they are shown.
    pub fn questions(&self, section: &Section) -> Vec<Block> {
        let questions = section.questions.iter();
        questions
            .filter_map(|question| self.block(question))
            .collect()
    }

    fn block(&self, question: &Question) -> Option<Block> {
        let code = &question.code;
        Some(match &question.kind {
            QuestionType::Field(_) => {
                let mut view = self.asked(code, &question.asked)?;
                view.explanations = self.explanations(code);
                Block::Question(Box::new(view))
            }
            QuestionType::Compound(CompoundType::Note(_)) => {
                Block::Note(self.passage(&question.text))
            }
            QuestionType::Compound(CompoundType::Group(group)) => {
                Block::Group(Box::new(self.group(question, group)))
            }
            QuestionType::Compound(CompoundType::LegalReference(reference)) => {
                Block::Group(Box::new(GroupView {
                    parts: self.reference(code, reference),
                    frame: self.question_frame(question),
                }))
            }
            QuestionType::Compound(CompoundType::Table(table)) => {
                Block::Table(Box::new(self.table(question, table)))
            }
            QuestionType::Compound(CompoundType::List(list)) => {
                Block::List(Box::new(self.list(question, list)))
            }
        })
    }

    fn question_frame(&self, question: &Question) -> FrameView {
        FrameView {
            explanations: self.explanations(&question.code),
            ..self.frame(&question.code, &question.asked)
        }
    }

    fn frame(&self, address: &str, asked: &Asked) -> FrameView {
        FrameView {
            address: address.to_owned(),
            label: self.passage(&asked.text),
            number: asked.number.clone(),
            help: asked.help.as_ref().map(|help| self.passage(help)),
            guidance: asked.guidance.as_ref().map(|text| self.passage(text)),
            is_hidden: self.is_hidden(address),
            faults: self.faults.get(address).cloned().unwrap_or_default(),
            explanations: Vec::new(),
        }
    }

    fn group(&self, question: &Question, group: &Group) -> GroupView {
        GroupView {
            parts: self.parts(&question.code, &group.parts),
            frame: self.question_frame(question),
        }
    }

    fn parts(&self, within: &str, parts: &[Part]) -> Vec<Item> {
        let items = parts.iter().filter_map(|part| {
            let address = format!("{within}.{}", part.code);
            Some(match &part.kind {
                PartType::Field(_) => Item::Field(Box::new(self.asked(&address, &part.asked)?)),
                PartType::Compound(_) if part.kind.parts().is_empty() => {
                    Item::Note(self.passage(&part.asked.text))
                }
                PartType::Compound(_) => Item::Group(Box::new(GroupView {
                    frame: self.frame(&address, &part.asked),
                    parts: self.parts(&address, part.kind.parts()),
                })),
            })
        });
        items.collect()
    }

    fn reference(&self, code: &str, reference: &LegalReference) -> Vec<Item> {
        self.parts(code, reference.parts())
    }

    fn table(&self, question: &Question, table: &Table) -> TableView {
        let code = &question.code;
        let year = self.sheet.form.reference_year();
        let columns = table.columns.iter().map(|column| ColumnView {
            label: self.column_label(column, year),
            help: None,
        });
        let columns: Vec<ColumnView> = columns.collect();
        let rows: Vec<RowView> = self
            .rows(table)
            .into_iter()
            .map(|(row, label, number)| {
                let address = format!("{code}.{row}");
                let cells = table
                    .columns
                    .iter()
                    .zip(&columns)
                    .filter_map(|(column, head)| {
                        let cell = format!("{address}.{}", column.name.in_addresses(year));
                        let label =
                            label.with_text(format!("{} – {}", label.text, head.label.text));
                        self.field(&cell, label)
                    });
                RowView {
                    cells: cells.collect(),
                    is_hidden: self.is_hidden(&address),
                    address,
                    label,
                    number,
                }
            })
            .collect();
        let currency = table.currency.then(|| {
            let label = Passage::plain(self.words.table_currency());
            self.field(&format!("{code}.currency"), label)
        });
        TableView {
            signs: self.signs(&rows),
            frame: self.question_frame(question),
            currency: currency.flatten(),
            columns,
            rows,
        }
    }

    fn column_label(&self, column: &Column, year: Option<i16>) -> Passage {
        match &column.text {
            Some(text) => self.passage(text),
            None => Passage::plain(column.name.in_addresses(year).trim_start_matches('y')),
        }
    }

    /// The rows of a table: their codes, what stands at their heads, and their numbers.
    fn rows(&self, table: &Table) -> Vec<(String, Passage, Option<String>)> {
        match &table.rows {
            RowSource::Rows(rows) => rows
                .iter()
                .map(|row| {
                    (
                        row.code.clone(),
                        self.passage(&row.text),
                        row.number.clone(),
                    )
                })
                .collect(),
            RowSource::RowsOf(code) => {
                let question = self.sheet.form.question(code);
                let kind = question.and_then(Question::field);
                let options = kind.map_or(&[][..], |kind| kind.choices());
                options
                    .iter()
                    .map(|option| (option.value.clone(), self.passage(&option.label), None))
                    .collect()
            }
        }
    }

    /// The signs that the boxes of a table take.
    fn signs(&self, rows: &[RowView]) -> Vec<(String, &'static str)> {
        let mut signs = Vec::new();
        let cells = rows.iter().flat_map(|row| &row.cells);
        for cell in cells
            .filter(|cell| matches!(&cell.control, Control::Line(line) if line.width != "words"))
        {
            let Some(located) = self.sheet.form.field(&cell.address) else {
                continue;
            };
            let missing = located.field.missing.iter();
            let missing = missing.map(|kind| {
                (
                    super::cell::sign(*kind).to_owned(),
                    self.words.missing(*kind),
                )
            });
            let flags = located.field.flags.iter();
            let flags = flags.map(|flag| {
                (
                    super::cell::letter(*flag).to_string(),
                    self.words.flag(*flag),
                )
            });
            for sign in missing.chain(flags) {
                if !signs.contains(&sign) {
                    signs.push(sign);
                }
            }
        }
        signs
    }

    fn list(&self, question: &Question, list: &List) -> ListView {
        let code = &question.code;
        let ids = Form::entries(code, self.sheet.answers);
        let entries: Vec<GroupView> = ids
            .iter()
            .enumerate()
            .map(|(index, (_, id))| {
                let address = format!("{code}.{id}");
                let mut parts = self.parts(&address, &list.parts);
                let explanations = self.explanations_within(code, id);
                parts.extend(explanations.into_iter().map(Box::new).map(Item::Field));
                GroupView {
                    parts,
                    frame: FrameView {
                        label: Passage::plain(self.words.list_entry(index + 1)),
                        faults: self.faults.get(&address).cloned().unwrap_or_default(),
                        address,
                        number: None,
                        help: None,
                        guidance: None,
                        is_hidden: false,
                        explanations: Vec::new(),
                    },
                }
            })
            .collect();
        ListView {
            has_room: entries.len() < list.most() as usize,
            frame: self.question_frame(question),
            entries,
        }
    }

    /// The explanations that the checks of a question ask for, or that are held.
    fn explanations(&self, question: &str) -> Vec<FieldView> {
        let fields = self.sheet.form.fields().iter();
        let fields = fields.filter(|field| {
            field.is_check() && *field.question == *question && !field.is_of_entries()
        });
        let addresses = fields.map(|field| field.address.to_string());
        addresses
            .filter_map(|address| self.explanation(&address))
            .collect()
    }

    /// The same, of an entry of a list.
    fn explanations_within(&self, question: &str, entry: &str) -> Vec<FieldView> {
        let fields = self.sheet.form.fields().iter();
        let fields = fields.filter(|field| {
            field.is_check() && *field.question == *question && field.is_of_entries()
        });
        let addresses = fields.map(|field| field.address_of(Some(entry)));
        addresses
            .filter_map(|address| self.explanation(&address))
            .collect()
    }

    /// An explanation at an address, where a check asks for it.
    pub fn explanation(&self, address: &str) -> Option<FieldView> {
        let located = self.sheet.form.field(address)?;
        located.field.value_type()?;
        let check = self.sheet.checks.get(&located.index)?;
        let mut view = self.field(address, self.passage(&check.text))?;
        let is_held = self
            .inputs
            .get(address)
            .is_some_and(|input| !input.is_blank());
        view.is_hidden = view.faults.is_empty() && (!is_held || self.is_hidden(address));
        Some(view)
    }
}
