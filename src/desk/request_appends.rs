//! What a request appends: announced to the log before it is decided, and counted for its trace.

use std::cell::Cell;
use std::rc::Rc;

use event_log::{ForthcomingAppend, Log};

tokio::task_local! {
    static APPENDED: Rc<RequestAppends>;
}

/// What a request appends.
#[derive(Default)]
pub struct RequestAppends {
    count: Cell<AppendCount>,
    forthcoming: Cell<Option<ForthcomingAppend>>,
}

/// What was appended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppendCount {
    /// How many events.
    pub events: usize,
    /// The position of the last of them.
    pub position: Option<u64>,
}

impl RequestAppends {
    /// What was appended.
    pub fn count(&self) -> AppendCount {
        self.count.get()
    }
}

/// Has `future` note what it appends.
pub async fn counting<F: Future>(appends: Rc<RequestAppends>, future: F) -> F::Output {
    APPENDED.scope(appends, future).await
}

/// Announces that the request will append something, as soon as it is known that it may.
pub fn announce(log: &Log) {
    let _ = APPENDED.try_with(|appends| appends.forthcoming.set(Some(log.announce())));
}

/// Takes the announcement back: the append waits for something that may take long.
pub fn retract() {
    drop(announced());
}

/// The announcement, which goes with the append.
pub(super) fn announced() -> Option<ForthcomingAppend> {
    let taken = APPENDED.try_with(|appends| appends.forthcoming.take());
    taken.ok().flatten()
}

/// Notes that so many events were appended, up to this position. What nobody asked to count is not counted.
pub(super) fn note(events: usize, last: u64) {
    if events == 0 {
        return;
    }
    let _ = APPENDED.try_with(|appends| {
        appends.count.set(AppendCount {
            events: appends.count.get().events + events,
            position: Some(last),
        });
    });
}
