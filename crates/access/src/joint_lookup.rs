//! Look-ups that are made together: whoever asks while one is under way is looked up with all others who do, by the next.
//!
//! What must be looked up at each use, since its end is to be its end at once, would else cost each request a statement of its
//! own. A look-up that is shared begins after everybody asked whom it serves, so it knows no less than one made alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::{Instrument, Span};

use super::secret::SecretHash;

/// The longest that all wait for one look-up.
const PATIENCE: Duration = Duration::from_secs(5);

/// How several are looked up in one statement.
pub(super) trait Lookup: Send + Sync + 'static {
    /// What is found by a key.
    type Found: Clone + Send + 'static;

    /// What there is under these keys; what is not there is left out.
    fn find(
        &self,
        keys: &[SecretHash],
    ) -> impl Future<Output = sqlx::Result<HashMap<SecretHash, Self::Found>>> + Send;
}

/// What was found, under the key as it is stored.
pub(super) fn keyed<T>(stored: &[u8], found: T) -> Option<(SecretHash, T)> {
    Some((stored.try_into().ok()?, found))
}

/// A [`Lookup`] that is made for several askers at once. Cheap to clone.
pub(super) struct JointLookup<L: Lookup>(Arc<Shared<L>>);

struct Shared<L: Lookup> {
    lookup: L,
    queue: Mutex<Queue<L::Found>>,
}

/// Somebody who asks.
struct Asker<T> {
    key: SecretHash,
    reply: oneshot::Sender<Option<T>>,
    /// The request's, in which the first of several is looked up.
    span: Span,
}

struct Queue<T> {
    askers: Vec<Asker<T>>,
    is_under_way: bool,
}

impl<L: Lookup> JointLookup<L> {
    pub(super) fn new(lookup: L) -> Self {
        let queue = Mutex::new(Queue {
            askers: Vec::new(),
            is_under_way: false,
        });
        Self(Arc::new(Shared { lookup, queue }))
    }

    /// What there is under a key.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) async fn find(&self, key: SecretHash) -> sqlx::Result<Option<L::Found>> {
        let (reply, answer) = oneshot::channel();
        let is_first = {
            let mut queue = self.0.queue();
            let span = Span::current();
            queue.askers.push(Asker { key, reply, span });
            !std::mem::replace(&mut queue.is_under_way, true)
        };
        if is_first {
            // Apart from whoever asked first, who may leave while others wait.
            let shared = self.0.clone();
            let is_over = false;
            tokio::spawn(Rounds { shared, is_over }.run());
        }
        match answer.await {
            Ok(found) => Ok(found),
            // What kept the others from being answered need not concern this one; if it does, it is told of it itself.
            Err(_) => Ok(self.0.lookup.find(&[key]).await?.remove(&key)),
        }
    }
}

impl<L: Lookup> Shared<L> {
    /// It is whole whenever the lock is free, even if somebody panicked.
    fn queue(&self) -> MutexGuard<'_, Queue<L::Found>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everybody who asks now; where that is nobody, the next who does begins anew.
    fn askers(&self) -> Vec<Asker<L::Found>> {
        let mut queue = self.queue();
        queue.is_under_way = !queue.askers.is_empty();
        std::mem::take(&mut queue.askers)
    }
}

/// One look-up after the other, until nobody asks any more.
struct Rounds<L: Lookup> {
    shared: Arc<Shared<L>>,
    is_over: bool,
}

impl<L: Lookup> Rounds<L> {
    async fn run(mut self) {
        loop {
            let askers = self.shared.askers();
            let Some(first) = askers.first() else {
                self.is_over = true;
                return;
            };
            let span = first.span.clone();
            let mut keys: Vec<SecretHash> = askers.iter().map(|asker| asker.key).collect();
            keys.sort_unstable();
            keys.dedup();
            let found = timeout(PATIENCE, self.shared.lookup.find(&keys)).instrument(span);
            // Where it fails, each asks for itself.
            if let Ok(Ok(found)) = found.await {
                for Asker { key, reply, .. } in askers {
                    // Whoever has left is not told.
                    let _ = reply.send(found.get(&key).cloned());
                }
            }
        }
    }
}

impl<L: Lookup> Drop for Rounds<L> {
    /// Where it was ended before its time, with the thread that it ran on, nobody waits for it in vain.
    fn drop(&mut self) {
        if !self.is_over {
            let mut queue = self.shared.queue();
            queue.is_under_way = false;
            queue.askers.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Finds what is even, each look-up after a while; fails for keys that begin with 255.
    #[derive(Default)]
    struct Even(AtomicUsize);

    impl Lookup for Arc<Even> {
        type Found = u8;

        async fn find(&self, keys: &[SecretHash]) -> sqlx::Result<HashMap<SecretHash, u8>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            if keys.iter().any(|key| key[0] == 255) {
                return Err(sqlx::Error::PoolClosed);
            }
            let even = keys.iter().filter(|key| key[0] % 2 == 0);
            Ok(even.map(|key| (*key, key[0])).collect())
        }
    }

    #[tokio::test]
    async fn those_who_ask_at_once_are_answered_together_each_with_its_own() {
        let even = Arc::new(Even::default());
        let joint = Arc::new(JointLookup::new(even.clone()));
        let asked: Vec<_> = (0..100_u8)
            .map(|number| {
                let joint = joint.clone();
                tokio::spawn(async move { joint.find([number; 32]).await.unwrap() })
            })
            .collect();
        for (number, found) in (0..100_u8).zip(asked) {
            assert_eq!(found.await.unwrap(), (number % 2 == 0).then_some(number));
        }
        assert!(even.0.load(Ordering::Relaxed) < 5);
        assert_eq!(joint.find([2; 32]).await.unwrap(), Some(2));
    }

    #[tokio::test]
    async fn where_the_look_up_fails_only_whoever_it_fails_for_hears_of_it() {
        let joint = JointLookup::new(Arc::new(Even::default()));
        let (good, bad) = tokio::join!(joint.find([4; 32]), joint.find([255; 32]));
        assert_eq!(good.unwrap(), Some(4));
        assert!(matches!(bad, Err(sqlx::Error::PoolClosed)));
    }

    #[test]
    fn a_look_up_that_ends_with_its_thread_leaves_nobody_waiting() {
        let joint = JointLookup::new(Arc::new(Even::default()));
        let first = tokio::runtime::Builder::new_current_thread().build();
        let first = first.unwrap();
        first.block_on(async {
            // The task that looks up is begun, and never comes to an end.
            let asking = joint.find([2; 32]);
            tokio::select! { biased; _ = asking => unreachable!(), () = std::future::ready(()) => {} }
        });
        drop(first);
        let second = tokio::runtime::Builder::new_current_thread().build();
        let found = second.unwrap().block_on(joint.find([2; 32]));
        assert_eq!(found.unwrap(), Some(2));
    }
}
