//! What is planned of a project, as it arrives.

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::dates;
use crate::http::handling::path_id::party_id;
use crate::http::problem::Problem;
use domain::fault::{self, pointer};
use domain::money::Money;
use domain::project::NewPlan;
use domain::{NeedId, ReplyId, RequestId, Texts};

/// What is planned, whole. A plan that takes the place of another names every list, be it empty: what it leaves out would be
/// lost.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProjectPlan {
    /// What it is called.
    title: Texts,
    /// The accepted requests that it answers.
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    requests: Option<Vec<RequestId>>,
    /// The needs that it meets.
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    needs: Option<Vec<NeedId>>,
    /// The submitted replies that it rests on.
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    replies: Option<Vec<ReplyId>>,
    /// What it is to cost, each currency once.
    budget: Option<Vec<Money>>,
    /// Whether it is for a country after a conflict; then it has at least one partner.
    #[serde(default)]
    post_conflict: bool,
    /// The codes or ids of the entities of the United Nations system and intergovernmental organizations that take part.
    partners: Option<Vec<String>>,
    /// When it is to begin.
    #[serde(default, deserialize_with = "dates::read_some_day")]
    starts_on: Option<Date>,
    /// When it is to end.
    #[serde(default, deserialize_with = "dates::read_some_day")]
    ends_on: Option<Date>,
}

impl ProjectPlan {
    /// What is planned in place of something else.
    ///
    /// # Errors
    /// `wrong_body`, where a list is left out.
    pub(in crate::http) fn whole(&self) -> Result<NewPlan, Problem> {
        let lists = [
            ("requests", self.requests.is_some()),
            ("needs", self.needs.is_some()),
            ("replies", self.replies.is_some()),
            ("budget", self.budget.is_some()),
            ("partners", self.partners.is_some()),
        ];
        let left_out = lists.iter().filter(|(_, is_there)| !is_there);
        let faults = left_out.map(|(name, _)| {
            let missing = fault::MISSING_FIELD.at(pointer("", name));
            missing.arg("field", name)
        });
        let faults: Vec<_> = faults.collect();
        if faults.is_empty() {
            Ok(self.read())
        } else {
            Err(Problem::wrong_body(faults))
        }
    }

    /// What is planned.
    pub(in crate::http) fn read(&self) -> NewPlan {
        let partners = self.partners.iter().flatten();
        NewPlan {
            title: self.title.clone(),
            requests: self.requests.clone().unwrap_or_default(),
            needs: self.needs.clone().unwrap_or_default(),
            replies: self.replies.clone().unwrap_or_default(),
            budget: self.budget.clone().unwrap_or_default(),
            post_conflict: self.post_conflict,
            partners: partners.map(|named| party_id(named)).collect(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}
