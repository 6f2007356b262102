//! What a State would plausibly answer, where the limits of a question are wider: data for the samples, by address.

use std::str::FromStr;

/// From where to where, by the address of a field, a column or a row of a table, or a question.
const PLAUSIBLE: &[(&str, &str, &str)] = &[
    // The treatment of prisoners.
    ("A3", "1950", "2011"),
    ("B1", "2009-12-31", "2011-03-01"),
    ("B2", "400", "180000"),
    ("B5", "4", "55"),
    ("B6", "1", "6"),
    ("E4", "10", "1500"),
    ("F3", "1985-01-01", "2010-12-31"),
    // Legal aid.
    ("L1B", "1950", "2020"),
    ("P3.wait", "1", "48"),
    ("P4A.year", "2018", "2024"),
    ("D2.from", "2010-01-01", "2018-12-31"),
    ("D2.to", "2019-01-01", "2024-12-31"),
    ("G5", "5", "200"),
    // Figures of crime and justice.
    ("G4.from", "2024-04-01", "2024-04-01"),
    ("G4.to", "2025-03-31", "2025-03-31"),
    ("P1.homicide", "60", "250"),
    ("P1.attempted_homicide", "20", "600"),
    ("P1.serious_assault", "500", "30000"),
    ("P1.kidnapping", "5", "400"),
    ("P1.sexual_violence", "2000", "20000"),
    ("P1.rape", "100", "1900"),
    ("P1.robbery", "500", "40000"),
    ("P1.burglary", "1000", "90000"),
    ("P1.theft", "20000", "300000"),
    ("P1.vehicle_theft", "500", "18000"),
    ("P1.fraud", "1000", "80000"),
    ("P1.corruption", "5", "900"),
    ("P1.all", "20000", "900000"),
    ("P3A.*.sex_unknown", "0", "2"),
    ("P3A", "3", "25"),
    ("P3B", "5", "300"),
    ("P3C", "1", "60"),
    ("P5.*.year", "2015", "2024"),
    ("C1.suspected", "60000", "90000"),
    ("C1.prosecuted", "40000", "55000"),
    ("C1.convicted", "10000", "35000"),
    ("C2.women", "1000", "5000"),
    ("C2.men", "6000", "25000"),
    ("C2.girls", "20", "400"),
    ("C2.boys", "300", "3000"),
    ("C2.adults", "7000", "30000"),
    ("C2.minors", "320", "3400"),
    ("C4", "60", "400"),
    ("X1", "2024-06-30", "2024-12-31"),
    ("X2.*.female_y0", "5", "300"),
    ("X2.*.female_y1", "5", "300"),
    ("X2.*.female_y2", "5", "300"),
    ("X2.*.minors_y0", "2", "120"),
    ("X2.*.minors_y1", "2", "120"),
    ("X2.*.minors_y2", "2", "120"),
    ("X2", "50", "4000"),
    ("X3", "3000", "20000"),
    ("X5", "1", "40"),
    ("R1.police", "2000", "30000"),
    ("R1.prosecutors", "100", "2000"),
    ("R1.judges", "100", "3000"),
    ("R1.prison_staff", "500", "8000"),
    ("R2.prosecution", "1000000", "90000000"),
    ("R2", "10000000", "900000000"),
];

/// Figures that are parts of others: the address of the part, that of the whole, and how many of a thousand, from where to where.
/// Those of one whole are drawn together.
pub const SHARES: &[(&str, &str, i64, i64)] = &[
    // Of all prisoners, some are women; and places are about as many as prisoners.
    ("B3", "B2", 20, 95),
    ("B4", "B2", 700, 1_250),
    ("B9.untried.men", "B2", 150, 300),
    ("B9.convicted.men", "B2", 450, 600),
    ("B9.untried.women", "B3", 200, 400),
    ("B9.convicted.women", "B3", 450, 600),
];

/// From where to where an answer to the field would plausibly be.
pub fn range<T: FromStr>(address: &str) -> Option<(T, T)> {
    let of_column = match address.split('.').collect::<Vec<_>>().as_slice() {
        [question, _, column] => format!("{question}.*.{column}"),
        _ => String::new(),
    };
    let row = address.rsplit_once('.').map_or("", |(row, _)| row);
    let question = address.split('.').next().unwrap_or_default();
    let names = [address, &of_column, row, question];
    let mut found = names
        .iter()
        .filter_map(|name| PLAUSIBLE.iter().find(|(of, _, _)| of == name));
    let (_, low, high) = found.next()?;
    Some((low.parse().ok()?, high.parse().ok()?))
}
