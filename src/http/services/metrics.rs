//! Figures for Prometheus. Names and units follow its conventions; docs/operating.md says what each means.

use std::sync::atomic::Ordering;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use event_log::{Log, WriterMetrics};
use mail::SenderMetrics;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct AnswerLabels {
    operation: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct DurationLabels {
    operation: &'static str,
    status_class: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct FollowerName {
    follower: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ConnectionState {
    state: &'static str,
}

/// What has been answered since the start.
pub struct Metrics {
    answered: Family<AnswerLabels, Counter>,
    seconds: Family<DurationLabels, Histogram>,
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
            .get_or_create(&AnswerLabels { operation, status })
            .inc();
        let status_class = status_class(status);
        self.seconds
            .get_or_create(&DurationLabels {
                operation,
                status_class,
            })
            .observe(took.as_secs_f64());
    }

    /// Everything in the text format of OpenMetrics.
    ///
    /// # Errors
    /// Never in practice: a string takes all that is written.
    pub fn text(&self, log: &Log, letters: &SenderMetrics) -> Result<String, std::fmt::Error> {
        let mut registry = Registry::with_prefix("rapporteur");
        registry.register("http_requests", "Requests answered", self.answered.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time from the head of a request to that of its answer",
            Unit::Seconds,
            self.seconds.clone(),
        );
        register_writer(&mut registry, log.metrics());
        register_log(&mut registry, log);
        register_pool(&mut registry, log.pool());
        register_letters(&mut registry, letters);
        let mut text = String::new();
        encode(&mut text, &registry)?;
        Ok(text)
    }
}

fn register_writer(registry: &mut Registry, writer: &WriterMetrics) {
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
    registry.register(
        "log_batch_appends",
        "Appends in a transaction of the writer",
        writer.batch_appends.clone(),
    );
    registry.register_with_unit(
        "log_batch_duration",
        "Time from the start of a batch to its last answer",
        Unit::Seconds,
        writer.batch_seconds.clone(),
    );
    registry.register_with_unit(
        "log_append_wait",
        "Time that an append waited for its batch to start",
        Unit::Seconds,
        writer.wait_seconds.clone(),
    );
}

fn register_log(registry: &mut Registry, log: &Log) {
    let head = i64::try_from(*log.watch().borrow()).unwrap_or(i64::MAX);
    registry.register(
        "log_position",
        "The log's head position, as far as this process knows",
        ConstGauge::new(head),
    );
    registry.register(
        "log_waiting_appends",
        "Appends that wait for the writer",
        ConstGauge::new(whole(log.waiting())),
    );
    let lags: Family<FollowerName, Gauge> = Family::default();
    for (follower, lag) in log.followers().lags() {
        let lag = i64::try_from(lag).unwrap_or(i64::MAX);
        lags.get_or_create(&FollowerName { follower }).set(lag);
    }
    registry.register(
        "follower_lag_positions",
        "Positions that a follower is behind the log",
        lags,
    );
}

fn register_pool(registry: &mut Registry, pool: &sqlx::PgPool) {
    let connections: Family<ConnectionState, Gauge> = Family::default();
    let idle = pool.num_idle();
    let used = (pool.size() as usize).saturating_sub(idle);
    for (state, number) in [("idle", idle), ("used", used)] {
        connections
            .get_or_create(&ConnectionState { state })
            .set(whole(number));
    }
    registry.register(
        "database_connections",
        "Connections of the read pool",
        connections,
    );
    registry.register(
        "database_connections_limit",
        "The most connections that the read pool makes",
        ConstGauge::new(i64::from(pool.options().get_max_connections())),
    );
}

fn register_letters(registry: &mut Registry, letters: &SenderMetrics) {
    for (name, help, value) in [
        (
            "letters_sent",
            "Letters that the mail server took",
            &letters.sent,
        ),
        (
            "letter_failures",
            "Attempts to send a letter that failed",
            &letters.failures,
        ),
    ] {
        registry.register(name, help, ConstCounter::new(value.load(Ordering::Relaxed)));
    }
    let waiting = letters.waiting.load(Ordering::Relaxed);
    registry.register(
        "letters_waiting",
        "Letters that are queued, as the sender last saw",
        ConstGauge::new(i64::try_from(waiting).unwrap_or(i64::MAX)),
    );
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn status_class(status: u16) -> &'static str {
    match status / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
