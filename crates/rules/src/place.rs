//! Where in a rule's text something stands.

/// A part of a rule's text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u16,
    /// The byte after the last.
    pub end: u16,
}

impl Span {
    /// From the first byte to the one after the last. What lies beyond the longest text stands at its end.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let bounded = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        Self {
            start: bounded(start),
            end: bounded(end),
        }
    }

    /// From the start of this to the end of the other.
    pub(crate) fn to(self, other: Self) -> Self {
        Self {
            start: self.start,
            end: other.end,
        }
    }
}

/// The same for people and programs: bytes, and the line and column at which an editor shows the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The part of the text, in bytes.
    pub span: Span,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// Where a part of a text stands.
    pub fn of(span: Span, source: &str) -> Self {
        let mut start = usize::from(span.start).min(source.len());
        while !source.is_char_boundary(start) {
            start -= 1;
        }
        let before = source.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            span,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }
}
