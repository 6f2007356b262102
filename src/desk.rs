//! The shell around the core: load, decide, append, and again where another was faster.
//!
//! Every stream that a decision read is guarded: if one of them moved on, the append is refused and decided anew. So
//! a decision may start from a cache, and a refusal that came from one is decided again on the current version, since
//! another process may have moved on.

mod cache;
mod context;
mod last_round;
mod loading;
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
use domain::questionnaire::{Form, Questionnaire};
use domain::{ContentId, Decider, DomainEvent, Ids};
use event_log::{
    Append, AppendError, AppendReceipt, AppendRefusal, CommandRecord, Log, NewContent, NewEvent,
    ReadError, SealedAppend,
};

pub use cache::LoadedState;
use cache::{PastStates, States};
pub use context::ContextSource;
use context::{CommandSource, DecisionSource};
pub use loading::StreamFold;
pub use present_resource::PresentResource;
pub use questionnaires::AskedAt;
pub use reads::Reads;
pub use request::{Decision, DecisionError, DeskError, RecordedDecision, Request};
pub use request_appends::{RequestAppends, announce, counting, retract};
use stored::event;

/// How often a command is decided anew after a conflict before its caller is told to try later.
const ATTEMPTS: u32 = 64;

/// Decides on commands and records what follows.
pub struct Desk {
    log: Log,
    ids: Ids,
    states: States,
    past: PastStates,
    folds: States,
    questionnaires: Cache<ContentId, Arc<Questionnaire>>,
    forms: Cache<(ContentId, Option<i16>), Arc<Form>>,
    intake: Intake,
}

impl Desk {
    /// A desk at this log, with what makes the ids of its streams.
    pub fn new(log: Log, ids: Ids) -> Self {
        Self {
            intake: Intake::new(log.pool().clone()),
            log,
            ids,
            states: States::default(),
            past: PastStates::default(),
            folds: States::default(),
            questionnaires: Cache::new(256),
            forms: Cache::new(32),
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
                    is_repeated: false,
                });
            }
            let guards = reads.guards;
            let append = sealed::<D>(request, stream, &before, guards, &events, contents);
            let append = append.map_err(DeskError::Append)?;
            let bytes = append.size();
            if *counted == 0 {
                *counted = self.count(request, bytes).await?;
            }
            let announced = request_appends::announced();
            match self.log.append_sealed(append, announced).await {
                Ok(recorded) if recorded.repeated => {
                    let repeated = self.earlier_decision::<D>(request).await?;
                    return repeated.ok_or(DeskError::TooManyRetries.into());
                }
                Ok(recorded) => {
                    *counted = 0;
                    request_appends::note(events.len(), recorded.last);
                    let as_of = Some(recorded.last);
                    let now = self.advance::<D>(stream, before, &events, (recorded, bytes));
                    return Ok(RecordedDecision {
                        stream,
                        events,
                        now,
                        as_of,
                        is_repeated: false,
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

    /// Counts the bytes of events and words that a party is about to store. Answers how many.
    async fn count(&self, request: &Request, bytes: usize) -> Result<u64, DeskError> {
        let Some(party) = request.actor.party else {
            return Ok(0);
        };
        let bytes = bytes as u64;
        self.intake
            .saved(party, bytes)
            .await
            .map_err(ReadError::from)??;
        Ok(bytes)
    }

    fn advance<D: Decider>(
        &self,
        stream: Uuid,
        before: LoadedState<D::State>,
        events: &[D::Event],
        (recorded, bytes): (AppendReceipt, usize),
    ) -> LoadedState<D::State> {
        if events.is_empty() {
            return before;
        }
        let now = LoadedState {
            version: before.version + i32::try_from(events.len()).unwrap_or(i32::MAX),
            position: recorded.last,
            bytes: before.bytes + bytes,
            state: Arc::new(events.iter().fold((*before.state).clone(), D::evolve)),
        };
        self.states.put(stream, &now);
        now
    }

    /// What a command that carries a key did before, if it did. What can be seen may
    /// not be safe yet, so this waits until it is.
    ///
    /// # Errors
    /// [`DeskError::KeyReused`], or it could not be read.
    pub async fn recorded<D: Decider>(
        &self,
        request: &Request,
    ) -> Result<Option<RecordedDecision<D>>, DeskError> {
        self.earlier_decision(request).await
    }

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
            is_repeated: true,
        })
    }
}

/// The append that records what was decided.
fn sealed<D: Decider>(
    request: &Request,
    stream: Uuid,
    before: &LoadedState<D::State>,
    guards: Vec<(Uuid, i32)>,
    events: &[D::Event],
    contents: &[NewContent],
) -> Result<SealedAppend, AppendError> {
    let events = events.iter().map(|event| NewEvent {
        id: clock::new_id(),
        kind: event.kind(),
        data: event.to_data(),
    });
    let append = Append {
        command: request.command,
        actor: request.actor.clone(),
        stream,
        expected: before.version,
        guards,
        events: events.collect(),
        contents: contents.to_vec(),
    };
    append.seal()
}
