//! Stands in for crates/locale until that is merged.
use domain::Lang;
pub fn plural(_: Lang, n: u64) -> &'static str {
    if n == 1 { "one" } else { "other" }
}
pub fn integer(_: Lang, n: u64) -> String {
    n.to_string()
}
pub fn decimal(_: Lang, n: &str) -> String {
    n.to_owned()
}
pub fn parse_number(_: Lang, n: &str) -> Result<String, ()> {
    let n: String = n
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',')
        .collect();
    if !n.is_empty()
        && n.chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == '-')
    {
        Ok(n)
    } else {
        Err(())
    }
}
pub fn date(_: Lang, day: &str) -> String {
    day.to_owned()
}
pub fn time_of_day(_: Lang, time: jiff::Timestamp) -> String {
    time.to_string()
}
pub fn moment(_: Lang, time: jiff::Timestamp) -> String {
    time.to_string()
}
pub fn deadline(_: Lang, deadline: &domain::collection::Deadline) -> String {
    deadline.local_text()
}
