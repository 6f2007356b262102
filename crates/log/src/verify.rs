//! Verifying the log: that it is whole, in order, what its hashes say, what its events commit to, and that it is what it was
//! when its roots were noted: beside it ([`super::roots`]), or elsewhere ([`ExpectedRoot`]).
//!
//! It reads by key, a page at a time, and holds no transaction; appends go on meanwhile. What comes after the head of the
//! moment at which it began is left for the next time.

mod grown_tree;

use std::collections::HashMap;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

use self::grown_tree::GrownTree;
use super::ReadError;
use super::canonical::canonical;
use super::envelope::StoredEvent;
use super::numbers::number;
use super::tree::TreeHash;

/// Events read at a time; an envelope has at most 64 KiB.
const PAGE: i64 = 500;
/// So many findings are listed; beyond them they are only counted.
const LISTED: usize = 1_000;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The position concerned.
    pub position: u64,
    /// Stable, in snake case.
    pub code: &'static str,
    /// What was found, without any words of a content.
    pub detail: String,
}

/// What was found in a log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// The head up to which the log was read.
    pub position: u64,
    /// Events that are there.
    pub events: u64,
    /// Commitments of events to contents.
    pub commitments: u64,
    /// Those of them whose content was redacted.
    pub redacted: u64,
    /// Those of them whose content went with a file that was in no submitted version.
    pub deleted: u64,
    /// The root at the head: what stands for all of the log. None where events are missing.
    pub root: Option<TreeHash>,
    /// Roots that were noted beside the log or expected, and hold; those of complete subtrees among them.
    pub roots: u64,
    /// How many findings there are.
    pub found: u64,
    /// The findings, at most the first thousand.
    pub findings: Vec<Finding>,
}

impl Verification {
    fn find(&mut self, position: u64, code: &'static str, detail: impl Into<String>) {
        self.found += 1;
        if self.findings.len() < LISTED {
            let detail = detail.into();
            self.findings.push(Finding {
                position,
                code,
                detail,
            });
        }
    }
}

/// A root that was noted elsewhere: `267:` and its 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedRoot {
    /// The position.
    pub position: u64,
    /// The root at that position.
    pub root: TreeHash,
}

/// What is no root with its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a position, a colon and the root's 64 hexadecimal digits, as `verify` prints them"
)]
pub struct NotARoot;

impl FromStr for ExpectedRoot {
    type Err = NotARoot;

    fn from_str(text: &str) -> Result<Self, NotARoot> {
        let (position, root) = text.split_once(':').ok_or(NotARoot)?;
        Ok(Self {
            position: position.parse().map_err(|_| NotARoot)?,
            root: root.parse().map_err(|_| NotARoot)?,
        })
    }
}

/// An event as its row has it.
struct Row {
    position: i64,
    stream: Uuid,
    version: i32,
    time: String,
    command: Uuid,
    kind: String,
    envelope: String,
    leaf: Vec<u8>,
    /// Whether the previous version of its stream has an earlier position.
    follows: bool,
}

/// What the event before is remembered by.
struct PreviousEvent {
    time: String,
    command: Uuid,
}

/// Walks the whole log, and compares it with roots that were noted earlier.
///
/// # Errors
/// The database does not answer. What is wrong with the log is no error but a finding.
pub async fn verify(pool: &PgPool, expected: &[ExpectedRoot]) -> Result<Verification, ReadError> {
    let (head, mut grown) = GrownTree::begin(pool, expected).await?;
    let mut verified = Verification {
        position: number(head),
        ..Verification::default()
    };
    let mut done = 0;
    let mut before = None;
    loop {
        let page = page(pool, done, head).await?;
        if let Some(last) = page.last() {
            grown.read(pool, number(last.position)).await?;
        }
        for row in &page {
            missing(&mut verified, done, row.position - 1);
            done = row.position;
            verified.events += 1;
            let leaf = TreeHash::of_leaf(row.envelope.as_bytes());
            event(&mut verified, row, leaf, before.as_ref());
            grown.event(&mut verified, number(row.position), leaf);
            before = Some(PreviousEvent {
                time: row.time.clone(),
                command: row.command,
            });
        }
        contents(pool, &mut verified, &page).await?;
        if page.is_empty() {
            break;
        }
    }
    missing(&mut verified, done, head);
    grown.end(&mut verified);
    beyond(pool, &mut verified).await?;
    Ok(verified)
}

