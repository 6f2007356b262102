//! What disclosure control needs to know of a collection: which replies each release counts, and who consented when.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::ReplyId;
use crate::domain::disclosure::{Breakdown, CountedReply, History};

#[derive(Debug, Deserialize)]
struct Release {
    release: u32,
    since: u64,
    replies: Vec<Reply>,
}

#[derive(Debug, Deserialize)]
struct Reply {
    reply: ReplyId,
    version: u32,
    regional_group: Option<String>,
    region: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Consent {
    reply: ReplyId,
    since: u64,
    until: Option<u64>,
}

/// What happened to a collection's releases and to consent, as far as a section is concerned. Its parts come in order.
#[derive(Debug)]
pub struct Facts {
    releases: Vec<Release>,
    consents: Vec<Consent>,
}

/// Reads what happened, for the questions of one section.
///
/// # Errors
/// The database does not answer.
pub async fn facts(pool: &PgPool, collection: Uuid, section: &str) -> sqlx::Result<Facts> {
    let found = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(to_jsonb(q) order by q.release), '[]') from (
                       select r.release, r.since,
                              (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from (
                                   select s.reply, s.version, i.regional_group, i.region
                                     from views.submission s
                                     join views.invitation i on i.collection = s.collection and i.party = s.party
                                    where s.collection = r.collection and i.kind = 'member_state'
                                      and s.since <= r.position and (s.until is null or s.until > r.position)) c)
                              as replies
                         from views.release r where r.collection = $1) q) as "releases!: Json<Vec<Release>>",
                  (select coalesce(jsonb_agg(to_jsonb(q)), '[]') from (
                       select c.reply, c.since, c.until
                         from views.reply r
                         join views.consent c on c.reply = r.reply and c.section in ('*', $2)
                        where r.collection = $1) q) as "consents!: Json<Vec<Consent>>""#,
        collection,
        section
    )
    .fetch_one(pool)
    .await?;
    Ok(Facts {
        releases: found.releases.0,
        consents: found.consents.0,
    })
}

/// A history that was told up to a position.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The history.
    pub history: History,
    up_to: u64,
}

impl Facts {
    /// Tells them in the order in which they happened, from where `told` ends. Since positions are in commit order, nothing
    /// new ever happens before that. It takes time where consent changed often after releases.
    pub fn tell(self, told: &Told) -> Told {
        let Told { mut history, up_to } = told.clone();
        let mut releases: BTreeMap<u64, Release> = self
            .releases
            .into_iter()
            .map(|release| (release.since, release))
            .collect();
        let mut changes: BTreeMap<u64, BTreeSet<ReplyId>> = BTreeMap::new();
        for consent in &self.consents {
            for position in [Some(consent.since), consent.until].into_iter().flatten() {
                changes.entry(position).or_default().insert(consent.reply);
            }
        }
        let holds = |reply: ReplyId, position: u64| {
            let mut consents = self.consents.iter();
            consents.any(|consent| {
                consent.reply == reply
                    && consent.since <= position
                    && consent.until.is_none_or(|until| until > position)
            })
        };
        let positions: BTreeSet<u64> = releases.keys().chain(changes.keys()).copied().collect();
        let last = positions.last().copied().unwrap_or(up_to);
        for position in positions.into_iter().filter(|position| *position > up_to) {
            if let Some(replies) = changes.get(&position) {
                history.decided(
                    replies
                        .iter()
                        .map(|reply| (*reply, holds(*reply, position))),
                );
            }
            if let Some(release) = releases.remove(&position) {
                let replies: Vec<CountedReply> =
                    release.replies.into_iter().map(Reply::counted).collect();
                history.released(release.release, &replies);
            }
        }
        Told {
            history,
            up_to: last.max(up_to),
        }
    }
}

impl Reply {
    fn counted(self) -> CountedReply {
        let groups = [
            (Breakdown::RegionalGroup, self.regional_group),
            (Breakdown::Region, self.region),
        ];
        CountedReply {
            reply: self.reply,
            version: self.version,
            groups: groups.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(until: u64) -> Facts {
        let reply = |number: u128| ReplyId(Uuid::from_u128(number));
        let release = |release: u32, since: u64, groups: [u128; 2]| {
            let replies = (0..groups[0]).chain(100..100 + groups[1]);
            let replies = replies.map(|number| Reply {
                reply: reply(number),
                version: 1,
                regional_group: Some(if number < 100 { "african" } else { "weog" }.to_owned()),
                region: None,
            });
            Release {
                release,
                since,
                replies: replies.collect(),
            }
        };
        let releases = [release(1, 10, [3, 5]), release(2, 30, [6, 6])];
        let consents = [(0, 5, Some(20)), (1, 25, None), (101, 40, None)];
        let consents = consents.map(|(number, since, until)| Consent {
            reply: reply(number),
            since,
            until,
        });
        let known = |until_now: Option<u64>| until_now.filter(|position| *position <= until);
        Facts {
            releases: releases
                .into_iter()
                .filter(|release| release.since <= until)
                .collect(),
            consents: consents
                .into_iter()
                .filter(|consent| consent.since <= until)
                .map(|consent| Consent {
                    until: known(consent.until),
                    ..consent
                })
                .collect(),
        }
    }

    #[test]
    fn a_history_that_is_told_in_parts_is_the_same() {
        let whole = facts(50).tell(&Told::default());
        assert!(!whole.history.withheld(2).is_empty());
        for until in 0..50 {
            let before = facts(until).tell(&Told::default());
            let after = facts(50).tell(&before);
            for release in [1, 2] {
                assert_eq!(
                    after.history.withheld(release),
                    whole.history.withheld(release),
                    "told up to {until} first"
                );
            }
        }
    }
}
