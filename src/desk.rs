//! The shell around the core: load, decide, append, and again where another was faster.
//!
//! Every stream that a decision read is guarded: if one of them moved on, the append is refused and decided anew. So
//! a decision may start from a cache, and a refusal that came from one is decided again on the current version, since
//! another process may have moved on.

mod cache;
mod context;
mod present_resource;
mod questionnaires;
mod reads;
mod request;
mod request_appends;
pub mod stored;

use std::sync::Arc;

use quick_cache::sync::Cache;
use uuid::Uuid;

use access::intake::Intake;
use domain::questionnaire::Questionnaire;
use domain::{ContentId, Decider, DomainEvent, Ids};
use event_log::{
    Append, AppendError, AppendReceipt, AppendRefusal, CommandRecord, Log, NewContent, NewEvent,
    ReadError,
};

pub use cache::LoadedState;
use cache::States;
pub use context::ContextSource;
use context::{CommandSource, DecisionSource};
pub use present_resource::PresentResource;
pub use reads::Reads;
pub use request::{Decision, DecisionError, DeskError, RecordedDecision, Request};
pub use request_appends::{RequestAppends, announce, counting, retract};
use stored::{event, fold, state_as_of};

/// How often a command is decided anew after a conflict before its caller is told to try later.
const ATTEMPTS: u32 = 64;

/// Decides on commands and records what follows.
pub struct Desk {
    log: Log,
    ids: Ids,
    states: States,
    questionnaires: Cache<ContentId, Arc<Questionnaire>>,
    intake: Intake,
}

impl Desk {
    /// A desk at this log, with what makes the ids of its streams.
    pub fn new(log: Log, ids: Ids) -> Self {
        Self {
            intake: Intake::new(log.pool().clone()),
            log,
            ids,
            states: States::new(),
            questionnaires: Cache::new(256),
        }
    }

    /// The log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// What makes the ids of what is restricted.
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// What parties have stored today.
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// A stream's state as this process last saw it, if it did: nobody waits for that.
    pub fn known<D: Decider>(&self, stream: Uuid) -> Option<LoadedState<D::State>> {
        self.states.get::<D::State>(stream)
    }

