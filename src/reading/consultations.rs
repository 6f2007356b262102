//! Consultations and who was asked in them, as they are listed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::caption::Caption;
use super::{Found, Part, PositionedRows, number, position};
use domain::collection::Deadline;
use domain::party::PartyKind;
use domain::{Lang, Texts};

/// A consultation in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConsultationRow {
    /// Its id.
    pub id: Uuid,
    /// The instrument.
    pub instrument: Uuid,
    /// The revision that was forwarded.
    pub revision: i32,
    /// 1, 2, 3 within the instrument.
    pub round: i32,
    /// Its own title.
    pub title: Option<Texts>,
    /// The note verbale or letter.
    pub reference: String,
    /// The date of the letter.
    pub opened_on: Date,
    /// Until when comments are expected.
    pub deadline: Deadline,
    /// `open` or `closed`.
    pub status: domain::consultation::Status,
    /// Whether the party that looks was asked.
    pub asked: bool,
    /// The day on which its comments were published.
    pub published: Option<Date>,
    /// The position of its opening.
    pub since: i64,
}

/// A party that was asked.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = AskedView)]
pub struct AskedRow {
    /// The party.
    pub party: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    #[serde(rename(deserialize = "names"))]
    #[schema(value_type = String)]
    pub name: Caption,
    /// Its kind on the day on which it was asked.
    pub kind: domain::party::PartyKind,
    /// Its regional group on that day.
    pub regional_group: Option<domain::party::RegionalGroup>,
    /// The position at which it was asked.
    #[serde(rename(deserialize = "since"))]
    pub position: i64,
    /// Whether it made a comment that it did not take back.
    #[serde(default)]
    #[schema(required = true)]
    pub answered: bool,
    /// How many.
    pub comments: i64,
    /// Whether the first of them came after the deadline.
    pub late: bool,
}

impl AskedRow {
    /// The same, in the language of a reader of these.
    pub fn told(mut self, languages: &[Lang]) -> Self {
        self.name.choose(languages);
        self.answered = self.comments > 0;
        self
    }
}

/// How many parties of a kind were asked, and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AskedKind {
    /// The kind.
    pub kind: domain::party::PartyKind,
    /// How many were asked.
    pub asked: i64,
    /// How many of them made a comment that they did not take back.
    pub answered: i64,
    /// How many of those did so after the deadline.
    pub late: i64,
}

/// Who was asked: a page of parties, and the numbers of all by kind.
#[derive(Clone, Debug)]
pub struct ConsultedParties {
    /// The parties, in the order of codes.
    pub parties: Vec<AskedRow>,
    /// All of them, by kind.
    pub kinds: Vec<AskedKind>,
}

/// Which consultations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Only those whose comments are published, by now.
    pub published: bool,
    /// And beside these those in which this person comments for the party.
    pub commenter: Option<Uuid>,
    /// Only those on this instrument.
    pub instrument: Option<Uuid>,
    /// The party that looks.
    pub party: Option<Uuid>,
    /// Only those in which it was asked, or in which it was not.
    pub asked: Option<bool>,
}

