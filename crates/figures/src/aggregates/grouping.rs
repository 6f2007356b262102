//! By what replies are grouped and picked: what their parties carry.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::Lang;
use domain::fault::Codes;
use domain::party::{PartyKind, RegionalGroup};

use super::words::word;
use crate::replies::{ReplyParty, SubmittedReply};
use crate::table::Category;

domain::code_enum! {
    /// What parties carry, as they were invited.
    pub enum Attribute as "PartyAttribute" {
        /// The regional group of a Member State.
        RegionalGroup = "regional_group",
        /// The region by M49.
        Region = "region",
        /// The sub-region by M49.
        SubRegion = "sub_region",
        /// The kind of party.
        Kind = "kind",
        /// The party itself, in the order of codes.
        Party = "party",
    }
}

/// What stands for a party that has none of an attribute.
pub const NONE: &str = "none";
/// What stands for all groups together.
pub const ALL: &str = "all";

impl Attribute {
    /// What a party has of it.
    pub fn of(self, party: &ReplyParty) -> Option<&Arc<str>> {
        match self {
            Self::RegionalGroup => party.regional_group.as_ref(),
            Self::Region => party.region.as_ref(),
            Self::SubRegion => party.sub_region.as_ref(),
            Self::Kind => Some(&party.kind),
            Self::Party => Some(&party.code),
        }
    }

    /// All that a party can have of it, and what stands for nothing; none where that is not fixed.
    pub(super) fn known_values(self) -> Vec<&'static str> {
        match self {
            Self::RegionalGroup => RegionalGroup::CODES.iter().copied().chain([NONE]).collect(),
            Self::Kind => PartyKind::CODES.to_vec(),
            Self::Region | Self::SubRegion | Self::Party => Vec::new(),
        }
    }

    /// The groups of these replies, in order: all regional groups, each of the others that a reply has; those of none last.
    pub(super) fn groups<'r>(
        self,
        replies: impl Iterator<Item = &'r SubmittedReply>,
    ) -> Vec<Option<Arc<str>>> {
        let found: BTreeSet<Option<Arc<str>>> = replies
            .map(|reply| self.of(&reply.party).cloned())
            .collect();
        let has_none = found.contains(&None);
        let mut groups: Vec<Option<Arc<str>>> = match self {
            Self::RegionalGroup => {
                let listed = RegionalGroup::ALL.iter();
                listed.map(|group| Some(group.as_str().into())).collect()
            }
            Self::Kind => {
                let listed = PartyKind::ALL.iter();
                let listed = listed.map(|kind| Some(Arc::from(kind.as_str())));
                listed.filter(|kind| found.contains(kind)).collect()
            }
            Self::Region | Self::SubRegion | Self::Party => {
                found.into_iter().filter(Option::is_some).collect()
            }
        };
        groups.extend(has_none.then_some(None));
        groups
    }

    /// A group as a category.
    pub(super) fn category(self, group: Option<&Arc<str>>, languages: &[Lang]) -> Category {
        let label = match (self, group) {
            (_, None) => word("none", languages),
            (Self::RegionalGroup, Some(group)) => {
                texts::text::<&str>(&format!("group.{group}"), languages, &[])
            }
            (Self::Kind, Some(kind)) => {
                texts::text::<&str>(&format!("kind.{kind}"), languages, &[])
            }
            (Self::Region | Self::SubRegion | Self::Party, Some(group)) => group.to_string(),
        };
        Category {
            code: group.cloned().unwrap_or_else(|| NONE.into()),
            label,
        }
    }
}
