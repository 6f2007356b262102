//! Made-up values: one for a field, by its type and within its limits.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::random::Random;
use super::words::MadeUpTexts;
use domain::questionnaire::types::{
    CodeListOptions, DecimalQuestion, Percentage, Rank, SeveralChoices,
};
use domain::questionnaire::{Choice, Field, FieldType, Month, OptionSource};
use domain::{Decimal, Lang, WholeNumber};

mod limits;

use limits::{limits, scaled, unscaled};

/// Of a list with more options only a few are chosen, any as often as any other.
const LONG_LIST: usize = 12;
/// How many of a long list are chosen at most.
const FEW: i64 = 4;
/// In which sums of money are told.
const CURRENCIES: [&str; 3] = ["EUR", "USD", "CHF"];

/// Who answers: what of a State shows in its values.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    /// In which language.
    pub lang: Lang,
    /// What years and days are usually up to.
    pub last_year: i16,
    /// What tells its series of numbers from others.
    pub seed: &'a str,
    /// From which its texts are chosen.
    pub words: &'a MadeUpTexts,
}

/// A value for the field as the API takes it; `None` where nobody types one, or no text is at hand that fits.
pub fn value(field: &Field, writer: &Writer<'_>, random: &mut Random) -> Option<Value> {
    let address = &*field.address;
    Some(match field.value_type()? {
        FieldType::OneChoice(choice) => json!(one_of(&choice.options, writer, random)?),
        FieldType::SeveralChoices(choices) => json!(several_of(choices, random)),
        FieldType::Rank(rank) => json!(ranked(rank, random)),
        FieldType::Text(text) => {
            let words = writer.words;
            words.choose(address, writer.lang, text.max_length, random)?
        }
        FieldType::WholeNumber(number) => {
            let (usual, most) = if is_cell(field) {
                (20, 5_000)
            } else {
                (0, 1_000)
            };
            let usual = (WholeNumber(usual), WholeNumber(most));
            let (low, high) = limits(address, number.min, number.max, usual);
            json!(WholeNumber(number_within(
                field, low.0, high.0, writer, random
            )))
        }
        FieldType::Decimal(DecimalQuestion { limits, .. })
        | FieldType::Percentage(Percentage { limits }) => {
            let (range, places) = ((limits.min.clone(), limits.max.clone()), limits.places);
            json!(decimal_within(field, range, places, 100, writer, random)?)
        }
        FieldType::Money(money) => {
            let limits = (money.min.clone(), money.max.clone());
            let amount = decimal_within(field, limits, Some(0), 500_000, writer, random)?;
            json!({"amount": amount, "currency": currency(writer)?})
        }
        FieldType::Date(question) => {
            let usual = usual_days(writer);
            let (low, high) = limits(address, question.min, question.max, usual);
            let days = low.until(high).ok()?.get_days();
            let after = random.within(0, i64::from(days));
            json!(low.checked_add(after.days()).unwrap_or(low))
        }
        FieldType::Month(question) => {
            let (first, last) = usual_days(writer);
            let usual = (month(first)?, month(last)?);
            let (low, high) = limits(address, question.min, question.max, usual);
            let (low, high) = (months(low)?, months(high)?);
            let drawn = random.within(low, high);
            json!(format!(
                "{:04}-{:02}",
                drawn.div_euclid(12),
                drawn.rem_euclid(12) + 1
            ))
        }
        FieldType::Year(question) => {
            let usual = (writer.last_year - 60, writer.last_year);
            let (low, high) = limits(address, question.min, question.max, usual);
            json!(random.within(low.into(), high.into()))
        }
        FieldType::Link(_) => json!(format!(
            "https://www.example.org/sample/{}",
            random.within(100, 999)
        )),
        FieldType::Email(_) => json!(format!("office.{}@example.org", random.within(100, 999))),
        FieldType::File(_) | FieldType::Calculated(_) => return None,
    })
}

const fn is_cell(field: &Field) -> bool {
    matches!(field.place, domain::questionnaire::FieldPlace::Cell { .. })
}

/// A number for a field. Those of a row of a table are of one size: from year to year they change by little.
fn number_within(
    field: &Field,
    low: i64,
    high: i64,
    writer: &Writer<'_>,
    random: &mut Random,
) -> i64 {
    let row = field.address.rsplit_once('.').filter(|_| is_cell(field));
    let Some((row, _)) = row else {
        return random.within(low, high);
    };
    let size = Random::from_seed(&format!("{}/{row}/size", writer.seed)).within(low, high);
    let changed = size.saturating_mul(random.within(900, 1_090)) / 1_000;
    changed.clamp(low, high.max(low))
}

