//! What of a body is waited for, and how much of it: how slowly it may come, how large it may be before anybody has said who
//! sends it, and how much there may be of all bodies at once. Whoever sends a byte now and then would hold a connection, and
//! what has come so far, for as long as he likes.

use std::cell::{Cell, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest};
use futures_util::Stream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::desk;
use crate::http::problem::Problem;

/// The most bytes of a body while nobody has shown credentials for it: an address, or the secret of a link.
pub const UNTRUSTED: usize = 4 << 10;

/// How long requests may take to arrive. Whoever sends slowly holds a connection, and what was read of it so far.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The head, and before it the TLS handshake.
    pub head: Duration,
    /// The body, as far as its first [`Patience::included`] bytes.
    pub body: Duration,
    /// Bytes of the body that are given no time beside that.
    pub included: u64,
    /// Bytes a second at which what follows them must come, on the average.
    pub rate: u32,
    /// How long a connection is kept on which no answer ends, whatever the caller sends meanwhile: the head of a later
    /// request, or the rest of a body that nobody wants. Also the longest that a slow reader has for the last megabytes.
    pub quiet: Duration,
    /// How long a connection is kept after an answer that did not wait for the rest of its request.
    pub leave: Duration,
}

impl Default for Patience {
    /// A file of ten megabytes has six minutes, and needs a line of 256 kbit/s.
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            included: 64 << 10,
            rate: 32 << 10,
            quiet: Duration::from_secs(120),
            leave: Duration::from_secs(5),
        }
    }
}

/// The bytes of bodies that a process holds at once.
#[derive(Clone, Debug)]
pub struct Budget(Arc<Semaphore>);

impl Budget {
    /// So many bytes.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new(bytes.min(Semaphore::MAX_PERMITS))))
    }
}

/// The body of one request, as it arrives; kept at the request, and what it holds of the budget with it.
pub struct Arrival {
    budget: Option<Budget>,
    held: RefCell<Option<OwnedSemaphorePermit>>,
    /// The most bytes that are taken, whatever reads them takes.
    limit: Cell<usize>,
    /// Whether nobody wanted the rest, and it had not come yet.
    is_abandoned: Cell<bool>,
}

impl Arrival {
    /// A body of which nothing has come yet.
    pub fn new(budget: Option<Budget>) -> Rc<Self> {
        Rc::new(Self {
            budget,
            held: RefCell::default(),
            limit: Cell::new(UNTRUSTED),
            is_abandoned: Cell::new(false),
        })
    }

    /// Whether nobody wanted the rest of it, and it had not come yet.
    pub fn is_abandoned(&self) -> bool {
        self.is_abandoned.get()
    }

    /// Takes so many bytes of the budget, until the request is answered.
    fn hold(&self, bytes: usize) -> Result<(), BodyRefusal> {
        let Some(Budget(budget)) = &self.budget else {
            return Ok(());
        };
        let bytes = u32::try_from(bytes).map_err(|_| BodyRefusal::NoRoom)?;
        let more = budget.clone().try_acquire_many_owned(bytes);
        let more = more.map_err(|_| BodyRefusal::NoRoom)?;
        match &mut *self.held.borrow_mut() {
            Some(held) => held.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }
}

/// Lets a request have a body of the size that its operation takes: whoever sends it may do that, and has said who he is.
pub fn trust(request: &HttpRequest) {
    if let Some(arrival) = request.extensions().get::<Rc<Arrival>>() {
        arrival.limit.set(usize::MAX);
    }
}

/// Why no more of a body is read.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum BodyRefusal {
    #[error("it came too slowly")]
    TooSlow,
    #[error("it is larger than {0} bytes")]
    TooLarge(usize),
    #[error("there is no room for it")]
    NoRoom,
}

/// Why a body could not be read, where it is one of the reasons here.
pub fn refused(error: &PayloadError) -> Option<Problem> {
    let PayloadError::Io(error) = error else {
        return None;
    };
    Some(match error.get_ref()?.downcast_ref::<BodyRefusal>()? {
        BodyRefusal::TooSlow => Problem::new("body_too_slow"),
        BodyRefusal::TooLarge(limit) => Problem::new("body_too_large").arg("limit", limit),
        BodyRefusal::NoRoom => Problem::new("no_room").header(header::RETRY_AFTER, 1),
    })
}

