//! What is asked of replies, whichever aggregate answers it.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::Lang;
use domain::party::PartyKind;

use super::filter::Filter;
use super::grouping::{ALL, Attribute};
use super::subject::Extent;
use super::words::word;
use crate::replies::{Replies, SubmittedReply};
use crate::table::{Category, Column};

/// What is asked of replies, whichever aggregate answers it.
#[derive(Clone, Debug)]
pub struct Inquiry<'f> {
    /// By what their parties are grouped; none: not at all.
    pub group_by: Option<Attribute>,
    /// Which are looked at.
    pub filter: Filter<'f>,
    /// Of which kinds of parties. Rates are of Member States alone.
    pub kinds: BTreeSet<PartyKind>,
    /// Whether those of which nothing may be counted are left out altogether. That a single party replied is told of nobody who did not
    /// consent to anything.
    pub is_of_countable: bool,
    /// How much is told.
    pub extent: Extent,
    /// For readers of these languages.
    pub languages: &'f [Lang],
}

/// The replies that are asked for, by group.
pub(super) struct Sorted<'r> {
    /// The groups, all together first.
    pub groups: Vec<Category>,
    /// Each reply that is asked for, where its group is among them, and whether it answered what is asked for.
    pub replies: Vec<SortedReply<'r>>,
}

/// A reply that is asked for.
pub(super) struct SortedReply<'r> {
    /// The reply.
    pub reply: &'r SubmittedReply,
    /// Where its group is among the groups; none: there are no groups.
    pub group: Option<usize>,
    /// Whether it answered what is asked for.
    pub is_taken: bool,
}

impl SortedReply<'_> {
    /// Where it is counted: with all, and with its group.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        std::iter::once(0).chain(self.group)
    }
}

impl<'f> Inquiry<'f> {
    /// Everything that Member States replied, told whole and not grouped.
    pub fn of_member_states(languages: &'f [Lang]) -> Self {
        Self {
            group_by: None,
            filter: Filter::default(),
            kinds: BTreeSet::from([PartyKind::MemberState]),
            is_of_countable: false,
            extent: Extent::Whole,
            languages,
        }
    }

    /// Whether parties of this kind are asked for.
    pub fn takes_kind(&self, kind: &str) -> bool {
        self.kinds.iter().any(|wanted| wanted.as_str() == kind)
    }

    /// Whether a reply is one that is asked for.
    pub fn takes(&self, reply: &SubmittedReply) -> bool {
        self.takes_kind(&reply.party.kind)
            && self.filter.takes_party(reply)
            && self.filter.takes_answers(reply)
    }

    /// Sorts replies by what is asked for.
    pub(super) fn sort<'r>(&self, replies: &'r Replies) -> Sorted<'r> {
        let asked = replies.replies.iter();
        let asked = asked.filter(|reply| self.takes_kind(&reply.party.kind));
        let asked = asked.filter(|reply| !self.is_of_countable || reply.countable.has_any());
        let asked: Vec<_> = asked
            .filter(|reply| self.filter.takes_party(reply))
            .collect();
        let groups = self.group_by.map_or_else(Vec::new, |attribute| {
            attribute.groups(asked.iter().copied())
        });
        let place = |reply: &SubmittedReply| {
            let group: Option<&Arc<str>> = self.group_by?.of(&reply.party);
            let found = groups.iter().position(|known| known.as_ref() == group);
            found.map(|index| index + 1)
        };
        let sorted = asked.into_iter().map(|reply| SortedReply {
            reply,
            group: place(reply),
            is_taken: self.filter.takes_answers(reply),
        });
        let sorted = sorted.collect();
        let all = Category {
            code: ALL.into(),
            label: word(ALL, self.languages),
        };
        let categories = self.group_by.into_iter().flat_map(|attribute| {
            let category = |group: &Option<_>| attribute.category(group.as_ref(), self.languages);
            groups.iter().map(category).collect::<Vec<_>>()
        });
        Sorted {
            groups: std::iter::once(all).chain(categories).collect(),
            replies: sorted,
        }
    }

    /// The column of groups, where there are any.
    pub(super) fn group_column(&self, groups: &[Category]) -> Option<Column> {
        let code = self.group_by?.as_str();
        let label = word(code, self.languages);
        Some(Column::dimension(code, label, groups.to_vec()))
    }
}
