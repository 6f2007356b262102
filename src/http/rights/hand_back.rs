//! Whom it is told that a section was handed back or returned: the focal point, and of contributors those who answer that section.
//! To read a section is not to answer it: what a colleague has to say of its own work is between it and the focal point.

use std::collections::BTreeSet;

use access::{Principal, Role};
use domain::PersonId;
use domain::delegation::Delegation;

/// Of which sections it is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HandBackSight {
    /// Of all.
    All,
    /// Of those with these codes.
    Sections(BTreeSet<String>),
}

impl HandBackSight {
    /// What somebody is told.
    pub fn for_principal(principal: &Principal, delegation: &Delegation) -> Self {
        match principal.role {
            Role::FocalPoint => Self::All,
            Role::Contributor => {
                let admitted = delegation.contributors.get(&PersonId(principal.id));
                Self::Sections(admitted.map_or_else(BTreeSet::new, |held| held.sections.clone()))
            }
            Role::Administrator
            | Role::Officer
            | Role::Mission
            | Role::Donor
            | Role::Commenter
            | Role::Anonymous => Self::Sections(BTreeSet::new()),
        }
    }

    /// Whether what was said of a section is told.
    pub fn tells(&self, section: &str) -> bool {
        match self {
            Self::All => true,
            Self::Sections(own) => own.contains(section),
        }
    }
}
