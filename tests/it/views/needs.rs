//! At every position, needs are by the views what they are by the events up to there: by their own and their replies', and,
//! as they are listed, by those of the projects and requests that name them.

use std::collections::{BTreeMap, BTreeSet};

use domain::need::{self, Need, NeedParticulars, Status};
use domain::project::{self, Project};
use domain::reply::{self, Reply};
use domain::request::{self, Request};
use domain::{NeedId, ReplyId};
use rapporteur::reading::Part;
use rapporteur::reading::needs::{Filter, NeedVisibility, list};
use sqlx::PgPool;
use uuid::Uuid;

use super::meetings::evolve;
use crate::log::writers::Process;

/// Each fact as a line.
type Facts = BTreeSet<String>;

#[derive(Default)]
struct FoldedNeeds {
    needs: BTreeMap<Uuid, need::State>,
    replies: BTreeMap<Uuid, reply::State>,
    projects: BTreeMap<Uuid, project::State>,
    requests: BTreeMap<Uuid, request::State>,
    /// Those with whose sharing something ever happened.
    shared: BTreeSet<Uuid>,
}

pub async fn assert_needs_are_folds_of_events(process: &Process) {
    let mut held = FoldedNeeds::default();
    for stored in process.log.after(0, 100_000).await.unwrap() {
        let is_one = evolve::<Need>(&mut held.needs, &stored)
            | evolve::<Reply>(&mut held.replies, &stored)
            | evolve::<Project>(&mut held.projects, &stored)
            | evolve::<Request>(&mut held.requests, &stored);
        if stored.kind == "need_shared" {
            held.shared.insert(stored.stream);
        }
        if is_one {
            let position = stored.position;
            let viewed = viewed(&process.pool, position as i64).await;
            assert_eq!(viewed, held.facts(), "position {position}");
            let listed = listed(&process.pool, position).await;
            assert_eq!(listed, held.listed(), "position {position}");
        }
    }
}

impl FoldedNeeds {
    fn status(&self, id: Uuid, need: &Need, is_matched: bool) -> Status {
        let reply = need.reply;
        let reply = reply.and_then(|reply| self.replies.get(&reply.0)?.as_ref());
        let is_named = reply.is_some_and(|reply| reply.needs.contains(&NeedId(id)));
        let is_dropped = reply.is_some_and(|reply| reply.dropped.contains(&NeedId(id)));
        match need.status(is_named, is_matched) {
            Status::Drafted if is_dropped => Status::Dropped,
            status => status,
        }
    }

    /// Every need: those with events of their own, and those that replies state.
    fn all(&self) -> BTreeMap<Uuid, Need> {
        let replies = self.replies.iter();
        let stated = replies.flat_map(|(id, reply)| {
            let reply = reply.as_ref().unwrap();
            reply
                .stated_needs()
                .filter_map(|(need, _)| Some((need.0, reply.stated_need(ReplyId(*id), need)?)))
        });
        let own = self.needs.iter();
        let own = own.map(|(id, need)| (*id, need.clone().unwrap()));
        stated.collect::<Vec<_>>().into_iter().chain(own).collect()
    }

    /// What is said of a need, by itself or by its reply.
    fn about(&self, id: Uuid, need: &Need) -> NeedParticulars {
        need.about.clone().unwrap_or_else(|| {
            let reply = self.replies[&need.reply.unwrap().0].as_ref().unwrap();
            let mut stated = reply.stated_needs();
            let (_, held) = stated.find(|(need, _)| need.0 == id).unwrap();
            held.about.clone()
        })
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        for (id, need) in &self.all() {
            let reply = need.reply.map_or("-".to_owned(), |reply| reply.to_string());
            let at = need.stated_at.as_deref().unwrap_or("-");
            facts.insert(format!("{id} of {} {reply} {at}", need.party));
            let status = self.status(*id, need, false);
            facts.insert(format!("{id} is {status}"));
            let about = self.about(*id, need);
            let or_none = |code: &Option<String>| code.clone().unwrap_or("-".to_owned());
            facts.insert(format!(
                "{id} {} {} {} {} {}",
                about.kind,
                about.types_version,
                about.urgency,
                or_none(&about.category),
                or_none(&about.standard)
            ));
            if self.shared.contains(id) {
                facts.insert(format!("{id} shared {}", need.sharing));
            }
        }
        facts
    }

    /// As they are listed: what is matched, and by what.
    fn listed(&self) -> Facts {
        let all = self.all();
        let needs = all.iter().map(|(id, need)| (*id, need));
        let needs = needs.filter(|(id, need)| self.status(*id, need, false) != Status::Dropped);
        needs
            .map(|(id, need)| {
                let projects = self.projects.iter().filter(|(_, project)| {
                    let project = project.as_ref().unwrap();
                    project.answers() && project.plan.needs.contains(&NeedId(id))
                });
                let projects: Vec<Uuid> = projects.map(|(id, _)| *id).collect();
                let requests = self.requests.iter().filter(|(_, request)| {
                    let request = request.as_ref().unwrap();
                    request.status == request::Status::Accepted
                        && request.made.party == need.party
                        && request.made.needs.contains(&NeedId(id))
                });
                let requests: Vec<Uuid> = requests.map(|(id, _)| *id).collect();
                let is_matched = !(projects.is_empty() && requests.is_empty());
                let status = self.status(id, need, is_matched);
                let counts = |reply: ReplyId| {
                    let reply = self.replies.get(&reply.0);
                    reply.is_some_and(|reply| reply.as_ref().is_some_and(Reply::counts))
                };
                let is_withdrawn =
                    status != Status::Drafted && need.reply.is_some_and(|reply| !counts(reply));
                format!("{id} {status} {projects:?} {requests:?} {is_withdrawn}")
            })
            .collect()
    }
}

async fn listed(pool: &PgPool, position: u64) -> Facts {
    let (sees, filter) = (NeedVisibility::all(), Filter::default());
    let part = Part::first(Some(position), 10_000);
    let all = list(pool, &part, &sees, &filter);
    let rows = all.await.unwrap().rows.into_iter();
    rows.map(|row| {
        format!(
            "{} {} {:?} {:?} {}",
            row.id, row.status, row.projects, row.requests, row.is_reply_withdrawn
        )
    })
    .collect()
}

async fn viewed(pool: &PgPool, position: i64) -> Facts {
    let facts: Vec<String> = sqlx::query_scalar(
        "with life as (
             select need || ' of ' || party || ' ' || coalesce(reply::text, '-') || ' '
                    || coalesce(stated_at, '-') as fact, since, null::bigint as until
               from views.need
              union all
             select need || ' is ' || status, since, until from views.need_status
              union all
             select need || ' ' || type || ' ' || types_version || ' ' || urgency || ' ' || coalesce(category, '-') || ' '
                    || coalesce(standard, '-'), since, until
               from views.need_about
              union all
             select need || ' shared ' || shared_with, since, until from views.need_sharing)
         select fact from life where since <= $1 and (until is null or until > $1)",
    )
    .bind(position)
    .fetch_all(pool)
    .await
    .unwrap();
    facts.into_iter().collect()
}
