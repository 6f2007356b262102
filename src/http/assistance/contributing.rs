//! What happens to a contribution: the Secretariat records that it was pledged, received, or taken back, and corrects what
//! it recorded.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::PresentResource;
use crate::http::assistance::contribution_input::{
    FormInput, NewForm, NewRecipient, RecipientInput,
};
use crate::http::assistance::contributions::{ContributionView, one};
use crate::http::conditional;
use crate::http::handling::dates;
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::reference;
use domain::ContributionId;
use domain::contribution::{Command, Contribution, Pledge};
use event_log::NewContent;

/// A contribution to record.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PledgeContribution {
    /// Who gives: the code or id of a party of any kind.
    #[schema(example = "AUT")]
    from: String,
    /// For the Office, a meeting or a project.
    #[schema(value_type = NewRecipient)]
    to: RecipientInput,
    /// Money, staff or help in kind.
    #[schema(value_type = NewForm)]
    what: FormInput,
    /// What it must be used for, which everybody may read.
    earmarked: Option<NewWords>,
    /// The day of the pledge, not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
}

impl PledgeContribution {
    /// What is pledged, its words set beside the log.
    fn store(&self, contents: &mut Vec<NewContent>) -> Result<Pledge, Problem> {
        let earmarked = self.earmarked.as_ref();
        let earmarked = earmarked.map(|words| words.as_answer(contents)).transpose();
        Ok(Pledge {
            from: party_id(&self.from),
            to: self.to.0,
            what: self.what.0.clone(),
            earmarked: earmarked?,
            on: self.on,
            today: dates::today(),
        })
    }
}

/// Records what a party pledges.
#[utoipa::path(post, path = "/v1/contributions", tag = "contributions", request_body = PledgeContribution, responses((status = 201, body = ContributionView)))]
pub async fn pledge_contribution(
    mut write: Write<PledgeContribution>,
) -> Result<HttpResponse, Problem> {
    let pledge = Command::Pledge(write.body.store(&mut write.contents)?);
    change(&write, ContributionId(clock::new_id()), pledge).await
}

/// What should have been recorded of a contribution.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectContribution {
    /// What was pledged, as a whole. Only an earmark that is left out stays.
    pledge: PledgeContribution,
    /// What was wrong; shown to the Secretariat only.
    reason: NewWords,
}

/// Corrects what was recorded of a contribution that was not taken back. What was recorded before stays in the log, and is
/// shown as of then.
#[utoipa::path(put, path = "/v1/contributions/{contribution}", tag = "contributions", request_body = CorrectContribution, responses((status = 200, body = ContributionView)))]
pub async fn correct_contribution(
    mut write: Write<CorrectContribution>,
    PathId(id): PathId<ContributionId>,
) -> Result<HttpResponse, Problem> {
    let correct = Command::Correct {
        pledge: write.body.pledge.store(&mut write.contents)?,
        reason: write.body.reason.as_answer(&mut write.contents)?,
    };
    let corrected = change(&write, id, correct).await;
    corrected.map_err(|problem| {
        problem.remap_pointers(|at| match at {
            "/reason" => None,
            at => Some(format!("/pledge{at}")),
        })
    })
}

/// A day.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReceiveContribution {
    /// The day on which it came: not before the pledge, and not still to come.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
}

/// Records that what was pledged was received.
#[utoipa::path(post, path = "/v1/contributions/{contribution}/receipt", tag = "contributions", request_body = ReceiveContribution, responses((status = 200, body = ContributionView)))]
pub async fn receive_contribution(
    write: Write<ReceiveContribution>,
    PathId(id): PathId<ContributionId>,
) -> Result<HttpResponse, Problem> {
    let (on, today) = (write.body.on, dates::today());
    change(&write, id, Command::Receive { on, today }).await
}

/// Why what was pledged will not come.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CancelContribution {
    /// The day on which that became known.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
    /// Why; shown to the Secretariat only.
    reason: NewWords,
}

/// Records that what was pledged will not come.
#[utoipa::path(post, path = "/v1/contributions/{contribution}/cancellation", tag = "contributions", request_body = CancelContribution, responses((status = 200, body = ContributionView)))]
pub async fn cancel_contribution(
    mut write: Write<CancelContribution>,
    PathId(id): PathId<ContributionId>,
) -> Result<HttpResponse, Problem> {
    let cancel = Command::Cancel {
        on: write.body.on,
        reason: write.body.reason.as_answer(&mut write.contents)?,
        today: dates::today(),
    };
    change(&write, id, cancel).await
}

/// Decides on a command to a contribution, and answers it as it then is.
async fn change<B>(
    write: &Write<B>,
    id: ContributionId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Pledge(_));
    let currencies =
        reference::currencies::known_currencies().map_err(|_| Problem::new("internal"))?;
    let decided = write.decide_case::<Contribution>(id, &currencies, command);
    let decided = decided.await?;
    let id = ContributionId(decided.stream);
    let there =
        PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("contribution"))?;
    let one = one(&write.services, &write.caller, id, &there, decided.as_of);
    let location = is_new.then(|| format!("/v1/contributions/{id}"));
    Ok(conditional::write_answer(
        location,
        there.position,
        &one.await?.0,
    ))
}
