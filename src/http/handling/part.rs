//! Parts of bodies that several operations take, and answer for under codes of their own.

use crate::http::problem::Problem;
use domain::Fault;

/// Why a part of a body is not taken.
#[derive(Debug)]
pub enum PartError {
    /// It has faults, which each operation answers under its own code.
    Faulty(Vec<Fault>),
    /// It is no such part, or what it names could not be looked up.
    Problem(Problem),
}

impl PartError {
    /// The problem, under an operation's code for what has faults.
    pub fn under(self, code: &'static str) -> Problem {
        match self {
            Self::Faulty(faults) => Problem::new(code).faults(faults),
            Self::Problem(problem) => problem,
        }
    }
}

impl<E: Into<Problem>> From<E> for PartError {
    fn from(error: E) -> Self {
        Self::Problem(error.into())
    }
}
