//! What is given and for what, as it arrives: one of several members each.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::contribution::{Form, InKind, Purpose, Recipient, Staff};
use crate::domain::money::Money;
use crate::domain::questionnaire::True;
use crate::domain::said::expected;
use crate::domain::{Decimal, MeetingId, ProjectId};
use crate::http::problem::Problem;
use crate::http::schemas::DecimalShape;

/// For what it is given: one of `{"office": true}`, `{"meeting": id}`, `{"project": id}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecipient {
    /// `true`: for the United Nations Office on Drugs and Crime.
    #[schema(value_type = Option<bool>)]
    office: Option<True>,
    /// A meeting.
    meeting: Option<Uuid>,
    /// A project.
    project: Option<Uuid>,
}

impl NewRecipient {
    /// The recipient.
    ///
    /// # Errors
    /// `wrong_body` where it names none, or several.
    pub(in crate::http) fn read(&self) -> Result<Recipient, Problem> {
        match (self.office, self.meeting, self.project) {
            (Some(office), None, None) => Ok(Recipient::Office(office)),
            (None, Some(id), None) => Ok(Recipient::Meeting(MeetingId(id))),
            (None, None, Some(id)) => Ok(Recipient::Project(ProjectId(id))),
            _ => Err(one_of("/to", ["office", "meeting", "project"])),
        }
    }
}

/// What is given: one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewForm {
    /// Money.
    money: Option<NewMoney>,
    /// Persons who work for a time.
    staff: Option<NewStaff>,
    /// Help in kind.
    in_kind: Option<NewInKind>,
}

/// Money, exact.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMoney {
    /// A decimal.
    #[schema(value_type = DecimalShape, example = "25000.50")]
    amount: Decimal,
    /// Its ISO 4217 code.
    #[schema(example = "EUR")]
    currency: String,
}

impl NewMoney {
    /// The money.
    pub(in crate::http) fn read(&self) -> Money {
        Money {
            amount: self.amount.clone(),
            currency: self.currency.clone(),
        }
    }
}

/// Persons who work for a time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStaff {
    /// How many persons for how many months: a decimal.
    #[schema(value_type = DecimalShape, example = "6")]
    person_months: Decimal,
}

/// Help in kind.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInKind {
    /// hosting, preparing_instruments, translation, experts, other
    #[schema(value_type = String)]
    purpose: Purpose,
}

impl NewForm {
    /// What is given.
    ///
    /// # Errors
    /// `wrong_body` where it names none, or several.
    pub(in crate::http) fn read(&self) -> Result<Form, Problem> {
        match (&self.money, &self.staff, &self.in_kind) {
            (Some(money), None, None) => Ok(Form::Money(money.read())),
            (None, Some(staff), None) => Ok(Form::Staff(Staff {
                person_months: staff.person_months.clone(),
            })),
            (None, None, Some(help)) => Ok(Form::InKind(InKind {
                purpose: help.purpose,
            })),
            _ => Err(one_of("/what", ["money", "staff", "in_kind"])),
        }
    }
}

fn one_of(at: &str, members: [&str; 3]) -> Problem {
    Problem::not_as_expected(at, expected::ONE_NAMED.codes(members))
}
