//! A long log, made by INSERT ... SELECT: events as the log writes them, but without their views.

use event_log::noting;
use sqlx::{ConnectOptions, PgPool, Row};
use uuid::Uuid;

use crate::cluster::{Database, Private};
use crate::load::Reply;

/// Events of a reply: its start, and 49 saved answers to twenty questions.
const EVENTS: i64 = 50;
/// So many replies are being written at a time, one event each in turn.
const AT_A_TIME: i64 = 1000;
/// A block: that many replies, from their start to their end.
pub const BLOCK: i64 = EVENTS * AT_A_TIME;

const INSERT: &str = r#"
    insert into log.event (position, stream, version, time, command, kind, envelope, leaf)
    select position, stream, version, time, command, kind, envelope, sha256('\x00'::bytea || convert_to(envelope, 'UTF8'))
      from (select *, '{"actor":{"party":"' || party || '","principal":"' || party || '","role":"focal_point"},"command":"'
                      || command || '","data":' || data || ',"id":"' || command || '","kind":"' || kind || '","position":'
                      || position || ',"stream":"' || stream || '","time":"' || log.rfc3339(time) || '","version":'
                      || version || '}' as envelope
              from (select position, md5('reply' || reply)::uuid as stream, md5('party' || reply % 193)::uuid as party,
                           version, timestamptz '2026-01-01 00:00Z' + position * interval '1 millisecond' as time,
                           md5('command' || position)::uuid as command,
                           case version when 1 then 'reply_started' else 'reply_answered' end as kind,
                           case version when 1
                                then '{"collection":"' || md5('collection')::uuid || '","instrument":"'
                                     || md5('instrument')::uuid || '","party":"' || md5('party' || reply % 193)::uuid
                                     || '","revision":1}'
                                else '{"answers":[{"choice":"' || (array['yes', 'partly', 'no'])[version / 20 + 1]
                                     || '","code":"Q' || lpad((version % 20)::text, 2, '0') || '"}]}' end as data
                      from (select position, (position - 1) % $3 / $4 + 1 as version,
                                   (position - 1) / $3 * $4 + (position - 1) % $4 as reply
                              from generate_series($1::bigint, $2::bigint) as position) as place) as event) as sealed
     order by position"#;

/// Fills an empty log to `events` events. The views are those of an empty log until they are rebuilt.
pub async fn fill(private: &Private, database: &Database, events: i64) -> anyhow::Result<()> {
    let watch = clock::stopwatch();
    let mut owner = database
        .owner
        .clone()
        .disable_statement_logging()
        .connect()
        .await?;
    let mut done = 0;
    while done < events {
        let until = events.min(done + BLOCK);
        sqlx::query(INSERT)
            .bind(done + 1)
            .bind(until)
            .bind(BLOCK)
            .bind(AT_A_TIME)
            .execute(&mut owner)
            .await?;
        done = until;
    }
    sqlx::query("update log.head set (position, time) = (select position, time from log.event where position = $1)")
        .bind(events)
        .execute(&mut owner)
        .await?;
    // A log that grew by appends has its tree noted long since.
    let pool = PgPool::connect_with(database.owner.clone()).await?;
    noting::catch_up(&pool).await?;
    pool.close().await;
    sqlx::raw_sql("vacuum analyze log.event")
        .execute(&mut owner)
        .await?;
    private.checkpoint().await?;
    eprintln!(
        "made {events} events in {:.1} s",
        watch.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Replies from all over a filled log, each as it stands.
pub async fn replies(database: &Database, events: i64, count: i64) -> anyhow::Result<Vec<Reply>> {
    let mut owner = database
        .owner
        .clone()
        .disable_statement_logging()
        .connect()
        .await?;
    let rows = sqlx::query(
        "select e.stream, max(v.version)
           from generate_series(0, $2 - 1) as n
           join log.event e on e.position = n * ($1 / $2) / $3 * $3 + n % $3 + 1
           join log.event v on v.stream = e.stream
          group by 1",
    )
    .bind(events)
    .bind(count)
    .bind(AT_A_TIME)
    .fetch_all(&mut owner)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Reply::existing(row.get::<Uuid, _>(0), row.get(1)))
        .collect())
}