    /// A stream's state: as this process last saw it, or, if `fresh`, as it is in the database.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load<D: Decider>(
        &self,
        stream: Uuid,
        fresh: bool,
    ) -> Result<LoadedState<D::State>, ReadError> {
        let known = self.states.get::<D::State>(stream);
        match known {
            Some(known) if !fresh => Ok(known),
            known => {
                let known = known.unwrap_or_default();
                let events = self.log.stream(stream, known.version, None).await?;
                let loaded = fold::<D>(known, &events)?;
                self.states.put(stream, &loaded);
                Ok(loaded)
            }
        }
    }

    /// A stream's state as of a position.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load_as_of<D: Decider>(
        &self,
        stream: Uuid,
        position: u64,
    ) -> Result<LoadedState<D::State>, ReadError> {
        state_as_of::<D>(&self.log, stream, position).await
    }

    /// A stream's state as of a position, without an append that goes on after it: what is between two events of one append
    /// never was.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load_settled<D: Decider>(
        &self,
        stream: Uuid,
        position: u64,
    ) -> Result<LoadedState<D::State>, ReadError> {
        let mut events = self.log.stream(stream, 0, Some(position)).await?;
        if let Some(last) = events.last() {
            let next = self.log.history(stream, last.position, u64::MAX, 1).await?;
            if let Some(broken) = next.first().map(|next| next.command) {
                let whole = events.iter().rposition(|event| event.command != broken);
                events.truncate(whole.map_or(0, |last| last + 1));
            }
        }
        fold::<D>(LoadedState::default(), &events)
    }

    /// Decides on a command and records what follows, and the contents that it names.
    ///
    /// # Errors
    /// [`DecisionError`]; then nothing was recorded, unless it is [`AppendError::Unknown`].
    pub async fn decide<D: ContextSource>(
        &self,
        request: &Request,
        stream: Uuid,
        case: &D::Case,
        command: D::Command,
        contents: &[NewContent],
    ) -> Decision<D> {
        // No closures here: the future of one that borrows what it reads cannot be shown to be fit for another thread.
        let source = CommandSource::<D> { command, case };
        self.run(request, stream, contents, &source).await
    }

    /// Decides on a command by a context that is made up, as the histories of the tests do; handlers cannot choose one.
    ///
    /// `context` reads what the decision needs of other streams; `command` makes the command anew for each try.
    ///
    /// # Errors
    /// [`DecisionError`]; then nothing was recorded, unless it is [`AppendError::Unknown`].
    pub async fn decide_with<D: Decider>(
        &self,
        request: &Request,
        stream: Uuid,
        contents: &[NewContent],
        context: impl AsyncFn(&mut Reads<'_>) -> Result<D::Context, DeskError>,
        command: impl Fn() -> D::Command,
    ) -> Decision<D> {
        self.run(request, stream, contents, &(context, command))
            .await
    }

    /// Gives back what was counted as stored by the party, and was not.
    async fn run<D: Decider>(
        &self,
        request: &Request,
        stream: Uuid,
        contents: &[NewContent],
        source: &impl DecisionSource<D>,
    ) -> Decision<D> {
        let mut counted = 0;
        let decided = self
            .decide_counting(request, stream, contents, source, &mut counted)
            .await;
        // If the caller goes away before this line, nothing is given back: the append may be recorded all the same.
        if let Some(party) = request.actor.party {
            self.intake.not_saved(party, counted);
        }
        decided
    }

    /// `counted` is set to what was counted as stored by the party and was not stored.
    async fn decide_counting<D: Decider>(
        &self,
        request: &Request,
        stream: Uuid,
        contents: &[NewContent],
        source: &impl DecisionSource<D>,
        counted: &mut u64,
    ) -> Decision<D> {
        if let Some(decided) = self.earlier_decision::<D>(request).await? {
            return Ok(decided);
        }
        for attempt in 0..ATTEMPTS {
            let fresh = attempt > 0;
            let before = self.load::<D>(stream, fresh).await?;
            let mut reads = Reads {
                desk: self,
                stream,
                fresh,
                guards: Vec::new(),
            };
            let verdict = match &request.if_match {
                Some(positions) if !positions.contains(&before.position) => {
                    Err(DecisionError::Desk(DeskError::Stale {
                        current: before.position,
                    }))
                }
                _ => match source.context(&mut reads, &before.state).await {
                    Ok(context) => D::decide(&before.state, &context, source.command())
                        .map_err(DecisionError::Refused),
                    Err(stale @ DeskError::Stale { .. }) => Err(stale.into()),
                    Err(error) => return Err(error.into()),
                },
            };
            let events = match verdict {
                Ok(events) => events,
                Err(_) if !fresh => continue,
                // The same command may have been recorded meanwhile, by this process or another.
                Err(refusal) => return self.earlier_decision::<D>(request).await?.ok_or(refusal),
            };
            if events.is_empty() && !fresh {
                continue;
            }
            // That a command with a key changed nothing is remembered too, or a repetition might change something.
            if events.is_empty() && request.command.request.is_none() {
                // What the command wanted is there already, through another commit, which may not be safe yet.
                self.log.confirm().await.map_err(DeskError::Append)?;
                return Ok(RecordedDecision {
                    stream,
                    events,
                    now: before,
                    as_of: None,
                });
            }
            if *counted == 0 {
                *counted = self.count::<D>(request, &events, contents).await?;
            }
            match self
                .record::<D>(request, stream, &before, reads.guards, &events, contents)
                .await
            {
                Ok(recorded) if recorded.repeated => {
                    let repeated = self.earlier_decision::<D>(request).await?;
                    return repeated.ok_or(DeskError::TooManyRetries.into());
                }
                Ok(recorded) => {
                    *counted = 0;
                    request_appends::note(events.len(), recorded.last);
                    let as_of = Some(recorded.last);
                    let now = self.advance::<D>(stream, before, &events, recorded);
                    return Ok(RecordedDecision {
                        stream,
                        events,
                        now,
                        as_of,
                    });
                }
                Err(AppendError::Refused(AppendRefusal::Conflict)) => {}
                Err(AppendError::Refused(AppendRefusal::KeyReused)) => {
                    return Err(DeskError::KeyReused.into());
                }
                Err(error) => {
                    if matches!(error, AppendError::Unknown(_)) {
                        *counted = 0;
                    }
                    return Err(DeskError::Append(error).into());
                }
            }
        }
        Err(DeskError::TooManyRetries.into())
    }

    /// Counts what a party is about to store: events and words. Answers how many bytes.
    async fn count<D: Decider>(
        &self,
        request: &Request,
        events: &[D::Event],
        contents: &[NewContent],
    ) -> Result<u64, DeskError> {
        let Some(party) = request.actor.party else {
            return Ok(0);
        };
        let events = events.iter().map(|event| event.to_data().to_string().len());
        let contents = contents.iter().map(|content| content.body.len());
        let bytes = events.chain(contents).sum::<usize>() as u64;
        self.intake
            .saved(party, bytes)
            .await
            .map_err(ReadError::from)??;
        Ok(bytes)
    }

    async fn record<D: Decider>(
        &self,
        request: &Request,
        stream: Uuid,
        before: &LoadedState<D::State>,
        guards: Vec<(Uuid, i32)>,
        events: &[D::Event],
        contents: &[NewContent],
    ) -> Result<AppendReceipt, AppendError> {
        let events = events
            .iter()
            .map(|event| NewEvent {
                id: clock::new_id(),
                kind: event.kind(),
                data: event.to_data(),
            })
            .collect();
        request_appends::retract();
        self.log
            .append(Append {
                command: request.command,
                actor: request.actor.clone(),
                stream,
                expected: before.version,
                guards,
                events,
                contents: contents.to_vec(),
            })
            .await
    }

    fn advance<D: Decider>(
        &self,
        stream: Uuid,
        before: LoadedState<D::State>,
        events: &[D::Event],
        recorded: AppendReceipt,
    ) -> LoadedState<D::State> {
        if events.is_empty() {
            return before;
        }
        let now = LoadedState {
            version: before.version + i32::try_from(events.len()).unwrap_or(i32::MAX),
            position: recorded.last,
            state: Arc::new(events.iter().fold((*before.state).clone(), D::evolve)),
        };
        self.states.put(stream, &now);
        now
    }

    /// What a command that carries a key did before, if it did. What can be seen may
    /// not be safe yet, so this waits until it is.
    async fn earlier_decision<D: Decider>(
        &self,
        request: &Request,
    ) -> Result<Option<RecordedDecision<D>>, DeskError> {
        match self.log.find_command(request.command).await? {
            None => Ok(None),
            Some(CommandRecord::OtherRequest) => Err(DeskError::KeyReused),
            Some(CommandRecord::Recorded {
                stream,
                first,
                last,
            }) => {
                self.log.confirm().await.map_err(DeskError::Append)?;
                Ok(Some(
                    self.replayed_decision::<D>(stream, first, last).await?,
                ))
            }
        }
    }

    /// The same decision again, read from its stored events.
    async fn replayed_decision<D: Decider>(
        &self,
        stream: Uuid,
        first: u64,
        last: u64,
    ) -> Result<RecordedDecision<D>, DeskError> {
        let length = u32::try_from(last + 1 - first).unwrap_or(u32::MAX);
        let stored = self.log.after(first - 1, length).await?;
        Ok(RecordedDecision {
            stream,
            events: stored.iter().map(event::<D>).collect::<Result<_, _>>()?,
            now: self.load_as_of::<D>(stream, last).await?,
            as_of: Some(last),
        })
    }
}
