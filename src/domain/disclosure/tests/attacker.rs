//! Somebody who knows every figure that is shown, and solves for what is not: Gaussian elimination over the rationals,
//! sharing nothing with what it attacks.

/// A rational number, shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio(i128, i128);

impl Ratio {
    pub const ZERO: Self = Self(0, 1);

    pub fn whole(number: i128) -> Self {
        Self(number, 1)
    }

    fn new(over: i128, under: i128) -> Self {
        let (mut one, mut other) = (over.abs(), under.abs());
        while other != 0 {
            (one, other) = (other, one % other);
        }
        let one = one.max(1) * under.signum();
        Self(over / one, under / one)
    }

    fn minus_times(self, factor: Self, other: Self) -> Self {
        let product = Self::new(factor.0 * other.0, factor.1 * other.1);
        Self::new(self.0 * product.1 - product.0 * self.1, self.1 * product.1)
    }

    fn over(self, other: Self) -> Self {
        Self::new(self.0 * other.1, self.1 * other.0)
    }
}

type Matrix = Vec<Vec<Ratio>>;

/// Brings the first `columns` columns into reduced echelon form; answers the pivots' columns, a row each.
fn reduce(matrix: &mut Matrix, columns: usize) -> Vec<usize> {
    let mut pivots = Vec::new();
    for column in 0..columns {
        let done = pivots.len();
        let Some(found) = (done..matrix.len()).find(|row| matrix[*row][column] != Ratio::ZERO)
        else {
            continue;
        };
        matrix.swap(done, found);
        let pivot = matrix[done][column];
        let row: Vec<Ratio> = matrix[done].iter().map(|of| of.over(pivot)).collect();
        for (index, other) in matrix.iter_mut().enumerate() {
            let factor = other[column];
            if index != done && factor != Ratio::ZERO {
                for (of, number) in other.iter_mut().zip(&row) {
                    *of = of.minus_times(factor, *number);
                }
            }
        }
        matrix[done] = row;
        pivots.push(column);
    }
    matrix.truncate(pivots.len());
    pivots
}

/// A system of figures: each a sum over some of the unknowns, of a number for each of several options.
pub struct System {
    unknowns: usize,
    matrix: Matrix,
    pivots: Vec<usize>,
}

impl System {
    /// Of these sums: over which unknowns, and what each option's sum is.
    pub fn of(unknowns: usize, sums: &[(Vec<usize>, Vec<i128>)]) -> Self {
        let row = |(over, values): &(Vec<usize>, Vec<i128>)| {
            let mut row = vec![Ratio::ZERO; unknowns];
            for unknown in over {
                row[*unknown] = Ratio::whole(1);
            }
            row.extend(values.iter().map(|value| Ratio::whole(*value)));
            row
        };
        let mut matrix: Matrix = sums.iter().map(row).collect();
        let pivots = reduce(&mut matrix, unknowns);
        Self {
            unknowns,
            matrix,
            pivots,
        }
    }

    /// The sum over some unknowns for each option, where the figures determine it.
    pub fn solve(&self, over: &[usize]) -> Option<Vec<Ratio>> {
        let width = self.matrix.first().map_or(self.unknowns, Vec::len);
        let mut rest = vec![Ratio::ZERO; width];
        for unknown in over {
            rest[*unknown] = Ratio::whole(-1);
        }
        for (row, pivot) in self.matrix.iter().zip(&self.pivots) {
            let factor = rest[*pivot];
            for (of, number) in rest.iter_mut().zip(row) {
                *of = of.minus_times(factor, *number);
            }
        }
        let is_determined = rest[..self.unknowns]
            .iter()
            .all(|number| *number == Ratio::ZERO);
        is_determined.then(|| rest[self.unknowns..].to_vec())
    }

    /// How much is told of some unknowns by themselves: as many as there are, less the directions in which they can
    /// vary while every figure stays as it is.
    pub fn tells(&self, of: &[usize]) -> usize {
        let free = (0..self.unknowns).filter(|column| !self.pivots.contains(column));
        let mut directions: Matrix = free
            .map(|column| {
                let vary = |unknown: &usize| match self.pivots.iter().position(|at| at == unknown) {
                    Some(row) => Ratio::ZERO.minus_times(Ratio::whole(1), self.matrix[row][column]),
                    None => Ratio::whole(i128::from(*unknown == column)),
                };
                of.iter().map(vary).collect()
            })
            .collect();
        of.len() - reduce(&mut directions, of.len()).len()
    }
}

#[test]
fn the_attacker_solves_what_can_be_solved() {
    let sums = [
        (vec![0, 1, 2, 3], vec![4, 6]),
        (vec![0, 1], vec![1, 2]),
        (vec![3], vec![1, 1]),
    ];
    let system = System::of(4, &sums);
    let whole = |numbers: [i128; 2]| Some(numbers.map(Ratio::whole).to_vec());
    assert_eq!(system.solve(&[2, 3]), whole([3, 4]));
    assert_eq!(system.solve(&[2]), whole([2, 3]));
    assert_eq!(system.solve(&[0]), None);
    assert_eq!(system.tells(&[0, 1]), 1);
    assert_eq!(system.tells(&[0]), 0);
    assert_eq!(system.tells(&[2, 3]), 2);
}
