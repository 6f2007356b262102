//! Where the parser is in the text, and how much of a tree it has made.

use crate::expression::{Expression, ExpressionKind};
use crate::fault::{FaultKind, Wanted};
use crate::lexer::{self, Spanned, Token};
use crate::limits::{MAX_DEPTH, MAX_NODES};
use crate::place::Span;

pub(super) struct Parser<'t, 's> {
    tokens: &'t [(Token<'s>, Span)],
    /// The next of them.
    pub(super) at: usize,
    nodes: usize,
    depth: usize,
}

pub(super) type Parsed<T = Expression> = Result<T, Spanned>;

impl<'t, 's> Parser<'t, 's> {
    pub(super) fn new(tokens: &'t [(Token<'s>, Span)]) -> Self {
        Self {
            tokens,
            at: 0,
            nodes: 0,
            depth: 0,
        }
    }

    pub(super) fn peek(&self) -> (&'t Token<'s>, Span) {
        match self.tokens.get(self.at).or_else(|| self.tokens.last()) {
            Some((token, span)) => (token, *span),
            None => (&Token::End, Span::default()),
        }
    }

    pub(super) fn is_at(&self, sign: &str) -> bool {
        matches!(self.peek().0, Token::Sign(found) if *found == sign)
    }

    /// Goes on if the sign is there.
    pub(super) fn take(&mut self, sign: &str) -> bool {
        let is_there = self.is_at(sign);
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn want(&mut self, sign: &'static str) -> Parsed<Span> {
        let (_, span) = self.peek();
        if self.take(sign) {
            return Ok(span);
        }
        Err(self.unexpected(Wanted::Sign(sign)))
    }

    pub(super) fn unexpected(&self, expected: Wanted) -> Spanned {
        let (token, span) = self.peek();
        let found = match token {
            Token::Name(name) => Some((*name).to_owned()),
            Token::Whole(number) | Token::Decimal(number) => Some(number.to_string()),
            Token::Text(text) => Some(lexer::text::quoted(text)),
            Token::Sign(sign) => Some((*sign).to_owned()),
            Token::End => None,
        };
        (FaultKind::Unexpected { found, expected }, span)
    }

    /// A part of the tree, where there is room for one.
    pub(super) fn node(&mut self, kind: ExpressionKind, span: Span, below: usize) -> Parsed {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err((FaultKind::TooManyNodes, span));
        }
        let depth = below + 1;
        if depth > MAX_DEPTH {
            return Err((FaultKind::TooDeep, span));
        }
        Ok(Expression { kind, span, depth })
    }

    /// Reads something in something else: so deep and no deeper.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            return Err((FaultKind::TooDeep, self.peek().1));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }
}
