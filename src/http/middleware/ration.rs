//! So many a second, and no more: for lines that strangers cause.

use std::sync::atomic::{AtomicU64, Ordering};

/// What is granted so many times in each second.
#[derive(Debug)]
pub struct Ration {
    per_second: u32,
    /// The second, and how many were granted in it: both in one number, so that they are seen together.
    state: AtomicU64,
}

/// Bits of the state that hold the count.
const COUNT_BITS: u32 = 32;
const COUNT: u64 = (1 << COUNT_BITS) - 1;

impl Ration {
    /// So many a second.
    pub const fn per_second(per_second: u32) -> Self {
        Self {
            per_second,
            state: AtomicU64::new(0),
        }
    }

    /// Whether one more is granted in this second.
    pub fn grants(&self, second: u32) -> bool {
        let second = u64::from(second) << COUNT_BITS;
        let most = u64::from(self.per_second);
        let granted = self
            .state
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |state| {
                let count = if state & !COUNT == second {
                    state & COUNT
                } else {
                    0
                };
                (count < most).then_some(second | (count + 1))
            });
        granted.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_second_has_its_own() {
        let ration = Ration::per_second(3);
        let granted = |second| (0..100).filter(|_| ration.grants(second)).count();
        assert_eq!(
            [granted(0), granted(0), granted(1), granted(7), granted(7)],
            [3, 0, 3, 3, 0]
        );
    }
}
