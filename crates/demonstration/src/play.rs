//! The collection of 2011: from a draft to 34 submitted replies and the release of their figures, every step a request to
//! the API.
//!
//! Each write has a key of its own that stays the same, so a demonstration that was cut short is taken up where it
//! was: what is on record is not recorded again.

use std::collections::BTreeSet;

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::{Caller, ClientError};
use super::progress::Progress;
use super::received::{
    CollectionItem, CreatedObject, Events, Notices, Page, ReleasePage, ReplyItem,
};
use super::script::Script;
use domain::{Lang, Texts};

/// The note verbale.
pub const REFERENCE: &str = "CU/2011/26";
/// What tells the demonstration's collection from others with the same reference.
const MADE_UP: &str = "made_up_answers";
/// How long States may reply, from the first run on.
const DAYS: i64 = 60;
const TIME_ZONE: &str = "Europe/Vienna";
/// How many States answer at once.
const AT_ONCE: usize = 8;

/// What was played.
#[derive(Clone, Copy, Debug)]
pub struct PlayResult {
    /// The instrument that was sent out.
    pub instrument: Uuid,
    /// The collection.
    pub collection: Uuid,
}

/// Plays what is not played yet.
///
/// # Errors
/// A request failed, or the demonstration's data are not as they should be.
pub async fn play(officer: &Caller<'_>, progress: &Progress) -> anyhow::Result<PlayResult> {
    let script = Script::read().context("the demonstration's data have a fault")?;
    if let Some(played) = find(officer).await?
        && is_released(officer, played.collection).await?
    {
        return Ok(played);
    }
    progress.stage("Drafting, revising and approving the sample instrument");
    let (instrument, drafted_at) = approved_instrument(officer, &script).await?;
    progress.stage("Opening the collection: every Member State is invited");
    let collection = open(officer, instrument, drafted_at).await?;
    let missing = missing(officer, &script, collection).await?;
    let (of, mut done) = (script.replying.len(), script.replying.len() - missing.len());
    let mut replies = stream::iter(&missing)
        .map(async |code| reply(officer, &script, collection, code).await)
        .buffer_unordered(AT_ONCE);
    while replies.try_next().await?.is_some() {
        done += 1;
        progress.count("States that replied", done, of);
    }
    progress.stage("Releasing the figures");
    release(officer, collection).await?;
    Ok(PlayResult {
        instrument,
        collection,
    })
}

/// The demonstration's collection, where there is one.
pub async fn find(officer: &Caller<'_>) -> Result<Option<PlayResult>, ClientError> {
    let mut path = "/v1/collections?limit=500".to_owned();
    loop {
        let page: Page<CollectionItem> = officer.get(&path).await?;
        for item in page.items.iter().filter(|item| item.reference == REFERENCE) {
            let found: Notices = officer.get(&format!("/v1/collections/{}", item.id)).await?;
            if found.notices.iter().any(|notice| notice.code == MADE_UP) {
                return Ok(Some(PlayResult {
                    instrument: item.instrument,
                    collection: item.id,
                }));
            }
        }
        match page.next {
            Some(cursor) => path = format!("/v1/collections?limit=500&cursor={cursor}"),
            None => return Ok(None),
        }
    }
}

/// Whether the figures are released, with which the play ends.
async fn is_released(officer: &Caller<'_>, collection: Uuid) -> Result<bool, ClientError> {
    let path = format!("/v1/collections/{collection}/releases");
    let page: ReleasePage = officer.get(&path).await?;
    Ok(!page.items.is_empty())
}

async fn release(officer: &Caller<'_>, collection: Uuid) -> Result<(), ClientError> {
    let path = format!("/v1/collections/{collection}/releases");
    officer.post("demo/release", &path, &json!({})).await?;
    Ok(())
}

/// The States that have yet to submit.
async fn missing(
    officer: &Caller<'_>,
    script: &Script,
    collection: Uuid,
) -> Result<Vec<String>, ClientError> {
    let page: Page<ReplyItem> = officer
        .get(&format!("/v1/collections/{collection}/replies?limit=500"))
        .await?;
    let submitted: BTreeSet<String> = page
        .items
        .into_iter()
        .filter(|reply| reply.submitted_version.is_some())
        .map(|reply| reply.code)
        .collect();
    let replying = script.replying.iter().cloned();
    Ok(replying.filter(|code| !submitted.contains(code)).collect())
}

