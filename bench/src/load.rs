//! Writers that save one answer at a time through the log, each waiting for its answer before it sends the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use event_log::{Actor, Append, AppendError, CommandId, Log, NewEvent};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::sample::Sample;

/// A long questionnaire.
const QUESTIONS: u64 = 60;

const WARMING: u8 = 0;
const MEASURING: u8 = 1;
const STOPPING: u8 = 2;

/// A reply that is being written.
#[derive(Clone)]
pub struct Reply {
    actor: Actor,
    stream: Uuid,
    version: i32,
    saves: u64,
}

impl Reply {
    /// A reply that has been started, and has `version` events.
    pub fn existing(stream: Uuid, version: i32) -> Self {
        Self {
            actor: Actor {
                principal: clock::new_id(),
                role: "focal_point".into(),
                party: Some(clock::new_id()),
            },
            stream,
            version,
            saves: 0,
        }
    }

    /// Starts a reply and answers every question once, so that each save from now on changes an answer.
    pub async fn start(log: &Log) -> Result<Self, AppendError> {
        let mut reply = Self::existing(clock::new_id(), 0);
        let started = json!({
            "collection": Uuid::from_u128(1), "instrument": Uuid::from_u128(2),
            "party": reply.actor.party, "revision": 1,
        });
        reply.append(log, "reply_started", started).await?;
        let answers: Vec<Value> = (0..QUESTIONS).map(answer).collect();
        reply
            .append(log, "reply_answered", json!({ "answers": answers }))
            .await?;
        Ok(reply)
    }

    /// Changes one answer, as a form does that saves while it is being filled in.
    pub async fn save(&mut self, log: &Log) -> Result<(), AppendError> {
        self.saves += 1;
        let data = json!({ "answers": [answer(self.saves)] });
        self.append(log, "reply_answered", data).await
    }

    async fn append(
        &mut self,
        log: &Log,
        kind: &'static str,
        data: Value,
    ) -> Result<(), AppendError> {
        log.append(Append {
            command: CommandId {
                id: clock::new_id(),
                request: None,
            },
            actor: self.actor.clone(),
            stream: self.stream,
            expected: self.version,
            guards: Vec::new(),
            events: vec![NewEvent {
                id: clock::new_id(),
                kind,
                data,
            }],
            contents: Vec::new(),
        })
        .await?;
        self.version += 1;
        Ok(())
    }
}

fn answer(number: u64) -> Value {
    let choice = ["yes", "partly", "no"][(number / QUESTIONS % 3) as usize];
    json!({ "code": format!("Q{:02}", number % QUESTIONS), "choice": choice })
}

/// So many writers at once, for some seconds after a second of warming up. They share the replies out, and each saves in
/// each of its own in turn: so the data are the same however many they are.
pub async fn run(
    log: &Log,
    replies: &mut Vec<Reply>,
    number: usize,
    seconds: u64,
) -> anyhow::Result<Sample> {
    let phase = Arc::new(AtomicU8::new(WARMING));
    let mut writers = tokio::task::JoinSet::new();
    let share = replies.len() / number;
    anyhow::ensure!(share > 0, "a writer needs a reply");
    for _ in 0..number {
        let mut own = replies.split_off(replies.len() - share);
        let (log, phase) = (log.clone(), phase.clone());
        writers.spawn(async move {
            let mut times = Vec::new();
            for turn in 0.. {
                let begun_in = phase.load(Ordering::Relaxed);
                if begun_in == STOPPING {
                    break;
                }
                let watch = clock::stopwatch();
                own[turn % share].save(&log).await?;
                if begun_in == MEASURING && phase.load(Ordering::Relaxed) == MEASURING {
                    times.push(watch.elapsed());
                }
            }
            Ok::<_, AppendError>((own, times))
        });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let watch = clock::stopwatch();
    phase.store(MEASURING, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    phase.store(STOPPING, Ordering::Relaxed);
    let elapsed = watch.elapsed();
    let mut all = Vec::new();
    while let Some(done) = writers.join_next().await {
        let (own, times) = done??;
        replies.extend(own);
        all.extend(times);
    }
    Ok(Sample::new(all, elapsed))
}

/// So many replies.
pub async fn replies(log: &Log, number: usize) -> anyhow::Result<Vec<Reply>> {
    let mut replies = Vec::with_capacity(number);
    for _ in 0..number {
        replies.push(Reply::start(log).await?);
    }
    Ok(replies)
}
