//! A rule as it was written, read into a tree that knows no fields yet.

use crate::number::Number;
use crate::place::Span;

/// A part of a rule. Two are equal if they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub span: Span,
    /// How many parts stand in each other, this one counted.
    pub(crate) depth: usize,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Expression {}

/// The kinds of parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    /// `true`, `false`.
    Bool(bool),
    /// `12`.
    Whole(Number),
    /// `12.5`; `12.0` too.
    Decimal(Number),
    /// `"yes"`.
    Text(String),
    /// `[1, 2]`.
    List(Vec<Expression>),
    /// `B2`, `P1.theft.y2024`: a name, its parts joined by dots.
    Name(String),
    /// `field("B3").amount`: a part of what is no name.
    Member(Box<Expression>, String),
    /// `sum(…)`, `B7.startsWith("x")`.
    Call(Call),
    /// `!x`.
    Not(Box<Expression>),
    /// `-x`.
    Negation(Box<Expression>),
    /// Operators of one rank, from left to right: `a + b - c`.
    Chain(Box<Expression>, Vec<(Operator, Expression)>),
    /// `condition ? one : other`.
    Conditional(Box<[Expression; 3]>),
}

/// A function with what it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What stands before the dot, if it is written so.
    pub receiver: Option<Box<Expression>>,
    /// Its name.
    pub name: String,
    /// What stands in the brackets.
    pub arguments: Vec<Expression>,
}

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `in`
    In,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`
    Remainder,
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Or,
        Self::And,
        Self::Equal,
        Self::Unequal,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
        Self::In,
        Self::Plus,
        Self::Minus,
        Self::Times,
        Self::Over,
        Self::Remainder,
    ];

    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::In => "in",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
            Self::Remainder => "%",
        }
    }

    /// The one that is written so.
    pub(crate) fn read(symbol: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|operator| operator.symbol() == symbol)
    }

    /// How strongly it binds: from 1, the higher the closer.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal
            | Self::Unequal
            | Self::Less
            | Self::AtMost
            | Self::Greater
            | Self::AtLeast
            | Self::In => 3,
            Self::Plus | Self::Minus => 4,
            Self::Times | Self::Over | Self::Remainder => 5,
        }
    }
}
