//! Every word of pages, a file an area, and the placeholders that each has: in brackets the number by which it is told, then the
//! others.

mod consulting;
mod public;
mod reply;
mod site;

/// Each word's key, and its placeholders.
#[cfg(test)]
pub(super) fn keys() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    let all = [consulting::KEYS, public::KEYS, reply::KEYS, site::KEYS];
    all.into_iter().flatten()
}
