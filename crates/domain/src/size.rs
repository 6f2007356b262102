//! Keeping events within what the log stores: an envelope has at most 65,535 bytes.

use serde::Serialize;

use super::fault::{self, Fault};

/// The most bytes of an event's data: the rest of the envelope needs the difference.
pub(super) const EVENT_BYTES: usize = 60_000;

/// Whether the data fit one event.
pub(super) fn fits(data: &impl Serialize) -> bool {
    json_bytes(data) <= EVENT_BYTES
}

/// The fault of data that do not fit one event.
pub(super) fn fault(data: &impl Serialize) -> Option<Fault> {
    (!fits(data)).then(|| fault::TOO_LARGE.at("").arg("max", EVENT_BYTES))
}

/// Cuts a list, in order, so that each part fits one event and has at most so many items. No list, no part.
pub(super) fn parts<T: Serialize>(items: Vec<T>, most: usize) -> Vec<Vec<T>> {
    let mut parts: Vec<Vec<T>> = Vec::new();
    let mut room = 0;
    for item in items {
        let bytes = json_bytes(&item) + 1;
        match parts.last_mut() {
            Some(part) if bytes <= room && part.len() < most => part.push(item),
            _ => {
                room = EVENT_BYTES;
                parts.push(vec![item]);
            }
        }
        room = room.saturating_sub(bytes);
    }
    parts
}

fn json_bytes(data: &impl Serialize) -> usize {
    serde_json::to_vec(data).map_or(usize::MAX, |json| json.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_in_order_into_parts_that_fit() {
        let items: Vec<String> = (0..1_000).map(|n| format!("{n:0>150}")).collect();
        let cut = parts(items.clone(), 999);
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(fits));
        assert_eq!(cut.concat(), items);
        assert_eq!(parts(items, 100).len(), 10);
        assert!(parts(Vec::<String>::new(), 1).is_empty());
    }
}