async fn page(pool: &PgPool, after: i64, head: i64) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"select e.position, e.stream, e.version, log.rfc3339(e.time) as "time!", e.command, e.kind, e.envelope, e.leaf,
                  (e.version = 1 or exists (select from log.event p where p.stream = e.stream and p.version = e.version - 1
                                               and p.position < e.position)) as "follows!"
             from log.event e where e.position > $1 and e.position <= $2 order by e.position limit $3"#,
        after,
        head,
        PAGE,
    )
    .fetch_all(pool)
    .await
}

/// Positions after `after` up to `until` that no event has.
fn missing(verified: &mut Verification, after: i64, until: i64) {
    if after < until {
        let (first, last) = (number(after + 1), number(until));
        let detail = if first == last {
            "there is no event at this position".to_owned()
        } else {
            format!("there is no event at the positions {first} to {last}")
        };
        verified.find(first, "missing", detail);
    }
}

/// Events that the head does not know of: read in one snapshot with it.
async fn beyond(pool: &PgPool, verified: &mut Verification) -> Result<(), ReadError> {
    let beyond = sqlx::query_scalar!(
        "select e.position from log.event e where e.position > (select position from log.head) order by 1 limit 1"
    )
    .fetch_optional(pool)
    .await?;
    if let Some(position) = beyond {
        let detail = "the log's head is behind this event";
        verified.find(number(position), "beyond_head", detail);
    }
    Ok(())
}

fn event(verified: &mut Verification, row: &Row, leaf: TreeHash, before: Option<&PreviousEvent>) {
    let position = number(row.position);
    if row.leaf != *leaf.bytes() {
        let detail = "the leaf is not the SHA-256 of 0x00 and the envelope";
        verified.find(position, "wrong_leaf", detail);
    }
    if !row.follows {
        let detail = format!(
            "version {} of stream {} does not follow version {}",
            row.version,
            row.stream,
            row.version - 1
        );
        verified.find(position, "wrong_version", detail);
    }
    // Events of one append have one time; each append's is later than the one before.
    let out_of_order = before.filter(|before| match before.time.cmp(&row.time) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => before.command != row.command,
        std::cmp::Ordering::Greater => true,
    });
    if let Some(before) = out_of_order {
        let detail = format!("its time {} is not after {}", row.time, before.time);
        verified.find(position, "wrong_time", detail);
    }
    match serde_json::from_str::<Value>(&row.envelope) {
        Err(_) => verified.find(position, "malformed", "the envelope is not JSON"),
        Ok(value) if canonical(&value).as_deref() != Some(row.envelope.as_str()) => {
            verified.find(
                position,
                "not_canonical",
                "the envelope is not canonical JSON",
            );
        }
        Ok(_) => agreement(verified, row),
    }
}

/// What the columns say is what the envelope says.
fn agreement(verified: &mut Verification, row: &Row) {
    let position = number(row.position);
    let Ok(stored) = serde_json::from_str::<StoredEvent>(&row.envelope) else {
        let detail = "the envelope lacks what every event has";
        return verified.find(position, "malformed", detail);
    };
    let agree = [
        ("position", stored.position == position),
        ("stream", stored.stream == row.stream),
        ("version", stored.version == row.version),
        ("time", format!("{:.6}", stored.time) == row.time),
        ("command", stored.command == row.command),
        ("kind", stored.kind == row.kind),
    ];
    for (column, _) in agree.into_iter().filter(|(_, same)| !same) {
        let detail = format!("the column {column} is not what the envelope says");
        verified.find(position, "disagrees", detail);
    }
}