/// Consultations in the order of their opening.
pub async fn list(
    pool: &PgPool,
    part: &Part<i64>,
    filter: Filter,
) -> sqlx::Result<PositionedRows<Vec<ConsultationRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.since), '[]') from (
                       select c.consultation as id, c.instrument, c.revision, c.round, c.title, c.reference, c.opened_on,
                              jsonb_build_object('at', d.deadline, 'time_zone', d.time_zone) as deadline, s.status, c.since,
                              a.party is not null as asked,
                              case when p.since <= at.position then p.date end as published
                         from views.consultation c
                         join views.consultation_status s on s.consultation = c.consultation
                              and log.holds(s.since, s.until, at.position)
                         join views.consultation_deadline d on d.consultation = c.consultation
                              and log.holds(d.since, d.until, at.position)
                         left join views.asked_party a on a.consultation = c.consultation and a.party = $6
                              and a.since <= at.position
                         left join views.comments_publication p on p.consultation = c.consultation
                        where c.since <= at.position and (not $2 or p.since is not null
                               or ($8::uuid is not null and access.stands_in('commenter', c.consultation, $6, $8)))
                          and ($3::uuid is null or c.instrument = $3) and ($4::bigint is null or c.since > $4)
                          and ($7::boolean is null or $7 = (a.party is not null))
                        order by c.since limit $5) r) as "rows!: Json<Vec<ConsultationRow>>",
                  coalesce(greatest(
                           (select max(since) from views.consultation_status where since <= at.position),
                           (select max(since) from views.consultation_deadline where since <= at.position),
                           (select max(since) from views.asked_party
                             where party = $6 and since <= at.position),
                           (select max(since) from views.comments_publication
                             where $2 or since <= at.position),
                           (select max(greatest(since, until)) from views.commenter where person = $8)), 0) as "changed!"
             from at"#,
        number(part.as_of),
        filter.published,
        filter.instrument,
        part.after,
        part.rows,
        filter.party,
        filter.asked,
        filter.commenter
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// Which of the parties that were asked.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AskedFilter {
    /// Only those of this kind.
    #[param(value_type = Option<domain::party::PartyKind>, inline)]
    pub kind: Option<PartyKind>,
    /// `true`: only those who answered; `false`: only those who did not.
    #[param(value_type = Option<bool>)]
    pub answered: Option<bool>,
}

/// Who was asked in a consultation, and how many comments each has made: all of them, those of a kind, those who answered
/// or those who did not.
pub async fn consulted_parties(
    pool: &PgPool,
    part: &Part<String>,
    consultation: Uuid,
    filter: &AskedFilter,
) -> sqlx::Result<PositionedRows<ConsultedParties>> {
    let found = sqlx::query!(
        r#"with head as (select coalesce($1, h.position) as position from log.head h),
                made as (
                  select c.party, count(*) as comments,
                         min(coalesce((c.entered_on_behalf ->> 'received_on')::timestamp at time zone d.time_zone, c.at))
                             > d.last_moment as late
                    from head h
                    join views.consultation_deadline d on d.consultation = $2 and log.holds(d.since, d.until, h.position)
                    join views.comment c on c.consultation = $2 and log.holds(c.since, c.until, h.position)
                   group by c.party, d.last_moment),
                asked as materialized (
                  select a.party, p.code, p.names, a.kind, a.regional_group, a.since,
                         coalesce(m.comments, 0) as comments, coalesce(m.late, false) as late
                    from head h
                    join views.asked_party a on a.consultation = $2 and a.since <= h.position
                    join views.party p on p.party = a.party
                    left join made m on m.party = a.party)
           select h.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.code), '[]') from (
                       select * from asked a
                        where ($3::text is null or a.kind = $3)
                          and ($4::boolean is null or $4 = (a.comments > 0))
                          and ($5::text is null or a.code > $5 collate "C")
                        order by a.code limit $6) r) as "rows!: Json<Vec<AskedRow>>",
                  (select coalesce(jsonb_agg(to_jsonb(k) order by k.kind), '[]') from (
                       select kind, count(*) as asked, count(*) filter (where comments > 0) as answered,
                              count(*) filter (where late) as late
                         from asked group by kind) k) as "kinds!: Json<Vec<AskedKind>>",
                  coalesce(greatest(
                           (select max(since) from asked),
                           (select max(since) from views.consultation_deadline
                             where consultation = $2 and since <= h.position),
                           (select max(since) from views.comment where consultation = $2 and since <= h.position),
                           (select max(until) from views.comment where consultation = $2 and until <= h.position)), 0) as "changed!"
             from head h"#,
        number(part.as_of),
        consultation,
        filter.kind.map(PartyKind::as_str),
        filter.answered,
        part.after.as_deref(),
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(PositionedRows {
        rows: ConsultedParties {
            parties: found.rows.0,
            kinds: found.kinds.0,
        },
        changed: position(found.changed),
        position: position(found.position),
    })
}