/// The sample instrument with its approved revision, and when it was drafted.
async fn approved_instrument(
    officer: &Caller<'_>,
    script: &Script,
) -> anyhow::Result<(Uuid, Timestamp)> {
    let new = json!({"title": script.instrument["title"], "category": "I", "route": "intersessional",
                     "languages": ["en", "fr"]});
    let drafted = officer
        .write::<CreatedObject>(
            &Method::POST,
            "/v1/instruments",
            "demo/instrument",
            Some(&new),
        )
        .await?;
    let instrument = drafted.body.id;
    let path = format!("/v1/instruments/{instrument}");
    let approval = json!({"meeting": "Sample intersessional meeting (made up for demonstration)",
                          "decision": "Sample decision (made up for demonstration): revision 1 is approved",
                          "date": "2011-02-15"});
    for (method, step, key, body) in [
        (Method::PUT, "draft", "demo/draft", Some(&script.instrument)),
        (Method::POST, "revisions", "demo/revision", None),
        (
            Method::POST,
            "revisions/1/approval",
            "demo/approval",
            Some(&approval),
        ),
    ] {
        officer
            .write::<Value>(&method, &format!("{path}/{step}"), key, body)
            .await?;
    }
    // From the log rather than from a clock: the same at every run.
    let before = drafted.position.saturating_sub(1);
    let feed: Events = officer
        .get(&format!("/v1/events?after={before}&limit=1"))
        .await?;
    let event = feed.events.first().context("the event feed is empty")?;
    Ok((instrument, event.time))
}

async fn open(
    officer: &Caller<'_>,
    instrument: Uuid,
    drafted_at: Timestamp,
) -> anyhow::Result<Uuid> {
    let deadline = drafted_at
        .in_tz(TIME_ZONE)?
        .date()
        .checked_add(DAYS.days())?;
    let title = json!({"en": "Demonstration: replies to the note verbale CU/2011/26 on the treatment of prisoners, with made-up answers",
                       "fr": "Démonstration : réponses à la note verbale CU/2011/26 sur le traitement des détenus, avec des réponses inventées"});
    let opening = json!({"instrument": instrument, "revision": 1, "title": title, "reference": REFERENCE,
                         "opened_on": "2011-03-08", "session": 21, "basis": "consenting",
                         // A date means its last second in the zone.
                         "deadline": {"at": deadline, "time_zone": TIME_ZONE},
                         "notices": notices(deadline), "invited": {"kinds": ["member_state"]}});
    let opened = officer.make("demo/collection", "/v1/collections", &opening);
    Ok(opened.await?.parse()?)
}

fn notices(deadline: Date) -> Vec<Value> {
    let args = [("date", deadline.to_string()), ("days", DAYS.to_string())];
    [
        MADE_UP,
        "made_up_dates",
        "roll_of_today",
        "demonstration_deadline",
    ]
    .iter()
    .map(|code| {
        let text: Texts = [Lang::En, Lang::Fr]
            .into_iter()
            .map(|lang| (lang, texts::text(&format!("notice.{code}"), &[lang], &args)))
            .collect();
        json!({"code": code, "text": text})
    })
    .collect()
}

/// One State's reply, as the Secretariat enters it: what came in 2011 came on paper. The day on which it was received is
/// data, made up as a notice says; when it was recorded is the database's to say.
async fn reply(
    officer: &Caller<'_>,
    script: &Script,
    collection: Uuid,
    code: &str,
) -> anyhow::Result<()> {
    let source = json!({"kind": "paper", "reference": format!("SAMPLE/{REFERENCE}/{code}"),
                        "received_on": script.received_on(code)?});
    let entry = json!({"collection": collection, "party": code, "source": source});
    let key = format!("demo/{code}/entry");
    let entered = officer.make(&key, "/v1/replies", &entry).await?;
    let reply = format!("/v1/replies/{entered}");
    for (index, answers) in script.respondent(code).saves().into_iter().enumerate() {
        let key = format!("demo/{code}/answers/{index}");
        let body = json!({"answers": answers});
        let path = format!("{reply}/answers");
        officer.patch(&key, &path, &body).await?;
    }
    let submission = json!({"publication": script.consents(code).then(|| json!({"all": true}))});
    let key = format!("demo/{code}/submission");
    let path = format!("{reply}/submission");
    officer.post(&key, &path, &submission).await?;
    Ok(())
}
