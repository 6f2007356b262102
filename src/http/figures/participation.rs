//! Participation: how many of those invited have replied.

use actix_web::HttpResponse;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional::Tag;
use crate::http::figures::{self, GroupBy};
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, NoticeView, collection_notices};
use crate::http::services::kept_answers::KeptAnswer;
use crate::reading::participation::{self as reading, Count, Participation};
use crate::written;
use domain::collection::{Collection, Deadline};
use domain::party::PartyKind;
use domain::phrase::expected;
use domain::times::Moment;
use domain::{CollectionId, Lang};

/// Participation in a collection. The denominator is the Member States invited; others are listed, never counted with them.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticipationView {
    /// The collection.
    pub collection: Uuid,
    /// The state of the log that was counted.
    pub as_of: AsOf,
    /// regional_group, region, none
    #[schema(value_type = written::Grouping)]
    pub group_by: &'static str,
    /// Whom rates are of.
    pub denominator: Denominator,
    /// Member States that replied: submitted and not withdrawn.
    pub replied: u64,
    /// Of these, received after their own deadline.
    pub late: u64,
    /// replied / invited, to four places; null where nobody is invited.
    #[schema(example = 0.1762)]
    pub rate: Option<f64>,
    /// The same by group of the Member State on the day of its invitation.
    pub groups: Vec<GroupCount>,
    /// Parties of other kinds.
    pub others: Vec<OtherCount>,
    /// What a reader must know.
    pub notices: Vec<NoticeView>,
}

/// Whom rates are of.
#[derive(Debug, Serialize, ToSchema)]
pub struct Denominator {
    /// Always member_state.
    pub kind: domain::party::PartyKind,
    /// How many were invited.
    pub invited: u64,
}

/// A group of Member States.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupCount {
    /// The group's code.
    pub group: String,
    /// Its name.
    pub label: String,
    /// How many were invited.
    pub invited: u64,
    /// How many replied.
    pub replied: u64,
    /// replied / invited, to four places; null where nobody is invited.
    pub rate: Option<f64>,
}

/// Parties of a kind that rates leave out.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherCount {
    /// The kind.
    pub kind: domain::party::PartyKind,
    /// How many were invited.
    pub invited: u64,
    /// How many replied.
    pub replied: u64,
}

/// Of what, and when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetParticipation {
    /// regional_group (if left out), region, none
    #[param(value_type = Option<written::Grouping>, inline)]
    group_by: Option<String>,
    /// Counts only replies received by then, as a deadline would: a time, or a date, to its end in the deadline's time zone.
    #[param(value_type = Option<written::DayOrTime>, inline)]
    received_by: Option<String>,
}

/// How many of those invited have replied.
#[utoipa::path(get, path = "/v1/collections/{collection}/participation", tag = "figures", params(GetParticipation, At), responses((status = 200, body = ParticipationView)))]
pub async fn get_participation(
    lookup: Lookup<GetParticipation>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let read = async || participation(&lookup, id).await;
    lookup.answer_kept(read).await
}

async fn participation(
    lookup: &Lookup<GetParticipation>,
    id: CollectionId,
) -> Result<KeptAnswer, Problem> {
    let (mut view, changed) = read(lookup, id, &lookup.query).await?;
    let (lang, missing) = figures::language(lookup.languages());
    view.notices.extend(missing);
    let tag = Tag::Figure(changed, lookup.reader());
    KeptAnswer::new(view.as_of.position, tag, Some(lang), &view)
}

/// Participation in a collection, and the last position at which it could have changed.
///
/// # Errors
/// `not_found`, `before_it_existed`, `bad_parameter`.
pub async fn read<Q>(
    lookup: &Lookup<Q>,
    id: CollectionId,
    asked: &GetParticipation,
) -> Result<(ParticipationView, u64), Problem> {
    let services = &lookup.services;
    let group_by = GroupBy::read(asked.group_by.as_deref())?;
    // The zone in which a day ends is that of the deadline, which an extension may change.
    let collection = match asked.received_by {
        Some(_) => services.collection_at(id, lookup.as_of.as_ref()).await?,
        None => services.collection(id, lookup.as_of.as_ref()).await?,
    };
    let received_by = asked
        .received_by
        .as_deref()
        .map(|asked| received_by(asked, &collection.deadline.time_zone))
        .transpose()?;
    let counted = reading::count(
        lookup.pool(),
        lookup.position(),
        id.0,
        group_by.as_str(),
        received_by.map(|instant| instant.to_string()),
    )
    .await?;
    let changed = counted.changed;
    let view = view(id, &collection, group_by, counted, lookup.languages());
    Ok((view, changed))
}

