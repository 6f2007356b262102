//! A tally as it is answered.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::figures::{self, GroupBy};
use crate::http::schemas::{AsOf, NoticeView, chosen, collection_notices};
use crate::reading::tallies::{Cell, Tally};
use domain::collection::{Basis, Collection};
use domain::questionnaire::{Field, FieldType, Form, OptionSource, Question};
use domain::{CollectionId, Lang};

/// What was answered to a question.
#[derive(Debug, Serialize, ToSchema)]
pub struct TallyView {
    /// The collection.
    collection: Uuid,
    /// The state of the log that was counted.
    as_of: AsOf,
    /// The revision of the instrument that was asked then. Replies that were submitted before the collection moved to it answer
    /// earlier ones, which it corrects.
    revision: u32,
    /// The number of the release, where it is one that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<u32>,
    /// The question.
    question: TalliedQuestion,
    /// What was answered.
    #[serde(flatten)]
    counts: CountsView,
    /// The same by group of the Member State on the day of its invitation.
    groups: Vec<GroupTally>,
    /// What a reader must know.
    notices: Vec<NoticeView>,
}

/// What was answered in a cell: the total or a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsView {
    /// Of how many replies.
    base: BaseView,
    /// How often each option was chosen, empty for a question without options.
    options: Vec<OptionView>,
}

/// A question, in the reader's language.
#[derive(Debug, Serialize, ToSchema)]
pub struct TalliedQuestion {
    /// Its code; of a cell or a part its address.
    code: String,
    /// Its type.
    #[serde(rename = "type")]
    kind: domain::questionnaire::TypeCode,
    /// Its text, in the language `lang`.
    text: String,
    /// The language of `text`.
    #[schema(value_type = domain::Lang)]
    lang: String,
    /// What is read beside it: the labels of row and column, or of the part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<String>,
}

/// How the replies stand to a question: `counted` of `replied` are counted, and `counted` is the sum of the others.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaseView {
    /// Replies of Member States, at their submitted version.
    replied: u64,
    /// Of these, those whose answers are counted.
    counted: u64,
    /// With an answer.
    answered: u64,
    /// With "not available"; where what is released stands on all replies, also those that are missing otherwise.
    not_available: u64,
    /// With "not applicable".
    not_applicable: u64,
    /// With "not collected".
    not_collected: u64,
    /// With "confidential".
    confidential: u64,
    /// To which the question does not apply.
    not_relevant: u64,
    /// With nothing.
    blank: u64,
}

/// An option.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionView {
    /// Its value.
    value: String,
    /// Its name.
    label: String,
    /// The language of `label`.
    lang: Option<Lang>,
    /// How many replies chose it.
    count: u64,
}

/// A group of Member States.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupTally {
    /// The group's code.
    group: String,
    /// Its name.
    label: String,
    /// What was answered.
    #[serde(flatten)]
    counts: CountsView,
}

/// On whom a tally stands.
#[derive(Clone, Copy, Debug)]
pub enum TallyBasis {
    /// On all, for the Secretariat.
    Unreleased,
    /// On those that the release with this number counts, by the collection's basis.
    Released(u32, Basis),
}

/// What is tallied.
#[derive(Clone, Copy)]
pub struct TallySubject<'a> {
    /// The collection's id.
    pub id: CollectionId,
    /// The collection.
    pub collection: &'a Collection,
    /// The field.
    pub field: TalliedField<'a>,
    /// By what.
    pub group_by: GroupBy,
}

/// A field whose answers are counted.
#[derive(Clone, Copy)]
pub struct TalliedField<'a> {
    /// What is asked.
    pub form: &'a Form,
    /// Its question.
    pub question: &'a Question,
    /// Itself.
    pub field: &'a Field,
    /// What answers it takes.
    pub kind: &'a FieldType,
}

