//! Measurements, and what several of them say together.

use std::time::Duration;

/// What one measurement found.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Events, or rows, a second.
    pub rate: f64,
    /// Milliseconds.
    pub mean: f64,
    /// How many there were.
    pub count: usize,
    /// Milliseconds; not known of pgbench, which only tells the mean.
    pub p50: Option<f64>,
    /// Milliseconds.
    pub p99: Option<f64>,
}

impl Sample {
    pub fn new(mut times: Vec<Duration>, elapsed: Duration) -> Self {
        times.sort_unstable();
        let at = |share: f64| {
            let place = (times.len() as f64 * share) as usize;
            times
                .get(place.min(times.len().saturating_sub(1)))
                .map(|time| time.as_secs_f64() * 1e3)
        };
        let total: Duration = times.iter().sum();
        Self {
            count: times.len(),
            rate: times.len() as f64 / elapsed.as_secs_f64(),
            mean: total.as_secs_f64() * 1e3 / times.len().max(1) as f64,
            p50: at(0.5),
            p99: at(0.99),
        }
    }
}

/// Several values of one thing: their median, and how far they lie apart.
pub struct Spread(Vec<f64>);

impl Spread {
    pub fn from_samples(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    pub fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        match self.0.len() {
            0 => f64::NAN,
            even if even % 2 == 0 => (self.0[middle - 1] + self.0[middle]) / 2.0,
            _ => self.0[middle],
        }
    }

    /// `median (least to most)`.
    pub fn say(&self, decimals: usize) -> String {
        let (least, most) = (self.0.first(), self.0.last());
        format!(
            "{:.decimals$} ({:.decimals$} to {:.decimals$})",
            self.median(),
            least.unwrap_or(&f64::NAN),
            most.unwrap_or(&f64::NAN),
        )
    }
}

/// Whether a bar holds.
pub fn verdict(holds: bool) -> &'static str {
    if holds { "holds" } else { "FALLS SHORT" }
}
