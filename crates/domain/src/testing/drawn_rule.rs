//! Rules of the right types over what can be named where they stand.

use super::draw::Draw;

/// Something that a rule can name.
#[derive(Clone, Debug)]
pub struct Known {
    /// What rules call it.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
}

/// What it holds.
#[derive(Clone, Debug)]
pub enum Holds {
    Truth,
    Number,
    Money,
    Day,
    Month,
    Choice(Vec<String>),
    Choices(Vec<String>),
    Other,
    /// The entries of a list.
    Entries,
    /// Of all entries of a list, or of all rows of a column.
    Numbers,
}

/// A condition over what is known.
pub fn condition(draw: &mut Draw, known: &[Known]) -> String {
    if known.is_empty() {
        return draw.one(&["true", "false"]).to_string();
    }
    let first = single(draw, known);
    match draw.below(6) {
        0 | 1 => first,
        2 => format!("!({first})"),
        3 => format!("{first} && {}", single(draw, known)),
        4 => format!("{first} || {}", single(draw, known)),
        _ => format!(
            "({first}) ? {} : {}",
            single(draw, known),
            single(draw, known)
        ),
    }
}

fn single(draw: &mut Draw, known: &[Known]) -> String {
    // What was made last is named most, so that there are chains.
    let back = draw.below(known.len()).min(draw.below(known.len()));
    let Known { name, holds } = &known[known.len() - 1 - back];
    let number = draw.below(9);
    let presence = format!("{}({name})", draw.one(&["has", "answered", "missing"]));
    if draw.chance(15) && !matches!(holds, Holds::Truth | Holds::Entries | Holds::Numbers) {
        return presence;
    }
    let order = draw.one(&[">", ">=", "<", "<=", "==", "!="]);
    match holds {
        Holds::Truth => name.clone(),
        Holds::Number => format!("{name} {order} {number}"),
        Holds::Money => format!("{name}.amount {order} {number}"),
        Holds::Day => format!("{name} {order} date(\"2024-01-0{}\")", number + 1),
        Holds::Month => format!("{name} {order} month(\"2024-0{}\")", number + 1),
        Holds::Choice(options) => {
            let one = draw.one(options);
            match draw.below(3) {
                0 => format!("{name} == \"{one}\""),
                1 => format!("{name} != \"{one}\""),
                _ => format!("{name} in [\"{one}\", \"{}\"]", options[0]),
            }
        }
        Holds::Choices(options) => {
            let one = draw.one(options);
            match draw.below(2) {
                0 => format!("\"{one}\" in {name}"),
                _ => format!("size({name}) {order} {}", number % 3),
            }
        }
        Holds::Other => presence,
        Holds::Entries => format!("size({name}) {order} {}", number % 4),
        Holds::Numbers => match draw.below(3) {
            0 => format!("sum(cells(\"{name}\")) {order} {number}"),
            1 => format!("count(cells(\"{name}\")) {order} {}", number % 4),
            _ => format!("cells(\"{name}\").exists(x, x {order} {number})"),
        },
    }
}

/// A number that follows from what is known.
pub fn number(draw: &mut Draw, known: &[Known]) -> String {
    let numbers = known.iter().filter_map(|known| match known.holds {
        Holds::Number => Some(known.name.clone()),
        Holds::Money => Some(format!("{}.amount", known.name)),
        Holds::Entries => Some(format!("size({})", known.name)),
        Holds::Numbers => Some(format!("sum_known(cells(\"{}\"))", known.name)),
        _ => None,
    });
    let numbers: Vec<String> = numbers.collect();
    if numbers.is_empty() {
        return "2".to_owned();
    }
    let (one, other) = (draw.one(&numbers).clone(), draw.one(&numbers).clone());
    match draw.below(4) {
        0 => one,
        1 => format!("{one} + {other}"),
        2 => format!("round({one} / {other}, 1)"),
        _ => format!("{} ? {one} : {other} * 2", single(draw, known)),
    }
}