/// A body that ends with an error where it comes too slowly, is too large, or finds no room.
pub struct PacedBody {
    payload: Payload,
    arrival: Rc<Arrival>,
    /// How many bytes its head says that it has.
    declared: Option<usize>,
    patience: Patience,
    received: usize,
    is_over: bool,
    began: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl PacedBody {
    /// The same body, under these rules.
    pub fn payload(
        payload: Payload,
        arrival: Rc<Arrival>,
        declared: Option<usize>,
        patience: Patience,
    ) -> Payload {
        let paced = Self {
            payload,
            arrival,
            declared,
            patience,
            received: 0,
            is_over: false,
            began: None,
            timer: None,
        };
        Payload::Stream {
            payload: Box::pin(paced),
        }
    }

    /// When what has come is too little. Counted from when somebody first waited: a body that came with its head costs no
    /// timer, and a server that was slow to ask for it is not the sender's fault.
    fn deadline(&mut self) -> Instant {
        let began = *self.began.get_or_insert_with(|| clock::stopwatch().into());
        let more = (self.received as u64).saturating_sub(self.patience.included);
        let millis = more.saturating_mul(1_000) / u64::from(self.patience.rate.max(1));
        began + self.patience.body + Duration::from_millis(millis)
    }

    fn take(&mut self, bytes: &Bytes) -> Result<(), BodyRefusal> {
        self.received += bytes.len();
        self.timer = None;
        self.fits(self.received)?;
        self.arrival.hold(bytes.len())
    }

    fn fits(&self, size: usize) -> Result<(), BodyRefusal> {
        let limit = self.arrival.limit.get();
        if size > limit {
            Err(BodyRefusal::TooLarge(limit))
        } else {
            Ok(())
        }
    }

    fn next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, PayloadError>>> {
        let refuse = |refused: BodyRefusal| PayloadError::Io(io::Error::other(refused));
        // Nothing is read of what its head says will not be taken.
        if self.received == 0
            && let Err(refused) = self.fits(self.declared.unwrap_or(0))
        {
            return Poll::Ready(Some(Err(refuse(refused))));
        }
        match Pin::new(&mut self.payload).poll_next(context) {
            Poll::Ready(Some(Ok(bytes))) => {
                let taken = self.take(&bytes).map_err(refuse);
                Poll::Ready(Some(taken.map(|()| bytes)))
            }
            Poll::Ready(end) => {
                self.is_over = true;
                Poll::Ready(end)
            }
            Poll::Pending => {
                // Nobody else's append waits for a body that may be long in coming.
                desk::retract();
                let deadline = self.deadline();
                let timer = self
                    .timer
                    .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
                let over = timer.as_mut().poll(context);
                over.map(|()| Some(Err(refuse(BodyRefusal::TooSlow))))
            }
        }
    }
}

impl Stream for PacedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.next(context)
    }
}

impl Drop for PacedBody {
    /// Whoever lets go of a body that has come already abandons nothing.
    fn drop(&mut self) {
        let mut context = Context::from_waker(Waker::noop());
        while !self.is_over {
            match Pin::new(&mut self.payload).poll_next(&mut context) {
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Ready(_) => self.is_over = true,
                Poll::Pending => {
                    self.arrival.is_abandoned.set(true);
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_an_absolute_end_and_beyond_its_first_bytes_a_rate() {
        let patience = Patience {
            body: Duration::from_secs(30),
            included: 64 << 10,
            rate: 32 << 10,
            ..Patience::default()
        };
        let mut paced = PacedBody {
            payload: Payload::None,
            arrival: Arrival::new(None),
            declared: None,
            patience,
            received: 0,
            is_over: true,
            began: None,
            timer: None,
        };
        for (received, seconds) in [
            (0, 30),
            (1, 30),
            (64 << 10, 30),
            (96 << 10, 31),
            (2 << 20, 92),
            (10 << 20, 348),
        ] {
            paced.received = received;
            let deadline = paced.deadline();
            let time = deadline - paced.began.unwrap();
            assert_eq!(time.as_secs(), seconds, "{received}");
        }
    }
}
