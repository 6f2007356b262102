//! What is said of a document must be so.

use super::super::fault::{self, Fault};
use super::super::{blank, size};
use super::{Context, DocumentRelation, Particulars, Target};

const TITLE_CHARS: usize = 1_000;
pub(super) const SYMBOL_CHARS: usize = 80;
const URL_CHARS: usize = 500;

pub(super) fn particulars(particulars: &Particulars) -> Vec<Fault> {
    let mut faults = particulars.title.faults("/title", &[], TITLE_CHARS);
    let url = particulars.url.as_ref().filter(|url| !is_url(url));
    faults.extend(url.map(|_| fault::BAD_URL.at("/url")));
    faults.extend(size::fault(particulars));
    faults
}

pub(super) fn link(to: Target, how: DocumentRelation, context: Context) -> Vec<Fault> {
    let kind = to.kind();
    if context.target != Some(true) {
        let place = fault::pointer("/to", kind);
        return vec![fault::NO_SUCH_OBJECT.at(place).arg("target", kind)];
    }
    if !to.takes(how) {
        let fault = fault::NOT_FOR_THIS_TARGET.at("/as");
        return vec![fault.arg("as", how).arg("target", kind)];
    }
    Vec::new()
}

/// Capital letters for the organ, then at least one part after a stroke; one part has a digit: `E/CN.15/2004/9/Add.1`,
/// `A/CONF.203/18`, `ST/SGB/2004/1`, `CU/2011/26`.
pub(super) fn is_symbol(symbol: &str) -> bool {
    let mut parts = symbol.split('/');
    let organ = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let is_part = |part: &&str| {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let ends = [part.bytes().next(), part.bytes().last()];
        part.bytes().all(inner)
            && ends
                .iter()
                .all(|end| end.is_some_and(|byte| byte.is_ascii_alphanumeric()))
    };
    symbol.len() <= SYMBOL_CHARS
        && fault::is_code(organ, 1..=12, |byte| byte.is_ascii_uppercase())
        && !rest.is_empty()
        && rest.iter().all(is_part)
        && symbol.bytes().any(|byte| byte.is_ascii_digit())
}

pub(super) fn is_url(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    url.chars().count() <= URL_CHARS
        && host.is_some_and(|host| host.starts_with(|first: char| first.is_alphanumeric()))
        && !url.contains(|one: char| blank::is_invisible(one) || "<>\"\\".contains(one))
}