fn decimal_within(
    field: &Field,
    (min, max): (Option<Decimal>, Option<Decimal>),
    places: Option<u32>,
    usual: i32,
    writer: &Writer<'_>,
    random: &mut Random,
) -> Option<String> {
    let usual = (Decimal::from(0), Decimal::from(usual));
    let (low, high) = limits(&field.address, min, max, usual);
    let places = places.unwrap_or(2).min(6) as usize;
    let (low, high) = (scaled(&low, places)?, scaled(&high, places)?);
    // Shares of a whole are of every size.
    let drawn = match field.value_type() {
        Some(FieldType::Percentage(_)) => random.within(low, high),
        _ => number_within(field, low, high, writer, random),
    };
    Some(unscaled(drawn, places))
}

fn usual_days(writer: &Writer<'_>) -> (Date, Date) {
    (
        date(writer.last_year - 10, 1, 1),
        date(writer.last_year, 12, 31),
    )
}

fn month(day: Date) -> Option<Month> {
    day.strftime("%Y-%m").to_string().parse().ok()
}

/// As months since the year 0.
fn months(month: Month) -> Option<i64> {
    let text = month.to_string();
    let (year, month) = text.split_once('-')?;
    Some(year.parse::<i64>().ok()? * 12 + month.parse::<i64>().ok()? - 1)
}

/// The same for all that a State answers.
fn currency(writer: &Writer<'_>) -> Option<&'static str> {
    let mut random = Random::from_seed(&format!("{}/currency", writer.seed));
    random.one_of(&CURRENCIES).copied()
}

/// One option; the first ones oftener than the last.
fn one_of(source: &OptionSource, writer: &Writer<'_>, random: &mut Random) -> Option<String> {
    if let OptionSource::CodeList(CodeListOptions { code, .. }) = source
        && code == "currencies"
    {
        return currency(writer).map(str::to_owned);
    }
    let options = source.choices();
    if options.len() > LONG_LIST {
        return random.one_of(options).map(|option| option.value.clone());
    }
    let tickets: Vec<&str> = options
        .iter()
        .enumerate()
        .flat_map(|(place, option)| {
            std::iter::repeat_n(option.value.as_str(), options.len() - place)
        })
        .collect();
    random.one_of(&tickets).map(|value| (*value).to_owned())
}

/// Any of the options, but at least one; one that excludes every other stands alone.
fn several_of(question: &SeveralChoices, random: &mut Random) -> Vec<String> {
    let options = question.options.choices();
    let (alone, others): (Vec<&str>, Vec<&str>) = options
        .iter()
        .map(|option| option.value.as_str())
        .partition(|value| {
            question
                .exclusive
                .iter()
                .any(|exclusive| exclusive == value)
        });
    if !alone.is_empty() && (others.is_empty() || random.chance(8)) {
        return drawn(&alone, 1, random);
    }
    let least = question.least.unwrap_or(1).max(1) as usize;
    let most = question.most.map_or(others.len(), |most| most as usize);
    if options.len() > LONG_LIST {
        let count = usize::try_from(random.within(1, FEW)).unwrap_or(1);
        return in_order(options, &drawn(&others, count.clamp(least, most), random));
    }
    let chosen: Vec<String> = others
        .iter()
        .filter(|_| random.chance(40))
        .map(|value| (*value).to_owned())
        .collect();
    if chosen.is_empty() && least == 1 {
        drawn(&others, 1, random)
    } else if (least..=most).contains(&chosen.len()) {
        chosen
    } else {
        let count = chosen.len().clamp(least, most);
        in_order(options, &drawn(&others, count, random))
    }
}

/// Some of the options, in any order.
fn ranked(rank: &Rank, random: &mut Random) -> Vec<String> {
    let options = rank.options.choices().iter();
    let values: Vec<&str> = options.map(|option| option.value.as_str()).collect();
    let count = random.within(1, i64::from(rank.top));
    drawn(&values, usize::try_from(count).unwrap_or(1), random)
}

/// So many of the values, none twice, as they are drawn.
fn drawn(values: &[&str], count: usize, random: &mut Random) -> Vec<String> {
    let mut left = values.to_vec();
    let mut chosen = Vec::new();
    while chosen.len() < count
        && let Some(value) = random.one_of(&left).copied()
    {
        left.retain(|other| *other != value);
        chosen.push(value.to_owned());
    }
    chosen
}

fn in_order(options: &[Choice], chosen: &[String]) -> Vec<String> {
    let values = options.iter().map(|option| option.value.clone());
    values.filter(|value| chosen.contains(value)).collect()
}
