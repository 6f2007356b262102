//! A tree as text again, in one spelling: what is parsed of it is the same tree.

use std::fmt::{self, Display, Formatter};

use crate::expression::{Call, Expression, ExpressionKind};
use crate::lexer::text::quoted;

/// How strongly what a tree begins with binds: what binds less than it must takes brackets.
fn rank(expression: &Expression) -> u8 {
    match &expression.kind {
        ExpressionKind::Conditional(_) => 0,
        ExpressionKind::Chain(_, rest) => {
            let first = rest.first();
            first.map_or(u8::MAX, |(operator, _)| operator.rank())
        }
        ExpressionKind::Not(_) | ExpressionKind::Negation(_) => 6,
        _ => 7,
    }
}

/// A part that must bind at least so strongly.
struct At<'a>(&'a Expression, u8);

impl Display for At<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self(expression, least) = *self;
        if rank(expression) < least {
            write!(out, "({expression})")
        } else {
            expression.fmt(out)
        }
    }
}

fn joined(out: &mut Formatter<'_>, parts: &[Expression]) -> fmt::Result {
    for (number, part) in parts.iter().enumerate() {
        let comma = if number == 0 { "" } else { ", " };
        write!(out, "{comma}{part}")?;
    }
    Ok(())
}

impl Display for Call {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if let Some(receiver) = &self.receiver {
            write!(out, "{}.", At(receiver, 7))?;
        }
        write!(out, "{}(", self.name)?;
        joined(out, &self.arguments)?;
        out.write_str(")")
    }
}

impl Display for Expression {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExpressionKind::Bool(truth) => truth.fmt(out),
            ExpressionKind::Whole(number) => number.fmt(out),
            ExpressionKind::Decimal(number) if number.is_whole() => write!(out, "{number}.0"),
            ExpressionKind::Decimal(number) => number.fmt(out),
            ExpressionKind::Text(text) => out.write_str(&quoted(text)),
            ExpressionKind::List(parts) => {
                out.write_str("[")?;
                joined(out, parts)?;
                out.write_str("]")
            }
            ExpressionKind::Name(name) => out.write_str(name),
            ExpressionKind::Member(of, name) => write!(out, "{}.{name}", At(of, 7)),
            ExpressionKind::Call(call) => call.fmt(out),
            ExpressionKind::Not(of) => write!(out, "!{}", At(of, 6)),
            ExpressionKind::Negation(of) => write!(out, "-{}", At(of, 6)),
            ExpressionKind::Chain(first, rest) => {
                let own = rank(self);
                write!(out, "{}", At(first, own.saturating_add(1)))?;
                for (operator, operand) in rest {
                    let operand = At(operand, own.saturating_add(1));
                    write!(out, " {} {operand}", operator.symbol())?;
                }
                Ok(())
            }
            ExpressionKind::Conditional(parts) => {
                let [condition, one, other] = parts.as_ref();
                write!(out, "{} ? {} : {other}", At(condition, 1), At(one, 1))
            }
        }
    }
}
