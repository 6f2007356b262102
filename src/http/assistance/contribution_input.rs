//! What is given and for what, as it arrives: one of several members each.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use domain::contribution::{Form, InKind, Recipient, Staff};
use domain::money::Money;
use domain::phrase::{Phrase, expected};
use domain::questionnaire::JsonTrue;
use domain::{MeetingId, ProjectId};

/// For what it is given: one of `{"office": true}`, `{"meeting": id}`, `{"project": id}`.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(min_properties = 1, max_properties = 1)]
pub struct NewRecipient {
    /// `true`: for the United Nations Office on Drugs and Crime.
    #[schema(value_type = Option<bool>)]
    office: Option<JsonTrue>,
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
#[schema(min_properties = 1, max_properties = 1)]
pub struct NewForm {
    /// Money.
    money: Option<Money>,
    /// Persons who work for a time.
    staff: Option<Staff>,
    /// Help in kind.
    in_kind: Option<InKind>,
}

/// What is given, as it is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "NewForm")]
pub struct FormInput(pub(in crate::http) Form);

impl TryFrom<NewForm> for FormInput {
    type Error = Phrase;

    fn try_from(new: NewForm) -> Result<Self, Self::Error> {
        Ok(Self(match (new.money, new.staff, new.in_kind) {
            (Some(money), None, None) => Form::Money(money),
            (None, Some(staff), None) => Form::Staff(staff),
            (None, None, Some(help)) => Form::InKind(help),
            _ => return Err(expected::ONE_NAMED.codes(["money", "staff", "in_kind"])),
        }))
    }
}
