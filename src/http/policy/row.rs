//! A row of the policy's table.

use actix_web::http::Method;

use access::{Role, Scope};

/// What a role may do with an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Refused.
    No,
    /// Allowed.
    Yes,
    /// Allowed on what belongs to the principal's own party; anything else is as if it were not there.
    Own,
    /// Allowed on what is published, and on what belongs to the principal's own party.
    Published,
    /// Allowed on oneself, and on what one made oneself; anybody else's is as if it were not there.
    Mine,
    /// Allowed on the sections of the principal's own party's reply to which it was admitted; to read, on those that are opened to it
    /// too.
    Sections,
    /// Allowed to the Secretariat on what it enters from paper, whose source it has named.
    Entered,
}

/// An operation, and the rule for each role.
#[derive(Debug)]
pub struct Row {
    /// The operation's id in the API's document.
    pub operation: &'static str,
    pub(super) rules: [Rule; Role::ALL.len()],
    /// Where reads are recorded: the parameter of the path that names what is read; empty where it is no single thing.
    pub audited: Option<&'static str>,
    is_figure: bool,
    lets_in: bool,
}

impl Row {
    /// The rule for a role.
    pub fn rule(&self, role: Role) -> Rule {
        Role::ALL
            .iter()
            .zip(self.rules)
            .find(|(of, _)| **of == role)
            .map_or(Rule::No, |(_, rule)| rule)
    }

    /// The scope that a token needs for it.
    pub fn scope(&self, method: &Method) -> Scope {
        if method != Method::GET || self.lets_in {
            Scope::Write
        } else if self.is_figure || self.rule(Role::Anonymous) == Rule::Yes {
            Scope::Figures
        } else {
            Scope::Read
        }
    }

    /// The same operation, whose reads are recorded. `object` is the parameter of the path that names what is read.
    pub(super) const fn audited(mut self, object: &'static str) -> Self {
        self.audited = Some(object);
        self
    }

    /// The same operation, which reads a figure that is not public, or what figures are read with (what was asked, in which
    /// revision): a dashboard's token may.
    pub(super) const fn figure(mut self) -> Self {
        self.is_figure = true;
        self
    }

    /// The same operation, whose answer may hold what lets somebody in, to do all that they may.
    pub(super) const fn letting_in(mut self) -> Self {
        self.lets_in = true;
        self
    }

    /// The same operation, with this rule for commenters.
    pub(super) const fn commenting(mut self, rule: Rule) -> Self {
        self.rules[Role::ALL.len() - 1] = rule;
        self
    }

    /// Whether anybody at all may do it.
    pub fn is_public(&self) -> bool {
        self.rule(Role::Anonymous) != Rule::No
    }
}

/// A row of the table. A commenter may what the public may, and what [`Row::commenting`] adds.
pub(super) const fn row_of(operation: &'static str, rules: [Rule; Role::ALL.len() - 1]) -> Row {
    let [
        administrator,
        officer,
        focal_point,
        contributor,
        mission,
        donor,
        anonymous,
    ] = rules;
    Row {
        operation,
        rules: [
            administrator,
            officer,
            focal_point,
            contributor,
            mission,
            donor,
            anonymous,
            anonymous,
        ],
        audited: None,
        is_figure: false,
        lets_in: false,
    }
}
