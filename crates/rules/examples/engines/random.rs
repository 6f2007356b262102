//! Numbers from a seed (SplitMix64), so that a disagreement is found again.

/// A source of numbers.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    /// Whether something happens that does so often of a hundred times.
    pub(crate) fn percent(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }

    /// One of several.
    pub(crate) fn one<'t, T: ?Sized>(&mut self, of: &[&'t T], or: &'t T) -> &'t T {
        of.get(self.below(of.len())).copied().unwrap_or(or)
    }

    /// So many digits, the first of them no zero.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        let digit = |random: &mut Self, from: u8| {
            let digit = u8::try_from(random.below(usize::from(10 - from))).unwrap_or_default();
            char::from(b'0' + from + digit)
        };
        let first = digit(self, 1);
        let rest = (1..count).map(|_| digit(self, 0));
        std::iter::once(first).chain(rest).collect()
    }
}
