//! Writers that save one answer at a time through the log, each waiting for its answer before it sends the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use rapporteur::clock;
use rapporteur::log::{Actor, Append, AppendError, CommandId, Log, NewEvent};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::sample::Sample;

/// A questionnaire of twenty questions, as those of the demonstration are.
const QUESTIONS: u64 = 20;

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

/// One writer per reply, for some seconds after a second of warming up.
pub async fn run(log: &Log, replies: &mut [Reply], seconds: u64) -> anyhow::Result<Sample> {
    let phase = Arc::new(AtomicU8::new(WARMING));
    let mut writers = tokio::task::JoinSet::new();
    for (place, reply) in replies.iter().enumerate() {
        let (log, mut reply, phase) = (log.clone(), reply.clone(), phase.clone());
        writers.spawn(async move {
            let mut times = Vec::new();
            loop {
                let begun_in = phase.load(Ordering::Relaxed);
                if begun_in == STOPPING {
                    return Ok::<_, AppendError>((place, reply, times));
                }
                let watch = clock::stopwatch();
                reply.save(&log).await?;
                if begun_in == MEASURING && phase.load(Ordering::Relaxed) == MEASURING {
                    times.push(watch.elapsed());
                }
            }
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
        let (place, reply, times) = done??;
        replies[place] = reply;
        all.extend(times);
    }
    Ok(Sample::new(all, elapsed))
}

/// Replies for so many writers.
pub async fn replies(log: &Log, writers: usize) -> anyhow::Result<Vec<Reply>> {
    let mut replies = Vec::with_capacity(writers);
    for _ in 0..writers {
        replies.push(Reply::start(log).await?);
    }
    Ok(replies)
}
