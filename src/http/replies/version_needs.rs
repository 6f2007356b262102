//! The needs that submissions of a reply indicated, as they were then.

use std::collections::BTreeMap;

use crate::http::handling::caller::Caller;
use crate::http::needs::view::{NeedView, ShownNeeds};
use crate::http::problem::Problem;
use crate::http::rights::need;
use crate::http::services::Services;
use crate::reading::Part;
use crate::reading::needs::{self as reading, Filter, NeedVisibility};
use domain::{NeedId, ReplyId};

/// More needs than a reply can have beside it.
const ALL: i64 = 1_000;

/// The needs beside a reply that the caller sees.
pub(super) struct VersionNeeds {
    needs: BTreeMap<NeedId, NeedView>,
    /// Which needs the caller sees: rights enter the tag.
    pub sees: NeedVisibility,
    /// The position at which words among them were last redacted or translated.
    pub words: u64,
}

impl VersionNeeds {
    /// Those of a reply as of a position.
    pub async fn read(
        services: &Services,
        caller: &Caller,
        reply: ReplyId,
        position: u64,
    ) -> Result<Self, Problem> {
        let sees = need::sees(services, caller).await?;
        let filter = Filter {
            reply: Some(reply.0),
            ..Filter::default()
        };
        let pool = services.log().pool();
        let part = Part::first(Some(position), ALL);
        let rows = reading::list(pool, &part, &sees, &filter);
        let rows = rows.await?.rows;
        let shown = ShownNeeds::read(services, caller, &rows, None).await?;
        let needs = rows.into_iter();
        let needs = needs.map(|row| (NeedId(row.id), shown.view(caller, row, None)));
        Ok(Self {
            needs: needs.collect(),
            sees,
            words: shown.changed(),
        })
    }

    /// Takes out those that are asked for.
    pub fn take<'a>(&mut self, asked: impl IntoIterator<Item = &'a NeedId>) -> Vec<NeedView> {
        let asked = asked.into_iter();
        asked.filter_map(|need| self.needs.remove(need)).collect()
    }
}
