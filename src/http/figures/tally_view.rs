//! A tally as it is answered.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::figures;
use crate::http::figures::standing::FigureSource;
use crate::http::schemas::{AsOf, NoticeView, chosen};
use ::figures::Category;
use ::figures::aggregates::{Extent, FieldTally, Subject};
use domain::Lang;
use domain::questionnaire::MissingKind;

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

impl TallyView {
    /// What was counted, all together first and then by group, for a reader of these languages.
    pub fn new(
        source: &FigureSource,
        subject: &Subject<'_>,
        (groups, tallies): (&[Category], &[FieldTally]),
        languages: &[Lang],
    ) -> Self {
        let extent = source.standing.extent();
        let all = tallies.first().cloned().unwrap_or_default();
        let counted = groups.iter().zip(tallies).skip(1);
        let counted = counted.map(|(group, tally)| GroupTally {
            group: group.code.to_string(),
            label: group.label.clone(),
            counts: CountsView::from_tally(subject, tally, extent, languages),
        });
        let (lang, text) = chosen(&subject.question.text, languages);
        let lang = lang.map_or("", Lang::as_str).to_owned();
        let labels = source.form.labels(subject.field).into_iter();
        let mut notices = source.notices(languages);
        notices.extend(figures::translation_missing(languages, &lang));
        notices.extend(source.standing_notices(&all.base, languages));
        Self {
            collection: source.id.0,
            as_of: AsOf {
                position: source.replies.position,
                time: source.replies.time.clone(),
            },
            revision: source.collection.revision,
            release: source.standing.release(),
            question: TalliedQuestion {
                code: subject.address().to_string(),
                kind: subject.kind.code(),
                text,
                lang,
                labels: labels.map(|label| chosen(&label, languages).1).collect(),
            },
            counts: CountsView::from_tally(subject, &all, extent, languages),
            groups: counted.collect(),
            notices,
        }
    }

    /// The language of its words.
    pub fn lang(&self) -> String {
        self.question.lang.clone()
    }
}

impl CountsView {
    fn from_tally(
        subject: &Subject<'_>,
        tally: &FieldTally,
        extent: Extent,
        languages: &[Lang],
    ) -> Self {
        let offered = subject.options(extent, languages);
        let options = subject.kind.options().into_iter();
        let options =
            options.filter(|option| offered.iter().any(|known| &*known.code == option.value));
        let options = options.map(|option| {
            let (lang, label) = chosen(option.label, languages);
            OptionView {
                value: option.value.to_owned(),
                label,
                lang,
                count: tally.chosen.get(option.value).copied().unwrap_or(0),
            }
        });
        let base = &tally.base;
        let missing = |kind: MissingKind| match (extent, kind) {
            (Extent::Whole, _) => base.missing(kind),
            // Why each State has no figure is its own matter.
            (Extent::Coarse, MissingKind::NotAvailable) => base.missing.iter().sum(),
            (Extent::Coarse, _) => 0,
        };
        Self {
            base: BaseView {
                replied: base.replied,
                counted: base.counted,
                answered: base.answered,
                not_available: missing(MissingKind::NotAvailable),
                not_applicable: missing(MissingKind::NotApplicable),
                not_collected: missing(MissingKind::NotCollected),
                confidential: missing(MissingKind::Confidential),
                not_relevant: base.not_relevant,
                blank: base.blank,
            },
            options: options.collect(),
        }
    }
}
