//! What a name that does not exist may have been meant for.

/// The most letters that are changed, left out or added.
const MOST: usize = 2;

/// Longer names are not compared.
const LONGEST: usize = 100;

/// The candidate that is nearest to a name, if one is near.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let name = name.to_ascii_lowercase();
    if name.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let most = best.map_or(MOST.min(name.len() / 3), |(distance, _)| {
            distance.saturating_sub(1)
        });
        if let Some(distance) = distance(name.as_bytes(), candidate.as_bytes(), most) {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate.to_owned())
}

/// How many letters differ, if at most so many do. Large and small letters are the same.
fn distance(name: &[u8], candidate: &[u8], most: usize) -> Option<usize> {
    if candidate.len() > LONGEST || name.len().abs_diff(candidate.len()) > most {
        return None;
    }
    let mut above: Vec<usize> = (0..=candidate.len()).collect();
    for (row, letter) in name.iter().enumerate() {
        let mut left = row + 1;
        let mut diagonal = row;
        let mut least = left;
        if let Some(first) = above.first_mut() {
            *first = left;
        }
        for (cell, other) in above.iter_mut().skip(1).zip(candidate) {
            let is_same = letter.eq_ignore_ascii_case(other);
            let here = (diagonal + usize::from(!is_same))
                .min(left + 1)
                .min(*cell + 1);
            diagonal = std::mem::replace(cell, here);
            left = here;
            least = least.min(here);
        }
        if least > most {
            return None;
        }
    }
    above.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_suggested_and_nothing_else() {
        let candidates = ["B2", "B3", "P1.theft.y2024", "startsWith"];
        for (name, suggested) in [
            ("P1.theft.y2042", Some("P1.theft.y2024")),
            ("p1.thef.y2024", Some("P1.theft.y2024")),
            ("starts_with", Some("startsWith")),
            ("b2", Some("B2")),
            ("Z9", None),
            ("", None),
            ("P1.robbery.y2024", None),
        ] {
            assert_eq!(nearest(name, candidates).as_deref(), suggested, "{name:?}");
        }
    }
}
