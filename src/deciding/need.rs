//! What decisions on needs read, and decisions on others read of needs.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{delegation, reply};
use crate::desk::{ContextSource, DeskError, Reads};
use crate::reading::needs as reading;
use domain::classification::Classification;
use domain::delegation::Office;
use domain::instrument::Instrument;
use domain::naming::MOST_NAMED;
use domain::need::{Command, Context, DraftContext, Need, State, Status};
use domain::need_types::NeedTypes;
use domain::party::Party;
use domain::project::{self, Project};
use domain::questionnaire::Form;
use domain::reply::{Reply, ReplyCapacity, StatingContext};
use domain::request::{self, Request};
use domain::{NeedId, PartyId, ProjectId, ReplyId, classification_id, need_types_id};
use event_log::ReadError;

impl ContextSource for Need {
    /// Who acts.
    type Case = ReplyCapacity;

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        hand: &ReplyCapacity,
    ) -> Result<Context, DeskError> {
        let id = NeedId(reads.stream());
        let stated = match (state, command) {
            (Some(_), _)
            | (None, Command::Draft { .. } | Command::Indicate { .. } | Command::Enter { .. }) => {
                None
            }
            (None, _) => stated(reads, id).await?,
        };
        let need = state.as_ref().or(stated.as_ref());
        let (party, reply) = match (need, command) {
            (Some(need), _) => (Some(need.party), need.reply),
            (None, Command::Draft { party, reply, .. }) => (Some(*party), Some(*reply)),
            (None, Command::Indicate { party, .. } | Command::Enter { party, .. }) => {
                (Some(*party), None)
            }
            (None, _) => (None, None),
        };
        let mut context = Context {
            classification: reads.state::<Classification>(classification_id()).await?,
            types: reads.state::<NeedTypes>(need_types_id()).await?,
            party: None,
            stated: None,
            beside: None,
            is_replaced: false,
            is_matched: None,
            into: None,
            completed_on: None,
        };
        if let Some(party) = party {
            let whose = reads.state::<Party>(party.0).await?;
            context.party = whose.as_ref().as_ref().map(|party| party.kind);
        }
        match (reply, party, *hand) {
            (Some(reply), _, hand) => read_reply(reads, id, reply, hand, &mut context).await?,
            (None, Some(party), ReplyCapacity::FocalPoint(person)) => {
                context.is_replaced = delegation::is_replaced(reads, party, person).await?;
            }
            (None, ..) => {}
        }
        let is_named = context.beside.as_ref();
        let is_named = is_named.is_some_and(|beside| beside.is_named);
        let (into, met_by) = match command {
            Command::Merge { into } => (Some(*into), None),
            Command::Meet { met, .. } => (None, met.project),
            Command::Draft { .. }
            | Command::Edit(_)
            | Command::Drop
            | Command::Indicate { .. }
            | Command::Enter { .. }
            | Command::Confirm
            | Command::Decline { .. }
            | Command::Lapse { .. }
            | Command::Share { .. } => (None, None),
        };
        let status = need.map(|need| need.status(is_named, false));
        // Nothing else is named by projects and requests.
        if let Some(Status::Indicated | Status::Confirmed) = status {
            let (is_matched, completed_on) = matches(reads, id, met_by).await?;
            context.is_matched = Some(is_matched);
            context.completed_on = completed_on;
        }
        if let Some(into) = into.filter(|into| *into != id) {
            context.into = owner_and_status(reads, into).await?;
        }
        context.stated = stated;
        Ok(context)
    }
}

/// Whether something is about a need: a project that was not cancelled, or a request that was accepted. And on which day
/// this project was completed, where it is about the need. What names the need is guarded. That nothing else comes to name it
/// meanwhile is not: a project that is proposed just before a merge is recorded names the need that was merged, and is to
/// be edited.
async fn matches(
    reads: &mut Reads<'_>,
    need: NeedId,
    met_by: Option<ProjectId>,
) -> Result<(bool, Option<Date>), DeskError> {
    let pool = reads.desk().log().pool();
    let named = reading::named_in(pool, need.0).await;
    let (projects, requests) = named.map_err(ReadError::from)?;
    let (mut is_matched, mut completed_on) = (false, None);
    for id in projects {
        let project = reads.state::<Project>(id).await?;
        let Some(project) = project.as_ref() else {
            continue;
        };
        let is_about_it = project.answers() && project.plan.needs.contains(&need);
        is_matched |= is_about_it;
        let is_it = is_about_it && met_by == Some(ProjectId(id));
        if is_it && project.status == project::Status::Completed {
            completed_on = Some(project.status_on);
        }
    }
    for id in requests {
        let asked = reads.state::<Request>(id).await?;
        let asked = asked.as_ref().as_ref();
        is_matched |= asked.is_some_and(|asked| asked.status == request::Status::Accepted);
    }
    Ok((is_matched, completed_on))
}

