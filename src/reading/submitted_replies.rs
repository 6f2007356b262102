//! The replies to a collection as they were submitted, with all their answers: what figures are computed over.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use figures::replies::{
    Countable, Names, Replies, ReplyParty, SubmittedAnswers, SubmittedReply, read_answers,
};
use sqlx::PgPool;
use uuid::Uuid;

use super::{number, position};

/// That every section of a version is consented to.
const EVERY_SECTION: &str = "*";

/// The answers of what was submitted to a collection, as far as it was read. Versions never change, so they stay as they are.
#[derive(Debug, Default)]
pub struct ReadAnswers {
    /// The position as of which the collection was read last: what held then is here.
    pub position: u64,
    versions: HashMap<u64, Arc<SubmittedAnswers>>,
}

impl ReadAnswers {
    /// About how many bytes they take.
    pub fn weight(&self) -> usize {
        const VERSION: usize = 64;
        let versions = self.versions.values();
        versions.map(|answers| answers.weight() + VERSION).sum()
    }
}

/// The replies to a collection as they stood at a position, or now: everybody's, or, where a position is given by which consent is
/// judged, what of them was consented to as of the position read at, and still was then. What was `read` before is not read again; all
/// that was read is given back, for the next time.
pub async fn read(
    pool: &PgPool,
    as_of: Option<u64>,
    collection: Uuid,
    consent: Option<u64>,
    read: Option<Arc<ReadAnswers>>,
) -> sqlx::Result<(Replies, Arc<ReadAnswers>)> {
    // What held at an earlier position may have been replaced before what was read.
    let read = read.filter(|read| as_of.is_none_or(|as_of| as_of >= read.position));
    let at_hand = number(read.as_ref().map(|read| read.position)).unwrap_or(0);
    let rows = sqlx::query_file_as!(
        Row,
        "src/reading/submitted_replies.sql",
        number(as_of),
        collection,
        number(consent),
        at_hand,
        Uuid::nil(),
        i64::MAX
    )
    .fetch_all(pool)
    .await?;
    let mut versions = HashMap::with_capacity(rows.len());
    let mut has_new = read.is_none();
    let answers = |submission: u64, row: &Row, names: &mut Names| {
        let known = read
            .as_ref()
            .and_then(|read| read.versions.get(&submission));
        let answers = match known {
            Some(known) => Arc::clone(known),
            None => {
                has_new = true;
                row.answers(names)?
            }
        };
        versions.insert(submission, Arc::clone(&answers));
        Ok(answers)
    };
    let replies = replies(rows, answers)?;
    let read = match read {
        Some(read) if !has_new && read.position >= replies.position => read,
        _ => Arc::new(ReadAnswers {
            position: replies.position,
            versions,
        }),
    };
    Ok((replies, read))
}

/// Some replies to a collection as they stood at a position, those that come after one in the order of their ids: for whoever cannot hold
/// them all at once. The statement looks at nothing later than the position, so that all pages are of one state.
pub async fn page(
    pool: &PgPool,
    as_of: u64,
    collection: Uuid,
    consent: Option<u64>,
    (after, limit): (Uuid, i64),
) -> sqlx::Result<Replies> {
    let rows = sqlx::query_file_as!(
        Row,
        "src/reading/submitted_replies.sql",
        number(Some(as_of)),
        collection,
        number(consent),
        0,
        after,
        limit
    )
    .fetch_all(pool)
    .await?;
    replies(rows, |_, row, names| row.answers(names))
}

/// A row of the statement. Where nobody replied there is one without a reply.
struct Row {
    position: i64,
    time: Option<String>,
    changed: i64,
    reply: Option<Uuid>,
    submission: Option<i64>,
    version: Option<i32>,
    received_at: Option<String>,
    received_on: Option<String>,
    party: Option<Uuid>,
    code: Option<String>,
    kind: Option<String>,
    regional_group: Option<String>,
    region: Option<String>,
    sub_region: Option<String>,
    consented: Option<Vec<String>>,
    consented_still: Option<Vec<String>>,
    answers: Option<String>,
    irrelevant: Option<String>,
}

