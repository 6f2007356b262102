//! How much of everything: what is written, what is built of it, and what evaluating it may do.

/// The most bytes of a rule's text.
pub const MAX_SOURCE_BYTES: usize = 4_096;

/// The most nodes of a rule's tree.
pub const MAX_NODES: usize = 500;

/// How deep a rule's tree is at most, and how deep brackets stand in each other.
pub const MAX_DEPTH: usize = 32;

/// The most steps of one evaluation: a node is one, each cell that is read another, and each [`BYTES_OF_A_STEP`] of a text that is
/// read through.
pub const MAX_STEPS: u32 = 10_000;

/// How many bytes of a text are a step.
pub const BYTES_OF_A_STEP: usize = 1_000;

/// The most cells that a rule names.
pub const MAX_CELLS: usize = 10_000;

/// The most digits of a number, before and after the point together.
pub const MAX_DIGITS: u32 = 38;

/// The most digits of a number after the point.
pub const MAX_PLACES: u8 = 30;

/// To how many digits after the point a quotient is rounded that does not end before.
pub const QUOTIENT_PLACES: u8 = 20;

/// The most bytes of a pattern of `matches`.
pub const MAX_PATTERN_BYTES: usize = 200;

/// The most letters of a pattern of `matches`, its repetitions written out.
pub const MAX_PATTERN_WEIGHT: usize = 300;

/// How many letters of a text, times the letters of a pattern, are a step of `matches`.
pub(crate) const WORK_OF_A_STEP: usize = 250;

/// The most bytes of a compiled pattern of `matches`.
pub(crate) const MAX_COMPILED_PATTERN_BYTES: usize = 1 << 18;

/// How many unknown names and options of a rule get a suggestion; each is compared with all that there are.
pub(crate) const MAX_SUGGESTIONS: usize = 3;

/// The most patterns of `cells(…)` in a rule, each of which is compared with the addresses of a question or a table.
pub const MAX_CELL_PATTERNS: usize = 32;

/// The most regular expressions in a rule.
pub const MAX_REGULAR_EXPRESSIONS: usize = 8;