fn view(
    id: CollectionId,
    collection: &Collection,
    group_by: GroupBy,
    counted: Participation,
    languages: &[Lang],
) -> ParticipationView {
    let states: Vec<&Count> = counted
        .counts
        .iter()
        .filter(|count| count.kind == PartyKind::MemberState.as_str())
        .collect();
    let sum = |of: fn(&Count) -> u64| states.iter().map(|count| of(count)).sum::<u64>();
    let (invited, replied, late) = (sum(|c| c.invited), sum(|c| c.replied), sum(|c| c.late));
    let groups = group_by.groups(states.iter().map(|count| count.group.as_deref()));
    let groups = groups.into_iter().map(|group| {
        let of = states.iter().find(|count| count.group == group);
        let (invited, replied) = of.map_or((0, 0), |count| (count.invited, count.replied));
        GroupCount {
            label: group_by.label(group.as_deref(), languages),
            group: group.unwrap_or_else(|| "none".to_owned()),
            invited,
            replied,
            rate: rate(replied, invited),
        }
    });
    let others = PartyKind::ALL
        .iter()
        .filter(|kind| **kind != PartyKind::MemberState && **kind != PartyKind::Secretariat)
        .map(|kind| {
            let of = counted
                .counts
                .iter()
                .filter(|count| count.kind == kind.as_str());
            let (invited, replied) = of.fold((0, 0), |(invited, replied), count| {
                (invited + count.invited, replied + count.replied)
            });
            OtherCount {
                kind: *kind,
                invited,
                replied,
            }
        });
    let entered = counted
        .counts
        .iter()
        .map(|count| count.entered)
        .sum::<u64>();
    let entered = (entered > 0).then(|| {
        let count = entered.to_string();
        NoticeView::new("replies_entered", languages, &[("count", &count)])
    });
    let dated = NoticeView::new(
        "denominator_date",
        languages,
        &[("date", &collection.opened_on.to_string())],
    );
    ParticipationView {
        collection: id.0,
        as_of: AsOf {
            position: counted.position,
            time: counted.time,
        },
        group_by: group_by.as_str(),
        denominator: Denominator {
            kind: PartyKind::MemberState,
            invited,
        },
        replied,
        late,
        rate: rate(replied, invited),
        groups: groups.collect(),
        others: others.collect(),
        notices: collection_notices(collection, languages)
            .into_iter()
            .chain([dated])
            .chain(entered)
            .collect(),
    }
}

/// To four places, halves away from zero: 34 of 193 is 0.1762.
fn rate(part: u64, whole: u64) -> Option<f64> {
    let ten_thousandths = (part * 20_000 + whole).checked_div(whole * 2)?;
    Some(ten_thousandths as f64 / 10_000.0)
}

/// The last moment that counts: read as a deadline is, so that what is not late by a deadline is received by it.
fn received_by(asked: &str, time_zone: &str) -> Result<Timestamp, Problem> {
    let bad = || Problem::bad_parameter("received_by", expected::DAY_OR_TIME, asked);
    // A time without its offset is nobody's here.
    if matches!(Moment::read(asked), Some(Moment::Local(_))) {
        return Err(bad());
    }
    match Deadline::read(asked, time_zone, "") {
        Ok(deadline) => Ok(deadline.last_moment()),
        Err(fault) => Err(bad().faults(fault.into_iter().collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_four_places() {
        assert_eq!(rate(34, 193), Some(0.1762));
        assert_eq!(rate(4, 54), Some(0.0741));
        assert_eq!(rate(1, 32), Some(0.0313));
        assert_eq!(rate(0, 193), Some(0.0));
        assert_eq!(rate(193, 193), Some(1.0));
        assert_eq!(rate(0, 0), None);
    }

    #[test]
    fn a_date_ends_in_the_deadlines_zone() {
        let end = received_by("2011-06-30", "Europe/Vienna").unwrap();
        assert_eq!(end.to_string(), "2011-06-30T21:59:59.999999Z");
        for same in ["2011-06-30T23:59:59+02:00", "2011-06-30T21:59:59Z"] {
            assert_eq!(received_by(same, "Europe/Vienna").unwrap(), end, "{same}");
        }
        let within = received_by("2011-06-30T12:00:00+02:00", "Europe/Vienna").unwrap();
        assert_eq!(within.to_string(), "2011-06-30T10:00:00Z");
        for wrong in ["soon", "2011-06-30T12:00"] {
            assert!(received_by(wrong, "Europe/Vienna").is_err(), "{wrong}");
        }
        assert!(received_by("2011-12-30", "Pacific/Apia").is_err());
    }
}
