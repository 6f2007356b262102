//! One round of measurements.

use crate::http::loads;
use crate::http::rows::Row;
use crate::http::stage::Stage;
use crate::sample::Sample;

/// A figure, and the processor time that each request took; nothing where it is not known.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    pub sample: Sample,
    /// Microseconds of the program that answers.
    pub server: f64,
    /// Microseconds of its PostgreSQL.
    pub database: f64,
}

/// One round: every row, its yardsticks among them.
pub struct Round(Vec<(Row, Figure)>);

impl Round {
    /// A row's figure.
    pub fn figure(&self, row: Row) -> &Figure {
        let found = self.0.iter().find(|(of, _)| *of == row);
        // What is asked for is measured in every round.
        found.map_or(&UNMEASURED, |(_, figure)| figure)
    }

    /// Measures these rows once.
    pub async fn measure(stage: &Stage, rows: &[Row], seconds: u64) -> anyhow::Result<Self> {
        let mut figures = Vec::new();
        let collection = stage.scene.collection().await?;
        for row in rows.iter().copied() {
            let before = stage.spent(row)?;
            let sample = loads::sample(row, stage, &collection, seconds).await?;
            let after = stage.spent(row)?;
            // The second of warming up is in the processor time, and not in the count: its share is taken off.
            let requests = sample.rate * (seconds as f64 + 1.0);
            let requests = match row {
                Row::Reply8 | Row::Reply64 => sample.count as f64,
                _ => requests,
            };
            let each = |now: f64, then: f64| (now - then) * 1e6 / requests;
            let is_log = row == Row::Log;
            let unknown = |value: f64| if is_log { f64::NAN } else { value };
            figures.push((
                row,
                Figure {
                    sample,
                    server: unknown(each(after.own, before.own)),
                    database: unknown(each(after.others, before.others)),
                },
            ));
        }
        Ok(Self(figures))
    }
}

const UNMEASURED: Figure = Figure {
    sample: Sample {
        rate: f64::NAN,
        mean: f64::NAN,
        p50: None,
        p99: None,
        count: 0,
    },
    server: f64::NAN,
    database: f64::NAN,
};
