//! At every position, contributions, projects, materials and requests are by the views what they are by the events up to
//! there.

use std::collections::{BTreeMap, BTreeSet};

use domain::contribution::{self, Contribution, Form};
use domain::material::{self, Material};
use domain::project::{self, Project};
use domain::request::{self, Request};
use sqlx::PgPool;
use uuid::Uuid;

use super::meetings::evolve;
use crate::log::writers::Process;

/// Each fact as a line.
type Facts = BTreeSet<String>;

pub async fn assert_assistance_is_a_fold_of_events(process: &Process) {
    let mut contributions: BTreeMap<Uuid, contribution::State> = BTreeMap::new();
    let mut projects: BTreeMap<Uuid, project::State> = BTreeMap::new();
    let mut materials: BTreeMap<Uuid, material::State> = BTreeMap::new();
    let mut requests: BTreeMap<Uuid, request::State> = BTreeMap::new();
    for stored in process.log.after(0, 100_000).await.unwrap() {
        let is_one = evolve::<Contribution>(&mut contributions, &stored)
            | evolve::<Project>(&mut projects, &stored)
            | evolve::<Material>(&mut materials, &stored)
            | evolve::<Request>(&mut requests, &stored);
        if is_one {
            let mut facts = Facts::new();
            for (id, state) in &contributions {
                let held = state.as_ref().unwrap();
                let pledged = &held.pledged;
                facts.insert(format!("{id} is {}", held.status));
                let (from, kind, on) = (pledged.from, pledged.from_kind, pledged.on);
                let (amount, currency) = match &pledged.what {
                    Form::Money(money) => (money.amount.as_str(), money.currency.as_str()),
                    _ => ("-", "-"),
                };
                facts.insert(format!("{id} {from} {kind} {on} {amount} {currency}"));
            }
            for (id, state) in &projects {
                of_project(*id, state.as_ref().unwrap(), &mut facts);
            }
            for (id, state) in &materials {
                of_material(*id, state.as_ref().unwrap(), &mut facts);
            }
            for (id, state) in &requests {
                let held = state.as_ref().unwrap();
                let needs = ids(&held.made.needs);
                facts.insert(format!("{id} {} {} {needs}", held.status, held.made.party));
            }
            let viewed = viewed(&process.pool, stored.position as i64).await;
            assert_eq!(viewed, facts, "position {}", stored.position);
        }
    }
}

/// Ids as PostgreSQL writes an array.
fn ids<I: ToString>(ids: &[I]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("{{{}}}", ids.join(","))
}

fn of_project(id: Uuid, project: &Project, facts: &mut Facts) {
    let plan = &project.plan;
    let title = plan.title.pick(&[]).unwrap().1;
    let (requests, needs) = (ids(&plan.requests), ids(&plan.needs));
    facts.insert(format!(
        "{id} {title} {requests} {needs} {}",
        plan.post_conflict
    ));
    facts.insert(format!("{id} is {} {}", project.status, project.status_on));
    for money in &plan.budget {
        facts.insert(format!("{id} {} {}", money.amount, money.currency));
    }
    if let Some(last) = project.resources.last() {
        facts.insert(format!("{id} has {} {}", last.resources, last.on));
    }
}

fn of_material(id: Uuid, material: &Material, facts: &mut Facts) {
    let title = material.subject.title.pick(&[]).unwrap().1;
    let needs = ids(&material.subject.needs);
    facts.insert(format!("{id} {title} {needs}"));
    facts.insert(format!(
        "{id} is {} {}",
        material.status, material.status_on
    ));
    if let Some(last) = material.resources.last() {
        facts.insert(format!("{id} has {} {}", last.resources, last.on));
    }
}

async fn viewed(pool: &PgPool, position: i64) -> Facts {
    let facts: Vec<String> = sqlx::query_scalar(
        "with life as (
             select contribution || ' is ' || status as fact, since, until from views.contribution_status
              union all
             select contribution || ' ' || giver || ' ' || giver_kind || ' ' || pledged_on || ' '
                    || coalesce(amount::text, '-') || ' ' || coalesce(currency, '-'), since, until
               from views.contribution
              union all
             select project || ' ' || (title ->> 'en') || ' ' || requests::text || ' ' || needs::text || ' '
                    || post_conflict, since, until
               from views.project_plan
              union all
             select project || ' is ' || status || ' ' || day, since, until from views.project_status
              union all
             select project || ' ' || amount || ' ' || currency, since, until from views.project_budget
              union all
             select project || ' has ' || resources || ' ' || day, since, until from views.project_resources
              union all
             select material || ' ' || (title ->> 'en') || ' ' || needs::text, since, until from views.material_subject
              union all
             select material || ' is ' || status || ' ' || day, since, until from views.material_status
              union all
             select material || ' has ' || resources || ' ' || day, since, until from views.material_resources
              union all
             select r.request || ' ' || s.status || ' ' || r.party || ' ' || r.needs::text, s.since, s.until
               from views.request_status s join views.request r on r.request = s.request)
         select fact from life where since <= $1 and (until is null or until > $1)",
    )
    .bind(position)
    .fetch_all(pool)
    .await
    .unwrap();
    facts.into_iter().collect()
}
