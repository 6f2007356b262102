//! Entity tags as callers send them back, in If-Match and If-None-Match: one reading for both.
//!
//! A weak tag is taken as the strong one with the same opaque part. Proxies make `W/"2393"` of `"2393"` when they compress an
//! answer, since its bytes are no longer ours. RFC 9110 has If-Match compare strongly, lest a change be made to bytes that
//! nobody saw; but ours are made to a state, not to bytes, and it is the position in the opaque part that names the state,
//! exactly, however the answer was packed on its way.

use actix_web::http::header::{HeaderMap, HeaderName};

/// What such a header names.
#[derive(Debug, PartialEq, Eq)]
pub enum TagCondition<'a> {
    /// `*`: whatever is there.
    Any,
    /// The opaque part of a tag, without its quotation marks.
    Tag(&'a str),
}

impl<'a> TagCondition<'a> {
    /// The tag's opaque part, where it is a tag.
    pub fn tag(self) -> Option<&'a str> {
        match self {
            Self::Any => None,
            Self::Tag(opaque) => Some(opaque),
        }
    }
}

/// What a header names, over all its lines, which are one list; nothing where it is no list of entity tags.
pub fn tag_conditions(headers: &HeaderMap, name: HeaderName) -> Option<Vec<TagCondition<'_>>> {
    let mut all = Vec::new();
    for value in headers.get_all(name) {
        read(value.to_str().ok()?, &mut all)?;
    }
    Some(all)
}

/// The position in an opaque part of ours, which may be followed by what the representation adds after a hyphen.
pub fn position(opaque: &str) -> Option<u64> {
    let position = opaque.split('-').next()?;
    let is_written_so = position == "0" || !position.starts_with(['0', '+']);
    position.parse().ok().filter(|_| is_written_so)
}

fn read<'a>(line: &'a str, all: &mut Vec<TagCondition<'a>>) -> Option<()> {
    let mut rest = line.trim();
    loop {
        rest = if let Some(rest) = rest.strip_prefix('*') {
            all.push(TagCondition::Any);
            rest
        } else {
            let quoted = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
            // There may be a comma within the quotation marks, and no quotation mark.
            let (opaque, rest) = quoted.split_once('"')?;
            all.push(TagCondition::Tag(opaque));
            rest
        }
        .trim_start();
        if rest.is_empty() {
            return Some(());
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::TagCondition::{Any, Tag};
    use super::*;

    fn conditions(line: &str) -> Option<Vec<TagCondition<'_>>> {
        let mut all = Vec::new();
        read(line, &mut all).map(|()| all)
    }

    #[test]
    fn a_list_of_tags_weak_or_strong_is_read() {
        for (line, tags) in [
            (r#""2393""#, vec![Tag("2393")]),
            (r#"W/"2393""#, vec![Tag("2393")]),
            (
                r#" "1-fr" ,W/"2","#.trim_end_matches(','),
                vec![Tag("1-fr"), Tag("2")],
            ),
            (r#""a,b", "c""#, vec![Tag("a,b"), Tag("c")]),
            (r#""""#, vec![Tag("")]),
            ("*", vec![Any]),
            (r#"*, "1""#, vec![Any, Tag("1")]),
        ] {
            assert_eq!(conditions(line), Some(tags), "{line}");
        }
        for line in [
            "",
            "5",
            "\"5",
            "5\"",
            "w/\"5\"",
            "W/5",
            "\"5\",",
            "\"5\" \"6\"",
            "**",
        ] {
            assert_eq!(conditions(line), None, "{line}");
        }
    }

    #[test]
    fn only_an_opaque_part_of_ours_has_a_position() {
        for (opaque, ours) in [
            ("2393", Some(2393)),
            ("0", Some(0)),
            ("2393-fr-r7", Some(2393)),
            ("", None),
            ("-5", None),
            ("+5", None),
            ("05", None),
            ("5x", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(position(opaque), ours, "{opaque}");
        }
    }
}
