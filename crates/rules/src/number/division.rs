//! Division: exact where the quotient ends within 20 places, else rounded there, a half away from zero.

use super::{BOUND, NoResult, Number};
use crate::limits::QUOTIENT_PLACES;

impl Number {
    /// The quotient. 7 / 2 is 3.5 whatever was divided: figures of people must not lose their halves for being whole.
    pub fn over(self, other: Self) -> Result<Self, NoResult> {
        if other.digits == 0 {
            return Err(NoResult::DivisionByZero);
        }
        let is_negative = (self.digits < 0) != (other.digits < 0);
        let by = other.digits.unsigned_abs();
        let mut quotient = self.digits.unsigned_abs() / by;
        let mut rest = self.digits.unsigned_abs() % by;
        let mut places = i16::from(self.places) - i16::from(other.places);
        let last = i16::from(QUOTIENT_PLACES);
        while rest != 0 && places < last {
            if quotient >= BOUND / 10 {
                let more = u32::try_from(last - places).unwrap_or_default();
                quotient += u128::from(is_one_more(rest, by, more)?);
                rest = 0;
                break;
            }
            let (digit, left) = next_digit(rest, by);
            quotient = tenfold(quotient)? + digit;
            rest = left;
            places += 1;
        }
        if rest != 0 && places == last && rest >= by - rest {
            quotient += 1;
        }
        if places > last {
            let unit = 10_u128.pow(u32::try_from(places - last).unwrap_or_default());
            let is_up = quotient % unit * 2 >= unit;
            quotient = quotient / unit + u128::from(is_up);
            places = last;
        }
        while places < 0 {
            quotient = tenfold(quotient)?;
            places += 1;
        }
        Self::of_magnitude(
            is_negative,
            quotient,
            u8::try_from(places).unwrap_or_default(),
        )
    }
}

/// A quotient that is as long as a number can be, and has so many places more: they must say nothing, which they do when they are
/// zeros, or nines that rounding makes one more of what stands before them.
fn is_one_more(mut rest: u128, by: u128, places: u32) -> Result<bool, NoResult> {
    let mut digits = (0, 0);
    for _ in 0..places {
        let (digit, left) = next_digit(rest, by);
        digits = (
            digits.0 + u32::from(digit == 0),
            digits.1 + u32::from(digit == 9),
        );
        rest = left;
    }
    let is_up = rest >= by - rest;
    match digits {
        (zeros, _) if zeros == places && !is_up => Ok(false),
        (_, nines) if nines == places && is_up => Ok(true),
        _ => Err(NoResult::TooManyDigits),
    }
}

/// Ten times a quotient, where that has not too many digits.
fn tenfold(quotient: u128) -> Result<u128, NoResult> {
    if quotient < BOUND / 10 {
        Ok(quotient * 10)
    } else {
        Err(NoResult::TooManyDigits)
    }
}

/// The next digit of a quotient, and what is left of it. Ten times the rest may need more bits than there are: it is then added
/// ten times.
fn next_digit(rest: u128, by: u128) -> (u128, u128) {
    if let Some(tenfold) = rest.checked_mul(10) {
        return (tenfold / by, tenfold % by);
    }
    let (mut digit, mut left) = (0, 0);
    for _ in 0..10 {
        left += rest;
        if left >= by {
            left -= by;
            digit += 1;
        }
    }
    (digit, left)
}
