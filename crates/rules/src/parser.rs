//! From words and signs to a tree: a Pratt parser, in which operators bind by their rank. Its depth is bounded, and a text that
//! does not parse has one fault, where reading stopped.

use crate::expression::{Call, Expression, ExpressionKind, Operator};
use crate::fault::{Fault, FaultKind, Wanted};
use crate::lexer::{self, Spanned, Token};
use crate::limits::MAX_SOURCE_BYTES;
use crate::place::Span;

mod cursor;

use cursor::{Parsed, Parser};

/// The words that name nothing in a rule.
pub const RESERVED: [&str; 18] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Reads a rule.
pub fn parse(source: &str) -> Result<Expression, Vec<Fault>> {
    let placed = |faults: Vec<Spanned>| {
        let faults = faults.into_iter();
        faults
            .map(|(kind, span)| Fault::new(kind, span, source))
            .collect::<Vec<_>>()
    };
    if source.len() > MAX_SOURCE_BYTES {
        let whole = Span::new(0, source.len());
        return Err(placed(vec![(FaultKind::SourceTooLong, whole)]));
    }
    let tokens = lexer::tokens(source).map_err(placed)?;
    let read = Parser::new(&tokens).whole();
    read.map_err(|fault| placed(vec![fault]))
}

impl Parser<'_, '_> {
    fn whole(&mut self) -> Parsed {
        if let (Token::End, span) = self.peek() {
            return Err((FaultKind::Empty, span));
        }
        let expression = self.expression()?;
        match self.peek().0 {
            Token::End => Ok(expression),
            _ => Err(self.unexpected(Wanted::Operator)),
        }
    }

    fn expression(&mut self) -> Parsed {
        self.nested(|parser| {
            let condition = parser.operands(1)?;
            if !parser.take("?") {
                return Ok(condition);
            }
            let one = parser.operands(1)?;
            parser.want(":")?;
            let other = parser.expression()?;
            let span = condition.span.to(other.span);
            let below = condition.depth.max(one.depth).max(other.depth);
            let parts = Box::new([condition, one, other]);
            parser.node(ExpressionKind::Conditional(parts), span, below)
        })
    }

    fn operator(&self) -> Option<Operator> {
        match self.peek().0 {
            Token::Sign(sign) => Operator::read(sign),
            Token::Name("in") => Some(Operator::In),
            _ => None,
        }
    }

    /// Operands with operators of this rank or higher between them.
    fn operands(&mut self, least: u8) -> Parsed {
        let mut first = self.operand()?;
        while let Some(rank) = self.operator().map(Operator::rank) {
            if rank < least {
                break;
            }
            let (mut rest, mut below, mut span) = (Vec::new(), first.depth, first.span);
            while let Some(operator) = self.operator().filter(|next| next.rank() == rank) {
                self.at += 1;
                let operand = self.operands(rank + 1)?;
                below = below.max(operand.depth);
                span = span.to(operand.span);
                rest.push((operator, operand));
            }
            first = self.node(ExpressionKind::Chain(Box::new(first), rest), span, below)?;
        }
        Ok(first)
    }

    fn operand(&mut self) -> Parsed {
        let (_, span) = self.peek();
        let make: fn(Box<Expression>) -> ExpressionKind = if self.take("!") {
            ExpressionKind::Not
        } else if self.take("-") {
            ExpressionKind::Negation
        } else {
            return self.member();
        };
        self.nested(|parser| {
            let of = parser.operand()?;
            let (span, below) = (span.to(of.span), of.depth);
            parser.node(make(Box::new(of)), span, below)
        })
    }

    /// Something with whatever is asked of it after dots.
    fn member(&mut self) -> Parsed {
        let mut of = self.primary()?;
        while self.take(".") {
            let (token, span) = self.peek();
            let Token::Name(name) = token else {
                return Err(self.unexpected(Wanted::Name));
            };
            self.at += 1;
            if self.is_at("(") {
                of = self.call(Some(of), name, span)?;
                continue;
            }
            let whole = of.span.to(span);
            of = match of.kind {
                ExpressionKind::Name(path) => Expression {
                    kind: ExpressionKind::Name(format!("{path}.{name}")),
                    span: whole,
                    depth: of.depth,
                },
                _ => {
                    let below = of.depth;
                    let kind = ExpressionKind::Member(Box::new(of), (*name).to_owned());
                    self.node(kind, whole, below)?
                }
            };
        }
        Ok(of)
    }

    fn call(&mut self, receiver: Option<Expression>, name: &str, at: Span) -> Parsed {
        self.want("(")?;
        let (arguments, end) = self.until(")")?;
        let deepest = arguments.iter().chain(&receiver).map(|part| part.depth);
        let below = deepest.max().unwrap_or_default();
        let start = receiver.as_ref().map_or(at, |receiver| receiver.span);
        let call = Call {
            receiver: receiver.map(Box::new),
            name: name.to_owned(),
            arguments,
        };
        self.node(ExpressionKind::Call(call), start.to(end), below)
    }

    /// What stands between commas up to a bracket, and where that is.
    fn until(&mut self, bracket: &'static str) -> Parsed<(Vec<Expression>, Span)> {
        let mut parts = Vec::new();
        let (_, span) = self.peek();
        if self.take(bracket) {
            return Ok((parts, span));
        }
        loop {
            parts.push(self.expression()?);
            let (_, span) = self.peek();
            if self.take(bracket) {
                return Ok((parts, span));
            }
            if !self.take(",") {
                return Err(self.unexpected(Wanted::CommaOr(bracket)));
            }
        }
    }

    fn primary(&mut self) -> Parsed {
        let (token, span) = self.peek();
        let kind = match token {
            Token::Name("true") => ExpressionKind::Bool(true),
            Token::Name("false") => ExpressionKind::Bool(false),
            Token::Name("null") => return Err((FaultKind::NoNull, span)),
            Token::Name(word) if RESERVED.contains(word) => {
                let word = (*word).to_owned();
                return Err((FaultKind::ReservedWord { word }, span));
            }
            Token::Name(name) => {
                self.at += 1;
                if self.is_at("(") {
                    return self.call(None, name, span);
                }
                return self.node(ExpressionKind::Name((*name).to_owned()), span, 0);
            }
            Token::Whole(number) => ExpressionKind::Whole(*number),
            Token::Decimal(number) => ExpressionKind::Decimal(*number),
            Token::Text(text) => ExpressionKind::Text(text.clone()),
            Token::Sign("(") => {
                self.at += 1;
                let mut inner = self.expression()?;
                let end = self.want(")")?;
                inner.span = span.to(end);
                return Ok(inner);
            }
            Token::Sign("[") => {
                self.at += 1;
                let (parts, end) = self.until("]")?;
                let below = parts.iter().map(|part| part.depth).max();
                let kind = ExpressionKind::List(parts);
                return self.node(kind, span.to(end), below.unwrap_or_default());
            }
            Token::Sign(_) | Token::End => {
                return Err(self.unexpected(Wanted::Value));
            }
        };
        self.at += 1;
        self.node(kind, span, 0)
    }
}
