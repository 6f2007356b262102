//! What was said in a consultation, by what it is about, as its page shows it.

use std::collections::BTreeMap;

use askama::Template;
use serde_json::Value;
use uuid::Uuid;

use super::subject::Subject;
use crate::http::comments::{CommentView, show};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::rights::consultation::CommentVisibility;
use crate::reading::{Part, comments};
use domain::comment::Disposition;
use domain::consultation::{Consultation, Status};
use domain::questionnaire::Form;
use domain::{ConsultationId, PartyId};
use texts::words::Words;

/// The most comments on a page.
const MOST: i64 = 1_000;

/// A comment as the page shows it.
pub struct CommentLine {
    /// Which.
    pub id: Uuid,
    /// Whose; none where it is the reader's own party's.
    pub party: Option<String>,
    /// What it is about, where it stands beside something wider.
    pub about: Option<Passage>,
    /// What it says.
    pub text: Passage,
    /// The wording that it proposes.
    pub wording: Option<Passage>,
    /// When it was made.
    pub made: String,
    /// Whether that was after the deadline.
    pub late: bool,
    /// The letter that it was entered from, if it was.
    pub source: Option<String>,
    /// What became of it.
    pub became: Option<BecameLine>,
    /// The first revision that takes it up.
    pub taken_up_in: Option<i32>,
    /// Whether it can be corrected and taken back by the reader.
    pub can_change: bool,
}

/// What became of a comment.
pub struct BecameLine {
    /// In a word or two.
    pub disposition: &'static str,
    /// Why.
    pub reason: Passage,
    /// The revision that is to take it up, where that is known.
    pub revision: Option<i32>,
}

/// What was said, by what it is about.
pub struct Said {
    w: Words,
    base: String,
    by_subject: BTreeMap<Subject, Vec<CommentLine>>,
    /// How many comments there are.
    pub count: usize,
    /// Whether there are more than are shown.
    pub is_cut: bool,
    can_comment: bool,
}

#[derive(Template)]
#[template(path = "comments/said.html")]
struct SaidTemplate<'a> {
    w: Words,
    comments: &'a [CommentLine],
    /// Where one comments; none where one cannot.
    link: Option<String>,
    /// What of.
    label: &'a str,
    /// What the link there says.
    add: &'static str,
    anchor: String,
}

impl Said {
    /// Reads what whoever looks sees of the comments.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read(
        visitor: &Visitor,
        id: ConsultationId,
        consultation: &Consultation,
        sees: CommentVisibility,
        form: &Form,
    ) -> Result<Self, Problem> {
        let own = match sees {
            CommentVisibility::All => None,
            CommentVisibility::Own(party) => Some(party),
        };
        let filter = comments::Filter {
            consultations: &[id.0],
            party: own.map(|party| party.0),
            ..comments::Filter::default()
        };
        let read = comments::list(visitor.pool(), &Part::first(None, MOST), &filter).await?;
        let is_cut = i64::try_from(read.rows.len()).is_ok_and(|count| count == MOST);
        let shown = show(&visitor.services, &visitor.caller, read).await?;
        let is_open = consultation.status == Status::Open;
        let mut said = Self {
            w: visitor.words,
            base: format!("/consultations/{id}"),
            by_subject: BTreeMap::new(),
            count: shown.comments.len(),
            is_cut,
            can_comment: is_open && own.is_some() && visitor.may("make_comment"),
        };
        for view in shown.comments {
            let about = Subject::from_json(&view.on);
            let mut line = line(visitor, view, own);
            line.can_change &= is_open;
            let place = place(&about, form);
            if place != about {
                line.about = Some(about.told(visitor, form));
            }
            said.by_subject.entry(place).or_default().push(line);
        }
        Ok(said)
    }

    /// What was said of the instrument as a whole, and how to say something.
    pub fn of_whole(&self) -> impl Template {
        let label = self.w.consultation_whole();
        self.of(Subject::Whole, label, self.w.comment_add())
    }

    /// The same, of a section.
    pub fn of_section<'a>(&'a self, code: &str, label: &'a str) -> impl Template + 'a {
        let subject = Subject::Section(code.to_owned());
        self.of(subject, label, self.w.comment_add_section())
    }

    /// The same, of a question.
    pub fn of_question<'a>(&'a self, address: &str, label: &'a str) -> impl Template + 'a {
        let subject = Subject::Question(address.to_owned());
        self.of(subject, label, self.w.comment_add_question())
    }

    /// The same, of a row.
    pub fn of_row<'a>(&'a self, address: &str, label: &'a str) -> impl Template + 'a {
        let subject = Subject::Question(address.to_owned());
        self.of(subject, label, self.w.comment_add())
    }

    fn of<'a>(&'a self, subject: Subject, label: &'a str, add: &'static str) -> SaidTemplate<'a> {
        let comments = self.by_subject.get(&subject);
        SaidTemplate {
            w: self.w,
            comments: comments.map_or(&[][..], Vec::as_slice),
            link: self
                .can_comment
                .then(|| format!("{}/comment{}", self.base, subject.query())),
            anchor: anchor(&subject),
            label,
            add,
        }
    }
}

