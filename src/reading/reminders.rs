//! Whom a reminder can go to: the invited parties of a collection, each with how far it is and whom it is written to.

use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use domain::{CollectionId, Lang, PartyId, PersonId, Texts};

/// An invited party, as a reminder sees it.
#[derive(Clone, Debug)]
pub struct RemindableParty {
    /// The party.
    pub party: Uuid,
    /// Its code.
    pub code: String,
    /// Its short name by language.
    pub names: Texts,
    /// The focal point who was named, by id; none where nobody is.
    pub focal_point: Option<Uuid>,
    /// Whether the directory has an address of the focal point's: not of one who was erased, nor of a program.
    pub has_address: bool,
    /// Whether the reply was begun and nobody was ever named: then whoever began it is the focal point.
    pub is_beginners: bool,
    /// Whether the party has replied: submitted and not withdrawn.
    pub replied: bool,
    /// Whether a clarification of what it submitted is open.
    pub is_asked: bool,
    /// The language that the focal point reads, as the directory has it.
    pub reads: Option<Lang>,
    /// Who was written to by a reminder that was recorded within the last hour, and that has gone out or still waits.
    pub lately: Vec<Uuid>,
}

/// The invited parties of a collection as they are now, in the order of codes.
pub async fn remindable_parties(
    pool: &PgPool,
    collection: Uuid,
) -> sqlx::Result<Vec<RemindableParty>> {
    let rows = sqlx::query!(
        r#"select i.party, p.code, p.names as "names!: Json<Texts>", f.person as "focal_point?",
                  d.id is not null as "has_address!",
                  f.since is null and exists (select from views.reply r
                           where r.collection = i.collection and r.party = i.party) as "is_beginners!",
                  exists (select from views.submission s
                           where s.collection = i.collection and s.party = i.party and s.until is null) as "replied!",
                  exists (select from views.reply r join views.clarification q on q.reply = r.reply and q.until is null
                           where r.collection = i.collection and r.party = i.party) as "is_asked!",
                  d.language as "reads?",
                  array(select l.person from mail.letter l
                         where l.collection = i.collection and l.party = i.party
                           and l.kind in ('reminder', 'clarification') and l.state in ('queued', 'sent')
                           and l.created_at > now() - interval '1 hour'
                           and exists (select from views.reminder m join log.event e on e.position = m.since
                                        where m.collection = i.collection and m.party = i.party
                                          and e.time > now() - interval '1 hour')) as "lately!"
             from views.invitation i
             join views.party p on p.party = i.party
             left join views.focal_point f on f.collection = i.collection and f.party = i.party and f.until is null
             left join directory.person d on d.id = f.person and d.erased_at is null
            where i.collection = $1
            order by p.code"#,
        collection
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| RemindableParty {
        party: row.party,
        code: row.code,
        names: row.names.0,
        focal_point: row.focal_point,
        has_address: row.has_address,
        is_beginners: row.is_beginners,
        replied: row.replied,
        is_asked: row.is_asked,
        reads: row.reads.and_then(|reads| reads.parse().ok()),
        lately: row.lately,
    });
    Ok(rows.collect())
}

/// Those of these parties that were reminded within the last hour, and whose letter to this person has gone out, waits, or is not
/// written yet: the reminder is recorded first.
pub async fn reminded_lately(
    pool: &PgPool,
    collection: Uuid,
    due: &[(Uuid, Uuid)],
) -> sqlx::Result<Vec<Uuid>> {
    let (parties, persons): (Vec<Uuid>, Vec<Uuid>) = due.iter().copied().unzip();
    sqlx::query_scalar!(
        r#"select d.party as "party!"
             from unnest($2::uuid[], $3::uuid[]) as d (party, person)
            where exists (
                  select from views.reminder m join log.event e on e.position = m.since
                   where m.collection = $1 and m.party = d.party and e.time > now() - interval '1 hour'
                     and (not exists (select from mail.letter l
                                       where l.collection = $1 and l.party = d.party
                                         and l.kind in ('reminder', 'clarification') and l.created_at >= e.time)
                          or exists (select from mail.letter l
                                      where l.collection = $1 and l.party = d.party and l.person = d.person
                                        and l.kind in ('reminder', 'clarification') and l.state in ('queued', 'sent')
                                        and l.created_at > now() - interval '1 hour')))"#,
        collection,
        &parties,
        &persons
    )
    .fetch_all(pool)
    .await
}

/// An invited party as of a position, as a letter sees it.
#[derive(Clone, Debug)]
pub struct LetterReader {
    /// The party.
    pub party: PartyId,
    /// Its short name by language.
    pub names: Texts,
    /// The focal point who was named, where the directory has an address of theirs.
    pub focal_point: Option<PersonId>,
    /// Whether nobody was ever named: then whoever began the reply is the focal point.
    pub is_beginners: bool,
    /// Whether the party had replied: submitted and not withdrawn.
    pub replied: bool,
    /// Whether a clarification of what it submitted was open.
    pub is_asked: bool,
    /// Whether its reply was begun.
    pub begun: bool,
}

/// The invited parties of a collection as of a position, all or some of them, in the order of codes. Names and addresses are those
/// of now.
pub async fn letter_readers(
    pool: &PgPool,
    collection: CollectionId,
    parties: Option<&[PartyId]>,
    position: u64,
) -> sqlx::Result<Vec<LetterReader>> {
    let parties: Option<Vec<Uuid>> =
        parties.map(|parties| parties.iter().map(|party| party.0).collect());
    let rows = sqlx::query!(
        r#"select i.party, p.names as "names!: Json<Texts>", d.id as "focal_point?", f.since is null as "is_beginners!",
                  exists (select from views.submission s
                           where s.collection = i.collection and s.party = i.party
                             and log.holds(s.since, s.until, $3)) as "replied!",
                  exists (select from views.reply r join views.clarification q on q.reply = r.reply
                           where r.collection = i.collection and r.party = i.party
                             and log.holds(q.since, q.until, $3)) as "is_asked!",
                  exists (select from views.reply r
                           where r.collection = i.collection and r.party = i.party and r.since <= $3) as "begun!"
             from views.invitation i
             join views.party p on p.party = i.party
             left join views.focal_point f on f.collection = i.collection and f.party = i.party
                  and log.holds(f.since, f.until, $3)
             left join directory.person d on d.id = f.person and d.erased_at is null
            where i.collection = $1 and i.since <= $3 and ($2::uuid[] is null or i.party = any($2))
            order by p.code"#,
        collection.0,
        parties.as_deref() as Option<&[Uuid]>,
        i64::try_from(position).unwrap_or(i64::MAX)
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| LetterReader {
        party: PartyId(row.party),
        names: row.names.0,
        focal_point: row.focal_point.map(PersonId),
        is_beginners: row.is_beginners,
        replied: row.replied,
        is_asked: row.is_asked,
        begun: row.begun,
    });
    Ok(rows.collect())
}
