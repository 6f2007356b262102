//! Numbers that look random and are the same on every machine: what is made up must not differ from run to run.

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
pub struct Random(u64);

/// What every series of numbers begins from: the date of the note verbale.
const SEED: u64 = 20_110_308;

impl Random {
    /// The series of this name. A series of its own for each question of each State: a question that is added to the
    /// instrument does not change what is answered to the others.
    pub fn from_seed(name: &str) -> Self {
        // FNV-1a, 64 bits: the standard library's hash may differ from one release to the next.
        let name = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(name ^ SEED)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both among them; `low` where there is none.
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        let count = high.saturating_sub(low).saturating_add(1).max(1);
        let count = u64::try_from(count).unwrap_or(1);
        // The remainder prefers low numbers by less than one in 2^40 for any range here.
        low.saturating_add(i64::try_from(self.next() % count).unwrap_or(0))
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.within(1, 100) <= percent
    }

    /// One of these.
    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(items.len()).ok()? - 1;
        items.get(usize::try_from(self.within(0, last)).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_published_one() {
        // From the generator's reference implementation, seeded with 1234567.
        let mut random = Random(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn numbers_stay_within_their_range() {
        let mut random = Random::from_seed("FIN/A1");
        let drawn: Vec<i64> = (0..1_000).map(|_| random.within(-2, 2)).collect();
        for wanted in -2..=2 {
            assert!(drawn.contains(&wanted), "{wanted}");
        }
        assert!(drawn.iter().all(|number| (-2..=2).contains(number)));
        assert_eq!(random.within(5, 4), 5);
        assert_eq!(random.one_of::<u8>(&[]), None);
    }
}
