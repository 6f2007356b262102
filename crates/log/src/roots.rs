//! Roots of the log's tree, read at any position: from what is noted of it (by [`super::noting`]), and from the leaves after
//! that.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::{PgConnection, PgPool};

use super::numbers::{number, stored};
use super::reading::{Head, ReadError};
use super::tree::{Frontier, LEVELS, Node, TreeHash};

/// At most so many leaves are read for a root. Where the tree is noted less far than that, as in a log that has only just got
/// one, there is no root.
const READABLE: u64 = 65_536;
/// At most so many leaves are added to a kept edge; from one that is further away, it is quicker to begin at the noted tree.
const NEAR: u64 = 4_096;
/// How many edges of the tree are kept, from which other roots follow.
const KEPT: usize = 64;

/// What shows that an event stands in the log: its leaf, and the root that stands for all events up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The position, and when it was recorded.
    pub at: Head,
    /// The event's leaf; none at position 0.
    pub leaf: Option<TreeHash>,
    /// The root at the position; none while the tree of an older log is still being noted.
    pub root: Option<TreeHash>,
}

/// An event, as far as the tree is concerned.
pub(super) struct Leaf {
    position: i64,
    hash: Vec<u8>,
    /// When it was recorded; read only for the last leaf of a request.
    time: Option<String>,
}

/// Edges of the tree that were met lately, by their sizes, each with its last leaf.
#[derive(Clone, Default)]
pub(super) struct Roots(Arc<Mutex<BTreeMap<u64, (TreeHash, Frontier)>>>);

impl Roots {
    /// It is whole whenever the lock is free, even if somebody panicked.
    fn kept(&self) -> MutexGuard<'_, BTreeMap<u64, (TreeHash, Frontier)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The largest edge up to a position.
    fn before(&self, position: u64) -> Option<(TreeHash, Frontier)> {
        let kept = self.kept();
        let (_, found) = kept.range(..=position).next_back()?;
        Some(found.clone())
    }

    fn keep(&self, leaf: TreeHash, frontier: Frontier) {
        let mut kept = self.kept();
        kept.insert(frontier.size(), (leaf, frontier));
        if kept.len() > KEPT {
            kept.pop_first();
        }
    }

    /// The evidence at a position; none where there is no such event.
    pub(super) async fn at(
        &self,
        pool: &PgPool,
        position: u64,
    ) -> Result<Option<Evidence>, ReadError> {
        if position == 0 {
            return Ok(Some(Evidence {
                at: Head {
                    position,
                    time: None,
                },
                leaf: None,
                root: Some(TreeHash::of_nothing()),
            }));
        }
        let near = self.before(position);
        if let Some((leaf, frontier)) = near.filter(|(_, near)| position - near.size() < NEAR) {
            // From its own last leaf on: a database that was put back to an earlier state may have gone on otherwise.
            let leaves = leaves(pool, frontier.size() - 1, position).await?;
            if leaves
                .first()
                .is_some_and(|first| first.hash == *leaf.bytes())
            {
                return Ok(self.grown(frontier, &leaves[1..], leaves.last(), position));
            }
            self.kept().clear();
        }
        let mut connection = pool.acquire().await?;
        let noted = noted(&mut connection, position).await?;
        drop(connection);
        // Too far from what is noted, there is only the leaf.
        let is_near = position - noted.size() <= READABLE;
        let after = if is_near {
            noted.size().min(position - 1)
        } else {
            position - 1
        };
        let leaves = leaves(pool, after, position).await?;
        let unread = &leaves[usize::from(noted.size() == position).min(leaves.len())..];
        Ok(self.grown(noted, unread, leaves.last(), position))
    }

