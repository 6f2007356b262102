//! What is said of a project must be so.

use std::collections::BTreeSet;

use super::super::fault::{self, Fault, pointer};
use super::super::naming::{id_list_faults, need_fault, too_many};
use super::super::party::PartyKind;
use super::super::{request, size};
use super::{Context, Event, NewPlan, Partner, Plan, Refusal};

const TITLE_CHARS: usize = 500;

/// The event, unless there are faults.
pub(super) fn unless_faulty(
    faults: Vec<Fault>,
    event: impl Into<Event>,
) -> Result<Vec<Event>, Refusal> {
    fault::none(faults).map_err(Refusal::ProjectFaulty)?;
    Ok(vec![event.into()])
}

/// What is planned, and what is wrong with it. What the plan named before (`held`) was good then, and stays so.
pub(super) fn plan(new: NewPlan, held: Option<&Plan>, context: &Context) -> (Plan, Vec<Fault>) {
    let mut faults = new.title.faults("/title", &[], TITLE_CHARS);
    faults.extend(requests(&new, held, context));
    faults.extend(needs(&new, held, context));
    faults.extend(replies(&new, held, context));
    faults.extend(budget(&new, context));
    let (partners, wrong) = partners(&new, held, context);
    faults.extend(wrong);
    if let (Some(starts_on), Some(ends_on)) = (new.starts_on, new.ends_on)
        && ends_on < starts_on
    {
        let late = fault::ENDS_BEFORE_IT_STARTS.at("/ends_on");
        faults.push(late.arg("starts_on", starts_on));
    }
    let plan = Plan {
        title: new.title,
        requests: new.requests,
        needs: new.needs,
        replies: new.replies,
        budget: new.budget,
        post_conflict: new.post_conflict,
        partners,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
    };
    faults.extend(size::fault(&plan));
    (plan, faults)
}

fn requests(new: &NewPlan, held: Option<&Plan>, context: &Context) -> Vec<Fault> {
    id_list_faults("/requests", &new.requests, |id, at| {
        if held.is_some_and(|held| held.requests.contains(id)) {
            return None;
        }
        match context.requests.get(id) {
            Some(request::Status::Accepted) => None,
            Some(_) => Some(fault::REQUEST_NOT_ACCEPTED.at(at).arg("id", id)),
            None => Some(fault::NOT_THERE.at(at).arg("id", id)),
        }
    })
}

fn needs(new: &NewPlan, held: Option<&Plan>, context: &Context) -> Vec<Fault> {
    id_list_faults("/needs", &new.needs, |id, at| {
        if held.is_some_and(|held| held.needs.contains(id)) {
            return None;
        }
        need_fault(context.needs.get(id).copied(), at, id)
    })
}

fn replies(new: &NewPlan, held: Option<&Plan>, context: &Context) -> Vec<Fault> {
    id_list_faults("/replies", &new.replies, |id, at| {
        let is_held = held.is_some_and(|held| held.replies.contains(id));
        let is_good = is_held || context.replies.contains(id);
        (!is_good).then(|| fault::NOT_A_SUBMITTED_REPLY.at(at).arg("id", id))
    })
}

fn budget(new: &NewPlan, context: &Context) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let mut faults: Vec<_> = too_many("/budget", new.budget.len()).into_iter().collect();
    for (index, money) in new.budget.iter().enumerate() {
        let at = pointer("/budget", index);
        faults.extend(money.faults(&context.currencies, &at));
        if !seen.insert(&money.currency) {
            let twice = fault::LISTED_TWICE.at(pointer(&at, "currency"));
            faults.push(twice.arg("id", &money.currency));
        }
    }
    faults
}

/// Those who take part, with their kinds, and what is wrong with them.
fn partners(new: &NewPlan, held: Option<&Plan>, context: &Context) -> (Vec<Partner>, Vec<Fault>) {
    let held = held.map_or(&[][..], |held| &held.partners);
    let mut partners = Vec::new();
    let mut faults = id_list_faults("/partners", &new.partners, |party, at| {
        let known = held.iter().find(|known| known.party == *party);
        let kind = known.map(|known| known.kind);
        let kind = kind.or_else(|| context.parties.get(party).copied());
        let Some(kind) = kind else {
            return Some(fault::NO_SUCH_PARTY.at(at));
        };
        let party = *party;
        partners.push(Partner { party, kind });
        let can_be = matches!(kind, PartyKind::UnEntity | PartyKind::Igo);
        (!can_be).then(|| fault::NO_PARTNER_ENTITY.at(at).arg("kind", kind))
    });
    if new.post_conflict && new.partners.is_empty() {
        faults.push(fault::PARTNER_REQUIRED.at("/partners"));
    }
    (partners, faults)
}
