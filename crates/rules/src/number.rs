//! Exact numbers: whole ones and decimals of at most 38 digits. Never a float, and nothing is rounded but quotients that do not
//! end, and what `round` is asked to.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::limits::{MAX_DIGITS, MAX_PLACES};

mod division;

/// The first magnitude that has too many digits.
const BOUND: u128 = 10_u128.pow(MAX_DIGITS);

/// A number in its only form: no zeros at the end of its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    /// The digits without the point.
    digits: i128,
    /// How many of them stand after the point.
    places: u8,
}

/// Why a computation has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoResult {
    /// It needs more digits than a number has.
    #[error("it needs more than {MAX_DIGITS} digits, or more than {MAX_PLACES} after the point")]
    TooManyDigits,
    /// It divides by zero.
    #[error("it divides by zero")]
    DivisionByZero,
    /// The remainder of what is not whole.
    #[error("a remainder is of whole numbers")]
    NotWhole,
}

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a number is digits 0-9 with at most one sign before them and one point among them, at most {MAX_DIGITS} digits, {MAX_PLACES} of them after the point"
)]
pub struct NotANumber;

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self {
        digits: 0,
        places: 0,
    };

    /// The number in its only form, if it has not too many digits.
    fn bounded(mut digits: i128, mut places: u8) -> Result<Self, NoResult> {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        if digits.unsigned_abs() >= BOUND || places > MAX_PLACES {
            return Err(NoResult::TooManyDigits);
        }
        Ok(Self { digits, places })
    }

    /// Whether nothing stands after the point.
    pub fn is_whole(self) -> bool {
        self.places == 0
    }

    /// How many digits stand after the point.
    pub fn places(self) -> u8 {
        self.places
    }

    /// As a whole number of 64 bits; `None` where it is none.
    pub fn to_i64(self) -> Option<i64> {
        let whole = self.is_whole().then_some(self.digits)?;
        i64::try_from(whole).ok()
    }

    /// The same of a magnitude, which may be longer than a number before it is in its only form.
    fn of_magnitude(
        is_negative: bool,
        mut magnitude: u128,
        mut places: u8,
    ) -> Result<Self, NoResult> {
        while places > 0 && magnitude.is_multiple_of(10) {
            magnitude /= 10;
            places -= 1;
        }
        let digits = i128::try_from(magnitude).map_err(|_| NoResult::TooManyDigits)?;
        Self::bounded(if is_negative { -digits } else { digits }, places)
    }

    /// The magnitude that the number has with so many places. Where it overflows, a sum with another has too many digits too: the
    /// other is at most a third as large.
    fn with_places(self, places: u8) -> Result<u128, NoResult> {
        let factor = 10_u128.checked_pow(u32::from(places.saturating_sub(self.places)));
        let magnitude = factor.and_then(|factor| self.digits.unsigned_abs().checked_mul(factor));
        magnitude.ok_or(NoResult::TooManyDigits)
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self, NoResult> {
        if self.is_whole() && other.is_whole() {
            let digits = self.digits.checked_add(other.digits);
            return Self::bounded(digits.ok_or(NoResult::TooManyDigits)?, 0);
        }
        let places = self.places.max(other.places);
        let (one, two) = (self.with_places(places)?, other.with_places(places)?);
        let is_negative = (self.digits < 0, other.digits < 0);
        if is_negative.0 == is_negative.1 {
            let sum = one.checked_add(two).ok_or(NoResult::TooManyDigits)?;
            return Self::of_magnitude(is_negative.0, sum, places);
        }
        let is_negative = if one >= two {
            is_negative.0
        } else {
            is_negative.1
        };
        Self::of_magnitude(is_negative, one.abs_diff(two), places)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self, NoResult> {
        self.plus(other.negated())
    }

    /// The product.
    pub fn times(self, other: Self) -> Result<Self, NoResult> {
        let (mut one, mut two) = (self.digits, other.digits);
        let mut places = self.places + other.places;
        // Zeros at the end of the places are taken from the factors, since the product with them may not be in range.
        while places > 0 {
            let (by_one, by_two) = if one % 10 == 0 {
                (10, 1)
            } else if two % 10 == 0 {
                (1, 10)
            } else if one % 2 == 0 && two % 5 == 0 {
                (2, 5)
            } else if one % 5 == 0 && two % 2 == 0 {
                (5, 2)
            } else {
                break;
            };
            one /= by_one;
            two /= by_two;
            places -= 1;
        }
        let digits = one.checked_mul(two).ok_or(NoResult::TooManyDigits)?;
        Self::bounded(digits, places)
    }

    /// The remainder of whole numbers, with the sign of the first.
    pub fn remainder(self, other: Self) -> Result<Self, NoResult> {
        if !(self.is_whole() && other.is_whole()) {
            return Err(NoResult::NotWhole);
        }
        let digits = self.digits.checked_rem(other.digits);
        Self::bounded(digits.ok_or(NoResult::DivisionByZero)?, 0)
    }

    /// The same magnitude on the other side of zero.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            digits: -self.digits,
            places: self.places,
        }
    }

    /// The magnitude.
    #[must_use]
    pub fn magnitude(self) -> Self {
        Self {
            digits: self.digits.abs(),
            places: self.places,
        }
    }

    /// Rounded to so many places; a half goes away from zero.
    #[must_use]
    pub fn rounded(self, places: u8) -> Self {
        if places >= self.places {
            return self;
        }
        // At most 30 places fall away, so the power is in range, and what is left has fewer digits than before.
        let unit = 10_i128.pow(u32::from(self.places - places));
        let (mut digits, rest) = (self.digits / unit, self.digits % unit);
        if rest.abs() * 2 >= unit {
            digits += rest.signum();
        }
        Self::bounded(digits, places).unwrap_or(self)
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self {
            digits: i128::from(number),
            places: 0,
        }
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (is_negative, magnitude) = match text.as_bytes().first() {
            Some(b'-') => (true, text.get(1..).unwrap_or_default()),
            Some(b'+') => (false, text.get(1..).unwrap_or_default()),
            _ => (false, text),
        };
        let (whole, fraction) = match magnitude.split_once('.') {
            Some((_, "")) => return Err(NotANumber),
            Some(parts) => parts,
            None => (magnitude, ""),
        };
        let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits_only(whole) || !digits_only(fraction) {
            return Err(NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let places = u8::try_from(fraction.len()).map_err(|_| NotANumber)?;
        let mut digits: i128 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            // Checked before each digit: ten times more might not be in range.
            if digits.unsigned_abs() >= BOUND / 10 {
                return Err(NotANumber);
            }
            digits = digits * 10 + i128::from(byte - b'0');
        }
        let digits = if is_negative { -digits } else { digits };
        Self::bounded(digits, places).map_err(|_| NotANumber)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.places == other.places {
            return self.digits.cmp(&other.digits);
        }
        // What stands before the point decides, then what stands after it: both in range, unlike the digits of both together.
        let parts = |number: &Self| {
            let unit = 10_i128.pow(u32::from(number.places));
            let scale = 10_i128.pow(u32::from(MAX_PLACES - number.places));
            (number.digits / unit, number.digits % unit * scale)
        };
        parts(self).cmp(&parts(other))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As it is written everywhere: no zeros before or after that say nothing.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let unit = 10_u128.pow(u32::from(self.places));
        let (whole, fraction) = (
            self.digits.unsigned_abs() / unit,
            self.digits.unsigned_abs() % unit,
        );
        write!(out, "{sign}{whole}")?;
        if self.places > 0 {
            write!(out, ".{fraction:0width$}", width = usize::from(self.places))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