    /// The evidence of the `last` leaf, where the frontier reaches it by these leaves.
    fn grown(
        &self,
        mut frontier: Frontier,
        leaves: &[Leaf],
        last: Option<&Leaf>,
        position: u64,
    ) -> Option<Evidence> {
        let last = last.filter(|last| number(last.position) == position)?;
        let leaf = TreeHash::stored(&last.hash);
        for leaf in leaves {
            if grow(&mut frontier, leaf).is_none() {
                break;
            }
        }
        let is_whole = frontier.size() == position;
        let root = is_whole.then(|| frontier.root());
        if let Some(leaf) = leaf.filter(|_| is_whole) {
            self.keep(leaf, frontier);
        }
        Some(Evidence {
            at: Head {
                position,
                time: last.time.as_ref().and_then(|time| time.parse().ok()),
            },
            leaf,
            root,
        })
    }
}

/// Adds an event to the tree, and answers the nodes that it completes; none where it is not the next one.
pub(super) fn grow(frontier: &mut Frontier, leaf: &Leaf) -> Option<Vec<Node>> {
    let is_next = number(leaf.position) == frontier.size() + 1;
    let hash = TreeHash::stored(&leaf.hash).filter(|_| is_next)?;
    Some(frontier.push(hash))
}

/// The events after a position and up to another.
pub(super) async fn leaves(
    executor: impl sqlx::PgExecutor<'_>,
    after: u64,
    until: u64,
) -> sqlx::Result<Vec<Leaf>> {
    sqlx::query_as!(
        Leaf,
        r#"select position, leaf as hash, case when position = $2 then log.rfc3339(time) end as time
             from log.event where position > $1 and position <= $2 order by position"#,
        stored(after),
        stored(until)
    )
    .fetch_all(executor)
    .await
}

/// The nodes that are noted in windows of levels, each from an index up to before another, the highest level first.
pub(super) async fn nodes(
    connection: &mut PgConnection,
    windows: &[(u32, u64, u64)],
) -> sqlx::Result<Vec<Node>> {
    let levels: Vec<i16> = windows.iter().map(|(level, ..)| small(*level)).collect();
    let firsts: Vec<i64> = windows.iter().map(|(_, first, _)| stored(*first)).collect();
    let ends: Vec<i64> = windows.iter().map(|(.., end)| stored(*end)).collect();
    let rows = sqlx::query!(
        r#"select t.level, t.index, t.hash
             from unnest($1::smallint[], $2::bigint[], $3::bigint[]) as w (level, first, after)
            cross join lateral (
                  select level, index, hash from log.tree
                   where level = w.level and index >= w.first and index < w.after offset 0) as t
            order by t.level desc, t.index"#,
        &levels,
        &firsts,
        &ends,
    )
    .fetch_all(connection)
    .await?;
    let nodes = rows.iter().filter_map(|row| {
        Some(Node {
            level: u32::try_from(row.level).ok()?,
            index: number(row.index),
            hash: TreeHash::stored(&row.hash)?,
        })
    });
    Ok(nodes.collect())
}

/// The roots of the whole log that are noted after a position and up to another.
pub(super) async fn roots(
    pool: &PgPool,
    after: u64,
    until: u64,
) -> sqlx::Result<Vec<(u64, TreeHash)>> {
    let rows = sqlx::query!(
        "select position, hash from log.root where position > $1 and position <= $2",
        stored(after),
        stored(until)
    )
    .fetch_all(pool)
    .await?;
    let roots = rows
        .iter()
        .filter_map(|row| Some((number(row.position), TreeHash::stored(&row.hash)?)));
    Ok(roots.collect())
}

/// The edge of the tree of so many events, as far as its nodes are noted.
pub(super) async fn noted(connection: &mut PgConnection, size: u64) -> sqlx::Result<Frontier> {
    let mut windows = Vec::new();
    for level in 1..=LEVELS {
        let first = Node::complete(level + 1, size) << 8;
        let end = Node::complete(level, size);
        if first < end {
            windows.push((level, first, end));
        }
    }
    let mut frontier = Frontier::default();
    if windows.is_empty() {
        return Ok(frontier);
    }
    for node in nodes(connection, &windows).await? {
        if !frontier.extend(&node) {
            break;
        }
    }
    Ok(frontier)
}

pub(super) fn small(level: u32) -> i16 {
    i16::try_from(level).unwrap_or(i16::MAX)
}
