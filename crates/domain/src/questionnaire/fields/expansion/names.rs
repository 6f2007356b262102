//! What fields are named by.

use crate::questionnaire::fields::Field;

/// What a field is named by: its address, and what rules call it.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) address: String,
    pub(super) in_rules: String,
}

impl Names {
    pub(super) fn of(code: &str) -> Self {
        Self {
            address: code.to_owned(),
            in_rules: code.to_owned(),
        }
    }

    /// Those of a part of it.
    pub(super) fn part(&self, code: &str) -> Self {
        Self {
            address: format!("{}.{code}", self.address),
            in_rules: format!("{}.{code}", self.in_rules),
        }
    }
}

impl From<&Field> for Names {
    fn from(field: &Field) -> Self {
        Self {
            address: field.address.to_string(),
            in_rules: field.rule_name.to_string(),
        }
    }
}