/// Where a reader finds a subject on the page: the id of what is said of it.
fn anchor(subject: &Subject) -> String {
    match subject {
        Subject::Whole => "on-whole".to_owned(),
        Subject::Section(code) => format!("on-section-{code}"),
        Subject::Question(address) => format!("on-{address}"),
    }
}

/// Where on the page a comment stands: a row beside its row; a cell, a part or a column beside the question.
fn place(about: &Subject, form: &Form) -> Subject {
    let Subject::Question(address) = about else {
        return about.clone();
    };
    let code = address.split('.').next().unwrap_or_default();
    let is_row = form.fields().iter().any(|field| {
        use domain::questionnaire::FieldPlace;
        let FieldPlace::Cell { row, .. } = &field.place else {
            return false;
        };
        *field.question == *code && *address == format!("{code}.{row}")
    });
    match is_row {
        true => about.clone(),
        false => Subject::Question(code.to_owned()),
    }
}

fn line(visitor: &Visitor, view: CommentView, own: Option<PartyId>) -> CommentLine {
    let w = visitor.words;
    let became = view.disposition.map(|became| BecameLine {
        disposition: disposition(w, became.disposition),
        reason: words(visitor, &became.reason),
        revision: became.revision,
    });
    let is_own = own.is_some_and(|party| party.0 == view.party.id);
    let made = view.made_at.parse();
    CommentLine {
        id: view.id,
        party: (!is_own).then_some(view.party.name),
        about: None,
        text: words(visitor, &view.comment),
        wording: view.wording.as_ref().map(|wording| words(visitor, wording)),
        made: made.map_or(view.made_at, |made| moment::told(w.lang, made)),
        late: view.late,
        source: view.entered_on_behalf.map(|entered| entered.source),
        can_change: is_own && became.is_none() && visitor.may("correct_comment"),
        became,
        taken_up_in: view.taken_up_in,
    }
}

/// What became of a comment, in a word or two.
fn disposition(w: Words, disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Accepted => w.disposition_accepted(),
        Disposition::AcceptedInPart => w.disposition_accepted_in_part(),
        Disposition::NotAccepted => w.disposition_not_accepted(),
        Disposition::Noted => w.disposition_noted(),
    }
}

/// Words as the API shows them: in the reader's language where they are translated into it.
pub fn words(visitor: &Visitor, shown: &Value) -> Passage {
    let around = visitor.lang();
    let translated = shown
        .get("translations")
        .and_then(|translations| translations.get(around.as_str()));
    let said = translated.unwrap_or(shown);
    let Some(text) = said.get("text").and_then(Value::as_str) else {
        return Passage::plain(visitor.words.answer_redacted());
    };
    let lang = said.get("lang").and_then(Value::as_str);
    match lang.and_then(|lang| lang.parse().ok()) {
        Some(lang) => Passage::new(text, lang, around),
        None => Passage::plain(text),
    }
}
