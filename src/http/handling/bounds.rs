//! How many elements the lists of a body may have, and members its objects: looked at before anything is made of them,
//! since each may cost a look-up, a fault and its text.

use serde_json::Value;

use crate::http::problem::Problem;
use domain::fault::pointer;

/// The most elements of a list, and members of an object, that any body may have. What a list is of may bound it further.
pub const MOST_ITEMS: usize = 1_000;

/// Lets bodies pass whose lists and objects have at most so many.
///
/// # Errors
/// `too_many_items`, which says how many there are and may be; the outermost of them, so that no more than these are walked.
pub fn check(body: &Value, most: usize) -> Result<(), Problem> {
    match crowded(body, "", most) {
        None => Ok(()),
        Some((place, count)) => Err(Problem::new("too_many_items")
            .arg("count", count)
            .arg("limit", most)
            .at(place)),
    }
}

/// A list or an object that has too many: where, and how many.
fn crowded(value: &Value, place: &str, most: usize) -> Option<(String, usize)> {
    let count = match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => return None,
    };
    if count > most {
        return Some((place.to_owned(), count));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.is_array() || item.is_object())
            .find_map(|(index, item)| crowded(item, &pointer(place, index), most)),
        Value::Object(members) => members
            .iter()
            .filter(|(_, member)| member.is_array() || member.is_object())
            .find_map(|(name, member)| crowded(member, &pointer(place, name), most)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_outermost_that_has_too_many_is_named_with_how_many() {
        let many = vec![json!({}); MOST_ITEMS + 1];
        let members = (0..=MOST_ITEMS).map(|it| (it.to_string(), json!(1)));
        let object = Value::Object(members.collect());
        for (body, place) in [
            (json!(many), ""),
            (object.clone(), ""),
            (json!({"parties": many}), "/parties"),
            (json!({"a": [1, {"b/c": object}]}), "/a/1/b~1c"),
        ] {
            let expected = Some((place.to_owned(), MOST_ITEMS + 1));
            assert_eq!(crowded(&body, "", MOST_ITEMS), expected, "{place}");
        }
        assert_eq!(
            crowded(&json!({"parties": many[1..], "a": 1}), "", MOST_ITEMS),
            None
        );
    }
}
