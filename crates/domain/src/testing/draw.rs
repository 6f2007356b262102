//! Choices drawn from a list of numbers, so that what is built of them shrinks as the numbers do.

use proptest::prelude::*;

/// Numbers from which things are drawn one after another; when there are no more, what stands first is drawn.
#[derive(Clone)]
pub struct Draw {
    numbers: std::vec::IntoIter<u16>,
}

/// What is made of the numbers tells more than they do.
impl std::fmt::Debug for Draw {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} numbers", self.numbers.len())
    }
}

/// So many numbers at most.
pub fn draws(most: usize) -> impl Strategy<Value = Draw> {
    prop::collection::vec(any::<u16>(), most / 4..most).prop_map(|numbers| Draw {
        numbers: numbers.into_iter(),
    })
}

impl Draw {
    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.numbers.next().unwrap_or_default()) % end.max(1)
    }

    /// Whether something happens that does so many times of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Some of these, in their order.
    pub fn some<T: Clone>(&mut self, of: &[T]) -> Vec<T> {
        of.iter().filter(|_| self.chance(50)).cloned().collect()
    }

    /// The same in another order.
    pub fn shuffled<T>(&mut self, mut of: Vec<T>) -> Vec<T> {
        for end in (1..of.len()).rev() {
            of.swap(end, self.below(end + 1));
        }
        of
    }
}
