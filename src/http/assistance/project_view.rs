//! A project as it is shown.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::assistance::contributions::{self, ContributionView};
use crate::http::assistance::visible_references::{VisibleReferences, WithheldView};
use crate::http::conditional::Reader;
use crate::http::handling::caller::Caller;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::schemas::{ResourcesView, WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::Part;
use crate::reading::contributions::{self as given, Filter, TotalRow};
use crate::written;
use domain::money::Money;
use domain::party::Party;
use domain::project::{Partner, Project};
use domain::{Lang, ProjectId, Texts};

/// The most contributions that a project shows; `GET /v1/contributions?object=` lists all.
const MOST_CONTRIBUTIONS: i64 = 500;

/// A project.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectView {
    /// Its id.
    id: Uuid,
    /// What it is called, in the language `lang`.
    title: String,
    /// The language of `title`.
    pub lang: Option<Lang>,
    /// What it is called in each language, as it is written back.
    titles: Texts,
    /// proposed, funded, under_way, completed, cancelled
    status: domain::project::Status,
    /// Since which day it stands so.
    status_on: Date,
    /// Whether it is for a country after a conflict.
    post_conflict: bool,
    /// The entities of the United Nations system and intergovernmental organizations that take part.
    partners: Vec<PartnerView>,
    /// When it is to begin.
    starts_on: Option<Date>,
    /// When it is to end.
    ends_on: Option<Date>,
    /// What it is to cost, by currency. Never added up.
    #[schema(value_type = Vec<written::MoneyView>)]
    budget: Vec<Money>,
    /// The requests that it answers, as far as the reader may see them.
    requests: Vec<Uuid>,
    /// The needs that it meets, as far as the reader may see them.
    needs: Vec<Uuid>,
    /// The replies that it rests on, as far as the reader may see something of them.
    replies: Vec<Uuid>,
    /// How many it names beside those, which the reader may not see.
    withheld: WithheldView,
    /// The codes of the parties that give to it, in money, staff or kind, and have not taken that back.
    donors: Vec<String>,
    /// The money that is pledged and given for it, currency by currency; `GET /v1/contributions/totals` has more.
    money: Vec<TotalRow>,
    /// What is pledged and given for it, the first 500.
    contributions: Vec<ContributionView>,
    /// How it stood with the extrabudgetary resources that it is subject to; the last is how it stands.
    resources: Vec<ResourcesView>,
    /// Why it was cancelled; told to the Secretariat only.
    #[schema(value_type = Option<WordsShape>)]
    cancellation: Option<Value>,
}

/// A party that takes part.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerView {
    /// Its code.
    party: String,
    /// Its short name.
    name: String,
    /// Its kind when it was named: un_entity, igo
    kind: domain::party::PartyKind,
}

/// A project as it is shown, and to whom.
pub(in crate::http) struct ProjectRepresentation {
    pub view: ProjectView,
    /// Whoever is shown this much of it and of other objects.
    pub reader: Reader,
    /// Whether something that it names is withheld.
    pub is_withheld: bool,
}

impl ProjectRepresentation {
    /// A project, with its words and, as of a position, the contributions to it.
    pub async fn load(
        services: &Services,
        caller: &Caller,
        id: ProjectId,
        project: &Project,
        as_of: Option<u64>,
    ) -> Result<Self, Problem> {
        let filter = Filter {
            object: Some(id.0),
            ..Filter::default()
        };
        let pool = services.log().pool();
        let given = given::list(pool, &Part::first(as_of, MOST_CONTRIBUTIONS), &filter).await?;
        let totals = given::totals(pool, as_of, None, filter.object).await?;
        let donors = given::givers(pool, as_of, id.0).await?;
        let earmarks = contributions::words(services, caller, &given.rows).await?;
        let said = project.cancelled.iter().map(|said| &said.content);
        let words = StoredWords::read(services, caller, said).await?;
        let plan = &project.plan;
        let (requests, needs) = (&plan.requests, &plan.needs);
        let seen =
            VisibleReferences::for_caller(services, caller, requests, needs, &plan.replies).await?;
        let reader = Reader::for_languages(&caller.languages).words(words.changed);
        let reader = reader
            .beside(given.changed.max(earmarks.changed))
            .seeing(&seen);
        let (lang, title) = chosen(&plan.title, &caller.languages);
        let is_told = caller.principal.role.is_secretariat();
        let reason = project.cancelled.as_ref().filter(|_| is_told);
        let view = ProjectView {
            id: id.0,
            title,
            lang,
            titles: plan.title.clone(),
            status: project.status,
            status_on: project.status_on,
            post_conflict: plan.post_conflict,
            partners: partners(services, &caller.languages, &plan.partners).await?,
            starts_on: plan.starts_on,
            ends_on: plan.ends_on,
            budget: plan.budget.clone(),
            requests: seen.requests,
            needs: seen.needs,
            replies: seen.replies,
            withheld: seen.withheld,
            donors,
            money: totals.rows,
            contributions: given
                .rows
                .into_iter()
                .map(|row| ContributionView::from_row(row, &earmarks, &caller.languages))
                .collect(),
            resources: ResourcesView::from_records(&project.resources),
            cancellation: reason.map(|said| words.show(&said.content, Some(said.lang))),
        };
        Ok(Self {
            view,
            reader,
            is_withheld: seen.withheld.is_some(),
        })
    }
}

async fn partners(
    services: &Services,
    languages: &[Lang],
    named: &[Partner],
) -> Result<Vec<PartnerView>, Problem> {
    let mut shown = Vec::with_capacity(named.len());
    for partner in named {
        let party = services.desk.load::<Party>(partner.party.0, false).await?;
        let party = party.state.as_ref().as_ref();
        let party = party.ok_or_else(|| Problem::new("internal"))?;
        shown.push(PartnerView {
            party: party.code.clone(),
            name: chosen(&party.names, languages).1,
            kind: partner.kind,
        });
    }
    Ok(shown)
}