/// What the log says became of a content.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ContentRemoval {
    Not,
    Redacted,
    Deleted,
}

/// What a page's events commit to: each content is there and is that, or it is redacted or deleted.
async fn contents(
    pool: &PgPool,
    verified: &mut Verification,
    page: &[Row],
) -> Result<(), ReadError> {
    let mut commitments = Vec::new();
    for row in page {
        if let Ok(envelope) = serde_json::from_str(&row.envelope) {
            commitments_in(&envelope, number(row.position), &mut commitments);
        }
    }
    if commitments.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = commitments.iter().map(|(_, id, _)| *id).collect();
    // One statement, so that a redaction meanwhile is seen whole. Files are large, so the database does the sum.
    let found = sqlx::query!(
        r#"select i.id as "id!", encode(sha256(c.salt || c.body), 'hex') as hash,
                  exists (select from log.event e where e.stream = i.id and e.kind = 'content_redacted') as "redacted!",
                  (select e.envelope from log.deletion d join log.event e on e.position = d.position
                    where d.content = i.id and e.kind = 'reply_files_deleted') as deletion
             from unnest($1::uuid[]) as i (id) left join log.content c on c.id = i.id"#,
        &ids
    )
    .fetch_all(pool)
    .await?;
    let found: HashMap<Uuid, (Option<String>, ContentRemoval)> = found
        .into_iter()
        .map(|row| {
            let deletion = row.deletion.as_deref().unwrap_or_default();
            let gone = match (row.redacted, is_deleted_by(deletion, row.id)) {
                (true, _) => ContentRemoval::Redacted,
                (false, true) => ContentRemoval::Deleted,
                (false, false) => ContentRemoval::Not,
            };
            (row.id, (row.hash, gone))
        })
        .collect();
    for (position, id, commitment) in commitments {
        verified.commitments += 1;
        match found.get(&id) {
            Some((None, ContentRemoval::Redacted)) => verified.redacted += 1,
            Some((None, ContentRemoval::Deleted)) => verified.deleted += 1,
            Some((Some(_), ContentRemoval::Redacted | ContentRemoval::Deleted)) => {
                let detail =
                    format!("content {id} was redacted or deleted, and is there all the same");
                verified.find(position, "content_not_gone", detail);
            }
            Some((Some(hash), ContentRemoval::Not)) if *hash == commitment => {}
            Some((Some(_), ContentRemoval::Not)) => {
                let detail = format!("content {id} is not what the event commits to");
                verified.find(position, "content_changed", detail);
            }
            Some((None, ContentRemoval::Not)) | None => {
                let detail = format!("content {id} is not there, and was not redacted");
                verified.find(position, "content_missing", detail);
            }
        }
    }
    Ok(())
}

/// Whether an envelope deletes a content. Not asked of the database: it would end at an envelope that is no JSON.
fn is_deleted_by(envelope: &str, content: Uuid) -> bool {
    let envelope: Value = serde_json::from_str(envelope).unwrap_or_default();
    let contents = envelope.pointer("/data/contents").and_then(Value::as_array);
    let mut ids = contents.into_iter().flatten().filter_map(Value::as_str);
    ids.any(|id| Uuid::parse_str(id) == Ok(content))
}

/// Wherever an object has a `content` and a `commitment`, the event commits to a content.
fn commitments_in(value: &Value, position: u64, found: &mut Vec<(u64, Uuid, String)>) {
    match value {
        Value::Object(members) => {
            if let (Some(Value::String(content)), Some(Value::String(commitment))) =
                (members.get("content"), members.get("commitment"))
                && let Ok(id) = Uuid::parse_str(content)
            {
                found.push((position, id, commitment.clone()));
            }
            for member in members.values() {
                commitments_in(member, position, found);
            }
        }
        Value::Array(items) => {
            for item in items {
                commitments_in(item, position, found);
            }
        }
        _ => {}
    }
}