impl TallyView {
    /// What was counted, for a reader of these languages.
    pub fn new(
        of: TallySubject<'_>,
        counted: &Tally,
        stands: TallyBasis,
        languages: &[Lang],
    ) -> Self {
        let TallySubject {
            id,
            collection,
            field,
            group_by,
        } = of;
        let TalliedField {
            form,
            question,
            field,
            kind,
        } = field;
        let is_coarse = matches!(stands, TallyBasis::Released(_, Basis::All));
        let groups = group_by.groups(counted.bases.iter().map(|base| base.group.as_deref()));
        let groups: Vec<GroupTally> = groups
            .into_iter()
            .map(|group| {
                let cell = counted.cell(|of| of == group.as_deref());
                GroupTally {
                    label: group_by.label(group.as_deref(), languages),
                    counts: CountsView::from_cell(kind, &cell, is_coarse, languages),
                    group: group.unwrap_or_else(|| "none".to_owned()),
                }
            })
            .collect();
        let counts = CountsView::from_cell(kind, &counted.cell(|_| true), is_coarse, languages);
        let (lang, text) = chosen(&question.text, languages);
        let labels = form.labels(field).into_iter();
        let labels = labels.map(|label| chosen(&label, languages).1);
        let lang = lang.map_or("", Lang::as_str).to_owned();
        let mut notices = collection_notices(collection, languages);
        notices.extend(figures::translation_missing(languages, &lang));
        let notice = |code: &str, args: &[(&str, &str)]| NoticeView::new(code, languages, args);
        if !collection.corrected.is_empty() {
            let earlier: Vec<String> = collection.corrected.iter().map(u32::to_string).collect();
            let (revision, earlier) = (collection.revision.to_string(), earlier.join(", "));
            let args = [("revision", revision.as_str()), ("earlier", &earlier)];
            notices.push(notice("questionnaire_corrected", &args));
        }
        if counted.others > 0 {
            let count = counted.others.to_string();
            notices.push(notice("others_not_counted", &[("count", &count)]));
        }
        let BaseView {
            replied,
            counted: of,
            ..
        } = counts.base;
        let (replied, of) = (replied.to_string(), of.to_string());
        let bases = [("replied", replied.as_str()), ("counted", &of)];
        let release = match stands {
            TallyBasis::Unreleased => {
                notices.push(notice("counted_unreleased", &bases));
                None
            }
            TallyBasis::Released(release, basis) => {
                let number = release.to_string();
                notices.push(notice("released", &[("release", &number)]));
                let code = match basis {
                    Basis::Consenting => "counted_consenting",
                    Basis::All => "counted_all",
                };
                notices.push(notice(code, &bases));
                Some(release)
            }
        };
        Self {
            collection: id.0,
            as_of: AsOf {
                position: counted.position,
                time: counted.time.clone(),
            },
            revision: collection.revision,
            release,
            question: TalliedQuestion {
                code: field.address.to_string(),
                kind: kind.code(),
                text,
                lang,
                labels: labels.collect(),
            },
            counts,
            groups,
            notices,
        }
    }

    /// The language of its words.
    pub fn lang(&self) -> String {
        self.question.lang.clone()
    }
}

impl CountsView {
    fn from_cell(kind: &FieldType, cell: &Cell, is_coarse: bool, languages: &[Lang]) -> Self {
        let is_list = matches!(kind.option_source(), Some(OptionSource::CodeList(_)));
        // A code list names States and currencies: of those who are counted without being asked none is named.
        let options = kind
            .options()
            .into_iter()
            .filter(|_| !(is_coarse && is_list));
        let options = options.map(|option| {
            let (lang, label) = chosen(option.label, languages);
            OptionView {
                value: option.value.to_owned(),
                label,
                lang,
                count: cell.chosen.get(option.value).copied().unwrap_or(0),
            }
        });
        // Why each State has no figure is its own matter.
        let otherwise = cell.not_applicable + cell.not_collected + cell.confidential;
        Self {
            base: BaseView {
                replied: cell.replied,
                counted: cell.counted,
                answered: cell.answered,
                not_available: cell.not_available + if is_coarse { otherwise } else { 0 },
                not_applicable: if is_coarse { 0 } else { cell.not_applicable },
                not_collected: if is_coarse { 0 } else { cell.not_collected },
                confidential: if is_coarse { 0 } else { cell.confidential },
                not_relevant: cell.not_relevant,
                blank: cell.blank,
            },
            options: options.collect(),
        }
    }
}
