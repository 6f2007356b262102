//! What is given and for what, as it arrives: one of several members each.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use domain::contribution::{Form, InKind, Purpose, Recipient, Staff};
use domain::money::Money;
use domain::questionnaire::True;
use domain::said::{Phrase, expected};
use domain::{Decimal, MeetingId, ProjectId};

/// For what it is given: one of `{"office": true}`, `{"meeting": id}`, `{"project": id}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(min_properties = 1, max_properties = 1)]
pub struct NewRecipient {
    /// `true`: for the United Nations Office on Drugs and Crime.
    #[schema(value_type = Option<bool>)]
    office: Option<True>,
    /// A meeting.
    meeting: Option<Uuid>,
    /// A project.
    project: Option<Uuid>,
}

/// For what it is given, as it is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "NewRecipient")]
pub struct RecipientInput(pub(in crate::http) Recipient);

impl TryFrom<NewRecipient> for RecipientInput {
    type Error = Phrase;

    fn try_from(new: NewRecipient) -> Result<Self, Self::Error> {
        Ok(Self(match (new.office, new.meeting, new.project) {
            (Some(office), None, None) => Recipient::Office(office),
            (None, Some(id), None) => Recipient::Meeting(MeetingId(id)),
            (None, None, Some(id)) => Recipient::Project(ProjectId(id)),
            _ => return Err(expected::ONE_NAMED.codes(["office", "meeting", "project"])),
        }))
    }
}

/// What is given: one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(min_properties = 1, max_properties = 1)]
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
    #[schema(example = "25000.50")]
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
    #[schema(example = "6")]
    person_months: Decimal,
}

/// Help in kind.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInKind {
    /// hosting, preparing_instruments, translation, experts, other
    purpose: Purpose,
}

/// What is given, as it is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "NewForm")]
pub struct FormInput(pub(in crate::http) Form);

impl TryFrom<NewForm> for FormInput {
    type Error = Phrase;

    fn try_from(new: NewForm) -> Result<Self, Self::Error> {
        Ok(Self(match (new.money, new.staff, new.in_kind) {
            (Some(money), None, None) => Form::Money(money.read()),
            (None, Some(staff), None) => Form::Staff(Staff {
                person_months: staff.person_months,
            }),
            (None, None, Some(help)) => Form::InKind(InKind {
                purpose: help.purpose,
            }),
            _ => return Err(expected::ONE_NAMED.codes(["money", "staff", "in_kind"])),
        }))
    }
}
