//! Opening a collection: an approved revision is sent out for replies.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::collections::invitations::{InviteeSelection, expand};
use crate::http::collections::{CollectionView, FAULTY, answer};
use crate::http::handling::dates;
use crate::http::handling::write::Write;
use crate::http::invitation_lists::proposals::invite_known;
use crate::http::problem::Problem;
use crate::http::schemas::NewDeadline;
use domain::collection::{Basis, Collection, CollectionOpened, Command, Contact, Notice};
use domain::{CollectionId, InstrumentId, Texts};
use mail::AskedIn;

/// A collection to open.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OpenCollection {
    /// The instrument to send out.
    #[schema(value_type = Uuid)]
    instrument: InstrumentId,
    /// Its revision, an approved one.
    revision: u32,
    /// What the collection is called.
    title: Texts,
    /// The note verbale or letter that asks for replies.
    #[schema(example = "CU/2011/26")]
    reference: String,
    /// The date of the letter.
    #[serde(deserialize_with = "dates::read_day")]
    opened_on: Date,
    /// Until when replies are expected.
    deadline: NewDeadline,
    /// The session of the Commission that it serves.
    session: Option<u16>,
    /// What every figure must say of itself.
    #[serde(default)]
    notices: Vec<Notice>,
    /// On whom its public figures stand, for good: `consenting`, if left out: on versions and sections of replies whose
    /// publication was consented to; `all`: on every reply. Every invitation repeats it.
    #[serde(default)]
    #[schema(value_type = Option<domain::collection::Basis>, example = "consenting")]
    basis: Basis,
    /// How many newly counted replies a release of figures on `all` needs: 3 if left out, and never fewer. Figures on
    /// `consenting` need none.
    release_threshold: Option<u16>,
    /// The year to which the columns of years of the questionnaire are relative: it must be said where there are such.
    #[schema(example = 2024)]
    reference_year: Option<i16>,
    /// Whom to ask about it: letters name it, and answers to them go there.
    contact: Option<Contact>,
    /// true: the focal points of the last collection of the same instrument are invited by letter for
    /// the parties that are invited from the start; the answer names the list by which that is done.
    #[serde(default)]
    letters: bool,
    /// Who is invited from the start.
    #[serde(default)]
    invited: InviteeSelection,
}

/// Sends an approved revision out for replies.
#[utoipa::path(post, path = "/v1/collections", tag = "collections", request_body = OpenCollection, responses((status = 201, body = CollectionView)))]
pub async fn open_collection(write: Write<OpenCollection>) -> Result<HttpResponse, Problem> {
    let id = CollectionId(clock::new_id());
    let (services, new) = (&write.services, &write.body);
    let deadline = new.deadline.read_known(services).await;
    let opening = CollectionOpened {
        instrument: new.instrument,
        revision: new.revision,
        title: new.title.clone(),
        reference: new.reference.clone(),
        opened_on: new.opened_on,
        deadline: deadline.map_err(|error| error.under(FAULTY))?,
        session: new.session,
        notices: new.notices.clone(),
        basis: new.basis,
        release_threshold: new.release_threshold,
        reference_year: new.reference_year,
        contact: new.contact.clone(),
    };
    let invited = expand(services, &new.invited, "/invited").await;
    let invited = invited.map_err(|error| error.under(FAULTY))?;
    let open = Command::Open {
        opening,
        invited: invited.invitations.clone(),
    };
    let decided = write
        .decide_case::<Collection>(id, &Vec::new(), open)
        .await
        .map_err(|problem| problem.remap_pointers(|pointer| invited.place(pointer, "/invited")))?;
    let to = AskedIn::Collection(CollectionId(decided.stream));
    let list = match new.letters {
        true => invite_known(services, &write.caller, &write.request(), to).await?,
        false => None,
    };
    answer(services, &decided, &write.caller, true, list).await
}