/// The reply, and whether whoever acts for its party was replaced: in this office, or, where nobody holds it, in another.
async fn read_reply(
    reads: &mut Reads<'_>,
    need: NeedId,
    reply: ReplyId,
    hand: ReplyCapacity,
    context: &mut Context,
) -> Result<(), DeskError> {
    let reply = reads.state::<Reply>(reply.0).await?;
    let Some(held) = reply.as_ref() else {
        return Ok(());
    };
    let on_reply = reply::on(reads, held.collection, held.party, hand).await?;
    context.beside = DraftContext::for_need(need, &reply, &on_reply);
    if let ReplyCapacity::FocalPoint(person) = hand {
        let delegation = &on_reply.delegation;
        let is_entered = held.begun_by.is_none() && delegation.office == Office::Unfilled;
        context.is_replaced = !delegation.is_focal_point(person, held.begun_by)
            || (is_entered && delegation::is_replaced(reads, held.party, person).await?);
    }
    Ok(())
}

/// The needs that are drafted beside a reply and not dropped, by their numbers. Each is guarded, and so is that there is no
/// further one: nothing that is drafted meanwhile is left out of a submission, nor survives a discard.
pub async fn drafted(reads: &mut Reads<'_>, reply: ReplyId) -> Result<Vec<NeedId>, DeskError> {
    let mut needs = Vec::new();
    for number in 1.. {
        let id = reads.desk().ids().need(reply, number);
        match reads.state::<Need>(id.0).await?.as_ref() {
            None => break,
            Some(need) if need.stage == Status::Drafted => needs.push(id),
            Some(_) => {}
        }
    }
    Ok(needs)
}

/// A need that a reply states and with which nothing was done yet; guarded. None where there is none.
async fn stated(reads: &mut Reads<'_>, id: NeedId) -> Result<Option<Need>, DeskError> {
    let pool = reads.desk().log().pool();
    // Which reply states it never changes.
    let reply = reading::stated_by(pool, id.0)
        .await
        .map_err(ReadError::from)?;
    let Some(reply) = reply.map(ReplyId) else {
        return Ok(None);
    };
    let held = reads.state::<Reply>(reply.0).await?;
    let held = held.as_ref().as_ref();
    Ok(held.and_then(|held| held.stated_need(reply, id)))
}

/// What a submission rests on, of a reply whose questionnaire states needs; none where that states none. What was done with the needs
/// that it stated before is guarded. A need that it never stated is nobody's to do anything with.
pub async fn stating(
    reads: &mut Reads<'_>,
    id: ReplyId,
    reply: &Reply,
    form: &Form,
) -> Result<Option<StatingContext>, DeskError> {
    if !form.states_needs() {
        return Ok(None);
    }
    let party = reads.state::<Party>(reply.party.0).await?;
    let party = party.as_ref().as_ref();
    let instrument = reads.state::<Instrument>(reply.instrument.0).await?;
    let instrument = instrument.as_ref().as_ref();
    let mut known = BTreeMap::new();
    for (need, _) in reply.stated_needs() {
        if let Some(held) = reads.state::<Need>(need.0).await?.as_ref() {
            known.insert(need, held.clone());
        }
    }
    Ok(Some(StatingContext {
        reply: id,
        ids: reads.desk().ids().clone(),
        is_state: party.is_some_and(|party| party.kind.is_state()),
        category: instrument.map_or_else(String::new, |held| held.category.clone()),
        classification: reads.state::<Classification>(classification_id()).await?,
        types: reads.state::<NeedTypes>(need_types_id()).await?,
        known,
    }))
}

/// Whose a need is and where it stands, for a decision that names it; guarded. None where there is no such need.
pub async fn owner_and_status(
    reads: &mut Reads<'_>,
    id: NeedId,
) -> Result<Option<(PartyId, Status)>, DeskError> {
    let held = reads.state::<Need>(id.0).await?;
    let need = match held.as_ref() {
        Some(need) => Some(need.clone()),
        None => stated(reads, id).await?,
    };
    let Some(need) = need else {
        return Ok(None);
    };
    let is_named = match need.reply {
        Some(reply) => {
            let reply = reads.state::<Reply>(reply.0).await?;
            let reply = reply.as_ref().as_ref();
            reply.is_some_and(|reply| reply.needs.contains(&id))
        }
        None => false,
    };
    Ok(Some((need.party, need.status(is_named, false))))
}

/// Where the needs of a list stand that there are, as far as such a list may go: what is beyond is refused, whatever it is.
pub async fn statuses(
    reads: &mut Reads<'_>,
    ids: &[NeedId],
) -> Result<BTreeMap<NeedId, Status>, DeskError> {
    let mut statuses = BTreeMap::new();
    for id in ids.iter().take(MOST_NAMED) {
        if let Some((_, status)) = owner_and_status(reads, *id).await? {
            statuses.insert(*id, status);
        }
    }
    Ok(statuses)
}
