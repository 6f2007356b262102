//! Who may do what: one table, a row for every operation of the API's document.

use crate::access::Role;

/// What a role may do with an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Refused.
    No,
    /// Allowed.
    Yes,
    /// Allowed on what belongs to the principal's own party; anything else is as if it were not there.
    Own,
}

/// An operation, and the rule for each role.
#[derive(Debug)]
pub struct Row {
    /// The operation's id in the API's document.
    pub operation: &'static str,
    /// Without a token.
    pub anonymous: Rule,
    /// A Secretariat officer.
    pub officer: Rule,
    /// A party's focal point.
    pub focal_point: Rule,
}

impl Row {
    /// The rule for a role.
    pub fn rule(&self, role: Role) -> Rule {
        match role {
            Role::Anonymous => self.anonymous,
            Role::Officer => self.officer,
            Role::FocalPoint => self.focal_point,
        }
    }
}

/// The row of an operation.
pub fn row(operation: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.operation == operation)
}

const fn row_of(operation: &'static str, anonymous: Rule, officer: Rule, focal_point: Rule) -> Row {
    Row {
        operation,
        anonymous,
        officer,
        focal_point,
    }
}

use Rule::{No, Own, Yes};

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    //                                          anonymous  officer  focal point
    row_of("list_parties",                         Yes,      Yes,     Yes),
    row_of("get_party",                            Yes,      Yes,     Yes),
    row_of("register_party",                       No,       Yes,     No),
    row_of("regroup_party",                        No,       Yes,     No),
    row_of("list_regional_groups",                 Yes,      Yes,     Yes),
    row_of("list_categories",                      Yes,      Yes,     Yes),
    row_of("list_standards",                       Yes,      Yes,     Yes),
    row_of("extend_classification",                No,       Yes,     No),
    row_of("list_instruments",                     No,       Yes,     Yes),
    row_of("draft_instrument",                     No,       Yes,     No),
    row_of("get_instrument",                       No,       Yes,     Yes),
    row_of("get_draft",                            No,       Yes,     No),
    row_of("save_draft",                           No,       Yes,     No),
    row_of("revise_instrument",                    No,       Yes,     No),
    row_of("get_revision",                         No,       Yes,     Yes),
    row_of("approve_revision",                     No,       Yes,     No),
    row_of("list_collections",                     Yes,      Yes,     Yes),
    row_of("open_collection",                      No,       Yes,     No),
    row_of("get_collection",                       Yes,      Yes,     Yes),
    row_of("list_invitations",                     No,       Yes,     No),
    row_of("invite_parties",                       No,       Yes,     No),
    row_of("close_collection",                     No,       Yes,     No),
    row_of("reopen_collection",                    No,       Yes,     No),
    row_of("get_participation",                    Yes,      Yes,     Yes),
    row_of("get_tally",                            No,       Yes,     No),
    row_of("list_replies",                         No,       Yes,     Own),
    row_of("start_reply",                          No,       No,      Own),
    row_of("get_reply",                            No,       Yes,     Own),
    row_of("list_answers",                         No,       Yes,     Own),
    row_of("save_answers",                         No,       No,      Own),
    row_of("save_answer",                          No,       No,      Own),
    row_of("clear_answer",                         No,       No,      Own),
    row_of("submit_reply",                         No,       No,      Own),
    row_of("list_events",                          No,       Yes,     No),
];
