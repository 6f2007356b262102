//! The rules of questionnaires: a stated profile of CEL (the Common Expression Language), with exact decimals, three-valued logic
//! and bounded work. `docs/rules.md` says what one can write.
//!
//! Pure: no I/O, no clock, nothing of ours. Written whole and not built on a crate for CEL: those that there are have no checker of
//! types or no bound of depth, evaluation without a budget, floats for decimals, and one took a gigabyte to parse 125 bytes.
//!
//! A rule's way: [`parse`] reads it ([`Expression`], which prints again), [`Rule::compile`] checks it against a [`Schema`] and a
//! [`Scope`], and tells every [`Fault`] with its place; [`Graph`] puts many in order; [`Rule::evaluate`] says what it comes to with
//! the answers of a [`Round`], or why that is [`Unknown`].

mod checker;
mod evaluation;
pub mod expression;
mod fault;
mod graph;
mod lexer;
pub mod limits;
mod number;
mod parser;
mod pattern;
mod place;
mod print;
mod round;
mod rule;
mod schema;
mod scope;
mod suggestion;
#[cfg(test)]
mod tests;
mod tree;
mod types;
mod unknown;
mod value;

pub use expression::Expression;
pub use fault::{Expected, Fault, FaultKind, PatternFault, Wanted};
pub use graph::{Circle, Graph, NamedRule};
pub use number::{NoResult, NotANumber, Number};
pub use parser::{RESERVED, parse};
pub use place::{Place, Span};
pub use round::{Round, RoundAnswers, Situation};
pub use rule::Rule;
pub use schema::{AddressError, FieldId, Schema};
pub use scope::{Frame, Scope};
pub use tree::Reading;
pub use types::{Kind, Options, Type};
pub use unknown::{Reason, Unknown};
pub use value::{Answer, Currency, Missing, Month, Value};

/// The functions that there are: their names, and how each is written.
pub const FUNCTIONS: [(&str, &str); 24] = checker::FUNCTIONS;
