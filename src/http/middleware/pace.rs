//! How slowly a body may come. Whoever sends a byte now and then would hold a connection, and what has come so far, for as
//! long as he likes.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::clock;
use crate::http::handling::body::Patience;

/// A body that ends with an error, of the kind `TimedOut`, where it comes too slowly.
pub struct Paced {
    payload: Payload,
    patience: Patience,
    received: u64,
    began: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    /// The same body, not more slowly than this.
    pub fn payload(payload: Payload, patience: Patience) -> Payload {
        let paced = Self {
            payload,
            patience,
            received: 0,
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
        let seconds = self.received / u64::from(self.patience.rate.max(1));
        began + self.patience.body + Duration::from_secs(seconds)
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(item) = Pin::new(&mut self.payload).poll_next(context) {
            if let Some(Ok(bytes)) = &item {
                self.received += bytes.len() as u64;
                self.timer = None;
            }
            return Poll::Ready(item);
        }
        let deadline = self.deadline();
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        timer.as_mut().poll(context).map(|()| {
            let error = io::Error::from(io::ErrorKind::TimedOut);
            Some(Err(PayloadError::Io(error)))
        })
    }
}

/// Whether a body could not be read because it came too slowly.
pub fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(error) if error.kind() == io::ErrorKind::TimedOut)
}
