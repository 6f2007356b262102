//! Cursors: a key, and the list that it is a key of.

use actix_web::HttpRequest;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::http::handling::query;
use crate::http::problem::Problem;

/// How keys and lists are written in a cursor; another number makes all earlier cursors bad ones.
const FORM: &[u8] = b"rapporteur cursor 1";
/// Bytes of the hash that go into a cursor.
const SEAL: usize = 8;
/// What is asked of the same list: which part of it, as of when, in which language.
const OF_ANY_LIST: &[&str] = &["cursor", "limit", "as_of", "lang"];

/// A list: the operation, its path, and its filters.
#[derive(Clone, Debug)]
pub struct List(Sha256);

impl List {
    /// The list that is asked for.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn for_request(request: &HttpRequest) -> Result<Self, Problem> {
        let filters = query::pairs(request.query_string())?;
        Ok(Self::new(request.match_info().as_str(), filters))
    }

    fn new(path: &str, mut filters: Vec<(String, String)>) -> Self {
        filters.retain(|(name, _)| !OF_ANY_LIST.contains(&name.as_str()));
        filters.sort_unstable();
        let mut hash = Sha256::new_with_prefix(FORM);
        let words = filters.iter().flat_map(|(name, value)| [name, value]);
        for word in std::iter::once(path).chain(words.map(String::as_str)) {
            // With their lengths, so that no two lists read alike.
            hash.update((word.len() as u64).to_be_bytes());
            hash.update(word);
        }
        Self(hash)
    }

    /// What tells this key of this list from every other. It is no secret: whoever makes up a cursor gets nothing but what
    /// the list shows him anyway.
    fn seal(&self, key: &str) -> [u8; SEAL] {
        let hash: [u8; 32] = self.0.clone().chain_update(key).finalize().into();
        let mut seal = [0; SEAL];
        seal.copy_from_slice(&hash[..SEAL]);
        seal
    }

    /// The cursor of what follows this key.
    pub fn cursor(&self, key: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode([self.seal(key).as_slice(), key.as_bytes()].concat())
    }

    /// The key in a cursor.
    ///
    /// # Errors
    /// `bad_cursor`, where it is none of this list's.
    pub fn key(&self, cursor: &str) -> Result<String, Problem> {
        self.opened(cursor).ok_or(Problem::new("bad_cursor"))
    }

    fn opened(&self, cursor: &str) -> Option<String> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (seal, key) = bytes.split_first_chunk::<SEAL>()?;
        let key = std::str::from_utf8(key).ok()?;
        // PostgreSQL's texts have no U+0000.
        let is_key = !key.is_empty() && !key.contains('\0');
        (is_key && self.seal(key) == *seal).then(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(path: &str, filters: &[(&str, &str)]) -> List {
        let filters = filters.iter();
        let filters = filters.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        List::new(path, filters.collect())
    }

    #[test]
    fn a_cursor_is_of_its_list_alone_whichever_part_of_it_is_asked_for() {
        let parties = list("/v1/parties", &[("kind", "igo"), ("group", "weog")]);
        let cursor = parties.cursor("ICPO");
        for same in [
            vec![("group", "weog"), ("kind", "igo")],
            vec![
                ("kind", "igo"),
                ("limit", "7"),
                ("group", "weog"),
                ("as_of", "3"),
                ("lang", "fr"),
            ],
        ] {
            let same = list("/v1/parties", &same);
            assert_eq!(same.opened(&cursor).as_deref(), Some("ICPO"));
        }
        for other in [
            list("/v1/parties", &[]),
            list("/v1/parties", &[("kind", "igo")]),
            list("/v1/parties", &[("kind", "ngo"), ("group", "weog")]),
            list("/v1/parties", &[("group", "igo"), ("kind", "weog")]),
            list("/v1/partie", &[("skind", "igo"), ("group", "weog")]),
            list("/v1/meetings", &[("kind", "igo"), ("group", "weog")]),
        ] {
            assert_eq!(other.opened(&cursor), None);
        }
    }

    #[test]
    fn a_cursor_that_was_changed_is_none() {
        let list = list("/v1/parties", &[]);
        let cursor = list.cursor("ICPO");
        for place in 0..cursor.len() {
            let mut changed = cursor.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(list.opened(&changed), None, "{changed}");
        }
        for none in [
            "",
            "41",
            "zz",
            &cursor[1..],
            &hex::encode("ICPO"),
            &list.cursor(""),
            &list.cursor("a\0"),
        ] {
            assert_eq!(list.opened(none), None, "{none}");
        }
    }
}
