//! What happens to a contribution: the Secretariat records that it was pledged, received, or taken back, and corrects what
//! it recorded.

use actix_web::{HttpResponse, post, put, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::assistance::contribution_input::{
    FormInput, NewForm, NewRecipient, RecipientInput,
};
use crate::http::assistance::contributions::{ContributionView, one};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional;
use crate::http::handling::dates;
use crate::http::handling::there::There;
use crate::http::handling::word_input::NewWords;
use crate::http::problem::Problem;
use crate::http::reference::parties::party_id;
use crate::http::services::Services;
use crate::reference;
use domain::contribution::{Command, Context, Contribution, Pledge, Recipient};
use domain::meeting::{self, Meeting};
use domain::party::Party;
use domain::project::Project;
use domain::{ContributionId, PartyId};
use event_log::NewContent;

/// A contribution to record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
    #[schema(value_type = String, format = Date)]
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
#[utoipa::path(tag = "contributions", request_body = PledgeContribution, responses((status = 201, body = ContributionView)))]
#[post("/v1/contributions")]
pub async fn pledge_contribution(
    caller: Caller,
    body: Body<PledgeContribution>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = ContributionId(clock::new_id());
    let mut contents = Vec::new();
    let pledge = body.value.store(&mut contents)?;
    let named = Some((pledge.from, pledge.to));
    let command = || Command::Pledge(pledge.clone());
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &contents,
        named,
        command,
    )
    .await?;
    answer(&services, &caller, &decided, true).await
}

/// What should have been recorded of a contribution.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectContribution {
    /// What was pledged, as a whole. Only an earmark that is left out stays.
    pledge: PledgeContribution,
    /// What was wrong; shown to the Secretariat only.
    reason: NewWords,
}

/// Corrects what was recorded of a contribution that was not taken back. What was recorded before stays in the log, and is
/// shown as of then.
#[utoipa::path(tag = "contributions", request_body = CorrectContribution, responses((status = 200, body = ContributionView)))]
#[put("/v1/contributions/{contribution}")]
pub async fn correct_contribution(
    caller: Caller,
    contribution: web::Path<String>,
    body: Body<CorrectContribution>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&contribution, "contribution")?;
    let mut contents = Vec::new();
    let in_pledge = |problem: Problem| {
        problem.placed(|at| match at {
            "/reason" => None,
            at => Some(format!("/pledge{at}")),
        })
    };
    let pledge = body.value.pledge.store(&mut contents).map_err(in_pledge)?;
    let reason = body.value.reason.as_answer(&mut contents)?;
    let named = Some((pledge.from, pledge.to));
    let command = || Command::Correct {
        pledge: pledge.clone(),
        reason: reason.clone(),
    };
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &contents,
        named,
        command,
    );
    answer(
        &services,
        &caller,
        &decided.await.map_err(in_pledge)?,
        false,
    )
    .await
}

/// A day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveContribution {
    /// The day on which it came: not before the pledge, and not still to come.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// Records that what was pledged was received.
#[utoipa::path(tag = "contributions", request_body = ReceiveContribution, responses((status = 200, body = ContributionView)))]
#[post("/v1/contributions/{contribution}/receipt")]
pub async fn receive_contribution(
    caller: Caller,
    contribution: web::Path<String>,
    body: Body<ReceiveContribution>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&contribution, "contribution")?;
    let (on, today) = (body.value.on, dates::today());
    let command = || Command::Receive { on, today };
    let decided = decide(&services, &caller, id, &body.bytes, &[], None, command).await?;
    answer(&services, &caller, &decided, false).await
}

/// Why what was pledged will not come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelContribution {
    /// The day on which that became known.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Why; shown to the Secretariat only.
    reason: NewWords,
}

/// Records that what was pledged will not come.
#[utoipa::path(tag = "contributions", request_body = CancelContribution, responses((status = 200, body = ContributionView)))]
#[post("/v1/contributions/{contribution}/cancellation")]
pub async fn cancel_contribution(
    caller: Caller,
    contribution: web::Path<String>,
    body: Body<CancelContribution>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&contribution, "contribution")?;
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let (on, today) = (body.value.on, dates::today());
    let command = || Command::Cancel {
        on,
        reason: reason.clone(),
        today,
    };
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &contents,
        None,
        command,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}

/// What a decision reads: the giver and what it gives to, where they are named.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn context(
    reads: &mut Reads<'_>,
    named: Option<(PartyId, Recipient)>,
) -> Result<Context, DeskError> {
    let Some((from, to)) = named else {
        return Ok(Context::default());
    };
    let giver = reads.state::<Party>(from.0).await?;
    let recipient = match to {
        Recipient::Office(_) => None,
        Recipient::Meeting(id) => {
            let meeting = reads.state::<Meeting>(id.0).await?;
            let meeting = meeting.as_ref().as_ref();
            meeting.map(|meeting| meeting.status != meeting::Status::Cancelled)
        }
        Recipient::Project(id) => {
            let project = reads.state::<Project>(id.0).await?;
            let project = project.as_ref().as_ref();
            project.map(Project::answers)
        }
    };
    Ok(Context {
        giver: giver.as_ref().as_ref().map(|party| party.kind),
        recipient,
        ..Context::default()
    })
}

async fn decide(
    services: &Services,
    caller: &Caller,
    id: ContributionId,
    bytes: &[u8],
    contents: &[NewContent],
    named: Option<(PartyId, Recipient)>,
    command: impl Fn() -> Command,
) -> Result<Decided<Contribution>, Problem> {
    let currencies = reference::currencies::known().map_err(|_| Problem::new("internal"))?;
    let context = async |reads: &mut Reads<'_>| {
        Ok(Context {
            currencies: currencies.clone(),
            ..context(reads, named).await?
        })
    };
    let request = caller.request(bytes);
    let desk = &services.desk;
    let decided = desk.decide_with::<Contribution>(&request, id.0, contents, context, command);
    Ok(decided.await?)
}

async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &Decided<Contribution>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let id = ContributionId(decided.stream);
    let there = There::is(&decided.now).ok_or(Problem::not_found("contribution"))?;
    let (view, _) = one(services, caller, id, &there, decided.as_of).await?;
    let location = is_new.then(|| format!("/v1/contributions/{id}"));
    Ok(conditional::written(location, there.position, &view))
}
