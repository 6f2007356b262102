//! What strangers do that is worth a line of the log, but not one each: they could fill a disk. Counted, and told together
//! from time to time.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a line waits for more of its kind.
const PAUSE: Duration = Duration::from_secs(10);

/// Requests that cannot be read.
pub static MALFORMED: Tally = Tally::new("requests could not be read");
/// Connections that are not kept.
pub static CUT: Tally = Tally::new("connections were cut as they were made");
/// Links that nobody is sent.
pub static UNSENT: Tally = Tally::new("links that were asked for were not sent");

/// Requests without credentials, which have no line of their own in the log.
pub static UNTOLD: Tally =
    Tally::new("requests without credentials were answered, of which no line tells");

/// Things of one kind, counted until they are told.
#[derive(Debug)]
pub struct Tally {
    what: &'static str,
    noted: Mutex<UnreportedStrangers>,
}

#[derive(Debug)]
struct UnreportedStrangers {
    count: u64,
    last: String,
}

impl Tally {
    const fn new(what: &'static str) -> Self {
        let noted = UnreportedStrangers {
            count: 0,
            last: String::new(),
        };
        Self {
            what,
            noted: Mutex::new(noted),
        }
    }

    /// One more, and why.
    pub fn note(&self, why: &str) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.count += 1;
        noted.last.clear();
        noted.last.extend(why.chars().take(200));
    }

    /// Tells how many there were since the last time, in one line; nothing where there were none.
    pub fn tell(&self) {
        let (count, last) = {
            let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
            (
                std::mem::take(&mut noted.count),
                std::mem::take(&mut noted.last),
            )
        };
        if count > 0 {
            tracing::warn!(count, last, "{}", self.what);
        }
    }
}

/// Tells again and again, for ever.
pub async fn keep_telling() {
    loop {
        tokio::time::sleep(PAUSE).await;
        for tally in [&MALFORMED, &CUT, &UNSENT, &UNTOLD] {
            tally.tell();
        }
    }
}
