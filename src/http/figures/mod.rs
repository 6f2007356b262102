//! What figures have in common: their groups, and the language of their words.

pub mod changes;
pub mod cross_tables;
pub mod field_figures;
pub mod inquiry;
pub mod over_time;
pub mod participation;
pub mod releases;
pub mod standing;
pub mod table_answer;
pub mod table_view;
pub mod tallies;
pub mod tally_view;
pub mod text_answers;

use self::standing::Standing;
use crate::http::problem::Problem;
use crate::http::schemas::NoticeView;
use crate::written::GROUPINGS;
use ::figures::aggregates::Attribute;
use domain::Lang;
use domain::party::RegionalGroup;
use domain::phrase::expected;

/// The language of a figure's own words (groups, notices), and a notice where the reader would rather have had another.
pub fn language(languages: &[Lang]) -> (String, Option<NoticeView>) {
    let lang = texts::language(languages).to_string();
    let notice = translation_missing(languages, &lang);
    (lang, notice)
}

/// Where the first language wanted is not the one used: a notice that says so.
pub fn translation_missing(languages: &[Lang], used: &str) -> Option<NoticeView> {
    let wanted = languages.first().filter(|wanted| wanted.as_str() != used)?;
    let args = [("wanted", wanted.as_str()), ("used", used)];
    Some(NoticeView::new("translation_missing", languages, &args))
}

/// What figures can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The regional groups of Member States.
    RegionalGroup,
    /// The M49 regions.
    Region,
    /// Not at all.
    None,
}

impl GroupBy {
    /// Reads `group_by`; the regional groups where it is left out.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn read(asked: Option<&str>) -> Result<Self, Problem> {
        match asked {
            None | Some("regional_group") => Ok(Self::RegionalGroup),
            Some("region") => Ok(Self::Region),
            Some("none") => Ok(Self::None),
            Some(other) => {
                let expected = expected::ONE_OF.codes(GROUPINGS);
                Err(Problem::bad_parameter("group_by", expected, other))
            }
        }
    }

    /// As it is asked for.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RegionalGroup => "regional_group",
            Self::Region => "region",
            Self::None => "none",
        }
    }

    /// What parties carry of it.
    pub const fn attribute(self) -> Option<Attribute> {
        match self {
            Self::RegionalGroup => Some(Attribute::RegionalGroup),
            Self::Region => Some(Attribute::Region),
            Self::None => None,
        }
    }

    /// Refuses what released figures that stand on this are not grouped by. Those on whoever consents tell nothing that cannot be
    /// read anyway; those on all are kept to what States were told.
    ///
    /// # Errors
    /// `breakdown_not_released`.
    pub fn allowed(self, standing: Standing) -> Result<(), Problem> {
        match self {
            Self::RegionalGroup | Self::None => Ok(()),
            Self::Region => standing.allow(self.as_str()),
        }
    }
    /// The groups to list, in order, given those that were counted: each group once, with its code.
    pub fn groups<'a>(self, counted: impl Iterator<Item = Option<&'a str>>) -> Vec<Option<String>> {
        let mut counted: Vec<Option<String>> =
            counted.map(|group| group.map(str::to_owned)).collect();
        counted.sort();
        counted.dedup();
        match self {
            Self::None => Vec::new(),
            Self::Region => counted,
            Self::RegionalGroup => {
                let listed = RegionalGroup::ALL
                    .iter()
                    .map(|group| Some(group.to_string()));
                let ungrouped = counted.contains(&None).then_some(None);
                listed.chain(ungrouped).collect()
            }
        }
    }

    /// A group's name for people.
    pub fn label(self, group: Option<&str>, languages: &[Lang]) -> String {
        match (self, group) {
            (Self::Region, Some(region)) => region.to_owned(),
            (_, Some(group)) => texts::text::<&str>(&format!("group.{group}"), languages, &[]),
            (_, None) => texts::text::<&str>("group.none", languages, &[]),
        }
    }
}
