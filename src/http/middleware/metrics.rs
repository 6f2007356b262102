//! Counts for Prometheus.

use std::sync::atomic::Ordering;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use event_log::Log;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    operation: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Timed {
    operation: &'static str,
}

/// What has been answered since the start.
pub struct Metrics {
    answered: Family<Answered, Counter>,
    seconds: Family<Timed, Histogram>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            answered: Family::default(),
            seconds: Family::new_with_constructor(|| {
                Histogram::new(exponential_buckets(0.0005, 2.0, 14))
            }),
        }
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn count(&self, operation: &'static str, status: u16, took: Duration) {
        self.answered
            .get_or_create(&Answered { operation, status })
            .inc();
        self.seconds
            .get_or_create(&Timed { operation })
            .observe(took.as_secs_f64());
    }

    /// Everything in the text format of OpenMetrics.
    ///
    /// # Errors
    /// Never in practice: a string takes all that is written.
    pub fn text(&self, log: &Log) -> Result<String, std::fmt::Error> {
        let writer = log.metrics();
        let mut registry = Registry::with_prefix("rapporteur");
        registry.register("http_requests", "Requests answered", self.answered.clone());
        registry.register(
            "http_request_seconds",
            "Seconds to answer a request",
            self.seconds.clone(),
        );
        for (name, help, value) in [
            ("log_batches", "Transactions of the writer", &writer.batches),
            ("log_appends", "Appends recorded", &writer.appends),
            (
                "log_events",
                "Events recorded by this process",
                &writer.events,
            ),
            (
                "log_conflicts",
                "Appends refused for a conflict",
                &writer.conflicts,
            ),
            ("log_failures", "Appends that failed", &writer.failures),
            (
                "log_reconnects",
                "Connections that the writer lost",
                &writer.reconnects,
            ),
        ] {
            registry.register(name, help, ConstCounter::new(value.load(Ordering::Relaxed)));
        }
        let head = i64::try_from(*log.watch().borrow()).unwrap_or(i64::MAX);
        registry.register(
            "log_position",
            "The log's head position",
            ConstGauge::new(head),
        );
        let connections = i64::from(log.pool().size());
        registry.register(
            "database_connections",
            "Connections of the read pool",
            ConstGauge::new(connections),
        );
        let mut text = String::new();
        encode(&mut text, &registry)?;
        Ok(text)
    }
}