impl Row {
    fn answers(&self, names: &mut Names) -> sqlx::Result<Arc<SubmittedAnswers>> {
        let (Some(answers), Some(irrelevant)) = (&self.answers, &self.irrelevant) else {
            return Err(sqlx::Error::RowNotFound);
        };
        let answers = read_answers(answers, irrelevant, names);
        let answers = answers.map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok(Arc::new(answers))
    }
}

/// The replies of these rows.
fn replies(
    rows: Vec<Row>,
    mut answers: impl FnMut(u64, &Row, &mut Names) -> sqlx::Result<Arc<SubmittedAnswers>>,
) -> sqlx::Result<Replies> {
    let mut names = Names::default();
    let first = rows.first();
    let mut replies = Replies {
        position: first.map_or(0, |row| position(row.position)),
        time: first.and_then(|row| row.time.clone()),
        changed: first.map_or(0, |row| position(row.changed)),
        replies: Vec::with_capacity(rows.len()),
    };
    for row in rows {
        let (Some(reply), Some(submission), Some(party)) = (row.reply, row.submission, row.party)
        else {
            continue;
        };
        let submission = position(submission);
        let answers = answers(submission, &row, &mut names)?;
        let mut name = |text: Option<String>| text.map(|text| names.keep(&text));
        replies.replies.push(SubmittedReply {
            reply,
            submission,
            version: row
                .version
                .and_then(|version| version.try_into().ok())
                .unwrap_or(0),
            party: ReplyParty {
                id: party,
                code: name(row.code).unwrap_or_else(|| "".into()),
                kind: name(row.kind).unwrap_or_else(|| "".into()),
                regional_group: name(row.regional_group),
                region: name(row.region),
                sub_region: name(row.sub_region),
            },
            received_at: row.received_at.unwrap_or_default(),
            received_on: row.received_on,
            countable: countable(row.consented, row.consented_still),
            answers,
        });
    }
    Ok(replies)
}

/// What may be counted: what is consented to at both moments, or all where consent is not asked about.
fn countable(consented: Option<Vec<String>>, still: Option<Vec<String>>) -> Countable {
    let (Some(consented), Some(still)) = (consented, still) else {
        return Countable::Whole;
    };
    let has_every = |sections: &[String]| sections.iter().any(|section| section == EVERY_SECTION);
    match (has_every(&consented), has_every(&still)) {
        (true, true) => Countable::Whole,
        (true, false) => Countable::Sections(still.into_iter().collect()),
        (false, true) => Countable::Sections(consented.into_iter().collect()),
        (false, false) => {
            let still: BTreeSet<String> = still.into_iter().collect();
            let both = consented
                .into_iter()
                .filter(|section| still.contains(section));
            Countable::Sections(both.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_consented_to_at_both_moments_may_be_counted() {
        let list = |sections: &[&str]| {
            Some(
                sections
                    .iter()
                    .map(|section| (*section).to_owned())
                    .collect(),
            )
        };
        let sections = |sections: &[&str]| {
            Countable::Sections(
                sections
                    .iter()
                    .map(|section| (*section).to_owned())
                    .collect(),
            )
        };
        for (then, still, expected) in [
            (None, None, Countable::Whole),
            (list(&["*"]), list(&["*"]), Countable::Whole),
            (list(&["*"]), list(&["A"]), sections(&["A"])),
            (list(&["A", "B"]), list(&["*"]), sections(&["A", "B"])),
            (list(&["A", "B"]), list(&["B", "C"]), sections(&["B"])),
            (list(&["A"]), list(&[]), sections(&[])),
        ] {
            assert_eq!(countable(then, still), expected);
        }
    }
}
