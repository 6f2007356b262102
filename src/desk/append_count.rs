//! What is appended on behalf of one request, for its trace.

use std::cell::Cell;
use std::rc::Rc;

tokio::task_local! {
    static APPENDED: Rc<Cell<AppendCount>>;
}

/// What was appended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppendCount {
    /// How many events.
    pub events: usize,
    /// The position of the last of them.
    pub position: Option<u64>,
}

/// Has `future` note what it appends.
pub async fn counting<F: Future>(appended: Rc<Cell<AppendCount>>, future: F) -> F::Output {
    APPENDED.scope(appended, future).await
}

/// Notes that so many events were appended, up to this position. What nobody asked to count is not counted.
pub(super) fn note(events: usize, last: u64) {
    if events == 0 {
        return;
    }
    let _ = APPENDED.try_with(|appended| {
        appended.set(AppendCount {
            events: appended.get().events + events,
            position: Some(last),
        });
    });
}
