//! Whether somebody may see an object, asked before anything of it is read: what is not there and what is not theirs to see
//! then take the same one statement each, and neither its answer nor its time tells them apart. What is read afterwards judges
//! for itself.

use sqlx::PgPool;
use uuid::Uuid;

use super::needs::NeedVisibility;

/// Whose eyes: in a role, for a party.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    /// Who.
    pub person: Uuid,
    /// In what capacity, as it is stored.
    pub role: &'static str,
    /// For whom.
    pub party: Option<Uuid>,
}

/// Whether a reply is there, and theirs: its party's mission's, its focal point's or a contributor's. Where nobody was named,
/// the focal point is who began it; what the Secretariat entered is any focal point's of the party but for one who was replaced
/// in the office that they were given last.
pub async fn reply(pool: &PgPool, reply: Uuid, eyes: Viewer) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from views.reply r
                 left join views.focal_point f on f.collection = r.collection and f.party = r.party and f.until is null
                where r.reply = $1 and r.party = $2
                  and case $3
                          when 'mission' then true
                          when 'contributor' then access.stands_in('contributor', r.collection, r.party, $4)
                          when 'focal_point' then case
                              when f.since is not null then f.person is not distinct from $4
                              when r.begun_by is not null then r.begun_by = $4
                              else coalesce((select l.until is null from views.focal_point l
                                              where l.party = r.party and l.person = $4
                                              order by l.since desc limit 1), true) end
                          else false end) as "is_seen!""#,
        reply,
        eyes.party,
        eyes.role,
        eyes.person
    )
    .fetch_one(pool)
    .await
}

/// Whether something of a reply is published.
pub async fn published_reply(pool: &PgPool, reply: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from views.consent where reply = $1 and until is null) as "is_seen!""#,
        reply
    )
    .fetch_one(pool)
    .await
}

/// Whether a need is there, and among those that somebody sees.
pub async fn need(pool: &PgPool, need: Uuid, sees: &NeedVisibility) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from views.need n
                where n.need = $1
                  and ($2 or (n.reply is null and n.party = $3) or n.reply = any($4)
                       or exists (select from views.need_sharing s
                                   where s.need = n.need and s.until is null and s.shared_with = any($5)))) as "is_seen!""#,
        need,
        sees.all,
        sees.alone,
        &sees.replies,
        &sees.shared
    )
    .fetch_one(pool)
    .await
}

/// Whether a request is there, and this party's.
pub async fn request(pool: &PgPool, request: Uuid, party: Option<Uuid>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from views.request where request = $1 and party = $2) as "is_seen!""#,
        request,
        party
    )
    .fetch_one(pool)
    .await
}

/// Whether a consultation is there, and its comments are published.
pub async fn published_consultation(pool: &PgPool, consultation: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from views.comments_publication where consultation = $1) as "is_seen!""#,
        consultation
    )
    .fetch_one(pool)
    .await
}

/// Whether a consultation is there, and somebody comments in it for a party.
pub async fn commented_consultation(
    pool: &PgPool,
    consultation: Uuid,
    eyes: Viewer,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select access.stands_in('commenter', $1, $2, $3) as "is_seen!""#,
        consultation,
        eyes.party,
        eyes.person
    )
    .fetch_one(pool)
    .await
}

/// Whether a revision is there, and forwarded in a consultation in which somebody comments for a party.
pub async fn commented_revision(
    pool: &PgPool,
    instrument: Uuid,
    revision: Option<i32>,
    eyes: Viewer,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from views.consultation c
                where c.instrument = $1 and c.revision = $2
                  and access.stands_in('commenter', c.consultation, $3, $4)) as "is_seen!""#,
        instrument,
        revision,
        eyes.party,
        eyes.person
    )
    .fetch_one(pool)
    .await
}

/// Whether a comment is there, and this party's, or published and not taken back. To a commenter those of the party are its own
/// in the consultations in which they comment for it.
pub async fn comment(
    pool: &PgPool,
    comment: Uuid,
    party: Option<Uuid>,
    commenter: Option<Uuid>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from views.comment c
                where c.comment = $1
                  and ((c.party = $2
                        and ($3::uuid is null or access.stands_in('commenter', c.consultation, c.party, $3)))
                       or (c.until is null
                           and exists (select from views.comments_publication p
                                        where p.consultation = c.consultation)))) as "is_seen!""#,
        comment,
        party,
        commenter
    )
    .fetch_one(pool)
    .await
}

/// Whether an instrument is there, and comments on it are published: in this consultation, or in any.
pub async fn commented_instrument(
    pool: &PgPool,
    instrument: Uuid,
    consultation: Option<Uuid>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from views.consultation c join views.comments_publication p on p.consultation = c.consultation
                where c.instrument = $1 and ($2::uuid is null or c.consultation = $2)) as "is_seen!""#,
        instrument,
        consultation
    )
    .fetch_one(pool)
    .await
}

/// Whether a report is there, and published.
pub async fn published_report(pool: &PgPool, report: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from views.report_publication where report = $1) as "is_seen!""#,
        report
    )
    .fetch_one(pool)
    .await
}
