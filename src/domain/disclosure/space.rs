//! Spaces of vectors, exactly: integers modulo a prime so large that no determinant that occurs here is a multiple of it
//! by chance.

/// 2^61 - 1.
const PRIME: u64 = (1 << 61) - 1;

/// A vector, its numbers below [`PRIME`].
pub(super) type Vector = Vec<u64>;

/// A space, by a basis in echelon form: each vector begins where no other does, with a one.
#[derive(Clone, Debug, Default)]
pub(super) struct Space(Vec<(usize, Vector)>);

impl Space {
    /// The space that the vectors span.
    pub fn of(vectors: impl IntoIterator<Item = Vector>) -> Self {
        let mut space = Self::default();
        for vector in vectors {
            space.add(vector);
        }
        space
    }

    /// Its dimension.
    pub fn dimension(&self) -> usize {
        self.0.len()
    }

    /// Its basis.
    pub fn vectors(self) -> impl Iterator<Item = Vector> {
        self.0.into_iter().map(|(_, vector)| vector)
    }

    /// The vector less what the space says of it: zero where each vector of the basis begins.
    pub fn rest(&self, mut vector: Vector) -> Vector {
        for (start, basis) in &self.0 {
            let factor = vector.get(*start).copied().unwrap_or(0);
            if factor != 0 {
                subtract(&mut vector, factor, basis);
            }
        }
        vector
    }

    /// Adds a vector to what is spanned.
    pub fn add(&mut self, vector: Vector) {
        let mut vector = self.rest(vector);
        let first = vector
            .iter()
            .enumerate()
            .find(|(_, number)| **number != 0)
            .map(|(start, number)| (start, *number));
        if let Some((start, number)) = first {
            let inverse = power(number, PRIME - 2);
            for number in &mut vector {
                *number = product(*number, inverse);
            }
            let place = self.0.partition_point(|(other, _)| *other < start);
            self.0.insert(place, (start, vector));
        }
    }

    /// Those of its vectors that are zero before a column, as a space of the columns from there.
    pub fn zero_before(&self, column: usize) -> Self {
        let within = self.0.iter().filter(|(start, _)| *start >= column);
        let cut = within.map(|(start, vector)| {
            let rest = vector.get(column..).unwrap_or_default().to_vec();
            (start - column, rest)
        });
        Self(cut.collect())
    }

    /// The same space, each vector of its basis zero where another begins.
    pub fn reduced(mut self) -> Self {
        for index in (0..self.0.len()).rev() {
            let (above, rest) = self.0.split_at_mut(index);
            let Some((start, vector)) = rest.first() else {
                continue;
            };
            for (_, other) in above {
                let factor = other.get(*start).copied().unwrap_or(0);
                if factor != 0 {
                    subtract(other, factor, vector);
                }
            }
        }
        self
    }

    /// The dimension of those of its vectors that are zero in every column but these, in order; the basis must be
    /// reduced. Such a vector is a sum of those that begin in one of these columns.
    pub fn within(&self, columns: &[usize]) -> usize {
        let is_one = |column: usize| columns.binary_search(&column).is_ok();
        let begin = columns.iter().filter_map(|column| {
            let place = self.0.binary_search_by_key(column, |(start, _)| *start);
            place.ok().and_then(|place| self.0.get(place))
        });
        let outside = begin.map(|(_, vector)| -> Vector {
            let numbers = vector.iter().enumerate();
            let numbers = numbers.filter(|(column, _)| !is_one(*column));
            numbers.map(|(_, number)| *number).collect()
        });
        let outside: Vec<Vector> = outside.collect();
        let count = outside.len();
        count - Self::of(outside).dimension()
    }
}

fn subtract(from: &mut [u64], factor: u64, vector: &[u64]) {
    let negative = PRIME - factor;
    for (number, other) in from.iter_mut().zip(vector) {
        if *other != 0 {
            let sum = u128::from(*number) + u128::from(product(negative, *other));
            *number = reduced(sum);
        }
    }
}

fn product(one: u64, other: u64) -> u64 {
    reduced(u128::from(one) * u128::from(other))
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = product(result, base);
        }
        base = product(base, base);
        exponent >>= 1;
    }
    result
}

fn reduced(number: u128) -> u64 {
    // What is below the prime fits 61 bits.
    u64::try_from(number % u128::from(PRIME)).unwrap_or(0)
}
